//! The tools of the company's side. Upstream `domains/telecom/tools.py`; the texts reach models and
//! hashes and are upstream's.

use super::AgentTools;
use super::find::is;
use crate::date::Date;
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::telecom::float_text;
use crate::telecom::model::{BILL, Bill, BillStatus, LineItem, LineStatus};
use crate::telecom::record::Stored;
use crate::validate::construct;
use crate::value::Value;

/// The day on which the domain plays (upstream `domains/telecom/utils.py`, `get_today`).
pub(super) const TODAY: Date = day(2, 25);
/// The last day of the billing cycle of that day.
const CYCLE_END: Date = day(2, 28);

/// A day of the year in which the domain plays.
const fn day(month: u8, day: u8) -> Date {
    Date { year: 2025, month, day }
}

/// A period of bills: first day (the day of issue), last day, and the day by which they are due, 14 days
/// after the first.
pub(super) struct Period {
    first: Date,
    pub(super) last: Date,
    due: Date,
}

/// The month before [`TODAY`]'s.
pub(super) const LAST_MONTH: Period =
    Period { first: day(1, 1), last: day(1, 31), due: day(1, 15) };
/// The month after [`TODAY`]'s.
const NEXT_MONTH: Period = Period { first: day(3, 1), last: day(3, 31), due: day(3, 15) };

impl Period {
    /// A bill of this period without charges.
    ///
    /// # Errors
    /// pydantic's, where the id is no text.
    pub(super) fn bill(
        &self,
        bill_id: &Value,
        customer_id: String,
        status: BillStatus,
    ) -> Result<Bill, Raised> {
        let made = construct(
            &BILL,
            [
                ("bill_id", bill_id.clone()),
                ("customer_id", customer_id.into()),
                ("period_start", Value::Date(self.first)),
                ("period_end", Value::Date(self.last)),
                ("issue_date", Value::Date(self.first)),
                ("total_due", Value::Int(0)),
                ("due_date", Value::Date(self.due)),
                ("status", status.write()),
            ],
        )?;
        Bill::read(&made).ok_or_else(|| Raised::value("A bill is not what its model says"))
    }
}

impl AgentTools {
    pub(super) fn get_customer_by_name(&self, name: &Value, dob: &Value) -> Outcome {
        let mut found = Vec::new();
        for customer in &self.db.customers {
            if customer.full_name.to_lowercase() == python::lower(name)?
                && is(&customer.date_of_birth, dob)
            {
                found.push(customer.write());
            }
        }
        Ok(Value::list(found))
    }

    pub(super) fn get_details_by_id(&self, id: &Value) -> Outcome {
        let Some(text) = id.as_str() else {
            return Err(Raised::attribute(id, "startswith"));
        };
        let details = match text.chars().next() {
            Some('L') => self.line(id)?.write(),
            Some('D') => self.device(id)?.write(),
            Some('B') => self.bill(id)?.write(),
            Some('C') => self.customer(id)?.write(),
            Some('P') => self.plan(id)?.write(),
            _ => return Err(Raised::value(format!("Unknown ID format or type: {text}"))),
        };
        Ok(details)
    }

    pub(super) fn suspend_line(&mut self, customer: &Value, line: &Value) -> Outcome {
        let place = self.target_line(customer, line)?;
        let line = &mut self.db.lines[place];
        if line.status != LineStatus::Active {
            return Err(Raised::value("Line must be active to suspend"));
        }
        line.status = LineStatus::Suspended;
        line.suspension_start_date = Some(TODAY);
        let message = "Line suspended successfully. $5/month holding fee will apply.";
        Ok(Value::dict([("message", message.into()), ("line", line.write())]))
    }

    pub(super) fn resume_line(&mut self, customer: &Value, line: &Value) -> Outcome {
        let place = self.target_line(customer, line)?;
        let line = &mut self.db.lines[place];
        if !matches!(line.status, LineStatus::Suspended | LineStatus::PendingActivation) {
            return Err(Raised::value("Line must be suspended to resume"));
        }
        line.status = LineStatus::Active;
        line.suspension_start_date = None;
        Ok(Value::dict([("message", "Line resumed successfully".into()), ("line", line.write())]))
    }

    pub(super) fn get_bills_for_customer(&self, customer: &Value, limit: &Value) -> Outcome {
        let mut bills = Vec::new();
        for bill_id in &self.customer(customer)?.bill_ids {
            bills.push(self.bill_of(bill_id)?);
        }
        // Newest first; bills of one day stay in order, as Python's reversed sort leaves them.
        bills.sort_by_key(|bill| std::cmp::Reverse(bill.issue_date));
        let end = slice_end(bills.len(), limit)?;
        Ok(Value::list(bills[..end].iter().map(|bill| bill.write()).collect()))
    }

