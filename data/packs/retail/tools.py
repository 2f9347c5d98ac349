import json
from datetime import datetime

CANCEL_REASONS = ["no longer needed", "ordered by mistake", "found cheaper elsewhere", "arrives too late"]
TRANSFER_REASONS = ["safety incident", "unrecognised charge", "legal claim", "lost account access"]


def _today() -> str:
    return datetime.now().strftime("%Y-%m-%d")


def _days_since(day: str) -> int:
    return (datetime.now() - datetime.strptime(day, "%Y-%m-%d")).days


def _money(amount) -> float:
    return round(float(amount), 2)


def _same(left: str, right: str) -> bool:
    return left.strip().lower() == right.strip().lower()


def _line(order, item_id):
    for line in order["items"]:
        if line["item_id"] == item_id:
            return line
    return None


def _payment_method(customer, payment_id):
    for method in customer["payment_methods"]:
        if method["payment_id"] == payment_id:
            return method
    return None


def _variant(data, item_id):
    for product in data["products"].values():
        if item_id in product["variants"]:
            return product["variants"][item_id]
    return None


def _product_of(data, item_id):
    for product in data["products"].values():
        if item_id in product["variants"]:
            return product
    return None


def _swap_error(data, order, item_ids, new_item_ids, needed_status) -> str:
    """Say why lines of an order cannot be swapped for other variants; empty if they can."""
    if len(item_ids) == 0:
        return "Error: no items given"
    if len(item_ids) != len(new_item_ids):
        return "Error: give exactly one new item for each old item"
    if len(set(item_ids)) != len(item_ids):
        return "Error: an item is listed twice"
    wanted = {}
    for old_id, new_id in zip(item_ids, new_item_ids):
        line = _line(order, old_id)
        if line is None:
            return f"Error: item {old_id} is not in order {order['order_id']}"
        if line["status"] != needed_status:
            return f"Error: item {old_id} is {line['status']}, not {needed_status}"
        if old_id == new_id:
            return f"Error: item {old_id} would be swapped for itself"
        product = _product_of(data, new_id)
        if product is None:
            return f"Error: item {new_id} not found"
        if product["product_id"] != line["product_id"]:
            return f"Error: item {new_id} is a different product than item {old_id}"
        wanted[new_id] = wanted.get(new_id, 0) + 1
        if product["variants"][new_id]["stock"] < wanted[new_id]:
            return f"Error: item {new_id} is out of stock"
    return ""


def _difference(data, order, item_ids, new_item_ids) -> float:
    difference = 0.0
    for old_id, new_id in zip(item_ids, new_item_ids):
        difference += _variant(data, new_id)["price"] - _line(order, old_id)["price"]
    return _money(difference)


def _settle(order, method, difference: float) -> None:
    """Book a price difference on an order: positive is charged, negative is refunded."""
    if difference == 0:
        return
    if method["kind"] == "gift_card":
        method["balance"] = _money(method["balance"] - difference)
    order["payments"].append({
        "kind": "charge" if difference > 0 else "refund",
        "amount": abs(difference),
        "payment_id": method["payment_id"],
        "on": _today(),
    })


def find_customer_by_email(data, email: str) -> str:
    """Find a customer's id by the email address of the account.

    Args:
        email: The email address, such as name@example.com. Upper and lower case do not matter.
    """
    for customer_id, customer in data["customers"].items():
        if _same(customer["email"], email):
            return customer_id
    return "Error: no customer with this email"


def find_customer_by_name_and_postcode(data, name: str, postcode: str) -> str:
    """Find a customer's id by full name and the postcode of the account's address.

    Args:
        name: First and last name.
        postcode: The postcode, written as in the customer's country.
    """
    for customer_id, customer in data["customers"].items():
        if _same(customer["name"], name) and _same(customer["address"]["postcode"], postcode):
            return customer_id
    return "Error: no customer with this name and postcode"


