//! The product over loopback HTTP, so that the interface can be tested in an ordinary browser.
//!
//! For tests only: it is not part of the app, which opens no port. `POST /call/<command>` with the
//! arguments as JSON; `GET /events` streams ticks; everything else is the built interface.
//!
//! Usage: `tau-devserver [PORT]` with `TAUTRAIT_DATA_DIR` set; prints its address and stays.

use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::extract::{Path as Segment, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::{Stream, stream};
use serde_json::Value;
use tau_api::{ErrorCode, Places, Product, SavesInto};
use tower_http::services::ServeDir;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tau_api::settle_threads();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let port: u16 = std::env::args().nth(1).map_or(Ok(0), |port| port.parse())?;
    let places = Places::usual(None);
    let saves = SavesInto(places.data.join("saved"));
    let product = Product::open(places, Arc::new(saves)).await?;
    product.ensure_sample().await;

    let interface = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist");
    let routes = Router::new()
        .route("/call/{command}", post(call))
        .route("/events", get(events))
        .fallback_service(ServeDir::new(interface))
        .with_state(Arc::clone(&product));
    // Loopback only: nobody else on the network can reach it.
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, routes)
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    product.shutdown().await;
    Ok(())
}

async fn call(
    State(product): State<Arc<Product>>,
    Segment(command): Segment<String>,
    Json(arguments): Json<Value>,
) -> Response {
    match product.call(&command, arguments).await {
        Ok(result) => Json(result).into_response(),
        Err(error) => {
            let status = match error.code {
                ErrorCode::NotFound => StatusCode::NOT_FOUND,
                ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::BAD_REQUEST,
            };
            (status, Json(error)).into_response()
        }
    }
}

async fn events(
    State(product): State<Arc<Product>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let ticks = stream::unfold(product.ticks(), |mut ticks| async {
        let tick = ticks.next().await?;
        let event = Event::default().json_data(tick).unwrap_or_default();
        Some((Ok(event), ticks))
    });
    Sse::new(ticks).keep_alive(KeepAlive::default())
}
