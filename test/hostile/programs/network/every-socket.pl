use Socket;
my ($count, @kept) = (0);
while (socket my $socket, PF_INET, SOCK_STREAM, 0) {
    push @kept, $socket;
    bind $socket, sockaddr_in(0, INADDR_LOOPBACK);
    listen $socket, 128;
    $count++;
}
print $count < 256 ? "held\n" : "lost: $count sockets\n";
