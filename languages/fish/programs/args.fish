echo (count $argv) $argv[-1]
