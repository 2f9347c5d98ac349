"""Records what CPython 3.11 answers to every snippet of this folder.

    python3.11 crates/tau-python/tests/cpython/record.py

rewrites the `*.jsonl` files beside it. It is run by hand after a snippet was added; the Rust test
`tests/cpython.rs` only reads the recorded answers, so no Python is needed to test.

A snippet is Python text of the supported subset, in `snippets/<theme>.py`:

* `EXPRESSIONS`: one expression a line;
* `BODIES`: bodies of a function (with `return`), separated by lines of three dashes;
* `more()`: further expressions, made by enumeration or by a seeded generator.

Each runs in a module of its own, named `snippet`, after `prelude.py`: an expression E as
`def case(): return repr((E))`, a body B as `def body(): B` and `def case(): return repr(body())`.
In the recorded files a source that ends in a newline is a body, any other is an expression.
A record has `result`, the text that `case()` returned, or `error`, `TypeName: str(error)`.

Everything is asked twice, with different hash seeds, so that no answer depends on set order.
"""

import importlib.util
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

HERE = Path(__file__).resolve().parent
PRELUDE = (HERE / "prelude.py").read_text()
LONGEST = 2_000


def module_text(source):
    """The module in which a snippet runs; `tests/cpython.rs` builds the same text."""
    if not source.endswith("\n"):
        return f"{PRELUDE}\n\ndef case():\n    return repr(({source}))\n"
    body = "".join(f"    {line}\n" if line else "\n" for line in source.splitlines())
    return f"{PRELUDE}\n\ndef body():\n{body}\n\ndef case():\n    return repr(body())\n"


def snippets(path):
    """The sources of one theme, in order, each once."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    theme = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theme)
    sources = [line.strip() for line in getattr(theme, "EXPRESSIONS", "").splitlines() if line.strip()]
    blocks = getattr(theme, "BODIES", "").split("\n---\n")
    sources += [block.strip("\n") + "\n" for block in blocks if block.strip()]
    sources += list(theme.more()) if hasattr(theme, "more") else []
    return list(dict.fromkeys(sources))


def answer(source):
    """What CPython says: a record for the file."""
    module = {"__name__": "snippet"}
    try:
        code = compile(module_text(source), "snippet.py", "exec")
    except SyntaxError as error:
        sys.exit(f"not a snippet: {source!r}: {error}")
    exec(code, module)
    try:
        record = {"source": source, "result": module["case"]()}
    except Exception as error:  # the answer is whatever is raised
        record = {"source": source, "error": f"{type(error).__name__}: {error}"}
    told = record.get("result", record.get("error"))
    if " at 0x" in told or len(told) > LONGEST:
        sys.exit(f"no snippet for a corpus: {source!r} says {told[:200]!r}")
    return record


def answers():
    """The text of every file, by name."""
    files = {}
    for path in sorted((HERE / "snippets").glob("*.py")):
        records = [json.dumps(answer(source)) for source in snippets(path)]
        files[path.stem] = "".join(f"{record}\n" for record in records)
    return files


def asked_with_seed(seed):
    command = [sys.executable, "-B", __file__, "--answers"]
    done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def main():
    if sys.version_info[:2] != (3, 11):
        sys.exit("the reference is CPython 3.11")
    if sys.argv[1:] == ["--answers"]:
        warnings.simplefilter("ignore")
        print(json.dumps(answers()))
        return
    files = asked_with_seed("1")
    for stem, text in asked_with_seed("2").items():
        ours, theirs = files[stem].splitlines(), text.splitlines()
        for left, right in zip(ours, theirs):
            if left != right:
                sys.exit(f"depends on the hash seed: {left}")
        (HERE / f"{stem}.jsonl").write_text(text)
        print(f"{stem}: {len(theirs)}")
    print(f"in all: {sum(text.count(chr(10)) for text in files.values())}")


main()
