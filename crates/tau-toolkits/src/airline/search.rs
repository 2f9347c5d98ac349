//! Searching for flights.

use super::AirlineTools;
use super::models::DIRECT_FLIGHT;
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::toolkit::Args;
use crate::validate::construct;
use crate::value::Value;

/// What is searched for; `None` as a value means any.
struct Wanted<'v> {
    date: &'v Value,
    origin: &'v Value,
    destination: &'v Value,
    leave_after: &'v Value,
}

impl AirlineTools {
    fn direct(&self, wanted: &Wanted<'_>) -> Result<Vec<Value>, Raised> {
        let is = |field: &Value, asked: &Value| asked.is_none() || python::equal(field, asked);
        let mut found = Vec::new();
        for (_, flight) in self.db.attr("flights")?.as_dict().into_iter().flatten() {
            if !is(flight.attr("origin")?, wanted.origin)
                || !is(flight.attr("destination")?, wanted.destination)
            {
                continue;
            }
            let dates = flight.attr("dates")?;
            if !python::contains(dates, wanted.date)? {
                continue;
            }
            let instance = dates.entry(wanted.date)?;
            let departure = flight.attr("scheduled_departure_time_est")?;
            if !python::equal(instance.attr("status")?, &"available".into())
                || !(wanted.leave_after.is_none()
                    || python::at_least(departure, wanted.leave_after)?)
            {
                continue;
            }
            found.push(construct(
                &DIRECT_FLIGHT,
                [
                    ("flight_number", flight.attr("flight_number")?.clone()),
                    ("origin", flight.attr("origin")?.clone()),
                    ("destination", flight.attr("destination")?.clone()),
                    ("status", "available".into()),
                    ("scheduled_departure_time_est", departure.clone()),
                    (
                        "scheduled_arrival_time_est",
                        flight.attr("scheduled_arrival_time_est")?.clone(),
                    ),
                    ("available_seats", instance.attr("available_seats")?.clone()),
                    ("prices", instance.attr("prices")?.clone()),
                ],
            )?);
        }
        Ok(found)
    }
}

pub(super) fn search_direct_flight(tools: &mut AirlineTools, args: Args) -> Outcome {
    let [origin, destination, date] = args.take();
    let wanted = Wanted {
        date: &date,
        origin: &origin,
        destination: &destination,
        leave_after: &Value::None,
    };
    Ok(Value::list(tools.direct(&wanted)?))
}

pub(super) fn search_onestop_flight(tools: &mut AirlineTools, args: Args) -> Outcome {
    let [origin, destination, date] = args.take();
    let mut found = Vec::new();
    let first_legs = tools.direct(&Wanted {
        date: &date,
        origin: &origin,
        destination: &Value::None,
        leave_after: &Value::None,
    })?;
    for mut first in first_legs {
        first.set("date", date.clone())?;
        let arrival = first.attr("scheduled_arrival_time_est")?.clone();
        let next = match python::contains(&arrival, &"+1".into())? {
            true => Value::str(day_after(&date)),
            false => date.clone(),
        };
        let second_legs = tools.direct(&Wanted {
            date: &next,
            origin: first.attr("destination")?,
            destination: &destination,
            leave_after: &arrival,
        })?;
        for mut second in second_legs {
            second.set("date", next.clone())?;
            found.push(Value::list(vec![first.clone(), second]));
        }
    }
    Ok(Value::list(found))
}

/// The next day as upstream writes it: always May 2024, the day without a leading zero. The date is one
/// that a flight has, so it ends in a number.
fn day_after(date: &Value) -> String {
    let text = date.as_str().unwrap_or_default();
    let day: u32 =
        text.get(text.len().saturating_sub(2)..).and_then(|day| day.parse().ok()).unwrap_or(0);
    format!("2024-05-{}", day + 1)
}
