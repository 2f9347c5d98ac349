"""`json.dumps` and `json.loads` with their texts and errors."""

EXPRESSIONS = r"""
json.dumps(None), json.dumps(True), json.dumps(False), json.dumps(1), json.dumps(-0.0), json.dumps(1.0), json.dumps("a"), json.dumps([]), json.dumps({}), json.dumps(())
json.dumps(10 ** 30), json.dumps(1e16), json.dumps(1e-7), json.dumps(0.1 + 0.2), json.dumps(1e22), json.dumps(123456789.125), json.dumps(5e-324)
json.dumps(float("nan")), json.dumps(float("inf")), json.dumps([float("-inf")])
json.dumps([1, "a", None, [2, [3]], {"k": (1, 2)}]), json.dumps({"a": {"b": []}, "c": {}}), json.dumps(((1,), ()))
json.dumps({1: "a", 1.5: "b", True: "c", None: "d", False: 0}), json.dumps({10 ** 20: 1, -1: 2, 1e16: 3}), json.dumps({"1": 1, 1: 2})
json.dumps("é日😀"), json.dumps("\x00\x1f\x7f\x80"), json.dumps('"\\/\b\f\n\r\t'), json.dumps("\u2028\ud800"), json.dumps({"é": "ü"}), json.dumps("it's")
json.dumps("é", ensure_ascii=False), json.dumps({"日": "😀\x7f\n"}, ensure_ascii=False)
json.dumps({"b": 1, "a": [1, 2]}, indent=2), json.dumps([], indent=2), json.dumps({}, indent=2), json.dumps([[]], indent=1), json.dumps([{}], indent=4)
json.dumps({"b": 1, "a": {"d": 1, "c": 2}}, sort_keys=True), json.dumps([{"b": 1, "a": 2}], sort_keys=True, indent=2), json.dumps({2: 1, 1: 2}, sort_keys=True)
json.dumps([1, {"a": 2}], separators=(",", ":")), json.dumps({"a": [1, 2]}, separators=(", ", " = ")), json.dumps([1, 2], indent=2, separators=(",", ":"))
json.dumps([1, 2], indent=0), json.dumps({"a": 1}, indent="--"), json.dumps({"a": 1}, indent=None)
json.dumps({"d": 1}, default=str), json.dumps({"s": {1}}, default=list), json.dumps([datetime(2024, 1, 2)], default=str), json.dumps({"x": {2, 1}}, default=sorted)
json.dumps({1})
json.dumps({"a": {1, 2}})
json.dumps([datetime(2024, 1, 2)])
json.dumps(date(2024, 1, 2))
json.dumps(timedelta(1))
json.dumps(lambda: 1)
json.dumps(len)
json.dumps(int)
json.dumps(range(3))
json.dumps({"a": 1}.keys())
json.dumps({"a": 1}.items())
json.dumps(map(str, [1]))
json.dumps(x for x in [1])
json.dumps({(1, 2): 3})
json.dumps({"a": {("x",): 1}})
json.dumps([1, [2, {"k": set()}]])
json.dumps({"b": 1, 1: 2}, sort_keys=True)
json.dumps(float("nan"), allow_nan=False)
json.dumps([1.5, float("inf")], allow_nan=False)
json.dumps()
json.dumps(1, 2)
json.dumps({(1,): 2, "a": 1}, skipkeys=True)
json.loads("1"), json.loads("-1.5"), json.loads("1e3"), json.loads("1E-2"), json.loads("-0"), json.loads("-0.0"), json.loads("1e999"), json.loads("12345678901234567890123")
json.loads("true"), json.loads("false"), json.loads("null"), json.loads('"a"'), json.loads("[]"), json.loads("{}"), json.loads(" [1 , 2 ] "), json.loads("\n{\t}\r ")
json.loads("NaN"), json.loads("Infinity"), json.loads("-Infinity"), json.loads('[NaN, 1.0, 100, 1.50]'), json.loads("0.1"), json.loads("1.7976931348623157e309")
json.loads('{"a": 1, "a": 2}'), json.loads('{"b": 1, "a": 2, "b": 3}'), json.loads('{"": null}'), json.loads('{"a": {"b": [1, {"c": "d"}]}}')
json.loads(r'"\u00e9\n\"\\\/\b\f\r\t"'), json.loads(r'"\ud83d\ude00"'), json.loads(r'"\ud83d"'), json.loads(r'"\ude00x"'), json.loads('"é😀"'), json.loads(r'"\u0041\u0000"')
json.loads(json.dumps({"a": [1, 2.5, None, True, "x"]})), json.loads(json.dumps({1: 2})), json.loads(json.dumps((1, (2,)))), json.loads(json.dumps("\ud800\\"))
json.loads("[" * 50 + "]" * 50)
json.loads("")
json.loads(" ")
json.loads("abc")
json.loads("{")
json.loads("[")
json.loads("[1")
json.loads("[1,")
json.loads("[1,]")
json.loads("[1 2]")
json.loads("[,1]")
json.loads("{a: 1}")
json.loads("{'a': 1}")
json.loads('{"a"}')
json.loads('{"a" 1}')
json.loads('{"a":}')
json.loads('{"a": 1')
json.loads('{"a": 1,')
json.loads('{"a": 1,}')
json.loads('{"a": 1 "b": 2}')
json.loads('{"a": 1, b}')
json.loads('{1: 2}')
json.loads('{,}')
json.loads('{"a": [1, 2}')
json.loads('"abc')
json.loads('"a\nb"')
json.loads('"a\tb"')
json.loads(r'"\x41"')
json.loads(r'"\u12"')
json.loads(r'"\u12G4"')
json.loads('"\\')
json.loads('["a\\"]')
json.loads("1 2")
json.loads("[1] x")
json.loads("{} {}")
json.loads("01")
json.loads("-")
json.loads("+1")
json.loads(".5")
json.loads("1.")
json.loads("1.e5")
json.loads("1e")
json.loads("1e+")
json.loads("0x10")
json.loads("-a")
json.loads("-NaN")
json.loads("True")
json.loads("None")
json.loads("nul")
json.loads("truex")
json.loads("'a'")
json.loads("[1, 2\n, x]")
json.loads('{\n  "a": 1,\n  "b": oops\n}')
json.loads("\n\n  ]")
json.loads("[1,\n2,\n3\n4]")
json.loads("é")
json.loads('["é", x]')
json.loads("\ufeff1")
json.loads("//c\n1")
json.loads(None)
json.loads(5)
json.loads([])
json.loads({"a": 1})
json.loads()
json.loads("1", "2")
json.loads(1.5)
str(json.loads('{"a": [1.0, 1e2, "x"]}')), str(json.loads("[true, null]"))
json.dumps(json.loads('{"z": 1, "a": {"y": [1.10, 2e5]}}'))
json.dumps("\U0001F600\uffff"), json.dumps("a\u00a0b"), json.dumps("<a href='x'>&</a>"), json.dumps("\x0b\x1b")
json.dumps(1e15), json.dumps(123456789012345680.0), json.dumps(-1e-5), json.dumps(0.0001), json.dumps(True + True), json.dumps(3.0 * 2)
json.dumps({"price": 19.99, "qty": 3, "total": 19.99 * 3, "ok": None}), json.dumps({"t": round(59.97, 1)}), json.dumps([round(2.5), round(2.675, 2)])
"""