def get_customer(data, customer_id: str) -> str:
    """Look up a customer: contact, address, payment methods, orders, past goodwill credits, tier and the tier's terms.

    Args:
        customer_id: The customer's id, such as c_1001.
    """
    if customer_id not in data["customers"]:
        return f"Error: customer {customer_id} not found"
    customer = dict(data["customers"][customer_id])
    customer["terms"] = data["tiers"][customer["tier"]]
    return json.dumps(customer)


def get_order(data, order_id: str) -> str:
    """Look up an order: owner, status, dates, address, payments and lines. Delivered lines say how many days ago they arrived.

    Args:
        order_id: The order number, such as FW-20417.
    """
    if order_id not in data["orders"]:
        return f"Error: order {order_id} not found"
    order = dict(data["orders"][order_id])
    lines = []
    for line in order["items"]:
        line = dict(line)
        if line["delivered_on"] is not None:
            line["days_since_delivery"] = _days_since(line["delivered_on"])
        lines.append(line)
    order["items"] = lines
    return json.dumps(order)


def list_products(data, category: str | None = None) -> str:
    """List the shop's products with id, name, category, lowest price and number of variants in stock.

    Args:
        category: Only products of this category: kitchen, textiles, living, outdoor or travel. All when left out.
    """
    found = []
    for product in data["products"].values():
        if category is None or _same(product["category"], category):
            variants = list(product["variants"].values())
            found.append({
                "product_id": product["product_id"],
                "name": product["name"],
                "category": product["category"],
                "price_from": min(v["price"] for v in variants),
                "variants_in_stock": len([v for v in variants if v["stock"] > 0]),
            })
    if len(found) == 0:
        return f"Error: no products in category {category}"
    return json.dumps(found)


def get_product(data, product_id: str) -> str:
    """Look up a product with all its variants: options, price and stock of each item id.

    Args:
        product_id: The product's id, such as p_101. Order lines carry it.
    """
    if product_id not in data["products"]:
        return f"Error: product {product_id} not found"
    return json.dumps(data["products"][product_id])


