//! Changing a reservation.

use super::models::{FLIGHT_INFO, PASSENGER, PAYMENT};
use super::{AirlineTools, objects};
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::toolkit::Args;
use crate::validate::construct;
use crate::value::Value;

impl AirlineTools {
    /// Lets a user pay for a change, or be paid back; gives the payment to note, if it is not for nothing.
    fn pay(&mut self, user_id: &Value, payment_id: &Value, price: &Value) -> Outcome {
        let methods = self.user_mut(user_id)?.attr_mut("payment_methods")?;
        if !python::contains(methods, payment_id)? {
            return Err(Raised::value("Payment method not found"));
        }
        let method = methods.entry_mut(payment_id)?;
        match method.attr("source")?.as_str() {
            Some("certificate") => {
                return Err(Raised::value("Certificate cannot be used to update reservation"));
            }
            Some("gift_card") => {
                if python::less(method.attr("amount")?, price)? {
                    return Err(Raised::value("Gift card balance is not enough"));
                }
                let left = method.attr_mut("amount")?;
                *left = python::subtract_assign(left, price)?;
            }
            _ => {}
        }
        if python::equal(price, &Value::Int(0)) {
            return Ok(Value::None);
        }
        construct(&PAYMENT, [("payment_id", payment_id.clone()), ("amount", price.clone())])
    }

    /// Pays, and notes the payment in the reservation.
    fn charge(
        &mut self,
        reservation_id: &Value,
        user_id: &Value,
        payment_id: &Value,
        price: &Value,
    ) -> Result<(), Raised> {
        let payment = self.pay(user_id, payment_id, price)?;
        if !payment.is_none() {
            self.reservation_mut(reservation_id)?.attr_mut("payment_history")?.push(payment)?;
        }
        Ok(())
    }

    /// Who made a reservation.
    fn owner(&self, reservation: &Value) -> Outcome {
        let user_id = reservation.attr("user_id")?;
        self.user(user_id)?;
        Ok(user_id.clone())
    }
}

pub(super) fn update_reservation_baggages(tools: &mut AirlineTools, args: Args) -> Outcome {
    let [id, total, nonfree, payment_id] = args.take();
    let reservation = tools.reservation(&id)?;
    let user_id = tools.owner(reservation)?;
    let more = python::subtract(&nonfree, reservation.attr("nonfree_baggages")?)?;
    let none = Value::Int(0);
    let charged = if python::greater(&more, &none)? { more } else { none };
    let price = python::multiply(&Value::Int(50), &charged)?;
    tools.charge(&id, &user_id, &payment_id, &price)?;
    let reservation = tools.reservation_mut(&id)?;
    reservation.set("total_baggages", total)?;
    reservation.set("nonfree_baggages", nonfree)?;
    Ok(reservation.clone())
}

pub(super) fn update_reservation_flights(tools: &mut AirlineTools, args: Args) -> Outcome {
    let [id, cabin, flights, payment_id] = args.take();
    let flights = objects(&FLIGHT_INFO, &flights)?;
    let reservation = tools.reservation(&id)?;
    let user_id = tools.owner(reservation)?;
    let heads = Value::Int(python::len(reservation.attr("passengers")?)? as i128);
    let booked = python::iterate(reservation.attr("flights")?)?;

    let mut price = Value::Int(0);
    let mut legs = Vec::new();
    for info in python::iterate(&flights)? {
        let mut leg = None;
        for old in &booked {
            // A leg is kept, at its price, while the cabin stays.
            if python::equal(old.attr("flight_number")?, info.attr("flight_number")?)
                && python::equal(old.attr("date")?, info.attr("date")?)
                && python::equal(&cabin, reservation.attr("cabin")?)
            {
                leg = Some(old.clone());
                break;
            }
        }
        let leg = match leg {
            Some(leg) => leg,
            None => tools.bookable(&info, &cabin, &heads)?,
        };
        price = python::add_assign(&price, &python::multiply(leg.attr("price")?, &heads)?)?;
        legs.push(leg);
    }
    let mut before = Value::Int(0);
    for old in &booked {
        before = python::add(&before, old.attr("price")?)?;
    }
    price = python::subtract_assign(&price, &python::multiply(&before, &heads)?)?;

    tools.charge(&id, &user_id, &payment_id, &price)?;
    let reservation = tools.reservation_mut(&id)?;
    reservation.set("flights", Value::list(legs))?;
    reservation.set("cabin", cabin)?;
    Ok(reservation.clone())
}

pub(super) fn update_reservation_passengers(tools: &mut AirlineTools, args: Args) -> Outcome {
    let [id, passengers] = args.take();
    let passengers = objects(&PASSENGER, &passengers)?;
    let reservation = tools.reservation_mut(&id)?;
    if python::len(&passengers)? != python::len(reservation.attr("passengers")?)? {
        return Err(Raised::value("Number of passengers does not match"));
    }
    reservation.set("passengers", passengers)?;
    Ok(reservation.clone())
}
