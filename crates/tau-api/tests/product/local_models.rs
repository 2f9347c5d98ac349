//! Models on one's own computer: fetched over a loopback host with breaks, taken from disk, and, where a
//! model file is there, calibrated and heard.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tau_api::{ErrorCode, Product};
use tau_traits::local::{
    Provenance, Record, Source, Stats, TraitBasis, TraitDirections, basis_path, frame_sha256,
    pairs_sha256,
};
use tau_traits::{DoseCurve, DosePoint, EffectUnit, TraitSet};

use crate::support::{call, product_over, voice_curves};

/// How a host of model files behaves.
#[derive(Clone, Default)]
struct Host {
    body: Arc<Vec<u8>>,
    /// What it says the file's SHA-256 is.
    says: Option<String>,
    /// Ends each answer after so many bytes.
    cut: Option<usize>,
}

struct Served {
    address: String,
    host: Arc<Mutex<Host>>,
    ranges: Arc<Mutex<Vec<Option<String>>>>,
}

fn serve(host: Host) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/m.gguf", listener.local_addr().expect("an address"));
    let host = Arc::new(Mutex::new(host));
    let ranges: Arc<Mutex<Vec<Option<String>>>> = Arc::default();
    let (shared, heard) = (host.clone(), ranges.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let now = shared.lock().expect("the host").clone();
            // A client that goes away in the middle is part of the tests.
            let _ = answer(stream, &now, &heard);
        }
    });
    Served { address, host, ranges }
}

