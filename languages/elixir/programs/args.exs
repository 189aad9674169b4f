args = System.argv()
IO.puts("#{length(args)} #{List.last(args)}")
