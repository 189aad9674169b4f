from scipy import integrate, optimize, stats

area, _ = integrate.quad(lambda x: x**2, 0, 3)
print(round(area, 6), round(optimize.brentq(lambda x: x**3 - 8, 0, 5), 6), round(stats.norm.cdf(1.96), 4))
