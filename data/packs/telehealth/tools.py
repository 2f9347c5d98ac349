"""Tools of the Quillhaven service desk."""

import copy
import json
from datetime import datetime, timedelta

DATE = "%Y-%m-%d"
MOMENT = "%Y-%m-%d %H:%M"


def _today():
    return datetime.now().strftime(DATE)


def _is_date(text):
    try:
        return datetime.strptime(text, DATE).strftime(DATE) == text
    except (ValueError, TypeError):
        return False


def _plus_days(day, days):
    return (datetime.strptime(day, DATE) + timedelta(days=days)).strftime(DATE)


def _amount(value):
    """The value as an amount of money, or None when it is not one."""
    try:
        amount = round(float(value), 2)
    except (ValueError, TypeError, OverflowError):
        return None
    if amount >= 0 and amount < 100000:
        return amount
    return None


def _age(date_of_birth):
    today = _today()
    years = int(today[:4]) - int(date_of_birth[:4])
    if today[5:] < date_of_birth[5:]:
        years -= 1
    return years


def _hours_until(moment):
    seconds = (datetime.strptime(moment, MOMENT) - datetime.now()).total_seconds()
    return round(seconds / 3600, 1)


def _next_id(table, prefix):
    """The id after the highest one in a table."""
    highest = max([int(key[len(prefix):]) for key in table], default=0)
    return f"{prefix}{highest + 1}"


def _of(data, table, patient_id):
    return [record for record in data[table].values() if record["patient_id"] == patient_id]


def _add_bill(data, patient_id, appointment_id, kind, amount):
    bill_id = _next_id(data["bills"], "BL-")
    data["bills"][bill_id] = {
        "bill_id": bill_id,
        "patient_id": patient_id,
        "appointment_id": appointment_id,
        "kind": kind,
        "amount": amount,
        "issued_on": _today(),
        "status": "open",
        "claim": None,
    }
    return bill_id


def find_patient(data, date_of_birth: str, email: str = "", card_number: str = "") -> str:
    """Find the record of a patient by date of birth together with the e-mail address or the card number. Returns the patient id when both facts belong to one record.

    Args:
        date_of_birth: The patient's date of birth as YYYY-MM-DD.
        email: The e-mail address on the record; leave it out when the card number is used.
        card_number: The number on the clinic card, such as '1234-5678'; leave it out when the e-mail address is used.
    """
    address = str(email).strip().lower()
    card = str(card_number).strip()
    if address == "" and card == "":
        return "Error: give the e-mail address or the card number"
    for patient in data["patients"].values():
        if patient["date_of_birth"] != str(date_of_birth).strip():
            continue
        if address != "" and patient["email"].lower() != address:
            continue
        if card != "" and patient["card_number"] != card:
            continue
        return patient["patient_id"]
    return "Error: no record fits these facts"


def get_patient(data, patient_id: str) -> str:
    """Read a patient's record: age, region, guardians and proxies, plan with its terms, and everything on file: appointments, prescriptions, referrals, bills and devices.

    Args:
        patient_id: The patient id, such as 'QP-1001'.
    """
    if patient_id not in data["patients"]:
        return "Error: patient not found"
    record = copy.deepcopy(data["patients"][patient_id])
    born = record.pop("date_of_birth")
    record.pop("card_number")
    record["age"] = _age(born)
    record["turns_16_on"] = f"{int(born[:4]) + 16}{born[4:]}" if record["age"] < 18 else None
    record["plan"] = data["plans"][record["plan_id"]]
    record["appointments"] = [
        {
            "appointment_id": visit["appointment_id"],
            "specialty": visit["specialty"],
            "provider": data["providers"][visit["provider_id"]]["name"],
            "starts_at": visit["starts_at"],
            "status": visit["status"],
        }
        for visit in _of(data, "appointments", patient_id)
    ]
    record["prescriptions"] = [
        {key: rx[key] for key in ("rx_id", "medicine", "controlled", "refills_left")}
        for rx in _of(data, "prescriptions", patient_id)
    ]
    record["referrals"] = _of(data, "referrals", patient_id)
    record["bills"] = _of(data, "bills", patient_id)
    record["devices"] = _of(data, "devices", patient_id)
    return json.dumps(record)


