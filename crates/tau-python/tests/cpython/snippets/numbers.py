"""Integers of any size, floats, their texts, rounding and parsing."""

import random

EXPRESSIONS = r"""
7 // 2, -7 // 2, 7 // -2, -7 // -2
7 % 3, -7 % 3, 7 % -3, -7 % -3
divmod(7, 3), divmod(-7, 3), divmod(7, -3), divmod(-7.5, 2)
7.5 // 2, -7.5 // 2, 7.5 % -2, -7.5 % 2, 0.0 % 5, -0.0 % 5
2 ** 10, 2 ** -1, (-2) ** 3, -2 ** 2, 0 ** 0, 2 ** 0.5, 2.0 ** 3
2 ** 64, 2 ** 100, (-3) ** 41, 10 ** 40 // 7, 10 ** 40 % 7
-(10 ** 25) // 3, -(10 ** 25) % 3, 10 ** 25 // -3, 10 ** 25 % -3
9223372036854775807 + 1, -9223372036854775808 - 1, 9223372036854775807 * 2
-(-9223372036854775808), abs(-9223372036854775808), -9223372036854775808 // -1
4611686018427387904 * 2, 4611686018427387904 * -2, 3037000500 * 3037000500
10 ** 22 * 3, 10 ** 22 * 3.0, 10 ** 400 // 10 ** 399
1 / 3, 2 / 3, 10 / 2, 10 ** 30 / 10 ** 10, (10 ** 400) / (10 ** 399)
0.1 + 0.2, 1.1 * 3, 0.1 * 3, 1e16 + 1, 1 - 0.9, 4.35 * 100, 1.005 * 1000
100 * 1.1, 29.99 * 3, 1.15 + 2.25, 3.3 - 1.1, 0.7 + 0.1, 0.57 * 100
5 & 3, 5 | 3, 5 ^ 3, ~5, -6 & 255, 1 << 70, (1 << 70) >> 68, -1 >> 10, -9 >> 1
True + True, True * 2.5, -True, ~True, True & False, True | False, True ^ True, +False
1 == 1.0, 1 == True, 0 == False, 2 ** 53 == float(2 ** 53), 2 ** 53 + 1 == float(2 ** 53)
10 ** 20 == 1e20, 10 ** 23 == 1e23, 10 ** 22 == 1e22, 2 ** 1000 < 1e308, 2 ** 1030 > 1e308
1 < 1.5 < 2, 1 < 2 > 1, 3 != 3.0, 1 < float("inf"), 10 ** 400 < float("inf")
float("nan") == float("nan"), float("nan") < 1, float("nan") != float("nan")
[1e16, 1e15, 123456789012345680.0, 1e22, 1e23, 9007199254740993.0]
[1e-4, 1e-5, 0.0001234, 0.00001234, 1e-300, 5e-324, 1.7976931348623157e308]
[-0.0, 0.0, 100.0, 1e5, 1e100, 1.5e-7, 3.141592653589793, 2.5e+20]
[float("inf"), float("-inf"), -float("inf"), float("nan"), -float("nan")]
[str(0.1), str(1e16), str(-0.0), str(10 ** 30), str(True), str(None), str(1.0)]
[round(0.5), round(1.5), round(2.5), round(-0.5), round(-1.5), round(2.500001)]
[round(2.675, 2), round(1.005, 2), round(0.125, 2), round(0.375, 2), round(1.115, 2)]
[round(2.5, 0), round(-2.5, 0), round(3.5, 0), round(1e300, 2), round(1234.5678, -2)]
[round(1250, -2), round(1350, -2), round(15, -1), round(25, -1), round(-15, -1), round(5, -1)]
[round(7), round(7, 2), round(True), round(10 ** 30, -29), round(10 ** 30, 5), round(7, None)]
[round(0.1 + 0.2, 10), round(123.456, 1), round(-0.004, 2), round(99.995, 2), round(5.015, 2)]
[round(1e16, 1), round(1.5e300), round(-1e22), round(0.49999999999999994), round(4503599627370497.5)]
round(float("inf"), 2), round(float("nan"), 2)
round(float("inf"))
round(float("nan"))
round("1")
round(1.5, "1")
round(1.5, 1.0)
round(None)
round([1], 2)
round()
[int(3.9), int(-3.9), int("42"), int(" 42\n"), int("-7"), int("+7"), int("1_000"), int(True)]
[int("0"), int("007"), int("-0"), int(1e20), int(-0.0), int("٣"), int("12345678901234567890123")]
int("ff", 16), int("0xff", 16), int("0xff", 0), int("0b101", 0), int("777", 8), int("z", 36), int("-11", 2)
int()
int("")
int("  ")
int("3.5")
int("abc")
int("1e3")
int("1__0")
int("_1")
int("- 1")
int("0x10")
int("12a")
int("it's")
int(None)
int([])
int({})
int(float("nan"))
int(float("inf"))
int("9", 8)
int("12", 1)
int("08", 0)
int(5, 10)
int("a\nb")
int("1" * 4301)
str(10 ** 4300)
len(str(10 ** 4299))
[float("1.5"), float(" -2 "), float("1e3"), float("1E-2"), float(".5"), float("5."), float("1_0.5"), float(7)]
[float("inf"), float("-Infinity"), float("NaN"), float("+inf"), float("infinity"), float("1e400"), float("-1e-400")]
float(), float(True), float(10 ** 20)
float("")
float("abc")
float("1,5")
float("1.5.2")
float("1e")
float("0x1p3")
float("_1.0")
float("1 2")
float(None)
float([1])
float(())
float({"a": 1})
float("$5")
float(10 ** 400)
1 / 0
1.0 / 0
1 // 0
1.0 // 0
1 % 0
1.0 % 0
divmod(1, 0)
divmod(1.0, 0)
0 ** -1
0.0 ** -1
10 ** 30 // 0
10 ** 30 % 0
10 ** 30 / 0
10 ** 400 / 3
10.0 ** 400
10 ** 400 * 1.0
10 ** 400 + 0.5
1e308 * 10, -1e308 * 10, 1e308 + 1e308
2.0 ** 1024
1 << -1
1 >> -1
1 << 2.0
1 + "a"
"a" + 1
1 - "a"
"a" - 1
1 * None
None * 1
None + None
[] + 1
1 + []
{} + {}
1 / "2"
"a" * 2.5
"a" * "b"
[1] * "b"
"a" // 1
"5" / 2
"5" ** 2
2 ** "5"
None ** 2
1 & 1.0
1 | "a"
1.5 // "a"
1.5 % "a"
divmod("a", 1)
divmod(1, None)
{} - {}
[] - []
() + []
[] + ()
-"a"
+"a"
~1.5
-None
-[]
not None, not [], not 0, not "a", not 0.0, not {}
1 < "a"
"a" < 1
1 <= None
None > 1
1.5 >= "a"
[] < 1
{} < {}
None < None
True < "a"
1 < []
[1] < [None]
(1, "a") < (1, 2)
abs(-5), abs(5.5), abs(-0.0), abs(True), abs(-10 ** 30), abs(float("-inf"))
abs("a")
abs(None)
abs([])
abs()
sum([1, 2, 3]), sum([]), sum([0.1] * 10), sum([1, 2.5, True]), sum((1, 2), 10), sum({1: 2, 3: 4})
sum([[1], [2]], []), sum([10 ** 20, 1]), sum([0.1, 0.2, 0.3]), sum([1e16, 1, 1]), sum(x for x in range(5))
sum(["a", "b"])
sum([1, "a"])
sum([1, None])
sum("ab")
sum("")
sum(["a"], "")
sum(5)
sum(None)
sum([1.5, []])
max(1, 2.0), max(2, 2.0), max(2.0, 2), min(1, True), min(True, 1), max([1, 5, 3]), min("banana"), max("a", "B")
max([]  , default=0), min((), default=None), max([1, -5], key=abs), min([3, -1, 2], key=lambda x: x * x), max("a", "bb", key=len)
max({"a": 3, "b": 5}, key=lambda k: {"a": 3, "b": 5}[k]), max([(1, "b"), (1, "a")]), min([2, 1], [1, 9])
max([])
min([])
min(())
max("")
max(1)
max(1, "a")
min([1, None])
min("a", 1)
max(None)
max()
min([1, 2], key=lambda x: None)
max(x for x in [])
max(1, 2, default=3)
pow(2, 10), pow(2, -1), pow(2.0, 3), pow(3, 4, 5)
bool(0), bool(""), bool([0]), bool(0.0), bool(None), bool("False"), bool({}), bool(()), bool()
1 if 0.0 else 2, 0 or "x", 0 and "x", "" or None or 3, 1 and 2 and 3, None or 0, not (1 and 0)
math.floor(2.7), math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1), math.trunc(-2.7), math.floor(5), math.ceil(1e20)
math.sqrt(16), math.sqrt(2), math.pi, math.e, math.inf, math.nan, math.fabs(-3)
math.isnan(float("nan")), math.isinf(1e400), math.isclose(0.1 + 0.2, 0.3), math.isfinite(1.0)
math.gcd(12, 18), math.pow(2, 3), math.hypot(3, 4), math.fsum([0.1] * 10)
math.log(math.e), math.log10(1000), math.log(8, 2), math.log2(8), math.exp(0), math.sin(0), math.cos(0)
math.sqrt(-1)
math.log(0)
math.floor(float("inf"))
math.ceil(float("nan"))
math.floor("a")
math.sqrt("a")
math.sqrt(None)
isinstance(1, int), isinstance(True, int), isinstance(1.0, int), isinstance(1, float), isinstance("a", (int, str)), isinstance(None, int)
isinstance([], list), isinstance({}, dict), isinstance((), tuple), isinstance(set(), set), isinstance(1, (float, bool))
isinstance(1, 1)
isinstance(1, [int])
isinstance(1)
hex(255), oct(8), bin(5), hex(-255), bin(-5), chr(65), ord("a"), chr(8364)
ord("ab")
ord("")
ord(5)
chr(-1)
chr(1114112)
chr("a")
f"{1e16} {1e15} {0.1 + 0.2} {10 ** 25} {-0.0} {True}"
0x1F, 0o17, 0b101, 1_000_000, 1e3, 1_0.5e-1_0, .5, 5.
0xFFFFFFFFFFFFFFFFFFFF, 123456789012345678901234567890, 0b1 << 65
range(5), range(1, 5), range(0, 10, 3), range(5, 0, -1), list(range(5, 0, -2)), len(range(0, 10, 3))
3 in range(5), 5 in range(5), 4 in range(0, 10, 3), range(5)[2], range(5)[-1], range(10)[2:5], list(range(0))
range(1.5)
range("a")
range()
range(1, 2, 0)
range(1, 2, 3, 4)
range(3)[3]
range(3)["a"]
list(range(None))
sum(range(1000)), max(range(5)), min(range(3, 9)), sorted(range(3), reverse=True), list(reversed(range(3)))
"""

