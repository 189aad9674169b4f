const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const args = try init.minimal.args.toSlice(init.arena.allocator());
    var writer = std.Io.File.stdout().writer(init.io, &.{});
    try writer.interface.print("{d} {s}\n", .{ args.len - 1, args[args.len - 1] });
}
