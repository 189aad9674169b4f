object Helper {
  def twice(x: Int): Int = 2 * x
}
