const std = @import("std");

const limit = 100_000;

var composite: [limit]bool = @splat(false);

pub fn main(init: std.process.Init) !void {
    var count: u32 = 0;
    var sum: u64 = 0;
    for (2..limit) |n| {
        if (composite[n]) continue;
        count += 1;
        sum += n;
        var multiple = n * n;
        while (multiple < limit) : (multiple += n) composite[multiple] = true;
    }
    var writer = std.Io.File.stdout().writer(init.io, &.{});
    try writer.interface.print("{d} {d}\n", .{ count, sum });
}
