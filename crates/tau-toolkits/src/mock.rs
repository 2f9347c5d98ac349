//! The mock domain: a few users and their tasks; from 1.0 on also the customer's notifications.
//! Upstream: `domains/mock/{data_model,tools,user_data_model,user_tools}.py`.

use crate::domain::{Domain, OpenError};
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::schema::{self, Class, Default, Field, Kind};
use crate::toolkit::{Args, Kit, Method, Profile, Side, optional, required};
use crate::validate::{construct, validate};
use crate::value::Value;

/// A task.
pub static TASK: Class = Class::new(
    "Task",
    &[
        schema::required("task_id", Kind::Str),
        schema::required("title", Kind::Str),
        schema::optional("description", &Kind::Str),
        schema::required("status", Kind::Literal(&["pending", "completed"])),
    ],
);

/// A user.
pub static USER: Class = Class::new(
    "User",
    &[
        schema::required("user_id", Kind::Str),
        schema::required("name", Kind::Str),
        schema::required("tasks", Kind::List(&Kind::Str)),
    ],
);

/// The agent's database.
pub static DATABASE: Class = Class::strict(
    "MockDB",
    &[
        schema::required("tasks", Kind::Dict(&Kind::Model(&TASK))),
        schema::required("users", Kind::Dict(&Kind::Model(&USER))),
    ],
);

/// A notification.
pub static NOTIFICATION: Class = Class::strict(
    "Notification",
    &[
        schema::required("notification_id", Kind::Str),
        schema::required("message", Kind::Str),
        Field {
            name: "status",
            kind: Kind::Literal(&["unread", "read"]),
            default: Default::Str("unread"),
        },
        schema::optional("task_id", &Kind::Str),
    ],
);

/// The customer's database.
pub static USER_DATABASE: Class = Class::strict(
    "MockUserDB",
    &[Field {
        name: "notifications",
        kind: Kind::Dict(&Kind::Model(&NOTIFICATION)),
        default: Default::Dict,
    }],
);

pub(crate) fn open(
    profile: Profile,
    agent: &Value,
    user: Option<&Value>,
) -> Result<Domain, OpenError> {
    let agent = MockTools { db: validate(&DATABASE, agent)? };
    let user = match user.filter(|_| profile >= Profile::V1_0) {
        Some(data) => Some(MockUserTools { db: validate(&USER_DATABASE, data)? }),
        None if profile >= Profile::V1_0 => {
            return Err(OpenError::Missing { domain: "mock".into() });
        }
        None => None,
    };
    Ok(Domain {
        name: "mock".into(),
        profile,
        agent: Kit::boxed(agent, profile),
        user: user.map(|user| Kit::boxed(user, profile)),
        sync: None,
        no_solo: None,
    })
}

/// The agent's side.
#[derive(Clone)]
struct MockTools {
    db: Value,
}

impl Side for MockTools {
    const CLASS: &'static str = "MockTools";

    fn methods() -> &'static [Method<MockTools>] {
        static METHODS: [Method<MockTools>; 6] = [
            Method::write(
                "create_task",
                &[required("user_id"), required("title"), optional("description", Default::None)],
                create_task,
            ),
            Method::read("get_users", &[], get_users),
            Method::write(
                "update_task_status",
                &[required("task_id"), required("status")],
                update_task_status,
            ),
            Method::plain(
                "assert_number_of_tasks",
                &[required("user_id"), required("expected_number")],
                assert_number_of_tasks,
            ),
            Method::plain(
                "assert_task_status",
                &[required("task_id"), required("expected_status")],
                assert_task_status,
            ),
            Method::generic("transfer_to_human_agents", &[required("summary")], transfer),
        ];
        &METHODS
    }

    fn dump(&self) -> Value {
        self.db.clone()
    }

    fn load(&mut self, data: &Value) -> Result<(), Raised> {
        self.db = validate(&DATABASE, data)?;
        Ok(())
    }

    fn adopt(&mut self, database: Value) {
        self.db = database;
    }
}

fn user<'v>(db: &'v mut Value, id: &Value) -> Result<&'v mut Value, Raised> {
    let users = db.attr_mut("users")?;
    if !python::contains(users, id)? {
        return Err(Raised::value(format!("User {} not found", python::str_of(id))));
    }
    users.entry_mut(id)
}

fn task<'v>(db: &'v mut Value, id: &Value) -> Result<&'v mut Value, Raised> {
    let tasks = db.attr_mut("tasks")?;
    if !python::contains(tasks, id)? {
        return Err(Raised::value(format!("Task {} not found", python::str_of(id))));
    }
    tasks.entry_mut(id)
}