def get_visit(data, appointment_id: str) -> str:
    """Read one appointment: start, hours until the start, status, earlier moves, price and the provider.

    Args:
        appointment_id: The appointment id, such as 'AP-40001'.
    """
    if appointment_id not in data["appointments"]:
        return "Error: appointment not found"
    visit = copy.deepcopy(data["appointments"][appointment_id])
    visit["hours_until_start"] = _hours_until(visit["starts_at"])
    visit["provider"] = data["providers"][visit["provider_id"]]
    return json.dumps(visit)


def get_prescription(data, rx_id: str) -> str:
    """Read one prescription: medicine, supply, refills, when the supply ends, the first day of the refill window, the last completed visit with the prescriber, and the usual pharmacy.

    Args:
        rx_id: The prescription id, such as 'RX-7001'.
    """
    if rx_id not in data["prescriptions"]:
        return "Error: prescription not found"
    rx = copy.deepcopy(data["prescriptions"][rx_id])
    rx["supply_ends_on"] = _plus_days(rx["last_filled_on"], rx["days_supply"])
    rx["refill_from"] = _plus_days(rx["supply_ends_on"], -7)
    rx["prescriber"] = data["providers"][rx["prescriber_id"]]["name"]
    seen = [
        visit["starts_at"][:10]
        for visit in _of(data, "appointments", rx["patient_id"])
        if visit["provider_id"] == rx["prescriber_id"] and visit["status"] == "completed"
    ]
    rx["last_visit_with_prescriber"] = max(seen) if seen else None
    rx["pharmacy"] = data["pharmacies"][data["patients"][rx["patient_id"]]["pharmacy_id"]]
    return json.dumps(rx)


def get_region(data, region: str) -> str:
    """Read what holds for a region: the number of its urgent line and the partner pharmacies there.

    Args:
        region: The name of the region, such as 'Arden'.
    """
    for name, record in data["regions"].items():
        if name.lower() == str(region).strip().lower():
            found = dict(record)
            found["pharmacies"] = [
                pharmacy for pharmacy in data["pharmacies"].values() if pharmacy["region"] == name
            ]
            return json.dumps(found)
    return "Error: region must be one of " + ", ".join(data["regions"])


def search_slots(data, specialty: str, first_day: str, last_day: str) -> str:
    """List the free slots of a specialty in a span of days, in order of time, with provider, licences and the full price of a visit. All providers are listed, whether or not they may see the patient.

    Args:
        specialty: One of 'general practice', 'dermatology', 'nutrition', 'mental health', 'paediatrics', 'cardiology', 'neurology' or 'endocrinology'.
        first_day: The first day as YYYY-MM-DD.
        last_day: The last day as YYYY-MM-DD, at most 31 days after the first.
    """
    if specialty not in data["specialties"]:
        return "Error: specialty must be one of " + ", ".join(data["specialties"])
    if not _is_date(first_day) or not _is_date(last_day):
        return "Error: the days must be dates as YYYY-MM-DD"
    if last_day < first_day or last_day > _plus_days(first_day, 31):
        return "Error: the last day must be 0 to 31 days after the first"
    found = []
    for slot in data["slots"].values():
        provider = data["providers"][slot["provider_id"]]
        if provider["specialty"] != specialty or slot["status"] != "open":
            continue
        if first_day <= slot["starts_at"][:10] <= last_day and _hours_until(slot["starts_at"]) > 0:
            found.append(
                {
                    "slot_id": slot["slot_id"],
                    "starts_at": slot["starts_at"],
                    "channel": slot["channel"],
                    "provider": provider["name"],
                    "licensed_regions": provider["licensed_regions"],
                    "sees_under_16": provider["sees_under_16"],
                }
            )
    found.sort(key=lambda slot: (slot["starts_at"], slot["slot_id"]))
    terms = data["specialties"][specialty]
    return json.dumps(
        {
            "specialty": specialty,
            "full_price": terms["full_price"],
            "needs_referral": terms["needs_referral"],
            "slots": found,
        }
    )


