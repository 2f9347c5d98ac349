//! The desktop host.
/// Runs the app.
pub fn run() {
    tauri::Builder::default().plugin(tauri_plugin_dialog::init()).run(tauri::generate_context!()).expect("app");
}