fn create_task(tools: &mut MockTools, args: Args) -> Outcome {
    let [user_id, title, description] = args.take();
    user(&mut tools.db, &user_id)?;
    let id = format!("task_{}", python::len(tools.db.attr("tasks")?)? + 1);
    let task = construct(
        &TASK,
        [
            ("task_id", id.as_str().into()),
            ("title", title),
            ("description", description),
            ("status", "pending".into()),
        ],
    )?;
    tools.db.attr_mut("tasks")?.put(&id, task.clone())?;
    user(&mut tools.db, &user_id)?.attr_mut("tasks")?.push(id)?;
    Ok(task)
}

fn get_users(tools: &mut MockTools, _: Args) -> Outcome {
    Ok(values(tools.db.attr("users")?))
}

/// `list(mapping.values())`
fn values(mapping: &Value) -> Value {
    let entries = mapping.as_dict().into_iter().flatten();
    Value::list(entries.map(|(_, value)| value.clone()).collect())
}

fn update_task_status(tools: &mut MockTools, args: Args) -> Outcome {
    let [task_id, status] = args.take();
    let task = task(&mut tools.db, &task_id)?;
    task.set("status", status)?;
    Ok(task.clone())
}

fn assert_number_of_tasks(tools: &mut MockTools, args: Args) -> Outcome {
    let [user_id, expected] = args.take();
    let number = python::len(user(&mut tools.db, &user_id)?.attr("tasks")?)?;
    Ok(python::equal(&Value::Int(number as i128), &expected).into())
}

fn assert_task_status(tools: &mut MockTools, args: Args) -> Outcome {
    let [task_id, expected] = args.take();
    Ok(python::equal(task(&mut tools.db, &task_id)?.attr("status")?, &expected).into())
}

fn transfer(_: &mut MockTools, _: Args) -> Outcome {
    Ok("Transfer successful".into())
}

/// The customer's side.
#[derive(Clone)]
struct MockUserTools {
    db: Value,
}

impl Side for MockUserTools {
    const CLASS: &'static str = "MockUserTools";

    fn methods() -> &'static [Method<MockUserTools>] {
        static METHODS: [Method<MockUserTools>; 4] = [
            Method::read("check_notifications", &[], check_notifications),
            Method::write(
                "dismiss_notification",
                &[required("notification_id")],
                dismiss_notification,
            ),
            Method::plain(
                "add_notification",
                &[
                    required("notification_id"),
                    required("message"),
                    optional("task_id", Default::None),
                ],
                add_notification,
            ),
            Method::plain(
                "assert_notification_status",
                &[required("notification_id"), required("expected_status")],
                assert_notification_status,
            ),
        ];
        &METHODS
    }

    fn dump(&self) -> Value {
        self.db.clone()
    }

    fn load(&mut self, data: &Value) -> Result<(), Raised> {
        self.db = validate(&USER_DATABASE, data)?;
        Ok(())
    }

    fn adopt(&mut self, database: Value) {
        self.db = database;
    }
}

fn notification<'v>(db: &'v mut Value, id: &Value) -> Result<&'v mut Value, Raised> {
    let notifications = db.attr_mut("notifications")?;
    if !python::contains(notifications, id)? {
        return Err(Raised::value(format!("Notification {} not found", python::str_of(id))));
    }
    notifications.entry_mut(id)
}

fn check_notifications(tools: &mut MockUserTools, _: Args) -> Outcome {
    Ok(values(tools.db.attr("notifications")?))
}

fn dismiss_notification(tools: &mut MockUserTools, args: Args) -> Outcome {
    let [id] = args.take();
    notification(&mut tools.db, &id)?.set("status", "read")?;
    Ok(format!("Notification {} dismissed", python::str_of(&id)).into())
}

fn add_notification(tools: &mut MockUserTools, args: Args) -> Outcome {
    let [id, message, task_id] = args.take();
    let made = construct(
        &NOTIFICATION,
        [("notification_id", id.clone()), ("message", message), ("task_id", task_id)],
    )?;
    let name = id.as_str().unwrap_or_default();
    tools.db.attr_mut("notifications")?.put(name, made.clone())?;
    Ok(made)
}

fn assert_notification_status(tools: &mut MockUserTools, args: Args) -> Outcome {
    let [id, expected] = args.take();
    Ok(python::equal(notification(&mut tools.db, &id)?.attr("status")?, &expected).into())
}
