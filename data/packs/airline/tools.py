"""Tools of Larkwing's customer service."""

import copy
import json
from datetime import datetime

DATE = "%Y-%m-%d"
MINUTE = "%Y-%m-%dT%H:%M"
CABINS = ["light", "classic", "premium", "business"]
CANCEL_GROUNDS = ["within 24 hours", "airline disruption", "flexible fare", "insured reason"]
TRANSFER_REASONS = ["medical assistance", "lost property", "suspected fraud"]
BAG_PRICE = 32.0
INSURANCE_PRICE = 18.5
MAX_PASSENGERS = 6


def _today() -> str:
    return datetime.now().strftime(DATE)


def _money(amount) -> float:
    return round(float(amount), 2)


def _same(left, right) -> bool:
    return str(left).strip().lower() == str(right).strip().lower()


def _is_date(text) -> bool:
    try:
        return datetime.strptime(text, DATE).strftime(DATE) == text
    except (ValueError, TypeError):
        return False


def _hours_until(moment: str) -> float:
    return round((datetime.strptime(moment, MINUTE) - datetime.now()).total_seconds() / 3600, 1)


def _leaves_at(data, departure) -> str:
    return departure["date"] + "T" + data["flights"][departure["flight_number"]]["departs"]


def _arrives_at(data, departure) -> str:
    return departure["date"] + "T" + data["flights"][departure["flight_number"]]["arrives"]


def _is_past(data, departure) -> bool:
    return departure["status"] == "flown" or _hours_until(_leaves_at(data, departure)) <= 0


def _shown(data, departure):
    """A departure as tools show it: with the cities and times of its flight number."""
    shown = dict(departure)
    flight = data["flights"][departure["flight_number"]]
    for field in ["origin", "destination", "departs", "arrives"]:
        shown[field] = flight[field]
    return shown


def _method(customer, payment_id):
    for method in customer["payment_methods"]:
        if method["payment_id"] == payment_id:
            return method
    return None


def _card_error(customer, card_id) -> str:
    method = _method(customer, card_id)
    if method is None:
        return f"Error: {card_id} is not a payment method of the customer"
    if method["kind"] != "card":
        return f"Error: {card_id} is not a card; changes and extras are paid by card"
    return ""


def _pay(reservation, payment_id, amount: float) -> None:
    """Book an amount on a reservation: positive is charged, negative is refunded."""
    if amount == 0:
        return
    reservation["payments"].append({
        "kind": "charge" if amount > 0 else "refund",
        "amount": abs(amount),
        "payment_id": payment_id,
        "on": _today(),
    })
    reservation["total"] = _money(reservation["total"] + amount)


def _route_error(data, departure_ids) -> str:
    """Say why departures cannot be travelled one after the other; empty if they can."""
    if len(departure_ids) == 0:
        return "Error: no departures given"
    last = None
    for departure_id in departure_ids:
        if departure_id not in data["departures"]:
            return f"Error: departure {departure_id} not found"
        departure = data["departures"][departure_id]
        if last is not None:
            if _leaves_at(data, departure) <= _arrives_at(data, last):
                return f"Error: {departure_id} leaves before the flight in front of it has arrived"
            here = data["flights"][last["flight_number"]]["destination"]
            if data["flights"][departure["flight_number"]]["origin"] != here:
                return f"Error: {departure_id} does not leave from {here}"
        last = departure
    return ""


def _seat_error(data, departure, cabin, count) -> str:
    if departure["status"] not in ["scheduled", "delayed"]:
        return f"Error: departure {departure['departure_id']} is {departure['status']}"
    if _is_past(data, departure):
        return f"Error: departure {departure['departure_id']} has left"
    if departure["seats"][cabin] < count:
        return f"Error: only {departure['seats'][cabin]} seats left in {cabin} on {departure['departure_id']}"
    return ""


def _open_reservation(data, reservation_id):
    """A reservation that can be changed and an empty text, or None and the error."""
    if reservation_id not in data["reservations"]:
        return None, f"Error: reservation {reservation_id} not found"
    reservation = data["reservations"][reservation_id]
    if reservation["status"] != "active":
        return None, f"Error: reservation {reservation_id} is {reservation['status']}"
    return reservation, ""


