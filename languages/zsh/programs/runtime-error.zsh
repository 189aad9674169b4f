ratio() {
  echo $(($1 / $2))
}

ratio 1 0
