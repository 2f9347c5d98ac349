//! Providers, their models and prices, through the product's own door.

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use serde_json::{Value, json};
use tau_api::ErrorCode;

use crate::support::{call, product};

/// A server with a list of models in Anthropic's format, for whoever has the key.
async fn anthropic() -> String {
    let list = json!({"data": [
        {"type": "model", "id": "claude-sonnet-5-5", "display_name": "Claude Sonnet 5.5"},
        {"type": "model", "id": "claude-nobody-knows", "display_name": "Another"}], "has_more": false});
    let router = Router::new().route(
        "/v1/models",
        get(move |headers: HeaderMap| async move {
            match headers.get("x-api-key").and_then(|key| key.to_str().ok()) {
                Some("key-of-the-test") => (StatusCode::OK, list.to_string()),
                _ => (StatusCode::UNAUTHORIZED, "{}".to_owned()),
            }
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/v1", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await.expect("it serves") });
    address
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_made_from_a_provider_lists_its_models_with_notes() {
    let data = tempfile::tempdir().expect("a folder");
    let product = product(data.path()).await;
    let providers = call(&product, "list_providers", json!({})).await;
    let known = providers.as_array().expect("a list");
    let anthropic_one = known.iter().find(|known| known["id"] == "anthropic").expect("it is known");
    assert_eq!(anthropic_one["kind"], "anthropic");
    assert!(anthropic_one["key_page"].as_str().is_some_and(|page| page.starts_with("https://")));

    let draft = json!({"id": "", "name": "Claude", "kind": "anthropic", "provider": "anthropic",
        "base_url": anthropic().await, "models": []});
    let saved = call(&product, "save_endpoint", json!({"draft": draft})).await;
    let id = saved["id"].as_str().expect("an id").to_owned();
    assert_eq!(saved["provider"], "anthropic");

    let before = call(&product, "list_models", json!({"endpoint": id})).await;
    assert_eq!(before["models"], json!([]));
    assert!(before["message"].as_str().is_some_and(|message| message.contains("key")), "{before}");
    assert!(!before["recommended"].as_array().expect("a list").is_empty(), "names to type");

    call(&product, "set_key", json!({"endpoint": id, "key": "key-of-the-test"})).await;
    let list = call(&product, "list_models", json!({"endpoint": id})).await;
    assert_eq!(list["recommended"], json!(["claude-sonnet-5-5"]), "only what is there");
    assert_eq!(
        list["models"],
        json!([{"id": "claude-nobody-knows", "note": "Another"},
            {"id": "claude-sonnet-5-5", "note": "Claude Sonnet 5.5 · $2.00 in, $10.00 out per million tokens"}])
    );
    assert_eq!(list["message"], "");

    let practice = call(&product, "list_models", json!({"endpoint": "practice"})).await;
    assert_eq!(practice["models"].as_array().map(Vec::len), Some(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_price_of_ones_own_wins_and_outlives_a_restart() {
    let data = tempfile::tempdir().expect("a folder");
    let mine = |table: &Value| -> Vec<Value> {
        let prices = table["prices"].as_array().expect("a list");
        prices.iter().filter(|price| price["mine"] == true).cloned().collect()
    };
    {
        let product = product(data.path()).await;
        let table = call(&product, "list_prices", json!({})).await;
        assert_eq!(table["as_of"].as_str().map(str::len), Some(10));
        assert!(mine(&table).is_empty());
        let price = json!({"model": " my-model ", "input": 1.5, "output": 3.0, "mine": true});
        let table = call(&product, "save_price", json!({"price": price})).await;
        assert_eq!(
            mine(&table),
            [json!({"model": "my-model", "input": 1.5, "output": 3.0, "mine": true})]
        );
        assert_eq!(table["prices"][0]["mine"], true, "the person's own come first");
        for wrong in [json!(-1.0), json!("much")] {
            let price = json!({"model": "my-model", "input": wrong, "output": 3.0, "mine": true});
            assert!(product.call("save_price", json!({"price": price})).await.is_err());
        }
        product.shutdown().await;
    }
    let product = product(data.path()).await;
    assert_eq!(mine(&call(&product, "list_prices", json!({})).await).len(), 1);
    let table = call(&product, "delete_price", json!({"model": "my-model"})).await;
    assert!(mine(&table).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_of_prices_that_cannot_be_read_is_said_and_left_alone() {
    let data = tempfile::tempdir().expect("a folder");
    let file = data.path().join("prices.toml");
    std::fs::write(&file, "models = 3").expect("written");
    let product = product(data.path()).await;
    let refused = product.call("list_prices", json!({})).await.expect_err("refused");
    assert_eq!(refused.code, ErrorCode::Storage);
    let price = json!({"model": "m", "input": 1.0, "output": 1.0, "mine": true});
    assert!(product.call("save_price", json!({"price": price})).await.is_err());
    assert_eq!(std::fs::read(&file).expect("read"), b"models = 3");
}