BODIES = r"""
x = 10
x += 5
x -= 3
x *= 2
x //= 5
x **= 3
x %= 50
return x
---
x = 7
x /= 2
return x
---
x = 6
x &= 3
x |= 8
x ^= 1
x <<= 4
x >>= 1
return x
---
x = 1
x += "a"
return x
---
x = "a"
x += 1
return x
---
x = None
x -= 1
return x
---
x = [1]
x += "ab"
x += (3, 4)
x *= 2
return x
---
x = [1]
x += 5
return x
---
x = {"a": 1}
x["a"] += 2.5
x["b"] = x["a"] // 2
return x
---
x = {"a": 1}
x["b"] += 1
return x
---
x = [1, 2]
x[5] += 1
return x
---
x = 1
x <<= "a"
return x
---
x = 2
x **= "a"
return x
---
x = "a"
x *= "b"
return x
---
x = 1
x /= 0
return x
---
n, steps = 27, 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
return steps, n
---
a, b = 0, 1
for _ in range(150):
    a, b = b, a + b
return a
---
f = 1
for i in range(1, 31):
    f *= i
return f, f // 10 ** 20, f % 10 ** 9, -f // 7, f / 3
---
amounts = [19.99, 5.01, 0.1, 0.2, 33.333]
total = 0
for amount in amounts:
    total += amount
return total, round(total, 2), sum(amounts), total - sum(amounts)
---
price = 0
for item in []:
    price += item
return price, round(price, 2), price == 0.0
---
balance = 100
balance -= 33.33
balance -= 33.33
balance -= 33.34
return balance, round(balance, 2), abs(balance) < 0.01
---
out = []
for x in (2.5, -2.5, 0.5, 1.5, 2.675, 1e15 + 0.5):
    out.append((round(x), round(x, 1), int(x), x // 1, x % 1))
return out
"""

