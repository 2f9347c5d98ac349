//! The company's side of the telecom domain. Upstream `domains/telecom/tools.py`.

mod actions;
mod find;
mod setup;

use super::model::{AGENT_DB, AgentDb};
use super::read;
use super::record::Stored;
use crate::ids::Ids;
use crate::raised::{Outcome, Raised};
use crate::schema::Default;
use crate::toolkit::{Args, Method, Side, optional, required};
use crate::value::Value;

/// The company's database and the tools over it.
#[derive(Clone)]
pub struct AgentTools {
    pub(super) db: AgentDb,
    ids: Ids,
}

impl AgentTools {
    /// The tools over the content of a database file.
    ///
    /// # Errors
    /// pydantic's, where the content does not fit.
    pub(super) fn open(data: &Value) -> Result<AgentTools, Raised> {
        Ok(AgentTools { db: read(&AGENT_DB, data)?, ids: Ids::seeded(0) })
    }
}

impl Side for AgentTools {
    const CLASS: &'static str = "TelecomTools";

    fn methods() -> &'static [Method<AgentTools>] {
        static METHODS: [Method<AgentTools>; 20] = [
            Method::read("get_customer_by_phone", &[required("phone_number")], by_phone),
            Method::read("get_customer_by_id", &[required("customer_id")], by_id),
            Method::read(
                "get_customer_by_name",
                &[required("full_name"), required("dob")],
                by_name,
            ),
            Method::plain("get_available_plan_ids", &[], plan_ids),
            Method::read("get_details_by_id", &[required("id")], details),
            Method::write(
                "suspend_line",
                &[required("customer_id"), required("line_id"), required("reason")],
                suspend,
            ),
            Method::write("resume_line", LINE, resume),
            Method::read(
                "get_bills_for_customer",
                &[required("customer_id"), optional("limit", Default::Int(12))],
                bills,
            ),
            Method::write(
                "send_payment_request",
                &[required("customer_id"), required("bill_id")],
                send_payment_request,
            ),
            Method::read("get_data_usage", LINE, data_usage),
            Method::plain(
                "set_data_usage",
                &[required("customer_id"), required("line_id"), required("data_used_gb")],
                set_data_usage,
            ),
            Method::write("enable_roaming", LINE, enable_roaming),
            Method::write("disable_roaming", LINE, disable_roaming),
            Method::generic("transfer_to_human_agents", &[required("summary")], transfer),
            Method::write(
                "refuel_data",
                &[required("customer_id"), required("line_id"), required("gb_amount")],
                refuel,
            ),
            Method::plain(
                "suspend_line_for_overdue_bill",
                &[
                    required("customer_id"),
                    required("line_id"),
                    required("new_bill_id"),
                    required("contract_ended"),
                ],
                suspend_for_overdue_bill,
            ),
            Method::plain(
                "assert_data_refueling_amount",
                &[required("customer_id"), required("line_id"), required("expected_amount")],
                assert_refueling,
            ),
            Method::plain(
                "assert_line_status",
                &[required("customer_id"), required("line_id"), required("expected_status")],
                assert_line_status,
            ),
            Method::plain(
                "assert_overdue_bill_exists",
                &[required("customer_id"), required("overdue_bill_id")],
                assert_overdue_bill,
            ),
            Method::plain(
                "assert_no_overdue_bill",
                &[required("overdue_bill_id")],
                assert_no_overdue_bill,
            ),
        ];
        &METHODS
    }

    fn dump(&self) -> Value {
        self.db.write()
    }

    fn load(&mut self, data: &Value) -> Result<(), Raised> {
        self.db = read(&AGENT_DB, data)?;
        Ok(())
    }

    fn draw_from(&mut self, ids: Ids) {
        self.ids = ids;
    }
}

const LINE: &[crate::toolkit::Parameter] = &[required("customer_id"), required("line_id")];

fn by_phone(tools: &mut AgentTools, args: Args) -> Outcome {
    let [phone_number] = args.take();
    Ok(tools.customer_by_phone(&phone_number)?.write())
}

fn by_id(tools: &mut AgentTools, args: Args) -> Outcome {
    let [id] = args.take();
    Ok(tools.customer(&id)?.write())
}

fn by_name(tools: &mut AgentTools, args: Args) -> Outcome {
    let [name, born] = args.take();
    tools.get_customer_by_name(&name, &born)
}

fn plan_ids(tools: &mut AgentTools, _: Args) -> Outcome {
    Ok(tools.get_available_plan_ids())
}

fn details(tools: &mut AgentTools, args: Args) -> Outcome {
    let [id] = args.take();
    tools.get_details_by_id(&id)
}

fn suspend(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, line, _reason] = args.take();
    tools.suspend_line(&customer, &line)
}

fn resume(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, line] = args.take();
    tools.resume_line(&customer, &line)
}

fn bills(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, limit] = args.take();
    tools.get_bills_for_customer(&customer, &limit)
}

fn send_payment_request(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, bill] = args.take();
    Ok(tools.send_payment_request(&customer, &bill)?.into())
}

fn data_usage(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, line] = args.take();
    tools.get_data_usage(&customer, &line)
}

fn set_data_usage(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, line, used] = args.take();
    Ok(tools.set_data_usage(&customer, &line, &used)?.into())
}

fn enable_roaming(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, line] = args.take();
    Ok(tools.set_roaming(&customer, &line, true)?.into())
}

fn disable_roaming(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, line] = args.take();
    Ok(tools.set_roaming(&customer, &line, false)?.into())
}

fn transfer(_: &mut AgentTools, _: Args) -> Outcome {
    Ok("Transfer successful".into())
}

fn refuel(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, line, amount] = args.take();
    tools.refuel_data(&customer, &line, &amount)
}

fn suspend_for_overdue_bill(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, line, bill, ended] = args.take();
    Ok(tools.suspend_line_for_overdue_bill(&customer, &line, &bill, &ended)?.into())
}

fn assert_refueling(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, line, amount] = args.take();
    Ok(tools.assert_data_refueling_amount(&customer, &line, &amount)?.into())
}

fn assert_line_status(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, line, status] = args.take();
    Ok(tools.assert_line_status(&customer, &line, &status)?.into())
}

fn assert_overdue_bill(tools: &mut AgentTools, args: Args) -> Outcome {
    let [customer, bill] = args.take();
    Ok(tools.assert_overdue_bill_exists(&customer, &bill)?.into())
}

fn assert_no_overdue_bill(tools: &mut AgentTools, args: Args) -> Outcome {
    let [bill] = args.take();
    Ok(tools.assert_no_overdue_bill(&bill).into())
}
