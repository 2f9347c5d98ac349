//! What can be wrong: how it comes about, what mends it, and what then holds.

use serde_json::{Value, json};

use super::people::Customer;

/// Most gigabytes that a line can be topped up by in a cycle, by the pack's policy.
const CAP: f64 = 5.0;
/// What a customer asks for who asks for more than that.
pub const TOO_MUCH: f64 = 8.0;
/// How far over its data a line is that has none left, in gigabytes.
const OVER: f64 = 0.4;

/// A fault. They stand in the order in which they are set up and mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    Airplane,
    SimOut,
    SimPin,
    SimPuk,
    Apn,
    Paused,
    Unpaid,
    UnpaidAsked,
    ContractOver,
    RoamPhone,
    RoamLine,
    RoamBoth,
    DataOff,
    TopUp,
    TopUpBudget,
    TopUpCap,
    Saver,
    Mode2g,
    Mode3g,
    Mode4g,
    Vpn,
    WifiCalling,
    Mmsc,
    Storage,
    Sms,
    StorageSms,
}

use Fault::*;

/// Something that a side's toolkit is called for.
pub struct Call {
    /// `assistant` or `user`
    pub side: &'static str,
    pub name: &'static str,
    pub arguments: Value,
}

fn user(name: &'static str, arguments: Value) -> Call {
    Call { side: "user", name, arguments }
}

fn agent(name: &'static str, arguments: Value) -> Call {
    Call { side: "assistant", name, arguments }
}

fn switch(name: &'static str) -> Call {
    user(name, json!({}))
}

fn permission(name: &'static str, permission: &str) -> Call {
    user(name, json!({ "app_name": "messaging", "permission": permission }))
}

fn mode(mode: &str) -> Call {
    user("set_network_mode_preference", json!({ "mode": mode }))
}

fn of_line(name: &'static str, customer: &Customer) -> Call {
    agent(name, json!({ "customer_id": customer.id, "line_id": customer.line.id }))
}

fn of_bill(name: &'static str, customer: &Customer) -> Call {
    agent(name, json!({ "customer_id": customer.id, "bill_id": customer.overdue_bill() }))
}

