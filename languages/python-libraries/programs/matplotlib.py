import io

import matplotlib.pyplot as plt

plt.plot([1, 2, 3], [1, 4, 9])
plt.title("Squares")
picture = io.BytesIO()
plt.savefig(picture, format="png")
print(picture.getvalue()[:8])
