/** Small Python programs, each with what it must print. */
export const PROGRAMS: readonly { name: string; code: string; output: string }[] = [
  { name: 'hello', code: "print('Hello from BrainDrill')", output: 'Hello from BrainDrill\n' },
  {
    name: 'sum',
    code: `total = 0
for number in range(1, 20001):
    total += number * number
print(total)`,
    output: '2666866670000\n',
  },
  {
    name: 'text',
    code: `words = []
for i in range(500):
    words.append(chr(97 + i % 26) * 3)
line = '-'.join(words)
print(len(line), line[:11])`,
    output: '1999 aaa-bbb-ccc\n',
  },
  {
    name: 'recursion',
    code: `def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

print(fibonacci(18))`,
    output: '2584\n',
  },
  {
    name: 'collections',
    code: `scores = {name: [len(name) * k for k in range(1, 6)] for name in ('ada', 'grace', 'edsger')}
best = sorted(scores, key=lambda name: -sum(scores[name]))
print({name: sum(scores[name]) for name in best})`,
    output: "{'edsger': 90, 'grace': 75, 'ada': 45}\n",
  },
];
