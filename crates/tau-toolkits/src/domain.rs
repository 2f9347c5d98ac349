//! A domain: its toolkits over its database, ready to be copied for each conversation.

use thiserror::Error;

use crate::environment::{Environment, check_solo};
use crate::ids::Ids;
use crate::raised::Raised;
use crate::toolkit::{Profile, Toolkit};
use crate::value::Value;
use crate::{airline, mock, retail, telecom};

/// What two sides of a domain do together.
pub(crate) type Sync = fn(&mut dyn Toolkit, &mut dyn Toolkit) -> Result<(), Raised>;

/// A domain with its data.
pub struct Domain {
    pub(crate) name: String,
    pub(crate) profile: Profile,
    pub(crate) agent: Box<dyn Toolkit>,
    pub(crate) user: Option<Box<dyn Toolkit>>,
    pub(crate) sync: Option<Sync>,
    /// What upstream says when it is asked for solo mode; `None` where there is one.
    pub(crate) no_solo: Option<&'static str>,
}

/// Why a domain could not be opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// There are no native tools for it.
    #[error("there are no tools for a domain named {0}")]
    Unknown(String),
    /// A database that is needed was not given.
    #[error("the domain {domain} needs the customer's database as well")]
    Missing {
        /// The domain.
        domain: String,
    },
    /// The data is not what the domain's models take.
    #[error("the data of the domain does not fit: {0}")]
    Data(#[from] Raised),
}

impl Domain {
    /// Opens a domain from the content of its database files ([`Value::read_json`], [`Value::read_toml`]).
    /// A user database that the profile's domain does not have is not looked at.
    ///
    /// # Errors
    /// An unknown domain, data that does not fit.
    pub fn open(
        name: &str,
        profile: Profile,
        agent: &Value,
        user: Option<&Value>,
    ) -> Result<Domain, OpenError> {
        match name {
            "mock" => mock::open(profile, agent, user),
            "airline" => airline::open(profile, agent),
            "retail" => retail::open(profile, agent),
            "telecom" | "telecom-workflow" => telecom::open(name, profile, agent, user),
            _ => Err(OpenError::Unknown(name.to_string())),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which upstream it follows.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The agent's toolkit before anything happened.
    pub fn agent(&self) -> &dyn Toolkit {
        &*self.agent
    }

    /// The customer's toolkit, where there is one.
    pub fn user(&self) -> Option<&dyn Toolkit> {
        self.user.as_deref()
    }

    /// The environment of a conversation of two.
    ///
    /// # Errors
    /// What the domain raises when its sides do not fit together.
    pub fn environment(&self, ids: &Ids) -> Result<Environment, Raised> {
        self.start(ids, false)
    }

    /// The environment of an agent alone, who has both sides' tools.
    ///
    /// # Errors
    /// Where there is no solo mode, or two tools share a name.
    pub fn solo_environment(&self, ids: &Ids) -> Result<Environment, Raised> {
        if let Some(reason) = self.no_solo {
            return Err(Raised::value(reason));
        }
        check_solo(self.agent(), self.user())?;
        self.start(ids, true)
    }

    fn start(&self, ids: &Ids, solo: bool) -> Result<Environment, Raised> {
        let mut environment = Environment {
            profile: self.profile,
            agent: self.agent.boxed(),
            user: self.user.as_ref().map(|user| user.boxed()),
            sync: self.sync,
            solo,
            aliased: false,
        };
        environment.agent.draw_from(ids.clone());
        if let Some(user) = &mut environment.user {
            user.draw_from(ids.clone());
        }
        environment.sync_tools()?;
        Ok(environment)
    }
}
