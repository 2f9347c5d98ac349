//! Fetching a published release from a copy of its archive on this machine.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Cursor, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use support::shop;
use tau_domain::Split;
use tau_packs::{
    DownloadError, Expected, Fetcher, ImportError, Library, Published, Transferred, inspect_release,
};
use tokio_util::sync::CancellationToken;
use zip::write::{SimpleFileOptions, ZipWriter};

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// The archive of a code host: the release below one folder, the commit as its comment.
fn archive() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in shop::files() {
        writer.start_file(format!("mini-bench-{COMMIT}/{name}"), stored).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    // Not needed for anything, and not kept.
    writer.start_file(format!("mini-bench-{COMMIT}/historical/run.json"), stored).unwrap();
    writer.write_all(&vec![b' '; 300_000]).unwrap();
    writer.set_comment(COMMIT);
    writer.finish().unwrap().into_inner()
}

/// How a server behaves.
#[derive(Clone)]
struct Behaviour {
    body: Vec<u8>,
    etag: &'static str,
    ranges: bool,
    says_length: bool,
    /// Ends each answer after so many bytes.
    cut: Option<usize>,
    redirect: Option<String>,
    status: u16,
}

impl Behaviour {
    fn of(body: Vec<u8>) -> Behaviour {
        Behaviour {
            body,
            etag: "\"one\"",
            ranges: true,
            says_length: true,
            cut: None,
            redirect: None,
            status: 200,
        }
    }
}

/// A request's first line and the value of its `Range`.
type Requests = Arc<Mutex<Vec<(String, Option<String>)>>>;

struct Server {
    address: String,
    behaviour: Arc<Mutex<Behaviour>>,
    requests: Requests,
}

fn serve(behaviour: Behaviour) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let behaviour = Arc::new(Mutex::new(behaviour));
    let requests: Requests = Arc::default();
    let (shared, heard) = (behaviour.clone(), requests.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let now = shared.lock().unwrap().clone();
            // A client that goes away in the middle is part of the tests.
            let _ = answer(stream, &now, &heard);
        }
    });
    Server { address, behaviour, requests }
}

fn answer(stream: TcpStream, server: &Behaviour, heard: &Requests) -> std::io::Result<()> {
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
    let range = headers.get("range").cloned();
    heard.lock().unwrap().push((first.trim().to_owned(), range.clone()));
    let mut stream = stream;
    if let Some(to) = &server.redirect {
        return write!(stream, "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
    }
    if server.status != 200 {
        return write!(
            stream,
            "HTTP/1.1 {} Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            server.status
        );
    }
    let same = headers.get("if-range").is_none_or(|etag| etag == server.etag);
    let start = range
        .filter(|_| server.ranges && same)
        .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok());
    let rest = &server.body[start.unwrap_or(0).min(server.body.len())..];
    match start {
        Some(start) => write!(
            stream,
            "HTTP/1.1 206 Partial Content\r\ncontent-range: bytes {start}-{}/{}\r\n",
            server.body.len() - 1,
            server.body.len()
        )?,
        None => write!(stream, "HTTP/1.1 200 OK\r\n")?,
    }
    if !server.etag.is_empty() {
        write!(stream, "etag: {}\r\n", server.etag)?;
    }
    if server.says_length {
        write!(stream, "content-length: {}\r\n", rest.len())?;
    }
    write!(stream, "connection: close\r\n\r\n")?;
    if !first.starts_with("HEAD") {
        stream.write_all(&rest[..server.cut.unwrap_or(rest.len()).min(rest.len())])?;
    }
    Ok(())
}

/// The release as it would be pinned.
fn published() -> Published {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pin.zip");
    fs::write(&path, archive()).unwrap();
    let preview = inspect_release(&path).unwrap();
    let shop = &preview.domains[0];
    Published {
        id: "mini".to_owned(),
        title: "Mini".to_owned(),
        description: String::new(),
        repository: String::new(),
        commit: COMMIT.to_owned(),
        archive: format!("https://codeload.github.com/mini/zip/{COMMIT}"),
        licence: "MIT".to_owned(),
        sha256: None,
        bytes: None,
        domains: BTreeMap::from([(
            "shop".to_owned(),
            Expected { state: Some(shop.state_hash[..8].to_owned()), tasks: shop.tasks.clone() },
        )]),
    }
}

