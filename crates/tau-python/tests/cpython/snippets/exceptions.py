"""Raising, catching, cleaning up, and the texts of call binding."""

EXPRESSIONS = r"""
greet()
greet("a", "b", "c")
greet(name="a", nom="b")
greet("a", name="b")
greet(greeting="Yo")
greet("Al"), greet(name="Al"), greet("Al", "Yo"), greet("Al", greeting="Yo"), greet(greeting="Yo", name="Al")
greet(**{"name": "a", "x": 1, "y": 2})
greet("a", **{"name": "b"})
greet(*["a", "b", "c", "d"])
greet(None)
greet(5)
greet("a", 5)
total()
total(1), total(1, 2, 3), total(1, scale=3), total(1, 2, scale=2, b=1, a=2), total(*[1, 2]), total(first=4)
total(1, first=2)
total("a", "b")
total(1, scale=None)
only(1, 2, strict=True), only(b=1, a=2, strict=3, loose=4), only(*[1], **{"b": 2, "strict": 0})
only(1, 2)
only(1, 2, 3)
only(1, strict=True)
only(strict=True)
only(1, 2, 3, strict=True)
only(1, 2, 3, 4, strict=True, loose=1)
only(1, 2, strict=True, other=1)
only()
only(1, 2, loose=True)
Count.invoke()
Count.invoke(1)
Count.invoke(1, 2)
Count.invoke(1, 2, 3)
Count.invoke(1, 2, 3, 4)
Count.invoke(1, 2, 3, 4, 5)
Count.invoke(1, 2, 3, 4, 5, 6)
Count.invoke(1, 2, d=4)
Count.invoke(d=4)
Count.invoke(a=1, b=2, c=3, d=4), Count.invoke(1, *[2, 3], **{"d": 4})
Count.invoke(1, a=1)
Count.invoke(1, 2, 3, 4, a=1)
Count.invoke(1, 2, 3, 4, e=1)
Count.invoke(e=1)
Count.invoke(x=1, y=2)
Count.invoke(1, "a", 3, 4)
Lookup.invoke({"users": {"u1": {"n": 1}}}, "u1"), Lookup.invoke({"users": {}}, user_id="u2"), Lookup.invoke(data={"users": {"u1": 1}}, user_id="u1", limit=2, tags=["a"])
Lookup.invoke({})
Lookup.invoke({}, "u1")
Lookup.invoke({}, user="u1")
Lookup.invoke({}, "u1", user_id="u2")
Lookup.invoke({"users": {}}, "u1", customer_id=5)
Lookup.invoke({"users": {}}, ["u1"])
Lookup.invoke({"users": ["u1"]}, "u1")
Lookup.invoke({"users": None}, "u1")
Lookup.invoke({"users": "u1"}, "u1")
Lookup.invoke({"users": {"u": {1}}}, "u")
Lookup.invoke([], "u1")
Lookup.invoke(None, "u1")
Lookup.invoke("data", "u1")
Lookup.invoke({"users": {}}, "u1", 1, 2, 3)
attempt(greet), attempt(greet, 1, 2), attempt(int, "x"), attempt(Count.invoke, 1), attempt(len, 5), attempt(lambda x: x["k"], {}), attempt(lambda: 1, 2)
(lambda: 1)(2)
(lambda x: x)()
(lambda x, y=2: x + y)(1), (lambda *a, **k: (a, k))(1, 2, z=3), (lambda: None)()
(lambda x, y: x)(y=1)
(lambda x: x)(z=1)
(lambda *, k: k)()
len(obj=5)
int(x="5")
int("5", base=16)
sorted(iterable=[1])
sorted([1], foo=1)
sum([1], start=5), enumerate([1], start=2) and 1, round(2.5, ndigits=1), round(number=3.7), dict(a=1), max([1, 2], key=None, default=3)
sum([1], begin=5)
round(2.5, digits=1)
max([1], foo=2)
min(1, 2, kee=abs)
abs(x=1)
isinstance(obj=1)
enumerate([1], 1, 2)
zip([1], foo=1)
str(5, 6, 7, 8)
float(1, 2)
bool(1, 2)
chr()
repr()
repr(1, 2)
range(1, stop=2)
json.dumps({}, foo=1)
json.loads("1", foo=1)
"a".split(sep=",", maxsplit=1), "a b".split(maxsplit=1), [3, 1].sort(key=None, reverse=True), "a\nb".splitlines(keepends=True)
"a".split(separator=",")
"a".replace(old="a", new="b")
"a".lower(x=1)
[1].append(object=1)
[1].sort(foo=1)
{}.get(key="a")
{}.get("a", default=1)
{}.pop("a", default=1)
{}.update(a=1, b=2), {}.setdefault("a")
"a".join(iterable=["b"])
[1, 2, 3] if None else [], (1 if [] else 2) + 1
"""