INTEGERS = ["0", "1", "-1", "7", "-7", "(2 ** 63 - 1)", "(-2 ** 63)", "2 ** 64", "(10 ** 30)", "(-10 ** 30 + 1)", "True"]
FLOATS = ["0.5", "-2.5", "0.1", "1e16", "1e308", "-0.0", "3.0", "1e-320"]
OPERATORS = ["+", "-", "*", "/", "//", "%", "==", "<", ">="]


def more():
    chance = random.Random(11)
    pairs = [(a, o, b) for a in INTEGERS for b in INTEGERS for o in OPERATORS]
    pairs += [(a, o, b) for a in INTEGERS for b in FLOATS for o in OPERATORS]
    pairs += [(a, o, b) for a in FLOATS for b in INTEGERS + FLOATS for o in OPERATORS]
    for a, operator, b in chance.sample(pairs, 130):
        yield f"{a} {operator} {b}"
    for base in ["2", "-2", "0", "1.5", "-1", "10", "True"]:
        for power in ["0", "3", "-3", "0.0", "70"]:
            yield f"({base}) ** {power}"
    for _ in range(20):
        values = [chance.choice([chance.uniform(-1000, 1000), chance.random() * 10 ** chance.randint(-12, 25)]) for _ in range(4)]
        places = chance.randint(0, 4)
        yield "[" + ", ".join(f"round({v!r}, {places})" for v in values) + "]"
    for _ in range(20):
        a, b = chance.randint(-10**24, 10**24), chance.randint(-10**12, 10**12) or 7
        yield f"({a}) // ({b}), ({a}) % ({b}), ({a}) * ({b}), ({a}) / ({b}), float({a})"
