//! What keeps a trait from being saved, and what would make it better.

use std::collections::HashSet;

use tau_traits::meter::Markers;
use tau_traits::{LEVEL_NAMES, Trait, TraitSet, read_trait, write_trait};

use super::draft::made;
use crate::types::{FieldProblem, PairDraft, TraitCheck, TraitDraft};

/// Longest name, in letters.
const LONGEST_NAME: usize = 60;
/// Longest text of any field, in letters.
const LONGEST_TEXT: usize = 2_000;
/// Most pairs.
const MOST_PAIRS: usize = 400;
/// Where directions of a small model stop changing as pairs are added; measured on SmolLM2-135M, where
/// the direction of 12 pairs has a cosine of 0.95 to that of 20.
const ENOUGH_PAIRS: usize = 12;
/// Answers with the trait that are this much longer or shorter on average give it away by length.
const LENGTHS_APART: f64 = 1.3;

/// What a person is told whose words do not occur in their own lines.
const UNREADABLE: &str = "The trait meter cannot tell the levels apart by these words: the lines of the \
    higher levels do not hold more of them than those of the lower. Add words that they do hold.";

/// Everything that is to be said of a draft.
pub(super) fn check(draft: &TraitDraft, set: &TraitSet) -> TraitCheck {
    let mut problems = Problems::default();
    problems.whose(draft, set);
    problems.text(
        "description",
        &draft.description,
        "Say in a sentence what such customers are like.",
    );
    problems.text("customers", &draft.customers, "");
    problems.levels(draft);
    problems.pairs(draft);
    let mut advice = advice(draft);
    if problems.0.is_empty() {
        // What the form cannot know, the file's own reader does.
        let whole = made(draft, "draft".to_owned(), set.get(&draft.id), set);
        if !draft.words.is_empty() && !Markers::new(&whole).tell_levels_apart() {
            advice.insert(0, UNREADABLE.to_owned());
        }
        if let Err(error) = read_trait(&write_trait(&whole)) {
            error.problems.into_iter().for_each(|message| problems.add("", message));
        }
    }
    TraitCheck { problems: problems.0, advice }
}

#[derive(Default)]
struct Problems(Vec<FieldProblem>);

impl Problems {
    fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldProblem { field: field.to_owned(), message: message.into() });
    }

    /// A text that may be empty when nothing is said about its missing.
    fn text(&mut self, field: &str, text: &str, missing: &str) {
        let letters = text.trim().chars().count();
        if letters == 0 && !missing.is_empty() {
            self.add(field, missing);
        } else if letters > LONGEST_TEXT {
            self.add(field, format!("This is longer than {LONGEST_TEXT} letters. Shorten it."));
        }
    }

    /// The id and the name, which are nobody else's.
    fn whose(&mut self, draft: &TraitDraft, set: &TraitSet) {
        match set.get(&draft.id) {
            _ if draft.id.is_empty() => {}
            Some(known) if !known.own => self.add("id", format!(
                "{} comes with the app and stays as it is. Save a copy under a name of your own.",
                known.name
            )),
            Some(_) => {}
            None => self.add("id", "This trait is not there any more. Save it as a new one."),
        }
        let name = draft.name.trim();
        let same =
            |each: &&Trait| each.id != draft.id && each.name.to_lowercase() == name.to_lowercase();
        match name.chars().count() {
            0 => self.add("name", "Give the trait a name."),
            letters if letters > LONGEST_NAME => {
                self.add(
                    "name",
                    format!("The name is longer than {LONGEST_NAME} letters. Shorten it."),
                );
            }
            _ => {
                if let Some(other) = set.iter().find(same) {
                    self.add("name", format!(
                    "There is a trait called {} already. Choose another name, so that the two can be told apart.",
                    other.name
                ));
                }
            }
        }
    }

    fn levels(&mut self, draft: &TraitDraft) {
        for (place, title) in LEVEL_NAMES.iter().skip(1).enumerate() {
            let Some(level) = draft.levels.get(place) else {
                let missing = "Describe the four levels Slight, Clear, Strong and Extreme.";
                return self.add("levels", missing);
            };
            let at = |part: &str| format!("levels.{place}.{part}");
            let missing = format!("Say what to expect of such a customer at {title}.");
            self.text(&at("sentence"), &level.sentence, &missing);
            let missing = format!("Write a line that such a customer would say at {title}.");
            self.text(&at("example"), &level.example, &missing);
            self.text(&at("prompt"), &level.prompt, "");
            self.text(&at("reminder"), &level.reminder, "");
        }
    }

    fn pairs(&mut self, draft: &TraitDraft) {
        for (place, pair) in draft.pairs.iter().enumerate().take(MOST_PAIRS) {
            let at = |part: &str| format!("pairs.{place}.{part}");
            let missing = "Say what the agent said, or remove the pair.";
            self.text(&at("agent"), &pair.agent, missing);
            let missing = "Write the answer with much of the trait, or remove the pair.";
            self.text(&at("more"), &pair.more, missing);
            let missing = "Write the same answer without the trait, or remove the pair.";
            self.text(&at("less"), &pair.less, missing);
            if !pair.more.trim().is_empty() && pair.more.trim() == pair.less.trim() {
                let same = "Both answers are the same. Write this one without the trait.";
                self.add(&at("less"), same);
            }
        }
        if draft.pairs.len() > MOST_PAIRS {
            self.add(
                "pairs",
                format!("There are more than {MOST_PAIRS} pairs. Keep the best of them."),
            );
        }
    }
}

