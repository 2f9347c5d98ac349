//! The desktop program.
fn main() {
    tau_api::settle_threads();
    tau_trait_desktop::run();
}
