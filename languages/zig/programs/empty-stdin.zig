const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var buffer: [4096]u8 = undefined;
    var reader = std.Io.File.stdin().reader(init.io, &buffer);
    const count = try reader.interface.discardRemaining();
    var writer = std.Io.File.stdout().writer(init.io, &.{});
    try writer.interface.print("read {d} characters\n", .{count});
}
