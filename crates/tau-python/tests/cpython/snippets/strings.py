"""Methods of strings, slices, formatting and how texts are shown."""

EXPRESSIONS = r"""
"Abc".istitle(), "A b".istitle(), "Hello World".istitle(), "".istitle()
"AbC".lower(), "AbC".upper(), "abc dEF".title(), "abc DEF".capitalize(), "AbC".swapcase(), "ß".upper(), "STRASSE".casefold()
"they're bill's".title(), "a1b2".title(), "hello-world foo_bar".title(), "ǆ".title(), "".title(), "éCOLE".capitalize()
"İ".lower(), "ΑΣ".lower(), "ΑΣ Σ".lower(), "ŉ".upper(), "ﬁ".upper(), "ﬁ".title()
"  a b \t\n".strip(), "  a ".lstrip(), "  a ".rstrip(), "xxaxx".strip("x"), "abcba".strip("ab"), "abc".strip(""), "\u00a0a\u2003".strip()
"xyx".lstrip("xy"), "a.b.".rstrip("."), "#W123".strip("#"), "$5.00".lstrip("$"), "a".strip(None)
"a,b,,c".split(","), " a  b ".split(), "".split(), "".split(","), "abc".split("b"), "a b c".split(" ", 1), "a  b".split(" ")
"a,b,c".rsplit(",", 1), "a b c".rsplit(), "a b c".rsplit(None, 1), "a b c".split(None, 1), "a,b".split(",", 0), "a,b,c".split(",", maxsplit=1)
"a\nb\r\nc\rd".splitlines(), "a\n".splitlines(), "".splitlines(), "a\n\nb".splitlines(True), "a\x0bb\u2028c".splitlines()
"a-b-c".partition("-"), "abc".partition("-"), "a-b-c".rpartition("-"), "abc".rpartition("-")
",".join(["a", "b"]), "".join([]), "-".join("abc"), ", ".join(("x",)), "+".join({"k": 1, "l": 2}), "".join(c for c in "abc" if c != "b")
"abcabc".find("c"), "abcabc".find("c", 3), "abc".find("z"), "abcabc".rfind("a"), "abc".find(""), "abc".find("", 5), "abc".find("b", -2)
"abcabc".index("b"), "abcabc".rindex("b"), "abcabc".count("bc"), "aaaa".count("aa"), "abc".count(""), "abc".count("a", 1)
"abc".replace("b", "X"), "aaa".replace("a", "b", 2), "abc".replace("", "-"), "abc".replace("z", ""), "aaa".replace("a", ""), "".replace("", "x")
"abc".startswith("ab"), "abc".startswith(("x", "a")), "abc".startswith(""), "abc".startswith("b", 1), "abc".startswith(())
"abc".endswith("bc"), "abc".endswith(("x", "c")), "abc".endswith("abcd"), "abc".endswith("b", 0, 2)
"123".isdigit(), "".isdigit(), "1.5".isdigit(), "²".isdigit(), "²".isdecimal(), "½".isnumeric(), "٣".isdigit(), "-1".isdigit()
"abc".isalpha(), "ab1".isalnum(), "ab c".isalnum(), "é".isalpha(), "".isalpha(), "日本".isalpha(), "a_b".isalnum()
"ABC".isupper(), "abc".islower(), "A1".isupper(), "1".isupper(), "".islower(), " \t".isspace(), "".isspace(), "A B".isupper()
"7".zfill(3), "-7".zfill(4), "+7".zfill(4), "abc".zfill(2), "".zfill(2)
"a".center(5), "ab".center(5, "*"), "a".ljust(3) + "|", "a".rjust(3, "."), "abc".center(2), "ab".center(7, "-")
"prefix-x".removeprefix("prefix-"), "x.txt".removesuffix(".txt"), "abc".removeprefix("z"), "abc".removesuffix("")
"abc"[0], "abc"[-1], "abc"[1:], "abc"[:-1], "abc"[::-1], "abcdef"[1:5:2], "abc"[5:], "abc"[-10:2], "abcdef"[4:1:-1], "abc"[:]
"日本語"[1], "日本語"[::-1], len("日本語"), len("é"), len("e\u0301"), len("😀"), "😀a"[1], "a😀b"[1:2]
"a" in "abc", "" in "abc", "abc" in "ab", "bc" not in "abc", "" in "", "a" in ["abc"]
"a" < "b", "A" < "a", "a" < "aa", "" < "a", "10" < "9", "é" > "z", "abc" == "abc", "a" != "A", "a" * 3, 2 * "ab", "a" * 0, "a" * -1
"a" "b" 'c', "it's", 'say "x"', "it's \"x\"", "tab\t", "nl\n", "\r", "\\", "\x00", "\x1f", "\x7f", "\x80", "\xa0", "\xad"
"é", "日本", "😀", "\u200b", "\u2028", "\ufeff", "\ue000", "\U000e0001", "\ud800", "\udfff", "\u0378", "\u3000", "\U0001f9ff", "\u0301"
repr("a'b"), repr('a"b'), repr("a'b\"c"), repr("\n"), repr("\\n"), str("a'b"), repr(str(["it's"])), ascii("é日😀'")
[str(x) for x in ["a", 1, 1.0, None, True, [1, "a"], {"k": (1,)}, (), ("x",)]]
"\x41\101\u0041\U00000041\N{LATIN SMALL LETTER A}", r"\n\x"
"abc"[3]
"abc"[-4]
""[0]
"abc"["a"]
"abc"[1.0]
"abc"[None]
"abc"[1:"a"]
"abc"[::0]
"abc".index("z")
"abc".rindex("z")
"abc".split("")
"abc".partition("")
"abc".split(1)
"abc".replace("a")
"abc".replace("a", 1)
"abc".replace(1, "a")
"abc".startswith(1)
"abc".startswith(["a"])
"abc".startswith(("a", 1), 1)
"abc".endswith(None)
"abc".strip(1)
"abc".find(1)
"abc".count(1)
"abc".index(None)
"abc".join(1)
",".join([1, 2])
",".join(["a", 1])
",".join(["a", None, "b"])
",".join(None)
",".join([["a"]])
",".join({1: 2})
"abc".lower(1)
"abc".upper("x", "y")
"abc".title(1)
"abc".zfill("a")
"abc".zfill()
"abc".center()
"abc".center("a")
"abc".center(5, "ab")
"abc".center(5, 1)
"abc".ljust(None)
"abc".isdigit(1)
"abc".splitlines(1, 2)
"abc".removeprefix(1)
1 in "abc"
None in "abc"
["a"] in "abc"
"a" + None
"a" + ["b"]
"a" - "b"
"a" < None
"a" * 1.0
"a" in 5
"a" in None
"a" not in 1.5
len(5)
len(None)
len(1.5)
len(True)
len()
len("a", "b")
str(1, 2)
str()
f"{3.14159:.2f} {2:.2f} {1e10:.2f} {-0.001:.2f} {2.675:.2f} {0.125:.2f} {1e22:.1f} {True:.1f}"
f"{7:03d} {42:06d} {-7:03d} {123456:03d} {7:+d} {7: d} {-7: d} {7:x} {255:X} {255:#x} {5:b} {8:o} {5:#010b}"
f"{1234567:,} {1234567.891:,.2f} {1234567:_} {-1234:,} {999:,} {0.5:,} {1e20:,.0f} {12345678:_x} {1234:010,}"
f"{0.5:%} {0.1234:.1%} {1:.0%} {2.5:.0f} {3.5:.0f} {0.5:.0f} {1.5:.0%}"
f"{1e10:e} {12345.678:.3e} {0.00012:g} {1e20:g} {123456789:g} {1.0:g} {100000:g} {1000000:g} {0.1:G} {1e-10:E} {1.5:n}"
f"{'a':5}|{'a':<5}|{'a':>5}|{'a':^5}|{'a':*^5}|{'abc':.2}|{'abc':5.1}|{'a':-<4}|{'é':>3}|{'':3}|"
f"{5:5}|{5:<5}|{5:^5}|{5:>5}|{5:05}|{-5:05}|{5:=+5}|{5:*=+6}|{2.5:08.2f}|{-2.5:08.2f}|{2.5:<8.2f}|{True:5}|"
f"{1.0} {1e16:} {0.1:.20f} {1/3:.3} {100.0:.2} {12345.0:.2} {1e-7} {1.0:.0f} {1.5:#.0f} {0:.1f}"
f"{float('inf'):.2f} {float('nan'):5.1f} {float('-inf'):+} {float('inf'):08} {-0.0:.1f} {float('nan'):%}"
f"{'x'!r} {'x'!s} {'é'!a} {None} {[1, 'a']} {({'a': 1})} {(1,)} {'a' if True else 'b'} {{}} {{{1}}}"
f"{1 + 2 = } {'a' = } {3.14159 = :.2f} {'x'!r:>5} {'a'!s:^5}|"
f"{2.5:{6}.{2}f} {'a':{'>'}{4}} {10:{'0'}{5}d}"
f"{10 ** 30} {10 ** 30:,} {10 ** 30:x} {10 ** 20:.2f} {10 ** 20:e} {-10 ** 20:040d}"
f"{None!r:>6}|{[1]!s:>6}|{True!s:>6}|{True:d}|{True}|{False:>3}|"
f"a{''}b{' '}c" + f"" + f"{'{'}" + "x{}" + f'{"q"}'
f"{1:c}{65:c}{8364:c}"
f"{'a':d}"
f"{1.5:d}"
f"{'a':.2f}"
f"{'a':,}"
f"{'a':=5}"
f"{'a':+}"
f"{'a': }"
f"{'a':05}"
f"{None:5}"
f"{[1]:>5}"
f"{ {}:5}"
f"{(1,):5}"
f"{1:.2}"
f"{1:.2d}"
f"{1:s}"
f"{1.5:s}"
f"{1.5:x}"
f"{1.5:q}"
f"{1:q}"
f"{'a':q}"
f"{1:,_}"
f"{1:,x}"
f"{1:,,}"
f"{1:5 }"
f"{1:.}"
f"{1:abc}"
f"{-1:c}"
f"{None:.2f}"
f"{'1':.2f}"
f"{'5':03d}"
f"{[]:.1f}"
f"{True:s}"
format(3.14159, ".2f"), format(5), format("a", ">3"), format(1234, ","), format(None), format(2.5, "")
format(1, 2)
format("a", "d")
"{} {}".format(1, "a"), "{0} {1} {0}".format("a", "b"), "{x} {y}".format(x=1, y=2), "{:>5}".format("a"), "{:.2f}".format(2.5), "{{}}".format()
"{0[1]} {1[k]}".format([1, 2], {"k": 3}), "{!r}".format("a"), "{:{}}".format("a", 4)
"{} {}".format(1)
"{x}".format(y=1)
"{".format()
"}".format()
"{0} {}".format(1, 2)
"%s is %d years" % ("Ann", 30), "%.2f" % 2.675, "%5d|%-5d|%05d" % (1, 2, 3), "%s" % None, "%r" % "a", "100%%" % (), "%x" % 255, "%s" % [1]
"%d" % "a"
"%s %s" % ("a",)
"%s" % ("a", "b")
"%.2f" % "a"
"%d" % 2.9, "%i" % True, "%e" % 12345.678, "%g" % 1e-7, "%(a)s" % {"a": 1}, "%c" % "x", "%+d" % 5
"abc" is not None, "" is None, "a" if "" else "b", bool(" "), not ""
list("abc"), tuple("ab"), sorted("hello"), sorted(set("hello")), dict(["ab", "cd"]), list(enumerate("ab", 1)), list(zip("ab", "xyz"))
list(reversed("abc")), list(map(str.upper, ["a", "b"])), list(filter(str.isdigit, "a1b2")), "".join(filter(str.isdigit, "(555) 123-4567")), min("b", "a"), max("hello")
list(map(str.lower, [1]))
list(filter(str.isdigit, [1]))
list(map(str.strip, [" a ", None]))
str.upper("a"), str.join(",", ["a", "b"]), str.replace("aa", "a", "b")
str.upper()
str.upper(5)
sorted(["b", "A", "c"], key=str.lower), sorted(["b", "A", "c"]), sorted(["bb", "a", "ccc"], key=len, reverse=True), sorted(["10", "9", "1"], key=int)
"Hello World".lower().replace(" ", "_").split("_")[0].title()
"mia_li_3668".split("_")[0], "#W2378156"[1:], "2024-05-15"[5:7], "10:30".split(":"), int("2024-05-15"[:4]) + 1
"a\tb".expandtabs(4)
"hello"[1:3] + "hello"[-3:-1], "abc"[2:1], "abc"[-2:], "abc"[True], "abcdef"[::2], "abcdef"[::-2], "abcdef"[-1:-4:-1], "abcdef"[:100]
"ab" "cd"[1], ("ab" "cd")[1], "-".join(["x"] * 3), "a".join("") == "", "\n".join(["a", "b"])
"user@example.com".split("@")[1], "user@example.com".count("@") == 1, "." in "user@example.com".split("@")[-1]
all(c.isalnum() or c == "_" for c in "ab_1"), any(c.isupper() for c in "abc"), sum(c == "a" for c in "banana"), [c for c in "a1b2" if c.isdigit()]
"a b c".split() == ["a", "b", "c"], " ".join("  a   b ".split()), "a;b".split(";")[::-1], "k=v=w".split("=", 1), "x".split("x"), "1,2,3".split(",")[-1]
"Zürich".lower() == "zürich", "ÅNGSTRÖM".lower(), "ñ".upper(), "Ǆ".lower(), "Ω".lower(), "İstanbul".lower() == "i̇stanbul"
"""