def find_customer_by_email(data, email: str) -> str:
    """Find a customer's id by the e-mail address of the account.

    Args:
        email: The e-mail address. Upper and lower case do not matter.
    """
    for customer_id, customer in data["customers"].items():
        if _same(customer["email"], email):
            return customer_id
    return "Error: no customer with this e-mail address"


def find_customer_by_name_and_birth_date(data, name: str, date_of_birth: str) -> str:
    """Find a customer's id by full name and date of birth of the account holder.

    Args:
        name: First and last name.
        date_of_birth: The date of birth as YYYY-MM-DD.
    """
    for customer_id, customer in data["customers"].items():
        if _same(customer["name"], name) and customer["date_of_birth"] == str(date_of_birth).strip():
            return customer_id
    return "Error: no customer with this name and date of birth"


def get_customer(data, customer_id: str) -> str:
    """Read an account: holder, tier with its terms, payment methods, numbers of the reservations, fees waived before.

    Args:
        customer_id: The customer's id, such as P-1001.
    """
    if customer_id not in data["customers"]:
        return f"Error: customer {customer_id} not found"
    customer = dict(data["customers"][customer_id])
    customer["tier_terms"] = data["tiers"][customer["tier"]]
    return json.dumps(customer)


def get_reservation(data, reservation_id: str) -> str:
    """Read a reservation: owner, cabin with its terms, flights with status and hours to departure, passengers, bags, insurance, payments.

    Args:
        reservation_id: The reservation number, such as LKB-41017.
    """
    if reservation_id not in data["reservations"]:
        return f"Error: reservation {reservation_id} not found"
    reservation = copy.deepcopy(data["reservations"][reservation_id])
    reservation["hours_since_booking"] = 0.0 - _hours_until(reservation["booked_at"])
    reservation["cabin_terms"] = data["cabins"][reservation["cabin"]]
    for flight in reservation["flights"]:
        departure = data["departures"][flight["departure_id"]]
        about = data["flights"][departure["flight_number"]]
        flight["flight_number"] = departure["flight_number"]
        flight["origin"] = about["origin"]
        flight["destination"] = about["destination"]
        flight["date"] = departure["date"]
        flight["departs"] = about["departs"]
        flight["arrives"] = about["arrives"]
        flight["status"] = departure["status"]
        flight["delay_minutes"] = departure["delay_minutes"]
        flight["hours_to_departure"] = _hours_until(_leaves_at(data, departure))
    return json.dumps(reservation)


def get_departure(data, flight_number: str, date: str) -> str:
    """Read one flight on one day: its departure id, status, delay, free seats and present fares by cabin.

    Args:
        flight_number: The flight number, such as LRK214.
        date: The day as YYYY-MM-DD.
    """
    for departure in data["departures"].values():
        if _same(departure["flight_number"], flight_number) and departure["date"] == str(date).strip():
            return json.dumps(_shown(data, departure))
    return f"Error: no flight {flight_number} on {date}"


def search_flights(data, origin: str, destination: str, date: str) -> str:
    """Search flights of one day that can still be booked: direct ones, and connections with one stop. Fares are per passenger.

    Args:
        origin: The city to leave from, such as Porto.
        destination: The city to arrive in.
        date: The day as YYYY-MM-DD.
    """
    if not _is_date(date):
        return "Error: date must be a day as YYYY-MM-DD"
    cities = [flight["origin"].lower() for flight in data["flights"].values()]
    for city in [origin, destination]:
        if str(city).strip().lower() not in cities:
            return f"Error: no flights from or to {city}"
    day = [
        _shown(data, departure)
        for departure in data["departures"].values()
        if departure["date"] == date
        and departure["status"] in ["scheduled", "delayed"]
        and not _is_past(data, departure)
    ]
    day.sort(key=lambda shown: (shown["departs"], shown["flight_number"]))
    direct = [d for d in day if _same(d["origin"], origin) and _same(d["destination"], destination)]
    connections = []
    for first in day:
        if not _same(first["origin"], origin) or _same(first["destination"], destination):
            continue
        for second in day:
            if second["origin"] == first["destination"] and _same(second["destination"], destination):
                landed = datetime.strptime(_arrives_at(data, first), MINUTE)
                leaves = datetime.strptime(_leaves_at(data, second), MINUTE)
                stop_minutes = int((leaves - landed).total_seconds() / 60)
                if 45 <= stop_minutes <= 300:
                    connections.append({"flights": [first, second], "stop_minutes": stop_minutes})
    return json.dumps({"direct": direct, "one_stop": connections})


