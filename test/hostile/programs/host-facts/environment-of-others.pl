my $lost = '';
for my $file (glob '/proc/[0-9]*/environ') {
    next if $file eq "/proc/$$/environ";
    open my $environ, '<', $file or next;
    local $/;
    $lost .= <$environ> // '';
}
print $lost ? "lost: $lost\n" : "held\n";
