from lxml import etree

root = etree.fromstring("<a><b n='1'/><b n='2'/></a>")
print(root.xpath("sum(//b/@n)"), etree.tostring(root[0]).decode())
