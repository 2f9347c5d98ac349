//! The formats in which models are asked, behind one face.
//!
//! A dialect turns a [`ChatRequest`] into a body and an answer into a reply. It knows nothing of
//! addresses, keys, retries and limits: those are the same for all ([`crate::JsonApi`]).

use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};
use tau_domain::Message;

use crate::{ChatReply, ChatRequest, Finish, anthropic, bedrock, gemini, outside, responses, wire};

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// OpenAI's chat completions.
    ChatCompletions,
    /// The same as Mistral speaks it: the seed has another name.
    Mistral,
    /// OpenAI's Responses.
    Responses,
    /// Anthropic's Messages.
    Anthropic,
    /// The same behind Vertex AI: the model is in the path, the version in the body.
    AnthropicOnVertex,
    /// Gemini's `generateContent`.
    Gemini,
    /// Bedrock's Converse.
    Bedrock,
    /// Our own, for somebody's own agent.
    Outside,
}

/// What a model does not take, as its provider has said. Kept for the process, so that it is asked
/// wrongly once and not with every message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unsupported {
    pub(crate) temperature: bool,
    pub(crate) seed: bool,
    /// `max_tokens` goes by the name `max_completion_tokens`.
    pub(crate) max_tokens: bool,
    /// It is asked over Responses.
    pub(crate) chat_completions: bool,
    /// Traces of thinking are not sent back: they hold for one account and one conversation as it was.
    pub(crate) echoes: bool,
}

/// An answer, read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) reply: ChatReply,
    /// Input tokens that the provider had read before and charges less for; part of the input tokens.
    pub(crate) cached_tokens: u64,
    /// What the provider says about withholding an answer; empty where it does not say.
    pub(crate) withheld: String,
}

/// A model in a provider's list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedModel {
    /// The name by which it is asked for.
    pub id: String,
    /// The name for people, where the provider gives one.
    pub name: Option<String>,
    /// How many tokens it can read, where the provider says.
    pub context_tokens: Option<u64>,
}

/// A page of a provider's list, and the query that leads to the next one.
pub(crate) struct ModelPage {
    pub(crate) models: Vec<ListedModel>,
    pub(crate) next: Option<(&'static str, String)>,
}

impl Dialect {
    /// The body of a request.
    pub(crate) fn body(
        self,
        model: &str,
        request: &ChatRequest,
        without: Unsupported,
    ) -> Result<Box<RawValue>, String> {
        let mut request = request.clone();
        request.temperature = request.temperature.filter(|_| !without.temperature);
        request.seed = request.seed.filter(|_| !without.seed);
        if without.echoes {
            request.messages.iter_mut().for_each(|message| message.echo = None);
        }
        match self {
            Dialect::ChatCompletions | Dialect::Mistral => {
                let mut body = wire::request_body(model, &request);
                if self == Dialect::Mistral {
                    rename(&mut body, "seed", "random_seed");
                }
                if without.max_tokens {
                    rename(&mut body, "max_tokens", "max_completion_tokens");
                }
                to_raw_value(&body)
            }
            Dialect::Responses => to_raw_value(&responses::body(model, &request)),
            Dialect::Anthropic => to_raw_value(&anthropic::body(Some(model), &request)),
            Dialect::AnthropicOnVertex => to_raw_value(&anthropic::body(None, &request)),
            Dialect::Gemini => to_raw_value(&gemini::body(&request)),
            Dialect::Bedrock => to_raw_value(&bedrock::body(&request)),
            Dialect::Outside => to_raw_value(&outside::body(model, &request)),
        }
        .map_err(|error| error.to_string())
    }

    /// Reads an answer. The error says in a few words what is wrong with it.
    pub(crate) fn read(self, text: &str) -> Result<Answer, String> {
        match self {
            Dialect::ChatCompletions | Dialect::Mistral => wire::read_answer(text),
            Dialect::Responses => responses::read(text),
            Dialect::Anthropic | Dialect::AnthropicOnVertex => anthropic::read(text),
            Dialect::Gemini => gemini::read(text),
            Dialect::Bedrock => bedrock::read(text),
            Dialect::Outside => outside::read(text),
        }
    }