def calculate(data, expression: str) -> str:
    """Work out a sum or product, rounded to two decimals.

    Args:
        expression: Numbers with + - * / and parentheses, such as '2 * 12.40'.
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


def book_visit(data, patient_id: str, slot_id: str, region: str, fee: float, referral_id: str = "") -> str:
    """Book a free slot for a patient. A referral that is named loses one of its visits.

    Args:
        patient_id: The patient who will be seen.
        slot_id: The free slot, as listed by search_slots.
        region: The region in which the patient will be at the time of the visit.
        fee: What the patient pays for the visit.
        referral_id: The referral the visit rests on; left out where none is needed.
    """
    if patient_id not in data["patients"]:
        return "Error: patient not found"
    if slot_id not in data["slots"]:
        return "Error: slot not found"
    if region not in data["regions"]:
        return "Error: region must be one of " + ", ".join(data["regions"])
    slot = data["slots"][slot_id]
    provider = data["providers"][slot["provider_id"]]
    price = _amount(fee)
    if price is None:
        return "Error: fee must be an amount of 0 or more"
    if slot["status"] != "open":
        return "Error: the slot is taken"
    if _hours_until(slot["starts_at"]) <= 0:
        return "Error: the slot lies in the past"
    referral = None
    if referral_id:
        if referral_id not in data["referrals"]:
            return "Error: referral not found"
        referral = data["referrals"][referral_id]
        if referral["patient_id"] != patient_id or referral["specialty"] != provider["specialty"]:
            return "Error: the referral is for another patient or specialty"
        if referral["visits_left"] < 1:
            return "Error: the referral has no visits left"
    appointment_id = _next_id(data["appointments"], "AP-")
    slot["status"] = "taken"
    if referral is not None:
        referral["visits_left"] -= 1
    data["appointments"][appointment_id] = {
        "appointment_id": appointment_id,
        "patient_id": patient_id,
        "provider_id": slot["provider_id"],
        "specialty": provider["specialty"],
        "slot_id": slot_id,
        "starts_at": slot["starts_at"],
        "channel": slot["channel"],
        "region": region,
        "status": "booked",
        "booked_on": _today(),
        "moves": [],
        "fee": price,
        "referral_id": referral_id if referral_id else None,
    }
    return json.dumps(data["appointments"][appointment_id])


def move_visit(data, appointment_id: str, slot_id: str) -> str:
    """Move a booked appointment to another free slot of the same specialty. The old slot becomes free again.

    Args:
        appointment_id: The appointment to move.
        slot_id: The free slot to move it to.
    """
    if appointment_id not in data["appointments"]:
        return "Error: appointment not found"
    if slot_id not in data["slots"]:
        return "Error: slot not found"
    visit = data["appointments"][appointment_id]
    slot = data["slots"][slot_id]
    if visit["status"] != "booked":
        return f"Error: the appointment is {visit['status']}"
    if slot["status"] != "open" or _hours_until(slot["starts_at"]) <= 0:
        return "Error: the slot is not free"
    if data["providers"][slot["provider_id"]]["specialty"] != visit["specialty"]:
        return "Error: the slot is of another specialty"
    data["slots"][visit["slot_id"]]["status"] = "open"
    slot["status"] = "taken"
    visit["slot_id"] = slot_id
    visit["provider_id"] = slot["provider_id"]
    visit["starts_at"] = slot["starts_at"]
    visit["channel"] = slot["channel"]
    visit["moves"].append(_today())
    return json.dumps(visit)


def cancel_visit(data, appointment_id: str, fee: float) -> str:
    """Cancel a booked appointment. A fee goes on a new bill. This cannot be undone.

    Args:
        appointment_id: The appointment to cancel.
        fee: The late-cancellation fee, 0 when none is due.
    """
    if appointment_id not in data["appointments"]:
        return "Error: appointment not found"
    visit = data["appointments"][appointment_id]
    charge = _amount(fee)
    if charge is None:
        return "Error: fee must be an amount of 0 or more"
    if visit["status"] != "booked":
        return f"Error: the appointment is {visit['status']}"
    visit["status"] = "cancelled"
    data["slots"][visit["slot_id"]]["status"] = "open"
    if visit["referral_id"] is not None:
        data["referrals"][visit["referral_id"]]["visits_left"] += 1
    answer = dict(visit)
    answer["bill_id"] = None
    if charge > 0:
        answer["bill_id"] = _add_bill(data, visit["patient_id"], appointment_id, "late_cancel", charge)
    return json.dumps(answer)


def waive_fee(data, bill_id: str) -> str:
    """Take back the fee for a late cancellation or a missed visit. What was paid is refunded.

    Args:
        bill_id: The bill with the fee, such as 'BL-8001'.
    """
    if bill_id not in data["bills"]:
        return "Error: bill not found"
    bill = data["bills"][bill_id]
    if bill["kind"] not in ("late_cancel", "no_show"):
        return "Error: this bill is not for a late cancellation or a missed visit"
    if bill["status"] == "waived":
        return "Error: this fee has been waived already"
    refund = bill["amount"] if bill["status"] == "paid" else 0.0
    bill["status"] = "waived"
    data["patients"][bill["patient_id"]]["fee_waivers"].append(_today())
    answer = dict(bill)
    answer["refund"] = refund
    return json.dumps(answer)


def order_refill(data, rx_id: str, pharmacy_id: str) -> str:
    """Order the next refill of a prescription, to be collected at a partner pharmacy.

    Args:
        rx_id: The prescription.
        pharmacy_id: The pharmacy, such as 'PH-01'.
    """
    if rx_id not in data["prescriptions"]:
        return "Error: prescription not found"
    if pharmacy_id not in data["pharmacies"]:
        return "Error: pharmacy not found"
    rx = data["prescriptions"][rx_id]
    if rx["refills_left"] < 1:
        return "Error: the prescription has no refills left"
    if rx["expires_on"] < _today():
        return "Error: the prescription has expired"
    rx["refills_left"] -= 1
    rx["last_filled_on"] = _today()
    rx["orders"].append({"ordered_on": _today(), "pharmacy_id": pharmacy_id})
    return json.dumps(rx)


def file_claim(data, bill_id: str) -> str:
    """Send the bill of a visit to the patient's plan. The plan is asked for the amount above the patient's share.

    Args:
        bill_id: The bill of the visit.
    """
    if bill_id not in data["bills"]:
        return "Error: bill not found"
    bill = data["bills"][bill_id]
    if bill["kind"] != "visit":
        return "Error: only the bill of a visit can be claimed"
    if bill["claim"] is not None:
        return "Error: this bill has been claimed already"
    specialty = data["appointments"][bill["appointment_id"]]["specialty"]
    shares = data["plans"][data["patients"][bill["patient_id"]]["plan_id"]]["visit_share"]
    if specialty not in shares:
        return f"Error: the plan has no share for {specialty}"
    amount = round(bill["amount"] - shares[specialty], 2)
    if amount <= 0:
        return "Error: there is nothing above the patient's share"
    bill["claim"] = {"filed_on": _today(), "status": "pending", "amount": amount}
    return json.dumps(bill)


def replace_device(data, device_id: str, charge: float) -> str:
    """Send a new home device of the same model in place of a faulty one. A charge goes on a new bill.

    Args:
        device_id: The faulty device, such as 'DV-501'.
        charge: What the patient pays, 0 when the replacement is free.
    """
    if device_id not in data["devices"]:
        return "Error: device not found"
    device = data["devices"][device_id]
    price = _amount(charge)
    if price is None:
        return "Error: charge must be an amount of 0 or more"
    if price > device["price"]:
        return "Error: the charge is higher than the price of the device"
    device["issued_on"] = _today()
    device["times_replaced"] += 1
    answer = dict(device)
    answer["bill_id"] = None
    if price > 0:
        answer["bill_id"] = _add_bill(data, device["patient_id"], None, "device", price)
    return json.dumps(answer)


def record_proxy(data, patient_id: str, full_name: str, scope: str, valid_until: str) -> str:
    """Enter a person who may act for a patient, or renew an entry under the same name.

    Args:
        patient_id: The patient who is represented.
        full_name: First and last name of the proxy.
        scope: 'booking' for appointments only, or 'full' for the whole record.
        valid_until: The last day of the authorisation as YYYY-MM-DD.
    """
    if patient_id not in data["patients"]:
        return "Error: patient not found"
    name = str(full_name).strip()
    if len(name.split()) < 2:
        return "Error: full_name must be a first and a last name"
    if scope not in ("booking", "full"):
        return "Error: scope must be booking or full"
    if not _is_date(valid_until) or valid_until < _today():
        return "Error: valid_until must be a date as YYYY-MM-DD, today or later"
    patient = data["patients"][patient_id]
    kept = [proxy for proxy in patient["proxies"] if proxy["name"].lower() != name.lower()]
    kept.append({"name": name, "scope": scope, "valid_until": valid_until})
    kept.sort(key=lambda proxy: proxy["name"])
    patient["proxies"] = kept
    return json.dumps({"patient_id": patient_id, "proxies": kept})


def hand_over(data, team: str) -> str:
    """Pass the conversation on to a team of the clinic. This ends your part in it.

    Args:
        team: 'urgent', 'clinical' or 'privacy'.
    """
    if team not in ("urgent", "clinical", "privacy"):
        return "Error: team must be urgent, clinical or privacy"
    return "Handed over"
