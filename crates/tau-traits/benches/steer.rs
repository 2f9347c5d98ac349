//! Steering on a small language model: whether more of the slider does more, and what it costs.
//!
//! `cargo bench -p tau-traits --bench steer -- [--json] [--model PATH] [--traits ID,ID] [--rounds N]`
//!
//! The model is calibrated first (`monotone` and `damage` are of held-out lines). Then the same prompt and
//! the same reply, token by token, are read with steering and without, in turns, in one run; what is compared
//! is tokens per CPU second of this process. Where `llama-bench` or `llama-cli` is on the path, the same
//! file is run there with one thread, for the tokens per second that it tells.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::{Value, json};
use tau_decoder::{
    Capture, Decoder, DecoderError, EngineOptions, Feed, Options, Push, Text, Weights,
};
use tau_traits::local::{FRAME, LocalModel, NEUTRAL, basis_path};
use tau_traits::{Trait, TraitMix, TraitSet};
use tokio_util::sync::CancellationToken;

type Failure = Box<dyn std::error::Error>;

/// Tokens of a reply.
const REPLY: usize = 64;

/// Tokens per CPU second with steering over without must not fall below this.
const GOAL: f64 = 0.95;

struct Settings {
    json: bool,
    model: PathBuf,
    traits: Vec<String>,
    rounds: u32,
}

/// What reading some tokens took.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    tokens: usize,
    wall: Duration,
    cpu: Duration,
}

impl Cost {
    fn a_second(self) -> f64 {
        self.tokens as f64 / self.wall.as_secs_f64().max(1e-9)
    }

    fn a_cpu_second(self) -> f64 {
        self.tokens as f64 / self.cpu.as_secs_f64().max(1e-9)
    }

    fn and(self, other: Cost) -> Cost {
        Cost {
            tokens: self.tokens + other.tokens,
            wall: self.wall + other.wall,
            cpu: self.cpu + other.cpu,
        }
    }
}

#[derive(Serialize)]
struct Told {
    bench: &'static str,
    model: String,
    layer: Option<usize>,
    monotone: BTreeMap<String, bool>,
    on_off_ratio: f64,
    tokens_per_s: f64,
    tokens_per_cpu_s_on: f64,
    tokens_per_cpu_s_off: f64,
    memory_mib: Option<f64>,
    load_s: f64,
    calibration_cpu_s: f64,
    effects: BTreeMap<String, Vec<f64>>,
    damage: BTreeMap<String, f64>,
    llama_cpp: Option<Value>,
    goal: f64,
    goal_met: bool,
}

fn main() -> ExitCode {
    let settings = match settings() {
        Ok(settings) => settings,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    if !settings.model.exists() {
        let missing = format!("{} is not there (the model file)", settings.model.display());
        eprintln!("SKIPPED: bench steer: {missing}");
        if settings.json {
            println!("{}", json!({"bench": "steer", "skipped": missing}));
        }
        return ExitCode::SUCCESS;
    }
    match run(&settings) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bench steer: {error}");
            ExitCode::FAILURE
        }
    }
}

fn settings() -> Result<Settings, Failure> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let model = repository.join("target/upstream/SmolLM2-135M-Instruct.Q4_1.gguf");
    let mut settings = Settings {
        json: false,
        model: std::env::var_os("TAUTRAIT_GGUF").map_or(model, PathBuf::from),
        traits: ["impatience", "confusion", "skeptical", "incoherence"].map(str::to_owned).into(),
        rounds: 4,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--json" => settings.json = true,
            "--model" => settings.model = value()?.into(),
            "--traits" => settings.traits = value()?.split(',').map(str::to_owned).collect(),
            "--rounds" => settings.rounds = value()?.parse::<u32>()?.max(1),
            // Cargo adds this one.
            "--bench" => {}
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    Ok(settings)
}

fn run(settings: &Settings) -> Result<bool, Failure> {
    // A folder of its own: the basis is written beside the model.
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("model.gguf");
    if std::fs::hard_link(&settings.model, &file).is_err() {
        std::fs::copy(&settings.model, &file)?;
    }
    let runtime = tokio::runtime::Runtime::new()?;

    // Memory and load time first, before anything else has filled the heap.
    let begun = Instant::now();
    let model = opened(&file, Weights::Stored)?;
    let load_s = begun.elapsed().as_secs_f64();
    runtime.block_on(read(&model, None))?;
    let memory_mib = memory_mib();
    drop(model);

    let begun = cpu();
    let model = opened(&file, Weights::Full)?;
    let traits: Vec<&Trait> = settings
        .traits
        .iter()
        .map(|id| TraitSet::shipped().get(id).ok_or_else(|| format!("there is no trait {id}")))
        .collect::<Result<_, _>>()?;
    let stop = CancellationToken::new();
    let basis = runtime.block_on(model.calibrate(&traits, "", |_| {}, &stop))?;
    let calibration_cpu_s = (cpu() - begun).as_secs_f64();
    drop(model);

    let model = opened(&file, Weights::Stored)?;
    debug_assert!(basis_path(&file).exists());
    let first = traits.first().ok_or("no trait was named")?;
    let steered = model.steered(&TraitMix::new([(first.id.as_str(), 3.0)])?)?;
    let injection = steered.injection().ok_or("the trait is not steered")?;
    let push = (injection.layer, injection.vector.clone());
    let (mut on, mut off) = (Cost::default(), Cost::default());
    for _ in 0..settings.rounds {
        off = off.and(runtime.block_on(read(&model, None))?);
        on = on.and(runtime.block_on(read(&model, Some(push.clone())))?);
    }

    let checks = || {
        basis
            .traits
            .iter()
            .filter_map(|(id, known)| Some((id.clone(), known.record.check.as_ref()?)))
    };
    let monotone: BTreeMap<String, bool> = settings
        .traits
        .iter()
        .map(|id| (id.clone(), checks().any(|(known, check)| known == *id && check.monotone())))
        .collect();
    let on_off_ratio = on.a_cpu_second() / off.a_cpu_second();
    let goal_met = on_off_ratio >= GOAL && monotone.values().all(|rises| *rises);
    let told = Told {
        bench: "steer",
        model: model.info().name.clone(),
        layer: basis.layer,
        monotone,
        on_off_ratio,
        tokens_per_s: on.a_second(),
        tokens_per_cpu_s_on: on.a_cpu_second(),
        tokens_per_cpu_s_off: off.a_cpu_second(),
        memory_mib,
        load_s,
        calibration_cpu_s,
        effects: checks()
            .map(|(id, check)| (id, check.points.iter().map(|point| point.effect).collect()))
            .collect(),
        damage: checks()
            .map(|(id, check)| {
                let damage = check.points.iter().filter_map(|point| point.damage);
                (id, damage.fold(0.0, f64::max))
            })
            .collect(),
        llama_cpp: llama_cpp(&settings.model),
        goal: GOAL,
        goal_met,
    };
    print(&told);
    if settings.json {
        println!("{}", serde_json::to_string(&told)?);
    }
    Ok(goal_met)
}

