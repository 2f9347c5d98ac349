//! The company's side of the telecom domain: upstream `domains/telecom/data_model.py`.

use crate::date::{Date, DateTime};
use crate::schema::{Default, Kind};
use crate::telecom::record::{Loose, record, words};
use crate::value::Value;

words! {
    /// What kind of device it is.
    DeviceType = DEVICE_TYPE {
        /// Phone
        Phone = "PHONE" / "phone",
        /// Router
        Router = "ROUTER" / "router",
        /// Tablet
        Tablet = "TABLET" / "tablet",
        /// Watch
        Watch = "WATCH" / "watch",
        /// Anything else
        Other = "OTHER" / "other",
    }
}

words! {
    /// The state of a line.
    LineStatus = LINE_STATUS {
        /// In service.
        Active = "ACTIVE" / "Active",
        /// Suspended.
        Suspended = "SUSPENDED" / "Suspended",
        /// Not in service yet.
        PendingActivation = "PENDING_ACTIVATION" / "Pending Activation",
        /// Closed.
        Closed = "CLOSED" / "Closed",
    }
}

words! {
    /// The state of a bill.
    BillStatus = BILL_STATUS {
        /// Of the coming period; charges are added to it.
        Draft = "DRAFT" / "Draft",
        /// Sent out.
        Issued = "ISSUED" / "Issued",
        /// The customer has been asked to pay it.
        AwaitingPayment = "AWAITING_PAYMENT" / "Awaiting Payment",
        /// Paid.
        Paid = "PAID" / "Paid",
        /// Not paid in time.
        Overdue = "OVERDUE" / "Overdue",
        /// Disputed by the customer.
        Disputed = "DISPUTED" / "Disputed",
    }
}

words! {
    /// The state of a customer's account.
    AccountStatus = ACCOUNT_STATUS {
        /// In order.
        Active = "ACTIVE" / "Active",
        /// Suspended.
        Suspended = "SUSPENDED" / "Suspended",
        /// Not verified yet.
        PendingVerification = "PENDING_VERIFICATION" / "Pending Verification",
        /// Closed.
        Closed = "CLOSED" / "Closed",
    }
}

words! {
    /// How a customer pays.
    PaymentMethodType = PAYMENT_METHOD_TYPE {
        /// Credit card
        CreditCard = "CREDIT_CARD" / "Credit Card",
        /// Debit card
        DebitCard = "DEBIT_CARD" / "Debit Card",
        /// PayPal
        Paypal = "PAYPAL" / "PayPal",
    }
}

record! {
    /// A postal address.
    Address = ADDRESS "Address" {
        street: String => (Kind::Str),
        city: String => (Kind::Str),
        state: String => (Kind::Str),
        zip_code: String => (Kind::Str),
    }
}

record! {
    /// A plan; amounts in gigabytes and US dollars.
    Plan = PLAN "Plan" {
        plan_id: String => (Kind::Str),
        name: String => (Kind::Str),
        data_limit_gb: f64 => (Kind::Float),
        price_per_month: f64 => (Kind::Float),
        data_refueling_price_per_gb: f64 => (Kind::Float),
    }
}

record! {
    /// A device of a customer.
    Device = DEVICE "Device" {
        device_id: String => (Kind::Str),
        device_type: DeviceType => (Kind::Enum(&DEVICE_TYPE)),
        model: String => (Kind::Str),
        imei: Option<String> => (Kind::Optional(&Kind::Str)) = Default::None,
        is_esim_capable: bool => (Kind::Bool),
        activated: bool => (Kind::Bool) = Default::Bool(false),
        activation_date: Option<DateTime> => (Kind::Optional(&Kind::DateTime)) = Default::None,
        last_esim_transfer_date: Option<DateTime> => (Kind::Optional(&Kind::DateTime))
            = Default::None,
    }
}

