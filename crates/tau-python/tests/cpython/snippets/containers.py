"""Lists, tuples, dicts and sets: methods, slices, unpacking, ordering, hashing."""

EXPRESSIONS = r"""
[1, 2, 3][0], [1, 2, 3][-1], [1, 2, 3][1:], [1, 2, 3][::-1], [1, 2, 3, 4][::2], [1, 2][5:], [1, 2, 3][:-1], [1, 2, 3][True]
(1, 2, 3)[0], (1, 2, 3)[1:], (1,) + (2,), (1, 2) * 2, 2 * [1, 2], [1] + [2], [0] * 3, [[]] * 2, (), (1,), ((1,),), [1] * -1
[1, 2, 3][-3:2], [1, 2, 3][3:0:-1], [1, 2, 3][10:0:-2], [1, 2, 3][None:None], [1, 2, 3][-100:100], [1, 2, 3, 4, 5][-2::-2]
[1, 2, 2].count(2), [1, 2, 3].index(3), (1, 2).index(2), (1, 1).count(1), [1, 2, 1].index(1, 1), [True, 1, 1.0].count(1), [None].count(None)
1 in [1, 2], 1.0 in [1], "1" in [1], True in [1], None in [], [1] in [[1]], (1,) in [(1,)], 3 not in [1, 2]
[1, 2] == [1, 2], [1, 2] == [2, 1], [1] == [1.0], [1] == (1,), (1, 2) < (1, 3), [1, 2] < [1, 2, 3], [] < [0], [2] > [1, 5], [[1], 2] == [[1], 2]
{"a": 1} == {"a": 1.0}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {} == [], {"a": 1} != {"a": 2}, {1: "x"} == {True: "x"}
[1, "a", None, True, 1.5, [], {}, (), (1,), {"k": [1, {"z": None}]}]
{1: "a", 1.0: "b", True: "c"}, {(1, 2): 3}, {None: 1, False: 2, 0: 3, "": 4}, {1.5: 1, 2: {3: {}}}
len([]), len({}), len(()), len({1, 1}), len({"a": 1}), len([[1, 2]]), len(range(5)), len({"a": 1}.keys())
{"a": 1}["a"], {"a": 1}.get("a"), {"a": 1}.get("b"), {"a": 1}.get("b", 0), "a" in {"a": 1}, 1 in {"a": 1}, {1: 2}[True], {1: 2}[1.0]
list({"a": 1, "b": 2}), list({"a": 1}.items()), list({"a": 1}.values()), tuple({"a": 1}), {"a": 1}.keys(), {"a": 1}.values(), {"a": 1}.items()
{"b": 1, "a": 2} | {"a": 3, "c": 4}, {**{"a": 1}, "b": 2, **{"a": 3}}, dict(a=1, b=2), dict([("a", 1)]), dict({"a": 1}, b=2), dict(), dict([["x", 1]])
{"a": 1}.keys() == {"a"}, ("a", 1) in {"a": 1}.items(), 1 in {"a": 1}.values(), sorted({"a": 1}.keys() & {"a", "b"}), len({"a": 1}.items())
sorted({3, 1, 2}), sorted({1, 2} | {2, 3}), sorted({1, 2} & {2, 3}), sorted({1, 2} - {2}), sorted({1, 2} ^ {2, 3}), set(), {1}, {"a"}, {(1, 2)}
{1, 2} == {2, 1}, {1} < {1, 2}, {1, 2} <= {1, 2}, {1, 2} > {1}, {1}.issubset({1, 2}), {1, 2}.issuperset([1]), {1}.isdisjoint([2]), {1} == [1]
sorted({1, 2}.union([3], (4,))), sorted({1, 2}.intersection([2, 3])), sorted({1, 2}.difference([1])), sorted({1}.symmetric_difference([2])), sorted(set("hello"))
1 in {1, 2}, 1.0 in {1}, "a" not in {"b"}, (1,) in {(1,)}, len(set([1, 1.0, True])), set([]) == set(()), bool(set()), bool({0})
sorted([3, 1, 2]), sorted([3, 1, 2], reverse=True), sorted("bca"), sorted({"b": 1, "a": 2}), sorted([(2, "a"), (1, "b")]), sorted([[2], [1, 5]])
sorted([1, -3, 2], key=abs), sorted(["b", "A"], key=str.lower), sorted([(1, "b"), (1, "a"), (0, "c")], key=lambda p: p[0]), sorted([True, 0, 2, 1.5])
sorted([(1, "b"), (1, "a"), (0, "c"), (1, "c")], key=lambda p: p[0], reverse=True), sorted([3, 1], key=None), sorted(x * x for x in [-2, 1])
list(zip([1, 2], "ab")), list(zip()), list(zip([1], [2], [3])), list(enumerate(["a", "b"])), list(enumerate("ab", start=5)), dict(zip("ab", [1, 2])), dict(enumerate("ab"))
list(map(int, ["1", "2"])), list(map(lambda a, b: a + b, [1, 2], [10, 20, 30])), list(filter(None, [0, 1, "", "a", None, []])), list(filter(lambda x: x > 1, [1, 2, 3]))
list(reversed([1, 2, 3])), list(reversed((1, 2))), list(reversed(range(3))), list(reversed({"a": 1, "b": 2})), tuple(reversed("ab"))
any([]), all([]), any([0, "", 1]), all([1, "a", 0]), any(x > 2 for x in [1, 2, 3]), all(x > 0 for x in [1, 2]), any({}), all("")
list(range(3)), list("ab"), list((1, 2)), list({"a": 1}), list(), tuple(), tuple([1]), list({1}), tuple("ab"), list(x for x in [1])
next(iter([1, 2])), next(iter([]), "none"), next((x for x in [1, 2, 3] if x > 1), None), next((x for x in []), 0), list(iter("ab"))
[*[1, 2], 3, *(4, 5), *"ab"], (*[1], 2), [*{"a": 1}], [*range(3)], {*[1, 1]}, max(*[1, 5]), [*[], *()]
copy.deepcopy({"a": [1, {"b": 2}]}), copy.copy([1, [2]]), copy.deepcopy((1, [2])), copy.deepcopy("a"), copy.deepcopy(None), copy.copy({"a": 1})
[[1, 2], [3]][0][1], {"a": {"b": [10, 20]}}["a"]["b"][-1], [{"k": 1}][0]["k"], ([1], [2])[1][0], {"a": (1, {"b": 2})}["a"][1]["b"]
[] or [1], {} or None, [0] and "x", not [], not {"a": 1}, [] is None, bool([[]]), None or {}, () and 1
[1, 2, 3][3]
[1, 2, 3][-4]
[][0]
(1, 2)[2]
()[0]
[1]["a"]
[1][1.0]
[1][None]
(1,)["a"]
[1]["a":]
[1, 2][::0]
(1, 2)[::0]
[1][[0]]
[1][(0, 1)]
{"a": 1}["b"]
{"a": 1}[0]
{"a": 1}[None]
{"a": 1}[("x", 1)]
{"a": 1}["it's"]
{"a": 1}['say "hi"']
{"a": 1}[1.5]
{"a": 1}[""]
{"a": 1}[True]
{}[[]]
{}[{}]
{"a": 1}[set()]
{"a": 1}[1:2]
{[1]: 2}
{{}: 1}
{(1, [2]): 3}
{[1]}
{{"a": 1}}
{(1, {})}
set([[1]])
set([{}])
{1} | [1]
{1} + {2}
{1} & 1
{1} < [1]
{1} - [1]
{1, 2}[0]
[] in {}
{} in {"a": 1}
[1] in {1}
{"a": 1}.get([])
{"a": 1} + {"b": 2}
{"a": 1} | [1]
{"a": 1} < {"b": 2}
{"a": 1} - {"a"}
None["a"]
None[0]
None[1:]
5[0]
5["a"]
1.5[0]
True[0]
(lambda: 1)[0]
len[0]
"abc"["x"]["y"]
{"a": None}["a"]["b"]
{"a": 5}["a"]["b"]
{"a": "text"}["a"]["b"]
{"a": [1]}["a"]["b"]
{"a": {"b": 1}}["a"]["c"]
[1, 2].index(3)
[1, 2].index("a")
(1, 2).index(5)
[].index(None)
[1, 2].remove(3)
[].pop()
[1].pop(5)
[1].pop("a")
[1].pop(None)
{}.pop("a")
{"b": 1}.pop(0)
{"a": 1}.pop("b", None)
{}.popitem()
{}.pop([])
{1}.remove(2)
{1}.remove("a")
set().pop()
[1].append()
[1].append(1, 2)
[1].extend(5)
[1].extend(None)
[1].insert(0)
[1].insert("a", 1)
[1].remove()
[1].count()
[1].index()
[1].sort(1)
[1].sort(reverse="a")
[1].copy(1)
[1].reverse(1)
{}.get()
{}.get(1, 2, 3)
{}.keys(1)
{}.items(1)
{}.update(1)
{}.update([1])
{}.update(["abc"])
{}.update([(1, 2, 3)])
{}.update(None)
{}.setdefault()
{}.setdefault([], 1)
{}.pop()
{}.clear(1)
set().add()
set().add([])
set().add(1, 2)
set().update(1)
{1}.union(5)
{1}.intersection(None)
{1}.issubset(5)
sorted([1, "a"])
sorted(["a", 1])
sorted([None, 1])
sorted([{}, {}])
sorted([(1, {}), (1, {})])
sorted([[1], ["a"]])
sorted(5)
sorted(None)
sorted([1, 2], key=5)
sorted([1, 2], lambda x: x)
sorted()
sorted([1, 2], key=lambda: 1)
sorted([1, 2], key=lambda x, y: 1)
sorted(["a", "b"], key=int)
sorted([1, 2], reverse="x")
sorted([1, 2], reverse=None)
sorted([{"p": 2}, {"q": 1}], key=lambda d: d["p"])
sorted([{"p": 2}, {"p": None}], key=lambda d: d["p"])
list(5)
list(None)
list(1.5)
tuple(5)
set(5)
set(None)
dict(5)
dict([1])
dict(["abc"])
dict([("a",)])
dict([("a", 1), 2])
dict("ab")
dict([([], 1)])
dict(None)
dict({}, {})
list(1, 2)
tuple(1, 2)
list(zip(1, [2]))
list(zip([1], None))
list(enumerate(5))
list(map(int, 5))
list(map(5, [1]))
list(map(int, ["a"]))
list(filter(1, [1]))
list(filter(None, 5))
list(reversed(5))
list(reversed({1}))
list(reversed(None))
map()
map(int)
filter(None)
enumerate()
any(5)
all(None)
any()
any([], [])
next([])
next(5)
next(iter([]))
next(iter([1]), 2, 3)
iter(5)
len(x for x in [1])
[*5]
[*None]
(*1,)
{**[1]}
{**None}
{**{"a": 1}, **5}
max(*[])
greet(*5)
greet(**5)
greet(**{"name": "Al", "greeting": "Yo"}), greet(*["Al"]), greet(*("Al", "Yo")), total(1, *[2, 3], scale=2, **{"z": 1, "b": 2})
[][0:1], [][-1:], ()[5:], {}.get("a", {}).get("b"), {"a": {}}.get("a", {}).get("b", [])
1 in 5
1 in None
1 in 1.5
"a" in True
[1] + (2,)
(1,) + [2]
[1] + "a"
[1] + None
(1,) + 1
[1] * [2]
[1] * 1.5
(1,) * "a"
[1] - [1]
[1] / 2
[1] < (1,)
(1,) < [1]
[1, "a"] < [1, 2]
[1] < 1
{"a"} < 1
[1] == None, None == None, [] != None, [None] == [None], {} is {}, () == (), (1) == 1
[1, 2][0](1)
{"a": 1}()
[]()
None()
5()
(1, 2)()
"a"()
True()
1.5(2)
{1}()
set(5, 6)
copy.deepcopy()
copy.deepcopy([1, {2: (3,)}]) == [1, {2: (3,)}], copy.deepcopy([[]] * 2)
[1, [2, [3, [4, [5]]]]][1][1][1][1][0], [[i * j for j in range(3)] for i in range(3)]
{"a": [1, 2, {"b": (1, 2, None)}], "c": {"d": {"e": {}}}, 5: [[]], None: [()]}
isinstance({}, (list, dict)), isinstance([], (str, list)), isinstance(None, dict), isinstance("a", list), isinstance({}.keys(), list)
type(1) == int, type("a") is str, type([]) == list, type(None) is None, type(True) == int, type({}) == dict
"""