fn opened(file: &Path, weights: Weights) -> Result<Arc<LocalModel>, Failure> {
    let model = Options { max_context: 2048, weights, ..Options::default() };
    let options = EngineOptions { model, ..EngineOptions::default() };
    Ok(Arc::new(LocalModel::open(file, &options)?))
}

/// Reads a prompt, and a reply token by token as it would be written: always the same tokens.
async fn read(model: &LocalModel, push: Option<(usize, Vec<f32>)>) -> Result<Cost, Failure> {
    Ok(model.engine().call(move |decoder, text| timed(decoder, text, push)).await??)
}

fn timed(
    decoder: &Decoder,
    text: &Text,
    push: Option<(usize, Vec<f32>)>,
) -> Result<Cost, DecoderError> {
    let prompt = text.chat(&[("system", FRAME), ("user", NEUTRAL[0].0)], true)?;
    let lines: Vec<&str> = NEUTRAL.iter().map(|(_, line)| *line).collect();
    let mut reply = text.encode(&lines.join(" "))?;
    reply.truncate(REPLY);
    let from = prompt.len() - 1;
    let push: Vec<Push> =
        push.into_iter().map(|(layer, vector)| Push { layer, vector, from }).collect();
    let (wall, cpu_begun) = (Instant::now(), cpu());
    let mut lane = decoder.lane();
    let mut feed = |tokens: &[u32]| {
        let feed = Feed { lane: &mut lane, tokens, push: &push, keep: 1, capture: Capture::None };
        decoder.forward(&mut [feed])
    };
    feed(&prompt)?;
    for token in &reply {
        feed(&[*token])?;
    }
    let tokens = prompt.len() + reply.len();
    Ok(Cost { tokens, wall: wall.elapsed(), cpu: cpu() - cpu_begun })
}

/// CPU time of this process.
fn cpu() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Memory that this process holds, where the system tells.
fn memory_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

/// What llama.cpp makes of the same file, where it is installed.
fn llama_cpp(model: &Path) -> Option<Value> {
    let model = model.to_string_lossy();
    let run =
        |program: &str, arguments: &[&str]| Command::new(program).args(arguments).output().ok();
    let reply = REPLY.to_string();
    let bench = ["-m", &model, "-p", "64", "-n", &reply, "-t", "1", "-o", "json"];
    if let Some(output) = run("llama-bench", &bench) {
        let rows: Value = serde_json::from_slice(&output.stdout).ok()?;
        let speed = |prompt: bool| {
            let rows = rows.as_array()?;
            let row = rows.iter().find(|row| (row["n_gen"] == 0) == prompt)?;
            row["avg_ts"].as_f64()
        };
        return Some(json!({
            "program": "llama-bench", "prompt_tokens_per_s": speed(true), "reply_tokens_per_s": speed(false),
        }));
    }
    let cli = ["-m", &model, "-p", "Hello", "-n", &reply, "-t", "1", "-no-cnv", "--ignore-eos"];
    let output = run("llama-cli", &cli)?;
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = log.lines().find(|line| line.contains(" eval time") && !line.contains("prompt"))?;
    let before = line.split("tokens per second").next()?;
    let speed: f64 = before.split_whitespace().next_back()?.parse().ok()?;
    Some(json!({"program": "llama-cli", "reply_tokens_per_s": speed}))
}

fn print(told: &Told) {
    println!("{}, steered after layer {:?}", told.model, told.layer);
    for (id, effects) in &told.effects {
        let steps: Vec<String> = effects.iter().map(|effect| format!("{effect:+.3}")).collect();
        let damage = told.damage.get(id).copied().unwrap_or_default();
        println!("  {id:<16} levels 0 to 4: {}   damage {damage:+.3}", steps.join(" "));
    }
    println!(
        "  tokens per CPU second: {:.1} steered, {:.1} not, ratio {:.3}",
        told.tokens_per_cpu_s_on, told.tokens_per_cpu_s_off, told.on_off_ratio
    );
    println!(
        "  {:.1} tokens per second, {:.0} MiB, loaded in {:.2} s, calibrated in {:.0} CPU s",
        told.tokens_per_s,
        told.memory_mib.unwrap_or_default(),
        told.load_s,
        told.calibration_cpu_s
    );
}
