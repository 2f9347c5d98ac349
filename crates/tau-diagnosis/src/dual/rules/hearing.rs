//! What an agent asked a customer to do, and what the customer said of it, as far as rules can tell. English
//! phrases; no rule rests on one of them alone.

use tau_toolkits::{Domain, ToolKind, Toolkit};

/// Words of tools' names that say nothing about which tool it is.
const GENERIC: [&str; 9] =
    ["status", "settings", "mode", "card", "details", "preference", "app", "device", "my"];

/// Words with which one is asked to do something, not to look.
const DOING: [&str; 26] = [
    "turn",
    "switch",
    "toggle",
    "enable",
    "disable",
    "activate",
    "deactivate",
    "set",
    "change",
    "reset",
    "reseat",
    "remove",
    "insert",
    "take",
    "put",
    "reboot",
    "restart",
    "grant",
    "allow",
    "give",
    "connect",
    "disconnect",
    "pay",
    "dismiss",
    "press",
    "do",
];

/// What the customer's tools that change something are called.
pub(super) struct Instruments {
    tools: Vec<Instrument>,
}

struct Instrument {
    name: String,
    verb: String,
    /// What it acts on, in words.
    object: Vec<String>,
}

impl Instruments {
    pub(super) fn of(domain: &Domain) -> Instruments {
        let writes = |tools: &dyn Toolkit| -> Vec<Instrument> {
            let all = tools.tools().into_iter().filter(|tool| tool.kind == ToolKind::Write);
            all.map(|tool| Instrument::new(tool.name)).collect()
        };
        Instruments { tools: domain.user().map(writes).unwrap_or_default() }
    }

    /// Whether a text asks for what a tool does.
    pub(super) fn asks(&self, text: &str, tool: &str) -> bool {
        let said = words(text);
        if text.contains(tool) {
            return true;
        }
        let Some(meant) = self.tools.iter().find(|one| one.name == tool) else { return false };
        let named = |one: &Instrument| one.object.iter().all(|word| said.contains(word));
        let acts = said.iter().any(|word| DOING.contains(&word.as_str()));
        // "Data saver" is not mobile data.
        let other = self.tools.iter().any(|other| {
            other.object.len() > meant.object.len()
                && meant.object.iter().all(|word| other.object.contains(word))
                && named(other)
        });
        // Of two that act on the same thing, the one whose verb is said.
        let rival = self.tools.iter().any(|other| {
            other.name != meant.name
                && other.object == meant.object
                && said.contains(&other.verb)
                && !said.contains(&meant.verb)
        });
        acts && named(meant) && !other && !rival
    }
}

impl Instrument {
    fn new(name: &str) -> Instrument {
        let mut parts = name.split('_').map(str::to_owned);
        let verb = parts.next().unwrap_or_default();
        let rest: Vec<String> = parts.collect();
        let object: Vec<String> = match (verb.as_str(), rest.as_slice()) {
            // One pays a bill, and restarts.
            ("make", [what]) if what == "payment" => vec!["pay".to_owned()],
            (_, rest) if rest.iter().all(|word| GENERIC.contains(&word.as_str())) => {
                vec![verb.clone()]
            }
            (_, rest) => {
                rest.iter().filter(|word| !GENERIC.contains(&word.as_str())).cloned().collect()
            }
        };
        Instrument { name: name.to_owned(), verb, object }
    }
}

/// The words of a text in small letters, with the spellings that names of tools have.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace("wi-fi", "wifi").replace("re-seat", "reseat");
    let mut words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(plain).collect();
    if words.iter().any(|word| word == "restart") {
        words.push("reboot".to_owned());
    }
    if words.iter().any(|word| word == "payment") {
        words.push("pay".to_owned());
    }
    words
}

/// Without the ending of several: permissions, permission.
fn plain(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Whether a customer says that it has done something.
pub(super) fn claims(text: &str) -> bool {
    let lower = text.to_lowercase();
    let says =
        ["done", "i did", "i've ", "i have ", "i just ", "it is now", "it's now", "is now o"];
    !text.contains('?')
        && says.iter().any(|words| lower.contains(words))
        && !lower.contains(" not ")
}

/// Whether the agent says that all is well.
pub(super) fn claims_solved(text: &str) -> bool {
    let lower = text.to_lowercase();
    let says = [
        "should now",
        "should work now",
        "now work",
        "is working",
        "resolved",
        "fixed",
        "all set",
        "back to normal",
        "that is everything",
        "that's everything",
        "is done now",
        "solved",
    ];
    says.iter().any(|words| lower.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone() -> Instruments {
        let names = [
            "toggle_airplane_mode",
            "toggle_data",
            "toggle_data_saver_mode",
            "reseat_sim_card",
            "reboot_device",
            "set_apn_settings",
            "reset_apn_settings",
            "toggle_wifi",
            "toggle_wifi_calling",
            "connect_vpn",
            "disconnect_vpn",
            "make_payment",
            "grant_app_permission",
            "set_network_mode_preference",
        ];
        Instruments { tools: names.into_iter().map(Instrument::new).collect() }
    }

    #[test]
    fn an_instruction_is_known_by_what_it_acts_on() {
        let phone = phone();
        for (text, tool) in [
            ("Please turn off airplane mode.", "toggle_airplane_mode"),
            ("Switch your mobile data on, please.", "toggle_data"),
            ("Please turn data saver off.", "toggle_data_saver_mode"),
            ("Take the SIM card out and put it back.", "reseat_sim_card"),
            ("Now restart your phone.", "reboot_device"),
            ("Please disconnect from the VPN.", "disconnect_vpn"),
            ("Turn off Wi-Fi calling.", "toggle_wifi_calling"),
            ("You can pay the bill now.", "make_payment"),
            ("Please reset your APN settings.", "reset_apn_settings"),
            ("Please do this [grant_app_permission].", "grant_app_permission"),
            ("Give the messaging app the permissions it lacks.", "grant_app_permission"),
        ] {
            assert!(phone.asks(text, tool), "{text}");
        }
        for (text, tool) in [
            ("Is airplane mode shown at the top?", "toggle_airplane_mode"),
            ("Please turn data saver off.", "toggle_data"),
            ("Turn off Wi-Fi calling.", "toggle_wifi"),
            ("Please disconnect from the VPN.", "connect_vpn"),
            ("Please reset your APN settings.", "set_apn_settings"),
            ("Anything else?", "reboot_device"),
        ] {
            assert!(!phone.asks(text, tool), "{text}");
        }
    }

    #[test]
    fn what_is_claimed_is_told_from_what_is_asked() {
        assert!(claims("Done, it is off.") && claims("I've restarted it."));
        assert!(!claims("Is it done?") && !claims("I have not found it."));
        assert!(claims_solved("Your data should work now.") && !claims_solved("One moment."));
    }
}
