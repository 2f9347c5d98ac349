//! The desktop program.
fn main() {
    tau_trait_desktop::run();
}
