//! How the company's side and the customer's side meet: upstream `domains/telecom/environment.py`,
//! `sync_tools`.

use super::agent::AgentTools;
use super::device::PaymentRequest;
use super::model::LineStatus;
use super::user::UserTools;
use crate::python;
use crate::raised::Raised;
use crate::toolkit::Toolkit;
use crate::value::Value;

/// Brings what the company knows of the customer's line to the phone's surroundings, settles a bill that
/// the customer has paid and hands over the next request to pay. The phone notices a line that has
/// changed at its next network search.
///
/// # Errors
/// When there is no line, plan, bill or customer of that number.
pub(super) fn sync(agent: &mut dyn Toolkit, user: &mut dyn Toolkit) -> Result<(), Raised> {
    let agent = agent.side().downcast_mut::<AgentTools>();
    let user = user.side().downcast_mut::<UserTools>();
    match (agent, user) {
        (Some(agent), Some(user)) => meet(agent, user),
        _ => Ok(()),
    }
}

fn meet(agent: &mut AgentTools, user: &mut UserTools) -> Result<(), Raised> {
    let around = &mut user.db.surroundings;
    if around.phone_number.is_none() {
        return Ok(());
    }
    let line = agent.line_by_phone(&around.phone_number)?;
    around.line_active = line.status == LineStatus::Active;
    around.roaming_allowed = line.roaming_enabled;
    let allowance = agent.plan_of(line)?.data_limit_gb + line.data_refueling_gb;
    around.mobile_data_usage_exceeded =
        python::at_least(&line.data_used_gb, &Value::Float(allowance))?;
    if let Some(request) = around.payment_request.as_ref().filter(|request| request.paid) {
        agent.settle(&request.bill_id)?;
        around.payment_request = None;
    }
    if around.payment_request.is_none() {
        let customer = agent.customer_by_phone(&around.phone_number)?;
        let bill = agent.bill_awaiting_payment(customer)?;
        around.payment_request = bill.map(|bill| PaymentRequest {
            bill_id: bill.bill_id.clone(),
            amount_due: bill.total_due,
            paid: false,
        });
    }
    Ok(())
}
