//! Why something on a customer's phone does not work, read from the phone's own data. The rules are those by
//! which the phone's tools find it (upstream `domains/telecom/user_tools.py`).

use tau_domain::plain::{readable, short, spoken};
use tau_toolkits::{Environment, FunctionCall, Value, json_dumps};

/// What was found in place of what an assertion asks for, in a sentence; `None` where nothing can be said.
pub(super) fn found_instead(environment: &Environment, call: &FunctionCall) -> Option<String> {
    let agent = || environment.agent().dump();
    let phone = || Some(Phone(environment.user()?.dump()));
    let given = |name: &str| call.arguments.get(name).and_then(Value::as_str).map(str::to_owned);
    match call.name.as_str() {
        "assert_service_status" => because("There was no service", &phone()?.no_service()),
        "assert_mobile_data_status" => because("It did not work", &phone()?.no_data()),
        "assert_can_send_mms" => because("They could not be sent", &phone()?.no_pictures()),
        "assert_internet_speed" => {
            let phone = phone()?;
            let slow = phone.slow();
            let no_data = phone.no_data();
            if !no_data.is_empty() {
                return because("There was no connection", &no_data);
            }
            let mut copy = environment.clone();
            let user = tau_toolkits::Requestor::User;
            let test = copy.make_tool_call("run_speed_test", user, &Default::default()).ok()?;
            let result = test.as_str()?.split(". ").next()?.to_owned();
            let result = result.rsplit(": ").next().unwrap_or(&result).to_owned();
            because(&format!("It was {}", short(&result)), &slow)
        }
        "assert_line_status" => {
            let status = record(&agent(), "lines", "line_id", &given("line_id")?)?;
            Some(format!("It was {}.", word(&status, "status")?.to_lowercase()))
        }
        "assert_data_refueling_amount" => {
            let line = record(&agent(), "lines", "line_id", &given("line_id")?)?;
            Some(format!(
                "It had {} GB.",
                readable(&json_dumps(at(&line, &["data_refueling_gb"])?))
            ))
        }
        "assert_no_overdue_bill" | "assert_overdue_bill_exists" => {
            let id = given("overdue_bill_id")?;
            match record(&agent(), "bills", "bill_id", &id) {
                Some(bill) => Some(format!("It was {}.", word(&bill, "status")?.to_lowercase())),
                None => Some("There was no such bill.".to_owned()),
            }
        }
        _ => None,
    }
}

/// `It did not work: mobile data was off.`
fn because(what: &str, why: &[String]) -> Option<String> {
    Some(match why {
        [] => format!("{what}."),
        why => format!("{what}: {}.", super::words::list(why)),
    })
}

/// A member below a value, over objects of either kind.
fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, name| match value {
        Value::Model(model) => model.get(name),
        Value::Dict(entries) => entries.get(*name),
        _ => None,
    })
}

fn word(value: &Value, name: &str) -> Option<String> {
    at(value, &[name])?.as_str().map(spoken)
}

/// A record of a table by its id, whether the table is a list or by key.
fn record(data: &Value, table: &str, key: &str, id: &str) -> Option<Value> {
    match at(data, &[table])? {
        Value::List(rows) => {
            rows.iter().find(|row| at(row, &[key]).and_then(Value::as_str) == Some(id)).cloned()
        }
        other => at(other, &[id]).cloned(),
    }
}

/// All that is on the customer's side.
struct Phone(Value);

impl Phone {
    fn is(&self, path: &[&str], text: &str) -> bool {
        at(&self.0, path).and_then(Value::as_str) == Some(text)
    }

    fn on(&self, path: &[&str]) -> bool {
        matches!(at(&self.0, path), Some(Value::Bool(true)))
    }

    fn no_service(&self) -> Vec<String> {
        let missing = self.on(&["device", "sim_card_missing"]);
        let locked = |how| !missing && self.is(&["device", "sim_card_status"], how);
        let apn = ["device", "active_apn_settings", "apn_name"];
        holding(&[
            (self.on(&["device", "airplane_mode"]), "airplane mode was on"),
            (missing, "the SIM card was not in the phone"),
            (locked("locked_pin"), "the SIM card was locked with its PIN"),
            (locked("locked_puk"), "the SIM card was locked with its PUK"),
            (self.is(&apn, "broken"), "the APN settings were wrong"),
            (!self.on(&["surroundings", "line_active"]), "the line was not active"),
        ])
    }

    fn no_data(&self) -> Vec<String> {
        let abroad = self.on(&["surroundings", "is_abroad"]);
        let here = self.on(&["device", "roaming_enabled"]);
        let allowed = self.on(&["surroundings", "roaming_allowed"]);
        let used_up = self.on(&["surroundings", "mobile_data_usage_exceeded"]);
        let mut why = self.no_service();
        why.extend(holding(&[
            (abroad && !here, "the phone was abroad with roaming off"),
            (abroad && !allowed, "the line did not allow roaming abroad"),
            (!self.on(&["device", "data_enabled"]), "mobile data was off"),
            (used_up, "the data allowance was used up"),
        ]));
        why
    }

    fn slow(&self) -> Vec<String> {
        let only = |mode| self.is(&["device", "network_mode_preference"], mode);
        holding(&[
            (self.on(&["device", "data_saver_mode"]), "data saver was on"),
            (self.on(&["device", "vpn_connected"]), "a VPN was connected"),
            (only("2g_only"), "the phone was set to 2G only"),
            (only("3g_only"), "the phone was set to 3G only"),
            (only("4g_only"), "the phone was set to 4G only"),
        ])
    }

    fn no_pictures(&self) -> Vec<String> {
        let calling = self.on(&["device", "wifi_calling_enabled"]);
        let over = self.on(&["device", "wifi_calling_mms_over_wifi"]);
        let address = at(&self.0, &["device", "active_apn_settings", "mmsc_url"]);
        let may = |permission| {
            self.on(&["device", "app_statuses", "messaging", "permissions", permission])
        };
        let mut why = self.no_data();
        why.extend(holding(&[
            (self.is(&["device", "network_technology_connected"], "2G"), "the phone was on 2G"),
            (calling && over, "Wi-Fi calling took picture messages over Wi-Fi"),
            (address.is_some_and(Value::is_none), "the address for picture messages was missing"),
            (!may("storage"), "the messaging app might not use the storage"),
            (!may("sms"), "the messaging app might not send messages"),
        ]));
        why
    }
}

/// The reasons that hold.
fn holding(reasons: &[(bool, &str)]) -> Vec<String> {
    reasons.iter().filter(|(holds, _)| *holds).map(|(_, why)| (*why).to_owned()).collect()
}
