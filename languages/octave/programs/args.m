args = argv();
printf("%d %s\n", numel(args), args{end});
