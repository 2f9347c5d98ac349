//! What voices are asked to say when nobody gives them a conversation: everyday matters of our own, one
//! thing that is wanted and one thing that the agent has just said.

/// A matter and the agent's last line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Situation {
    /// What the customer knows and wants, as a task tells it.
    pub matter: &'static str,
    /// What the agent said.
    pub agent: &'static str,
}

/// Ten of them, from different trades: enough for an interval, and no trait is asked for by the
/// matter itself.
pub(super) const SITUATIONS: [Situation; 10] = [
    Situation {
        matter: "You ordered a desk lamp last week and want to know when it will arrive. Your order number is W4471.",
        agent: "Thank you for getting in touch. Could you tell me your order number, please?",
    },
    Situation {
        matter: "You want to move your flight from Friday to Saturday. Your booking code is KTR92M.",
        agent: "I can look into that. A change to Saturday costs 40 dollars. Would you like me to go ahead?",
    },
    Situation {
        matter: "Your internet connection has been down since this morning. Your customer number is 50318.",
        agent: "I see no fault in your area. Have you already restarted the router?",
    },
    Situation {
        matter: "You want to book an appointment with a skin doctor for next week. You are insured with Nordlicht.",
        agent: "The next free appointment is on Thursday at half past nine. Does that suit you?",
    },
    Situation {
        matter: "You were charged twice for one coffee machine and want one charge back.",
        agent: "I have found both charges. A refund takes five to seven working days. Shall I start it?",
    },
    Situation {
        matter: "You forgot the password of your online account. Your address is on file.",
        agent: "I have sent you a link to choose a new password. Have you received it?",
    },
    Situation {
        matter: "You want to return a jacket that is too small and get the next larger size.",
        agent: "We have the larger size in green, but no longer in blue. Would green be all right?",
    },
    Situation {
        matter: "You want to cancel your gym membership at the end of the month.",
        agent: "Your contract runs until the end of June. I can offer you a pause until then. What do you think?",
    },
    Situation {
        matter: "You need an invoice with your company's name for a hotel stay in March.",
        agent: "Gladly. Which name and address should be on the invoice?",
    },
    Situation {
        matter: "Your parcel is shown as delivered, but you do not have it. It was to go to Mill Lane 8.",
        agent: "The driver notes that it was left with a neighbour. Could you ask there first?",
    },
];

/// What a customer who is to answer an agent said first.
pub(super) const OPENING: &str = "Hello, I need help with something.";
