//! Conversations in which the person takes a seat. Behind each is a run of one conversation, so that
//! it is stored, resumed, graded and read as any other.

mod desk;

use std::time::Duration;

use tau_domain::{Message, Outcome, Role};
use tau_runs::{
    AgentPlan, Conversation, CustomerPlan, CustomerStrategy, PERSON, RunId, RunLimits, RunRow,
};
use tau_sim::human::{Move, MoveError, PERSON_NAME};
use tau_sim::{DEFAULT_MAX_STEPS, STOP_MARKER};
use tau_traits::{Condition, TraitMix};

use self::desk::Desk;
use super::Product;
use super::conversations::{turns, verdict_of};
use super::library::{count, opening_words};
use super::runs::{agent_name, customer_name, read_run, state};
use super::tool_forms::arguments;
use crate::endpoints::PRACTICE;
use crate::types::{
    CustomerChoice, ModelChoice, PlayDraft, PlayMove, PlayView, RunDraft, RunState, Seat, Speaker,
    Turn,
};
use crate::{ApiError, ErrorCode};

/// Longest message of a person, in characters.
const LONGEST: usize = 20_000;

/// How long an answer to a move may wait for what follows from it. What takes longer is told by a
/// tick.
const SOON: Duration = Duration::from_millis(1_500);

/// What somebody is told who talks to nobody.
const ALONE: &str = "You work alone: there is nobody to talk to. Use the tools.";

/// How often it is looked at within that time.
const LOOK: Duration = Duration::from_millis(40);

impl Product {
    /// Starts a conversation in which the person takes a seat.
    ///
    /// # Errors
    /// When the task is not there, or the other side cannot be played.
    pub async fn start_play(&self, draft: PlayDraft) -> Result<PlayView, ApiError> {
        let traits = self.trait_set();
        let mix = TraitMix::new(draft.levels.clone())
            .and_then(|mix| mix.check(&traits).map(|()| mix))
            .map_err(|error| ApiError::new(ErrorCode::BadRequest, format!("{error}.")))?;
        let condition =
            if mix.is_baseline() { Condition::baseline() } else { Condition::of(mix, &traits) };
        let seat = draft.seat;
        let is_tau2 = self.is_definition(&draft.domain);
        let mut plan = self.plan_with_person(&run_draft(draft, is_tau2), seat, condition).await?;
        match seat {
            Seat::Customer => {
                plan.customer = CustomerPlan::new(CustomerStrategy::Human, PERSON, PERSON_NAME);
            }
            Seat::Agent => plan.agent = AgentPlan::new(PERSON, PERSON_NAME),
        }
        let what = match plan.tasks.first() {
            None => String::new(),
            // The title of a task of tau2's says what is wrong, which nobody in a seat may know.
            Some(task) if is_tau2 => {
                let definition = self.definition(&plan.domain).await?;
                definition.task(&task.id).map(opening_words).unwrap_or_default()
            }
            Some(task) => task.title.clone(),
        };
        plan.name = match seat {
            Seat::Agent if plan.is_solo() => format!("You alone: {what}"),
            Seat::Customer => format!("You as the customer: {what}"),
            Seat::Agent => format!("You as the agent: {what}"),
        };
        plan.name = plan.name.chars().take(200).collect();
        let run = self.runs.create(plan).await?;
        self.runs.start(run).await?;
        self.soon(run, |view| view.your_turn || view.over).await
    }

    /// It as it stands.
    ///
    /// # Errors
    /// When the run is not there, or nobody plays in it.
    pub async fn play_view(&self, run: String) -> Result<PlayView, ApiError> {
        self.view(read_run(&run)?).await
    }

