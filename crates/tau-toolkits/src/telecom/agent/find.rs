//! Looking things up. Upstream `domains/telecom/tools.py`.

use super::AgentTools;
use crate::python;
use crate::raised::Raised;
use crate::telecom::model::{Bill, BillStatus, Customer, Device, Line, Plan};
use crate::value::Value;

fn missing(what: &str, id: &Value) -> Raised {
    Raised::value(format!("{what} with ID {} not found", python::str_of(id)))
}

/// Python's `a == b` between a text of the data and an argument.
pub(super) fn is(text: &str, argument: &Value) -> bool {
    argument.as_str() == Some(text)
}

/// The place of the one that `found` tells.
fn place<T>(
    all: &[T],
    what: &str,
    id: &Value,
    found: impl Fn(&T) -> &str,
) -> Result<usize, Raised> {
    all.iter().position(|one| is(found(one), id)).ok_or_else(|| missing(what, id))
}

impl AgentTools {
    pub(super) fn customer_place(&self, id: &Value) -> Result<usize, Raised> {
        place(&self.db.customers, "Customer", id, |customer| &customer.customer_id)
    }

    pub(super) fn customer(&self, id: &Value) -> Result<&Customer, Raised> {
        Ok(&self.db.customers[self.customer_place(id)?])
    }

    pub(super) fn line_place(&self, id: &Value) -> Result<usize, Raised> {
        place(&self.db.lines, "Line", id, |line| &line.line_id)
    }

    pub(super) fn line(&self, id: &Value) -> Result<&Line, Raised> {
        Ok(&self.db.lines[self.line_place(id)?])
    }

    pub(super) fn bill_place(&self, id: &Value) -> Result<usize, Raised> {
        place(&self.db.bills, "Bill", id, |bill| &bill.bill_id)
    }

    pub(super) fn bill(&self, id: &Value) -> Result<&Bill, Raised> {
        Ok(&self.db.bills[self.bill_place(id)?])
    }

    pub(super) fn bill_of(&self, id: &str) -> Result<&Bill, Raised> {
        self.bill(&id.into())
    }

    pub(super) fn plan(&self, id: &Value) -> Result<&Plan, Raised> {
        let place = place(&self.db.plans, "Plan", id, |plan| &plan.plan_id)?;
        Ok(&self.db.plans[place])
    }

    pub(crate) fn plan_of(&self, line: &Line) -> Result<&Plan, Raised> {
        self.plan(&line.plan_id.as_str().into())
    }

    pub(super) fn device(&self, id: &Value) -> Result<&Device, Raised> {
        let place = place(&self.db.devices, "Device", id, |device| &device.device_id)?;
        Ok(&self.db.devices[place])
    }

    /// The line with this phone number.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn line_by_phone(&self, phone_number: &Value) -> Result<&Line, Raised> {
        let found = self.db.lines.iter().find(|line| is(&line.phone_number, phone_number));
        found.ok_or_else(|| {
            Raised::value(format!(
                "Line with phone number {} not found",
                python::str_of(phone_number)
            ))
        })
    }

    /// The customer with this number, as the primary contact or on a line.
    ///
    /// # Errors
    /// When there is none, or a customer has a line that does not exist.
    pub(crate) fn customer_by_phone(&self, phone_number: &Value) -> Result<&Customer, Raised> {
        for customer in &self.db.customers {
            if is(&customer.phone_number, phone_number) {
                return Ok(customer);
            }
            for line_id in &customer.line_ids {
                let line = self.line(&line_id.as_str().into())?;
                if is(&line.phone_number, phone_number) {
                    return Ok(customer);
                }
            }
        }
        Err(Raised::value(format!(
            "Customer with phone number {} not found",
            python::str_of(phone_number)
        )))
    }

    /// The place of a line that belongs to a customer (upstream `_get_target_line`).
    pub(super) fn target_line(
        &self,
        customer_id: &Value,
        line_id: &Value,
    ) -> Result<usize, Raised> {
        let customer = self.customer(customer_id)?;
        if !customer.line_ids.iter().any(|id| is(id, line_id)) {
            return Err(Raised::value(format!(
                "Line {} not found for customer {}",
                python::str_of(line_id),
                python::str_of(customer_id)
            )));
        }
        self.line_place(line_id)
    }

    /// The first of a customer's bills that awaits payment.
    ///
    /// # Errors
    /// When the customer has a bill that does not exist.
    pub(crate) fn bill_awaiting_payment(
        &self,
        customer: &Customer,
    ) -> Result<Option<&Bill>, Raised> {
        let mut first = None;
        for bill_id in &customer.bill_ids {
            let bill = self.bill_of(bill_id)?;
            if bill.status == BillStatus::AwaitingPayment {
                first = first.or(Some(bill));
            }
        }
        Ok(first)
    }
}
