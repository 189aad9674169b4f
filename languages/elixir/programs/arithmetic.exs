defmodule Sieve do
  @limit 100_000

  def primes do
    composite = :atomics.new(@limit, [])
    Enum.filter(2..(@limit - 1), &prime?(&1, composite))
  end

  defp prime?(n, composite) do
    prime? = :atomics.get(composite, n) == 0
    if prime?, do: strike(n * n, n, composite)
    prime?
  end

  defp strike(multiple, _, _) when multiple >= @limit, do: :ok

  defp strike(multiple, n, composite) do
    :atomics.put(composite, multiple, 1)
    strike(multiple + n, n, composite)
  end
end

primes = Sieve.primes()
IO.puts("#{length(primes)} #{Enum.sum(primes)}")
