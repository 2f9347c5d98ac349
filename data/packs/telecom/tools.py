"""Tools of the Brindle service desk."""

import copy
import json
from datetime import datetime

DATE = "%Y-%m-%d"


def _today():
    return datetime.now().strftime(DATE)


def _is_date(text):
    try:
        return datetime.strptime(text, DATE).strftime(DATE) == text
    except (ValueError, TypeError):
        return False


def _amount(value):
    """The value as an amount of money, or None when it is not one."""
    try:
        amount = round(float(value), 2)
    except (ValueError, TypeError, OverflowError):
        return None
    if amount >= 0 and amount < 100000:
        return amount
    return None


def _digits(text):
    return "".join([c for c in str(text) if c.isdigit()])


def _months_left(contract_end):
    """Started months from today to the end of the contract, 0 once it has ended."""
    end = datetime.strptime(contract_end, DATE)
    now = datetime.strptime(_today(), DATE)
    if end <= now:
        return 0
    months = (end.year - now.year) * 12 + end.month - now.month
    if end.day > now.day:
        months += 1
    return months


def _bill(data, line, kind, amount):
    """Put an amount on the next invoice; the items are kept in a fixed order."""
    items = data["customers"][line["customer_id"]]["next_invoice_items"]
    items.append({"line_id": line["line_id"], "kind": kind, "amount": amount})
    items.sort(key=lambda item: (item["line_id"], item["kind"], item["amount"]))


def find_customer_by_phone(data, phone_number: str, pin_end: str) -> str:
    """Find a customer by the number of one of their mobile lines and the last two digits of their PIN. Returns the customer id when both match.

    Args:
        phone_number: The mobile number, digits only, such as '07700900000'.
        pin_end: The last two digits of the customer's PIN, such as '07'.
    """
    wanted = _digits(phone_number)
    for line in data["lines"].values():
        if line["kind"] == "mobile" and line["phone_number"] == wanted:
            customer = data["customers"][line["customer_id"]]
            if customer["pin_end"] == str(pin_end).strip():
                return customer["customer_id"]
    return "Error: no customer matches this number and PIN"


def find_customer_by_email(data, email: str, date_of_birth: str) -> str:
    """Find a customer by e-mail address and date of birth. Returns the customer id when both match.

    Args:
        email: The e-mail address of the account.
        date_of_birth: The date of birth as YYYY-MM-DD.
    """
    wanted = str(email).strip().lower()
    for customer in data["customers"].values():
        if customer["email"].lower() == wanted and customer["date_of_birth"] == str(date_of_birth).strip():
            return customer["customer_id"]
    return "Error: no customer matches this e-mail and date of birth"


def get_customer(data, customer_id: str) -> str:
    """Read a customer's account: address, authorised people, earlier waivers and extensions, with a summary of the lines, invoices and open tickets.

    Args:
        customer_id: The customer id, such as 'C-1001'.
    """
    if customer_id not in data["customers"]:
        return "Error: customer not found"
    account = copy.deepcopy(data["customers"][customer_id])
    account.pop("pin_end")
    account.pop("date_of_birth")
    account["lines"] = [
        {key: line[key] for key in ("line_id", "kind", "phone_number", "plan_id", "status")}
        for line in data["lines"].values()
        if line["customer_id"] == customer_id
    ]
    account["invoices"] = [
        {key: invoice[key] for key in ("invoice_id", "issued_on", "due_on", "status", "total", "late_fee")}
        for invoice in data["invoices"].values()
        if invoice["customer_id"] == customer_id
    ]
    account["open_tickets"] = [
        ticket
        for ticket in data["tickets"].values()
        if ticket["customer_id"] == customer_id and ticket["status"] != "closed"
    ]
    return json.dumps(account)


def get_line(data, line_id: str) -> str:
    """Read a line: its plan, contract dates, months left, device, SIM, data use and packs, and the outages that touched it in the last months.

    Args:
        line_id: The line id, such as 'L-20001'.
    """
    if line_id not in data["lines"]:
        return "Error: line not found"
    line = copy.deepcopy(data["lines"][line_id])
    line["plan"] = data["plans"][line["plan_id"]]
    line["months_left"] = _months_left(line["contract_end"])
    line["device"] = data["devices"].get(line["device_id"])
    line["outages"] = [
        outage
        for outage in data["outages"].values()
        if outage["area"] == line["area"]
        and outage["kind"] == line["kind"]
        and outage["started_at"][:10] >= line["contract_start"]
    ]
    return json.dumps(line)


