source ./helper.zsh
twice 21
