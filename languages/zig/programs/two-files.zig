const std = @import("std");
const helper = @import("helper.zig");

pub fn main(init: std.process.Init) !void {
    var writer = std.Io.File.stdout().writer(init.io, &.{});
    try writer.interface.print("{d}\n", .{helper.twice(21)});
}
