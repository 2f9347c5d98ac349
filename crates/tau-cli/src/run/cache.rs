//! The cache of replies, as it is asked for on the command line.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use tau_api::Places;
use tau_llm::ReplyCache;
use tau_runs::CacheAddress;

use crate::error::CliError;

/// Where the cache is when the command line does not say it: an address with a password belongs here, since
/// command lines can be seen by others.
const VARIABLE: &str = "TAUTRAIT_REPLY_CACHE";

/// What follows `--reply-cache`; empty when nothing does. It may hold a password, so it is shown nowhere.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CacheOption(String);

impl FromStr for CacheOption {
    type Err = Infallible;

    /// Takes everything: what is refused here is repeated on the screen.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(CacheOption(text.to_owned()))
    }
}

impl fmt::Debug for CacheOption {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("CacheOption(..)")
    }
}

/// The cache for this run. Nothing is opened or connected before a plan that wants one asks for it.
///
/// # Errors
/// When there is no cache at the address.
pub fn open(asked: Option<&CacheOption>, places: &Places) -> Result<Arc<ReplyCache>, CliError> {
    let said = asked.map(|option| option.0.clone()).filter(|text| !text.is_empty());
    let known = std::env::var(VARIABLE).ok().filter(|text| !text.is_empty());
    let address = match said.or(known) {
        Some(text) => text.parse(),
        None => Ok(CacheAddress::File),
    };
    let cache = address.and_then(|address| address.open(&places.data));
    cache.map_err(|error| CliError::new("usage", error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_is_repeated_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places { shipped: folder.path().into(), data: folder.path().into() };
        for address in ["rediss://:s3cret@one.example", "redis://:s3cret@one.example:x", "s3cret"] {
            let Ok(option) = address.parse::<CacheOption>();
            assert!(!format!("{option:?}").contains("s3cret"));
            let Err(error) = open(Some(&option), &places) else { panic!("{address} was taken") };
            assert!(!format!("{error:?}").contains("s3cret"), "{address}");
        }
        assert!(open(None, &places).is_ok());
        let files = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files, 0, "nothing is made before it is used");
    }
}
