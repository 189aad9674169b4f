squares =
  0..7
  |> Enum.map(fn n ->
    Task.async(fn ->
      path = Path.join(System.tmp_dir!(), "#{n}")
      File.write!(path, "#{n * n}")
      path
    end)
  end)
  |> Task.await_many()
  |> Enum.map(&String.to_integer(File.read!(&1)))

IO.puts(Enum.sum(squares))
