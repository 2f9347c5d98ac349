//! Other items for those of an order: exchanging delivered ones, modifying pending ones.

use super::RetailTools;
use super::models::GIFT_CARD;
use super::order::{first_absent, has_status, payment};
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::toolkit::Args;
use crate::value::Value;

/// The place of the first item with this id.
fn place(order: &Value, item_id: &Value) -> Result<usize, Raised> {
    for (at, item) in python::iterate(order.attr("items")?)?.iter().enumerate() {
        if python::equal(item.attr("item_id")?, item_id) {
            return Ok(at);
        }
    }
    Err(Raised::value(format!("Item {} not found", python::str_of(item_id))))
}

/// `zip(item_ids, new_item_ids)`
fn paired(item_ids: &Value, new_item_ids: &Value) -> Result<Vec<(Value, Value)>, Raised> {
    let new = python::iterate(new_item_ids)?;
    Ok(python::iterate(item_ids)?.into_iter().zip(new).collect())
}

impl RetailTools {
    /// What a pair adds to the price, and the new item's variant.
    fn priced(
        &self,
        order: &Value,
        item_id: &Value,
        new_item_id: &Value,
    ) -> Result<(Value, Value), Raised> {
        let at = place(order, item_id)?;
        let items = python::iterate(order.attr("items")?)?;
        let item = &items[at];
        let variant = self.variant(item.attr("product_id")?, new_item_id)?;
        if !python::truthy(variant.attr("available")?) {
            return Err(Raised::value(format!(
                "New item {} not found or available",
                python::str_of(new_item_id)
            )));
        }
        let more = python::subtract(variant.attr("price")?, item.attr("price")?)?;
        Ok((more, variant.clone()))
    }
}

pub(super) fn exchange_delivered_order_items(tools: &mut RetailTools, args: Args) -> Outcome {
    let [id, item_ids, new_item_ids, method_id] = args.take();
    let order = tools.order(&id)?;
    if !has_status(order, "delivered")? {
        return Err(Raised::value("Non-delivered order cannot be exchanged"));
    }
    if let Some(absent) = first_absent(order, &item_ids)? {
        return Err(Raised::value(format!("Number of {} not found.", python::str_of(&absent))));
    }
    if python::len(&item_ids)? != python::len(&new_item_ids)? {
        return Err(Raised::value("The number of items to be exchanged should match."));
    }
    let mut difference = Value::Int(0);
    for (item_id, new_item_id) in paired(&item_ids, &new_item_ids)? {
        let (more, _) = tools.priced(order, &item_id, &new_item_id)?;
        difference = python::add_assign(&difference, &more)?;
    }
    let difference = python::round2(&difference)?;
    let method = tools.payment_method(order.attr("user_id")?, &method_id)?;
    if method.is_a(&GIFT_CARD) && python::less(method.attr("balance")?, &difference)? {
        return Err(Raised::value(
            "Insufficient gift card balance to pay for the price difference",
        ));
    }
    let order = tools.order_mut(&id)?;
    order.set("status", "exchange requested")?;
    order.set("exchange_items", python::sorted(&item_ids)?)?;
    order.set("exchange_new_items", python::sorted(&new_item_ids)?)?;
    order.set("exchange_payment_method_id", method_id)?;
    order.set("exchange_price_difference", difference)?;
    Ok(order.clone())
}

/// Upstream gives every modified item the price and options of the last pair's variant. So it is here.
pub(super) fn modify_pending_order_items(tools: &mut RetailTools, args: Args) -> Outcome {
    let [id, item_ids, new_item_ids, method_id] = args.take();
    let order = tools.order(&id)?.clone();
    if !has_status(&order, "pending")? {
        return Err(Raised::value("Non-pending order cannot be modified"));
    }
    if let Some(absent) = first_absent(&order, &item_ids)? {
        return Err(Raised::value(format!("{} not found", python::str_of(&absent))));
    }
    if python::len(&item_ids)? != python::len(&new_item_ids)? {
        return Err(Raised::value("The number of items to be exchanged should match"));
    }
    let pairs = paired(&item_ids, &new_item_ids)?;
    let mut difference = Value::Int(0);
    let mut last = None;
    for (item_id, new_item_id) in &pairs {
        if python::equal(item_id, new_item_id) {
            return Err(Raised::value("The new item id should be different from the old item id"));
        }
        let (more, variant) = tools.priced(&order, item_id, new_item_id)?;
        difference = python::add_assign(&difference, &more)?;
        last = Some(variant);
    }
    let user_id = order.attr("user_id")?;
    let method = tools.payment_method(user_id, &method_id)?;
    if method.is_a(&GIFT_CARD) && python::less(method.attr("balance")?, &difference)? {
        return Err(Raised::value("Insufficient gift card balance to pay for the new item"));
    }
    let kind = if python::greater(&difference, &Value::Int(0))? { "payment" } else { "refund" };
    let noted = payment(kind, &python::absolute(&difference)?, &method_id)?;
    tools.order_mut(&id)?.attr_mut("payment_history")?.push(noted)?;
    tools.settle(user_id, &method_id, &difference, python::subtract_assign)?;

    let order = tools.order_mut(&id)?;
    for ((item_id, new_item_id), variant) in
        pairs.into_iter().zip(std::iter::repeat(last).flatten())
    {
        let at = place(order, &item_id)?;
        let item = &mut order.attr_mut("items")?.items_mut()?[at];
        item.set("item_id", new_item_id)?;
        item.set("price", variant.attr("price")?.clone())?;
        item.set("options", variant.attr("options")?.clone())?;
    }
    order.set("status", "pending (item modified)")?;
    Ok(order.clone())
}
