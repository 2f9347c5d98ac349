//! An agent who does what `workflow.md` says, step by step, and knows nothing but what the ticket says and
//! tools answer. It shows that the steps lead to where the tasks want to be.

use serde_json::{Value as Json, json};
use tau_toolkits::{Environment, Requestor, ToolCall};

use crate::pack::{Task, mobile, reward, tasks};
use crate::support::call;

/// The day on which the pack plays.
const TODAY: &str = "2025-02-25";
/// Most gigabytes that a line can be topped up by in a cycle.
const CAP: f64 = 5.0;

/// The customer has to be handed over.
struct HandOver;

type Path = Result<(), HandOver>;

struct Desk<'t> {
    environment: Environment,
    calls: Vec<ToolCall>,
    ticket: &'t str,
}

impl Desk<'_> {
    fn call(&mut self, requestor: Requestor, name: &str, arguments: Json) -> String {
        let mut call = call(&json!({ "name": name, "arguments": arguments }));
        call.requestor = requestor;
        let response = self.environment.get_response(&call);
        assert!(!response.error, "{name}: {}", response.content);
        self.calls.push(call);
        response.content
    }

    /// What the customer sees who does this.
    fn phone(&mut self, name: &str) -> String {
        self.call(Requestor::User, name, json!({}))
    }

    /// What the account says.
    fn account(&mut self, name: &str, arguments: Json) -> Json {
        let text = self.call(Requestor::Assistant, name, arguments);
        serde_json::from_str(&text).unwrap_or(Json::String(text))
    }

    fn details(&mut self, id: &Json) -> Json {
        self.account("get_details_by_id", json!({ "id": id }))
    }

    /// The customer and the line that the ticket is about.
    fn found(&mut self) -> (Json, Json) {
        let number = self.ticket.split("number ").nth(1).unwrap().split(';').next().unwrap();
        let customer = self.account("get_customer_by_phone", json!({ "phone_number": number }));
        for id in customer["line_ids"].as_array().unwrap() {
            let line = self.details(id);
            if line["phone_number"] == number {
                return (customer["customer_id"].clone(), line);
            }
        }
        panic!("{number} is no line of the account");
    }

    fn of_line(&mut self, name: &str, customer: &Json, line: &Json) -> Json {
        self.account(name, json!({ "customer_id": customer, "line_id": line["line_id"] }))
    }

    fn has_signal(&mut self) -> bool {
        let bar = self.phone("check_status_bar");
        !bar.contains("No Signal") && !bar.contains("Airplane Mode")
    }

    fn is_fast(&mut self) -> bool {
        self.phone("run_speed_test").contains("(Excellent)")
    }

    fn path_s(&mut self) -> Path {
        if self.phone("check_status_bar").contains("Airplane Mode") {
            self.phone("toggle_airplane_mode");
        }
        let sim = self.phone("check_sim_status");
        if sim.contains("locked") {
            return Err(HandOver);
        }
        if sim.contains("No SIM card") {
            self.phone("reseat_sim_card");
        }
        if !self.phone("check_apn_settings").contains("Name: internet") {
            self.phone("reset_apn_settings");
            self.phone("reboot_device");
        }
        let (customer, line) = self.found();
        if line["status"] == "Suspended" {
            self.suspended(&customer, &line)?;
            self.of_line("resume_line", &customer, &line);
            self.phone("reboot_device");
        }
        if self.has_signal() { Ok(()) } else { Err(HandOver) }
    }

    /// What comes before a suspended line may be resumed.
    fn suspended(&mut self, customer: &Json, line: &Json) -> Path {
        if line["contract_end_date"].as_str().is_some_and(|end| end < TODAY) {
            return Err(HandOver);
        }
        let bills = self.account("get_bills_for_customer", json!({ "customer_id": customer }));
        let with = |status: &str| {
            let bills = bills.as_array().unwrap();
            bills.iter().find(|bill| bill["status"] == status).map(|bill| bill["bill_id"].clone())
        };
        let (asked, overdue) = (with("Awaiting Payment"), with("Overdue"));
        let Some(bill) = asked.clone().or(overdue) else {
            assert!(self.ticket.contains("wants it back"), "nobody asked for the line");
            return Ok(());
        };
        assert!(self.ticket.contains("pays bills that are overdue"));
        if asked.is_none() {
            let request = json!({ "customer_id": customer, "bill_id": bill });
            self.account("send_payment_request", request);
        }
        assert!(self.phone("check_payment_request").contains(bill.as_str().unwrap()));
        self.phone("make_payment");
        assert_eq!(self.details(&bill)["status"], "Paid");
        Ok(())
    }

    /// D3 to D5: what keeps mobile data from working at all.
    fn data_at_all(&mut self) {
        let (customer, line) = self.found();
        if self.ticket.contains("Place: abroad") {
            if line["roaming_enabled"] == false {
                self.of_line("enable_roaming", &customer, &line);
            }
            if self.phone("check_network_status").contains("Data Roaming Enabled: No") {
                self.phone("toggle_roaming");
            }
        }
        if self.phone("check_network_status").contains("Mobile Data Enabled: No") {
            self.phone("toggle_data");
        }
        let usage = self.of_line("get_data_usage", &customer, &line);
        let number = |name: &str| usage[name].as_str().unwrap().parse::<f64>().unwrap();
        if number("data_used_gb") >= number("data_limit_gb") + number("data_refueling_gb") {
            let rate = self.details(&line["plan_id"])["data_refueling_price_per_gb"].clone();
            let wanted = wish(self.ticket, rate.as_f64().unwrap());
            let amount = wanted.min(CAP - number("data_refueling_gb"));
            self.account(
                "refuel_data",
                json!({ "customer_id": customer, "line_id": line["line_id"], "gb_amount": amount }),
            );
        }
    }

    fn path_d(&mut self) -> Path {
        if !self.has_signal() {
            self.path_s()?;
        }
        let test = self.phone("run_speed_test");
        if test.contains("failed") {
            self.data_at_all();
            let test = self.phone("run_speed_test");
            if test.contains("failed") {
                return Err(HandOver);
            }
        }
        if self.phone("check_data_restriction_status").contains("ON") {
            self.phone("toggle_data_saver_mode");
        }
        if !self.phone("check_network_mode_preference").contains("4g_5g_preferred") {
            let mode = json!({ "mode": "4g_5g_preferred" });
            self.call(Requestor::User, "set_network_mode_preference", mode);
        }
        if self.phone("check_vpn_status").contains("poor") {
            self.phone("disconnect_vpn");
        }
        if self.is_fast() { Ok(()) } else { Err(HandOver) }
    }

    fn path_m(&mut self) -> Path {
        if !self.has_signal() {
            self.path_s()?;
        }
        if self.phone("run_speed_test").contains("failed") {
            self.data_at_all();
        }
        if self.phone("check_network_mode_preference").contains("2g_only") {
            let mode = json!({ "mode": "4g_5g_preferred" });
            self.call(Requestor::User, "set_network_mode_preference", mode);
        }
        if self.phone("check_wifi_calling_status").contains("ON") {
            self.phone("toggle_wifi_calling");
        }
        if self.phone("check_apn_settings").contains("Not Set") {
            self.phone("reset_apn_settings");
            self.phone("reboot_device");
        }
        let app = json!({ "app_name": "messaging" });
        let allowed = self.call(Requestor::User, "check_app_permissions", app);
        for permission in ["storage", "sms"].into_iter().filter(|name| !allowed.contains(name)) {
            let grant = json!({ "app_name": "messaging", "permission": permission });
            self.call(Requestor::User, "grant_app_permission", grant);
        }
        let goes_out = self.phone("can_send_mms").contains("can send");
        if goes_out { Ok(()) } else { Err(HandOver) }
    }
}

