twice() { print $((2 * $1)) }
