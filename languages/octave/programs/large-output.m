for number = 0:99999
  printf("line %d\n", number);
end