def calculate(data, expression: str) -> str:
    """Work out a sum. The result is rounded to two decimals.

    Args:
        expression: Numbers, + - * / and parentheses, such as "2 * (64.50 + 35)".
    """
    strange = [sign for sign in expression if sign not in " .0123456789()+-*/"]
    if strange:
        return "Error: " + strange[0] + " cannot be part of a sum"
    if "**" in expression or len(expression) > 200:
        return "Error: powers and very long sums are not worked out"
    try:
        total = float(eval(expression, {"__builtins__": None}, {}))
    except Exception as problem:
        return "Error: this cannot be worked out (" + str(problem) + ")"
    return str(round(total, 2))


def book_reservation(data, customer_id: str, cabin: str, departure_ids: list[str], passengers: list[dict], total_bags: int, paid_bags: int, insurance: bool, card_id: str, voucher_id: str = "") -> str:
    """Book flights for a customer. A voucher, if given, pays first; the card pays the rest.

    Args:
        customer_id: The customer who books.
        cabin: One of light, classic, premium, business, for all passengers and flights.
        departure_ids: All departures in the order of travel, there and back.
        passengers: One object for each passenger with first_name, last_name and date_of_birth (YYYY-MM-DD).
        total_bags: Checked bags of all passengers together.
        paid_bags: How many of these exceed the free allowance and are charged.
        insurance: Whether the travel insurance is taken out for all passengers.
        card_id: A card of the customer.
        voucher_id: A voucher of the customer; left out when none is used.
    """
    if customer_id not in data["customers"]:
        return f"Error: customer {customer_id} not found"
    customer = data["customers"][customer_id]
    if cabin not in CABINS:
        return "Error: cabin must be light, classic, premium or business"
    if not 1 <= len(passengers) <= MAX_PASSENGERS:
        return f"Error: a reservation is for 1 to {MAX_PASSENGERS} passengers"
    travellers = []
    for passenger in passengers:
        if not isinstance(passenger, dict):
            return "Error: each passenger is an object with first_name, last_name and date_of_birth"
        for field in ["first_name", "last_name", "date_of_birth"]:
            if not isinstance(passenger.get(field), str) or passenger[field].strip() == "":
                return f"Error: a passenger lacks {field}"
        if not _is_date(passenger["date_of_birth"]) or passenger["date_of_birth"] > _today():
            return "Error: date_of_birth must be a day as YYYY-MM-DD"
        travellers.append({
            "first_name": passenger["first_name"].strip(),
            "last_name": passenger["last_name"].strip(),
            "date_of_birth": passenger["date_of_birth"],
        })
    travellers.sort(key=lambda t: (t["last_name"], t["first_name"], t["date_of_birth"]))
    error = _route_error(data, departure_ids)
    if error:
        return error
    for departure_id in departure_ids:
        error = _seat_error(data, data["departures"][departure_id], cabin, len(travellers))
        if error:
            return error
    if not 0 <= paid_bags <= total_bags <= 3 * len(travellers):
        return "Error: there are 0 to 3 bags for each passenger, and no more paid bags than bags"
    error = _card_error(customer, card_id)
    if error:
        return error
    voucher = None
    if voucher_id != "":
        voucher = _method(customer, voucher_id)
        if voucher is None or voucher["kind"] != "voucher":
            return f"Error: {voucher_id} is not a voucher of the customer"
        if voucher["balance"] <= 0:
            return f"Error: voucher {voucher_id} is used up"
    fare = sum(data["departures"][departure_id]["fares"][cabin] for departure_id in departure_ids)
    cost = fare * len(travellers) + BAG_PRICE * paid_bags
    if insurance:
        cost += INSURANCE_PRICE * len(travellers)
    cost = _money(cost)
    number = max(int(key[4:]) for key in data["reservations"]) + 1
    reservation_id = f"LKB-{number}"
    flights = []
    for departure_id in departure_ids:
        departure = data["departures"][departure_id]
        departure["seats"][cabin] -= len(travellers)
        flights.append({"departure_id": departure_id, "price": departure["fares"][cabin]})
    first = data["departures"][departure_ids[0]]["flight_number"]
    last = data["departures"][departure_ids[-1]]["flight_number"]
    returns = data["flights"][first]["origin"] == data["flights"][last]["destination"]
    reservation = {
        "reservation_id": reservation_id,
        "customer_id": customer_id,
        "status": "active",
        "booked_at": datetime.now().strftime(MINUTE),
        "booked_cabin": cabin,
        "cabin": cabin,
        "trip": "return" if returns else "one_way",
        "flights": flights,
        "passengers": [
            {
                "number": place + 1,
                "first_name": traveller["first_name"],
                "last_name": traveller["last_name"],
                "date_of_birth": traveller["date_of_birth"],
                "name_corrected": False,
            }
            for place, traveller in enumerate(travellers)
        ],
        "total_bags": total_bags,
        "paid_bags": paid_bags,
        "insurance": insurance,
        "payments": [],
        "total": 0.0,
        "compensations": [],
        "cancelled_on": None,
        "cancel_ground": None,
    }
    from_voucher = 0.0
    if voucher is not None:
        from_voucher = min(voucher["balance"], cost)
        voucher["balance"] = _money(voucher["balance"] - from_voucher)
        _pay(reservation, voucher_id, from_voucher)
    from_card = _money(cost - from_voucher)
    _pay(reservation, card_id, from_card)
    data["reservations"][reservation_id] = reservation
    customer["reservations"].append(reservation_id)
    return json.dumps({"reservation_id": reservation_id, "total": cost, "from_voucher": from_voucher, "from_card": from_card})