impl Fault {
    /// Its word in a task's id.
    pub fn word(self) -> &'static str {
        match self {
            Airplane => "airplane",
            SimOut => "sim-out",
            SimPin => "sim-pin",
            SimPuk => "sim-puk",
            Apn => "apn",
            Paused => "paused",
            Unpaid => "unpaid",
            UnpaidAsked => "unpaid-asked",
            ContractOver => "contract-over",
            RoamPhone => "roam-phone",
            RoamLine => "roam-line",
            RoamBoth => "roam-both",
            DataOff => "data-off",
            TopUp => "top-up",
            TopUpBudget => "top-up-budget",
            TopUpCap => "top-up-cap",
            Saver => "saver",
            Mode2g => "2g",
            Mode3g => "3g",
            Mode4g => "4g",
            Vpn => "vpn",
            WifiCalling => "wifi-calling",
            Mmsc => "mmsc",
            Storage => "storage",
            Sms => "sms",
            StorageSms => "storage-sms",
        }
    }

    /// Whether no agent can mend it, so that handing over is right.
    pub fn beyond_repair(self) -> bool {
        matches!(self, SimPin | SimPuk | ContractOver)
    }

    /// Whether it shows abroad alone.
    pub fn abroad(self) -> bool {
        matches!(self, RoamPhone | RoamLine | RoamBoth)
    }

    /// Whether mobile data does not work at all with it.
    pub fn cuts_data(self) -> bool {
        self < Saver
    }

    /// Whether the phone has to be restarted after it was mended.
    pub fn needs_restart(self) -> bool {
        matches!(self, Apn | Paused | Unpaid | UnpaidAsked | Mmsc)
    }

    /// Gigabytes that are right to add: what this customer wants, as far as the rules allow it. `turn`
    /// varies the wish.
    pub fn top_up(self, customer: &Customer, turn: usize) -> f64 {
        let possible = CAP - customer.topped_up;
        match self {
            TopUpCap => possible,
            TopUpBudget => [3.0_f64, 2.0, 4.0][turn / 3 % 3].min(possible),
            TopUp => [2.0_f64, 1.0, 3.0][turn / 3 % 3].min(possible),
            _ => 0.0,
        }
    }

    /// How it comes about.
    pub fn start(self, customer: &Customer) -> Vec<Call> {
        let suspended = |ended: bool| {
            agent(
                "suspend_line_for_overdue_bill",
                json!({ "customer_id": customer.id, "line_id": customer.line.id,
                    "new_bill_id": customer.overdue_bill(), "contract_ended": ended }),
            )
        };
        let noticed = || switch("simulate_network_search");
        match self {
            Airplane => vec![switch("turn_airplane_mode_on")],
            SimOut => vec![switch("unseat_sim_card")],
            SimPin => vec![user("lock_sim_card", json!({ "mode": "pin" }))],
            SimPuk => vec![user("lock_sim_card", json!({ "mode": "puk" }))],
            Apn => vec![switch("break_apn_settings")],
            Paused => {
                let arguments = json!({ "customer_id": customer.id, "line_id": customer.line.id,
                    "reason": "Pause at the customer's wish" });
                vec![agent("suspend_line", arguments), noticed()]
            }
            Unpaid => vec![suspended(false), noticed()],
            UnpaidAsked => {
                vec![suspended(false), of_bill("send_payment_request", customer), noticed()]
            }
            ContractOver => vec![suspended(true), noticed()],
            RoamPhone => vec![switch("turn_roaming_off"), of_line("enable_roaming", customer)],
            RoamLine => vec![switch("turn_roaming_on"), of_line("disable_roaming", customer)],
            RoamBoth => vec![switch("turn_roaming_off"), of_line("disable_roaming", customer)],
            DataOff => vec![switch("turn_data_off")],
            TopUp | TopUpBudget | TopUpCap => {
                let used = customer.allowance + customer.topped_up + OVER;
                vec![agent(
                    "set_data_usage",
                    json!({ "customer_id": customer.id, "line_id": customer.line.id,
                        "data_used_gb": used }),
                )]
            }
            Saver => vec![switch("turn_data_saver_mode_on")],
            Mode2g => vec![mode("2g_only")],
            Mode3g => vec![mode("3g_only")],
            Mode4g => vec![mode("4g_only")],
            Vpn => vec![switch("break_vpn")],
            WifiCalling => {
                vec![user("set_wifi_calling", json!({ "enabled": true, "mms_over_wifi": true }))]
            }
            Mmsc => vec![switch("break_apn_mms_setting")],
            Storage => vec![permission("remove_app_permission", "storage")],
            Sms => vec![permission("remove_app_permission", "sms")],
            StorageSms => vec![
                permission("remove_app_permission", "storage"),
                permission("remove_app_permission", "sms"),
            ],
        }
    }

    /// What mends it, without the restart at the end; nothing where nothing does.
    pub fn repair(self, customer: &Customer, turn: usize) -> Vec<Call> {
        let resume = || of_line("resume_line", customer);
        match self {
            Airplane => vec![switch("toggle_airplane_mode")],
            SimOut => vec![switch("reseat_sim_card")],
            SimPin | SimPuk | ContractOver => vec![],
            Apn | Mmsc => vec![switch("reset_apn_settings")],
            Paused => vec![resume()],
            Unpaid => {
                let request = of_bill("send_payment_request", customer);
                vec![request, switch("make_payment"), resume()]
            }
            UnpaidAsked => vec![switch("make_payment"), resume()],
            RoamPhone => vec![switch("toggle_roaming")],
            RoamLine => vec![of_line("enable_roaming", customer)],
            RoamBoth => vec![of_line("enable_roaming", customer), switch("toggle_roaming")],
            DataOff => vec![switch("toggle_data")],
            TopUp | TopUpBudget | TopUpCap => vec![agent(
                "refuel_data",
                json!({ "customer_id": customer.id, "line_id": customer.line.id,
                    "gb_amount": self.top_up(customer, turn) }),
            )],
            Saver => vec![switch("toggle_data_saver_mode")],
            Mode2g | Mode3g | Mode4g => vec![mode("4g_5g_preferred")],
            Vpn => vec![switch("disconnect_vpn")],
            WifiCalling => vec![switch("toggle_wifi_calling")],
            Storage => vec![permission("grant_app_permission", "storage")],
            Sms => vec![permission("grant_app_permission", "sms")],
            StorageSms => vec![
                permission("grant_app_permission", "storage"),
                permission("grant_app_permission", "sms"),
            ],
        }
    }

    /// What holds of the account once it is mended, or left as it has to be left. Each is also false
    /// before, or says what must not be touched.
    pub fn checks(self, customer: &Customer) -> Vec<Call> {
        let status = |status: &str| {
            agent(
                "assert_line_status",
                json!({ "customer_id": customer.id, "line_id": customer.line.id,
                    "expected_status": status }),
            )
        };
        match self {
            Paused => vec![status("Active")],
            Unpaid | UnpaidAsked => {
                let bill = json!({ "overdue_bill_id": customer.overdue_bill() });
                vec![status("Active"), agent("assert_no_overdue_bill", bill)]
            }
            ContractOver => vec![status("Suspended")],
            _ => vec![],
        }
    }
}
