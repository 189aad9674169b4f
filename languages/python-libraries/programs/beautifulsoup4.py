from bs4 import BeautifulSoup

page = BeautifulSoup("<ul><li class='x'>one<li>two</ul>", "lxml")
print([item.get_text() for item in page.select("li")], page.find(class_="x").text)
