import com.google.gson.Gson;

public class Main {
    static class Person {
        String name = "Ada";
        int age = 36;
    }

    public static void main(String[] args) {
        Gson gson = new Gson();
        System.out.println(gson.toJson(new Person()) + " " + gson.fromJson("{\"name\": \"Eve\"}", Person.class).name);
    }
}
