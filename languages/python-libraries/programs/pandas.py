import pandas as pd

sales = pd.DataFrame({"town": ["Bern", "Bonn", "Bern"], "sold": [3, 4, 5]})
print(sales.groupby("town")["sold"].agg(["sum", "mean"]).to_csv(), end="")
