//! Steering on real weights: SmolLM2-135M-Instruct, the smallest model that can be told apart from noise.
//! It plays no customer worth meeting; what is held to here is that the slider does what it says.
//!
//! One model is opened and calibrated once for all tests. Its weights are held as 32-bit numbers, which read
//! long texts faster.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tau_decoder::{EngineOptions, Options, Weights};
use tau_domain::{Message, Role};
use tau_traits::local::{
    DAMAGE_BOUND, LocalModel, LocalModels, LocalVoice, TraitBasis, basis_path,
};
use tau_traits::{CustomerVoice, Sampling, Trait, TraitMix, TraitSet};
use tokio_util::sync::CancellationToken;

const SEED_TRAITS: [&str; 4] = ["impatience", "confusion", "skeptical", "incoherence"];

/// What neutral lines may suffer on which no strength was chosen: they are a small sample of their own, and
/// twice the bound is still below what was taken for readable text when the method was tried out (0.45).
const FRESH_BOUND: f64 = 2.0 * DAMAGE_BOUND;

fn seed_traits() -> Vec<&'static Trait> {
    SEED_TRAITS.iter().map(|id| TraitSet::shipped().get(id).unwrap()).collect()
}

fn mix(levels: &[(&str, f64)]) -> TraitMix {
    TraitMix::new(levels.iter().copied()).unwrap()
}

/// The calibrated model, or a loud skip.
fn model() -> Option<Arc<LocalModel>> {
    static MODEL: OnceLock<Option<Arc<LocalModel>>> = OnceLock::new();
    MODEL.get_or_init(opened).clone()
}

fn opened() -> Option<Arc<LocalModel>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = root.join("target/upstream/SmolLM2-135M-Instruct.Q4_1.gguf");
    let file = std::env::var_os("TAUTRAIT_GGUF").map_or(file, PathBuf::from);
    if !file.exists() {
        // The runner hides what passing tests print.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("SKIPPED: steering on real weights: there is no {}\n", file.display()),
        );
        return None;
    }
    let folder = tempfile::tempdir().unwrap().keep();
    let here = folder.join("small.gguf");
    if std::fs::hard_link(&file, &here).is_err() {
        std::fs::copy(&file, &here).unwrap();
    }
    let options = EngineOptions {
        model: Options { max_context: 2048, weights: Weights::Full, ..Options::default() },
        ..EngineOptions::default()
    };
    let models = LocalModels::with_options(folder, options);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let model = runtime.block_on(async {
        let model = models.open("small.gguf").await.unwrap();
        let traits = seed_traits();
        let stop = CancellationToken::new();
        model.calibrate(&traits, "2026-01-01T00:00:00Z", |_| {}, &stop).await.unwrap();
        model
    });
    Some(model)
}

