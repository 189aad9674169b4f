def ratio(a; b): a / b;

ratio(1; input_line_number)
