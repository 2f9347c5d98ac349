//! Looking things up.

use std::sync::Arc;

use super::{RetailTools, found};
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::text::preimage;
use crate::toolkit::Args;
use crate::value::{Map, Value};

pub(super) fn find_user_id_by_name_zip(tools: &mut RetailTools, args: Args) -> Outcome {
    let [first_name, last_name, zip] = args.take();
    for (id, user) in tools.db.attr("users")?.as_dict().into_iter().flatten() {
        let name = user.attr("name")?;
        if python::lower(name.attr("first_name")?)? == python::lower(&first_name)?
            && python::lower(name.attr("last_name")?)? == python::lower(&last_name)?
            && python::equal(user.attr("address")?.attr("zip")?, &zip)
        {
            return Ok(Value::Str(id.clone()));
        }
    }
    Err(Raised::value("User not found"))
}

pub(super) fn find_user_id_by_email(tools: &mut RetailTools, args: Args) -> Outcome {
    let [email] = args.take();
    for (id, user) in tools.db.attr("users")?.as_dict().into_iter().flatten() {
        if python::lower(user.attr("email")?)? == python::lower(&email)? {
            return Ok(Value::Str(id.clone()));
        }
    }
    Err(Raised::value("User not found"))
}

pub(super) fn get_order_details(tools: &mut RetailTools, args: Args) -> Outcome {
    let [id] = args.take();
    tools.order(&id).cloned()
}

pub(super) fn get_product_details(tools: &mut RetailTools, args: Args) -> Outcome {
    let [id] = args.take();
    tools.product(&id).cloned()
}

pub(super) fn get_item_details(tools: &mut RetailTools, args: Args) -> Outcome {
    let [id] = args.take();
    for (_, product) in tools.db.attr("products")?.as_dict().into_iter().flatten() {
        let variants = product.attr("variants")?;
        if python::contains(variants, &id)? {
            return found(variants, "Item", &id).cloned();
        }
    }
    Err(Raised::value("Item not found"))
}

pub(super) fn get_user_details(tools: &mut RetailTools, args: Args) -> Outcome {
    let [id] = args.take();
    tools.user(&id).cloned()
}

pub(super) fn list_all_product_types(tools: &mut RetailTools, _: Args) -> Outcome {
    let mut types = Map::new();
    for (_, product) in tools.db.attr("products")?.as_dict().into_iter().flatten() {
        let name = product.attr("name")?.as_str().unwrap_or_default();
        types.insert(name.into(), product.attr("product_id")?.clone());
    }
    Ok(preimage(&Value::Dict(Arc::new(types))).into())
}
