//! Limits hold, cannot be caught, and what the subset lacks is refused with its line.

use super::*;

fn limit_of(body: &str) -> Result<Value, CallError> {
    let text = format!(
        "import json\nimport copy\n\ndef f(data):\n    try:\n{}    except Exception:\n        return 'caught'\n    except:\n        return 'caught'\n",
        body.lines().map(|l| format!("        {l}\n")).collect::<String>()
    );
    let program = program(&text).unwrap();
    let mut heap = heap("{}");
    let root = heap.root();
    run(&program, &mut heap, &Limits::default(), &[root])
}

fn is_limit(body: &str, wanted: LimitKind) {
    match limit_of(body) {
        Err(CallError::Limit { kind, file, line }) => {
            assert_eq!(kind, wanted, "{body}");
            assert_eq!(file, "m.py");
            assert!(line >= 5, "{body}: line {line}");
        }
        other => panic!("{body}: {other:?}"),
    }
}

#[test]
fn an_endless_loop_ends_at_the_step_limit() {
    is_limit("while True:\n    pass", LimitKind::Steps);
    is_limit(
        "while True:\n    try:\n        1 / 0\n    except:\n        continue",
        LimitKind::Steps,
    );
    is_limit("sum(i for i in range(10 ** 12))", LimitKind::Steps);
    is_limit("any(map(lambda x: False, range(10 ** 12)))", LimitKind::Steps);
}

