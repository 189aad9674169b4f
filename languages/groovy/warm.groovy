import groovy.json.JsonSlurper
import groovy.transform.Immutable

@Immutable
class Point {
    int x
    int y
}

interface Shape { double area() }

class Circle implements Shape {
    double radius
    double area() { Math.PI * radius**2 }
}

def squares = (0..9).collect { it * it }.findAll { it % 2 == 0 }
def counts = 'to be or not to be'.split(' ').countBy { it }
println "${squares.sum()} ${counts.sort()} ${new Point(1, 2)} ${new Circle(radius: 2).area()}"
println new JsonSlurper().parseText('{"a": [1, 2]}').a.join(', ')
def text = new StringBuilder()
for (int i = 0; i < 10; i++) text << i
switch (text.length()) {
    case 10: printf('%d %s%n', 10, text); break
    default: println 'some'
}
def file = File.createTempFile('warm', '.txt')
file.text = 'drill my brain\n'
file.eachLine { println it }
file.delete()
try {
    [1, 2].get(5)
} catch (IndexOutOfBoundsException expected) {
    System.err.println expected.message
}
Thread.start { println 'thread' }.join()
System.in.text