BODIES = r"""
try:
    json.loads("{oops}")
except json.JSONDecodeError as e:
    return str(e)
---
try:
    json.loads("[1,")
except ValueError as e:
    return "value: " + str(e)
---
try:
    json.dumps({1})
except (ValueError, TypeError) as e:
    return f"Error: {e}"
---
a = []
a.append(a)
return json.dumps(a)
---
d = {}
d["d"] = {"e": d}
return json.dumps(d)
---
shared = {"x": 1}
return json.dumps([shared, shared, {"s": shared}])
---
users = {"u1": {"name": {"first": "Ann", "last": "Ólafs"}, "orders": ["#1", "#2"], "balance": 10.50}}
return json.dumps(users["u1"]), json.dumps(list(users.keys())), json.dumps(users, indent=2)
---
d = json.loads('{"items": [{"id": "1", "price": 5}, {"id": "2", "price": 7.5}]}')
d["items"].append({"id": "3", "price": sum(i["price"] for i in d["items"])})
return json.dumps(d)
---
out = []
for text in ["{}", "[1]", "x", "1.5", '"a"', "{]"]:
    try:
        out.append(json.loads(text))
    except json.JSONDecodeError as e:
        out.append(f"{e}")
return out
---
deep = []
for _ in range(40):
    deep = [deep]
return json.dumps(deep), json.loads(json.dumps(deep)) == deep
---
d = json.loads('{"b": 1, "a": 2}')
d["c"] = d.pop("b")
d["a"] = {"n": None, "t": True}
return json.dumps(d), str(d), repr(d), f"{d}"
"""

TEXTS = ["[1, 2, 3]", '{"a": [1, {"b": "c"}]}', '"x\\u0041y"', "-12.5e+3", '[true, false, null]', '{"k": "v", "l": ""}']


def more():
    for text in TEXTS:
        for end in range(1, len(text), 3):
            yield f"json.loads({text[:end]!r})"
        for place in range(0, len(text), 4):
            yield f"json.loads({text[:place] + '}' + text[place + 1:]!r})"