fn answer(
    mut stream: TcpStream,
    host: &Host,
    heard: &Mutex<Vec<Option<String>>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? <= 2 {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    let says = host.says.as_ref().map(|sum| format!("x-linked-etag: \"{sum}\"\r\n"));
    let says = says.unwrap_or_default();
    if first.starts_with("HEAD") {
        return write!(stream, "HTTP/1.1 200 OK\r\n{says}connection: close\r\n\r\n");
    }
    let range = headers.get("range").cloned();
    heard.lock().expect("the ledger").push(range.clone());
    let start =
        range.and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    let start: usize = start.unwrap_or(0);
    let rest = &host.body[start..];
    let status = if start > 0 {
        let last = host.body.len() - 1;
        format!("206 Partial Content\r\ncontent-range: bytes {start}-{last}/{}", host.body.len())
    } else {
        "200 OK".to_owned()
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\netag: \"one\"\r\n{says}content-length: {}\r\nconnection: close\r\n\r\n",
        rest.len()
    )?;
    stream.write_all(&rest[..host.cut.unwrap_or(rest.len()).min(rest.len())])
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A product whose list has one model, at the host's address.
async fn listing(folder: &Path, served: &Served, pinned: Option<&str>) -> Arc<Product> {
    let shipped = folder.join("shipped");
    std::fs::create_dir_all(&shipped).expect("a folder");
    let bytes = served.host.lock().expect("the host").body.len();
    let pin = pinned.map(|sum| format!("sha256 = \"{sum}\"\n")).unwrap_or_default();
    let text = format!(
        "[[model]]\nname = \"A model\"\nfile = \"m.gguf\"\naddress = \"{}\"\nlicence = \"Apache-2.0\"\nlicence_page = \"https://example.org\"\nbytes = {bytes}\n{pin}note = \"For tests.\"\n",
        served.address
    );
    std::fs::write(shipped.join("models.toml"), text).expect("it is written");
    product_over(&shipped, &folder.join("data")).await
}

/// Fetches the model and waits until nothing comes any more.
async fn fetched(product: &Product) -> Value {
    call(product, "fetch_local_model", json!({"id": "m.gguf"})).await;
    for _ in 0..600 {
        let list = call(product, "list_local_models", json!({})).await;
        if list[0]["state"] != "fetching" {
            return list[0].clone();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it was not fetched within half a minute");
}

fn told(model: &Value) -> &str {
    model["message"].as_str().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_download_that_breaks_goes_on_where_it_stopped_and_what_is_no_model_is_of_no_use() {
    let folder = tempfile::tempdir().expect("a folder");
    let body = Arc::new(vec![7u8; 300_000]);
    let pinned = sum(&body);
    let served = serve(Host { body, says: None, cut: Some(120_000) });
    let product = listing(folder.path(), &served, Some(&pinned)).await;
    let list = call(&product, "list_local_models", json!({})).await;
    assert_eq!((&list[0]["state"], &list[0]["licence"]), (&json!("missing"), &json!("Apache-2.0")));
    assert_eq!(list[0]["sha256"], json!(pinned));

    let broken_off = fetched(&product).await;
    assert_eq!(
        (&broken_off["state"], &broken_off["received"]),
        (&json!("partial"), &json!(120_000.0))
    );
    assert!(told(&broken_off).contains("fetch again"), "{broken_off}");
    // Also after the app was closed.
    product.shutdown().await;
    drop(product);
    let product = listing(folder.path(), &served, Some(&pinned)).await;
    let list = call(&product, "list_local_models", json!({})).await;
    assert_eq!((&list[0]["state"], &list[0]["received"]), (&json!("partial"), &json!(120_000.0)));
    served.host.lock().expect("the host").cut = None;
    let whole = fetched(&product).await;
    let ranges = served.ranges.lock().expect("the ledger").clone();
    assert_eq!(ranges, [None, Some("bytes=120000-".to_owned())]);
    assert_eq!((&whole["state"], &whole["sha256"]), (&json!("broken"), &json!(pinned)));
    assert!(told(&whole).contains("not a GGUF file"), "{whole}");
    let voices = call(&product, "list_voices", json!({})).await;
    assert_eq!(voices.as_array().map(Vec::len), Some(1), "nobody speaks with it");

    let left = call(&product, "delete_local_model", json!({"id": "m.gguf"})).await;
    assert_eq!((&left[0]["state"], &left[0]["received"]), (&json!("missing"), &json!(0.0)));
    assert_eq!(
        std::fs::read_dir(folder.path().join("data/models")).expect("it is there").count(),
        0
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_not_the_published_one_is_deleted_whoever_published_the_checksum() {
    let body = Arc::new(vec![7u8; 50_000]);
    let (right, wrong) = (sum(&body), "0".repeat(64));
    for (pinned, says, state) in [
        (Some(&wrong), None, "missing"),
        (None, Some(&wrong), "missing"),
        // The host's own checksum holds, and the file is kept and looked at.
        (None, Some(&right), "broken"),
        (None, None, "broken"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let served = serve(Host { body: body.clone(), says: says.cloned(), cut: None });
        let product = listing(folder.path(), &served, pinned.map(String::as_str)).await;
        let model = fetched(&product).await;
        assert_eq!(model["state"], state, "{pinned:?} {says:?}: {model}");
        if state == "missing" {
            assert!(told(&model).contains("not the published one"), "{model}");
            let kept = folder.path().join("data/models/m.gguf");
            assert!(!kept.exists() && model["received"] == 0.0);
        } else {
            assert_eq!(model["sha256"], json!(right), "what came is shown");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_from_disk_that_is_no_model_is_refused_and_nothing_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = serve(Host::default());
    let product = listing(folder.path(), &served, None).await;
    let text = folder.path().join("notes.txt");
    let fake = folder.path().join("fake.gguf");
    std::fs::write(&text, "no model").expect("it is written");
    std::fs::write(&fake, "no model either").expect("it is written");
    let gone = folder.path().join("gone.gguf");
    for (path, code, part) in [
        (&text, ErrorCode::BadRequest, ".gguf"),
        (&fake, ErrorCode::BadRequest, "not a GGUF file"),
        (&gone, ErrorCode::NotFound, "no file"),
    ] {
        let refused = product.call("add_local_model", json!({"path": path})).await;
        let refused = refused.expect_err("refused");
        assert_eq!(refused.code, code, "{}", refused.message);
        assert!(refused.message.contains(part), "{}", refused.message);
    }
    assert!(!folder.path().join("data/models/fake.gguf").exists());
    let draft =
        json!({"strategy": "local", "endpoint": "local", "model": "m.gguf", "reanchor": false});
    let request = json!({"voice": draft, "levels": {}, "situation": "", "agent": "", "seed": 0});
    let refused = product.call("speak", json!({"request": request})).await.expect_err("not here");
    assert!(refused.message.contains("Fetch it first"), "{}", refused.message);
}

/// A small model file; `None`, said aloud, where there is none.
fn gguf() -> Option<PathBuf> {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../target/upstream/SmolLM2-135M-Instruct.Q4_1.gguf");
    let path = std::env::var_os("TAUTRAIT_GGUF").map_or(usual, PathBuf::from);
    if path.is_file() {
        return Some(path);
    }
    // The runner hides what passing tests print.
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED: there is no model file at {}; set TAUTRAIT_GGUF",
        path.display()
    );
    None
}

/// Directions for two traits beside the model, as a calibration would leave them. Their effect is not
/// what this test is about: a whole calibration takes minutes and is held to its figures where it lives.
fn calibrated(model: &Path, sha256: &str) {
    let info = tau_decoder::ModelInfo::look(model).expect("a model");
    let made_at = "2026-01-02T03:04:05Z".to_owned();
    let provenance = Provenance {
        model_sha256: sha256.to_owned(),
        model_name: info.name.clone(),
        arch: info.arch.clone(),
        quantization: info.quantization.clone(),
        template_sha256: String::new(),
        frame_sha256: frame_sha256(),
        engine: "test".to_owned(),
        made_at: made_at.clone(),
    };
    let mut basis = TraitBasis::empty(provenance, vec![100.0; info.layers]);
    basis.layer = Some(info.layers / 2);
    for (place, id) in ["impatience", "skeptical"].into_iter().enumerate() {
        let mut unit = vec![0.0f32; info.width];
        unit[place] = 1.0;
        let point = |level: u8| {
            let level = f64::from(level);
            DosePoint {
                level,
                dial: level / 40.0,
                effect: level,
                low: level,
                high: level,
                n: 8,
                damage: None,
            }
        };
        let curve = DoseCurve {
            voice: info.name.clone(),
            trait_id: id.to_owned(),
            unit: EffectUnit::Contrast,
            points: (0..=4).map(point).collect(),
            made_at: made_at.clone(),
        };
        let stats = Stats { gap: 1.0, auc: 1.0, d_prime: 3.0, less: -1.0, more: 1.0 };
        let known = TraitDirections {
            units: vec![unit; info.layers],
            stats: vec![stats; info.layers],
            record: Record {
                source: Source::MeanDifference,
                pairs_sha256: pairs_sha256(TraitSet::shipped().get(id).expect("a shipped trait")),
                pairs: 24,
                check: Some(curve.clone()),
                curve: Some(curve),
            },
        };
        basis.traits.insert(id.to_owned(), known);
    }
    basis.save(&basis_path(model)).expect("the directions are saved");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_model_of_ones_own_is_added_measured_heard_and_plays_a_run() {
    let Some(path) = gguf() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let product = crate::support::product(folder.path()).await;
    let added = call(&product, "add_local_model", json!({"path": path})).await;
    assert_eq!((&added["state"], &added["basis"]), (&json!("ready"), &Value::Null), "{added}");
    assert_eq!(added["sha256"].as_str().map(str::len), Some(64));
    let id = added["id"].clone();
    let twice = product.call("add_local_model", json!({"path": path})).await;
    assert_eq!(twice.expect_err("there already").code, ErrorCode::Conflict);

    let voices = call(&product, "list_voices", json!({})).await;
    let voice = voices.as_array().expect("a list").iter().find(|one| one["kind"] == "local");
    let voice = voice.expect("the model").clone();
    assert_eq!(voice["ready"], false);
    assert!(voice["note"].as_str().is_some_and(|note| note.contains("Calibrate it")), "{voice}");
    let mut draft = crate::support::practice_draft();
    draft["customer"] = voice["choice"].clone();
    draft["max_steps"] = json!(1);
    let preview = call(&product, "preview_run", json!({"draft": draft})).await;
    assert_eq!(preview["problems"][0]["field"], "customer.model");

    // Measuring begins, says what it does, and stops when it is told to.
    let wanted = json!({"voice": voice["choice"], "traits": ["impatience"]});
    call(&product, "start_calibration", json!({"draft": wanted})).await;
    let mut seen = false;
    for _ in 0..600 {
        let view = call(&product, "calibration", json!({"voice": voice["id"]})).await;
        assert_eq!(view["state"], "running", "{view}");
        seen = view["step"].as_str().is_some_and(|step| step.contains("Impatience"));
        if seen {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(seen, "it says what it does");
    call(&product, "stop_calibration", json!({"voice": voice["id"]})).await;
    let view = loop {
        let view = call(&product, "calibration", json!({"voice": voice["id"]})).await;
        if view["state"] != "running" {
            break view;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    assert_eq!((&view["state"], &view["curves"]), (&json!("stopped"), &Value::Null), "{view}");

    let file = folder.path().join("models").join(id.as_str().expect("a name"));
    calibrated(&file, added["sha256"].as_str().expect("a checksum"));
    // A model that is open has read what lies beside it; the app reads it when it opens it again.
    product.shutdown().await;
    drop(product);
    let product = crate::support::product(folder.path()).await;
    let list = call(&product, "list_local_models", json!({})).await;
    let here = list.as_array().expect("a list").iter().find(|model| model["id"] == id);
    let basis = here.expect("the model")["basis"].clone();
    assert_eq!(basis["traits"], json!(["Impatience", "Skepticism"]));
    assert_eq!((&basis["layers"], &basis["outdated"]), (&json!(30), &json!([])));
    let curves = call(&product, "list_curves", json!({})).await;
    assert_eq!(curves[0]["curves"][0]["unit"], "contrast");
    let chart = voice_curves(&product, "impatience", false).await;
    assert!(chart["svg"].as_str().expect("a drawing").contains("Contrast measured"));

    let levels = json!({"impatience": 3, "skeptical": 1});
    let request = json!({"voice": voice["choice"], "levels": levels, "situation": "",
        "agent": "Could you give me your order number?", "seed": 1});
    let said = call(&product, "speak", json!({"request": request})).await;
    assert_ne!(said["text"], "");
    let of = |field: &str| -> Vec<String> {
        let readings = said["meter"].as_array().expect("readings").iter();
        readings.filter_map(|reading| reading[field].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(of("source"), ["direction", "markers", "direction", "markers"], "{said}");

    let vector = json!({"model": id, "trait_id": "skeptical"});
    let exported = call(&product, "export_vector", vector).await;
    let vector = exported["path"].as_str().expect("a path").to_owned();
    assert!(std::fs::read(&vector).expect("the file").starts_with(b"GGUF"));
    let brought = json!({"model": id, "trait_id": "skeptical", "path": vector});
    let brought = call(&product, "import_vector", brought).await;
    assert_eq!(brought["basis"]["traits"], json!(["Impatience"]), "its strength is not known yet");

    draft["conditions"] = json!([{"name": "", "levels": {"impatience": 3}}]);
    let run = crate::support::finished(&product, draft.clone()).await;
    let setup = call(&product, "get_run", json!({"id": run})).await["setup"].to_string();
    assert!(setup.contains("activations on this computer"), "{setup}");
    assert!(setup.contains("2026-01-02; levels are played as measured"), "{setup}");
    draft["conditions"] = json!([{"name": "", "levels": {"haggling": 2}}]);
    let preview = call(&product, "preview_run", json!({"draft": draft})).await;
    let told = preview["problems"][0]["message"].as_str().expect("a problem");
    assert!(told.contains("not calibrated for Haggling"), "{told}");

    call(&product, "delete_local_model", json!({"id": id})).await;
    assert_eq!(std::fs::read_dir(folder.path().join("models")).expect("it is there").count(), 0);
    assert!(path.is_file(), "the person's own file stays");
}
