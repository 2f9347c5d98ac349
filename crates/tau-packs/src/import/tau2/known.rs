//! What the texts of the releases that this product was held against look like: their fingerprints. A text that
//! is none of them is kept and named, because figures under it do not compare with others.
//!
//! The first 16 hex digits of the SHA-256, of v0.1.2, 0.2.x and 1.0.1 (research/tau2.md, 1.7, 4.1, 5.5).

use tau_toolkits::{Definition, sha256};

/// The texts of wording, each with every version it has had.
const WORDING: [(&str, &[&str]); 6] = [
    ("agent", &["e00faa515230c864"]),
    ("plan", &["a3384399bf024696"]),
    ("greeting", &["271973d4979a0bdf"]),
    ("judge", &["994b7abd2d3d869a"]),
    ("user", &["05f4f48e5beefcb5", "740a29dfa64d7bc0"]),
    ("user_tools", &["7b0cdb574909a15b", "cbf3d8a4d8642fd0"]),
];

/// The policies: with a customer, and alone.
const POLICIES: [(&str, &str, Option<&str>); 5] = [
    ("airline", "10dc052542152120", None),
    ("retail", "2c9652afbce57d6e", None),
    ("mock", "50ccbefac7c9ba77", Some("2608375977bdeedd")),
    ("telecom", "065b48503bf78015", Some("71b10d43f320b792")),
    ("telecom-workflow", "4713ad7b8c70d176", Some("9425f99b3392be03")),
];

/// The names of a domain's texts that are none of those that are known.
pub(super) fn strange(definition: &Definition) -> Vec<String> {
    let wording = &definition.wording;
    let text = |name: &str| match name {
        "agent" => Some(&wording.agent),
        "plan" => wording.plan.as_ref().map(|plan| &plan.instruction),
        "greeting" => Some(&wording.greeting),
        "judge" => wording.judge.as_ref(),
        "user" => Some(&wording.user),
        _ => wording.user_tools.as_ref(),
    };
    let mut strange: Vec<String> = WORDING
        .iter()
        .filter(|(name, known)| text(name).is_some_and(|text| !is_one(text, known)))
        .map(|(name, _)| format!("wording {name}"))
        .collect();
    let name = definition.domain.name();
    let Some((_, policy, alone)) = POLICIES.iter().find(|(known, ..)| *known == name) else {
        return strange;
    };
    if !is_one(&definition.policy, &[policy]) {
        strange.push("policy".to_owned());
    }
    if let (Some(text), Some(alone)) = (&definition.solo_policy, alone)
        && !is_one(text, &[alone])
    {
        strange.push("policy alone".to_owned());
    }
    strange
}

/// Whether a text of wording is one that a known release has.
pub(crate) fn is_known_wording(name: &str, text: &str) -> bool {
    WORDING.iter().any(|(known, all)| *known == name && is_one(text, all))
}

fn is_one(text: &str, known: &[&str]) -> bool {
    let fingerprint = sha256(text);
    known.iter().any(|known| fingerprint.starts_with(known))
}