BODIES = r"""
a = [3, 1, 2]
a.append(5)
a.extend([7, 6])
a.insert(0, 9)
a.insert(-1, 8)
a.insert(100, 4)
x = a.pop()
y = a.pop(0)
a.remove(7)
a.sort()
b = a.copy()
b.reverse()
return a, b, x, y, a.index(5), a.count(1)
---
a = [1, 2, 3, 4, 5]
a[1:3] = ["x"]
a[0] = a[-1]
del a[1]
a[len(a):] = [9, 8]
a[:0] = [0]
return a
---
a = [1, 2, 3, 4, 5, 6]
a[::2] = ["a", "b", "c"]
del a[1:3]
return a
---
a = [1, 2, 3, 4]
a[::2] = [1]
return a
---
a = [1, 2, 3]
a[1:2] = 5
return a
---
a = [1]
a[3] = 5
return a
---
a = [1]
a["x"] = 5
return a
---
a = [1]
del a[3]
return a
---
a = [1, 2]
del a["x"]
return a
---
a = (1, 2)
a[0] = 3
return a
---
a = (1, 2)
del a[0]
return a
---
a = 5
a[0] = 1
return a
---
a = None
a["x"] = 1
return a
---
a = {1, 2}
a[0] = 1
return a
---
a = 5
del a[0]
return a
---
d = {}
d[[1]] = 2
return d
---
d = {}
del d["missing"]
return d
---
d = {"a": 1, "b": 2}
d["c"] = 3
d["a"] = 10
del d["b"]
d.update({"z": 26}, y=25)
d.update([("x", 24)])
e = d.setdefault("q", [])
e.append(1)
d.setdefault("a", 99)
p = d.pop("c"), d.pop("nope", "default")
return d, p, d.popitem(), list(d), len(d)
---
d = {"b": 1, "a": 2}
d["b"] = 3
x = d.pop("b")
d["b"] = x
return d, list(d.items()), "b" in d, list(d.values())
---
d = {"a": 1, "b": 2}
for k in d:
    d[k + k] = 1
return d
---
d = {"a": 1, "b": 2}
for k in d:
    del d["b"]
return d
---
d = {"a": 1, "b": 2, "c": 3}
for k in list(d):
    if d[k] != 2:
        del d[k]
return d
---
d = {"a": 1, "b": 2}
for k, v in d.items():
    d[k] = v * 2
return d
---
s = {1, 2}
for x in s:
    s.add(x + 10)
return 1
---
a = [1, 2, 3, 4]
for x in a:
    if x % 2 == 0:
        a.remove(x)
return a
---
a = [1, 2]
for x in a:
    if len(a) < 6:
        a.append(x * 10)
return a
---
s = {3, 1}
s.add(2)
s.discard(9)
s.remove(3)
s.update([5, 6], (7,))
t = s.copy()
t.clear()
s |= {100}
s -= {5}
s &= {1, 2, 6, 100}
return sorted(s), len(t), s >= {1}, sorted(s ^ {1, 55})
---
a = [[1, 2], [3]]
b = copy.copy(a)
c = copy.deepcopy(a)
b[0].append(99)
b.append(4)
return a, b, c, a[0] is b[0], a[0] is c[0]
---
a = b = []
a.append(1)
c = a
c += [2]
d = a + [3]
return a, b, c, d, a is c, a is d
---
row = [0] * 2
grid = [row] * 2
grid[0][0] = 1
return grid, row
---
a, b, *c = 1, 2, 3, 4
*d, e = "xyz"
f, (g, h), [i] = 1, (2, 3), [4]
(j), k = [5, 6]
return a, b, c, d, e, f, g, h, i, j, k
---
a, b = 1
return a
---
a, b = None
return a
---
a, b = [1]
return a
---
a, b = [1, 2, 3]
return a
---
a, b, c = (1, 2)
return a
---
a, *b, c = [1]
return a
---
[a, b] = {"x": 1}
return a
---
a, (b, c) = 1, 2
return a
---
a, (b, c) = 1, (2, 3, 4)
return a
---
a, b = {"x": 1, "y": 2}
x, y = {"k": "v"}.popitem()
return a, b, x, y
---
() = []
return 1
---
() = [1]
return 1
---
for a, b in [(1, 2), (3,)]:
    pass
return a
---
for a, b in [1, 2]:
    pass
return a
---
for k, v in {"abc": 1}:
    pass
return k
---
for k, v in {"ab": 1}:
    pass
return k, v
---
for x in 5:
    pass
return 1
---
for x in None:
    pass
return 1
---
for i, (k, v) in enumerate({"a": 1, "b": 2}.items(), 1):
    pass
return i, k, v
---
a = [5, 3, 8]
r = a.sort(reverse=True)
b = ["bb", "a", "ccc"]
b.sort(key=len)
c = [(1, "z"), (0, "y"), (1, "a")]
c.sort(key=lambda p: p[0], reverse=True)
return r, a, b, c
---
a = [1, "a", 2]
a.sort()
return a
---
a = [3, 2, 1]
a.sort(key=lambda x: 1 / (x - 2))
return a
---
people = [{"n": "Al", "age": 30}, {"n": "Bo", "age": 25}, {"n": "Cy", "age": 30}]
return [p["n"] for p in sorted(people, key=lambda p: (-p["age"], p["n"]))], max(people, key=lambda p: p["age"])["n"], min(people, key=lambda p: p["age"])["n"]
---
groups = {}
for word in ["apple", "bob", "avocado", "cat", "cow"]:
    groups.setdefault(word[0], []).append(word)
return groups, {k: len(v) for k, v in groups.items()}
---
d = {"x": {"y": {"z": 1}}}
e = d["x"]
e["y"]["z"] += 5
e["w"] = d
return d["x"]["w"]["x"]["y"], len(d["x"])
---
a = [1]
a.append(a)
return a, len(a), a[1] is a
---
d = {"k": 1}
d["self"] = d
return d
---
d = {"a": 1}
keys = d.keys()
items = d.items()
d["b"] = 2
return list(keys), list(items), len(keys), "b" in keys
---
it = iter([1, 2, 3])
first = next(it)
rest = list(it)
return first, rest, list(it), next(it, "done")
---
z = zip([1, 2], [3, 4])
m = map(str, [1, 2])
e = enumerate("a")
r = reversed([1, 2])
return list(z), list(z), list(m), list(m), list(e), list(r), list(r)
---
a = list(range(10))
del a[::3]
del a[-1]
b = a[2:-1]
b[0:0] = [99]
return a, b, a[::-2], a[-3:]
---
a = {"l": [1]}
a["l"] += [2]
b = (1, [2])
b[1].append(3)
return a, b
---
b = (1, [2])
b[1] += [3]
return b
---
matrix = [[1, 2, 3], [4, 5, 6]]
return [list(r) for r in zip(*matrix)], [sum(r) for r in matrix], sum(map(sum, matrix)), [x for r in matrix for x in r]
---
flags = {"a": True, "b": False}
return [k for k in flags if flags[k]], any(flags.values()), all(flags.values()), sum(flags.values()), list(flags.values()).count(True)
---
a = ["x", "y"]
a[0], a[1] = a[1], a[0]
i = 0
i, a[i] = 1, "z"
return a, i
---
d = dict.fromkeys(["a", "b"], 0)
d["a"] += 1
return d, dict.fromkeys("ab")
---
x = [1, 2, 3]
y = x[:]
y[0] = 9
x *= 2
return x, y, x == y, x is x, x[:3] == [1, 2, 3]
---
n = 0
while True:
    n += 1
    if n == 3:
        continue
    if n > 5:
        break
else:
    n = -1
return n
---
out = []
for i in range(3):
    for j in range(3):
        if j == 2:
            break
        if i == j:
            continue
        out.append((i, j))
    else:
        out.append("never")
else:
    out.append("end")
return out
---
i = 5
while i > 0:
    i -= 2
else:
    i = f"else {i}"
return i
---
for x in []:
    pass
return x
---
for i in range(3):
    pass
return i
---
x = [1, 2, 3]
del x[0], x[0]
y = z = 5
del y
return x, z
---
y = 1
del y
return y
---
if (n := len([1, 2, 3])) > 2:
    m = n * 2
return n, m, [y := 1, y + 1]
"""


def more():
    values = ["1", "1.5", "'a'", "None", "True", "[1]", "(1,)", "{'a': 1}", "{1}"]
    for index, left in enumerate(values):
        for step, right in enumerate(values):
            operators = ["+", "<", "in", "*", "-", "==", ">=", "/", "not in", "%", "|", "&"]
            operator = operators[(index * 5 + step * 3) % len(operators)]
            if operator == "%" and left == "'a'":
                continue
            yield f"{left} {operator} {right}"
    calls = ["append(1)", "get('a')", "strip()", "items()", "keys()", "add(1)", "sort()", "lower()", "update({})", "split()", "extend([])", "pop()"]
    for index, value in enumerate(values):
        for step, call in enumerate(calls):
            if (index + step) % 2:
                yield f"({value}).{call}"
    chops = ["[1:]", "[:2]", "[-2:]", "[::2]", "[3:1:-1]", "[:-1]", "[-1:-3:-1]", "[10:]", "[-10:2]"]
    for value in ["[1, 2, 3, 4]", "(1, 2, 3, 4)", "'abcd'", "range(4)"]:
        yield ", ".join(f"{value}{chop}" for chop in chops)
