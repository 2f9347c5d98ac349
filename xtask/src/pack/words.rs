//! What is said of a task: to who plays the customer, in the ticket, and to a person who looks at it.

use super::choice::{Composition, Family};
use super::fault::{Fault, TOO_MUCH};
use super::people::Customer;

/// Where customers are who are abroad.
const ABROAD: [&str; 5] = ["Lisbon", "Osaka", "Vancouver", "Krakow", "Valparaiso"];

/// One of several, by the task's number.
fn pick<const N: usize>(texts: [&'static str; N], turn: usize) -> &'static str {
    texts[turn / 3 % N]
}

fn cuts_data(one: &Composition) -> bool {
    one.faults.iter().any(|fault| fault.cuts_data())
}

fn has(one: &Composition, wanted: Fault) -> bool {
    one.faults.contains(&wanted)
}

/// Why the customer calls.
pub fn reason(one: &Composition, turn: usize) -> &'static str {
    match one.family {
        Family::Service => pick(
            [
                "Your phone has no service today: no call goes out and none comes in. You want it to work again.",
                "You noticed at lunch that your phone is not in any network. You have to be reachable and want it put right.",
                "Since this morning nobody can call you and you cannot call anybody. You want to know what is wrong and have it mended.",
            ],
            turn,
        ),
        Family::Data if cuts_data(one) => pick(
            [
                "The internet on your phone does not work when you are not on Wi-Fi: no page loads. You want it back, at full speed.",
                "Your apps say that there is no connection, and nothing loads. You want mobile internet to work again, as fast as it used to be.",
                "You cannot get anything from the internet on your phone, no maps, no mail. You want that to work again without waiting for every page.",
            ],
            turn,
        ),
        Family::Data => pick(
            [
                "The internet on your phone has become slow: pages take long and videos stop. You want the speed you used to have.",
                "Mobile internet on your phone crawls. You pay for a fast network and want it to be fast.",
                "Since yesterday everything on your phone loads with a delay. You want the internet on it to be fast again.",
            ],
            turn,
        ),
        Family::Mms => pick(
            [
                "Pictures that you send in a message do not go out. You want to be able to send them.",
                "You tried to send your sister a photo as a message, and it failed every time. You want it to work.",
                "Messages with a picture get stuck on your phone. You want to send pictures again.",
            ],
            turn,
        ),
    }
}

/// The trouble as somebody else writes it down.
pub fn trouble(one: &Composition) -> &'static str {
    match one.family {
        Family::Service => "The phone has no service; calls neither go out nor come in.",
        Family::Data if cuts_data(one) => {
            "Mobile internet does not work. It is to work again, at full speed."
        }
        Family::Data => "Mobile internet is slow. It is to be as fast as it was.",
        Family::Mms => "Picture messages do not go out.",
    }
}

/// When it is settled, for the customer.
pub fn content(family: Family) -> &'static str {
    match family {
        Family::Service => {
            "You are content as soon as the status bar of your phone shows a signal, and not before."
        }
        Family::Data => {
            "You are content when a speed test on your phone says \"Excellent\", and not before."
        }
        Family::Mms => {
            "You are content when your phone says that the messaging app can send picture messages, and not before."
        }
    }
}

/// When it is settled, in the ticket.
pub fn settled(family: Family) -> &'static str {
    match family {
        Family::Service => "the status bar shows a signal",
        Family::Data => "a speed test says \"Excellent\"",
        Family::Mms => "the phone says that the messaging app can send picture messages",
    }
}

/// The city in which the customer is, where the task plays abroad.
pub fn city(one: &Composition, turn: usize) -> Option<&'static str> {
    let abroad = one.faults.iter().any(|fault| fault.abroad());
    abroad.then(|| ABROAD[turn % ABROAD.len()])
}

/// US dollars, as a price is written.
fn dollars(amount: f64) -> String {
    format!("${amount:.2}")
}

/// A whole number of gigabytes.
fn gigabytes(amount: f64) -> String {
    format!("{amount:.0} GB")
}

/// What the customer would spend at most: enough for `gigabytes`, not for one more.
fn budget(customer: &Customer, gigabytes: f64) -> String {
    dollars((gigabytes * customer.rate + 0.5).ceil())
}

