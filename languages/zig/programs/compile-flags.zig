const std = @import("std");
const builtin = @import("builtin");

pub fn main(init: std.process.Init) !void {
    const text = if (builtin.single_threaded) "flagged\n" else "plain\n";
    try std.Io.File.stdout().writeStreamingAll(init.io, text);
}
