import yaml

print(yaml.safe_load("a: [1, 2]\nb: {c: yes}"), yaml.safe_dump({"x": [1, 2]}, default_flow_style=True), end="")
