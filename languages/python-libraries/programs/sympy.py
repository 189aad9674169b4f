from sympy import diff, factor, sin, solve, symbols

x = symbols("x")
print(diff(sin(x) * x, x), solve(x**2 - 2), factor(x**2 + 2 * x + 1))
