defmodule Loop do
  def forever, do: forever()
end

Loop.forever()
