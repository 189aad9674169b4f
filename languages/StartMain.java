import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.jar.JarFile;

/**
 * Starts the class with main that a compiler made of a source file, whatever it is called: StartMain main.jar main.kt. The jar is
 * not on the class path, which can stay as it was when its classes were kept for the next start.
 */
public class StartMain {
    private static final MethodType MAIN = MethodType.methodType(void.class, String[].class);

    public static void main(String[] args) throws Throwable {
        Path jar = Path.of(args[0]);
        String name = findMain(jar, Path.of(args[1]).getFileName().toString());
        if (name == null) {
            System.err.println("There is no main in " + args[1]);
            System.exit(1);
        }
        ClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        Thread.currentThread().setContextClassLoader(loader);
        var lookup = MethodHandles.privateLookupIn(loader.loadClass(name), MethodHandles.lookup());
        lookup.findStatic(lookup.lookupClass(), "main", MAIN).invokeExact(Arrays.copyOfRange(args, 2, args.length));
    }

    private static String findMain(Path path, String source) throws IOException {
        try (var jar = new JarFile(path.toFile())) {
            for (var entry : Collections.list(jar.entries())) {
                if (!entry.getName().endsWith(".class")) continue;
                var made = ClassFile.of().parse(jar.getInputStream(entry).readAllBytes());
                if (isMadeOf(source, made) && hasMain(made)) return made.thisClass().asInternalName().replace('/', '.');
            }
        }
        return null;
    }

    private static boolean isMadeOf(String source, ClassModel made) {
        var attribute = made.findAttribute(Attributes.sourceFile());
        return attribute.isPresent() && attribute.get().sourceFile().equalsString(source);
    }

    private static boolean hasMain(ClassModel made) {
        for (var method : made.methods()) {
            if ((method.flags().flagsMask() & ClassFile.ACC_STATIC) != 0 && method.methodName().equalsString("main")
                && method.methodType().equalsString(MAIN.descriptorString())) return true;
        }
        return false;
    }
}