def change_flights(data, reservation_id: str, departure_ids: list[str], card_id: str, waive_fee: bool = False) -> str:
    """Move a whole reservation to other flights in the same cabin. Charges the change fee for each passenger and a higher fare; a lower fare is not paid back.

    Args:
        reservation_id: The reservation number.
        departure_ids: All departures of the reservation after the change, in the order of travel, those that stay included.
        card_id: The card of the customer that pays.
        waive_fee: Whether the change fee is left off, which is noted in the account.
    """
    reservation, error = _open_reservation(data, reservation_id)
    if error:
        return error
    customer = data["customers"][reservation["customer_id"]]
    error = _card_error(customer, card_id) or _route_error(data, departure_ids)
    if error:
        return error
    paid = {flight["departure_id"]: flight["price"] for flight in reservation["flights"]}
    added = [departure_id for departure_id in departure_ids if departure_id not in paid]
    dropped = [departure_id for departure_id in paid if departure_id not in departure_ids]
    if len(added) == 0:
        return "Error: the reservation has these flights already"
    cabin = reservation["cabin"]
    count = len(reservation["passengers"])
    for departure_id in dropped:
        if _is_past(data, data["departures"][departure_id]):
            return f"Error: departure {departure_id} has left and must stay in the reservation"
    for departure_id in added:
        error = _seat_error(data, data["departures"][departure_id], cabin, count)
        if error:
            return error
    fee = 0.0
    if not waive_fee:
        fee = _money((data["cabins"][cabin]["change_fee"] or 0.0) * count)
    fares = data["departures"]
    now = sum(fares[departure_id]["fares"][cabin] for departure_id in added)
    before = sum(paid[departure_id] for departure_id in dropped)
    difference = max(0.0, _money((now - before) * count))
    for departure_id in dropped:
        data["departures"][departure_id]["seats"][cabin] += count
    for departure_id in added:
        data["departures"][departure_id]["seats"][cabin] -= count
    reservation["flights"] = [
        {"departure_id": d, "price": paid[d] if d in paid else fares[d]["fares"][cabin]} for d in departure_ids
    ]
    charge = _money(fee + difference)
    _pay(reservation, card_id, charge)
    if waive_fee:
        customer["fee_waivers"].append({"on": _today(), "reservation_id": reservation_id})
    return json.dumps({"reservation_id": reservation_id, "departure_ids": departure_ids, "change_fee": fee, "fare_difference": difference, "charged": charge, "card_id": card_id})


