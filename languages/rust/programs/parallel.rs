use std::{env, fs, process, thread};

fn main() {
    let folder = env::temp_dir().join(format!("squares-{}", process::id()));
    fs::create_dir(&folder).unwrap();
    thread::scope(|scope| {
        for n in 0..8 {
            let path = folder.join(n.to_string());
            scope.spawn(move || fs::write(path, (n * n).to_string()).unwrap());
        }
    });
    let read = |entry: fs::DirEntry| fs::read_to_string(entry.path()).unwrap();
    let squares = fs::read_dir(&folder).unwrap().map(|entry| read(entry.unwrap()));
    println!("{}", squares.map(|square| square.parse::<i32>().unwrap()).sum::<i32>());
}