    /// The person's move.
    ///
    /// # Errors
    /// When it is not the person's turn, or the move is none: nothing said, a tool that is not there,
    /// arguments that do not fit.
    pub async fn play_move(&self, run: String, step: PlayMove) -> Result<PlayView, ApiError> {
        let run = read_run(&run)?;
        let row = self.played(run).await?;
        let before = self.view(run).await?;
        let desk = self.desk_of(&row).await?;
        let refused = |why: &str| Err(ApiError::new(ErrorCode::BadRequest, why));
        let step = match (step, desk.seat) {
            (PlayMove::Say { .. }, _) if desk.alone => {
                return refused(ALONE);
            }
            (PlayMove::Say { text }, _) => Move::Say(said(&text)?),
            (PlayMove::UseTool { .. }, Seat::Customer) if desk.tools.is_empty() => {
                return refused("The customer has no tools.");
            }
            (PlayMove::UseTool { tool, arguments: given }, _) => {
                let arguments = arguments(&desk.tools, &tool, &given)?;
                Move::Call { tool, arguments }
            }
            (PlayMove::Leave, Seat::Customer) => Move::Say(STOP_MARKER.to_owned()),
            (PlayMove::Leave, Seat::Agent) => {
                return refused(match desk.alone {
                    true => "You work alone: end it with the tool that says that you are done.",
                    false => {
                        "The agent cannot leave. Say goodbye, or hand over with the tool for it."
                    }
                });
            }
        };
        self.people.answer(&before.conversation_id, step).map_err(|error| match error {
            MoveError::NotWaiting => ApiError::new(
                ErrorCode::Conflict,
                "It is not your turn: wait for the other side to answer.",
            ),
            MoveError::NoTools => ApiError::new(ErrorCode::BadRequest, "You have no tools here."),
            MoveError::NobodyListens => ApiError::new(ErrorCode::BadRequest, ALONE),
        })?;
        // What the person did is seen at once; what the other side says to it may take its time.
        self.soon(run, |view| view.over || view.turns.len() > before.turns.len()).await
    }

