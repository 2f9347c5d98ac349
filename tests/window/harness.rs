//! A real window on a display of its own, driven by WebKitWebDriver.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};

/// Longest wait for anything in the window.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process that ends with the test.
struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The open app.
pub struct Window {
    pub client: Client,
    data: PathBuf,
    _driver: Ends,
    _display: Ends,
}

/// Whether this machine has what a real window needs. Says loudly when it has not.
pub fn possible() -> bool {
    let missing: Vec<&str> = ["Xvfb", "WebKitWebDriver"]
        .into_iter()
        .filter(|program| {
            !Command::new("sh")
                .args(["-c", &format!("command -v {program}")])
                .stdout(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        })
        .collect();
    if missing.is_empty() {
        return true;
    }
    let _ = std::io::Write::write_fmt(
        &mut std::io::stderr(),
        format_args!(
            "SKIPPED: stories in the real window ({} not installed)\n",
            missing.join(", ")
        ),
    );
    false
}

impl Window {
    /// Opens the app on a data folder. Saved files go to `<data>/saved` instead of a dialog, which a
    /// driver cannot see.
    pub async fn open(data: &Path) -> Window {
        let (display_process, display) = display();
        let port = free_port();
        let driver = Command::new("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".into()])
            // The app is started by the driver and inherits its environment.
            .env("DISPLAY", display)
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("TAUTRAIT_DATA_DIR", data)
            .env("TAUTRAIT_SAVE_DIR", data.join("saved"))
            .stdout(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver starts");
        let driver = Ends(driver);
        let mut capabilities = Capabilities::new();
        capabilities.insert(
            "webkitgtk:browserOptions".into(),
            serde_json::json!({ "binary": env!("CARGO_BIN_EXE_tau-trait-desktop"), "args": [] }),
        );
        let client = connect(port, capabilities).await;
        Window { client, data: data.to_owned(), _driver: driver, _display: display_process }
    }

    /// The element with a `data-testid`, once it is there.
    pub async fn part(&self, id: &str) -> Element {
        self.css(&format!("[data-testid='{id}']")).await
    }

    /// The first element that a CSS selector finds, once it is there.
    pub async fn css(&self, selector: &str) -> Element {
        self.client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(selector))
            .await
            .unwrap_or_else(|error| panic!("{selector} did not appear: {error}"))
    }

    /// Clicks the element with a `data-testid`.
    pub async fn click(&self, id: &str) {
        self.click_at(&format!("[data-testid='{id}']")).await;
    }

    /// Clicks the first element that a CSS selector finds.
    pub async fn click_at(&self, selector: &str) {
        let end = Instant::now() + PATIENCE;
        // A list that is drawn anew between finding and clicking, or a message that lies over it for
        // a moment, is no fault.
        loop {
            match self.css(selector).await.click().await {
                Ok(()) => return,
                Err(error) if Instant::now() > end => {
                    panic!("{selector} could not be clicked: {error}")
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// Clicks the element with a `data-testid` until the one behind it is there: a list that is just
    /// closing takes the first click for itself, as it does a person's.
    pub async fn click_through(&self, id: &str, behind: &str) {
        let end = Instant::now() + PATIENCE;
        let wanted = format!("[data-testid='{behind}']");
        loop {
            self.click(id).await;
            let there = self.client.wait().at_most(Duration::from_secs(5));
            match there.for_element(Locator::Css(&wanted)).await {
                Ok(_) => return,
                Err(error) if Instant::now() > end => panic!("{id} opens no {behind}: {error}"),
                Err(_) => {}
            }
        }
    }

    /// Clicks what is called so: a button, a link or a choice.
    pub async fn click_words(&self, words: &str) {
        let called = format!(
            "//*[self::button or self::a or self::label][contains(normalize-space(.), '{words}')]"
        );
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&called)).await;
        let found = found.unwrap_or_else(|error| panic!("nothing is called {words:?}: {error}"));
        found.click().await.expect("it is clicked");
    }

    /// Writes over what stands in the field with a `data-testid`.
    pub async fn rewrite(&self, id: &str, text: &str) {
        let (control, end) = (char::from(Key::Control), char::from(Key::Null));
        let keys = format!("{control}a{end}{text}");
        self.part(id).await.send_keys(&keys).await.expect("the text is written");
    }

    /// Writes into the empty field with a `data-testid`.
    pub async fn write(&self, id: &str, text: &str) {
        self.part(id).await.send_keys(text).await.expect("the text is written");
    }

    /// Opens what is folded away under a `data-testid`.
    pub async fn unfold(&self, id: &str) {
        let summary = self.css(&format!("[data-testid='{id}'] summary")).await;
        summary.click().await.expect("it opens");
    }

    /// Picks the entry of a list whose words hold `text`; the list opens by the keyboard.
    pub async fn choose(&self, id: &str, text: &str) {
        let enter = char::from(Key::Enter).to_string();
        self.part(id).await.send_keys(&enter).await.expect("the list opens");
        let entry = format!("//*[@role='option'][contains(., '{text}')]");
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&entry)).await;
        let found = found.unwrap_or_else(|error| panic!("{id} offers no {text:?}: {error}"));
        found.click().await.expect("it is picked");
        let end = Instant::now() + PATIENCE;
        while !self.words(id).await.contains(text) {
            assert!(Instant::now() < end, "{id} did not take {text:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The words of all elements with a `data-testid`, once there are `count` of them.
    pub async fn all_words(&self, id: &str, count: usize) -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        let script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)";
        let selector = format!("[data-testid='{id}']");
        loop {
            let found = self.client.execute(script, vec![selector.as_str().into()]).await;
            let found = found.expect("the page answers");
            let words: Vec<String> = found
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|words| words.as_str().map(str::to_owned))
                .collect();
            if words.len() == count {
                return words;
            }
            assert!(Instant::now() < end, "not {count} of {id}, but {words:?}");
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
    }

    /// Says something in a played conversation, as soon as it is one's turn.
    pub async fn say(&self, text: &str) {
        self.part("play-text").await.send_keys(text).await.expect("the text is written");
        let send = self.css("[data-testid='play-send']:enabled").await;
        send.click().await.expect("it is sent");
    }

    /// What the agent said last in a played conversation, once it has said more than `heard` things;
    /// `None` when the conversation is over.
    pub async fn agent_after(&self, heard: usize) -> Option<String> {
        let end = Instant::now() + PATIENCE;
        let script = "const said = [...document.querySelectorAll(
                \"[data-testid='play-turn'][data-speaker='agent']\")].map((turn) => turn.innerText);
            const over = document.querySelector(\"[data-testid='play-over']\");
            return over ? null : said;";
        loop {
            let said = self.client.execute(script, vec![]).await.expect("the page answers");
            let said = said.as_array()?;
            if said.len() > heard {
                return said.last().and_then(|last| last.as_str()).map(str::to_owned);
            }
            assert!(Instant::now() < end, "the agent stays silent");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Moves a trait's slider to a level (0 to 4) with the keyboard, as a person without a mouse does.
    pub async fn set_slider(&self, id: &str, level: usize) {
        let slider = self.css(&format!("[data-testid='{id}'] input[type='range']")).await;
        let home = char::from(Key::Home).to_string();
        let right = char::from(Key::Right).to_string();
        slider
            .send_keys(&format!("{home}{}", right.repeat(level)))
            .await
            .expect("the slider moves");
        let now = slider.prop("value").await.expect("the slider's value");
        assert_eq!(now.as_deref(), Some(level.to_string().as_str()), "{id} did not move");
    }

    /// Waits until a file with this ending was saved.
    pub async fn until_saved(&self, ending: &str) {
        let end = Instant::now() + PATIENCE;
        let there = |path: &PathBuf| path.extension().is_some_and(|found| found == ending);
        while !self.saved().iter().any(there) {
            assert!(Instant::now() < end, "no {ending} was saved");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The words of the element with a `data-testid`, once it has some.
    pub async fn words(&self, id: &str) -> String {
        let end = Instant::now() + PATIENCE;
        let script = "const e = document.querySelector(arguments[0]); return e ? e.innerText : ''";
        let selector = format!("[data-testid='{id}']");
        loop {
            let words = self.client.execute(script, vec![selector.as_str().into()]).await;
            let words = words.ok().and_then(|value| value.as_str().map(str::to_owned));
            if let Some(words) = words.filter(|words| !words.trim().is_empty()) {
                return words;
            }
            assert!(Instant::now() < end, "{id} stayed without words");
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
    }

    /// The address of the page within the app, from `#` on.
    pub async fn here(&self) -> String {
        let url = self.client.current_url().await.expect("the page's address");
        format!("#{}", url.fragment().unwrap_or_default())
    }

    /// Goes to a page by its address within the app.
    pub async fn go(&self, hash: &str) {
        let script = "location.hash = arguments[0]";
        self.client.execute(script, vec![hash.into()]).await.expect("the page changes");
    }

    /// Waits until the whole page's text holds `text`.
    pub async fn until_it_says(&self, text: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let said = self.says().await;
            if said.contains(text) {
                return;
            }
            assert!(Instant::now() < end, "the window never said {text:?}; it says:\n{said}");
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
    }

    /// The page's text.
    pub async fn says(&self) -> String {
        let text = self.client.execute("return document.body.innerText", vec![]).await;
        text.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Takes a picture when `TAUTRAIT_SHOTS` names a folder, for a person to look at.
    pub async fn shot(&self, name: &str) {
        let Some(folder) = std::env::var_os("TAUTRAIT_SHOTS").map(PathBuf::from) else { return };
        tokio::time::sleep(Duration::from_millis(400)).await;
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::create_dir_all(&folder).expect("the folder of pictures");
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("the picture is kept");
    }

    /// Files that the app saved.
    pub fn saved(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.data.join("saved"))
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default();
        files.sort();
        files
    }

    /// Closes the window.
    pub async fn close(self) {
        self.client.close().await.expect("the window closes");
    }
}

/// A display of our own; it picks a free number and writes it on its output.
fn display() -> (Ends, String) {
    let mut process = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb starts");
    let mut number = String::new();
    let output = process.stdout.take().expect("Xvfb's output");
    BufReader::new(output).read_line(&mut number).expect("Xvfb's number");
    (Ends(process), format!(":{}", number.trim()))
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

async fn connect(port: u16, capabilities: Capabilities) -> Client {
    let end = Instant::now() + Duration::from_secs(90);
    loop {
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let tried = ClientBuilder::new(connector)
            .capabilities(capabilities.clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await;
        match tried {
            Ok(client) => return client,
            Err(error) if Instant::now() > end => panic!("no session with the window: {error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(300)).await,
        }
    }
}
