string write_square(int n) {
    var path = Path.build_filename(Environment.get_tmp_dir(), @"square-$n");
    try {
        FileUtils.set_contents(path, @"$(n * n)");
    } catch (FileError error) {
        GLib.error("%s", error.message);
    }
    return path;
}

int sum_of_files(Thread<string>[] threads) throws FileError {
    int sum = 0;
    foreach (var thread in threads) {
        string square;
        FileUtils.get_contents(thread.join(), out square);
        sum += int.parse(square);
    }
    return sum;
}

void main() {
    Thread<string>[] threads = {};
    for (int i = 0; i < 8; i++) {
        int n = i;
        threads += new Thread<string>(null, () => write_square(n));
    }
    try {
        print("%d\n", sum_of_files(threads));
    } catch (FileError error) {
        GLib.error("%s", error.message);
    }
}