BODIES = r"""
try:
    return {}["k"]
except KeyError as e:
    return str(e), repr(e), e.args, f"{e}", f"Error: {e}", type(e).__name__
---
out = []
for key in ["k", 1, None, (1, 2), "it's", "", 1.5, True, "a\nb"]:
    try:
        {}[key]
    except KeyError as e:
        out.append((str(e), repr(e)))
return out
---
try:
    [][1]
except IndexError as e:
    return str(e), repr(e), e.args
---
try:
    1 / 0
except ArithmeticError as e:
    return str(e), repr(e), type(e).__name__, isinstance(e, ZeroDivisionError), isinstance(e, ValueError)
---
raise ValueError("bad value")
---
raise ValueError
---
raise ValueError()
---
raise ValueError("a", 1)
---
raise KeyError("missing")
---
raise KeyError("a", "b")
---
raise KeyError()
---
raise IndexError
---
raise TypeError(5)
---
raise RuntimeError(None)
---
raise Exception("plain")
---
raise Exception(["a", 1])
---
raise Exception("")
---
raise NotImplementedError("later")
---
raise LookupError(f"{1 + 1} found")
---
raise 5
---
raise "text"
---
raise None
---
raise int
---
assert 1 == 1
assert 1 == 2, "numbers differ"
---
assert []
---
assert (1, 2)
assert False, {"k": 1}
---
try:
    raise ValueError("a", 1)
except ValueError as e:
    return str(e), repr(e), e.args, len(e.args), e.args[0]
---
try:
    raise KeyError
except LookupError as e:
    return str(e), repr(e), e.args
---
out = []
try:
    out.append("try")
except ValueError:
    out.append("except")
else:
    out.append("else")
finally:
    out.append("finally")
return out
---
out = []
try:
    out.append("try")
    int("x")
    out.append("not here")
except (TypeError, ValueError) as e:
    out.append(str(e))
else:
    out.append("else")
finally:
    out.append("finally")
return out
---
try:
    int("x")
except TypeError:
    return "wrong"
---
try:
    int("x")
finally:
    x = 1
return x
---
def f():
    try:
        return "try"
    finally:
        return "finally"
return f()
---
def f(log):
    try:
        return log
    finally:
        log.append("cleaned")
return f([])
---
def f():
    try:
        1 / 0
    finally:
        return "swallowed"
return f()
---
out = []
for i in range(4):
    try:
        if i == 1:
            continue
        if i == 3:
            break
        out.append(i)
    finally:
        out.append(f"f{i}")
else:
    out.append("else")
return out
---
def f():
    for i in range(3):
        try:
            return i
        finally:
            continue
    return "end"
return f()
---
try:
    try:
        int("x")
    except ValueError:
        {}["inner"]
except KeyError as e:
    return f"outer {e}"
---
try:
    try:
        int("x")
    except ValueError as e:
        raise TypeError("from " + str(e))
except Exception as e:
    return type(e).__name__, str(e)
---
try:
    try:
        int("x")
    except ValueError as e:
        raise KeyError("again") from e
except KeyError as e:
    return str(e)
---
try:
    try:
        [][0]
    except IndexError:
        raise
except Exception as e:
    return repr(e)
---
try:
    int("x")
except:
    return "bare"
---
try:
    int("x")
except Exception as e:
    message = str(e)
try:
    return str(e)
except NameError as n:
    return message, str(n)
---
try:
    int("x")
except Exception as e:
    pass
return e
---
e = 5
try:
    int("x")
except ValueError as e:
    pass
return e
---
try:
    {}["a"]
except ValueError:
    return 1
except (KeyError, TypeError):
    return 2
except Exception:
    return 3
---
try:
    {}["a"]
except Exception:
    return 3
except KeyError:
    return 2
---
try:
    {}["a"]
except 5:
    return 1
---
try:
    {}["a"]
except (ValueError, "x"):
    return 1
---
try:
    pass
except undefined_name:
    return 1
return "never looked up"
---
x = y + 1
y = 2
return x
---
if False:
    z = 1
return z
---
def inner():
    return w
if False:
    w = 1
return inner()
---
def inner():
    counter += 1
    return counter
counter = 1
return inner()
---
x = 1
def inner():
    x += 1
    return x
return inner()
---
for i in []:
    last = i
return last
---
def f(a, b):
    return a
return f(1)
---
def f(a, b=1, *, c):
    return a
return f()
---
def f():
    return 1
return f(1)
---
def f(a=1, b=2):
    return a
return f(1, 2, 3)
---
def f(a, /, b):
    return a, b
return f(1, b=2), attempt(f)
---
def f(a, /, b):
    return a, b
return f(a=1, b=2)
---
def outer():
    def inner(x):
        return x
    return inner()
return outer()
---
def recurse(n):
    return 0 if n == 0 else 1 + recurse(n - 1)
return recurse(40)
---
def check(order):
    if order["status"] != "pending":
        raise ValueError(f"order {order['id']} is {order['status']}")
    return "ok"
return attempt(check, {"id": "#1", "status": "pending"}), attempt(check, {"id": "#2", "status": "delivered"}), attempt(check, {}), attempt(check, None), attempt(check, "x"), attempt(check)
---
def find(users, email):
    for user_id, user in users.items():
        if user["email"].lower() == email.lower():
            return user_id
    return "Error: user not found"
users = {"u1": {"email": "A@x.org"}, "u2": {"email": None}}
return attempt(find, users, "a@X.org"), attempt(find, users, "b"), attempt(find, users, 5), attempt(find, [], "b"), attempt(find, {"u": {}}, "b")
---
def pay(methods, amount):
    for i, m in enumerate(methods):
        try:
            if m["balance"] < amount:
                raise ValueError("not enough")
            m["balance"] = round(m["balance"] - amount, 2)
            return i, m
        except KeyError:
            continue
        except ValueError as e:
            reason = str(e)
    return reason
return attempt(pay, [{}, {"balance": 5}, {"balance": 20.1}], 10), attempt(pay, [{}], 1), attempt(pay, [{"balance": 1}], 2), attempt(pay, [{"balance": "1"}], 2), attempt(pay, [5], 2)
---
out = []
def step(name, fails=False):
    out.append(name)
    if fails:
        raise RuntimeError(name)
try:
    try:
        step("a")
        step("b", True)
    finally:
        step("c")
    step("d")
except RuntimeError as e:
    step(f"caught {e}")
finally:
    step("e")
return out
---
out = []
for f in [lambda: [][0], lambda: {}["x"], lambda: int("q"), lambda: None.get("x"), lambda: 1 + "a", lambda: 1 % 0, lambda: "ok", lambda: [1][:1]]:
    try:
        out.append(f())
    except (IndexError, KeyError) as e:
        out.append(("lookup", str(e)))
    except Exception as e:
        out.append((type(e).__name__, str(e)))
return out
---
try:
    raise StopIteration
except StopIteration as e:
    return repr(e)
---
try:
    next(iter([]))
except StopIteration as e:
    return repr(e), str(e)
---
it = iter([1])
next(it)
return [x for x in [1]] + [next(it)]
---
return str(ValueError("x")), repr(ValueError("x")), repr(ValueError()), repr(KeyError("k", 1)), str(KeyError("k")), str(Exception()), [ValueError("in a list")]
---
error = ValueError("kept")
try:
    raise error
except ValueError as e:
    return e is error, isinstance(error, Exception), str(error)
---
def f():
    raise KeyError("deep")
def g():
    try:
        f()
    except ValueError:
        return "no"
    finally:
        log.append("g")
log = []
return attempt(g), log
---
while True:
    try:
        break
    finally:
        x = "left"
return x
---
d = {"a": 1}
try:
    d["b"] = d["a"] + d["zz"]
except KeyError:
    pass
return d
---
a = [1, 2]
try:
    a.append(3)
    a.append(a[10])
except IndexError as e:
    a.append(str(e))
return a
"""

