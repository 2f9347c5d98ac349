//! Keys of providers: in the operating system's password store and nowhere else.
//!
//! A key enters through [`Keys::set`] and leaves only towards a provider, as a [`SecretString`]. Where
//! there is no password store it is held in memory until the program ends, and the person is told.
//! Variables of the environment are read last, for the command line and for automation.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use keyring_core::api::CredentialStoreApi;
use secrecy::{ExposeSecret, SecretString};
use tokio::task::spawn_blocking;

use crate::types::{KeyState, KeychainStatus};
use crate::{ApiError, ErrorCode};

/// The name under which keys are kept in the password store.
const SERVICE: &str = "org.tautrait.desktop";

/// A locked password store may ask the person for a password; past this it counts as locked.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where keys are kept.
#[derive(Clone, Default)]
pub struct Keys {
    /// Keys held in memory because there is no password store.
    session: Arc<Mutex<HashMap<String, SecretString>>>,
    /// One question at a time, so that a locked store asks for its password once.
    asking: Arc<tokio::sync::Mutex<()>>,
}

/// What the password store said.
#[derive(Debug)]
enum Refusal {
    /// There is none.
    None(String),
    /// It is there but locked, or the person dismissed its question.
    Locked(String),
    /// It failed otherwise.
    Failed(String),
}

impl Keys {
    /// Whether keys can be kept now, tried by writing, reading back and deleting a probe.
    pub async fn status(&self) -> KeychainStatus {
        let tried = self
            .ask(|store| {
                let probe = store.build(SERVICE, "probe", None)?;
                probe.set_password("probe")?;
                let read = probe.get_password()?;
                probe.delete_credential()?;
                Ok(read == "probe")
            })
            .await;
        match tried {
            Ok(true) => KeychainStatus {
                available: true,
                message: format!("Keys are kept in {}.", store_name()),
            },
            Ok(false) => KeychainStatus {
                available: false,
                message: format!(
                    "{} gave back something else than was put in. Keys are kept until you close the app.",
                    capitalised(store_name())
                ),
            },
            Err(refusal) => KeychainStatus { available: false, message: refusal.sentence() },
        }
    }

    /// Keeps a key. Gives where it went.
    ///
    /// # Errors
    /// When the password store is there but refuses: the key is then not kept anywhere.
    pub async fn set(&self, account: &str, key: SecretString) -> Result<KeyState, ApiError> {
        let name = account.to_owned();
        let copy = key.clone();
        let kept = self
            .ask(move |store| {
                let entry = store.build(SERVICE, &name, None)?;
                entry.set_password(copy.expose_secret())?;
                Ok(entry.get_password()? == copy.expose_secret())
            })
            .await;
        match kept {
            Ok(true) => {
                self.session().remove(account);
                Ok(KeyState::Stored)
            }
            Err(Refusal::None(_)) => {
                self.session().insert(account.to_owned(), key);
                Ok(KeyState::SessionOnly)
            }
            Ok(false) => Err(Refusal::Failed("the key read back is another".into()).error()),
            Err(refusal) => Err(refusal.error()),
        }
    }

    /// Removes a key from wherever it is.
    ///
    /// # Errors
    /// When the password store is there but refuses.
    pub async fn clear(&self, account: &str) -> Result<(), ApiError> {
        self.session().remove(account);
        let name = account.to_owned();
        let cleared = self
            .ask(move |store| match store.build(SERVICE, &name, None)?.delete_credential() {
                Err(keyring_core::Error::NoEntry) => Ok(()),
                other => other,
            })
            .await;
        match cleared {
            Ok(()) | Err(Refusal::None(_)) => Ok(()),
            Err(refusal) => Err(refusal.error()),
        }
    }

    /// The key of an account, and where it was found. `variables` are looked at last, in order.
    pub async fn find(
        &self,
        account: &str,
        variables: &[String],
    ) -> (KeyState, Option<SecretString>) {
        if let Some(key) = self.session().get(account) {
            return (KeyState::SessionOnly, Some(key.clone()));
        }
        let name = account.to_owned();
        let stored = self
            .ask(move |store| match store.build(SERVICE, &name, None)?.get_password() {
                Ok(key) => Ok(Some(SecretString::from(key))),
                Err(keyring_core::Error::NoEntry) => Ok(None),
                Err(error) => Err(error),
            })
            .await;
        if let Ok(Some(key)) = stored {
            return (KeyState::Stored, Some(key));
        }
        match from_environment(variables) {
            Some(key) => (KeyState::Environment, Some(key)),
            None => (KeyState::Missing, None),
        }
    }