    /// Reads a list of models.
    pub(crate) fn read_models(self, text: &str) -> Result<ModelPage, String> {
        match self {
            Dialect::ChatCompletions | Dialect::Mistral | Dialect::Responses => {
                Ok(ModelPage { models: wire::read_models(text)?, next: None })
            }
            Dialect::Anthropic | Dialect::AnthropicOnVertex => anthropic::read_models(text),
            Dialect::Gemini => gemini::read_models(text),
            Dialect::Bedrock => bedrock::read_models(text),
            Dialect::Outside => Err("the protocol has no list of agents".into()),
        }
    }
}

impl Answer {
    /// An answer of this message; calls decide about the ending where the provider's word is
    /// [`Finish::Stop`], because some say "stop" for calls too.
    pub(crate) fn new(message: Message, finish: Finish) -> Answer {
        let calls = !message.tool_calls.is_empty();
        let finish = if calls && finish == Finish::Stop { Finish::ToolCalls } else { finish };
        Answer {
            reply: ChatReply {
                message,
                usage: tau_domain::Usage::default(),
                finish,
                cost_usd: None,
                attempts: 1,
            },
            cached_tokens: 0,
            withheld: String::new(),
        }
    }
}

/// JSON of a known shape, with lone surrogates tolerated as [`wire::read_json`] does.
pub(crate) fn read_as<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).or_else(|error| {
        wire::mend_surrogates(text)
            .and_then(|mended| serde_json::from_str(&mended).ok())
            .ok_or_else(|| format!("not JSON of the expected shape ({error})"))
    })
}

/// A call's arguments where a format wants an object: the model's own text if it is one, and
/// otherwise an object that holds the text.
pub(crate) fn arguments_object(arguments: &str) -> Box<RawValue> {
    let object = arguments.trim();
    if object.starts_with('{')
        && let Ok(raw) = serde_json::from_str::<Box<RawValue>>(object)
    {
        return raw;
    }
    let wrapped = if object.is_empty() {
        serde_json::json!({})
    } else {
        serde_json::json!({ "arguments": arguments })
    };
    to_raw_value(&wrapped).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

/// Text where a format refuses empty text.
pub(crate) fn not_empty(text: Option<&str>) -> &str {
    text.filter(|text| !text.trim().is_empty()).unwrap_or("(nothing)")
}

fn rename(body: &mut serde_json::Value, from: &str, to: &str) {
    if let Some(fields) = body.as_object_mut()
        && let Some(value) = fields.shift_remove(from)
    {
        fields.insert(to.into(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cut_of_a_good_answer_is_an_error_and_never_a_panic() {
        for (dialect, text) in [
            (
                Dialect::Responses,
                r#"{"output":[{"type":"function_call","call_id":"c","name":"f","arguments":"{\"h\u00e9\": 1}"}],"error":null}"#,
            ),
            (
                Dialect::Anthropic,
                r#"{"content":[{"type":"text","text":"h\u00e9 \ud83d\ude00"},{"type":"tool_use","id":"c","name":"f","input":{"n": 5.0}}],"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":null}}"#,
            ),
            (
                Dialect::Gemini,
                r#"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"n": 5.0}}},{"text":"\ud83d"}]},"finishReason":"STOP"}]}"#,
            ),
            (
                Dialect::Bedrock,
                r#"{"output":{"message":{"content":[{"toolUse":{"toolUseId":"c","name":"f","input":{"n": 5.0}}}]}},"stopReason":"tool_use"}"#,
            ),
            (
                Dialect::Outside,
                r#"{"text":"h\u00e9","tool_calls":[{"name":"f","arguments":{"n": 5.0}}]}"#,
            ),
        ] {
            for end in 0..text.len() {
                assert!(dialect.read(&text[..end]).is_err(), "{dialect:?} {end}");
            }
            let answer = dialect.read(text).unwrap();
            assert_eq!(answer.reply.message.tool_calls.len(), 1, "{dialect:?}");
            for odd in ["null", "[]", "7", "\"text\"", "{}", r#"{"error":null}"#] {
                assert!(dialect.read(odd).is_err(), "{dialect:?} {odd}");
            }
        }
    }

    #[test]
    fn half_an_emoji_in_a_calls_arguments_stays_as_the_model_wrote_it() {
        let text =
            r#"{"content":[{"type":"tool_use","id":"c","name":"f","input":{"a": "\ud83d"}}]}"#;
        let answer = Dialect::Anthropic.read(text).unwrap();
        assert_eq!(answer.reply.message.tool_calls[0].arguments, r#"{"a": "\ud83d"}"#);
    }
}
