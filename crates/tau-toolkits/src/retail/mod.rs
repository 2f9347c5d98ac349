//! The retail domain: products, users, orders. Upstream: `domains/retail/{data_model,tools}.py`.

mod lookup;
pub mod models;
mod order;
mod swap;

use crate::calculate::calculate;
use crate::domain::{Domain, OpenError};
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::toolkit::{Kit, Method, Profile, Side, required};
use crate::validate::validate;
use crate::value::Value;
use models::{DATABASE, GIFT_CARD};

pub(crate) fn open(profile: Profile, agent: &Value) -> Result<Domain, OpenError> {
    let agent = RetailTools { db: validate(&DATABASE, agent)? };
    Ok(Domain {
        name: "retail".into(),
        profile,
        agent: Kit::boxed(agent, profile),
        user: None,
        sync: None,
        no_solo: Some("Retail domain does not support solo mode"),
    })
}

/// The agent's side.
#[derive(Clone)]
struct RetailTools {
    db: Value,
}

impl Side for RetailTools {
    const CLASS: &'static str = "RetailTools";

    fn methods() -> &'static [Method<RetailTools>] {
        static METHODS: [Method<RetailTools>; 16] = [
            Method::generic("calculate", &[required("expression")], |_, args| {
                let [expression] = args.take();
                calculate(&expression)
            }),
            Method::write(
                "cancel_pending_order",
                &[required("order_id"), required("reason")],
                order::cancel_pending_order,
            ),
            Method::write(
                "exchange_delivered_order_items",
                &[
                    required("order_id"),
                    required("item_ids"),
                    required("new_item_ids"),
                    required("payment_method_id"),
                ],
                swap::exchange_delivered_order_items,
            ),
            Method::read(
                "find_user_id_by_name_zip",
                &[required("first_name"), required("last_name"), required("zip")],
                lookup::find_user_id_by_name_zip,
            ),
            Method::read(
                "find_user_id_by_email",
                &[required("email")],
                lookup::find_user_id_by_email,
            ),
            Method::read("get_order_details", &[required("order_id")], lookup::get_order_details),
            Method::read(
                "get_product_details",
                &[required("product_id")],
                lookup::get_product_details,
            ),
            Method::read("get_item_details", &[required("item_id")], lookup::get_item_details)
                .since(Profile::V1_0),
            Method::read("get_user_details", &[required("user_id")], lookup::get_user_details),
            Method::read("list_all_product_types", &[], lookup::list_all_product_types),
            Method::write(
                "modify_pending_order_address",
                &[
                    required("order_id"),
                    required("address1"),
                    required("address2"),
                    required("city"),
                    required("state"),
                    required("country"),
                    required("zip"),
                ],
                order::modify_pending_order_address,
            ),
            Method::write(
                "modify_pending_order_items",
                &[
                    required("order_id"),
                    required("item_ids"),
                    required("new_item_ids"),
                    required("payment_method_id"),
                ],
                swap::modify_pending_order_items,
            ),
            Method::write(
                "modify_pending_order_payment",
                &[required("order_id"), required("payment_method_id")],
                order::modify_pending_order_payment,
            ),
            Method::write(
                "modify_user_address",
                &[
                    required("user_id"),
                    required("address1"),
                    required("address2"),
                    required("city"),
                    required("state"),
                    required("country"),
                    required("zip"),
                ],
                order::modify_user_address,
            ),
            Method::write(
                "return_delivered_order_items",
                &[required("order_id"), required("item_ids"), required("payment_method_id")],
                order::return_delivered_order_items,
            ),
            Method::generic("transfer_to_human_agents", &[required("summary")], |_, _| {
                Ok("Transfer successful".into())
            }),
        ];
        &METHODS
    }

    fn dump(&self) -> Value {
        self.db.clone()
    }

    fn load(&mut self, data: &Value) -> Result<(), Raised> {
        self.db = validate(&DATABASE, data)?;
        Ok(())
    }
}

/// An entry of a mapping, or `{what} not found`.
fn found<'v>(mapping: &'v Value, what: &str, id: &Value) -> Result<&'v Value, Raised> {
    if !python::contains(mapping, id)? {
        return Err(Raised::value(format!("{what} not found")));
    }
    mapping.entry(id)
}

impl RetailTools {
    fn order(&self, id: &Value) -> Result<&Value, Raised> {
        found(self.db.attr("orders")?, "Order", id)
    }

    fn order_mut(&mut self, id: &Value) -> Result<&mut Value, Raised> {
        self.order(id)?;
        self.db.attr_mut("orders")?.entry_mut(id)
    }

    fn user(&self, id: &Value) -> Result<&Value, Raised> {
        found(self.db.attr("users")?, "User", id)
    }

    fn user_mut(&mut self, id: &Value) -> Result<&mut Value, Raised> {
        self.user(id)?;
        self.db.attr_mut("users")?.entry_mut(id)
    }

    fn product(&self, id: &Value) -> Result<&Value, Raised> {
        found(self.db.attr("products")?, "Product", id)
    }

    fn variant(&self, product_id: &Value, id: &Value) -> Result<&Value, Raised> {
        found(self.product(product_id)?.attr("variants")?, "Variant", id)
    }

    fn payment_method(&self, user_id: &Value, id: &Value) -> Result<&Value, Raised> {
        found(self.user(user_id)?.attr("payment_methods")?, "Payment method", id)
    }

    /// Puts money on a gift card, or takes it off with a negative amount through `change`; other payment
    /// methods have no balance.
    fn settle(
        &mut self,
        user_id: &Value,
        id: &Value,
        amount: &Value,
        change: fn(&Value, &Value) -> Outcome,
    ) -> Result<(), Raised> {
        if !self.payment_method(user_id, id)?.is_a(&GIFT_CARD) {
            return Ok(());
        }
        let card = self.user_mut(user_id)?.attr_mut("payment_methods")?.entry_mut(id)?;
        let balance = card.attr_mut("balance")?;
        *balance = change(balance, amount)?;
        *balance = python::round2(balance)?;
        Ok(())
    }
}
