//! What is sent, and what comes of it.

use serde_json::{Value, json};
use tau_domain::{Message, Role};
use tau_llm::{ChatModel, ChatRequest, Finish};
use tau_traits::hosted::{Ask, Characteristics, SteerClient};
use tau_traits::meter::Markers;
use tau_traits::{Condition, CustomerVoice, Hosted, Sampling, TraitMix, TraitSet, VoiceKind};

use crate::fake::{Fake, KEY, TRAITS, said_so_far};
use crate::{conversation, customer, dict, limits, request, service_at};

#[tokio::test]
async fn one_customer_is_asked_for_at_steer_bare() {
    let fake = Fake::start().await;
    let client = customer(&fake, "/steer_bare", json!({"impatience": "high"}));
    let reply = client.chat(&request()).await.unwrap();
    assert_eq!(reply.message, Message::text(Role::Assistant, r#"{"impatience":"high"} #1"#));
    assert_eq!((reply.finish, reply.attempts, reply.cost_usd), (Finish::Stop, 1, None));
    let asked = fake.asked();
    assert_eq!((asked.len(), asked[0].path.as_str()), (1, "/steer_bare"));
    assert_eq!(asked[0].key.as_deref(), Some(KEY));
    assert!(!asked[0].headers.contains_key("authorization"), "the key is sent once");
    assert_eq!(
        asked[0].body,
        json!({
            "trait_dict": {"impatience": "high"},
            "messages": [
                {"role": "system", "content": "You want a refund."},
                {"role": "user", "content": "Hi! How can I help you today?"},
                {"role": "assistant", "content": "I want a refund."},
                {"role": "user", "content": "Which order?"},
            ],
            "temperature": 0.7, "max_tokens": 256, "system_prompt": 0,
        })
    );
    assert_eq!(fake.listed(), 0, "nobody asked for the traits");
}

#[tokio::test]
async fn a_base_address_is_asked_in_batches_of_one() {
    let fake = Fake::start().await;
    for path in ["", "/", "/steer_batch"] {
        let client = customer(&fake, path, json!({"confusion": "low"}));
        let reply = client.chat(&request()).await.unwrap();
        assert_eq!(reply.message.content.as_deref(), Some(r#"{"confusion":"low"} #1"#));
    }
    for asked in fake.asked() {
        assert_eq!(asked.path, "/steer_batch");
        let [entry] = asked.body.as_array().unwrap().as_slice() else { panic!("{}", asked.body) };
        assert_eq!((&entry["seed"], &entry["user_characteristics"]), (&json!(-1), &json!({})));
        assert_eq!((&entry["temperature"], &entry["max_tokens"]), (&json!(0.7), &json!(256)));
        assert!(entry.get("system_prompt").is_none());
    }
}

#[tokio::test]
async fn temperature_length_and_seed_are_the_callers() {
    let fake = Fake::start().await;
    let asked =
        ChatRequest { temperature: Some(0.0), max_tokens: Some(40), seed: Some(11), ..request() };
    for path in ["/steer_bare", "/steer_batch"] {
        customer(&fake, path, json!({"impatience": "low"})).chat(&asked).await.unwrap();
    }
    let [bare, batch] = &fake.asked()[..] else { panic!("two calls") };
    assert_eq!((&bare.body["temperature"], &bare.body["max_tokens"]), (&json!(0.0), &json!(40)));
    assert!(bare.body.get("seed").is_none(), "the single call has no seed");
    let entry = &batch.body[0];
    assert_eq!((&entry["temperature"], &entry["max_tokens"]), (&json!(0.0), &json!(40)));
    assert_eq!(entry["seed"], 11);
}

#[tokio::test]
async fn several_traits_go_in_one_dict_and_a_written_one_goes_as_it_is() {
    let fake = Fake::start().await;
    let four =
        json!({"impatience": 2, "confusion": "medium", "skeptical": 0, "incoherence": "low"});
    for path in ["/steer_bare", "/"] {
        customer(&fake, path, four.clone()).chat(&request()).await.unwrap();
    }
    let [bare, batch] = &fake.asked()[..] else { panic!("two calls") };
    assert_eq!(bare.body["trait_dict"], four);
    assert_eq!(batch.body[0]["trait_dict"], four);
}

#[tokio::test]
async fn each_level_of_the_slider_reaches_the_service_in_its_own_words() {
    let fake = Fake::start().await;
    for level in 0..=4 {
        let mix = TraitMix::new([("impatience", level), ("skeptical", 0)]).unwrap();
        let traits = tau_traits::hosted::wire_dict(&Condition::new(mix), TraitSet::shipped());
        customer(&fake, "/steer_bare", Value::Object(traits)).chat(&request()).await.unwrap();
    }
    let sent: Vec<Value> =
        fake.asked().into_iter().map(|asked| asked.body["trait_dict"].clone()).collect();
    let of = |word: &str| json!({"impatience": word});
    assert_eq!(sent, [json!({}), of("low"), of("medium"), of("high"), of("high")]);
}

#[tokio::test]
async fn several_customers_are_asked_at_once_and_answer_in_order() {
    let fake = Fake::start().await;
    let messages = conversation();
    let dicts: Vec<_> = TRAITS
        .iter()
        .cycle()
        .zip(["low", "medium", "high"].iter().cycle())
        .take(11)
        .map(|(name, level)| dict(json!({*name: level})))
        .collect();
    let asks: Vec<Ask<'_>> = dicts
        .iter()
        .map(|traits| Ask {
            characteristics: Characteristics { age: "65+".into(), ..Characteristics::default() },
            ..Ask::new(traits, &messages)
        })
        .collect();
    let expected: Vec<String> =
        dicts.iter().map(|traits| format!("{} #1", json!(traits))).collect();

    let batches = service_at(&fake.url, Some(KEY), limits());
    assert_eq!(batches.say_all(&asks).await.unwrap(), expected);
    let sizes: Vec<usize> =
        fake.asked().iter().map(|asked| asked.body.as_array().unwrap().len()).collect();
    assert_eq!(sizes, [8, 3], "as many at once as the service's own client sends");
    assert_eq!(fake.asked()[0].body[0]["user_characteristics"], json!({"age": "65+"}));

    let single = service_at(&format!("{}/steer_bare", fake.url), Some(KEY), limits());
    assert_eq!(single.say_all(&asks).await.unwrap(), expected);
    assert_eq!(fake.asked().len(), 2 + 11);
}

#[tokio::test]
async fn the_voice_is_asked_for_the_customers_next_message() {
    let fake = Fake::with_line(Box::new(|entry| {
        // The roles are the customer's own: it is the assistant, and the agent spoke last.
        let messages = entry["messages"].as_array().unwrap();
        assert_eq!(messages[0]["role"], "system");
        assert_eq!(messages.last().unwrap()["role"], "user");
        Ok(format!("###STOP### after {}", messages.last().unwrap()["content"]))
    }))
    .await;
    let client: SteerClient = customer(&fake, "/", json!({"impatience": "medium"}));
    let voice = Hosted::new(Box::new(client));
    assert_eq!((voice.name(), voice.kind()), ("Steering box", VoiceKind::Hosted));
    assert!(voice.told().is_empty(), "traits do not go into the prompt as well");
    let sampling = Sampling { seed: Some(5), ..Sampling::default() };
    let reply = voice.say(conversation(), sampling).await.unwrap();
    assert_eq!(reply.message.content.as_deref(), Some(r####"###STOP### after "Which order?""####));
    assert_eq!(fake.asked()[0].body[0]["seed"], 5);
}

/// The meter over twenty turns with a service that shows impatience in all, or stops in the middle:
/// the means of the first and of the last third.
async fn over_twenty_turns(forgets: bool) -> (f64, f64) {
    const TURNS: usize = 20;
    let strong: Vec<String> = {
        let level = &TraitSet::shipped().get("impatience").unwrap().levels[3];
        level.lines().map(str::to_owned).collect()
    };
    let fake = Fake::with_line(Box::new(move |entry| {
        assert_eq!(entry["trait_dict"], json!({"impatience": "high"}));
        let turn = said_so_far(entry);
        let shown = !forgets || turn < TURNS / 2;
        let line = &strong[turn % strong.len()];
        Ok(if shown { line.clone() } else { "The lamp is white, as I wrote.".to_owned() })
    }))
    .await;
    let voice = Hosted::new(Box::new(customer(&fake, "/", json!({"impatience": "high"}))));
    let markers = Markers::new(TraitSet::shipped().get("impatience").unwrap());
    let mut history = vec![Message::text(Role::System, "You want a lamp exchanged.")];
    let mut said: Vec<String> = Vec::new();
    let mut levels = Vec::new();
    for turn in 0..TURNS {
        history.push(Message::text(Role::User, format!("And what about {turn}?")));
        let reply = voice.say(history.clone(), Sampling::default()).await.unwrap();
        let text = reply.message.content.clone().unwrap();
        let earlier: Vec<&str> = said.iter().map(String::as_str).collect();
        levels.push(markers.score(&text, &earlier).level);
        said.push(text);
        history.push(reply.message);
    }
    assert_eq!(fake.asked().len(), TURNS);
    let third = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    (third(&levels[..TURNS / 3]), third(&levels[TURNS - TURNS / 3..]))
}

#[tokio::test]
async fn a_conversation_of_twenty_turns_completes_and_the_meter_tells_whether_the_trait_stayed() {
    let (early, late) = over_twenty_turns(false).await;
    println!("a steady service: {early:.2} early, {late:.2} late");
    assert!((late - early).abs() < 0.75, "{early:.2} and later {late:.2}");
    let (early, late) = over_twenty_turns(true).await;
    println!("one that forgets: {early:.2} early, {late:.2} late");
    assert!(late < early - 1.0, "{early:.2} and later {late:.2}");
}
