use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use tau_domain::{Message, Role, ToolCall, Usage};

use super::*;
use crate::{Endpoint, EndpointKind, ModelErrorKind};

/// A store in memory that can be broken.
#[derive(Default)]
struct Memory {
    entries: Mutex<HashMap<ReplyKey, Vec<u8>>>,
    broken: AtomicBool,
    calls: AtomicU32,
}

#[async_trait]
impl ReplyStore for Memory {
    fn name(&self) -> &str {
        "memory"
    }

    async fn get(&self, key: &ReplyKey) -> Result<Option<Vec<u8>>, CacheError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        if self.broken.load(Ordering::SeqCst) {
            return Err(CacheError("it is broken".into()));
        }
        Ok(locked(&self.entries).get(key).cloned())
    }

    async fn put(&self, entries: &[(ReplyKey, Vec<u8>)]) -> Result<(), CacheError> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(CacheError("it is broken".into()));
        }
        locked(&self.entries).extend(entries.iter().cloned());
        Ok(())
    }
}

/// Says what it is told to say, in order, and then numbers.
struct Script(Mutex<Vec<Result<Message, ModelErrorKind>>>, AtomicU32);

impl Script {
    fn new(replies: Vec<Result<Message, ModelErrorKind>>) -> Arc<Script> {
        Arc::new(Script(Mutex::new(replies), AtomicU32::new(0)))
    }

