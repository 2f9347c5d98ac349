//! What a task's initial state is made with, and what its assertions ask: methods of the company's
//! side that are no tools. Upstream `domains/telecom/tools.py`.

use super::AgentTools;
use super::actions::{LAST_MONTH, TODAY};
use super::find::is;
use crate::python;
use crate::raised::Raised;
use crate::telecom::model::{BillStatus, LineItem, LineStatus};
use crate::value::Value;

impl AgentTools {
    pub(super) fn get_available_plan_ids(&self) -> Value {
        let ids = self.db.plans.iter().map(|plan| plan.plan_id.as_str().into());
        Value::list(ids.collect())
    }

    pub(super) fn set_data_usage(
        &mut self,
        customer: &Value,
        line: &Value,
        data_used_gb: &Value,
    ) -> Result<String, Raised> {
        let place = self.target_line(customer, line)?;
        self.db.lines[place].data_used_gb = data_used_gb.clone();
        Ok(format!(
            "Data usage set to {} GB for line {}",
            python::str_of(data_used_gb),
            python::str_of(line)
        ))
    }

    pub(super) fn suspend_line_for_overdue_bill(
        &mut self,
        customer_id: &Value,
        line_id: &Value,
        new_bill_id: &Value,
        contract_ended: &Value,
    ) -> Result<String, Raised> {
        let line_place = self.line_place(line_id)?;
        let line = &self.db.lines[line_place];
        if line.status != LineStatus::Active {
            return Err(Raised::value("Line must be active to suspend for unpaid bill"));
        }
        let amount = self.plan_of(line)?.price_per_month;
        let description = format!("Charge for line {}", line.line_id);
        if amount <= 0.0 {
            return Err(Raised::value("Amount must be positive for overdue bill"));
        }
        let customer_place = self.customer_place(customer_id)?;
        let customer = &self.db.customers[customer_place];
        let mut overdue = false;
        for bill_id in &customer.bill_ids {
            overdue |= self.bill_of(bill_id)?.status == BillStatus::Overdue;
        }
        if overdue {
            return Err(Raised::value("Customer already has an overdue bill"));
        }
        let customer_id = customer.customer_id.clone();
        let mut bill = LAST_MONTH.bill(new_bill_id, customer_id, BillStatus::Overdue)?;
        let bill_id = bill.bill_id.clone();
        bill.line_items.push(LineItem {
            description,
            amount,
            date: TODAY,
            item_type: "Charge".into(),
        });
        bill.total_due += amount;
        self.db.bills.push(bill);
        self.db.customers[customer_place].bill_ids.push(bill_id.clone());
        let line = &mut self.db.lines[line_place];
        line.status = LineStatus::Suspended;
        line.suspension_start_date = Some(TODAY);
        if python::truthy(contract_ended) {
            line.contract_end_date = Some(LAST_MONTH.last);
        }
        Ok(format!(
            "Line {} suspended for unpaid bill {bill_id}. Contract ended: {}",
            python::str_of(line_id),
            python::str_of(contract_ended)
        ))
    }

    pub(super) fn assert_data_refueling_amount(
        &self,
        customer: &Value,
        line: &Value,
        expected_amount: &Value,
    ) -> Result<bool, Raised> {
        let line = &self.db.lines[self.target_line(customer, line)?];
        let off = python::subtract(&line.data_refueling_gb.into(), expected_amount)?;
        python::less(&python::absolute(&off)?, &Value::Float(1e-6))
    }

    pub(super) fn assert_line_status(
        &self,
        customer: &Value,
        line: &Value,
        expected_status: &Value,
    ) -> Result<bool, Raised> {
        let line = &self.db.lines[self.target_line(customer, line)?];
        Ok(is(line.status.word(), expected_status))
    }

    pub(super) fn assert_overdue_bill_exists(
        &self,
        customer: &Value,
        overdue_bill_id: &Value,
    ) -> Result<bool, Raised> {
        let shown = python::str_of(overdue_bill_id);
        let customer = self.customer(customer)?;
        if !customer.bill_ids.iter().any(|id| is(id, overdue_bill_id)) {
            return Err(Raised::value(format!("Overdue bill {shown} not found")));
        }
        if self.bill(overdue_bill_id)?.status != BillStatus::Overdue {
            return Err(Raised::value(format!("Overdue bill {shown} is not overdue")));
        }
        Ok(true)
    }

    pub(super) fn assert_no_overdue_bill(&self, overdue_bill_id: &Value) -> bool {
        self.bill(overdue_bill_id).map_or(true, |bill| bill.status == BillStatus::Paid)
    }

    /// Settles a bill (upstream `_set_bill_to_paid`).
    ///
    /// # Errors
    /// When there is no such bill.
    pub(crate) fn settle(&mut self, bill_id: &str) -> Result<(), Raised> {
        let place = self.bill_place(&bill_id.into())?;
        self.db.bills[place].status = BillStatus::Paid;
        Ok(())
    }
}
