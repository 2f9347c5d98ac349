//! A product for a test, and its commands.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use tau_api::{Places, Product, SavesInto};

/// A product in a folder of its own, over the data that ships.
pub async fn product(data: &Path) -> Arc<Product> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let places = Places { shipped, data: data.to_owned() };
    Product::open(places, Arc::new(SavesInto(data.join("saved")))).await.expect("the product opens")
}

/// Runs a command as a host does.
pub async fn call(product: &Product, name: &str, arguments: Value) -> Value {
    product.call(name, arguments).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
}
