class Kill {
    public static void main(String[] args) {
        ProcessHandle.allProcesses().forEach(process -> {
            try {
                process.destroyForcibly();
                process.destroy();
            } catch (IllegalStateException self) {
            }
        });
        System.out.println(ProcessHandle.of(1).isPresent() ? "held" : "lost: PID 1 is gone");
    }
}
