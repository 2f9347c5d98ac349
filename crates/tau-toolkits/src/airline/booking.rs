//! Booking a reservation.

use super::models::{AVAILABLE, FLIGHT_INFO, PASSENGER, PAYMENT, RESERVATION, RESERVATION_FLIGHT};
use super::{AirlineTools, objects};
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::toolkit::Args;
use crate::validate::construct;
use crate::value::Value;

/// Upstream's "now".
const NOW: &str = "2024-05-15T15:00:00";

pub(super) fn book_reservation(tools: &mut AirlineTools, args: Args) -> Outcome {
    let [
        user_id,
        origin,
        destination,
        flight_type,
        cabin,
        flights,
        passengers,
        payments,
        total_baggages,
        nonfree_baggages,
        insurance,
    ] = args.take();
    let flights = objects(&FLIGHT_INFO, &flights)?;
    let passengers = objects(&PASSENGER, &passengers)?;
    let payments = objects(&PAYMENT, &payments)?;
    tools.user(&user_id)?;
    let id = tools.new_reservation_id()?;
    let mut reservation = construct(
        &RESERVATION,
        [
            ("reservation_id", id.into()),
            ("user_id", user_id.clone()),
            ("origin", origin),
            ("destination", destination),
            ("flight_type", flight_type),
            ("cabin", cabin.clone()),
            ("flights", Value::list(Vec::new())),
            ("passengers", passengers.clone()),
            ("payment_history", payments.clone()),
            ("created_at", NOW.into()),
            ("total_baggages", total_baggages),
            ("nonfree_baggages", nonfree_baggages.clone()),
            ("insurance", insurance.clone()),
        ],
    )?;

    let heads = Value::Int(python::len(&passengers)? as i128);
    let mut total = Value::Int(0);
    let mut seats = Vec::new();
    for info in python::iterate(&flights)? {
        let leg = tools.bookable(&info, &cabin, &heads)?;
        total = python::add_assign(&total, &python::multiply(leg.attr("price")?, &heads)?)?;
        reservation.attr_mut("flights")?.push(leg)?;
        seats.push(info);
    }
    if python::equal(&insurance, &"yes".into()) {
        total = python::add_assign(&total, &python::multiply(&Value::Int(30), &heads)?)?;
    }
    total = python::add_assign(&total, &python::multiply(&Value::Int(50), &nonfree_baggages)?)?;

    tools.check_payments(&user_id, &payments, &total)?;
    tools.take_payments(&user_id, &payments)?;
    for info in seats {
        let (number, date) = (info.attr("flight_number")?, info.attr("date")?);
        let left = tools
            .db
            .attr_mut("flights")?
            .entry_mut(number)?
            .attr_mut("dates")?
            .entry_mut(date)?
            .attr_mut("available_seats")?
            .entry_mut(&cabin)?;
        *left = python::subtract_assign(left, &heads)?;
    }
    tools.db.attr_mut("reservations")?.put(id, reservation.clone())?;
    tools.user_mut(&user_id)?.attr_mut("reservations")?.push(id)?;
    Ok(reservation)
}

impl AirlineTools {
    fn new_reservation_id(&self) -> Result<&'static str, Raised> {
        for id in ["HATHAT", "HATHAU", "HATHAV"] {
            if !python::contains(self.db.attr("reservations")?, &id.into())? {
                return Ok(id);
            }
        }
        Err(Raised::value("Too many reservations"))
    }

    /// A flight as a leg of a reservation, if it can be booked for so many.
    pub(super) fn bookable(&self, info: &Value, cabin: &Value, heads: &Value) -> Outcome {
        let number = info.attr("flight_number")?;
        let flight = self.flight(number)?;
        let date = info.attr("date")?;
        let instance = self.instance(number, date)?;
        if !instance.is_a(&AVAILABLE) {
            return Err(Raised::value(format!(
                "Flight {} not available on date {}",
                python::str_of(number),
                python::str_of(date)
            )));
        }
        if python::less(instance.attr("available_seats")?.entry(cabin)?, heads)? {
            return Err(Raised::value(format!(
                "Not enough seats on flight {}",
                python::str_of(number)
            )));
        }
        construct(
            &RESERVATION_FLIGHT,
            [
                ("origin", flight.attr("origin")?.clone()),
                ("destination", flight.attr("destination")?.clone()),
                ("flight_number", number.clone()),
                ("date", date.clone()),
                ("price", instance.attr("prices")?.entry(cabin)?.clone()),
            ],
        )
    }

    fn check_payments(
        &self,
        user_id: &Value,
        payments: &Value,
        total: &Value,
    ) -> Result<(), Raised> {
        let methods = self.user(user_id)?.attr("payment_methods")?;
        let mut paid = Value::Int(0);
        for payment in python::iterate(payments)? {
            let (id, amount) = (payment.attr("payment_id")?, payment.attr("amount")?);
            if !python::contains(methods, id)? {
                return Err(Raised::value(format!(
                    "Payment method {} not found",
                    python::str_of(id)
                )));
            }
            let method = methods.entry(id)?;
            if matches!(method.attr("source")?.as_str(), Some("gift_card" | "certificate"))
                && python::less(method.attr("amount")?, amount)?
            {
                return Err(Raised::value(format!(
                    "Not enough balance in payment method {}",
                    python::str_of(id)
                )));
            }
        }
        for payment in python::iterate(payments)? {
            paid = python::add(&paid, payment.attr("amount")?)?;
        }
        if !python::equal(&paid, total) {
            return Err(Raised::value(format!(
                "Payment amount does not add up, total price is {}, but paid {}",
                python::str_of(total),
                python::str_of(&paid)
            )));
        }
        Ok(())
    }

    /// A gift card pays what is asked of it; a certificate is gone, whatever it was worth. One that is
    /// named a second time is no longer there, which is an error half way through.
    fn take_payments(&mut self, user_id: &Value, payments: &Value) -> Result<(), Raised> {
        let methods = self.user_mut(user_id)?.attr_mut("payment_methods")?;
        for payment in python::iterate(payments)? {
            let (id, amount) = (payment.attr("payment_id")?, payment.attr("amount")?);
            match methods.entry(id)?.attr("source")?.as_str() {
                Some("gift_card") => {
                    let left = methods.entry_mut(id)?.attr_mut("amount")?;
                    *left = python::subtract_assign(left, amount)?;
                }
                Some("certificate") => {
                    methods.remove(id)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}
