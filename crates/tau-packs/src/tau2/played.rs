//! Made-up conversations over a task: the expected actions one after the other, or none at all. What they
//! are worth tells whether a task can be solved and whether it asks for anything.

use tau_toolkits::grading::{
    Conversation, Criteria, Evaluation, GradeError, GradedTask, NlCheck, RewardInfo, grade,
};
use tau_toolkits::{Domain, Ids, Profile, Requestor, ToolCall, Turn};

/// What such a conversation does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Script {
    /// Whether the expected actions are taken, each by the side that is to take it.
    pub acts: bool,
    /// Whether the agent says at the end what it should.
    pub says: bool,
}

impl Script {
    /// Does and says everything.
    pub const PERFECT: Script = Script { acts: true, says: true };

    /// Does and says nothing.
    pub const IDLE: Script = Script { acts: false, says: false };
}

/// Plays a script on a task and grades what came of it. A judge of assertions in words, where one is
/// asked, finds everything met.
///
/// # Errors
/// When the task's state cannot be set up or its assertions cannot be asked.
pub(crate) fn play(
    domain: &Domain,
    task: &GradedTask,
    greeting: &str,
    script: Script,
) -> Result<RewardInfo, GradeError> {
    // Nothing that is compared rests on ids that tools draw: where they do, both sides draw the same.
    let ids = Ids::seeded(0);
    let none = Criteria {
        actions: None,
        env_assertions: None,
        communicate_info: None,
        nl_assertions: None,
        basis: Vec::new(),
    };
    let criteria = task.criteria.as_ref().unwrap_or(&none);
    let mut turns = task.history.clone();
    turns.push(said(false, greeting.to_owned()));
    if script.acts {
        let mut environment = domain.environment(&ids)?;
        environment.set_state(&task.initial, &task.history)?;
        for (number, action) in criteria.actions.iter().flatten().enumerate() {
            let call = ToolCall { id: format!("call_{number}"), ..action.call.clone() };
            let response = environment.get_response(&call);
            let by_user = call.requestor == Requestor::User;
            turns.push(Turn::Said { by_user, content: None, calls: Some(vec![call]) });
            turns.push(Turn::Answer { id: response.id, content: Some(response.content) });
        }
    }
    let info = criteria.communicate_info.as_deref().unwrap_or_default();
    let last = if script.says { format!("Done. {}", info.join(" / ")) } else { "Done.".to_owned() };
    turns.push(said(false, last));
    turns.push(said(true, "###STOP###".to_owned()));
    let met = |assertion: &String| NlCheck {
        assertion: assertion.clone(),
        met: true,
        justification: "stub".to_owned(),
    };
    let judged: Vec<NlCheck> = criteria.nl_assertions.iter().flatten().map(met).collect();
    let conversation = Conversation {
        domain,
        ids: &ids,
        solo: false,
        turns: &turns,
        ending: "user_stop",
        judged: Some(&judged),
        lenient: false,
    };
    grade(&conversation, task, whole(domain.profile(), criteria))
}

/// The evaluation that takes everything in: 0.2 asks a judge only when it is told to, and its plain
/// evaluation refuses a task whose reward rests on one.
fn whole(profile: Profile, criteria: &Criteria) -> Evaluation {
    use tau_toolkits::grading::Basis;
    match profile {
        Profile::V0_2 if criteria.basis.contains(&Basis::NlAssertion) => {
            Evaluation::AllWithNlAssertions
        }
        _ => Evaluation::All,
    }
}

fn said(by_user: bool, content: String) -> Turn {
    Turn::Said { by_user, content: Some(content), calls: None }
}
