import sun.misc.Unsafe;

class Nowhere {
    public static void main(String[] args) throws ReflectiveOperationException {
        var field = Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        ((Unsafe) field.get(null)).putInt(0, 1);
    }
}
