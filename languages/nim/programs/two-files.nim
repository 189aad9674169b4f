import helper

echo twice(21)
