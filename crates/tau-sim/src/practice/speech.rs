//! How the practice customer puts things: the instruction in the first person, garbled or not.

use super::Chance;

/// Sentences of an instruction that tell what is wanted, in the customer's own voice.
///
/// Directions for the conversation ("If the agent asks ...") and who one is are left out: those are
/// lived or asked for.
pub(super) fn wishes(instruction: &str) -> Vec<String> {
    const DIRECTIONS: [&str; 23] = [
        "if ",
        "when ",
        "say ",
        "do not ",
        "don't ",
        "accept ",
        "tell ",
        "bring up",
        "ask ",
        "then ",
        "only ",
        "after that, if",
        "never ",
        "pretend",
        "try to",
        "you are reactive",
        "your e-mail",
        "your email",
        "your mobile number",
        "your name",
        "your user id",
        "your phone number",
        "your postcode",
    ];
    let mut wishes: Vec<String> = sentences(instruction)
        .into_iter()
        .filter(|sentence| {
            let lower = sentence.to_lowercase();
            !DIRECTIONS.iter().any(|start| lower.starts_with(start))
                && !lower.starts_with("you want nothing else")
                && !lower.starts_with("you do not know")
                && !lower.starts_with("you do not remember")
        })
        .map(|sentence| first_person(&sentence))
        .collect();
    // Who one is comes first in an instruction and is said when asked.
    if wishes.len() > 1 && (wishes[0].starts_with("I am ") || wishes[0].starts_with("My name")) {
        wishes.remove(0);
    }
    wishes
}

/// The sentence with which the customer begins.
pub(super) fn opening(instruction: &str) -> String {
    let wishes = wishes(instruction);
    let wanting =
        ["want", "would like", "wish", "need", "ask", "call for", "cancel", "return", "exchange"];
    wishes
        .iter()
        .find(|wish| {
            let lower = wish.to_lowercase();
            !lower.contains("not want") && wanting.iter().any(|word| lower.contains(word))
        })
        .or(wishes.first())
        .cloned()
        .unwrap_or_else(|| "I need help with my account.".to_owned())
}

pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        current.push(letter);
        let ends = ".!?".contains(letter) && letters.peek().is_none_or(|next| next.is_whitespace());
        if ends {
            found.push(current.trim().to_owned());
            current.clear();
        }
    }
    if !current.trim().is_empty() {
        found.push(current.trim().to_owned());
    }
    found.retain(|sentence| sentence.len() > 1);
    found
}

/// Turns "you want your order" into "I want my order".
pub(super) fn first_person(sentence: &str) -> String {
    let mut spoken: Vec<String> = Vec::new();
    for word in sentence.split_whitespace() {
        let core = word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '\'');
        let after_preposition = spoken.last().is_some_and(|last| {
            [
                "for", "to", "with", "of", "from", "gave", "gives", "told", "tells", "tell",
                "give", "let", "sent", "help", "suits", "called", "about",
            ]
            .contains(&last.to_lowercase().as_str())
        });
        let after_i = spoken.last().is_some_and(|last| last == "I");
        let changed = match core.to_lowercase().as_str() {
            "you" if after_preposition => "me",
            "you" => "I",
            "your" if spoken.is_empty() => "My",
            "your" => "my",
            "yours" => "mine",
            "yourself" => "myself",
            "you're" => "I'm",
            "you've" => "I've",
            "you'd" => "I'd",
            "you'll" => "I'll",
            "are" if after_i => "am",
            "were" if after_i => "was",
            _ => core,
        };
        spoken.push(if core.is_empty() {
            word.to_owned()
        } else {
            word.replacen(core, changed, 1)
        });
    }
    spoken.join(" ").replace("the agent", "you")
}

/// Drops and shuffles words: `share` of 0 leaves the text alone.
pub(super) fn scrambled(text: &str, share: f64, chance: Chance, turn: usize) -> String {
    if share <= 0.0 {
        return text.to_owned();
    }
    let mut words: Vec<&str> = text
        .split_whitespace()
        .enumerate()
        .filter(|(index, _)| !chance.happens(&format!("drop {turn} {index}"), share * 0.8))
        .map(|(_, word)| word)
        .collect();
    for index in (1..words.len()).rev() {
        if chance.happens(&format!("move {turn} {index}"), share) {
            words.swap(index, chance.pick(&format!("whither {turn} {index}"), index));
        }
    }
    const ASIDES: [&str; 4] = ["the thing", "well no", "my cousin said", "and then"];
    let aside = ASIDES[chance.pick(&format!("aside {turn}"), ASIDES.len())];
    if chance.happens(&format!("aside? {turn}"), share) {
        words.insert(words.len() / 2, aside);
    }
    if words.is_empty() { aside.to_owned() } else { words.join(" ") }
}

/// Cuts a value in pieces.
pub(super) fn in_pieces(value: &str, chance: Chance, what: &str) -> String {
    let letters: Vec<char> = value.chars().collect();
    if letters.len() < 3 {
        return "the one, you know".to_owned();
    }
    let cut = 1 + chance.pick(&format!("cut {what}"), letters.len() - 2);
    let (head, tail): (String, String) =
        (letters[..cut].iter().collect(), letters[cut..].iter().collect());
    format!("{head} um, no, the {tail}")
}

/// Two neighbouring digits change places; `None` when that would change nothing.
pub(super) fn digits_swapped(value: &str, chance: Chance, what: &str) -> Option<String> {
    let mut letters: Vec<char> = value.chars().collect();
    let places: Vec<usize> = (1..letters.len())
        .filter(|place| {
            let (left, right) = (letters[place - 1], letters[*place]);
            left.is_ascii_digit() && right.is_ascii_digit() && left != right
        })
        .collect();
    let place = *places.get(chance.pick(&format!("swap {what}"), places.len()))?;
    letters.swap(place - 1, place);
    Some(letters.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instruction_is_told_in_the_first_person_without_its_directions() {
        let instruction = "You are Ann Lee. You want your fee taken off because you were ill. \
            If the agent refuses, ask again. They gave you the wrong one.";
        assert_eq!(
            wishes(instruction),
            ["I want my fee taken off because I was ill.", "They gave me the wrong one."]
        );
        assert_eq!(opening(instruction), "I want my fee taken off because I was ill.");
    }

    #[test]
    fn garbling_is_the_same_for_the_same_seed() {
        let text = "I want to return the kettle from my last order";
        let once = scrambled(text, 0.6, Chance(3), 1);
        assert_eq!(once, scrambled(text, 0.6, Chance(3), 1));
        assert_ne!(once, text);
        assert_eq!(scrambled(text, 0.0, Chance(3), 1), text);
    }

    #[test]
    fn a_value_in_pieces_is_no_value() {
        assert!(!in_pieces("#W2378156", Chance(1), "x").contains("#W2378156"));
        assert_eq!(digits_swapped("aa11", Chance(1), "x"), None);
        assert_eq!(digits_swapped("12", Chance(1), "x").as_deref(), Some("21"));
    }
}
