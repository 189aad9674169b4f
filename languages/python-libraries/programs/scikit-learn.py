from sklearn.datasets import load_iris
from sklearn.neighbors import KNeighborsClassifier

data, target = load_iris(return_X_y=True)
print(KNeighborsClassifier(n_neighbors=3).fit(data[::2], target[::2]).score(data[1::2], target[1::2]) > 0.9)