    fn session(&self) -> std::sync::MutexGuard<'_, HashMap<String, SecretString>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the password store on a thread of its own, since it blocks, and with patience that ends.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, Refusal> {
        let _turn = self.asking.lock().await;
        let answer = spawn_blocking(move || {
            // Opened per use: a store that starts later than the app is then found.
            let store = open_store().map_err(|error| Refusal::None(error.to_string()))?;
            question(&store).map_err(Refusal::from)
        });
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => Err(Refusal::Failed(panic.to_string())),
            Err(_) => Err(Refusal::Locked("it did not answer in time".into())),
        }
    }
}

/// The first of the variables that is set and not empty.
pub fn from_environment(variables: &[String]) -> Option<SecretString> {
    variables
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.trim().is_empty())
        .map(SecretString::from)
}

/// The variables in which a provider's key is looked for: `TAUTRAIT_<NAME>_KEY`, then the usual one.
pub fn variables(provider: &str) -> Vec<String> {
    let name: String = provider
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect();
    vec![format!("TAUTRAIT_{name}_KEY"), format!("{name}_API_KEY")]
}

/// The variables in which a known provider's key is looked for: ours, then those it usually is in.
pub fn provider_variables(provider: &tau_llm::Provider) -> Vec<String> {
    let ours = variables(&provider.id).swap_remove(0);
    std::iter::once(ours).chain(provider.key_variables.iter().cloned()).collect()
}

impl From<keyring_core::Error> for Refusal {
    fn from(error: keyring_core::Error) -> Self {
        match &error {
            keyring_core::Error::NoStorageAccess(_) => Refusal::Locked(error.to_string()),
            keyring_core::Error::NoDefaultStore => Refusal::None(error.to_string()),
            _ => Refusal::Failed(error.to_string()),
        }
    }
}

impl Refusal {
    fn sentence(&self) -> String {
        match self {
            Refusal::None(_) => "This computer offers no password store (on Linux: install GNOME Keyring or KWallet and sign in again). \
                                 Keys you enter are kept until you close the app, and never in a file."
                .into(),
            Refusal::Locked(_) => format!("{} is locked. Unlock it and try again.", capitalised(store_name())),
            Refusal::Failed(_) => format!("{} did not keep the key. Try again.", capitalised(store_name())),
        }
    }

    fn error(&self) -> ApiError {
        let (Refusal::None(detail) | Refusal::Locked(detail) | Refusal::Failed(detail)) = self;
        ApiError::new(ErrorCode::Keychain, self.sentence()).detail(detail).retryable()
    }
}

#[cfg(target_os = "linux")]
type Store = zbus_secret_service_keyring_store::Store;
#[cfg(target_os = "macos")]
type Store = apple_native_keyring_store::keychain::Store;
#[cfg(windows)]
type Store = windows_native_keyring_store::Store;

fn open_store() -> keyring_core::Result<Arc<Store>> {
    Store::new()
}

fn store_name() -> &'static str {
    if cfg!(target_os = "macos") {
        "the Keychain of this Mac"
    } else if cfg!(windows) {
        "Windows Credential Manager"
    } else {
        "this computer's password store"
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + characters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_providers_key_is_looked_for_under_our_name_first() {
        assert_eq!(variables("openai"), ["TAUTRAIT_OPENAI_KEY", "OPENAI_API_KEY"]);
        assert_eq!(variables("my server-2"), ["TAUTRAIT_MY_SERVER_2_KEY", "MY_SERVER_2_API_KEY"]);
    }

    #[tokio::test]
    async fn a_key_is_kept_found_and_removed() {
        let keys = Keys::default();
        let account = format!("test-{}", std::process::id());
        let state = keys.set(&account, SecretString::from("sk-canary")).await.unwrap();
        let expected = if std::env::var_os("TAUTRAIT_TEST_PASSWORD_STORE").is_some() {
            KeyState::Stored
        } else {
            let _ = std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!(
                    "SKIPPED: the password store itself (none here); the key is held for the session\n"
                ),
            );
            KeyState::SessionOnly
        };
        assert_eq!(state, expected);
        let (found, key) = keys.find(&account, &[]).await;
        assert_eq!(found, expected);
        assert_eq!(key.unwrap().expose_secret(), "sk-canary");
        keys.clear(&account).await.unwrap();
        assert_eq!(keys.find(&account, &[]).await.0, KeyState::Missing);
    }

    #[tokio::test]
    async fn the_status_says_what_to_do_when_there_is_no_store() {
        let status = Keys::default().status().await;
        assert_eq!(status.available, std::env::var_os("TAUTRAIT_TEST_PASSWORD_STORE").is_some());
        assert!(!status.message.is_empty());
    }

    #[test]
    fn a_key_never_shows_in_debug_output() {
        let key = SecretString::from("sk-canary");
        assert!(!format!("{key:?}").contains("canary"));
    }
}
