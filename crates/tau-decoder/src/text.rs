//! Words to tokens and back, and conversations to prompts, all from what the GGUF file carries.
//!
//! Two kinds of tokenizer are understood: byte-level BPE (`gpt2`: SmolLM, Qwen, Llama 3) and
//! SentencePiece's BPE (`llama`: Llama 2, Gemma). Which splitting rules belong to a byte-level
//! file is said by `tokenizer.ggml.pre`; a name that is not known is refused, because the wrong
//! rules give tokens the model has hardly seen, and nobody would notice.

mod bytes;
mod pieces;
mod rules;
mod special;
mod stream;
mod template;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::Path;

use tokenizers::Tokenizer;

use self::pieces::Pieces;
use self::special::Specials;
pub use self::stream::TextStream;
use self::template::Template;
use crate::DecoderError;
use crate::file::{Gguf, whole};

/// The tokenizer and the chat template of one model file.
#[derive(Debug)]
pub struct Text {
    model: Model,
    tokens: Vec<String>,
    kinds: Vec<Kind>,
    specials: Specials,
    template: Option<Template>,
    /// The token that begins every prompt, where the file wants one.
    start: Option<u32>,
    ends: BTreeSet<u32>,
}

#[derive(Debug)]
enum Model {
    /// Byte-level BPE: tokens are spelled in a printable alphabet of 256 letters.
    Bytes(Box<Tokenizer>),
    /// SentencePiece BPE: tokens are spelled as they are, with a mark for the space.
    Pieces(Pieces),
}

/// What a token is, as GGUF numbers it (`tokenizer.ggml.token_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Normal,
    Unknown,
    /// Has a meaning and no text: the start of a turn, the end of a reply.
    Control,
    /// A text that is always one token.
    User,
    Unused,
    Byte,
}

impl Kind {
    fn numbered(n: u64) -> Kind {
        match n {
            2 => Kind::Unknown,
            3 => Kind::Control,
            4 => Kind::User,
            5 => Kind::Unused,
            6 => Kind::Byte,
            _ => Kind::Normal,
        }
    }
}

/// Tokens that end a reply in the supported families, beside those that the file names by key.
const ENDS: [&str; 7] = [
    "<|im_end|>",
    "<|endoftext|>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|end_of_text|>",
    "<end_of_turn>",
    "</s>",
];

impl Text {
    /// Reads tokenizer and template from a GGUF file.
    ///
    /// # Errors
    /// When the file is damaged, or its tokenizer is of a kind that is not known here.
    pub fn open(path: &Path) -> Result<Text, DecoderError> {
        Text::read(&Gguf::open(path)?)
    }

    pub(crate) fn read(gguf: &Gguf) -> Result<Text, DecoderError> {
        let tokens = strings(gguf, "tokenizer.ggml.tokens")?;
        let kinds: Vec<Kind> = match gguf.list("tokenizer.ggml.token_type") {
            Some(list) => {
                list.iter().map(|v| whole(v).map_or(Kind::Normal, Kind::numbered)).collect()
            }
            None => vec![Kind::Normal; tokens.len()],
        };
        if kinds.len() != tokens.len() || tokens.is_empty() {
            return Err(gguf.damaged("its lists of tokens differ in length"));
        }
        let (model, starts) = match gguf.text("tokenizer.ggml.model") {
            Some("gpt2") => {
                let rules = rules::named(gguf.text("tokenizer.ggml.pre"))?;
                let merges = strings(gguf, "tokenizer.ggml.merges")?;
                (Model::Bytes(Box::new(rules.tokenizer(&tokens, merges)?)), rules.starts)
            }
            Some("llama") => (Model::Pieces(Pieces::read(gguf, &tokens, &kinds)?), true),
            other => {
                return Err(DecoderError::Unsupported(format!(
                    "its tokenizer is of the kind {other:?}. Known are \"gpt2\" (byte-level BPE) \
                     and \"llama\" (SentencePiece)."
                )));
            }
        };
        let known = |id: u64| usize::try_from(id).ok().filter(|i| *i < tokens.len());
        let id = |key: &str| Some(known(gguf.number(key)?)? as u32);
        let mut ends: BTreeSet<u32> =
            ["eos", "eot", "eom"].iter().filter_map(|k| id(&key(k))).collect();
        let named = tokens.iter().zip(&kinds).enumerate();
        ends.extend(
            named
                .filter(|(_, (t, k))| **k != Kind::Normal && ENDS.contains(&t.as_str()))
                .map(|(i, _)| i as u32),
        );
        let text_of = |id: Option<u32>| id.map(|i| tokens[i as usize].clone()).unwrap_or_default();
        let start = id(&key("bos"));
        let wants = gguf.flag("tokenizer.ggml.add_bos_token").unwrap_or(starts);
        let template = gguf
            .text("tokenizer.chat_template")
            .map(|source| Template::read(source, &text_of(start), &text_of(id(&key("eos")))))
            .transpose()?;
        Ok(Text {
            specials: Specials::new(&tokens, &kinds),
            model,
            template,
            start: start.filter(|_| wants),
            ends,
            tokens,
            kinds,
        })
    }

