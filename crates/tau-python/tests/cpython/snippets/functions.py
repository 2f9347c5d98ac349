"""Comprehensions, generator expressions, closures, lambdas, walrus and `global` lookups."""

EXPRESSIONS = r"""
[x * x for x in range(5)], [x for x in range(10) if x % 2 if x > 3], [(a, b) for a in "ab" for b in [1, 2]], [y for x in [[1, 2], [3]] for y in x]
{k: v for k, v in zip("ab", [1, 2])}, {v: k for k, v in {"a": 1}.items()}, {x: [] for x in "ab"}, {x % 3: x for x in range(6)}, sorted({x % 3 for x in range(10)})
sum(x for x in [1, 2, 3]), max(len(w) for w in ["a", "bcd"]), any(x == 2 for x in [1, 2]), ", ".join(str(x) for x in range(3)), tuple(x for x in "ab"), sorted(-x for x in [1, 2]), list(x for x in [])
[[j for j in range(i)] for i in range(4)], [[r[i] for r in [[1, 2], [3, 4]]] for i in range(2)], {k: {i: k * i for i in range(2)} for k in [1, 2]}
[x if x > 1 else -x for x in range(4)], [(lambda y: y + x)(1) for x in range(3)], [f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]]
[a + b for a, b in [(1, 2), (3, 4)]], [k for k, (v, w) in {"a": (1, 2)}.items() if w > v], [c for a, *c in [(1, 2, 3)]], [i for i, _ in enumerate("ab")]
[y for x in [1, 2, 3] if (y := x * 2) > 2], [(n := 5), n + 1], (lambda: (z := 3) + z)(), any((w := c).isdigit() for c in "a1")
(lambda x: lambda y: x + y)(1)(2), (lambda f, x: f(f(x)))(lambda v: v * 2, 3), (lambda *a: sum(a))(1, 2, 3), (lambda a, b=2, *c, d=4, **e: (a, b, c, d, e))(1, 5, 6, d=7, z=8)
sorted({"b": 2, "a": 3}.items(), key=lambda kv: kv[1]), max({"a": 1, "b": 3}.items(), key=lambda kv: kv[1])[0], list(map(lambda p: p[0], [(1, 2)])), list(filter(lambda d: d.get("ok"), [{"ok": 1}, {}]))
sum(1 for _ in range(10)), sum((x for x in [1, 2]), 10), min((abs(x) for x in [-3, 2]), default=0), len([x for x in "banana" if x == "a"]), all(isinstance(x, int) for x in [1, True]), dict((k, len(k)) for k in ["a", "bb"])
next(x for x in [1, 2, 3] if x > 1), next((u for u in [{"id": 1}, {"id": 2}] if u["id"] == 2), None), next((u for u in [] if u), "none")
[x for x in [3, 1, 2]][::-1], {**{k: 1 for k in "a"}, "b": 2}, [*(x for x in "ab")], sum([x, x] == [1, 1] for x in [1, 2]), set(x for x in "aa") == {"a"}
[1 / x for x in [1, 0]]
[x["k"] for x in [{"k": 1}, {}]]
{[x]: 1 for x in "a"}
{x: y for x, y in [(1, 2), (3,)]}
{[x] for x in "a"}
[x for x in 5]
[x for x in None]
[y for x in [1] for y in x]
sum(x["v"] for x in [{"v": 1}, {"v": "a"}])
max(x for x in [1, "a"])
", ".join(x for x in ["a", 1])
sorted(x for x in [1, None])
next(x for x in [] if x)
list(int(x) for x in ["1", "z"])
all(x > 0 for x in [1, "a"])
any(x > 5 for x in [1, None])
(x for x in 5)
list((x, y) for x in [1] for y in x)
tuple(1 // x for x in [0])
dict((k,) for k in "ab")
min((x for x in []), key=lambda x: x)
1 < 2 < 3 < 4, 1 < 3 > 2, 1 == 1.0 == True, 3 > 2 > 2, 1 in [1] == True, "a" < "b" <= "b", not 1 == 2, -2 ** 2, 2 ** 3 ** 2, -3 // 2, not not 1, 1 - -1, 5 - 3 - 1, 2 * 3 % 4, 7 // 2 * 2
1 or 1 / 0, 0 and 1 / 0, None or [] or "last", 1 and "x" and [], "" or 0, [] and 1, 1 if [] else 2 if 0 else 3
"""

