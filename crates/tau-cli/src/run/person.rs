//! `--user-strategy human`: the person at the terminal plays the customer, a line a message, as in
//! upstream's `HumanUserSimulationEnv`.

use std::io::{BufRead, Write};
use std::sync::Arc;

use tau_domain::{Role, Task};
use tau_packs::Library;
use tau_runs::{Conversation, EpisodeId, RunId, Runs};
use tau_sim::STOP_MARKER;
use tau_sim::human::{Move, Switchboard};

use crate::error::CliError;

/// Answers for the person until the run ends. Without another line of input the run pauses.
pub async fn sit(
    runs: &Runs,
    run: RunId,
    people: Arc<Switchboard>,
    library: &Library,
) -> Result<(), CliError> {
    let plan = runs.run(run).await?.plan;
    let domain = library.get(&plan.domain.parse()?)?;
    let mut changes = people.changes();
    let mut told = Told::default();
    loop {
        for waiting in people.all_waiting() {
            let Ok(episode) = waiting.conversation.parse::<i64>() else { continue };
            let conversation = runs.conversation(EpisodeId(episode)).await?;
            let task = domain.task(plan.split, &conversation.row.task_id);
            told.catch_up(&conversation, task);
            let Some(line) = next_line().await? else {
                runs.pause(run).await?;
                return Ok(());
            };
            // The seat may be gone by now, when the run was stopped while the person thought.
            if let Err(gone) = people.answer(&waiting.conversation, Move::Say(line)) {
                eprintln!("That was not heard: {gone}.");
            }
        }
        if changes.changed().await.is_err() {
            return Ok(());
        }
    }
}

/// What the person has seen already.
#[derive(Default)]
struct Told {
    episode: Option<EpisodeId>,
    messages: usize,
}

impl Told {
    /// Prints what the agent has said since, with the task's text at the beginning.
    fn catch_up(&mut self, conversation: &Conversation, task: Option<&Task>) {
        if self.episode != Some(conversation.row.id) {
            *self = Told { episode: Some(conversation.row.id), messages: 0 };
            println!("\n{}", task.map(|task| task.instruction.as_str()).unwrap_or_default());
            println!(
                "\nWrite as this customer, a line a message; {STOP_MARKER} ends the conversation.\n"
            );
        }
        for message in conversation.messages.iter().skip(self.messages) {
            if message.role == Role::Assistant
                && let Some(heard) = message.heard()
            {
                println!("Agent: {heard}");
            }
        }
        self.messages = conversation.messages.len();
    }
}

/// A line from the terminal; `None` at the end of the input.
async fn next_line() -> Result<Option<String>, CliError> {
    let read = tokio::task::spawn_blocking(|| {
        print!("You: ");
        std::io::stdout().flush()?;
        let mut line = String::new();
        let bytes = std::io::stdin().lock().read_line(&mut line)?;
        std::io::Result::Ok((bytes > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
    });
    let failed = |error: &dyn std::fmt::Display| CliError::new("file", format!("input: {error}"));
    read.await.map_err(|error| failed(&error))?.map_err(|error| failed(&error))
}