struct Place {
    folder: tempfile::TempDir,
    library: Library,
    fetcher: Fetcher,
}

fn place(server: &Server) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(Vec::new(), folder.path().to_owned());
    let fetcher = Fetcher::with_mirror(&folder.path().join("downloads"), &server.address).unwrap();
    Place { folder, library, fetcher }
}

impl Place {
    async fn fetch(&self, release: &Published) -> Result<tau_packs::Archive, DownloadError> {
        self.fetcher.fetch(release, &CancellationToken::new(), &mut |_| {}).await
    }

    fn downloads(&self) -> usize {
        fs::read_dir(self.folder.path().join("downloads")).map_or(0, Iterator::count)
    }
}

#[tokio::test]
async fn a_release_is_fetched_checked_and_kept_and_its_archive_taken_away() {
    let server = serve(Behaviour::of(archive()));
    let place = place(&server);
    let release = published();
    let bytes = archive().len() as u64;
    assert_eq!(place.fetcher.size(&release).await.unwrap(), Some(bytes));
    let mut heard: Vec<Transferred> = Vec::new();
    let stop = CancellationToken::new();
    let fetched = place.fetcher.fetch(&release, &stop, &mut |step| heard.push(step)).await.unwrap();
    assert_eq!(fetched.bytes, bytes);
    assert_eq!(heard.last(), Some(&Transferred { received: bytes, total: Some(bytes) }));
    assert!(heard.windows(2).all(|pair| pair[0].received <= pair[1].received));
    let report = place.fetcher.keep(&release, &fetched, &place.library).unwrap();
    assert_eq!(report.domains[0].tasks[&Split::Test], 2);
    let source = place.library.sources().remove(0);
    assert_eq!(source.record.sha256, Some(fetched.sha256));
    assert_eq!(source.record.commit.as_deref(), Some(COMMIT));
    assert_eq!(source.record.origin, release.archive);
    assert_eq!(place.downloads(), 0, "only the needed entries are kept");
}

#[tokio::test]
async fn a_transfer_that_breaks_off_goes_on_where_it_stopped() {
    let server = serve(Behaviour { cut: Some(120_000), ..Behaviour::of(archive()) });
    let place = place(&server);
    let release = published();
    for here in [120_000, 240_000] {
        let error = place.fetch(&release).await.unwrap_err();
        assert!(matches!(error, DownloadError::Network(_)) && error.is_retryable(), "{error}");
        assert_eq!(place.fetcher.received(&release), here);
    }
    let fetched = place.fetch(&release).await.unwrap();
    assert_eq!(fs::read(&fetched.path).unwrap(), archive());
    let ranges: Vec<Option<String>> =
        server.requests.lock().unwrap().iter().map(|(_, range)| range.clone()).collect();
    let asked = [None, Some("bytes=120000-".to_owned()), Some("bytes=240000-".to_owned())];
    assert_eq!(ranges, asked);
}

#[tokio::test]
async fn what_cannot_be_gone_on_with_starts_anew_and_comes_out_whole() {
    // No ranges, another version in between, no validator, no length.
    for change in 0..4 {
        let server = serve(Behaviour { cut: Some(100_000), ..Behaviour::of(archive()) });
        if change == 2 {
            server.behaviour.lock().unwrap().etag = "";
        }
        let place = place(&server);
        let release = published();
        assert!(place.fetch(&release).await.is_err());
        {
            let mut behaviour = server.behaviour.lock().unwrap();
            behaviour.cut = None;
            match change {
                0 => behaviour.ranges = false,
                1 => behaviour.etag = "\"two\"",
                2 => {}
                _ => (behaviour.ranges, behaviour.says_length) = (false, false),
            }
        }
        let fetched = place.fetch(&release).await.unwrap();
        assert_eq!(fs::read(&fetched.path).unwrap(), archive(), "change {change}");
    }
}

#[tokio::test]
async fn a_stopped_transfer_keeps_what_is_here() {
    let server = serve(Behaviour::of(archive()));
    let place = place(&server);
    let release = published();
    let stop = CancellationToken::new();
    let hand = stop.clone();
    let stopped = place
        .fetcher
        .fetch(&release, &stop, &mut |step| {
            if step.received > 10_000 {
                hand.cancel();
            }
        })
        .await;
    assert!(matches!(stopped, Err(DownloadError::Stopped)));
    assert!(place.fetcher.received(&release) > 10_000);
    let fetched = place.fetch(&release).await.unwrap();
    assert_eq!(fs::read(&fetched.path).unwrap(), archive());
}

