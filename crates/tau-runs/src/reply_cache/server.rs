//! Replies on a Redis server, or one that speaks its protocol.

use std::time::Duration;

use async_trait::async_trait;
use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, FromRedisValue, IntoConnectionInfo, Pipeline, RedisError, pipe,
};
use tau_llm::{CacheError, ReplyKey, ReplyStore};
use tokio::sync::Mutex;

use super::{AGE, CacheAddressError};

/// How long it may take to reach the server, and to get an answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// Entries that are sent before an answer is waited for.
const AT_ONCE: usize = 64;
/// What the names of all entries begin with.
const PREFIX: &str = "tautrait:reply:";

/// A cache on a server.
pub struct ReplyServer {
    client: Client,
    name: String,
    connection: Mutex<Option<MultiplexedConnection>>,
}

impl ReplyServer {
    /// The server at `redis://[user][:password@]host[:port][/database]`. It is reached when it is needed.
    ///
    /// # Errors
    /// When that is no such address. The error does not repeat it, for it may hold a password.
    pub fn at(address: &str) -> Result<ReplyServer, CacheAddressError> {
        let error = |text: &str| CacheAddressError(text.to_owned());
        if address.starts_with("rediss:") {
            return Err(error(
                "A Redis server can be reached over redis:// only, in a network that you trust; encrypted connections (rediss://) are not supported.",
            ));
        }
        if !address.starts_with("redis://") {
            return Err(error(
                "The reply cache is either a file (no address) or a Redis server: redis://HOST[:PORT][/DATABASE].",
            ));
        }
        let unreadable = |_| error("The address of the Redis server cannot be read.");
        let info = address.into_connection_info().map_err(unreadable)?;
        let name = format!("Redis at {}", info.addr());
        let client = Client::open(info).map_err(unreadable)?;
        Ok(ReplyServer { client, name, connection: Mutex::default() })
    }

    async fn connection(&self) -> Result<MultiplexedConnection, RedisError> {
        let mut connection = self.connection.lock().await;
        if let Some(open) = &*connection {
            return Ok(open.clone());
        }
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        let open = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        *connection = Some(open.clone());
        Ok(open)
    }

    /// Asks; once more over a new connection when the old one is gone.
    async fn ask<T: FromRedisValue>(&self, commands: &Pipeline) -> Result<T, CacheError> {
        let mut again = true;
        loop {
            let answer = match self.connection().await {
                Ok(mut connection) => commands.query_async(&mut connection).await,
                Err(error) => return Err(broken(&error)),
            };
            let error: RedisError = match answer {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let gone = error.is_io_error() || error.is_connection_dropped();
            if gone || error.is_timeout() {
                *self.connection.lock().await = None;
            }
            if !gone || !again {
                return Err(broken(&error));
            }
            again = false;
        }
    }
}

#[async_trait]
impl ReplyStore for ReplyServer {
    fn name(&self) -> &str {
        &self.name
    }

    async fn get(&self, key: &ReplyKey) -> Result<Option<Vec<u8>>, CacheError> {
        let (found,) = self.ask(pipe().cmd("GET").arg(name(key))).await?;
        Ok(found)
    }

    async fn put(&self, entries: &[(ReplyKey, Vec<u8>)]) -> Result<(), CacheError> {
        for some in entries.chunks(AT_ONCE) {
            let mut commands = pipe();
            for (key, data) in some {
                let set = commands.cmd("SET").arg(name(key)).arg(data.as_slice());
                set.arg("EX").arg(AGE.as_secs()).ignore();
            }
            let () = self.ask(&commands).await?;
        }
        Ok(())
    }
}

fn name(key: &ReplyKey) -> String {
    format!("{PREFIX}{}", key.hex())
}

/// The kind of failure alone: a server's own words are not ours to repeat.
fn broken(error: &RedisError) -> CacheError {
    CacheError(error.category().to_owned())
}
