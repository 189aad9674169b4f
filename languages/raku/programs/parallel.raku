my $folder = $*TMPDIR.add("squares");
$folder.mkdir;
await (^8).map: -> $n { start { $folder.add($n).spurt($n²) } };
say $folder.dir.map(*.slurp.Int).sum;
