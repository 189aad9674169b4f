source ./helper.sh
twice 21
