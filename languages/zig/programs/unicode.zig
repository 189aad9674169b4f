const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const @"größe" = "Grüße, Γεια σου, こんにちは, 🧠";
    const count = try std.unicode.utf8CountCodepoints(@"größe");
    var writer = std.Io.File.stdout().writer(init.io, &.{});
    try writer.interface.print("{s} {d}\n", .{ @"größe", count });
}