/// What the customer agrees to, as told to who plays the customer and as written in the ticket. That a
/// sentence stands here does not tell that it is needed: tasks in which no data is used up and no bill
/// unpaid have one too, so that an agent can also do too much.
pub fn consents(one: &Composition, customer: &Customer, turn: usize) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut say = |told: String, written: String| all.push((told, written));
    if one.family == Family::Service {
        if has(one, Fault::UnpaidAsked) {
            say(
                "A few days ago your phone showed a request for a payment, and you put it off. If the agent brings up an unpaid bill, you agree to pay it.".into(),
                "The customer pays bills that are overdue. A request for a payment has been on the phone for some days.".into(),
            );
        } else {
            say(
                "If it turns out that a bill of yours is overdue, you agree to pay it.".into(),
                "The customer pays bills that are overdue.".into(),
            );
        }
        if has(one, Fault::Paused) {
            say(
                "You had this line paused because you were going to be away; the journey was called off, and you did not think of the pause any more. If the agent brings it up, you want the line back.".into(),
                "The customer had the line paused for a journey that was called off, and wants it back.".into(),
            );
        }
        return all;
    }
    let wanted = one.faults.iter().map(|fault| fault.top_up(customer, turn)).sum::<f64>();
    if has(one, Fault::TopUpCap) {
        let (wish, rest) = (gigabytes(TOO_MUCH), "as much as is possible");
        say(
            format!(
                "If the agent finds that your data is used up, you want {wish} more. If that is not possible, you take {rest}; you agree to the price."
            ),
            format!("If the data is used up: {wish} more, or else {rest}, at the plan's price."),
        );
    } else if has(one, Fault::TopUpBudget) {
        let most = budget(customer, wanted);
        say(
            format!(
                "If the agent finds that your data is used up, you want to spend {most} at most, and get as many whole gigabytes for it as there are."
            ),
            format!("If the data is used up: as many whole gigabytes more as {most} buys."),
        );
    } else {
        let amount = if has(one, Fault::TopUp) { wanted } else { (1 + turn % 2) as f64 };
        let (wish, price) = (gigabytes(amount), dollars(amount * customer.rate));
        say(
            format!(
                "If the agent finds that your data is used up, you want {wish} more, and no more than that. You agree to {price} for it."
            ),
            format!("If the data is used up: {wish} more for {price}, and no more than that."),
        );
    }
    if one.faults.iter().any(|fault| fault.abroad()) {
        say(
            "You agree to roaming being switched on.".into(),
            "The customer agrees to roaming.".into(),
        );
    }
    all
}

/// What is wrong, for a person who looks at the task.
pub fn what_is_wrong(fault: Fault) -> &'static str {
    use Fault::*;
    match fault {
        Airplane => "airplane mode is on",
        SimOut => "the SIM card sits badly",
        SimPin => "the SIM card is locked with its PIN",
        SimPuk => "the SIM card is locked with its PUK",
        Apn => "the access point has a wrong name",
        Paused => "the line was paused at the customer's wish",
        Unpaid => "the line is suspended for an unpaid bill",
        UnpaidAsked => {
            "the line is suspended for an unpaid bill, and the payment has been asked for already"
        }
        ContractOver => "the contract of the line has ended",
        RoamPhone => "abroad, roaming is off on the phone",
        RoamLine => "abroad, roaming is off for the line",
        RoamBoth => "abroad, roaming is off on the phone and for the line",
        DataOff => "mobile data is switched off",
        TopUp => "the data of the line is used up",
        TopUpBudget => "the data of the line is used up, and money is limited",
        TopUpCap => {
            "the data of the line is used up, and the customer wants more than can be added"
        }
        Saver => "the data saver is on",
        Mode2g => "the phone uses 2G alone",
        Mode3g => "the phone uses 3G alone",
        Mode4g => "the phone uses 4G alone",
        Vpn => "the VPN's server is slow",
        WifiCalling => "calling over Wi-Fi carries picture messages",
        Mmsc => "the address of the centre for picture messages is missing",
        Storage => "the messaging app may not use the storage",
        Sms => "the messaging app may not use SMS",
        StorageSms => "the messaging app may use neither storage nor SMS",
    }
}