BODIES = r"""
def make():
    total = 0
    def add(x):
        nonlocal total
        total += x
        return total
    return add
a, b = make(), make()
return a(1), a(2), b(10), a(3)
---
fs = []
for i in range(3):
    def f(x=i):
        return x, i
    fs.append(f)
return [f() for f in fs]
---
def f(items=[]):
    items.append(len(items))
    return list(items)
return f(), f(), f([9]), f()
---
def f(a, *rest, key=None, **others):
    return a, rest, key, others
return f(1), f(1, 2, 3), f(1, key=2, z=3), f(*[1, 2], **{"key": 5, "w": 6}), f(a=1, b=2)
---
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
def even(n):
    return True if n == 0 else odd(n - 1)
def odd(n):
    return False if n == 0 else even(n - 1)
return fact(25), even(10), odd(7)
---
def f():
    pass
def g():
    return
def h():
    return 1, 2
return f(), g(), h()
---
x = "outer"
def f():
    x = "inner"
    return x
def g():
    return x
r = f(), g()
x = "changed"
return r, g()
---
x = 5
ys = [x for x in range(3)]
zs = {x: x for x in "ab"}
return x, ys, zs
---
n = 2
scale = lambda v: v * n
n = 10
return scale(3), [scale(i) for i in range(3)], list(map(scale, [1]))
---
g = (x * 2 for x in [1, 2, 3])
a = next(g)
rest = list(g)
return a, rest, list(g), sum(x for x in [])
---
data = [1, 2]
g = (x for x in data)
data.append(3)
return list(g)
---
k = 3
g = (x * k for x in [1, 2])
k = 10
return list(g)
---
g = (1 / x for x in [1, 0, 2])
out = [next(g)]
try:
    next(g)
except ZeroDivisionError as e:
    out.append(str(e))
return out, list(g)
---
g = (x for x in range(10))
return 3 in g, list(g)
---
it = iter("abcd")
return [(a, next(it)) for a in it]
---
def compose(*fs):
    def run(x):
        for f in fs:
            x = f(x)
        return x
    return run
return compose(str.strip, str.upper, lambda s: s + "!")(" hi ")
---
memo = {}
def fib(n):
    if n not in memo:
        memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
return fib(60), len(memo)
---
orders = [{"id": 1, "items": [{"p": 2.5, "q": 2}, {"p": 1, "q": 1}]}, {"id": 2, "items": []}]
totals = {o["id"]: sum(i["p"] * i["q"] for i in o["items"]) for o in orders}
return totals, [o["id"] for o in orders if not o["items"]], {p for o in orders for i in o["items"] for p in [i["p"]]} == {1, 2.5}
---
flights = {"F1": {"dates": {"d1": {"status": "available", "seats": {"economy": 3}}}}, "F2": {"dates": {}}}
return [f for f, v in flights.items() if v["dates"].get("d1", {}).get("status") == "available"], [v["dates"]["d1"]["seats"]["economy"] for v in flights.values() if "d1" in v["dates"]]
---
def outer(n):
    def middle():
        def inner():
            nonlocal n
            n += 1
            return n
        return inner
    step = middle()
    step()
    return step(), n
return outer(5)
---
def f(x: int, y: Optional[str] = None, *, z: List[int] = []) -> Dict[str, Any]:
    'Documented.'
    w: int = 5
    v: str
    return {"x": x, "y": y, "z": z, "w": w}
return f(1), f(1, "a", z=[2])
---
if (m := max([1, 5])) > 3 and (k := m - 1):
    result = m, k
while (m := m - 1) > 2:
    pass
return result, m
---
value = 404
match value:
    case 200:
        return "ok"
    case 404 | 410:
        return "gone"
    case _:
        return "other"
---
out = []
for v in [1, "a", None, [1, 2], True, 7]:
    match v:
        case None:
            out.append("none")
        case "a" | "b":
            out.append("letter")
        case [x, y]:
            out.append(x + y)
        case n if n == 7:
            out.append("seven")
        case _:
            out.append("rest")
return out
---
def apply(f, *args, **kwargs):
    return f(*args, **kwargs)
return apply(max, 1, 2), apply(sorted, [1, 3, 2], reverse=True), apply(greet, "A", greeting="B"), apply(dict, a=1), apply(lambda **k: k, z=1, a=2)
---
def update(d, key, value):
    d[key] = value
def rebind(d):
    d = {}
    return d
d = {"a": 1}
update(d, "b", [1])
rebind(d)
e = d["b"]
e.append(2)
return d, e is d["b"]
---
pairs = sorted(((len(w), w) for w in "one three two four".split()), reverse=True)
best = max(pairs, key=lambda p: (p[0], p[1]))
return pairs, best, [w for _, w in pairs if "o" in w]
---
x = [1, 2, 3]
return [x.pop() for _ in range(len(x))], x, [x.append(i) for i in range(2)], x
---
table = [[1 if i == j else 0 for j in range(3)] for i in range(3)]
table[0][2] = 5
return table, [sum(c) for c in zip(*table)], [row[i] for i, row in enumerate(table)]
---
a = lambda: b()
b = lambda: "late"
return a(), (lambda: c)() if (c := 3) else None
---
def f():
    return undefined_later()
def undefined_later():
    return "found"
return f()
---
words = ["a", "b"]
for i, w in enumerate(words):
    words[i] = w * 2
else:
    words.append("end")
del i, w
return words
"""
