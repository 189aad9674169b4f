text = IO.read(:eof)
length = if text == :eof, do: 0, else: String.length(text)
IO.puts("read #{length} characters")
