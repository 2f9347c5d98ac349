//! The airline domain: flights, users, reservations. Upstream: `domains/airline/{data_model,tools}.py`.
//!
//! What upstream does not do is not done here either: no seats are released or taken when a reservation is
//! cancelled or changed, a certificate is used up whatever was paid with it, a cancelled reservation can be
//! cancelled again.

mod booking;
pub mod models;
mod search;
mod update;

use crate::calculate::calculate;
use crate::domain::{Domain, OpenError};
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::toolkit::{Args, Kit, Method, Profile, Side, required};
use crate::validate::{construct, validate};
use crate::value::Value;
use models::{AIRPORT, CERTIFICATE, DATABASE};

pub(crate) fn open(profile: Profile, agent: &Value) -> Result<Domain, OpenError> {
    let agent = AirlineTools { db: validate(&DATABASE, agent)? };
    Ok(Domain {
        name: "airline".into(),
        profile,
        agent: Kit::boxed(agent, profile),
        user: None,
        sync: None,
        no_solo: Some("Airline domain does not support solo mode"),
    })
}

/// The agent's side.
#[derive(Clone)]
struct AirlineTools {
    db: Value,
}

impl Side for AirlineTools {
    const CLASS: &'static str = "AirlineTools";

    fn methods() -> &'static [Method<AirlineTools>] {
        static METHODS: [Method<AirlineTools>; 14] = [
            Method::write(
                "book_reservation",
                &[
                    required("user_id"),
                    required("origin"),
                    required("destination"),
                    required("flight_type"),
                    required("cabin"),
                    required("flights"),
                    required("passengers"),
                    required("payment_methods"),
                    required("total_baggages"),
                    required("nonfree_baggages"),
                    required("insurance"),
                ],
                booking::book_reservation,
            ),
            Method::generic("calculate", &[required("expression")], |_, args| {
                let [expression] = args.take();
                calculate(&expression)
            }),
            Method::write("cancel_reservation", &[required("reservation_id")], cancel_reservation),
            Method::read(
                "get_reservation_details",
                &[required("reservation_id")],
                get_reservation_details,
            ),
            Method::read("get_user_details", &[required("user_id")], get_user_details),
            Method::read("list_all_airports", &[], list_all_airports),
            Method::read(
                "search_direct_flight",
                &[required("origin"), required("destination"), required("date")],
                search::search_direct_flight,
            ),
            Method::read(
                "search_onestop_flight",
                &[required("origin"), required("destination"), required("date")],
                search::search_onestop_flight,
            ),
            Method::write(
                "send_certificate",
                &[required("user_id"), required("amount")],
                send_certificate,
            ),
            Method::generic("transfer_to_human_agents", &[required("summary")], |_, _| {
                Ok("Transfer successful".into())
            }),
            Method::write(
                "update_reservation_baggages",
                &[
                    required("reservation_id"),
                    required("total_baggages"),
                    required("nonfree_baggages"),
                    required("payment_id"),
                ],
                update::update_reservation_baggages,
            ),
            Method::write(
                "update_reservation_flights",
                &[
                    required("reservation_id"),
                    required("cabin"),
                    required("flights"),
                    required("payment_id"),
                ],
                update::update_reservation_flights,
            ),
            Method::write(
                "update_reservation_passengers",
                &[required("reservation_id"), required("passengers")],
                update::update_reservation_passengers,
            ),
            Method::read(
                "get_flight_status",
                &[required("flight_number"), required("date")],
                get_flight_status,
            ),
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
}

impl AirlineTools {
    /// A row of a table, or `{what} {id} not found`.
    fn row(&self, table: &str, what: &str, id: &Value) -> Result<&Value, Raised> {
        let rows = self.db.attr(table)?;
        if !python::contains(rows, id)? {
            return Err(Raised::value(format!("{what} {} not found", python::str_of(id))));
        }
        rows.entry(id)
    }

    fn user(&self, id: &Value) -> Result<&Value, Raised> {
        self.row("users", "User", id)
    }

    fn user_mut(&mut self, id: &Value) -> Result<&mut Value, Raised> {
        self.user(id)?;
        self.db.attr_mut("users")?.entry_mut(id)
    }

    fn reservation(&self, id: &Value) -> Result<&Value, Raised> {
        self.row("reservations", "Reservation", id)
    }