    fn asked(&self) -> u32 {
        self.1.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl ChatModel for Script {
    fn name(&self) -> &str {
        "script"
    }

    async fn chat(&self, _: &ChatRequest) -> Result<ChatReply, ModelError> {
        let number = self.1.fetch_add(1, Ordering::SeqCst);
        let mut script = locked(&self.0);
        let next = if script.is_empty() { Ok(text(&number.to_string())) } else { script.remove(0) };
        let message = next.map_err(|kind| ModelError::new(kind, "no"))?;
        let usage = Usage { input_tokens: 70, output_tokens: 5 };
        let finish = Finish::Stop;
        Ok(ChatReply { message, usage, finish, cost_usd: Some(0.25), attempts: 1 })
    }
}

fn text(text: &str) -> Message {
    Message::text(Role::Assistant, text)
}

fn calling(arguments: &str) -> Message {
    let call = ToolCall { id: "1".into(), name: "look".into(), arguments: arguments.to_owned() };
    Message { content: None, tool_calls: vec![call], ..text("") }
}

fn origin() -> Origin {
    let endpoint =
        Endpoint::new("e", "E", EndpointKind::OpenAiCompatible, "https://one.example/v1");
    Origin::of(&endpoint, "m").unwrap()
}

fn ask(text: &str) -> ChatRequest {
    ChatRequest { messages: vec![Message::text(Role::User, text)], ..ChatRequest::default() }
}

fn said(reply: &ChatReply) -> &str {
    reply.message.content.as_deref().unwrap()
}

#[tokio::test]
async fn what_was_asked_before_is_not_asked_again_and_says_so() {
    let (cache, model) = (ReplyCache::new(Arc::<Memory>::default()), Script::new(vec![]));
    let first = cache.conversation(1);
    let reply = first.model(model.clone(), origin()).chat(&ask("Hi")).await.unwrap();
    assert!(!reply.message.cached && reply.cost_usd == Some(0.25));
    first.keep().await;
    let second = cache.conversation(1);
    let again = second.model(model.clone(), origin()).chat(&ask("Hi")).await.unwrap();
    assert_eq!(said(&again), said(&reply));
    assert!(again.message.cached);
    assert_eq!((again.cost_usd, again.usage, again.attempts), (Some(0.0), reply.usage, 0));
    assert_eq!(model.asked(), 1);
    assert_eq!(second.trouble(), None);
}

#[tokio::test]
async fn another_attempt_is_asked_for_itself() {
    let (cache, model) = (ReplyCache::new(Arc::<Memory>::default()), Script::new(vec![]));
    for (draw, asked) in [(1, 1), (2, 2), (1, 2)] {
        let conversation = cache.conversation(draw);
        conversation.model(model.clone(), origin()).chat(&ask("Hi")).await.unwrap();
        conversation.keep().await;
        assert_eq!(model.asked(), asked);
    }
}

#[tokio::test]
async fn a_conversation_without_a_result_leaves_nothing_behind() {
    let (cache, model) = (ReplyCache::new(Arc::<Memory>::default()), Script::new(vec![]));
    cache.conversation(1).model(model.clone(), origin()).chat(&ask("Hi")).await.unwrap();
    let reply = cache.conversation(1).model(model.clone(), origin()).chat(&ask("Hi")).await;
    assert!(!reply.unwrap().message.cached);
    assert_eq!(model.asked(), 2);
}

#[tokio::test]
async fn failures_and_replies_of_no_use_are_not_kept() {
    let useless = [text(" \n"), calling("{\"a\": "), calling("[1]")];
    let mut script: Vec<_> = vec![Err(ModelErrorKind::Unavailable)];
    script.extend(useless.into_iter().map(Ok));
    script.push(Ok(calling("{\"a\": 1}")));
    let (cache, model) = (ReplyCache::new(Arc::<Memory>::default()), Script::new(script));
    let conversation = cache.conversation(1);
    let cached = conversation.model(model.clone(), origin());
    assert!(cached.chat(&ask("Hi")).await.is_err());
    for _ in 0..4 {
        cached.chat(&ask("Hi")).await.unwrap();
    }
    conversation.keep().await;
    assert_eq!(model.asked(), 5);
    let again =
        cache.conversation(1).model(model.clone(), origin()).chat(&ask("Hi")).await.unwrap();
    assert_eq!(again.message.tool_calls[0].arguments, "{\"a\": 1}");
    assert_eq!(model.asked(), 5, "the first one that is of use is the one that was kept");
}

#[tokio::test]
async fn text_from_somebody_who_may_only_call_is_of_no_use() {
    let tools = vec![tau_domain::ToolSpec {
        name: "look".into(),
        description: String::new(),
        parameters: serde_json::json!({}),
    }];
    let request = ChatRequest { must_call: true, tools, ..ask("Hi") };
    let (cache, model) = (ReplyCache::new(Arc::<Memory>::default()), Script::new(vec![]));
    for _ in 0..2 {
        let conversation = cache.conversation(1);
        conversation.model(model.clone(), origin()).chat(&request).await.unwrap();
        conversation.keep().await;
    }
    assert_eq!(model.asked(), 2);
}

#[tokio::test]
async fn somebody_who_asks_the_same_again_gets_the_next_answer() {
    let (cache, model) = (ReplyCache::new(Arc::<Memory>::default()), Script::new(vec![]));
    let mut heard = Vec::new();
    for _ in 0..2 {
        let conversation = cache.conversation(1);
        let cached = conversation.model(model.clone(), origin());
        for _ in 0..3 {
            heard.push(said(&cached.chat(&ask("Hi")).await.unwrap()).to_owned());
        }
        conversation.keep().await;
    }
    assert_eq!(heard, ["0", "1", "2", "0", "1", "2"]);
    assert_eq!(model.asked(), 3);
}

#[tokio::test]
async fn what_a_resumed_conversation_recalls_is_kept_as_well() {
    let (cache, model) = (ReplyCache::new(Arc::<Memory>::default()), Script::new(vec![]));
    let interrupted = cache.conversation(1);
    let reply = interrupted.model(model.clone(), origin()).chat(&ask("Hi")).await.unwrap();
    let resumed = cache.conversation(1);
    let cached = resumed.model(model.clone(), origin());
    cached.recalled(&ask("Hi"), &reply);
    cached.chat(&ask("And?")).await.unwrap();
    resumed.keep().await;
    let again = cache.conversation(1);
    let cached = again.model(model.clone(), origin());
    for question in ["Hi", "And?"] {
        assert!(cached.chat(&ask(question)).await.unwrap().message.cached, "{question}");
    }
    assert_eq!(model.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_is_left_alone_for_a_while_and_fails_nobody() {
    let store = Arc::new(Memory::default());
    let (cache, model) = (ReplyCache::new(store.clone()), Script::new(vec![]));
    store.broken.store(true, Ordering::SeqCst);
    let conversation = cache.conversation(1);
    let cached = conversation.model(model.clone(), origin());
    for question in ["Hi", "And?", "Well?"] {
        assert!(!cached.chat(&ask(question)).await.unwrap().message.cached);
    }
    conversation.keep().await;
    assert_eq!(store.calls.load(Ordering::SeqCst), 1, "one failure is enough");
    let trouble = conversation.trouble().unwrap();
    assert!(trouble.contains("memory") && trouble.contains("it is broken"), "{trouble}");
    store.broken.store(false, Ordering::SeqCst);
    tokio::time::advance(REST).await;
    let later = cache.conversation(1);
    later.model(model.clone(), origin()).chat(&ask("Hi")).await.unwrap();
    later.keep().await;
    assert_eq!((later.trouble(), locked(&store.entries).len()), (None, 1));
}

#[tokio::test]
async fn an_entry_that_was_changed_is_not_taken_for_a_reply() {
    let store = Arc::new(Memory::default());
    let (cache, model) = (ReplyCache::new(store.clone()), Script::new(vec![]));
    let conversation = cache.conversation(1);
    conversation.model(model.clone(), origin()).chat(&ask("Hi")).await.unwrap();
    conversation.keep().await;
    let whole: Vec<u8> = locked(&store.entries).values().next().unwrap().clone();
    let mut turned = whole.clone();
    let at = turned.windows(11).position(|part| part == b"\"content\":\"").unwrap() + 11;
    turned[at] = b'9';
    for damaged in [turned, whole[..whole.len() - 1].to_vec(), Vec::new()] {
        locked(&store.entries).values_mut().for_each(|entry| *entry = damaged.clone());
        let conversation = cache.conversation(1);
        let reply = conversation.model(model.clone(), origin()).chat(&ask("Hi")).await.unwrap();
        assert!(!reply.message.cached);
        assert!(conversation.trouble().unwrap().contains("damaged"));
    }
}
