source helper.fish
twice 21