def change_cabin(data, reservation_id: str, cabin: str, card_id: str) -> str:
    """Move a whole reservation, all passengers and all flights, to another cabin. A higher present fare is charged; a lower one is not paid back.

    Args:
        reservation_id: The reservation number.
        cabin: The new cabin: light, classic, premium or business.
        card_id: The card of the customer that pays.
    """
    reservation, error = _open_reservation(data, reservation_id)
    if error:
        return error
    if cabin not in CABINS:
        return "Error: cabin must be light, classic, premium or business"
    if cabin == reservation["cabin"]:
        return f"Error: reservation {reservation_id} is in {cabin} already"
    error = _card_error(data["customers"][reservation["customer_id"]], card_id)
    if error:
        return error
    count = len(reservation["passengers"])
    departures = [data["departures"][flight["departure_id"]] for flight in reservation["flights"]]
    for departure in departures:
        error = _seat_error(data, departure, cabin, count)
        if error:
            return error
    difference = 0.0
    for flight, departure in zip(reservation["flights"], departures):
        difference += departure["fares"][cabin] - flight["price"]
    charge = max(0.0, _money(difference * count))
    for flight, departure in zip(reservation["flights"], departures):
        departure["seats"][reservation["cabin"]] += count
        departure["seats"][cabin] -= count
        flight["price"] = departure["fares"][cabin]
    reservation["cabin"] = cabin
    _pay(reservation, card_id, charge)
    return json.dumps({"reservation_id": reservation_id, "cabin": cabin, "charged": charge, "card_id": card_id})


def correct_name(data, reservation_id: str, passenger_number: int, first_name: str, last_name: str) -> str:
    """Correct the name of a passenger. The date of birth stays; costs nothing.

    Args:
        reservation_id: The reservation number.
        passenger_number: The passenger's number in the reservation, from 1.
        first_name: The correct first name.
        last_name: The correct last name.
    """
    reservation, error = _open_reservation(data, reservation_id)
    if error:
        return error
    if first_name.strip() == "" or last_name.strip() == "":
        return "Error: a name is empty"
    for passenger in reservation["passengers"]:
        if passenger["number"] == passenger_number:
            if passenger["name_corrected"]:
                return f"Error: the name of passenger {passenger_number} was corrected before"
            passenger["first_name"] = first_name.strip()
            passenger["last_name"] = last_name.strip()
            passenger["name_corrected"] = True
            return json.dumps(passenger)
    return f"Error: reservation {reservation_id} has no passenger {passenger_number}"


def add_bags(data, reservation_id: str, total_bags: int, paid_bags: int, card_id: str) -> str:
    """Raise the number of checked bags of a reservation. Each paid bag that is added costs 32.00.

    Args:
        reservation_id: The reservation number.
        total_bags: Checked bags of the whole reservation after the change.
        paid_bags: How many of all these bags exceed the free allowance.
        card_id: The card of the customer that pays.
    """
    reservation, error = _open_reservation(data, reservation_id)
    if error:
        return error
    error = _card_error(data["customers"][reservation["customer_id"]], card_id)
    if error:
        return error
    if total_bags <= reservation["total_bags"]:
        return f"Error: the reservation has {reservation['total_bags']} bags; bags can only be added"
    if total_bags > 20:
        return "Error: too many bags"
    if not reservation["paid_bags"] <= paid_bags <= total_bags:
        return f"Error: paid_bags must be from {reservation['paid_bags']} to {total_bags}"
    charge = _money(BAG_PRICE * (paid_bags - reservation["paid_bags"]))
    reservation["total_bags"] = total_bags
    reservation["paid_bags"] = paid_bags
    _pay(reservation, card_id, charge)
    return json.dumps({"reservation_id": reservation_id, "total_bags": total_bags, "paid_bags": paid_bags, "charged": charge, "card_id": card_id})


