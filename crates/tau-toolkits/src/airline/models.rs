//! The models of the airline domain. Upstream: `domains/airline/data_model.py`.

use crate::schema::{Class, Kind, optional, required};

const CABINS: &[&str] = &["business", "economy", "basic_economy"];

/// What holds a number for each cabin.
const BY_CABIN: Kind = Kind::Keyed(CABINS, &Kind::Int);

/// An airport.
pub static AIRPORT: Class =
    Class::new("AirportCode", &[required("iata", Kind::Str), required("city", Kind::Str)]);

/// A person's name.
pub static NAME: Class =
    Class::new("Name", &[required("first_name", Kind::Str), required("last_name", Kind::Str)]);

/// A postal address.
pub static ADDRESS: Class = Class::new(
    "Address",
    &[
        required("address1", Kind::Str),
        optional("address2", &Kind::Str),
        required("city", Kind::Str),
        required("country", Kind::Str),
        required("state", Kind::Str),
        required("zip", Kind::Str),
    ],
);

/// A payment of a reservation; a refund is a negative one.
pub static PAYMENT: Class =
    Class::new("Payment", &[required("payment_id", Kind::Str), required("amount", Kind::Int)]);

/// A credit card.
pub static CREDIT_CARD: Class = Class::new(
    "CreditCard",
    &[
        required("source", Kind::Literal(&["credit_card"])),
        required("id", Kind::Str),
        required("brand", Kind::Str),
        required("last_four", Kind::Str),
    ],
);

/// A gift card and what is left on it.
pub static GIFT_CARD: Class = Class::new(
    "GiftCard",
    &[
        required("source", Kind::Literal(&["gift_card"])),
        required("id", Kind::Str),
        required("amount", Kind::Float),
    ],
);

/// A certificate.
pub static CERTIFICATE: Class = Class::new(
    "Certificate",
    &[
        required("source", Kind::Literal(&["certificate"])),
        required("id", Kind::Str),
        required("amount", Kind::Float),
    ],
);

/// A passenger.
pub static PASSENGER: Class = Class::new(
    "Passenger",
    &[
        required("first_name", Kind::Str),
        required("last_name", Kind::Str),
        required("dob", Kind::Str),
    ],
);

/// A flight on a day for which it can be booked.
pub static AVAILABLE: Class = Class::new(
    "FlightDateStatusAvailable",
    &[
        required("status", Kind::Literal(&["available"])),
        required("available_seats", BY_CABIN),
        required("prices", BY_CABIN),
    ],
);

/// A flight on a day, on time.
pub static ON_TIME: Class = Class::new(
    "FlightDataStatusOnTime",
    &[
        required("status", Kind::Literal(&["on time"])),
        required("estimated_departure_time_est", Kind::Str),
        required("estimated_arrival_time_est", Kind::Str),
    ],
);

/// A flight on a day, in the air.
pub static FLYING: Class = Class::new(
    "FlightDataStatusFlying",
    &[
        required("status", Kind::Literal(&["flying"])),
        required("actual_departure_time_est", Kind::Str),
        required("estimated_arrival_time_est", Kind::Str),
    ],
);

/// A flight on a day, landed.
pub static LANDED: Class = Class::new(
    "FlightDateStatusLanded",
    &[
        required("status", Kind::Literal(&["landed"])),
        required("actual_departure_time_est", Kind::Str),
        required("actual_arrival_time_est", Kind::Str),
    ],
);

/// A flight on a day, cancelled.
pub static CANCELLED: Class =
    Class::new("FlightDateStatusCancelled", &[required("status", Kind::Literal(&["cancelled"]))]);

/// A flight on a day, late.
pub static DELAYED: Class = Class::new(
    "FlightDateStatusDelayed",
    &[
        required("status", Kind::Literal(&["delayed"])),
        required("estimated_departure_time_est", Kind::Str),
        required("estimated_arrival_time_est", Kind::Str),
    ],
);

/// A flight number with its days.
pub static FLIGHT: Class = Class::new(
    "Flight",
    &[
        required("flight_number", Kind::Str),
        required("origin", Kind::Str),
        required("destination", Kind::Str),
        required("scheduled_departure_time_est", Kind::Str),
        required("scheduled_arrival_time_est", Kind::Str),
        required(
            "dates",
            Kind::Dict(&Kind::Union(&[
                &AVAILABLE, &LANDED, &CANCELLED, &DELAYED, &FLYING, &ON_TIME,
            ])),
        ),
    ],
);

/// A flight as a search shows it.
pub static DIRECT_FLIGHT: Class = Class::new(
    "DirectFlight",
    &[
        required("flight_number", Kind::Str),
        required("origin", Kind::Str),
        required("destination", Kind::Str),
        required("status", Kind::Literal(&["available"])),
        required("scheduled_departure_time_est", Kind::Str),
        required("scheduled_arrival_time_est", Kind::Str),
        optional("date", &Kind::Str),
        required("available_seats", BY_CABIN),
        required("prices", BY_CABIN),
    ],
);

/// A flight of a reservation.
pub static RESERVATION_FLIGHT: Class = Class::new(
    "ReservationFlight",
    &[
        required("flight_number", Kind::Str),
        required("origin", Kind::Str),
        required("destination", Kind::Str),
        required("date", Kind::Str),
        required("price", Kind::Int),
    ],
);

/// A flight as a caller names it.
pub static FLIGHT_INFO: Class =
    Class::new("FlightInfo", &[required("flight_number", Kind::Str), required("date", Kind::Str)]);

/// A user.
pub static USER: Class = Class::new(
    "User",
    &[
        required("user_id", Kind::Str),
        required("name", Kind::Model(&NAME)),
        required("address", Kind::Model(&ADDRESS)),
        required("email", Kind::Str),
        required("dob", Kind::Str),
        required(
            "payment_methods",
            Kind::Dict(&Kind::Union(&[&CREDIT_CARD, &GIFT_CARD, &CERTIFICATE])),
        ),
        required("saved_passengers", Kind::List(&Kind::Model(&PASSENGER))),
        required("membership", Kind::Literal(&["gold", "silver", "regular"])),
        required("reservations", Kind::List(&Kind::Str)),
    ],
);

/// A reservation.
pub static RESERVATION: Class = Class::new(
    "Reservation",
    &[
        required("reservation_id", Kind::Str),
        required("user_id", Kind::Str),
        required("origin", Kind::Str),
        required("destination", Kind::Str),
        required("flight_type", Kind::Literal(&["round_trip", "one_way"])),
        required("cabin", Kind::Literal(CABINS)),
        required("flights", Kind::List(&Kind::Model(&RESERVATION_FLIGHT))),
        required("passengers", Kind::List(&Kind::Model(&PASSENGER))),
        required("payment_history", Kind::List(&Kind::Model(&PAYMENT))),
        required("created_at", Kind::Str),
        required("total_baggages", Kind::Int),
        required("nonfree_baggages", Kind::Int),
        required("insurance", Kind::Literal(&["yes", "no"])),
        optional("status", &Kind::Literal(&["cancelled"])),
    ],
);

/// The database.
pub static DATABASE: Class = Class::strict(
    "FlightDB",
    &[
        required("flights", Kind::Dict(&Kind::Model(&FLIGHT))),
        required("users", Kind::Dict(&Kind::Model(&USER))),
        required("reservations", Kind::Dict(&Kind::Model(&RESERVATION))),
    ],
);