    fn reservation_mut(&mut self, id: &Value) -> Result<&mut Value, Raised> {
        self.reservation(id)?;
        self.db.attr_mut("reservations")?.entry_mut(id)
    }

    fn flight(&self, number: &Value) -> Result<&Value, Raised> {
        self.row("flights", "Flight", number)
    }

    /// A flight on a day.
    fn instance(&self, number: &Value, date: &Value) -> Result<&Value, Raised> {
        let dates = self.flight(number)?.attr("dates")?;
        if !python::contains(dates, date)? {
            return Err(Raised::value(format!(
                "Flight {} not found on date {}",
                python::str_of(number),
                python::str_of(date)
            )));
        }
        dates.entry(date)
    }
}

/// Makes objects of a list of dicts; a list that holds anything else is left as it is.
fn objects(class: &'static crate::schema::Class, list: &Value) -> Outcome {
    let items = python::iterate(list)?;
    if !items.iter().all(|item| matches!(item, Value::Dict(_))) {
        return Ok(list.clone());
    }
    let made = items.iter().map(|item| validate(class, item));
    Ok(Value::list(made.collect::<Result<_, _>>()?))
}

fn cancel_reservation(tools: &mut AirlineTools, args: Args) -> Outcome {
    let [id] = args.take();
    let reservation = tools.reservation_mut(&id)?;
    let mut refunds = Vec::new();
    for payment in python::iterate(reservation.attr("payment_history")?)? {
        refunds.push(construct(
            &models::PAYMENT,
            [
                ("payment_id", payment.attr("payment_id")?.clone()),
                ("amount", python::negate(payment.attr("amount")?)?),
            ],
        )?);
    }
    reservation.attr_mut("payment_history")?.items_mut()?.extend(refunds);
    reservation.set("status", "cancelled")?;
    Ok(reservation.clone())
}

fn get_reservation_details(tools: &mut AirlineTools, args: Args) -> Outcome {
    let [id] = args.take();
    tools.reservation(&id).cloned()
}

fn get_user_details(tools: &mut AirlineTools, args: Args) -> Outcome {
    let [id] = args.take();
    tools.user(&id).cloned()
}

/// The airports and cities that upstream's tool knows.
const AIRPORTS: [(&str, &str); 20] = [
    ("SFO", "San Francisco"),
    ("JFK", "New York"),
    ("LAX", "Los Angeles"),
    ("ORD", "Chicago"),
    ("DFW", "Dallas"),
    ("DEN", "Denver"),
    ("SEA", "Seattle"),
    ("ATL", "Atlanta"),
    ("MIA", "Miami"),
    ("BOS", "Boston"),
    ("PHX", "Phoenix"),
    ("IAH", "Houston"),
    ("LAS", "Las Vegas"),
    ("MCO", "Orlando"),
    ("EWR", "Newark"),
    ("CLT", "Charlotte"),
    ("MSP", "Minneapolis"),
    ("DTW", "Detroit"),
    ("PHL", "Philadelphia"),
    ("LGA", "LaGuardia"),
];

fn list_all_airports(_: &mut AirlineTools, _: Args) -> Outcome {
    let airport = |(iata, city): &(&str, &str)| {
        construct(&AIRPORT, [("iata", (*iata).into()), ("city", (*city).into())])
    };
    Ok(Value::list(AIRPORTS.iter().map(airport).collect::<Result<_, _>>()?))
}

fn send_certificate(tools: &mut AirlineTools, args: Args) -> Outcome {
    let [user_id, amount] = args.take();
    let methods = tools.user_mut(&user_id)?.attr_mut("payment_methods")?;
    for id in ["certificate_3221322", "certificate_3221323", "certificate_3221324"] {
        if python::contains(methods, &id.into())? {
            continue;
        }
        let certificate = construct(
            &CERTIFICATE,
            [("id", id.into()), ("amount", amount.clone()), ("source", "certificate".into())],
        )?;
        methods.put(id, certificate)?;
        return Ok(format!(
            "Certificate {id} added to user {} with amount {}.",
            python::str_of(&user_id),
            python::str_of(&amount)
        )
        .into());
    }
    Err(Raised::value("Too many certificates"))
}

fn get_flight_status(tools: &mut AirlineTools, args: Args) -> Outcome {
    let [number, date] = args.take();
    tools.instance(&number, &date)?.attr("status").cloned()
}
