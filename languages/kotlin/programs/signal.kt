import java.lang.foreign.FunctionDescriptor
import java.lang.foreign.Linker
import java.lang.foreign.ValueLayout

fun main() {
    val linker = Linker.nativeLinker()
    val raise = linker.downcallHandle(
        linker.defaultLookup().find("raise").orElseThrow(),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
    )
    raise.invokeWithArguments(9)
}
