var hoard: seq[seq[byte]]
while true:
  var megabyte = newSeq[byte](1 shl 20)
  for value in megabyte.mitems: value = 1
  hoard.add megabyte
