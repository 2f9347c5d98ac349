//! The customers: facts from the pack's database, and who they are as people.

use serde_json::Value;

use crate::shell::Result;

/// Who the customers are, in the order of the database. They differ in what they know of phones, not in
/// temper: how a customer behaves is what a run's traits vary.
const PERSONAS: &[&str] = &[
    "You run a small bakery and write between two trays of bread. You use your phone all day and know its settings by sight, not by name.",
    "You study architecture. You find your way around any menu and use the right words for things.",
    "You are a sea captain on leave. You are exact: you answer what was asked, with the words that stand on the screen.",
    "You teach at a primary school. You can use your phone, but what an access point is, nobody ever told you.",
    "You write software. You understand technical terms and do not need things explained twice.",
    "You drive a delivery van and write during your break. Short sentences are enough for you.",
    "You are a nurse on night shift. You follow instructions well if they come one at a time.",
    "You are retired and got this phone from your daughter. You know where the settings are, and little more.",
    "You lead a choir. You describe things in your own way and say so when a word means nothing to you.",
    "You are an accountant. You want to know what something costs before you agree, and you read carefully.",
    "You are in your first job, at a flower shop. You know apps better than settings.",
    "You farm and are outdoors most of the day. Technical words have to be put into everyday ones for you.",
];

/// A line of a customer's account.
pub struct Line {
    /// Its number in the database.
    pub id: String,
    /// Its status.
    pub status: String,
}

/// A customer with what a task needs to know of the account.
pub struct Customer {
    /// Number in the database.
    pub id: String,
    /// First and last name.
    pub name: String,
    /// YYYY-MM-DD
    pub born: String,
    /// The number of the line that the task is about.
    pub phone: String,
    /// Where the customer lives.
    pub town: String,
    /// What kind of person it is.
    pub persona: &'static str,
    /// The line that the task is about.
    pub line: Line,
    /// Another line of the account, which the task leaves alone.
    pub other: Option<Line>,
    /// Gigabytes of the plan.
    pub allowance: f64,
    /// Gigabytes topped up in this cycle.
    pub topped_up: f64,
    /// US dollars for a gigabyte more.
    pub rate: f64,
}

impl Customer {
    /// All customers of the database.
    pub fn all(database: &Value) -> Result<Vec<Customer>> {
        let customers = database["customers"].as_array().map(Vec::as_slice).unwrap_or_default();
        if customers.len() != PERSONAS.len() {
            return Err("there are not as many customers as people".into());
        }
        let read = |(customer, persona)| {
            Customer::read(database, customer, persona)
                .ok_or_else(|| format!("the database lacks something of {}", customer["full_name"]))
        };
        customers.iter().zip(PERSONAS.iter().copied()).map(read).collect()
    }

    fn read(database: &Value, customer: &Value, persona: &'static str) -> Option<Customer> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let row = |table: &str, key: &str, id: &Value| -> Option<&Value> {
            database[table].as_array()?.iter().find(|row| row[key] == *id)
        };
        let lines = customer["line_ids"].as_array()?;
        let found = |place: usize| row("lines", "line_id", lines.get(place)?);
        let line =
            |row: &Value| Some(Line { id: text(&row["line_id"])?, status: text(&row["status"])? });
        let first = found(0)?;
        let plan = row("plans", "plan_id", &first["plan_id"])?;
        Some(Customer {
            id: text(&customer["customer_id"])?,
            name: text(&customer["full_name"])?,
            born: text(&customer["date_of_birth"])?,
            phone: text(&first["phone_number"])?,
            town: text(&customer["address"]["city"])?,
            persona,
            line: line(first)?,
            other: found(1).and_then(line),
            allowance: plan["data_limit_gb"].as_f64()?,
            topped_up: first["data_refueling_gb"].as_f64()?,
            rate: plan["data_refueling_price_per_gb"].as_f64()?,
        })
    }

    /// The bill that is overdue where a task says so: it is made for the task.
    pub fn overdue_bill(&self) -> String {
        format!("B7{}", self.id.trim_start_matches("C3"))
    }
}
