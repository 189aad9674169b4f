import networkx as nx

roads = nx.Graph()
roads.add_weighted_edges_from([("a", "b", 4), ("b", "c", 1), ("a", "c", 9)])
print(nx.shortest_path(roads, "a", "c", weight="weight"))
