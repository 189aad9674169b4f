import requests

try:
    requests.get("http://example.com", timeout=3)
except requests.ConnectionError as error:
    # Programs have no network.
    print(type(error).__name__, requests.Request("GET", "http://a.test", params={"q": "x y"}).prepare().url)
