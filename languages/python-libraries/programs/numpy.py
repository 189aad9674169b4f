import numpy as np

a = np.arange(1, 10).reshape(3, 3) + np.eye(3)
print(a.sum(axis=0), round(float(np.linalg.det(a)), 6), np.linalg.solve(a, a @ np.ones(3)).round(6))
