//! The desktop host: one window over [`tau_api::Product`].
//!
//! Everything the window does goes through one command, [`call`], which hands the product the name
//! of a command and its arguments; the product's ticks go back as the event `tick`. Nothing else is
//! here, so that the same interface runs without Tauri in tests.

mod clipboard;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use clipboard::Clipboard;
use serde_json::Value;
use tau_api::{ApiError, Clip, Host, Places, Product, SavesInto};
use tauri::{AppHandle, Emitter, Manager, RunEvent, State, WebviewWindowBuilder};
use tauri_plugin_dialog::DialogExt;

/// The product, or why it could not be opened. The window then shows the reason instead of nothing.
struct Opened(Result<Arc<Product>, ApiError>);

/// Runs a command of the product.
#[tauri::command]
async fn call(
    opened: State<'_, Opened>,
    name: String,
    arguments: Value,
) -> Result<Value, ApiError> {
    let product = opened.0.clone()?;
    product.call(&name, arguments).await
}

/// Dialogs and the clipboard of the operating system.
struct Window {
    app: AppHandle,
    clipboard: Arc<Clipboard>,
}

#[async_trait]
impl Host for Window {
    async fn choose_save_path(&self, suggested: &str) -> Option<PathBuf> {
        let (answer, chosen) = tokio::sync::oneshot::channel();
        self.app.dialog().file().set_file_name(suggested).save_file(move |path| {
            // The receiver is gone only when the window is; then nobody waits for the answer.
            let _ = answer.send(path);
        });
        chosen.await.ok().flatten()?.into_path().ok()
    }

    async fn choose_open_paths(&self, folder: bool) -> Vec<PathBuf> {
        let (answer, chosen) = tokio::sync::oneshot::channel();
        let dialog = self.app.dialog().file();
        if folder {
            dialog.pick_folder(move |path| {
                let _ = answer.send(path.map(|path| vec![path]));
            });
        } else {
            dialog.pick_files(move |paths| {
                let _ = answer.send(paths);
            });
        }
        let chosen = chosen.await.ok().flatten().unwrap_or_default();
        chosen.into_iter().filter_map(|path| path.into_path().ok()).collect()
    }

    async fn copy(&self, clip: Clip) -> Result<(), String> {
        let clipboard = self.clipboard.clone();
        let copied = tokio::task::spawn_blocking(move || clipboard.put(clip)).await;
        copied.map_err(|error| error.to_string())?
    }
}

/// Opens the app and stays until its window is closed.
pub fn run() {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let mut builder = tauri::Builder::default();
    // A second start shows the first window. A data folder chosen by hand is a separate app.
    if std::env::var_os("TAUTRAIT_DATA_DIR").is_none() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
            if let Some(window) = app.get_webview_window("main") {
                let _ = window.unminimize();
                let _ = window.set_focus();
            }
        }));
    }
    let app = builder
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![call])
        .setup(|app| {
            let opened = tauri::async_runtime::block_on(open(app.handle()));
            if let Ok(product) = &opened {
                forward_ticks(app.handle().clone(), product);
            }
            app.manage(Opened(opened));
            for window in &app.config().app.windows {
                WebviewWindowBuilder::from_config(app.handle(), window)?
                    // The window shows the app and nothing else, whatever a model writes.
                    .on_navigation(|url| {
                        url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost")
                    })
                    .build()?;
            }
            Ok(())
        })
        .build(tauri::generate_context!());
    let app = match app {
        Ok(app) => app,
        Err(error) => {
            eprintln!("The window could not be opened: {error}");
            std::process::exit(1);
        }
    };
    app.run(|app, event| {
        if let RunEvent::Exit = event
            && let Ok(product) = &app.state::<Opened>().0
        {
            tauri::async_runtime::block_on(product.shutdown());
        }
    });
}

async fn open(app: &AppHandle) -> Result<Arc<Product>, ApiError> {
    let places = Places::usual(app.path().resource_dir().ok().as_deref());
    let host: Arc<dyn Host> = match std::env::var_os("TAUTRAIT_SAVE_DIR") {
        Some(folder) => Arc::new(SavesInto(PathBuf::from(folder))),
        None => Arc::new(Window { app: app.clone(), clipboard: Arc::default() }),
    };
    let product = Product::open(places, host).await?;
    product.ensure_sample().await;
    Ok(product)
}

fn forward_ticks(app: AppHandle, product: &Arc<Product>) {
    let mut ticks = product.ticks();
    tauri::async_runtime::spawn(async move {
        while let Some(tick) = ticks.next().await {
            let _ = app.emit("tick", tick);
        }
    });
}
