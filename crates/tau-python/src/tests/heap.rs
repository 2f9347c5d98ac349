//! Aliasing, copy on write, reset, hashes and comparison of states.

use super::*;

const RETAIL: &str = r#"{"o1": {"items": [{"price": 1.5}], "status": "pending"}, "o2": {"items": [], "status": "done"}}"#;

fn changed(heap: &mut Heap, body: &str) {
    let program = program(&format!("import copy\n\ndef f(data):\n{body}")).unwrap();
    let root = heap.root();
    run(&program, heap, &Limits::default(), &[root]).unwrap();
}

#[test]
fn the_hash_of_small_data_is_upstreams() {
    // sha256(str((('t', (('a', (1, 2.0, True, None)), ('b', ('x',)))),)))
    let heap = heap(r#"{"b": ["x"], "a": [1, 2.0, true, null]}"#);
    assert_eq!(
        heap.state_hash(),
        "2f628875514faa7809aa4626ecba0e99999717dd6166b96b9cbfef5389a291be"
    );
}

#[test]
fn the_incremental_hash_equals_that_of_data_read_afresh() {
    let mut heap = heap(RETAIL);
    changed(
        &mut heap,
        "    data['t']['o1']['status'] = 'cancelled'\n    data['t']['o1']['items'].append({'price': 2})\n    data['t']['a0'] = []\n",
    );
    let json = heap.json_dumps(&heap.get(&heap.root(), "t").unwrap()).unwrap();
    assert_eq!(heap.state_hash(), super::heap(&json).state_hash());
}

#[test]
fn a_reset_restores_the_base_and_a_second_heap_never_sees_changes() {
    let base = Arc::new(Base::from_json_tables(&[("t".to_string(), RETAIL.to_string())]).unwrap());
    let (mut one, two) = (Heap::new(base.clone()), Heap::new(base.clone()));
    changed(&mut one, "    del data['t']['o2']\n    data['t']['o1']['items'][0]['price'] = 9\n");
    assert!(!one.same_state(&two));
    assert_eq!(two.state_hash(), base.state_hash());
    one.reset();
    assert!(one.same_state(&two));
    assert_eq!(one.state_hash(), base.state_hash());
}

#[test]
fn an_object_stored_twice_is_one_object() {
    let mut heap = heap(RETAIL);
    changed(
        &mut heap,
        "    data['t']['o2']['items'] = data['t']['o1']['items']\n    data['t']['o1']['items'].append(5)\n",
    );
    let json = heap.json_dumps(&heap.root()).unwrap();
    assert_eq!(
        json,
        r#"{"t": {"o1": {"items": [{"price": 1.5}, 5], "status": "pending"}, "o2": {"items": [{"price": 1.5}, 5], "status": "done"}}}"#
    );
}

#[test]
fn values_kept_from_an_earlier_call_stay_valid_in_the_next() {
    let mut heap = heap(RETAIL);
    changed(&mut heap, "    kept = [1]\n    data['t']['new'] = {'list': kept}\n");
    changed(
        &mut heap,
        "    junk = [[i] for i in range(10)]\n    data['t']['new']['list'].append(2)\n",
    );
    assert!(heap.json_dumps(&heap.root()).unwrap().ends_with(r#""new": {"list": [1, 2]}}}"#));
}

fn same_after(ours: &str, theirs: &str) -> (bool, bool) {
    let base = Arc::new(Base::from_json_tables(&[("t".to_string(), RETAIL.to_string())]).unwrap());
    let (mut one, mut two) = (Heap::new(base.clone()), Heap::new(base));
    changed(&mut one, &format!("    data['t']['x'] = {ours}\n"));
    changed(&mut two, &format!("    data['t']['x'] = {theirs}\n"));
    (one.same_state(&two), one.state_hash() == two.state_hash())
}

#[test]
fn states_are_the_same_exactly_when_their_hashes_are() {
    for (ours, theirs, same) in [
        ("{}", "[]", true),
        ("{'b': 1, 'a': 2}", "{'a': 2, 'b': 1}", true),
        ("{'a': 1}", "[['a', 1]]", true),
        ("(1, 2)", "[1, 2]", true),
        ("{2, 1}", "[1, 2]", true),
        ("1", "1.0", false),
        ("1", "True", false),
        ("'1'", "1", false),
        ("float('nan')", "float('nan')", true),
        ("0.0", "-0.0", false),
        ("[{}]", "[[]]", true),
        ("({'a': 1},)", "[{'a': 1}]", false),
        ("copy.deepcopy(data['t']['o1'])", "data['t']['o1']", true),
    ] {
        assert_eq!(same_after(ours, theirs), (same, same), "{ours} against {theirs}");
    }
}

#[test]
fn a_state_upstream_could_not_hash_equals_no_hash() {
    let mut heap = heap(RETAIL);
    changed(&mut heap, "    data['t'][5] = 1\n");
    assert_eq!(
        heap.state_hash(),
        "error: TypeError: '<' not supported between instances of 'int' and 'str'"
    );
}

#[test]
fn differences_name_the_path_and_both_values() {
    let base = Arc::new(Base::from_json_tables(&[("t".to_string(), RETAIL.to_string())]).unwrap());
    let (mut one, two) = (Heap::new(base.clone()), Heap::new(base));
    changed(
        &mut one,
        "    data['t']['o1']['items'][0]['price'] = 2\n    del data['t']['o2']\n    data['t']['o3'] = None\n",
    );
    let found: Vec<(String, Option<String>, Option<String>)> =
        one.differences(&two).into_iter().map(|d| (d.path.join("/"), d.ours, d.theirs)).collect();
    let text = |s: &str| Some(s.to_string());
    assert_eq!(
        found,
        [
            ("t/o1/items/0/price".to_string(), text("2"), text("1.5")),
            ("t/o3".to_string(), text("null"), None),
            ("t/o2".to_string(), None, text(r#"{"items": [], "status": "done"}"#)),
        ]
    );
}

#[test]
fn a_module_level_list_changed_by_a_tool_is_fresh_in_the_next_episode() {
    let program =
        program("SEEN = []\n\ndef f(n):\n    SEEN.append(n)\n    return len(SEEN)\n").unwrap();
    let mut heap = heap("{}");
    let count =
        |heap: &mut Heap| heap_int(run(&program, heap, &Limits::default(), &[Value::Int(1)]));
    assert_eq!((count(&mut heap), count(&mut heap)), (1, 2));
    heap.reset();
    assert_eq!(count(&mut heap), 1);
}

fn heap_int(value: Result<Value, CallError>) -> i64 {
    match value {
        Ok(Value::Int(i)) => i,
        other => panic!("{other:?}"),
    }
}

#[test]
fn enums_and_exception_classes_of_the_program_work() {
    let program = program(
        "from enum import Enum\n\nclass Issue(Enum):\n    A = 'a'\n    B = 'b'\n\nclass Bad(ValueError):\n    pass\n\ndef f(text):\n    try:\n        return [str(Issue(text)), Issue.A.value, Issue['B'].name, [i.value for i in Issue], Issue.A == Issue('a')]\n    except ValueError as e:\n        raise Bad(str(e))\n",
    )
    .unwrap();
    let mut heap = heap("{}");
    let good = run(&program, &mut heap, &Limits::default(), &[Value::str("a")]).unwrap();
    assert_eq!(heap.repr(&good), "['Issue.A', 'a', 'B', ['a', 'b'], True]");
    let bad = run(&program, &mut heap, &Limits::default(), &[Value::str("q")]).unwrap_err();
    assert_eq!(
        bad,
        CallError::Exception {
            type_name: "Bad".into(),
            message: "'q' is not a valid Issue".into(),
            file: "m.py".into(),
            line: 14
        }
    );
}

#[test]
fn modules_import_from_each_other_and_the_host_gives_the_data() {
    let module = |name: &str, file: &str, text: &str| ModuleSource {
        name: name.into(),
        file: file.into(),
        text: text.into(),
        part: Part::Whole,
    };
    let program = Program::compile(&[
        module("p", "p/__init__.py", "from .a import f\n"),
        module("p.a", "p/a.py", "from . import b\nfrom .b import half as h\n\ndef f():\n    return h(8) + b.TWO + len(b.load()['t'])\n"),
        module("p.b", "p/b.py", "from tau_host import root as load\n\nTWO = 2\n\ndef half(n):\n    return n // TWO\n"),
    ])
    .unwrap();
    let mut heap = heap(RETAIL);
    let value = call(
        &program,
        &mut heap,
        &mut episode(),
        &Limits::default(),
        program.find("p.a.f").unwrap(),
        &[],
        &[],
    );
    assert_eq!(heap_int(value), 8);
}

#[test]
fn binding_errors_use_the_qualified_name() {
    let program = program(
        "class Think:\n    @staticmethod\n    def invoke(data, thought):\n        return ''\n",
    )
    .unwrap();
    let mut heap = heap("{}");
    let mut error = |names: &[&str]| {
        let kwargs: Vec<(String, Value)> =
            names.iter().map(|n| (n.to_string(), Value::None)).collect();
        let target = program.find("m.Think.invoke").unwrap();
        call(&program, &mut heap, &mut episode(), &Limits::default(), target, &[], &kwargs)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error(&["data", "note"]),
        "Think.invoke() got an unexpected keyword argument 'note'"
    );
    assert_eq!(
        error(&["data"]),
        "Think.invoke() missing 1 required positional argument: 'thought'"
    );
    assert_eq!(
        error(&[]),
        "Think.invoke() missing 2 required positional arguments: 'data' and 'thought'"
    );
    assert_eq!(
        error(&["data", "data"]),
        "m.Think.invoke() got multiple values for keyword argument 'data'"
    );
}
