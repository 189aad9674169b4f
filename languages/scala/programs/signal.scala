import java.lang.foreign.{FunctionDescriptor, Linker, ValueLayout}

@main def signal(): Unit =
  val linker = Linker.nativeLinker()
  val raise = linker.downcallHandle(
    linker.defaultLookup().find("raise").orElseThrow(),
    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)
  )
  raise.invokeWithArguments(9)