record! {
    /// A line of a customer.
    Line = LINE "Line" {
        line_id: String => (Kind::Str),
        phone_number: String => (Kind::Str),
        status: LineStatus => (Kind::Enum(&LINE_STATUS)) = Default::Member(&LINE_STATUS, 2),
        plan_id: String => (Kind::Str),
        device_id: Option<String> => (Kind::Optional(&Kind::Str)) = Default::None,
        /// `set_data_usage` stores whatever it is given.
        data_used_gb: Loose => (Kind::Float) = Default::Float(0.0),
        data_refueling_gb: f64 => (Kind::Float) = Default::Float(0.0),
        roaming_enabled: bool => (Kind::Bool) = Default::Bool(false),
        contract_end_date: Option<Date> => (Kind::Optional(&Kind::Date)) = Default::None,
        last_plan_change_date: Option<Date> => (Kind::Optional(&Kind::Date)) = Default::None,
        last_sim_replacement_date: Option<Date> => (Kind::Optional(&Kind::Date)) = Default::None,
        suspension_start_date: Option<Date> => (Kind::Optional(&Kind::Date)) = Default::None,
    }
}

record! {
    /// One charge or credit of a bill.
    LineItem = LINE_ITEM "LineItem" {
        description: String => (Kind::Str),
        amount: f64 => (Kind::Float),
        date: Date => (Kind::Date),
        item_type: String => (Kind::Str),
    }
}

record! {
    /// A bill.
    Bill = BILL "Bill" {
        bill_id: String => (Kind::Str),
        customer_id: String => (Kind::Str),
        period_start: Date => (Kind::Date),
        period_end: Date => (Kind::Date),
        issue_date: Date => (Kind::Date),
        total_due: f64 => (Kind::Float),
        due_date: Date => (Kind::Date),
        line_items: Vec<LineItem> => (Kind::List(&Kind::Model(&LINE_ITEM))) = Default::List,
        status: BillStatus => (Kind::Enum(&BILL_STATUS)) = Default::Member(&BILL_STATUS, 0),
    }
}

record! {
    /// A way in which a customer pays.
    PaymentMethod = PAYMENT_METHOD "PaymentMethod" {
        method_type: PaymentMethodType => (Kind::Enum(&PAYMENT_METHOD_TYPE)),
        account_number_last_4: String => (Kind::Str),
        expiration_date: String => (Kind::Str),
    }
}

/// The day on which accounts were made that do not say when. Upstream does not validate this default:
/// it stays a day in a field for times, and prints as one.
fn first_day() -> Value {
    Value::Date(Date { year: 2025, month: 1, day: 1 })
}

record! {
    /// A customer.
    Customer = CUSTOMER "Customer" {
        customer_id: String => (Kind::Str),
        full_name: String => (Kind::Str),
        date_of_birth: String => (Kind::Str),
        email: String => (Kind::Str),
        phone_number: String => (Kind::Str),
        address: Address => (Kind::Model(&ADDRESS)),
        account_status: AccountStatus => (Kind::Enum(&ACCOUNT_STATUS))
            = Default::Member(&ACCOUNT_STATUS, 2),
        payment_methods: Vec<PaymentMethod> => (Kind::List(&Kind::Model(&PAYMENT_METHOD)))
            = Default::List,
        line_ids: Vec<String> => (Kind::List(&Kind::Str)) = Default::List,
        bill_ids: Vec<String> => (Kind::List(&Kind::Str)) = Default::List,
        created_at: Loose => (Kind::DateTime) = Default::Made(first_day),
        last_extension_date: Option<Date> => (Kind::Optional(&Kind::Date)) = Default::None,
        goodwill_credit_used_this_year: f64 => (Kind::Float) = Default::Float(0.0),
    }
}

record! {
    /// Everything the company knows.
    AgentDb = AGENT_DB "TelecomDB" {
        plans: Vec<Plan> => (Kind::List(&Kind::Model(&PLAN))) = Default::List,
        customers: Vec<Customer> => (Kind::List(&Kind::Model(&CUSTOMER))) = Default::List,
        lines: Vec<Line> => (Kind::List(&Kind::Model(&LINE))) = Default::List,
        bills: Vec<Bill> => (Kind::List(&Kind::Model(&BILL))) = Default::List,
        devices: Vec<Device> => (Kind::List(&Kind::Model(&DEVICE))) = Default::List,
    }
}
