program flags
  print '(i0)', X
end program flags
