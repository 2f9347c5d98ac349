//! The models of the retail domain. Upstream: `domains/retail/data_model.py`.

use crate::schema::{Class, Kind, optional, required};

/// A variant of a product.
pub static VARIANT: Class = Class::new(
    "Variant",
    &[
        required("item_id", Kind::Str),
        required("options", Kind::Dict(&Kind::Str)),
        required("available", Kind::Bool),
        required("price", Kind::Float),
    ],
);

/// A product.
pub static PRODUCT: Class = Class::new(
    "Product",
    &[
        required("name", Kind::Str),
        required("product_id", Kind::Str),
        required("variants", Kind::Dict(&Kind::Model(&VARIANT))),
    ],
);

/// A person's name.
pub static USER_NAME: Class =
    Class::new("UserName", &[required("first_name", Kind::Str), required("last_name", Kind::Str)]);

/// A postal address.
pub static USER_ADDRESS: Class = Class::new(
    "UserAddress",
    &[
        required("address1", Kind::Str),
        required("address2", Kind::Str),
        required("city", Kind::Str),
        required("country", Kind::Str),
        required("state", Kind::Str),
        required("zip", Kind::Str),
    ],
);

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

/// A PayPal account.
pub static PAYPAL: Class = Class::new(
    "Paypal",
    &[required("source", Kind::Literal(&["paypal"])), required("id", Kind::Str)],
);

/// A gift card and what is left on it.
pub static GIFT_CARD: Class = Class::new(
    "GiftCard",
    &[
        required("source", Kind::Literal(&["gift_card"])),
        required("id", Kind::Str),
        required("balance", Kind::Float),
    ],
);

/// A user.
pub static USER: Class = Class::new(
    "User",
    &[
        required("user_id", Kind::Str),
        required("name", Kind::Model(&USER_NAME)),
        required("address", Kind::Model(&USER_ADDRESS)),
        required("email", Kind::Str),
        required("payment_methods", Kind::Dict(&Kind::Union(&[&CREDIT_CARD, &GIFT_CARD, &PAYPAL]))),
        required("orders", Kind::List(&Kind::Str)),
    ],
);

/// A shipment of an order.
pub static FULFILLMENT: Class = Class::new(
    "OrderFullfilment",
    &[
        required("tracking_id", Kind::List(&Kind::Str)),
        required("item_ids", Kind::List(&Kind::Str)),
    ],
);

/// An item of an order.
pub static ORDER_ITEM: Class = Class::new(
    "OrderItem",
    &[
        required("name", Kind::Str),
        required("product_id", Kind::Str),
        required("item_id", Kind::Str),
        required("price", Kind::Float),
        required("options", Kind::Dict(&Kind::Str)),
    ],
);

/// A payment or a refund of an order.
pub static ORDER_PAYMENT: Class = Class::new(
    "OrderPayment",
    &[
        required("transaction_type", Kind::Literal(&["payment", "refund"])),
        required("amount", Kind::Float),
        required("payment_method_id", Kind::Str),
    ],
);

/// An order.
pub static ORDER: Class = Class::new(
    "Order",
    &[
        required("order_id", Kind::Str),
        required("user_id", Kind::Str),
        required("address", Kind::Model(&USER_ADDRESS)),
        required("items", Kind::List(&Kind::Model(&ORDER_ITEM))),
        required(
            "status",
            Kind::Literal(&[
                "processed",
                "pending",
                "pending (item modified)",
                "delivered",
                "cancelled",
                "exchange requested",
                "return requested",
            ]),
        ),
        required("fulfillments", Kind::List(&Kind::Model(&FULFILLMENT))),
        required("payment_history", Kind::List(&Kind::Model(&ORDER_PAYMENT))),
        optional("cancel_reason", &Kind::Literal(&["no longer needed", "ordered by mistake"])),
        optional("exchange_items", &Kind::List(&Kind::Str)),
        optional("exchange_new_items", &Kind::List(&Kind::Str)),
        optional("exchange_payment_method_id", &Kind::Str),
        optional("exchange_price_difference", &Kind::Float),
        optional("return_items", &Kind::List(&Kind::Str)),
        optional("return_payment_method_id", &Kind::Str),
    ],
);

/// The database.
pub static DATABASE: Class = Class::strict(
    "RetailDB",
    &[
        required("products", Kind::Dict(&Kind::Model(&PRODUCT))),
        required("users", Kind::Dict(&Kind::Model(&USER))),
        required("orders", Kind::Dict(&Kind::Model(&ORDER))),
    ],
);