def calculate(data, expression: str) -> str:
    """Work out a sum. The result is rounded to two decimals.

    Args:
        expression: Numbers, + - * / and parentheses, such as "2 * (3.50 + 4)".
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


def think(data, thought: str) -> str:
    """Write down a thought. Nothing is looked up and nothing changes.

    Args:
        thought: What to note.
    """
    return ""


def cancel_order(data, order_id: str, reason: str) -> str:
    """Cancel a whole order that has not shipped and refund everything paid, shipping fee included, to the order's payment method.

    Args:
        order_id: The order number.
        reason: One of: no longer needed, ordered by mistake, found cheaper elsewhere, arrives too late.
    """
    if order_id not in data["orders"]:
        return f"Error: order {order_id} not found"
    if reason not in CANCEL_REASONS:
        return f"Error: reason must be one of: {', '.join(CANCEL_REASONS)}"
    order = data["orders"][order_id]
    if order["status"] not in ["placed", "packed"]:
        return f"Error: order {order_id} is {order['status']} and can no longer be cancelled"
    method = _payment_method(data["customers"][order["customer_id"]], order["payment_id"])
    if method is None:
        return f"Error: payment method {order['payment_id']} not found"
    refund = order["total"]
    order["status"] = "cancelled"
    order["cancelled_on"] = _today()
    order["cancel_reason"] = reason
    for line in order["items"]:
        line["status"] = "cancelled"
        variant = _variant(data, line["item_id"])
        if variant is not None:
            variant["stock"] += 1
    _settle(order, method, -refund)
    return json.dumps({"order_id": order_id, "status": "cancelled", "refund": refund, "refund_to": method["payment_id"]})


def change_items(data, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_id: str) -> str:
    """Swap lines of a placed order for other variants of the same products, in one go, and settle the price difference.

    Args:
        order_id: The order number.
        item_ids: Item ids to be replaced.
        new_item_ids: The new item ids, in the same order as item_ids.
        payment_id: The customer's payment method that pays or receives the difference.
    """
    if order_id not in data["orders"]:
        return f"Error: order {order_id} not found"
    order = data["orders"][order_id]
    if order["status"] != "placed":
        return f"Error: order {order_id} is {order['status']}, items can only be changed while it is placed"
    error = _swap_error(data, order, item_ids, new_item_ids, "placed")
    if error:
        return error
    method = _payment_method(data["customers"][order["customer_id"]], payment_id)
    if method is None:
        return f"Error: payment method {payment_id} does not belong to the customer"
    difference = _difference(data, order, item_ids, new_item_ids)
    if method["kind"] == "gift_card" and method["balance"] < difference:
        return f"Error: gift card balance {method['balance']:.2f} does not cover {difference:.2f}"
    for old_id, new_id in zip(item_ids, new_item_ids):
        line = _line(order, old_id)
        variant = _variant(data, new_id)
        _variant(data, old_id)["stock"] += 1
        variant["stock"] -= 1
        line["item_id"] = new_id
        line["options"] = dict(variant["options"])
        line["price"] = variant["price"]
    order["total"] = _money(order["total"] + difference)
    order["changes"].append({"on": _today(), "what": "items"})
    _settle(order, method, difference)
    return json.dumps({"order_id": order_id, "new_total": order["total"], "price_difference": difference, "payment_id": payment_id})


def change_address(data, order_id: str, line1: str, city: str, postcode: str, country: str) -> str:
    """Send an order that has not shipped to another address.

    Args:
        order_id: The order number.
        line1: Street and house number.
        city: City or town.
        postcode: Postcode.
        country: Country, written out in English, such as Germany.
    """
    if order_id not in data["orders"]:
        return f"Error: order {order_id} not found"
    order = data["orders"][order_id]
    if order["status"] not in ["placed", "packed"]:
        return f"Error: order {order_id} is {order['status']}, its address can no longer be changed"
    address = {"line1": line1, "city": city, "postcode": postcode, "country": country}
    for part, text in address.items():
        if text.strip() == "":
            return f"Error: {part} is empty"
    order["address"] = address
    order["changes"].append({"on": _today(), "what": "address"})
    return json.dumps({"order_id": order_id, "address": address})


def change_payment(data, order_id: str, payment_id: str) -> str:
    """Move the whole amount of a placed order to another payment method of the customer; the old one is refunded.

    Args:
        order_id: The order number.
        payment_id: The customer's payment method that is to pay.
    """
    if order_id not in data["orders"]:
        return f"Error: order {order_id} not found"
    order = data["orders"][order_id]
    if order["status"] != "placed":
        return f"Error: order {order_id} is {order['status']}, payment can only be changed while it is placed"
    customer = data["customers"][order["customer_id"]]
    new_method = _payment_method(customer, payment_id)
    old_method = _payment_method(customer, order["payment_id"])
    if new_method is None or old_method is None:
        return f"Error: payment method {payment_id} does not belong to the customer"
    if payment_id == order["payment_id"]:
        return f"Error: order {order_id} is already paid with {payment_id}"
    if new_method["kind"] == "gift_card" and new_method["balance"] < order["total"]:
        return f"Error: gift card balance {new_method['balance']:.2f} does not cover {order['total']:.2f}"
    _settle(order, old_method, -order["total"])
    _settle(order, new_method, order["total"])
    order["payment_id"] = payment_id
    order["changes"].append({"on": _today(), "what": "payment"})
    return json.dumps({"order_id": order_id, "charged": order["total"], "payment_id": payment_id})


def return_items(data, order_id: str, item_ids: list[str], refund_to: str) -> str:
    """Register a return of delivered lines. The refund is the price of the lines less the tier's label fee, paid when the parcel arrives.

    Args:
        order_id: The order number.
        item_ids: Item ids to be sent back.
        refund_to: The customer's payment method that receives the refund.
    """
    if order_id not in data["orders"]:
        return f"Error: order {order_id} not found"
    order = data["orders"][order_id]
    if len(item_ids) == 0:
        return "Error: no items given"
    if len(set(item_ids)) != len(item_ids):
        return "Error: an item is listed twice"
    for item_id in item_ids:
        line = _line(order, item_id)
        if line is None:
            return f"Error: item {item_id} is not in order {order_id}"
        if line["status"] != "delivered":
            return f"Error: item {item_id} is {line['status']}, not delivered"
    customer = data["customers"][order["customer_id"]]
    method = _payment_method(customer, refund_to)
    if method is None:
        return f"Error: payment method {refund_to} does not belong to the customer"
    fee = data["tiers"][customer["tier"]]["return_label_fee"]
    price = _money(sum(_line(order, item_id)["price"] for item_id in item_ids))
    refund = max(0.0, _money(price - fee))
    for item_id in item_ids:
        _line(order, item_id)["status"] = "return_requested"
    order["returns"].append({"on": _today(), "item_ids": sorted(item_ids), "refund": refund, "refund_to": refund_to})
    return json.dumps({"order_id": order_id, "returning": item_ids, "price": price, "label_fee": fee, "refund": refund, "refund_to": refund_to})


def exchange_items(data, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_id: str) -> str:
    """Exchange delivered lines for other variants of the same products and settle the price difference.

    Args:
        order_id: The order number.
        item_ids: Item ids to be sent back.
        new_item_ids: The new item ids, in the same order as item_ids.
        payment_id: The customer's payment method that pays or receives the difference.
    """
    if order_id not in data["orders"]:
        return f"Error: order {order_id} not found"
    order = data["orders"][order_id]
    error = _swap_error(data, order, item_ids, new_item_ids, "delivered")
    if error:
        return error
    method = _payment_method(data["customers"][order["customer_id"]], payment_id)
    if method is None:
        return f"Error: payment method {payment_id} does not belong to the customer"
    difference = _difference(data, order, item_ids, new_item_ids)
    if method["kind"] == "gift_card" and method["balance"] < difference:
        return f"Error: gift card balance {method['balance']:.2f} does not cover {difference:.2f}"
    for old_id, new_id in zip(item_ids, new_item_ids):
        _line(order, old_id)["status"] = "exchange_requested"
        _variant(data, new_id)["stock"] -= 1
    pairs = [{"item_id": old_id, "new_item_id": new_id} for old_id, new_id in zip(item_ids, new_item_ids)]
    pairs.sort(key=lambda pair: pair["item_id"])
    order["exchanges"].append({"on": _today(), "items": pairs, "price_difference": difference, "payment_id": payment_id})
    _settle(order, method, difference)
    return json.dumps({"order_id": order_id, "exchanging": pairs, "price_difference": difference, "payment_id": payment_id})


def apply_goodwill_credit(data, order_id: str, gift_card_id: str, amount: float) -> str:
    """Put a goodwill credit for an order on a gift card of the customer.

    Args:
        order_id: The order that gave cause.
        gift_card_id: Payment id of a gift card of the customer.
        amount: Amount in euro.
    """
    if order_id not in data["orders"]:
        return f"Error: order {order_id} not found"
    customer = data["customers"][data["orders"][order_id]["customer_id"]]
    method = _payment_method(customer, gift_card_id)
    if method is None:
        return f"Error: payment method {gift_card_id} does not belong to the customer"
    if method["kind"] != "gift_card":
        return f"Error: {gift_card_id} is not a gift card"
    if not 0 < amount <= 1000:
        return "Error: the amount must be between 0 and 1000"
    credit = _money(amount)
    method["balance"] = _money(method["balance"] + credit)
    customer["goodwill_credits"].append({"on": _today(), "order_id": order_id, "amount": credit})
    return json.dumps({"order_id": order_id, "credit": credit, "gift_card_id": gift_card_id, "new_balance": method["balance"]})


def transfer_to_human(data, reason: str) -> str:
    """Hand the conversation over to a person. This ends the conversation.

    Args:
        reason: One of: safety incident, unrecognised charge, legal claim, lost account access.
    """
    if reason not in TRANSFER_REASONS:
        return f"Error: reason must be one of: {', '.join(TRANSFER_REASONS)}"
    return "Transferred"
