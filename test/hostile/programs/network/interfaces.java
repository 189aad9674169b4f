import java.net.*;
import java.util.Collections;

class Interfaces {
    public static void main(String[] args) throws Exception {
        boolean lost = false;
        for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (network.isLoopback()) continue;
            System.out.println("lost: " + network);
            lost = true;
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("192.0.2.1", 80), 500);
            System.out.println("lost: connected");
            lost = true;
        } catch (java.io.IOException refused) {
        }
        if (!lost) System.out.println("held");
    }
}