fn advice(draft: &TraitDraft) -> Vec<String> {
    let mut advice = Vec::new();
    let pairs: Vec<&PairDraft> = draft.pairs.iter().filter(|pair| is_whole(pair)).collect();
    if draft.words.iter().all(|word| word.trim().is_empty()) {
        advice.push("Without words that show it, the trait meter cannot read it. List a few words and phrases.".to_owned());
    }
    let sentences: HashSet<String> =
        draft.levels.iter().map(|level| level.sentence.trim().to_lowercase()).collect();
    if sentences.len() < draft.levels.len() && !sentences.contains("") {
        advice.push("Two levels have the same sentence, so that moving the slider between them does nothing.".to_owned());
    }
    match pairs.len() {
        0 => advice.push("Without pairs of answers, models that are told in words can play this trait, and models that are steered on this computer cannot.".to_owned()),
        few if few < ENOUGH_PAIRS => advice.push(format!(
            "{few} pairs make a weak direction for steering on this computer. With {ENOUGH_PAIRS} or more it is steady."
        )),
        _ => {}
    }
    if pairs.len() > 1 {
        let words = |text: &str| text.split_whitespace().count() as f64;
        let mean = |side: fn(&PairDraft) -> &str| {
            pairs.iter().map(|pair| words(side(pair))).sum::<f64>() / pairs.len() as f64
        };
        let (more, less) = (mean(|pair| &pair.more), mean(|pair| &pair.less));
        if more > less * LENGTHS_APART || less > more * LENGTHS_APART {
            advice.push(format!(
                "Answers with the trait have {more:.0} words on average and those without it {less:.0}: a direction made of them would be one of length. Make them alike."
            ));
        }
        let asked: HashSet<&str> = pairs.iter().map(|pair| pair.agent.trim()).collect();
        if asked.len() * 2 < pairs.len() {
            advice.push("Many pairs answer the same thing. Vary what the agent says, so that the direction is not one of the topic.".to_owned());
        }
    }
    advice
}

fn is_whole(pair: &PairDraft) -> bool {
    [&pair.agent, &pair.more, &pair.less].iter().all(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::draft::tests::form;
    use super::*;

    fn fields(draft: &TraitDraft) -> Vec<String> {
        let checked = check(draft, TraitSet::shipped());
        checked.problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_whole_draft_has_no_problems_and_what_is_missing_is_said_at_its_field() {
        assert_eq!(fields(&form()), Vec::<String>::new());
        let mut half = form();
        half.name = "Impatience".into();
        half.description = " ".into();
        half.levels[2].sentence = String::new();
        half.levels[3].example = String::new();
        half.pairs[1].less = half.pairs[1].more.clone();
        let expected =
            ["name", "description", "levels.2.sentence", "levels.3.example", "pairs.1.less"];
        assert_eq!(fields(&half), expected);
        half.levels.truncate(2);
        assert!(fields(&half).contains(&"levels".to_owned()));
        let shipped = TraitDraft { id: "impatience".into(), ..form() };
        assert_eq!(fields(&shipped), ["id"]);
    }

    #[test]
    fn advice_names_what_would_spoil_a_direction() {
        let told = |draft: &TraitDraft| check(draft, TraitSet::shipped()).advice.join("\n");
        assert!(told(&form()).contains("10 pairs make a weak direction"));
        let mut better = form();
        better.pairs.extend(form().pairs);
        assert_eq!(told(&better), "");
        let unheard = TraitDraft { words: vec!["kettle".into()], ..better.clone() };
        assert!(told(&unheard).contains("cannot tell the levels apart"));
        for pair in &mut better.pairs {
            pair.more = pair.more.repeat(3);
            pair.agent = "And?".into();
        }
        better.words.clear();
        let advice = told(&better);
        for part in ["one of length", "the same thing", "trait meter"] {
            assert!(advice.contains(part), "{part}: {advice}");
        }
    }
}