BODIES = r"""
words = "the quick brown fox".split()
return " ".join(w[0].upper() + w[1:] for w in words), [w[::-1] for w in words]
---
text = ""
for i in range(5):
    text += str(i) + ("," if i < 4 else "")
return text, len(text), text.split(",")
---
text = "abc"
text[0] = "x"
return text
---
text = "abc"
del text[0]
return text
---
a, b = "ab"
c, *d = "xyz"
return a, b, c, d
---
a, b = "abc"
return a
---
a, b, c = "ab"
return a
---
counts = {}
for c in "mississippi":
    counts[c] = counts.get(c, 0) + 1
return counts, sorted(counts.items(), key=lambda p: (-p[1], p[0]))
---
name = "Ann"
items = ["pen", "ink"]
return f"{name!r} bought {len(items)} item{'s' if len(items) != 1 else ''}: {', '.join(items)}"
---
width, places, value = 10, 3, 2.0 / 3
return f"[{value:{width}.{places}f}] [{value:<{width}}] [{value:>{width}.{places}}]"
---
spec = "d"
return f"{1.5:{spec}}"
---
d = {"a": {"b": [1, 2]}}
return f"{d['a']['b'][1]} {d['a']} {d['a']['b']!r:>10}"
---
d = {"a": 1}
return f"{d['z']}"
---
lines = '''first
  second
third'''.split("\n")
return lines, '''a
b''', '''it's "quoted"'''
---
text = 5
return text.lower()
---
text = None
return text.strip()
---
text = [1]
return text.split(",")
---
text = {"a": 1}
return text.lower()
---
text = 1.5
return text.startswith("1")
---
text = True
return text.upper()
---
text = (1, 2)
return text.replace("a", "b")
---
text = {1, 2}
return text.title()
---
text = range(3)
return text.join(["a"])
---
text = "abc"
return text.append("d")
---
text = "abc"
return text.get("a")
---
text = "abc"
return text.items()
---
text = "abc"
return text.sort()
---
text = "abc"
return text()
---
text = "abc"
for c in text:
    if c == "b":
        break
else:
    return "no b"
return "found " + c
---
parts = "2024-05-15T10:30:00".replace("T", " ").split(" ")
year, month, day = parts[0].split("-")
return int(year) * 10000 + int(month) * 100 + int(day), parts
---
out = []
for s in ["12", "1.5", "abc", "", "-3", " 4 ", "1e2", "٣"]:
    try:
        out.append(int(s))
    except ValueError as e:
        out.append(str(e))
return out
---
out = []
for s in ["12", "1.5", "abc", "", "-3", " 4 ", "1e2", "nan", "1_0", "1__0"]:
    try:
        out.append(float(s))
    except ValueError as e:
        out.append(str(e))
return out
---
out = []
for needle in ["a", "", "z", 1, None, ["a"]]:
    try:
        out.append(needle in "abc")
    except TypeError as e:
        out.append(str(e))
return out
"""

