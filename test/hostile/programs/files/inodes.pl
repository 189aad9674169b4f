my $count = 0;
for my $folder ('/job', '/tmp', '/dev/shm') {
    while (open my $file, '>', "$folder/" . $count) { $count++ }
}
print $count <= 3 * 4096 ? "held\n" : "lost: $count files\n";
