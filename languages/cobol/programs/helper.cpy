01 answer pic 99 value 21.
