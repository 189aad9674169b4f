print $# $argv[-1]
