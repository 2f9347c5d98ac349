//! Releases in the shapes in which they are found: checkouts, archives of code hosts, forks.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use support::shop;
use tau_domain::{Environment, JsonText, Split};
use tau_packs::{ImportReport, Library, ReleasePreview, import_release, inspect_release};
use zip::write::{SimpleFileOptions, ZipWriter};

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

fn shown(preview: &ReleasePreview) -> String {
    preview.unused.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The shop with some files replaced or added; an empty text takes a file away.
fn shop_with(changes: &[(&str, &str)]) -> tempfile::TempDir {
    let mut files = shop::files();
    for (name, text) in changes {
        files.retain(|(held, _)| held != name);
        if !text.is_empty() {
            files.push(((*name).to_owned(), (*text).to_owned()));
        }
    }
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    support::files(&files)
}

fn imported(path: &Path) -> (tempfile::TempDir, Library, ImportReport) {
    let data_dir = tempfile::tempdir().unwrap();
    let library = Library::new(Vec::new(), data_dir.path().to_owned());
    let report = import_release(path, "mini", &library).unwrap();
    (data_dir, library, report)
}

fn zipped(top: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in shop::files() {
        writer.start_file(format!("{top}{name}"), SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.set_comment(COMMIT);
    writer.finish().unwrap().into_inner()
}

fn tarred(top: &str) -> Vec<u8> {
    let packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut writer = tar::Builder::new(packer);
    let comment = format!("52 comment={COMMIT}\n");
    let mut header = tar::Header::new_ustar();
    header.set_entry_type(tar::EntryType::XGlobalHeader);
    header.set_path("pax_global_header").unwrap();
    header.set_size(comment.len() as u64);
    header.set_cksum();
    writer.append(&header, comment.as_bytes()).unwrap();
    for (name, text) in shop::files() {
        let mut header = tar::Header::new_ustar();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        writer.append_data(&mut header, format!("{top}{name}"), text.as_bytes()).unwrap();
    }
    writer.into_inner().unwrap().finish().unwrap()
}

#[test]
fn a_checkout_a_zip_and_a_tarball_of_one_release_give_the_same_domain() {
    let folder = tempfile::tempdir().unwrap();
    let top = format!("mini-bench-{COMMIT}");
    let checkout = folder.path().join(&top);
    for (name, text) in shop::files() {
        support::write_files(&checkout, &[(&name, &text)]);
    }
    fs::write(folder.path().join("mini.zip"), zipped(&format!("{top}/"))).unwrap();
    fs::write(folder.path().join("mini.tar.gz"), tarred(&format!("{top}/"))).unwrap();
    let mut fingerprints = Vec::new();
    for path in [checkout, folder.path().join("mini.zip"), folder.path().join("mini.tar.gz")] {
        let preview = inspect_release(&path).unwrap();
        assert_eq!(shown(&preview), "", "{}", path.display());
        assert_eq!(preview.commit.as_deref(), Some(COMMIT), "{}", path.display());
        assert_eq!(preview.sha256.is_some(), path.is_file());
        assert_eq!(preview.version, "0.3.0+01234567");
        assert_eq!(preview.licence.spdx, "MIT");
        let (_data_dir, _library, report) = imported(&path);
        let domain = &report.domains[0];
        assert_eq!(domain.state_hash, preview.domains[0].state_hash);
        assert_eq!(domain.tools, ["refund", "get_order", "transfer_to_human_agents"]);
        assert_eq!(domain.tables, [("orders".to_owned(), 2), ("notes".to_owned(), 0)]);
        assert_eq!((domain.tasks[&Split::Test], domain.tasks[&Split::Dev]), (2, 1));
        assert_eq!((domain.computed_values, domain.rules), (1, 2));
        fingerprints.push(domain.fingerprint.clone());
    }
    assert_eq!(fingerprints[0], fingerprints[1]);
    assert_eq!(fingerprints[0], fingerprints[2]);
}

#[test]
fn the_commit_of_a_git_checkout_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let checkout = folder.path().join("mini-bench");
    for (name, text) in shop::files() {
        support::write_files(&checkout, &[(&name, &text)]);
    }
    let other = COMMIT.replace('0', "f");
    support::write_files(
        &checkout,
        &[
            (".git/HEAD", "ref: refs/heads/main\n"),
            (".git/packed-refs", &format!("# pack-refs\n{other} refs/heads/main\n")),
        ],
    );
    for path in [checkout.as_path(), folder.path()] {
        assert_eq!(inspect_release(path).unwrap().commit, Some(other.clone()));
    }
    // A loose reference is newer than a packed one.
    support::write_files(&checkout, &[(".git/refs/heads/main", COMMIT)]);
    assert_eq!(inspect_release(&checkout).unwrap().commit.as_deref(), Some(COMMIT));
}

#[test]
fn an_imported_domain_is_played_and_graded() {
    let folder = shop_with(&[]);
    let (_data_dir, library, report) = imported(folder.path());
    let domain = library.get(&report.domains[0].id).unwrap();
    assert_eq!(domain.policy, "Refund what was paid.\n");
    let task = domain.tasks[&Split::Test][0].clone();
    assert_eq!(task.instruction, "You want your money back for o1. Be brief.");
    assert_eq!(task.outputs, ["12.50"]);
    let mut env = Environment::new(domain, 1);
    let said = vec!["You get 12.50.".to_owned()];
    assert_eq!(env.grade(&task, &said).value, 0.0);
    let answer = env.call("refund", &JsonText::from(r#"{"order_id": "o1"}"#)).to_string();
    assert_eq!(answer, r#"{"order_id": "o1", "total": 12.5, "status": "refunded"}"#);
    assert_eq!(env.grade(&task, &said).value, 1.0);
}

#[test]
fn a_preview_writes_nothing_and_a_source_can_be_taken_away() {
    let folder = shop_with(&[]);
    let before = fs::read_dir(folder.path()).unwrap().count();
    inspect_release(folder.path()).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), before);
    let (data_dir, library, _) = imported(folder.path());
    let sources = library.sources();
    assert_eq!(sources.len(), 1);
    assert_eq!(sources[0].record.package, "mini_bench");
    assert_eq!(sources[0].domains.len(), 1);
    assert!(library.remove_source("mini").unwrap());
    assert!(!library.remove_source("mini").unwrap());
    assert!(library.remove_source("../mini").is_err());
    assert!(library.list().domains.is_empty() && library.sources().is_empty());
    assert_eq!(fs::read_dir(data_dir.path().join("sources")).unwrap().count(), 0);
}

const ONE_FILE: &str = r#"import json
from .base import Env
from .tool import Tool

POLICY = "Lend " + "books."
BOOKS = {"books": {"b1": {"title": "Tides", "lent": False}}}


def describe(name, description):
    return {"name": name, "description": description, "parameters": {"type": "object", "properties": {}}}


class Base(Tool):
    @staticmethod
    def invoke(data, **kwargs):
        return json.dumps(data["books"])


class ListBooks(Base):
    @staticmethod
    def get_info():
        return {"type": "function", "function": describe("list_books", "All books.")}


class Lend(Tool):
    info = {"name": "lend", "description": "Lend a book.", "parameters": {"type": "object", "properties": {}}}

    @staticmethod
    def invoke(data, book_id):
        data["books"][book_id]["lent"] = True
        return "done"


class Phone(Tool):
    @staticmethod
    def invoke(data):
        import socket
        return "ring"

    @staticmethod
    def get_info():
        return {"name": "phone", "description": "", "parameters": {}}


READERS = [ListBooks]
ALL_TOOLS = [*READERS, Lend, Phone]

TASKS_TEST = [
    {"user_id": "u", "instruction": "Lend me b1.", "actions": [{"name": "lend", "arguments": {"book_id": "b1"}}]},
]


class LibraryEnv(Env):
    terminate_tools = []

    def __init__(self, task_split="test", user=None):
        super().__init__(
            lambda: BOOKS, ALL_TOOLS, TASKS_TEST, wiki=POLICY, rules=[], user_strategy=user
        )
"#;

#[test]
fn a_domain_of_one_file_is_read_and_its_one_bad_tool_is_named() {
    let folder = shop_with(&[("mini_bench/envs/lending.py", ONE_FILE)]);
    let preview = inspect_release(folder.path()).unwrap();
    let names: Vec<&str> = preview.domains.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["lending", "shop"], "{preview}");
    assert_eq!(preview.domains[0].tools, ["list_books", "lend"], "{preview}");
    assert_eq!(preview.domains[0].tasks[&Split::Test], 1, "{preview}");
    let unused = shown(&preview);
    assert!(unused.contains("mini_bench/envs/lending.py:37: tool Phone"), "{unused}");
    assert_eq!(preview.unused.len(), 1, "{unused}");
    let (_data_dir, library, report) = imported(folder.path());
    let lending = library.get(&report.domains[0].id).unwrap();
    let task = lending.tasks[&Split::Test][0].clone();
    let mut env = Environment::new(lending, 1);
    env.call("lend", &JsonText::from(r#"{"book_id": "b1"}"#));
    assert_eq!(env.grade(&task, &[]).value, 1.0);
    let shown = env.call("list_books", &JsonText::from("{}")).to_string();
    assert_eq!(shown, r#"{"b1": {"title": "Tides", "lent": true}}"#);
}

/// Data from nested folders and a Python file, put together by loops, and passed through a function.
const FORK_DATA: &str = r#"import json
from pathlib import Path

from .people import PEOPLE

HERE = Path(__file__).resolve().parent
TABLES = ["orders", "stock"]


def read(path):
    with path.open() as f:
        return json.load(f)


def with_ids(data):
    for table in data.values():
        for key, row in table.items():
            if "id" not in row:
                row["id"] = key
    return data


def load_data():
    data = {name: read(HERE / "json" / f"{name}.json") for name in TABLES}
    for path in sorted((HERE / "more").glob("*.json")):
        data[path.stem] = read(path)
    data["people"] = PEOPLE
    return with_ids(data)
"#;

const FORK_ENV: &str = r#"import json
import os

from mini_bench.envs.base import Env
from mini_bench.envs.store import data as store_data
from mini_bench.envs.shop.tools import ALL_TOOLS as SHOP_TOOLS
from mini_bench.types import Task


def load_tasks(name):
    folder = os.path.join(os.path.dirname(__file__), "tasks")
    with open(os.path.join(folder, name + ".jsonl")) as f:
        return [Task(**json.loads(line)) for line in f if line.strip()]


class MockStoreDomainEnv(Env):
    def __init__(self, task_split: str = "test", tasks=None):
        if tasks is None:
            if task_split in ["test", "dev"]:
                tasks = load_tasks(task_split)
            else:
                raise ValueError(task_split)
        tools = SHOP_TOOLS + []
        super().__init__(
            data_load_func=store_data.load_data,
            tools=tools,
            tasks=tasks,
            wiki=self.policy() if False else "Sell.",
            rules="One rule.",
        )
        self.terminate_tools = ["transfer_to_human_agents"]
"#;

#[test]
fn a_fork_with_tasks_as_lines_data_in_folders_and_tools_of_another_domain_works() {
    let folder = shop_with(&[
        ("mini_bench/envs/store/__init__.py", "x = 1"),
        ("mini_bench/envs/store/env.py", FORK_ENV),
        ("mini_bench/envs/store/data/__init__.py", FORK_DATA),
        ("mini_bench/envs/store/data/people.py", "PEOPLE = {'p1': {'name': 'Ada', 'age': 50.0}}\n"),
        ("mini_bench/envs/store/data/json/orders.json", shop::ORDERS),
        ("mini_bench/envs/store/data/json/stock.json", r#"{"s1": {"id": "own", "left": 7}}"#),
        ("mini_bench/envs/store/data/more/trucks.json", r#"{"t1": {"seats": 2}}"#),
        (
            "mini_bench/envs/store/tasks/test.jsonl",
            "{\"user_id\": \"u\", \"instruction\": \"One.\", \"actions\": [{\"name\": \"refund\", \"kwargs\": {\"order_id\": \"o1\", \"n\": 50.0}}], \"outputs\": []}\n\n{\"instruction\": \"Two.\"}\n",
        ),
        ("mini_bench/envs/store/tasks/dev.jsonl", "{\"instruction\": \"Three.\"}\n"),
    ]);
    let preview = inspect_release(folder.path()).unwrap();
    assert_eq!(shown(&preview), "");
    let store = &preview.domains[1];
    let tables: Vec<&str> = store.tables.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(tables, ["orders", "stock", "trucks", "people"]);
    assert_eq!(store.tools.len(), 3);
    assert_eq!((store.tasks[&Split::Test], store.tasks[&Split::Dev]), (2, 1));
    let (_data_dir, library, report) = imported(folder.path());
    let domain = library.get(&report.domains[1].id).unwrap();
    assert_eq!(domain.policy, "Sell.");
    let kwargs = domain.tasks[&Split::Test][0].actions[0].kwargs.as_str().replace(' ', "");
    assert_eq!(kwargs, r#"{"order_id":"o1","n":50.0}"#, "numbers stay as they are written");
    let mut env = Environment::new(domain, 1);
    let order = env.call("get_order", &JsonText::from(r#"{"order_id": "o2"}"#)).to_string();
    assert_eq!(order, r#"{"order_id": "o2", "total": 3, "status": "paid", "id": "o2"}"#);
}

#[test]
fn what_cannot_be_used_is_named_with_its_place_and_the_rest_works() {
    let healthcare = shop::ENV.replace("envs.shop.data", "envs.clinic.data");
    let cases: [(&[(&str, &str)], &str); 7] = [
        (
            // A domain that mixes the parts of another with data that is not there.
            &[
                ("mini_bench/envs/clinic/env.py", &healthcare),
                (
                    "mini_bench/envs/clinic/data/__init__.py",
                    &shop::DATA.replace("orders.json", "flights.json"),
                ),
            ],
            "mini_bench/envs/clinic/data/__init__.py:9: it reads mini_bench/envs/clinic/data/flights.json, which the release does not hold",
        ),
        (
            &[("mini_bench/envs/my-env/wiki.md", "A receptionist.")],
            "mini_bench/envs/my-env: no data",
        ),
        (
            &[(
                "mini_bench/envs/shop/tools/refund.py",
                "import socket\n\n\nclass Refund:\n    @staticmethod\n    def invoke(data):\n        return socket.gethostname()\n\n    @staticmethod\n    def get_info():\n        return {}\n",
            )],
            "mini_bench/envs/shop/tools/refund.py:",
        ),
        (
            &[(
                "mini_bench/envs/shop/tools/__init__.py",
                "from .get_order import GetOrder\nfrom .transfer import Transfer\n\nALL_TOOLS = [GetOrder, Missing, Transfer]\n",
            )],
            "mini_bench/envs/shop/tools/__init__.py:4: tool Missing: the name Missing is not known",
        ),
        (
            &[(
                "mini_bench/envs/shop/tasks_dev.py",
                "TASKS_DEV = [Task(user_id='u', instruction=input(), actions=[], outputs=[])]\n",
            )],
            "mini_bench/envs/shop/tasks_dev.py:1: task 0: `input()`",
        ),
        (
            &[("mini_bench/envs/shop/tasks_dev.py", "TASKS_DEV = [\n")],
            "mini_bench/envs/shop/tasks_dev.py:2: not Python",
        ),
        (
            &[("mini_bench/envs/shop/rules.py", "RULES = 3\n")],
            "mini_bench/envs/shop/env.py: the rules are a number",
        ),
    ];
    for (changes, expected) in cases {
        let folder = shop_with(changes);
        let preview = inspect_release(folder.path()).unwrap();
        let unused = shown(&preview);
        assert!(unused.contains(expected), "{expected}\nis not among\n{unused}");
        let shop = preview.domains.iter().find(|domain| domain.name == "shop");
        assert!(shop.is_some_and(|shop| shop.tasks[&Split::Test] == 2), "{expected}\n{preview}");
    }
}

#[test]
fn code_made_to_do_harm_is_stopped_or_refused() {
    let cases: [(&str, &str, &str); 8] = [
        ("load_data", "def load_data():\n    return load_data()\n", "nested too deep"),
        (
            "a loop without end",
            "def load_data():\n    for a in range(99999999999):\n        pass\n    return {}\n",
            "too much text",
        ),
        (
            "a doubling text",
            "def load_data():\n    text = 'xxxxxxxxxxxxxxxx'\n    for i in range(60):\n        text = text + text\n    return {'t': text}\n",
            "too much text",
        ),
        (
            "a path out of the release",
            "import json\nimport os\n\n\ndef load_data():\n    return {'t': json.load(open(os.path.join(os.path.dirname(__file__), '../../../../../../etc/passwd')))}\n",
            "which the release does not hold",
        ),
        (
            "an absolute path",
            "import json\n\n\ndef load_data():\n    return {'t': json.load(open('/etc/passwd'))}\n",
            "in whatever folder it is started",
        ),
        ("a program", "import os\n\n\ndef load_data():\n    return os.system('id')\n", "os.system"),
        (
            "a table's name",
            "def load_data():\n    return {'../x': {}}\n",
            "cannot be the name of a table",
        ),
        (
            "a circle",
            "def load_data():\n    a = []\n    a.append(a)\n    return {'t': a}\n",
            "not data",
        ),
    ];
    for (what, loader, expected) in cases {
        let folder = shop_with(&[("mini_bench/envs/shop/data/__init__.py", loader)]);
        let started = std::time::Instant::now();
        let preview = inspect_release(folder.path()).unwrap();
        let unused = shown(&preview);
        assert!(unused.contains(expected), "{what}: {unused}");
        assert!(preview.domains.is_empty(), "{what}");
        assert!(started.elapsed().as_secs() < 30, "{what}");
    }
}

type Tarball = tar::Builder<flate2::write::GzEncoder<Vec<u8>>>;

#[test]
fn hostile_tarballs_are_refused() {
    let packed = |fill: &dyn Fn(&mut Tarball)| {
        let packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let mut writer = tar::Builder::new(packer);
        fill(&mut writer);
        writer.into_inner().unwrap().finish().unwrap()
    };
    let raw_name = |name: &str| {
        let mut header = tar::Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(1);
        header.set_cksum();
        header
    };
    let link = |writer: &mut tar::Builder<_>| {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        writer.append_link(&mut header, "link", "/etc/passwd").unwrap();
    };
    let whole = tarred("");
    let cases: [(&str, Vec<u8>, &str); 5] = [
        (
            "out",
            packed(&|w| w.append(&raw_name("../evil.py"), &b"x"[..]).unwrap()),
            "refused: entry",
        ),
        ("link", packed(&|w| link(w)), "a link or a special file"),
        (
            "twice",
            packed(&|w| {
                w.append(&raw_name("a.py"), &b"x"[..]).unwrap();
                w.append(&raw_name("A.py"), &b"x"[..]).unwrap();
            }),
            "occurs twice",
        ),
        (
            "zeros",
            packed(&|w| {
                let zeros = vec![0u8; 40 << 20];
                let mut header = raw_name("zeros.json");
                header.set_size(zeros.len() as u64);
                header.set_cksum();
                w.append(&header, zeros.as_slice()).unwrap();
            }),
            "times its packed size",
        ),
        ("cut", whole[..whole.len() / 2].to_vec(), "neither a folder nor a zip"),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (what, bytes, expected) in cases {
        let path = folder.path().join("release.tar.gz");
        fs::write(&path, bytes).unwrap();
        let error = inspect_release(&path).unwrap_err().to_string();
        assert!(error.contains(expected), "{what}: {error}");
    }
}