def get_invoice(data, invoice_id: str) -> str:
    """Read one invoice with its items, late fee, total, due date and status.

    Args:
        invoice_id: The invoice id, such as 'INV-50001'.
    """
    if invoice_id not in data["invoices"]:
        return "Error: invoice not found"
    return json.dumps(data["invoices"][invoice_id])


def list_plans(data, kind: str) -> str:
    """List what is on sale of one kind: plans for a line, or packs that are added to a mobile line.

    Args:
        kind: One of 'mobile', 'fibre', 'tv' (plans), 'roaming' or 'data' (packs).
    """
    if kind in ("mobile", "fibre", "tv"):
        return json.dumps([plan for plan in data["plans"].values() if plan["kind"] == kind and plan["on_sale"]])
    if kind in ("roaming", "data"):
        return json.dumps([pack for pack in data["packs"].values() if pack["kind"] == kind])
    return "Error: kind must be mobile, fibre, tv, roaming or data"


def calculate(data, expression: str) -> str:
    """Work out an arithmetic expression, rounded to two decimals.

    Args:
        expression: Numbers, the operators + - * / and parentheses, such as '3 * 4.25'.
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


def change_plan(data, line_id: str, plan_id: str, fee: float = 0.0) -> str:
    """Move an active line to another plan of the same kind that is on sale. The end of the contract stays as it is.

    Args:
        line_id: The line to change.
        plan_id: The plan to move to.
        fee: The downgrade fee to put on the next invoice, 0 when none is due.
    """
    if line_id not in data["lines"]:
        return "Error: line not found"
    if plan_id not in data["plans"]:
        return "Error: plan not found"
    line = data["lines"][line_id]
    plan = data["plans"][plan_id]
    charge = _amount(fee)
    if charge is None:
        return "Error: fee must be an amount of 0 or more"
    if line["status"] != "active":
        return f"Error: the line is {line['status']}"
    if plan["kind"] != line["kind"]:
        return "Error: the plan is of another kind than the line"
    if not plan["on_sale"]:
        return "Error: the plan is no longer on sale"
    if plan_id == line["plan_id"]:
        return "Error: the line is on this plan already"
    line["plan_id"] = plan_id
    if charge > 0:
        _bill(data, line, "downgrade_fee", charge)
    return json.dumps(line)


def add_pack(data, line_id: str, pack_id: str) -> str:
    """Add a roaming pack or a data pack to an active mobile line. Its price goes on the next invoice.

    Args:
        line_id: The mobile line.
        pack_id: The roaming or data pack.
    """
    if line_id not in data["lines"]:
        return "Error: line not found"
    if pack_id not in data["packs"]:
        return "Error: pack not found"
    line = data["lines"][line_id]
    pack = data["packs"][pack_id]
    if line["kind"] != "mobile":
        return "Error: packs are for mobile lines only"
    if line["status"] != "active":
        return f"Error: the line is {line['status']}"
    if pack["kind"] == "data" and data["plans"][line["plan_id"]]["unlimited_data"]:
        return "Error: the plan has unlimited data"
    line["packs"].append({"pack_id": pack_id, "added_on": _today()})
    line["packs"].sort(key=lambda held: (held["added_on"], held["pack_id"]))
    if pack["kind"] == "data":
        line["topups_this_cycle"] += 1
    _bill(data, line, pack["kind"] + "_pack", pack["price"])
    return json.dumps(line)


def credit_outage(data, line_id: str, outage_id: str, amount: float) -> str:
    """Credit an outage to the line it touched. The credit goes on the next invoice; each outage is credited once per line.

    Args:
        line_id: The line that was without service.
        outage_id: The outage.
        amount: The amount to credit.
    """
    if line_id not in data["lines"]:
        return "Error: line not found"
    if outage_id not in data["outages"]:
        return "Error: outage not found"
    line = data["lines"][line_id]
    outage = data["outages"][outage_id]
    credit = _amount(amount)
    if credit is None or credit == 0:
        return "Error: amount must be more than 0"
    if line["status"] == "cancelled":
        return "Error: the line is cancelled"
    if outage["area"] != line["area"] or outage["kind"] != line["kind"]:
        return "Error: this outage did not touch the line"
    if outage_id in line["credited_outages"]:
        return "Error: this outage has been credited already"
    if credit > data["plans"][line["plan_id"]]["monthly_price"]:
        return "Error: the credit is higher than the monthly price"
    line["credited_outages"].append(outage_id)
    line["credited_outages"].sort()
    _bill(data, line, "outage_credit", -credit)
    return json.dumps(line)


def waive_late_fee(data, invoice_id: str) -> str:
    """Take the late fee off an invoice. On a paid invoice the fee comes back as a credit on the next one.

    Args:
        invoice_id: The invoice with the late fee.
    """
    if invoice_id not in data["invoices"]:
        return "Error: invoice not found"
    invoice = data["invoices"][invoice_id]
    fee = invoice["late_fee"]
    if fee == 0:
        return "Error: this invoice has no late fee"
    customer = data["customers"][invoice["customer_id"]]
    invoice["late_fee"] = 0.0
    if invoice["status"] == "paid":
        line = data["lines"][invoice["items"][0]["line_id"]]
        _bill(data, line, "late_fee_credit", -fee)
    else:
        invoice["total"] = round(invoice["total"] - fee, 2)
    customer["late_fee_waivers"].append(_today())
    return json.dumps(invoice)


def extend_payment(data, invoice_id: str, new_due_date: str) -> str:
    """Move the due date of an unpaid invoice to a later day.

    Args:
        invoice_id: The invoice to extend.
        new_due_date: The new due date as YYYY-MM-DD.
    """
    if invoice_id not in data["invoices"]:
        return "Error: invoice not found"
    invoice = data["invoices"][invoice_id]
    if not _is_date(new_due_date):
        return "Error: new_due_date must be a date as YYYY-MM-DD"
    if invoice["status"] == "paid":
        return "Error: the invoice is paid"
    if new_due_date <= invoice["due_on"] or new_due_date <= _today():
        return "Error: the new due date must be later than the present one"
    invoice["due_on"] = new_due_date
    data["customers"][invoice["customer_id"]]["payment_extensions"].append(_today())
    return json.dumps(invoice)


def set_line_status(data, line_id: str, status: str, reason: str = "") -> str:
    """Suspend a line, or make a suspended line active again.

    Args:
        line_id: The line.
        status: 'suspended' or 'active'.
        reason: For a suspension one of 'travel', 'lost' or 'fraud'; left out when the line becomes active.
    """
    if line_id not in data["lines"]:
        return "Error: line not found"
    line = data["lines"][line_id]
    if line["status"] == "cancelled":
        return "Error: the line is cancelled"
    if status == line["status"]:
        return f"Error: the line is {status} already"
    if status == "suspended":
        if reason not in ("travel", "lost", "fraud"):
            return "Error: reason must be travel, lost or fraud"
        if reason == "travel":
            line["pauses"].append(_today())
        line["status"] = "suspended"
        line["suspension_reason"] = reason
        return json.dumps(line)
    if status == "active":
        line["status"] = "active"
        line["suspension_reason"] = None
        return json.dumps(line)
    return "Error: status must be suspended or active"


def cancel_line(data, line_id: str, fee: float) -> str:
    """Cancel a line for good. The exit fee goes on the last invoice. This cannot be undone.

    Args:
        line_id: The line to cancel.
        fee: The exit fee, 0 when the contract has ended.
    """
    if line_id not in data["lines"]:
        return "Error: line not found"
    line = data["lines"][line_id]
    charge = _amount(fee)
    if charge is None:
        return "Error: fee must be an amount of 0 or more"
    if line["status"] == "cancelled":
        return "Error: the line is cancelled already"
    line["status"] = "cancelled"
    line["suspension_reason"] = None
    line["cancelled_on"] = _today()
    if charge > 0:
        _bill(data, line, "exit_fee", charge)
    return json.dumps(line)


def replace_sim(data, line_id: str, sim_type: str) -> str:
    """Replace the SIM of an active mobile line. The old SIM stops working at once.

    Args:
        line_id: The mobile line.
        sim_type: 'card' for a SIM card by post, or 'esim' for a download to a phone that can hold one.
    """
    if line_id not in data["lines"]:
        return "Error: line not found"
    line = data["lines"][line_id]
    if line["kind"] != "mobile":
        return "Error: only mobile lines have a SIM"
    if line["status"] != "active":
        return f"Error: the line is {line['status']}"
    if sim_type not in ("card", "esim"):
        return "Error: sim_type must be card or esim"
    device = data["devices"].get(line["device_id"])
    if sim_type == "esim" and (device is None or not device["esim_capable"]):
        return "Error: the phone on this line cannot hold an eSIM"
    number = line["sim"]["number"] + 1
    line["sim"] = {
        "sim_id": f"S{line_id[1:]}-{number}",
        "number": number,
        "type": sim_type,
        "activated_on": _today(),
    }
    return json.dumps(line)


def transfer_to_human(data, reason: str) -> str:
    """Hand the conversation to a colleague. This ends your part in it.

    Args:
        reason: One of 'fraud', 'port-out' or 'bereavement'.
    """
    if reason not in ("fraud", "port-out", "bereavement"):
        return "Error: reason must be fraud, port-out or bereavement"
    return "Transferred"
