import java.lang.foreign.FunctionDescriptor
import java.lang.foreign.Linker
import java.lang.foreign.ValueLayout

def linker = Linker.nativeLinker()
def raise = linker.downcallHandle(
    linker.defaultLookup().find('raise').orElseThrow(),
    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
raise.invokeWithArguments([9])