#[test]
fn growth_is_refused_before_it_is_made() {
    for body in [
        "'x' * 99999999999",
        "[0] * 99999999999",
        "(0,) * 99999999999",
        "s = 'x'\nwhile True:\n    s = s + s",
        "s = 'x'\nwhile True:\n    s = ''.join([s, s])",
        "s = 'x'\nwhile True:\n    s = f'{s}{s}'",
        "s = 'x' * 1000\nwhile True:\n    s = s.replace('x', s)",
        "s = '%s'\nwhile True:\n    s = s.replace('%s', '%s%s') % (s, s) if False else s * 9",
        "l = [1]\nwhile True:\n    l = l + l",
        "l = [1]\nwhile True:\n    l.extend(l)",
        "l = [1]\nwhile True:\n    l += l",
        "list(range(10 ** 12))",
        "{i: i for i in range(10 ** 12)}",
        "'x'.rjust(10 ** 12)",
        "f'{1:1000000000000}'",
        "9 ** 9 ** 9",
        "1 << 10 ** 12",
        "n = 7\nwhile True:\n    n = n * n",
        "eval('9**9**9')",
        "d = {}\nfor i in range(10 ** 9):\n    d[i] = i",
        "l = []\nwhile True:\n    l = [l, l, copy.deepcopy(l)]\n    json.dumps(l)",
    ] {
        match limit_of(body) {
            Err(CallError::Limit {
                kind: LimitKind::Memory | LimitKind::Steps | LimitKind::DataDepth,
                ..
            }) => {}
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[test]
fn deep_calls_and_deep_data_do_not_overflow_the_stack() {
    is_limit("def g(n):\n    return g(n + 1)\ng(0)", LimitKind::CallDepth);
    is_limit("def g(n):\n    return sorted([n], key=g)\ng(0)", LimitKind::CallDepth);
    is_limit("l = []\nfor i in range(100000):\n    l = [l]\nstr(l)", LimitKind::DataDepth);
    is_limit("l = []\nfor i in range(100000):\n    l = [l]\njson.dumps(l)", LimitKind::DataDepth);
    is_limit(
        "l = []\nm = []\nfor i in range(100000):\n    l = [l]\n    m = [m]\nl == m",
        LimitKind::DataDepth,
    );
    is_limit(
        "l = []\nfor i in range(100000):\n    l = [l]\ncopy.deepcopy(l)",
        LimitKind::DataDepth,
    );
    is_limit("t = ()\nfor i in range(100000):\n    t = (t,)", LimitKind::DataDepth);
    is_limit(
        "x = [1]\nfor i in range(100000):\n    x = enumerate(x)\nnext(x)",
        LimitKind::CallDepth,
    );
    is_limit("json.loads('[' * 100000)", LimitKind::DataDepth);
    is_limit("eval('(' * 150 + '-' * 5000 + '1' + ')' * 150)", LimitKind::DataDepth);
}

#[test]
fn deeply_nested_state_has_no_hash_but_does_no_harm() {
    let program = program("def f(data):\n    l = data['t']\n    for i in range(5000):\n        l['x'] = {}\n        l = l['x']\n").unwrap();
    let mut heap = heap("{}");
    let root = heap.root();
    run(&program, &mut heap, &Limits::default(), &[root]).unwrap();
    assert!(heap.state_hash().starts_with("error: "));
}

#[test]
fn hostile_source_is_refused_and_does_no_harm() {
    for text in [
        "(".repeat(100_000),
        format!("x = {}1", "-".repeat(100_000)),
        format!("x = {}1", "1+".repeat(100_000)),
        format!("x = {}", "not ".repeat(50_000)),
        format!("x = a{}", ".b".repeat(50_000)),
        format!("x = {}1{}", "[".repeat(90), "]".repeat(90)),
        "x = 1\n".repeat(300_000),
        "def f(:\n".to_string(),
    ] {
        assert!(program(&text).is_err(), "{}...", &text[..20]);
    }
}

fn refused(text: &str) -> String {
    match program(text) {
        Ok(_) => panic!("accepted: {text}"),
        Err(errors) => errors[0].to_string(),
    }
}

#[test]
fn what_the_subset_lacks_is_refused_with_file_and_line() {
    for (text, line, words) in [
        ("import os\n", 1, "cannot be imported"),
        ("from os.path import join\n", 1, "cannot be imported"),
        ("import json\n\ndef f():\n    return json.load('x')\n", 4, "json.load"),
        ("def f():\n    with open('x') as g:\n        pass\n", 2, "with"),
        ("def f():\n    return open('x')\n", 2, "'open'"),
        ("def f():\n    return missing\n", 2, "not defined"),
        ("def f():\n    yield 1\n", 2, "yield"),
        ("async def f():\n    pass\n", 1, "asynchronous"),
        ("def f(x):\n    return x.__class__\n", 2, "__class__"),
        ("def f(x):\n    return x.encode()\n", 2, "encode"),
        ("class A:\n    pass\n\ndef f():\n    return A()\n", 5, "instance"),
        ("def f(x):\n    x.y = 1\n", 2, "attribute"),
        ("def f():\n    import json\n", 2, "import"),
        ("def f():\n    return exec('1')\n", 2, "'exec'"),
        ("def f():\n    return getattr(1, 'a')\n", 2, "'getattr'"),
        ("def f():\n    return 1j\n", 2, "complex"),
        ("def f():\n    return b'a'\n", 2, "bytes"),
        ("from typing import NoSuch\n", 1, "typing.NoSuch"),
        ("@decorated\ndef f():\n    pass\n", 1, "decorator"),
    ] {
        let error = refused(text);
        let found: Vec<&str> = error.splitn(3, ':').collect();
        assert_eq!((found[0], found[1]), ("m.py", line.to_string().as_str()), "{text}: {error}");
        assert!(error.contains(words.trim_matches('\'')), "{text}: {error}");
    }
}

#[test]
fn an_exception_names_the_line_it_was_raised_on() {
    let program =
        program("def g(d):\n    x = 1\n    return d['missing']\n\ndef f(d):\n    return g(d)\n")
            .unwrap();
    let mut heap = heap("{}");
    let root = heap.root();
    let error = run(&program, &mut heap, &Limits::default(), &[root]).unwrap_err();
    assert_eq!(
        error,
        CallError::Exception {
            type_name: "KeyError".into(),
            message: "'missing'".into(),
            file: "m.py".into(),
            line: 3
        }
    );
}
