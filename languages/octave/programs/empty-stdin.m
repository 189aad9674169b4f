text = fread(stdin, Inf, "char");
printf("read %d characters\n", numel(text));