#[tokio::test]
async fn a_wrong_checksum_is_refused_with_both_values_and_nothing_stays() {
    let server = serve(Behaviour::of(archive()));
    let place = place(&server);
    let release = Published { sha256: Some("0".repeat(64)), ..published() };
    let error = place.fetch(&release).await.unwrap_err();
    let DownloadError::Checksum { expected, found } = &error else { panic!("{error}") };
    assert_eq!((expected.as_str(), found.len()), ("0".repeat(64).as_str(), 64));
    assert!(error.to_string().contains(found) && !error.is_retryable());
    assert_eq!(place.downloads(), 0);
}

#[tokio::test]
async fn content_that_is_not_the_pinned_one_is_not_kept() {
    let server = serve(Behaviour::of(archive()));
    let place = place(&server);
    let good = published();
    let mut other_state = good.clone();
    other_state.domains.get_mut("shop").unwrap().state = Some("ffffffff".to_owned());
    let mut other_tasks = good.clone();
    other_tasks.domains.get_mut("shop").unwrap().tasks = BTreeMap::from([(Split::Test, 3)]);
    let mut more = good.clone();
    more.domains.insert("clinic".to_owned(), good.domains["shop"].clone());
    let commit = Published { commit: "f".repeat(40), ..good.clone() };
    for (release, expected) in [
        (other_state, "the state hash of shop"),
        (other_tasks, "the number of tasks of shop is test 2, dev 1, and not test 3"),
        (more, "the domain clinic is missing"),
        (commit, "the commit"),
    ] {
        let fetched = place.fetch(&release).await.unwrap();
        let error = place.fetcher.keep(&release, &fetched, &place.library).unwrap_err();
        assert!(matches!(error, DownloadError::Import(ImportError::Differs(_))), "{error}");
        assert!(error.to_string().contains(expected), "{error}");
        assert!(place.library.sources().is_empty());
        assert_eq!(place.downloads(), 0);
    }
}

#[tokio::test]
async fn too_large_an_archive_is_refused_whether_or_not_its_size_is_said() {
    for says_length in [true, false] {
        let server = serve(Behaviour { says_length, ..Behaviour::of(archive()) });
        let mut place = place(&server);
        place.fetcher = place.fetcher.at_most(50_000);
        let error = place.fetch(&published()).await.unwrap_err();
        assert!(matches!(error, DownloadError::TooLarge { limit: 50_000 }), "{error}");
    }
}

#[tokio::test]
async fn a_hostile_archive_is_refused_after_it_came() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("../evil.py", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"x").unwrap();
    let server = serve(Behaviour::of(writer.finish().unwrap().into_inner()));
    let place = place(&server);
    let release = published();
    let fetched = place.fetch(&release).await.unwrap();
    let error = place.fetcher.keep(&release, &fetched, &place.library).unwrap_err();
    assert!(error.to_string().starts_with("refused: entry"), "{error}");
    assert!(place.library.sources().is_empty() && place.downloads() == 0);
}

#[tokio::test]
async fn a_redirect_to_another_host_is_not_followed() {
    let other = serve(Behaviour::of(archive()));
    let to = Some(format!("{}/zip", other.address));
    let server = serve(Behaviour { redirect: to, ..Behaviour::of(Vec::new()) });
    let error = place(&server).fetch(&published()).await.unwrap_err();
    assert!(matches!(error, DownloadError::Status(302)), "{error}");
    assert!(other.requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_server_that_is_busy_or_not_there_is_worth_another_try() {
    let server = serve(Behaviour { status: 503, ..Behaviour::of(archive()) });
    let error = place(&server).fetch(&published()).await.unwrap_err();
    assert!(matches!(error, DownloadError::Status(503)) && error.is_retryable());
    let gone = Server { address: "http://127.0.0.1:9".to_owned(), ..server };
    let error = place(&gone).fetch(&published()).await.unwrap_err();
    assert!(matches!(error, DownloadError::Network(_)), "{error}");
}
