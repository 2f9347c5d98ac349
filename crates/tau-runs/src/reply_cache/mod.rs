//! Where the cache of replies is kept: a file of its own beside the runs, or a Redis server that several
//! computers share. What it is and what it may be asked is in `tau_llm::ReplyCache`.

mod file;
mod server;

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tau_llm::ReplyCache;

pub use self::file::{CacheSize, ReplyFile};
pub use self::server::ReplyServer;

/// How long a reply is kept (as upstream of tau2 keeps them).
const AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Where a cache is.
#[derive(Clone, PartialEq, Eq)]
pub enum CacheAddress {
    /// A file in the data folder.
    File,
    /// A Redis server. The address may hold a password and is shown nowhere.
    Redis(String),
}

/// An address at which there is no cache that could be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CacheAddressError(String);

impl CacheAddress {
    /// The cache there. Nothing is opened or connected before it is used.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn open(&self, data_dir: &Path) -> Result<Arc<ReplyCache>, CacheAddressError> {
        Ok(match self {
            CacheAddress::File => ReplyCache::new(ReplyFile::within(data_dir)),
            CacheAddress::Redis(address) => ReplyCache::new(ReplyServer::at(address)?),
        })
    }
}

impl FromStr for CacheAddress {
    type Err = CacheAddressError;

    /// `file`, or the address of a Redis server.
    fn from_str(text: &str) -> Result<Self, CacheAddressError> {
        if text == "file" {
            return Ok(CacheAddress::File);
        }
        ReplyServer::at(text)?;
        Ok(CacheAddress::Redis(text.to_owned()))
    }
}

impl fmt::Debug for CacheAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CacheAddress::File => out.write_str("File"),
            CacheAddress::Redis(_) => out.write_str("Redis(..)"),
        }
    }
}

/// The name of the file in the data folder.
const FILE: &str = "reply-cache.sqlite";

fn path_within(data_dir: &Path) -> PathBuf {
    data_dir.join(FILE)
}