def add_insurance(data, reservation_id: str, card_id: str) -> str:
    """Add the travel insurance to a reservation, for all its passengers, 18.50 each.

    Args:
        reservation_id: The reservation number.
        card_id: The card of the customer that pays.
    """
    reservation, error = _open_reservation(data, reservation_id)
    if error:
        return error
    error = _card_error(data["customers"][reservation["customer_id"]], card_id)
    if error:
        return error
    if reservation["insurance"]:
        return f"Error: reservation {reservation_id} is insured already"
    charge = _money(INSURANCE_PRICE * len(reservation["passengers"]))
    reservation["insurance"] = True
    _pay(reservation, card_id, charge)
    return json.dumps({"reservation_id": reservation_id, "insurance": True, "charged": charge, "card_id": card_id})


def cancel_reservation(data, reservation_id: str, ground: str) -> str:
    """Cancel a whole reservation and pay back what was paid, each part to where it came from. Only with the ground 'flexible fare' the cabin's cancellation fee is kept.

    Args:
        reservation_id: The reservation number.
        ground: One of: within 24 hours, airline disruption, flexible fare, insured reason.
    """
    reservation, error = _open_reservation(data, reservation_id)
    if error:
        return error
    if ground not in CANCEL_GROUNDS:
        return f"Error: ground must be one of: {', '.join(CANCEL_GROUNDS)}"
    for flight in reservation["flights"]:
        if _is_past(data, data["departures"][flight["departure_id"]]):
            return f"Error: departure {flight['departure_id']} has left; the reservation can no longer be cancelled"
    customer = data["customers"][reservation["customer_id"]]
    count = len(reservation["passengers"])
    fee = 0.0
    if ground == "flexible fare":
        fee = _money((data["cabins"][reservation["cabin"]]["cancel_fee"] or 0.0) * count)
    kept = fee
    refunds = []
    for payment in [p for p in reservation["payments"] if p["kind"] == "charge"]:
        taken = min(kept, payment["amount"])
        kept = _money(kept - taken)
        amount = _money(payment["amount"] - taken)
        if amount > 0:
            refunds.append({"payment_id": payment["payment_id"], "amount": amount})
    for refund in refunds:
        method = _method(customer, refund["payment_id"])
        if method is not None and method["kind"] == "voucher":
            method["balance"] = _money(method["balance"] + refund["amount"])
        _pay(reservation, refund["payment_id"], -refund["amount"])
    for flight in reservation["flights"]:
        data["departures"][flight["departure_id"]]["seats"][reservation["cabin"]] += count
    reservation["status"] = "cancelled"
    reservation["cancelled_on"] = _today()
    reservation["cancel_ground"] = ground
    total = _money(sum(refund["amount"] for refund in refunds))
    return json.dumps({"reservation_id": reservation_id, "status": "cancelled", "cancel_fee": fee, "refund": total, "refunds": refunds})


def issue_voucher(data, reservation_id: str, amount: float) -> str:
    """Give the customer of a reservation a voucher as compensation for a delayed or cancelled flight. It is valid for a year.

    Args:
        reservation_id: The reservation with the flight.
        amount: Amount in euro for all passengers together.
    """
    if reservation_id not in data["reservations"]:
        return f"Error: reservation {reservation_id} not found"
    if not 0 < amount <= 1000:
        return "Error: the amount must be more than 0 and at most 1000"
    reservation = data["reservations"][reservation_id]
    customer = data["customers"][reservation["customer_id"]]
    numbers = [
        int(method["payment_id"][4:])
        for holder in data["customers"].values()
        for method in holder["payment_methods"]
        if method["kind"] == "voucher"
    ]
    voucher_id = f"vou_{max(numbers + [70000]) + 1}"
    now = datetime.now()
    valid_until = f"{now.year + 1}-{now.strftime('%m-%d')}"
    worth = _money(amount)
    customer["payment_methods"].append({"payment_id": voucher_id, "kind": "voucher", "balance": worth, "valid_until": valid_until})
    reservation["compensations"].append({"on": _today(), "amount": worth, "voucher_id": voucher_id})
    return json.dumps({"reservation_id": reservation_id, "voucher_id": voucher_id, "amount": worth, "valid_until": valid_until})


def transfer_to_human(data, reason: str) -> str:
    """Hand the conversation over to a colleague. This ends your part in it.

    Args:
        reason: One of: medical assistance, lost property, suspected fraud.
    """
    if reason not in TRANSFER_REASONS:
        return f"Error: reason must be one of: {', '.join(TRANSFER_REASONS)}"
    return "Transferred"