SUBJECTS = ["5", "None", "'text'", "[1]", "{'k': 1}", "2.5", "(1,)", "True"]
USES = [
    "attempt(lambda x: x['k'], {s})",
    "attempt(lambda x: x[0], {s})",
    "attempt(lambda x: x + 1, {s})",
    "attempt(lambda x: x + 'a', {s})",
    "attempt(lambda x: [y for y in x], {s})",
    "attempt(lambda x: x(), {s})",
    "attempt(lambda x: 'k' in x, {s})",
    "attempt(lambda x: x < 3, {s}), attempt(lambda x: 'a' < x, {s})",
    "attempt(int, {s}), attempt(float, {s}), attempt(len, {s}), attempt(abs, {s}), attempt(round, {s})",
    "attempt(sorted, {s}), attempt(sum, {s}), attempt(max, {s}), attempt(list, {s}), attempt(dict, {s})",
    "attempt(lambda x: {{x: 1}}, {s}), attempt(lambda x: f'{{x:.2f}}', {s}), attempt(lambda x: ', '.join(x), {s})",
    "attempt(datetime.strptime, {s}, '%Y'), attempt(json.loads, {s}), attempt(json.dumps, {s}), attempt(math.floor, {s})",
]


def more():
    for use in USES:
        for subject in SUBJECTS:
            yield use.format(s=subject)
