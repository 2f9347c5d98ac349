//! The small conversation around each line that is measured, and lines that have nothing to do with any
//! trait.
//!
//! Directions, strengths and read-outs are all taken in the same frame: a system message, one message
//! of the agent, and the customer's line as the model's own reply. Steering starts at the last token
//! of the prompt, the one from which the reply's first token is predicted, and goes on to the end:
//! what the customer read before is not painted over.

use sha2::{Digest, Sha256};

/// What the model is told around each measured line.
pub const FRAME: &str = "You are the customer in a conversation with a company's support. \
    Write your next message, one or two short sentences, as that customer.";

/// An agent's message and a customer's answer that shows no trait.
pub type Neutral = (&'static str, &'static str);

/// The lines by which the damage of steering is measured while strengths are chosen, and whose
/// residual norms are the unit of strength.
pub const NEUTRAL: [Neutral; 10] = [
    (
        "Hello, what can I do for you?",
        "Hi, I have a question about an order that I placed on Tuesday.",
    ),
    ("May I have your full name?", "It is Laura Bennett, and the account is under the same name."),
    ("Which item is it about?", "It is the green backpack, the one with two side pockets."),
    ("Where would you like it delivered?", "Please send it to 14 Maple Street in Portland."),
    (
        "Which flight did you book?",
        "The one from Denver to Seattle that leaves at nine in the morning.",
    ),
    ("How did you pay for it?", "I paid with the credit card that is stored in my account."),
    ("What does the screen show?", "It shows the home page with three icons at the bottom."),
    ("When would the appointment suit you?", "Thursday afternoon works for me, after two."),
    (
        "Is there anything else I can help with?",
        "Yes, I would also like to change my phone number.",
    ),
    ("I have sent you the confirmation.", "I received it, and the date and the address are right."),
];

/// Further such lines, by which the damage is checked once strengths have been chosen.
pub const NEUTRAL_CHECK: [Neutral; 8] = [
    (
        "Thank you for waiting. How can I help?",
        "I would like to book a room for two nights in May.",
    ),
    ("What is the number on the ticket?", "The number on the ticket is 48213."),
    ("Which size did you order?", "I ordered a large, and the box says medium."),
    ("Who is the second passenger?", "The second passenger is my brother, and his name is Paul."),
    ("Which plan are you on at the moment?", "I am on the basic plan with ten gigabytes a month."),
    ("Would you like a refund or a new one?", "A new one in the same color would be fine."),
    ("What kind of doctor would you like to see?", "I would like to see a doctor for my knee."),
    (
        "Should I keep the old address as well?",
        "You can remove the old one, since we moved last month.",
    ),
];

/// SHA-256 of the frame and its neutral lines, in hex. Measurements in different frames do not compare.
pub fn frame_sha256() -> String {
    let mut hash = Sha256::new();
    hash.update(FRAME);
    for (agent, line) in NEUTRAL.iter().chain(&NEUTRAL_CHECK) {
        hash.update([0]);
        hash.update(agent);
        hash.update([0]);
        hash.update(line);
    }
    hex::encode(hash.finalize())
}
