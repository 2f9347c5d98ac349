"""`eval` of what a calculator tool lets through: digits, `+-*/().` and spaces."""

import ast
import random
import warnings

WRITTEN = r"""
1 + 1
(1 + 2) * 3
2 * (3 + 4) - 5 / 2
100 * 1.1
0.1 + 0.2
10 / 3
7 // 2
-7 // 2
2 ** 10
2 ** -1
2 ** 0.5
10 ** 22 * 3
2 ** 3 ** 2
-2 ** 2
1 - -1
1 + + 1
--1
+-+1
1 --- 1
1 +
+
*
1 *
1 * * 2
1 ** 
1 // 
/ 2
// 2
1 / / 2
1 /// 2
1 *** 2
1 ** * 2
*1
**1
*1 + 2
(*1)
(**1)
1 + *2
1 + (*2)
()
( )
(())
()()
() + 1
()()()
(1)
((1))
((((1))))
(1)(2)
1(2)
1 (2)
1.5(2)
(1 + 2)(3 + 4)
2(3)
(1) 2
(1)2
1 2
1 2 3
1  +  2
1. 2
1 .5
1.5.2
1..2
1.
.5
.
..
...
. .
. . .
....
...1
... ...
(...)
1 + .
. + 1
1 + ..
1.+.1
1.-.5
1./2.
1.*.5
5.(1)
.5.5
.5 .5
0
00
000
0.0
00.5
08
09
007
0123
01
00001
08.5
0123.5
010
1 + 08
1 + 01
08 + 1
(08)
100 + 007
0 1
00 1
0 0
1/0
1//0
1/0.0
0/0
0 ** -1
0.0 ** -1
10.0 ** 400
10 ** 400
10 ** 400 / 10 ** 399
10 ** 400 * 1.0
1 / 10 ** 400
(-8) ** 3
(1
((1)
(1 + 2
(1 + (2)
1 + (
(
((
(((
1 + (2 * (3
1)
)
))
1 + 2)
(1))
1 + 2) * (3
)(
(1)) + (2
) 1
1 + )
( + )
( - 1
(1 + )
(1 +
(1 2)
(1 2
(1 + 2 3)
(1.2.3)
(1 .2)
(. )
( .
(08
(1 + 08
1 + 2) + 08
08)
)08
(1 * / 2)
(1 */ 2)
1 */ 2
1 + / 2
1 / * 2
1 -* 2
1 /- 2
1 *- 2
1 **- 2
1 //- 2
1 /+ 2
1 ** + 2
1 - / 2
- / 2
( / 2)
(/ 2
1 (
1 ( 2
1 ()
1()
().5
() .5
(). 5
().
() .
(1).
(1).5
(1) .5
1 .
1 . 
1 . 2
1 . . 2
5 .5.
1.0.
1.0.0
1.2.3.4
12.50.
192.168.0.1
555-1234
2024-05-15
2024-01-01
10-08-2024
05-15
(555) 123-4567
(555)123-4567
1 + 1.
1/3
2/3
22/7
     1
     1     
 (1)
-
--
- -
+ -
-(
-(1
-)
-()
+()
() * 2
() * ()
() + ()
() / 2
- ()
1 + ()
2 * ()
() ** 2
() // 2
(()) + 1.5
100000000000000000000
100000000000000000000 + 1
123456789012345678901234567890 * 2
99999999999999999999 / 3
0.1 * 3
1.005 * 100
19.99 * 3
250.00 - 49.99
1234.5678 / 0.01
5 / 2 * 2
3 * 4 / 2 - 1 + 6
(1.5 + 2.5) * (3 - 1) / 4
((2 + 3) * (4 - 1)) / (5 - 2)
0.5 / 0.25
1 / 3 * 3
-5 + 3
-(5 + 3)
-(-5)
3 - (-5)
(3) - (5)
3 * -2
3 * (-2)
2 ** -2 ** 2
(2 ** 0.5) ** 2
9 ** 20
0 ** 0
0.0 ** 0
1.5 ** 2
4 ** 0.5
-4 ** 0.5
1.0 // 0.3
-7.5 // 2
7 / 7 / 7
1000000 * 1000000
1000000.0 * 1000000.0
1.0 * 10 ** 16
123456.789 * 1000
0.00001
0.0001
1 / 100000
""".strip("\n").split("\n")

DEEP = [
    "'(' * 90 + '1' + ')' * 90",
    "'(' * 201 + '1' + ')' * 201",
    "'(' * 250",
    "')' * 10",
    "'-' * 50 + '1'",
    "'1+' * 300 + '1'",
    "'1 ' * 5",
    "'9' * 60",
    "'.' * 7",
    "'1' * 400 + '/' + '7' * 399",
    "''",
    "' '",
    "'   '",
    "'1' * 5000",
]


def affordable(text):
    """Whether evaluating is quick and the answer short and real."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError:
        return True
    if sum(isinstance(node, ast.Pow) for node in ast.walk(tree)) > 1:
        return False
    powers = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)]
    if any(not isinstance(node.right, ast.Constant) or node.right.value is ... or node.right.value > 40 for node in powers):
        return False
    # a fraction of a negative number's power is complex
    return not any(isinstance(node.right.value, float) and not isinstance(node.left, ast.Constant) for node in powers)


def more():
    for text in WRITTEN:
        yield f"eval({text!r}, {{'__builtins__': None}}, {{}})"
    for text in WRITTEN[::4]:
        yield f"str(round(float(eval({text!r}, {{'__builtins__': None}}, {{}})), 2))"
    for text in DEEP:
        yield f"eval({text}, {{'__builtins__': None}}, {{}})"
    for other in ["5", "None", "[1]", "2.5"]:
        yield f"eval({other}, {{'__builtins__': None}}, {{}})"
    chance = random.Random(20240515)
    pieces = ["1", "2", "37", "0", "9", "1.5", ".5", "0.25", "08", "100"] + list("+-*/()") * 2 + [" ", ".", "**", "//", " ( ", ") "]
    made = 0
    while made < 180:
        text = "".join(chance.choice(pieces) for _ in range(chance.randint(2, 9)))
        if affordable(text):
            made += 1
            yield f"eval({text!r}, {{'__builtins__': None}}, {{}})"
