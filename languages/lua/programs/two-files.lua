local helper = require("helper")

print(helper.twice(21))