    /// The tokens of a plain text. Nothing in it is taken for the start or end of a turn.
    ///
    /// # Errors
    /// When the tokenizer fails.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>, DecoderError> {
        self.tokens_of(text, |kind| kind == Kind::User)
    }

    /// The tokens of a text in which control tokens may be spelled out, as templates do.
    ///
    /// # Errors
    /// When the tokenizer fails.
    pub fn encode_prompt(&self, text: &str) -> Result<Vec<u32>, DecoderError> {
        let mut ids = self.tokens_of(text, |kind| kind != Kind::Unused)?;
        // Many templates write the first token themselves.
        if let Some(start) = self.start
            && ids.first() != Some(&start)
        {
            ids.insert(0, start);
        }
        Ok(ids)
    }

    /// The prompt of a conversation of (role, content), roles `system`, `user` and `assistant`.
    /// With `add_generation_prompt` it ends where the assistant's next message begins. Where the
    /// template has no place for the system's message, that goes before the first user's. A
    /// control token spelled out in a message stays text.
    ///
    /// # Errors
    /// When the file has no template, or the template refuses the order of roles.
    pub fn chat(
        &self,
        messages: &[(&str, &str)],
        add_generation_prompt: bool,
    ) -> Result<Vec<u32>, DecoderError> {
        let template = self.template.as_ref().ok_or_else(|| {
            DecoderError::Template(
                "the file has none. Choose a model made for conversation (\"instruct\").".into(),
            )
        })?;
        let messages: Vec<(&str, String)> =
            messages.iter().map(|(role, text)| (*role, self.specials.defused(text))).collect();
        self.encode_prompt(&template.render(&messages, add_generation_prompt)?)
    }

    /// The text of tokens. Bytes that form no character become the replacement character; control
    /// tokens have no text.
    pub fn decode(&self, ids: &[u32]) -> String {
        let mut bytes = Vec::new();
        for id in ids {
            self.spell(*id, &mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Decodes token by token without tearing characters apart.
    pub fn stream(&self) -> TextStream<'_> {
        TextStream::new(self)
    }

    /// Whether this token ends a reply.
    pub fn is_end(&self, id: u32) -> bool {
        self.ends.contains(&id)
    }

    /// SHA-256 of the chat template, lower-case hexadecimal; `None` when the file has none.
    pub fn template_sha256(&self) -> Option<&str> {
        self.template.as_ref().map(|t| t.sha256.as_str())
    }

    /// Number of tokens the tokenizer knows.
    pub fn vocabulary(&self) -> usize {
        self.tokens.len()
    }

    /// Appends the bytes of one token.
    fn spell(&self, id: u32, bytes: &mut Vec<u8>) {
        let Some(token) = self.tokens.get(id as usize) else { return };
        match (self.kinds[id as usize], &self.model) {
            (Kind::Control | Kind::Unknown, _) => {}
            (Kind::User, _) => bytes.extend_from_slice(token.as_bytes()),
            (_, Model::Bytes(_)) => bytes::spelled(token, bytes),
            (kind, Model::Pieces(_)) => pieces::spelled(token, kind, bytes),
        }
    }

    fn tokens_of(
        &self,
        text: &str,
        whole: impl Fn(Kind) -> bool,
    ) -> Result<Vec<u32>, DecoderError> {
        let mut ids = Vec::new();
        for part in self.specials.split(text, |id| whole(self.kinds[id as usize])) {
            match part {
                special::Part::Token(id) => ids.push(id),
                special::Part::Text(text) => match &self.model {
                    Model::Bytes(tokenizer) => {
                        let encoded = tokenizer
                            .encode_fast(text, false)
                            .map_err(|e| DecoderError::Tokenizer(e.to_string()))?;
                        ids.extend_from_slice(encoded.get_ids());
                    }
                    Model::Pieces(pieces) => pieces.encode(text, &mut ids),
                },
            }
        }
        Ok(ids)
    }
}

fn key(token: &str) -> String {
    format!("tokenizer.ggml.{token}_token_id")
}

fn strings(gguf: &Gguf, key: &str) -> Result<Vec<String>, DecoderError> {
    let list = gguf.list(key).ok_or_else(|| gguf.damaged(format!("{key} is missing")))?;
    list.iter()
        .map(|v| v.to_string().cloned().map_err(|_| gguf.damaged(format!("{key} is no text"))))
        .collect()
}
