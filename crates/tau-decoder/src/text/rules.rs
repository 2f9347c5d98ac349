//! How byte-level tokenizers cut a text into words before merging. The names are those of
//! `tokenizer.ggml.pre`, the patterns those of the models' own tokenizer files; which name means
//! which pattern is as in `llama.cpp` (`llama-vocab.cpp`).

use tokenizers::Tokenizer;
use tokenizers::models::bpe::{BPE, Vocab};
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::digits::Digits;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::tokenizer::SplitDelimiterBehavior;

use crate::DecoderError;

const QWEN2: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const LLAMA3: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// The splitting rules of one family of tokenizers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rules {
    cut: Cut,
    /// A word that is itself a token is taken whole, without merging.
    whole_words: bool,
    /// Prompts begin with a start token unless the file says otherwise.
    pub starts: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// GPT-2's words.
    Gpt2,
    /// Every digit alone, then GPT-2's words.
    SingleDigits,
    Pattern(&'static str),
}

/// The rules with this name.
pub(super) fn named(name: Option<&str>) -> Result<Rules, DecoderError> {
    let rules = |cut, whole_words, starts| Rules { cut, whole_words, starts };
    Ok(match name {
        Some("gpt-2" | "phi-2") => rules(Cut::Gpt2, false, false),
        Some("smollm") => rules(Cut::SingleDigits, false, false),
        Some("qwen2" | "deepseek-r1-qwen") => rules(Cut::Pattern(QWEN2), false, false),
        Some("llama3" | "llama-v3" | "llama-bpe" | "falcon3") => {
            rules(Cut::Pattern(LLAMA3), true, true)
        }
        Some(other) => {
            return Err(DecoderError::Unsupported(format!(
                "its tokenizer cuts words by the rules {other:?}, which are not known here. Known \
                 are gpt-2, smollm, qwen2 and llama-bpe."
            )));
        }
        None => {
            return Err(DecoderError::Unsupported(
                "the file does not say by which rules its tokenizer cuts words \
                 (tokenizer.ggml.pre). Choose a newer file of the model."
                    .into(),
            ));
        }
    })
}

impl Rules {
    /// A tokenizer of these rules. Tokens that stand whole are not its business.
    pub fn tokenizer(
        self,
        tokens: &[String],
        merges: Vec<String>,
    ) -> Result<Tokenizer, DecoderError> {
        let failed = |e: tokenizers::Error| DecoderError::Tokenizer(e.to_string());
        let vocabulary: Vocab =
            tokens.iter().enumerate().map(|(i, t)| (t.clone(), i as u32)).collect();
        let merges = merges
            .iter()
            .map(|m| {
                let pair = m.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned()));
                pair.ok_or_else(|| DecoderError::Tokenizer(format!("{m:?} is no pair to merge")))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let model = BPE::builder()
            .vocab_and_merges(vocabulary, merges)
            .ignore_merges(self.whole_words)
            .build()
            .map_err(failed)?;
        let mut tokenizer = Tokenizer::new(model);
        tokenizer.with_pre_tokenizer(Some(self.cut.steps().map_err(failed)?));
        Ok(tokenizer)
    }
}

impl Cut {
    fn steps(self) -> Result<PreTokenizerWrapper, tokenizers::Error> {
        // No space is put before the text; the byte-level step cuts words itself or leaves that to
        // the pattern before it.
        let letters = |cuts| PreTokenizerWrapper::from(ByteLevel::new(false, true, cuts));
        let first = match self {
            Cut::Gpt2 => return Ok(letters(true)),
            Cut::SingleDigits => {
                return Ok(Sequence::new(vec![Digits::new(true).into(), letters(true)]).into());
            }
            Cut::Pattern(pattern) => pattern,
        };
        let pattern = SplitPattern::Regex(first.to_owned());
        let split = Split::new(pattern, SplitDelimiterBehavior::Isolated, false)?;
        Ok(Sequence::new(vec![split.into(), letters(false)]).into())
    }
}
