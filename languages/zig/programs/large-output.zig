const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var buffer: [4096]u8 = undefined;
    var writer = std.Io.File.stdout().writer(init.io, &buffer);
    for (0..100_000) |number| try writer.interface.print("line {d}\n", .{number});
    try writer.interface.flush();
}
