//! The environment as a server of the Model Context Protocol.

use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    InitializeRequestParams, InitializeResult, JsonObject, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult,
    Resource, ResourceContents, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::{Value, json};
use tau_domain::ToolSpec;
use tau_sim::human::Move;
use tau_sim::tau2::Brief;

use super::visit::{Learned, NotNow, Verdict, Visit};

/// Where the policy is read.
const POLICY: &str = "tautrait://policy";

/// The tools that are ours and no domain's.
pub const BEGIN: &str = "begin_conversation";
pub const SAY: &str = "say_to_customer";
pub const READ_POLICY: &str = "read_policy";
pub const READ_GRADE: &str = "read_grade";

/// The environment of one task, offered to one agent.
pub struct Offer {
    visit: Arc<Visit>,
    policy: String,
    tools: Vec<Tool>,
    /// Whether the agent has no customer.
    alone: bool,
}

impl Offer {
    /// Offers a visit to an agent that is told and can call what its brief says.
    ///
    /// # Errors
    /// When the domain has a tool by one of our names.
    pub fn new(visit: Arc<Visit>, brief: Brief) -> Result<Self, String> {
        let Brief { system: policy, tools: theirs, done } = brief;
        let alone = done.is_some();
        let ours = ours(alone);
        let both = theirs.iter().find(|tool| ours.iter().any(|own| own.name == tool.name));
        if let Some(tool) = both {
            return Err(format!("the domain has a tool {}, which is a name of ours", tool.name));
        }
        let tools = ours.into_iter().chain(theirs.iter().map(tool)).collect();
        Ok(Offer { visit, policy, tools, alone })
    }

    fn instructions(&self) -> String {
        let how = match self.alone {
            true => {
                "You work on one ticket, alone: call the tools until it is settled, then the tool that \
                 says that you are done. Call begin_conversation first."
            }
            false => {
                "You are the agent of one conversation with a customer. Call begin_conversation first: \
                 you greet, and it answers with the customer's first words. Whatever you tell the customer \
                 goes through say_to_customer, which answers with what the customer says to it. One call at \
                 a time. The conversation ends when the customer ends it."
            }
        };
        format!("{how} read_grade tells the grade once it is over.\n\n{}", self.policy)
    }

    async fn called(&self, name: &str, arguments: JsonObject) -> CallToolResult {
        match name {
            BEGIN => told_or_not(self.visit.begin().await),
            READ_POLICY => CallToolResult::success(vec![ContentBlock::text(self.policy.clone())]),
            READ_GRADE => match self.visit.verdict().await {
                Ok(verdict) => grade(verdict),
                Err(not_now) => refused(not_now.to_string()),
            },
            SAY if !self.alone => match arguments.get("message").and_then(Value::as_str) {
                Some(text) if !text.trim().is_empty() => {
                    told_or_not(self.visit.act(Move::Say(text.to_owned())).await)
                }
                _ => refused("Give the words as the text `message`."),
            },
            // A name that no tool has is the agent's mistake, and is answered like any other.
            _ => {
                let arguments = Value::Object(arguments).to_string();
                let call = Move::Call { tool: name.to_owned(), arguments };
                told_or_not(self.visit.act(call).await)
            }
        }
    }
}

fn told_or_not(learned: Result<Learned, NotNow>) -> CallToolResult {
    match learned {
        Ok(learned) => told(learned),
        Err(not_now) => refused(not_now.to_string()),
    }
}

fn refused(why: impl Into<String>) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(why)])
}

fn told(learned: Learned) -> CallToolResult {
    // What an agent is told again may hold an error of long ago: the last word decides.
    let failed = learned.said.last().is_some_and(|(_, error)| *error);
    let broken = learned.over.as_ref().is_some_and(|verdict| verdict.reward.is_none());
    let mut blocks: Vec<ContentBlock> =
        learned.said.into_iter().map(|(text, _)| ContentBlock::text(text)).collect();
    blocks.extend(learned.over.map(|verdict| ContentBlock::text(ending(&verdict))));
    match failed || broken {
        true => CallToolResult::error(blocks),
        false => CallToolResult::success(blocks),
    }
}

fn ending(verdict: &Verdict) -> String {
    match &verdict.ending {
        Some(ending) => format!("The conversation is over: {ending}."),
        None => format!("The conversation is over and has no grade. {}", verdict.not_graded),
    }
}

fn grade(verdict: Option<Verdict>) -> CallToolResult {
    CallToolResult::structured(match verdict {
        None => json!({ "over": false }),
        Some(Verdict { ending, reward, not_graded }) => {
            let (reward, reward_info) = reward.unzip();
            let not_graded = Some(not_graded).filter(|_| reward.is_none());
            json!({
                "over": true,
                "ending": ending,
                "reward": reward,
                "reward_info": reward_info,
                "not_graded": not_graded,
            })
        }
    })
}

/// The tools with which an agent talks and learns what became of it.
fn ours(alone: bool) -> Vec<Tool> {
    let none = json!({"type": "object", "properties": {}});
    let message = json!({
        "type": "object",
        "properties": {"message": {"type": "string", "description": "What you tell the customer."}},
        "required": ["message"],
    });
    let (begin, say) = match alone {
        true => ("Begins the work. Call it first.", None),
        false => (
            "Begins the conversation and gives what was said so far: your greeting, the customer's first \
             words. Call it first; called again, it gives the whole conversation again.",
            Some("Tells the customer something and waits for what the customer says to it."),
        ),
    };
    let tool = |name: &'static str, text: &'static str, schema: &Value| {
        Tool::new(name, text, object(schema))
    };
    let mut tools = vec![
        tool(READ_POLICY, "Gives the policy that you have to follow.", &none),
        tool(BEGIN, begin, &none),
    ];
    tools.extend(say.map(|text| tool(SAY, text, &message)));
    let grade = "Gives the grade once the conversation is over; until then, that it is not.";
    tools.push(tool(READ_GRADE, grade, &none));
    tools
}

fn tool(spec: &ToolSpec) -> Tool {
    Tool::new(spec.name.clone(), spec.description.clone(), object(&spec.parameters))
}

/// A schema as the protocol wants it: an object that says it is one.
fn object(schema: &Value) -> JsonObject {
    let mut schema = schema.as_object().cloned().unwrap_or_default();
    schema.entry("type").or_insert_with(|| "object".into());
    schema
}

impl ServerHandler for Offer {
    fn get_info(&self) -> ServerConfig {
        let can = ServerCapabilities::builder().enable_tools().enable_resources().build();
        ServerConfig::new(can)
            .with_server_info(Implementation::new("tautrait", env!("CARGO_PKG_VERSION")))
            .with_instructions(self.instructions())
    }

    async fn initialize(
        &self,
        request: InitializeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<InitializeResult, ErrorData> {
        self.visit.named(&request.client_info.name);
        context.peer.set_peer_info(request.clone());
        self.negotiate_initialize(&request)
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools.clone()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        Ok(self.called(&request.name, arguments).await.into())
    }

    async fn list_resources(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let policy = Resource::new(POLICY, "policy")
            .with_title("Policy")
            .with_description("What the agent is told: its instructions and the policy.")
            .with_mime_type("text/plain");
        Ok(ListResourcesResult::with_all_items(vec![policy]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        if request.uri != POLICY {
            let message = format!("There is no {}; there is {POLICY}.", request.uri);
            return Err(ErrorData::resource_not_found(message, None));
        }
        let policy = ResourceContents::text(self.policy.clone(), POLICY);
        Ok(ReadResourceResult::new(vec![policy]).into())
    }
}