#[test]
fn on_held_out_lines_every_step_of_the_slider_does_more_and_neutral_text_stays_whole() {
    let Some(model) = model() else { return };
    let basis = model.basis().unwrap();
    let layer = basis.layer.unwrap();
    let mut wrong = Vec::new();
    for id in SEED_TRAITS {
        let known = &basis.traits[id];
        let check = known.record.check.as_ref().unwrap();
        let told: Vec<String> = check
            .points
            .iter()
            .map(|point| {
                let damage = point.damage.unwrap_or_default();
                format!("{:+.3} (rho {:.3}, damage {damage:+.3})", point.effect, point.dial)
            })
            .collect();
        println!("{id} at layer {layer}, AUC {:.2}: {}", known.stats[layer].auc, told.join(", "));
        let levels: Vec<f64> = check.points.iter().map(|point| point.level).collect();
        assert_eq!(levels, [0.0, 1.0, 2.0, 3.0, 4.0]);
        if !check.monotone() {
            wrong.push(format!("{id} does not rise: {told:?}"));
        }
        let worst = check.points.iter().filter_map(|point| point.damage).fold(0.0, f64::max);
        if worst > FRESH_BOUND {
            wrong.push(format!("{id} damages neutral text by {worst:.2} nats a token"));
        }
        // On the lines that strengths are chosen on, the bound is never passed.
        let chosen = known.record.curve.as_ref().unwrap().points.iter();
        assert!(chosen.filter_map(|point| point.damage).all(|damage| damage <= DAMAGE_BOUND));
        assert!(known.stats[layer].auc > 0.8, "{id}: {:?}", known.stats[layer]);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn a_mix_of_two_keeps_both_effects_within_the_bound() {
    let Some(model) = tokio::task::spawn_blocking(model).await.unwrap() else { return };
    let both = mix(&[("impatience", 3.0), ("incoherence", 3.0)]);
    for id in ["impatience", "incoherence"] {
        let one = TraitSet::shipped().get(id).unwrap();
        let alone = model.measure(&mix(&[(id, 3.0)]), one).await.unwrap().unwrap();
        let mixed = model.measure(&both, one).await.unwrap().unwrap();
        println!(
            "{id}: alone {:+.3} (damage {:+.3}), in the mix {:+.3} (damage {:+.3})",
            alone.effect(),
            alone.damage,
            mixed.effect(),
            mixed.damage
        );
        assert!(mixed.effect() > 0.4 * alone.effect(), "{id}: {mixed:?} beside {alone:?}");
        assert!(mixed.damage < FRESH_BOUND, "{id}: {mixed:?}");
    }
}

#[test]
fn the_basis_lies_beside_the_model_and_is_refused_for_another() {
    let Some(model) = model() else { return };
    let path = basis_path(model.path());
    let data = std::fs::read(&path).unwrap();
    let info = model.info();
    let read = |sha256: &str| {
        TraitBasis::from_bytes(&data, &path, &info.name, sha256, info.layers, info.width)
    };
    let own = read(info.sha256().unwrap()).unwrap();
    let known = model.basis().unwrap();
    assert_eq!((&own.provenance, own.layer), (&known.provenance, known.layer));
    assert!(SEED_TRAITS.iter().all(|id| own.traits[*id] == known.traits[*id]));
    assert!(seed_traits().iter().all(|one| own.is_current(one)));
    assert!(read(&"0".repeat(64)).is_err());
}

#[tokio::test]
async fn a_control_vector_goes_out_at_full_strength_and_comes_back_without_one() {
    let Some(model) = tokio::task::spawn_blocking(model).await.unwrap() else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("impatience.gguf");
    model.export_vector("impatience", &path).unwrap();
    let vector = tau_decoder::control_vector::read(&path).unwrap();
    let steered = model.steered(&mix(&[("impatience", 4.0)])).unwrap();
    let injection = steered.injection().unwrap();
    assert_eq!(vector.directions[&injection.layer], injection.vector);
    let basis = model.import_vector("brought", &path, "2026-01-02T00:00:00Z").await.unwrap();
    assert!(basis.calibrated().all(|id| id != "brought"));
    let error = model.steered(&mix(&[("brought", 1.0)])).err().unwrap().to_string();
    assert!(error.contains("brought") && error.contains("calibrate"), "{error}");
}

#[tokio::test]
async fn a_conversation_of_twenty_turns_completes_and_tells_how_stable_the_customer_was() {
    let Some(model) = tokio::task::spawn_blocking(model).await.unwrap() else { return };
    let agent = [
        "Hello, how can I help you today?",
        "Could you give me your order number, please?",
        "Thank you. Which of the items is it about?",
        "I see. It should arrive in three to five days.",
        "Let me check that with the warehouse, one moment.",
    ];
    let voice = |levels: &[(&str, f64)]| {
        let steered = model.steered(&mix(levels)).unwrap();
        LocalVoice::new(Box::new(steered), Box::new(model.steered(&TraitMix::default()).unwrap()))
    };
    let (steered, plain) = (voice(&[("impatience", 3.0)]), voice(&[]));
    let system = "You are a customer whose running shoes have not arrived. Answer in one sentence.";
    let mut history = vec![Message::text(Role::System, system)];
    let sampling = Sampling { temperature: Some(0.7), seed: Some(3), max_tokens: Some(20) };
    let (mut read, mut unsteered) = (Vec::new(), Vec::new());
    for turn in 0..20 {
        history.push(Message::text(Role::User, agent[turn % agent.len()]));
        if turn % 4 == 3 {
            let reply = plain.say(history.clone(), sampling).await.unwrap();
            assert!(reply.message.reading.is_none(), "the baseline is not steered");
            let text = reply.message.content.unwrap();
            let shown = model.read_out(&text, agent[turn % agent.len()]).await.unwrap();
            unsteered.push(shown["impatience"]);
        }
        let reply = steered.say(history.clone(), sampling).await.unwrap();
        assert!(reply.usage.input_tokens > 0 && reply.cost_usd == Some(0.0));
        let steering = reply.message.reading.as_ref().unwrap().steering.clone().unwrap();
        assert!(steering.strength <= 1.0 && steering.projection.contains_key("impatience"));
        read.push(steering.projection["impatience"]);
        history.push(reply.message);
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    println!(
        "impatience, 0 to 1 between the sides: first five turns {:.2}, last five {:.2}; unsteered lines {:.2}",
        mean(&read[..5]),
        mean(&read[15..]),
        mean(&unsteered)
    );
    assert!(read.iter().all(|shown| shown.is_finite()));
    assert_eq!(history.len(), 41);
}
