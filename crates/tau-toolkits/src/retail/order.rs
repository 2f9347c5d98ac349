//! Orders: cancelling, returning, other payment, other address.

use super::RetailTools;
use super::models::{GIFT_CARD, ORDER_PAYMENT, USER_ADDRESS};
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::toolkit::Args;
use crate::validate::construct;
use crate::value::Value;

pub(super) fn payment(kind: &str, amount: &Value, method_id: &Value) -> Outcome {
    construct(
        &ORDER_PAYMENT,
        [
            ("transaction_type", kind.into()),
            ("amount", amount.clone()),
            ("payment_method_id", method_id.clone()),
        ],
    )
}

/// `order.status == status`
pub(super) fn has_status(order: &Value, status: &str) -> Result<bool, Raised> {
    Ok(python::equal(order.attr("status")?, &status.into()))
}

/// Pending, also with modified items.
fn check_pending(order: &Value) -> Result<(), Raised> {
    if python::contains(order.attr("status")?, &"pending".into())? {
        return Ok(());
    }
    Err(Raised::value("Non-pending order cannot be modified"))
}

/// What each item's id is, in order.
pub(super) fn item_ids(order: &Value) -> Outcome {
    let ids = python::iterate(order.attr("items")?)?
        .iter()
        .map(|item| item.attr("item_id").cloned())
        .collect::<Result<_, _>>()?;
    Ok(Value::list(ids))
}

/// The first id that is asked for more often than the order has it.
pub(super) fn first_absent(order: &Value, asked: &Value) -> Result<Option<Value>, Raised> {
    let ids = item_ids(order)?;
    for id in python::iterate(asked)? {
        if python::count(asked, &id)? > python::count(&ids, &id)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

pub(super) fn cancel_pending_order(tools: &mut RetailTools, args: Args) -> Outcome {
    let [id, reason] = args.take();
    let order = tools.order(&id)?.clone();
    if !has_status(&order, "pending")? {
        return Err(Raised::value("Non-pending order cannot be cancelled"));
    }
    python::hashable(&reason)?;
    if !matches!(reason.as_str(), Some("no longer needed" | "ordered by mistake")) {
        return Err(Raised::value("Invalid reason"));
    }
    let user_id = order.attr("user_id")?;
    let mut refunds = Vec::new();
    for paid in python::iterate(order.attr("payment_history")?)? {
        let (amount, method_id) = (paid.attr("amount")?, paid.attr("payment_method_id")?);
        refunds.push(payment("refund", amount, method_id)?);
        tools.settle(user_id, method_id, amount, python::add_assign)?;
    }
    let order = tools.order_mut(&id)?;
    order.set("status", "cancelled")?;
    order.set("cancel_reason", reason)?;
    order.attr_mut("payment_history")?.items_mut()?.extend(refunds);
    Ok(order.clone())
}

fn address([address1, address2, city, state, country, zip]: [Value; 6]) -> Outcome {
    construct(
        &USER_ADDRESS,
        [
            ("address1", address1),
            ("address2", address2),
            ("city", city),
            ("state", state),
            ("country", country),
            ("zip", zip),
        ],
    )
}

pub(super) fn modify_pending_order_address(tools: &mut RetailTools, args: Args) -> Outcome {
    let [id, parts @ ..]: [Value; 7] = args.take();
    let order = tools.order_mut(&id)?;
    check_pending(order)?;
    order.set("address", address(parts)?)?;
    Ok(order.clone())
}

pub(super) fn modify_user_address(tools: &mut RetailTools, args: Args) -> Outcome {
    let [id, parts @ ..]: [Value; 7] = args.take();
    let user = tools.user_mut(&id)?;
    user.set("address", address(parts)?)?;
    Ok(user.clone())
}

pub(super) fn modify_pending_order_payment(tools: &mut RetailTools, args: Args) -> Outcome {
    let [id, method_id] = args.take();
    let order = tools.order(&id)?.clone();
    check_pending(&order)?;
    let user_id = order.attr("user_id")?;
    let method = tools.payment_method(user_id, &method_id)?;
    let history = python::iterate(order.attr("payment_history")?)?;
    let first = match history.as_slice() {
        [only] if python::equal(only.attr("transaction_type")?, &"payment".into()) => only,
        _ => {
            return Err(Raised::value("There should be exactly one payment for a pending order"));
        }
    };
    let (amount, old_id) = (first.attr("amount")?, first.attr("payment_method_id")?);
    if python::equal(old_id, &method_id) {
        return Err(Raised::value(
            "The new payment method should be different from the current one",
        ));
    }
    if method.is_a(&GIFT_CARD) && python::less(method.attr("balance")?, amount)? {
        return Err(Raised::value("Insufficient gift card balance to pay for the order"));
    }
    let (paid, back) =
        (payment("payment", amount, &method_id)?, payment("refund", amount, old_id)?);
    tools.order_mut(&id)?.attr_mut("payment_history")?.items_mut()?.extend([paid, back]);
    tools.settle(user_id, &method_id, amount, python::subtract_assign)?;
    tools.settle(user_id, old_id, amount, python::add_assign)?;
    tools.order(&id).cloned()
}

pub(super) fn return_delivered_order_items(tools: &mut RetailTools, args: Args) -> Outcome {
    let [id, asked, method_id] = args.take();
    let order = tools.order(&id)?;
    if !has_status(order, "delivered")? {
        return Err(Raised::value("Non-delivered order cannot be returned"));
    }
    let method = tools.payment_method(order.attr("user_id")?, &method_id)?;
    if !method.is_a(&GIFT_CARD) {
        let history = python::iterate(order.attr("payment_history")?)?;
        let Some(first) = history.first() else {
            return Err(Raised::new(crate::Kind::IndexError, "list index out of range"));
        };
        if !python::equal(&method_id, first.attr("payment_method_id")?) {
            return Err(Raised::value("Payment method should be the original payment method"));
        }
    }
    if first_absent(order, &asked)?.is_some() {
        return Err(Raised::value("Some item not found"));
    }
    let order = tools.order_mut(&id)?;
    order.set("status", "return requested")?;
    order.set("return_items", python::sorted(&asked)?)?;
    order.set("return_payment_method_id", method_id)?;
    Ok(order.clone())
}