    pub(super) fn send_payment_request(
        &mut self,
        customer_id: &Value,
        bill_id: &Value,
    ) -> Result<String, Raised> {
        let customer = self.customer(customer_id)?;
        if self.bill_awaiting_payment(customer)?.is_some() {
            return Err(Raised::value("A bill is already awaiting payment for this customer"));
        }
        if !customer.bill_ids.iter().any(|id| is(id, bill_id)) {
            return Err(Raised::value(format!(
                "Bill {} not found for customer {}",
                python::str_of(bill_id),
                python::str_of(customer_id)
            )));
        }
        let place = self.bill_place(bill_id)?;
        let bill = &mut self.db.bills[place];
        bill.status = BillStatus::AwaitingPayment;
        Ok(format!("Payment request sent to the customer for bill {}", bill.bill_id))
    }

    pub(super) fn get_data_usage(&self, customer: &Value, line: &Value) -> Outcome {
        let line_id = line;
        let line = &self.db.lines[self.target_line(customer, line_id)?];
        let plan = self.plan_of(line)?;
        Ok(Value::dict([
            ("line_id", line_id.clone()),
            ("data_used_gb", line.data_used_gb.clone()),
            ("data_limit_gb", plan.data_limit_gb.into()),
            ("data_refueling_gb", line.data_refueling_gb.into()),
            ("cycle_end_date", Value::Date(CYCLE_END)),
        ]))
    }

    pub(super) fn set_roaming(
        &mut self,
        customer: &Value,
        line: &Value,
        on: bool,
    ) -> Result<String, Raised> {
        let place = self.target_line(customer, line)?;
        let line = &mut self.db.lines[place];
        let state = if on { "enabled" } else { "disabled" };
        if line.roaming_enabled == on {
            return Ok(format!("Roaming was already {state}"));
        }
        line.roaming_enabled = on;
        Ok(format!("Roaming {state} successfully"))
    }

    pub(super) fn refuel_data(
        &mut self,
        customer_id: &Value,
        line_id: &Value,
        gb_amount: &Value,
    ) -> Outcome {
        let place = self.target_line(customer_id, line_id)?;
        if python::at_most(gb_amount, &Value::Int(0))? {
            return Err(Raised::value("Refuel amount must be positive"));
        }
        let rate = self.plan_of(&self.db.lines[place])?.data_refueling_price_per_gb;
        let amount = float(gb_amount)?;
        let charge = amount * rate;
        let line = &mut self.db.lines[place];
        line.data_refueling_gb += amount;
        let refueled = line.data_refueling_gb;
        let shown = python::str_of(gb_amount);
        let description = format!("Data refueling: {shown} GB at ${}/GB", float_text(rate));
        self.charge_once(customer_id, charge, description)?;
        let message = format!(
            "Successfully added {shown} GB of data for line {} for ${}",
            python::str_of(line_id),
            python::fixed2(charge)
        );
        Ok(Value::dict([
            ("message", message.into()),
            ("new_data_refueling_gb", refueled.into()),
            ("charge", charge.into()),
        ]))
    }

    /// Adds a charge to the customer's next bill, and makes that bill where there is none (upstream
    /// `_apply_one_time_charge`).
    fn charge_once(
        &mut self,
        customer_id: &Value,
        amount: f64,
        description: String,
    ) -> Result<(), Raised> {
        let customer_place = self.customer_place(customer_id)?;
        let mut draft = None;
        for bill_id in &self.db.customers[customer_place].bill_ids {
            let place = self.bill_place(&bill_id.as_str().into())?;
            if self.db.bills[place].status == BillStatus::Draft {
                draft = Some(place);
                break;
            }
        }
        let place = match draft {
            Some(place) => place,
            None => {
                let bill_id = format!("B{:08x}", self.ids.draw() as u32);
                let customer = &mut self.db.customers[customer_place];
                let customer_id = customer.customer_id.clone();
                let bill_value = bill_id.as_str().into();
                let bill = NEXT_MONTH.bill(&bill_value, customer_id, BillStatus::Draft)?;
                customer.bill_ids.push(bill_id);
                self.db.bills.push(bill);
                self.db.bills.len() - 1
            }
        };
        let item_type = if amount < 0.0 { "Credit" } else { "Charge" };
        let bill = &mut self.db.bills[place];
        bill.line_items.push(LineItem {
            description,
            amount,
            date: TODAY,
            item_type: item_type.into(),
        });
        bill.total_due += amount;
        Ok(())
    }
}

/// Where `[:limit]` ends in a list of `len`.
fn slice_end(len: usize, limit: &Value) -> Result<usize, Raised> {
    let limit = match limit {
        Value::None => return Ok(len),
        Value::Bool(b) => i128::from(*b),
        Value::Int(number) => *number,
        _ => {
            return Err(Raised::type_error(
                "slice indices must be integers or None or have an __index__ method",
            ));
        }
    };
    let from_end = if limit < 0 { limit + len as i128 } else { limit };
    Ok(from_end.clamp(0, len as i128) as usize)
}

/// An amount that was compared with a number already, as a float.
fn float(amount: &Value) -> Result<f64, Raised> {
    match python::add(amount, &Value::Float(0.0))? {
        Value::Float(number) => Ok(number),
        other => Err(Raised::type_error(format!(
            "unsupported operand type(s) for *: '{}' and 'float'",
            python::type_name(&other)
        ))),
    }
}
