pub fn main() void {
    return nothing;
}
