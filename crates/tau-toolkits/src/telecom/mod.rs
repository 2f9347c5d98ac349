//! The telecom domain: the company's customers, lines and bills, and the customer's phone. What happens
//! on one side reaches the other after every call.
//! Upstream: `domains/telecom/{data_model,tools,user_data_model,user_tools,environment}.py`.

mod agent;
pub mod device;
pub mod model;
pub(crate) mod record;
mod sync;
mod user;

use crate::domain::{Domain, OpenError};
use crate::raised::Raised;
use crate::schema::Class;
use crate::toolkit::{Kit, Profile};
use crate::validate::validate;
use crate::value::Value;
use record::Stored;

/// Opens the domain. `name` is `telecom` or `telecom-workflow`, which differ in their policies alone.
pub(crate) fn open(
    name: &str,
    profile: Profile,
    agent: &Value,
    user: Option<&Value>,
) -> Result<Domain, OpenError> {
    let user = user.ok_or_else(|| OpenError::Missing { domain: name.into() })?;
    Ok(Domain {
        name: name.into(),
        profile,
        agent: Kit::boxed(agent::AgentTools::open(agent)?, profile),
        user: Some(Kit::boxed(user::UserTools::open(user)?, profile)),
        sync: Some(sync::sync),
        no_solo: None,
    })
}

/// A record from data that its model is to take.
fn read<T: Stored>(class: &'static Class, data: &Value) -> Result<T, Raised> {
    let validated = validate(class, data)?;
    T::read(&validated)
        .ok_or_else(|| Raised::value(format!("{} is not what its model says", class.name)))
}

/// `str(float)`
fn float_text(number: f64) -> String {
    crate::python::str_of(&Value::Float(number))
}