/// The gigabytes that the ticket asks for at this price of one.
fn wish(ticket: &str, rate: f64) -> f64 {
    let said = ticket.split("If the data is used up: ").nth(1).unwrap();
    if said.starts_with("as many") {
        let money = said.split('$').nth(1).unwrap().split(' ').next().unwrap();
        return (money.parse::<f64>().unwrap() / rate).floor();
    }
    said.split(" GB").next().unwrap().parse().unwrap()
}

/// The calls of a conversation about a task.
fn worked_off(task: &Task, environment: Environment) -> Vec<ToolCall> {
    let ticket = task.written["ticket"].as_str().unwrap();
    let mut desk = Desk { environment, calls: Vec::new(), ticket };
    let path = if ticket.contains("no service") {
        desk.path_s()
    } else if ticket.contains("Mobile internet") {
        desk.path_d()
    } else {
        desk.path_m()
    };
    if path.is_err() {
        let summary = json!({ "summary": "Everything was tried." });
        desk.account("transfer_to_human_agents", summary);
    }
    desk.calls
}

#[test]
fn who_follows_the_workflow_settles_every_task() {
    let domain = mobile(tau_toolkits::Profile::V1_0);
    let (mut longest, mut handed_over) = (0, 0);
    for task in tasks() {
        let calls = worked_off(&task, task.started(&domain));
        longest = longest.max(calls.len());
        handed_over += usize::from(calls.last().unwrap().name == "transfer_to_human_agents");
        let names: Vec<&str> = calls.iter().map(|call| call.name.as_str()).collect();
        for solo in [false, true] {
            let info = reward(&domain, &task, &calls, solo);
            assert_eq!(info.reward, 1.0, "{}, alone: {solo}: {names:?}", task.id);
        }
    }
    let unmendable = tasks().iter().filter(|task| task.handed_over()).count();
    assert_eq!(handed_over, unmendable);
    // A call is at most four steps of a conversation: asked for, made, answered, told.
    assert!(longest * 4 < 200, "{longest} calls");
}
