local greeting = "Grüße, Γεια σου, こんにちは, 🧠"
-- Of each character, the one byte that continues none.
local _, length = greeting:gsub("[^\128-\191]", "")
print(greeting .. " " .. length)