    /// The view as soon as it is `ready`, or as it is after a while.
    async fn soon(
        &self,
        run: RunId,
        ready: impl Fn(&PlayView) -> bool,
    ) -> Result<PlayView, ApiError> {
        let patience = tokio::time::Instant::now() + SOON;
        loop {
            let view = self.view(run).await?;
            let stands = view.state != RunState::Running;
            if ready(&view) || stands || tokio::time::Instant::now() >= patience {
                return Ok(view);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn played(&self, run: RunId) -> Result<RunRow, ApiError> {
        let row = self.runs.run(run).await?;
        if row.plan.is_played() {
            return Ok(row);
        }
        Err(ApiError::new(
            ErrorCode::BadRequest,
            "Nobody takes a seat in this run. Open it as a run.",
        ))
    }

    async fn desk_of(&self, row: &RunRow) -> Result<Desk, ApiError> {
        let task = row.plan.tasks.first().map(|task| task.id.as_str()).unwrap_or_default();
        self.desk(row, task).await
    }

    async fn view(&self, run: RunId) -> Result<PlayView, ApiError> {
        let row = self.played(run).await?;
        let cells = self.runs.grid(run).await?.cells;
        let episode = cells.first().map(|cell| cell.episode).ok_or_else(|| {
            ApiError::new(ErrorCode::NotFound, "This conversation is not there any more.")
        })?;
        // Before the messages: a turn that has come is then never shown without what led to it.
        let your_turn = self.people.waiting(&episode.to_string()).is_some();
        let conversation = self.runs.conversation(episode).await?;
        let desk = self.desk_of(&row).await?;
        Ok(view(&row, desk, &conversation, your_turn))
    }
}

/// One conversation as a draft of a run; in place of the person's own side stands something that needs
/// nothing.
fn run_draft(draft: PlayDraft, is_tau2: bool) -> RunDraft {
    let nobody = || ModelChoice { endpoint: PRACTICE.to_owned(), model: String::new() };
    let (agent, customer) = match draft.seat {
        Seat::Agent => (nobody(), draft.customer),
        Seat::Customer => {
            let ModelChoice { endpoint, model } = nobody();
            let strategy = crate::types::CustomerStrategy::Practice;
            (draft.agent, CustomerChoice { strategy, endpoint, model, reanchor: true })
        }
    };
    RunDraft {
        name: String::new(),
        domain: draft.domain,
        split: draft.split,
        task_ids: Some(vec![draft.task_id]),
        agent,
        customer,
        conditions: Vec::new(),
        trials: 1,
        seed: 10,
        max_concurrency: RunLimits { max_concurrency: 1, ..RunLimits::default() }.max_concurrency,
        temperature: 0.0,
        max_steps: match is_tau2 {
            true => tau_sim::tau2::DEFAULT_MAX_STEPS,
            false => DEFAULT_MAX_STEPS,
        },
        agent_strategy: draft.agent_strategy,
        parallel_tool_calls: false,
        text_tool_calls: false,
        wording: String::new(),
        checkpoint: false,
        reply_cache: false,
        spend_cap_usd: None,
        unhurried: false,
        tau2: draft.tau2.filter(|_| is_tau2),
    }
}

fn said(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    let problem = match text.chars().count() {
        0 => "Write something first.".to_owned(),
        1..=LONGEST => return Ok(text.to_owned()),
        _ => format!("That is longer than {LONGEST} letters. Shorten it."),
    };
    Err(ApiError::new(ErrorCode::BadRequest, problem))
}

fn view(row: &RunRow, desk: Desk, conversation: &Conversation, your_turn: bool) -> PlayView {
    let plan = &row.plan;
    let over =
        matches!(conversation.row.outcome, Outcome::Passed | Outcome::Failed | Outcome::NotScored)
            || matches!(row.state, tau_runs::RunState::Cancelled | tau_runs::RunState::Finished);
    let running = row.state == tau_runs::RunState::Running;
    let your_turn = your_turn && running && !over;
    let mix = plan.conditions.first().filter(|condition| !condition.is_baseline());
    PlayView {
        run_id: row.id.to_string(),
        conversation_id: conversation.row.id.to_string(),
        traits: mix.map(|condition| condition.mix.label(&plan.trait_set())).unwrap_or_default(),
        tools: desk.forms(),
        other: match desk.seat {
            Seat::Customer => agent_name(row),
            Seat::Agent if desk.alone => String::new(),
            Seat::Agent => customer_name(row),
        },
        turns: heard_by(&desk, &conversation.messages),
        your_turn,
        status: status(row, &desk, &conversation.messages, your_turn || over),
        state: state(row.state),
        over,
        verdict: verdict_of(conversation),
        seat: desk.seat,
        domain_title: desk.domain_title,
        title: desk.title,
        card: desk.card,
        alone: desk.alone,
        policy: desk.policy,
    }
}

/// What somebody in this seat knows of the conversation: of tools a customer knows its own alone, and
/// neither side what the other one thinks.
fn heard_by(desk: &Desk, messages: &[Message]) -> Vec<Turn> {
    turns(&desk.seen(messages))
        .into_iter()
        .filter(|turn| desk.shows_calls() || turn.speaker != Speaker::Tool)
        .enumerate()
        .map(|(index, turn)| Turn {
            number: count(index + 1),
            thought: String::new(),
            drafts: Vec::new(),
            meter: Vec::new(),
            ..turn
        })
        .collect()
}

/// What is going on; empty when the person is at it, or nobody is.
fn status(row: &RunRow, desk: &Desk, messages: &[Message], quiet: bool) -> String {
    if quiet {
        return String::new();
    }
    if row.state == tau_runs::RunState::Paused {
        let why = row.message.trim();
        let waits = "The conversation waits; nothing is lost.";
        return if why.is_empty() { waits.to_owned() } else { format!("{why} {waits}") };
    }
    // An agent is not told what the customer does with its device.
    let seen = match desk.seat {
        Seat::Agent => desk.seen(messages),
        Seat::Customer => messages.to_vec(),
    };
    let working = seen.last().is_some_and(|message| {
        message.observation_of().is_some()
            || (message.role == Role::Assistant && !message.calls().is_empty())
    });
    match (desk.seat, working) {
        (Seat::Customer, true) => "The agent is looking something up".to_owned(),
        (Seat::Customer, false) if messages.len() < 2 => "It begins".to_owned(),
        (Seat::Customer, false) => "The agent is writing".to_owned(),
        (Seat::Agent, true) => "The tool is at work".to_owned(),
        (Seat::Agent, false) if desk.alone => "It begins".to_owned(),
        (Seat::Agent, false) => "The customer is writing".to_owned(),
    }
}
