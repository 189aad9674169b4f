const numbers = [_]u8{ 1, 2, 3 };

pub fn main() u8 {
    var index: usize = 2;
    _ = &index;
    return numbers[index + 1];
}
