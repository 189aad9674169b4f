const std = @import("std");

fn square(n: usize, result: *usize) void {
    result.* = n * n;
}

pub fn main(init: std.process.Init) !void {
    var threads: [8]std.Thread = undefined;
    var results: [8]usize = undefined;
    for (0..8) |n| threads[n] = try std.Thread.spawn(.{}, square, .{ n, &results[n] });
    var sum: usize = 0;
    for (0..8) |n| {
        threads[n].join();
        sum += results[n];
    }
    var writer = std.Io.File.stdout().writer(init.io, &.{});
    try writer.interface.print("{d}\n", .{sum});
}
