@include "helper.awk"

BEGIN { print twice(21) }
