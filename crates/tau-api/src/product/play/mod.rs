//! Conversations in which the person takes a seat. Behind each is a run of one conversation, so that
//! it is stored, resumed, graded and read as any other.

use std::time::Duration;

use tau_domain::{Domain, Message, Outcome, Role, Split};
use tau_report::explain;
use tau_runs::{
    AgentPlan, Conversation, CustomerPlan, CustomerStrategy, PERSON, RunId, RunLimits, RunRow,
};
use tau_sim::human::{Move, MoveError, PERSON_NAME};
use tau_sim::{DEFAULT_MAX_STEPS, STOP_MARKER};
use tau_traits::{Condition, TraitMix};

use super::Product;
use super::conversations::turns;
use super::library::{count, title};
use super::runs::{agent_name, customer_name, read_run, state};
use super::tool_forms::{arguments, forms};
use crate::types::{PlayDraft, PlayMove, PlayView, RunDraft, RunState, Seat, Speaker, Turn};
use crate::{ApiError, ErrorCode};

/// Longest message of a person, in characters.
const LONGEST: usize = 20_000;

/// How long an answer to a move may wait for what follows from it. What takes longer is told by a
/// tick.
const SOON: Duration = Duration::from_millis(1_500);

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
        let mut plan = self.plan_with_person(&run_draft(draft), seat, condition).await?;
        match seat {
            Seat::Customer => {
                plan.customer = CustomerPlan::new(CustomerStrategy::Human, PERSON, PERSON_NAME);
            }
            Seat::Agent => plan.agent = AgentPlan::new(PERSON, PERSON_NAME),
        }
        let what = plan.tasks.first().map(|task| task.title.clone()).unwrap_or_default();
        plan.name = match seat {
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
        let seat = seat(&row);
        let step = match (step, seat) {
            (PlayMove::Say { text }, _) => Move::Say(said(&text)?),
            (PlayMove::Leave, Seat::Customer) => Move::Say(STOP_MARKER.to_owned()),
            (PlayMove::UseTool { tool, arguments: given }, Seat::Agent) => {
                let domain = self.domain(&row.plan.domain).await?;
                let arguments = arguments(&domain.tools, &tool, &given)?;
                Move::Call { tool, arguments }
            }
            (PlayMove::Leave, Seat::Agent) => {
                return Err(ApiError::new(
                    ErrorCode::BadRequest,
                    "The agent cannot leave. Say goodbye, or hand over with the tool for it.",
                ));
            }
            (PlayMove::UseTool { .. }, Seat::Customer) => {
                return Err(ApiError::new(ErrorCode::BadRequest, "The customer has no tools."));
            }
        };
        let before = self.view(run).await?;
        let conversation = before.conversation_id.clone();
        self.people.answer(&conversation, step).map_err(|error| match error {
            MoveError::NotWaiting => ApiError::new(
                ErrorCode::Conflict,
                "It is not your turn: wait for the other side to answer.",
            ),
            MoveError::NoTools => {
                ApiError::new(ErrorCode::BadRequest, "The customer has no tools.")
            }
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

    async fn view(&self, run: RunId) -> Result<PlayView, ApiError> {
        let row = self.played(run).await?;
        let cells = self.runs.grid(run).await?.cells;
        let episode = cells.first().map(|cell| cell.episode).ok_or_else(|| {
            ApiError::new(ErrorCode::NotFound, "This conversation is not there any more.")
        })?;
        // Before the messages: a turn that has come is then never shown without what led to it.
        let your_turn = self.people.waiting(&episode.to_string()).is_some();
        let conversation = self.runs.conversation(episode).await?;
        let domain = self.domain(&row.plan.domain).await?;
        Ok(view(&row, &domain, conversation, your_turn))
    }
}

/// One conversation as a draft of a run; the person's own side in it is not looked at.
fn run_draft(draft: PlayDraft) -> RunDraft {
    RunDraft {
        name: String::new(),
        domain: draft.domain,
        split: draft.split,
        task_ids: Some(vec![draft.task_id]),
        agent: draft.agent,
        customer: draft.customer,
        conditions: Vec::new(),
        trials: 1,
        seed: 10,
        max_concurrency: RunLimits { max_concurrency: 1, ..RunLimits::default() }.max_concurrency,
        temperature: 0.0,
        max_steps: DEFAULT_MAX_STEPS,
        agent_strategy: draft.agent_strategy,
        parallel_tool_calls: false,
        text_tool_calls: false,
        wording: String::new(),
        checkpoint: false,
        reply_cache: false,
        spend_cap_usd: None,
        unhurried: false,
        tau2: None,
    }
}

fn seat(row: &RunRow) -> Seat {
    if row.plan.agent.endpoint == PERSON { Seat::Agent } else { Seat::Customer }
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

fn view(row: &RunRow, domain: &Domain, conversation: Conversation, your_turn: bool) -> PlayView {
    let plan = &row.plan;
    let seat = seat(row);
    let split: Split = plan.split;
    let of_domain = domain.task(split, &conversation.row.task_id);
    let task = conversation.task.as_ref().or(of_domain);
    let over =
        matches!(conversation.row.outcome, Outcome::Passed | Outcome::Failed | Outcome::NotScored)
            || matches!(row.state, tau_runs::RunState::Cancelled | tau_runs::RunState::Finished);
    let running = row.state == tau_runs::RunState::Running;
    let your_turn = your_turn && running && !over;
    let mix = plan.conditions.first().filter(|condition| !condition.is_baseline());
    let (instruction, policy, tools) = match seat {
        Seat::Customer => (task.map(|task| task.instruction.clone()), String::new(), Vec::new()),
        Seat::Agent => (None, domain.policy.clone(), forms(domain)),
    };
    let verdict = match &conversation.trajectory {
        Some(trajectory) => explain::why(
            trajectory.ending,
            &trajectory.reward,
            &trajectory.differences,
            trajectory.steps,
        ),
        None if conversation.row.outcome == Outcome::NotScored => {
            explain::why_not_scored(&conversation.row.message)
        }
        None => String::new(),
    };
    PlayView {
        run_id: row.id.to_string(),
        conversation_id: conversation.row.id.to_string(),
        seat,
        domain_title: domain.title.clone(),
        title: title(&conversation.row.task_title, &conversation.row.task_id),
        instruction: instruction.unwrap_or_default(),
        traits: mix.map(|condition| condition.mix.label(&plan.trait_set())).unwrap_or_default(),
        policy,
        tools,
        other: match seat {
            Seat::Customer => agent_name(row),
            Seat::Agent => customer_name(row),
        },
        turns: heard_by(seat, &conversation.messages),
        your_turn,
        status: status(row, seat, &conversation.messages, your_turn || over),
        state: state(row.state),
        over,
        verdict,
    }
}

/// What somebody in this seat knows of the conversation: a customer nothing of tools, and neither
/// side what the other one thinks.
fn heard_by(seat: Seat, messages: &[Message]) -> Vec<Turn> {
    turns(messages)
        .into_iter()
        .filter(|turn| seat == Seat::Agent || turn.speaker != Speaker::Tool)
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
fn status(row: &RunRow, seat: Seat, messages: &[Message], quiet: bool) -> String {
    if quiet {
        return String::new();
    }
    if row.state == tau_runs::RunState::Paused {
        let why = row.message.trim();
        let waits = "The conversation waits; nothing is lost.";
        return if why.is_empty() { waits.to_owned() } else { format!("{why} {waits}") };
    }
    let working = messages.last().is_some_and(|message| {
        message.observation_of().is_some()
            || (message.role == Role::Assistant && !message.calls().is_empty())
    });
    match (seat, working) {
        (Seat::Customer, true) => "The agent is looking something up".to_owned(),
        (Seat::Customer, false) if messages.len() < 2 => "It begins".to_owned(),
        (Seat::Customer, false) => "The agent is writing".to_owned(),
        (Seat::Agent, true) => "The tool is at work".to_owned(),
        (Seat::Agent, false) => "The customer is writing".to_owned(),
    }
}
