defmodule Hoard do
  def more(hoard), do: more([Enum.to_list(1..10_000) | hoard])
end

Hoard.more([])