SAMPLES = ["", "a", "Hello, World", "  padded\t", "ÀÉÎõü", "123", "a1-b2", "MiXeD cAsE", "ß", "x" * 5, "a,b;c", "tab\tnew\nline"]
CALLS = [
    "{s}.upper(), {s}.lower(), {s}.title(), {s}.capitalize(), {s}.swapcase()",
    "{s}.strip(), {s}.split(), {s}.split(','), {s}.replace('a', 'Z'), {s}[::-1], {s}[1:3]",
    "{s}.isalpha(), {s}.isdigit(), {s}.isalnum(), {s}.isupper(), {s}.islower(), {s}.isspace()",
    "f'{{{s}:>8}}|{{{s}:^8}}|{{{s}:.3}}|', {s}.center(9, '.'), {s}.zfill(6), {s}.find('l')",
]


def more():
    for sample in SAMPLES:
        for call in CALLS:
            if "f'" in call and ("\n" in sample or "\t" in sample):
                continue
            yield call.replace("{s}", repr(sample).replace("'", '"')).replace("{{", "{").replace("}}", "}")
    values = ["0", "7", "-7", "255", "1234567", "0.5", "-2.25", "1e10", "123456.789", "1e-7", "True"]
    specs = ["", "5", "<8", "^9", "08", "+", ",", ".1f", "8.3f", "e", "g", ".3", ".0%", "x", "d", "_", "+.2f", "*>10"]
    for index, value in enumerate(values):
        for step, spec in enumerate(specs):
            if (index + step) % 2 == 0:
                yield f"format({value}, {spec!r})"
