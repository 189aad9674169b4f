pub fn twice(x: i32) i32 {
    return 2 * x;
}
