//! Where a run's models are found: the person's connections, and the keys in the password store.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tau_runs::{Directory, PlayFailure};

use crate::endpoints::Endpoints;
use crate::keys::Keys;

/// The connections of the person, with their keys.
pub(crate) struct Connections {
    pub(crate) endpoints: Arc<Endpoints>,
    pub(crate) keys: Keys,
}

#[async_trait]
impl Directory for Connections {
    async fn find(
        &self,
        endpoint: &str,
    ) -> Result<(tau_llm::Endpoint, Option<SecretString>), PlayFailure> {
        let endpoint =
            self.endpoints.get(endpoint).map_err(|error| PlayFailure::setup(error.message))?;
        let (_, key) = self.keys.find(&endpoint.account(), &endpoint.variables()).await;
        Ok((endpoint.address(), key))
    }
}
