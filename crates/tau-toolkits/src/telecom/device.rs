//! The customer's phone and where the customer is: upstream `domains/telecom/user_data_model.py`.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::raised::Raised;
use crate::schema::{Default, Kind};
use crate::telecom::record::{Loose, Stored, record, words};
use crate::validate::validate;
use crate::value::Value;

words! {
    /// The state of the SIM card.
    SimStatus = SIM_STATUS {
        /// Working.
        Active = "ACTIVE" / "active",
        /// Not in the phone.
        Missing = "MISSING" / "missing",
        /// Locked with its PIN.
        LockedPin = "LOCKED_PIN" / "locked_pin",
        /// Locked with its PUK.
        LockedPuk = "LOCKED_PUK" / "locked_puk",
    }
}

words! {
    /// A cellular technology.
    NetworkTechnology = NETWORK_TECHNOLOGY {
        /// Not connected.
        None = "NONE" / "none",
        /// 2G
        TwoG = "TWO_G" / "2G",
        /// 3G
        ThreeG = "THREE_G" / "3G",
        /// 4G
        FourG = "FOUR_G" / "4G",
        /// 5G
        FiveG = "FIVE_G" / "5G",
    }
}

words! {
    /// Which technology the phone prefers.
    NetworkModePreference = NETWORK_MODE_PREFERENCE {
        /// 5G, and 4G where there is none.
        FourOrFiveG = "FOUR_G_5G_PREFERRED" / "4g_5g_preferred",
        /// 4G alone.
        FourG = "FOUR_G_ONLY" / "4g_only",
        /// 3G alone.
        ThreeG = "THREE_G_ONLY" / "3g_only",
        /// 2G alone.
        TwoG = "TWO_G_ONLY" / "2g_only",
    }
}

words! {
    /// How strong a signal is.
    SignalStrength = SIGNAL_STRENGTH {
        /// No signal.
        None = "NONE" / "none",
        /// One bar.
        Poor = "POOR" / "poor",
        /// Two bars.
        Fair = "FAIR" / "fair",
        /// Three bars.
        Good = "GOOD" / "good",
        /// Four bars.
        Excellent = "EXCELLENT" / "excellent",
    }
}

words! {
    /// How well a VPN server performs.
    PerformanceLevel = PERFORMANCE_LEVEL {
        /// Not known.
        Unknown = "UNKNOWN" / "unknown",
        /// Slows the connection down to a tenth.
        Poor = "POOR" / "poor",
        /// Fair.
        Fair = "FAIR" / "fair",
        /// Good.
        Good = "GOOD" / "good",
        /// Excellent.
        Excellent = "EXCELLENT" / "excellent",
    }
}

words! {
    /// The state of the cellular connection.
    NetworkStatus = NETWORK_STATUS {
        /// Connected.
        Connected = "CONNECTED" / "connected",
        /// Looking for a network.
        Searching = "SEARCHING" / "searching",
        /// No service.
        NoService = "NO_SERVICE" / "no_service",
        /// Emergency calls alone.
        EmergencyOnly = "EMERGENCY_ONLY" / "emergency_only",
    }
}

words! {
    /// The name of the access point.
    APNNames = APN_NAMES {
        /// The right one.
        Internet = "INTERNET" / "internet",
        /// A wrong one: there is no service with it.
        Broken = "BROKEN" / "broken",
    }
}

record! {
    /// The access point's settings.
    ApnSettings = APN_SETTINGS "APNSettings" {
        apn_name: APNNames => (Kind::Enum(&APN_NAMES)) = Default::Member(&APN_NAMES, 0),
        /// Whether the next restart puts the settings back to the default.
        reset_at_reboot: bool => (Kind::Bool) = Default::Bool(false),
        /// Access point for picture messages.
        mms_apn: Option<String> => (Kind::Optional(&Kind::Str)) = Default::Str("mms"),
        /// Address of the messaging centre; without one there are no picture messages.
        mmsc_url: Option<String> => (Kind::Optional(&Kind::Str))
            = Default::Str("http://mms.carrier.com/mms/wapenc"),
        mms_proxy: Option<String> => (Kind::Optional(&Kind::Str)) = Default::None,
        mms_port: Loose => (Kind::Optional(&Kind::Int)) = Default::None,
    }
}

/// What stands in the phone's place for access point settings.
#[derive(Clone, Debug)]
pub enum Apn {
    /// Settings.
    Settings(ApnSettings),
    /// What `set_apn_settings` was given in their place, which it stores before it fails.
    Other(Value),
}

impl Stored for Apn {
    fn read(value: &Value) -> Option<Self> {
        Some(ApnSettings::read(value).map_or_else(|| Apn::Other(value.clone()), Apn::Settings))
    }
    fn write(&self) -> Value {
        match self {
            Apn::Settings(settings) => settings.write(),
            Apn::Other(value) => value.clone(),
        }
    }
}

impl Apn {
    /// The settings, for reading their attribute `name`.
    ///
    /// # Errors
    /// Python's `AttributeError` where something else stands there.
    pub fn get(&self, name: &str) -> Result<&ApnSettings, Raised> {
        match self {
            Apn::Settings(settings) => Ok(settings),
            Apn::Other(value) => Err(Raised::attribute(value, name)),
        }
    }

    /// The settings, for writing their attribute `name`.
    ///
    /// # Errors
    /// Python's `AttributeError` where something else stands there.
    pub fn get_mut(&mut self, name: &str) -> Result<&mut ApnSettings, Raised> {
        match self {
            Apn::Settings(settings) => Ok(settings),
            Apn::Other(value) => Err(Raised::attribute(value, name)),
        }
    }
}

record! {
    /// The connection to a VPN.
    VpnDetails = VPN_DETAILS "VpnDetails" {
        server_address: Option<String> => (Kind::Optional(&Kind::Str)) = Default::None,
        protocol: Option<String> => (Kind::Optional(&Kind::Str)) = Default::None,
        server_performance: PerformanceLevel => (Kind::Enum(&PERFORMANCE_LEVEL))
            = Default::Member(&PERFORMANCE_LEVEL, 0),
    }
}

/// What the phone knows of its VPN connection.
#[derive(Clone, Debug)]
pub enum Vpn {
    /// Nothing.
    None,
    /// Details of the phone's own, from the data.
    Own(VpnDetails),
    /// The details that every connection made by the tools shares. Upstream hands out one object, so
    /// a connection that was broken once stays broken after it was made anew.
    Shared,
}

impl Stored for Vpn {
    fn read(value: &Value) -> Option<Self> {
        Some(Option::<VpnDetails>::read(value)?.map_or(Vpn::None, Vpn::Own))
    }
    /// The shared details are not known here: who writes a device puts them in place first.
    fn write(&self) -> Value {
        match self {
            Vpn::Own(details) => details.write(),
            Vpn::None | Vpn::Shared => Value::None,
        }
    }
}

record! {
    /// What an app may do.
    AppPermissions = APP_PERMISSIONS "AppPermissions" {
        sms: bool => (Kind::Bool) = Default::Bool(false),
        storage: bool => (Kind::Bool) = Default::Bool(false),
        phone: bool => (Kind::Bool) = Default::Bool(false),
        network: bool => (Kind::Bool) = Default::Bool(false),
    }
}

impl AppPermissions {
    /// The names, in upstream's order.
    pub const NAMES: [&'static str; 4] = ["sms", "storage", "phone", "network"];

    /// No permission at all.
    pub const NONE: AppPermissions =
        AppPermissions { sms: false, storage: false, phone: false, network: false };

    /// The permission of this name.
    pub fn named(&mut self, name: &str) -> Option<&mut bool> {
        match name {
            "sms" => Some(&mut self.sms),
            "storage" => Some(&mut self.storage),
            "phone" => Some(&mut self.phone),
            "network" => Some(&mut self.network),
            _ => None,
        }
    }

    /// The names of the permissions that are granted.
    pub fn granted(&self) -> Vec<&'static str> {
        let all = [self.sms, self.storage, self.phone, self.network];
        Self::NAMES.into_iter().zip(all).filter(|(_, granted)| *granted).map(|(n, _)| n).collect()
    }
}

record! {
    /// An app on the phone.
    AppStatus = APP_STATUS "AppStatus" {
        app_name: String => (Kind::Str),
        permissions: AppPermissions => (Kind::Model(&APP_PERMISSIONS))
            = Default::Made(no_permissions),
    }
}

fn no_permissions() -> Value {
    AppPermissions::NONE.write()
}

/// The settings of a phone that nobody has touched.
pub(super) fn apn_settings() -> ApnSettings {
    ApnSettings {
        apn_name: APNNames::Internet,
        reset_at_reboot: false,
        mms_apn: Some("mms".into()),
        mmsc_url: Some("http://mms.carrier.com/mms/wapenc".into()),
        mms_proxy: None,
        mms_port: Value::None,
    }
}

fn apn_default() -> Value {
    apn_settings().write()
}

/// The apps of a phone that nobody has touched.
fn apps() -> Value {
    let (messaging, browser) = (
        AppPermissions { sms: true, storage: true, phone: true, ..AppPermissions::NONE },
        AppPermissions { storage: true, network: true, ..AppPermissions::NONE },
    );
    let app = |name: &str, permissions| AppStatus { app_name: name.into(), permissions };
    let apps = [("messaging", messaging), ("browser", browser)];
    let apps = apps.map(|(name, permissions)| (Arc::from(name), app(name, permissions)));
    IndexMap::from(apps).write()
}

record! {
    /// The phone.
    Phone = PHONE "MockPhoneAttributes" {
        sim_card_status: SimStatus => (Kind::Enum(&SIM_STATUS)) = Default::Member(&SIM_STATUS, 0),
        sim_card_missing: bool => (Kind::Bool) = Default::Bool(false),
        airplane_mode: bool => (Kind::Bool) = Default::Bool(false),
        network_signal_strength: SignalStrength => (Kind::Enum(&SIGNAL_STRENGTH))
            = Default::Member(&SIGNAL_STRENGTH, 3),
        network_technology_connected: NetworkTechnology => (Kind::Enum(&NETWORK_TECHNOLOGY))
            = Default::Member(&NETWORK_TECHNOLOGY, 4),
        network_connection_status: NetworkStatus => (Kind::Enum(&NETWORK_STATUS))
            = Default::Member(&NETWORK_STATUS, 0),
        battery_level: Loose => (Kind::Int) = Default::Int(80),
        data_enabled: bool => (Kind::Bool) = Default::Bool(true),
        roaming_enabled: bool => (Kind::Bool) = Default::Bool(false),
        /// A member of [`NetworkModePreference`], or what `set_network_mode_preference` was given in
        /// its place: anything that is no text is stored before it fails.
        network_mode_preference: Loose => (Kind::Enum(&NETWORK_MODE_PREFERENCE))
            = Default::Member(&NETWORK_MODE_PREFERENCE, 0),
        active_apn_settings: Apn => (Kind::Model(&APN_SETTINGS)) = Default::Made(apn_default),
        wifi_enabled: bool => (Kind::Bool) = Default::Bool(false),
        wifi_connected: bool => (Kind::Bool) = Default::Bool(false),
        wifi_ssid: Option<String> => (Kind::Optional(&Kind::Str)) = Default::None,
        wifi_signal_strength: SignalStrength => (Kind::Enum(&SIGNAL_STRENGTH))
            = Default::Member(&SIGNAL_STRENGTH, 0),
        wifi_calling_enabled: bool => (Kind::Bool) = Default::Bool(false),
        wifi_calling_mms_over_wifi: Loose => (Kind::Bool) = Default::Bool(false),
        data_saver_mode: bool => (Kind::Bool) = Default::Bool(false),
        vpn_enabled_setting: bool => (Kind::Bool) = Default::Bool(false),
        vpn_connected: bool => (Kind::Bool) = Default::Bool(false),
        vpn_details: Vpn => (Kind::Optional(&Kind::Model(&VPN_DETAILS))) = Default::None,
        app_statuses: IndexMap<Arc<str>, AppStatus> => (Kind::Dict(&Kind::Model(&APP_STATUS)))
            = Default::Made(apps),
    }
}

record! {
    /// A request to pay a bill that has reached the customer.
    PaymentRequest = PAYMENT_REQUEST "PaymentRequest" {
        bill_id: String => (Kind::Str),
        /// In US dollars.
        amount_due: f64 => (Kind::Float),
        paid: bool => (Kind::Bool) = Default::Bool(false),
    }
}

const TECHNOLOGIES: &[&str] = &["none", "2G", "3G", "4G", "5G"];

/// The signal of each technology where nothing else is said.
fn signals() -> Value {
    let signals = [
        ("2G", SignalStrength::Poor),
        ("3G", SignalStrength::Fair),
        ("4G", SignalStrength::Good),
        ("5G", SignalStrength::Excellent),
    ];
    IndexMap::from(signals.map(|(technology, signal)| (Arc::from(technology), signal))).write()
}

fn phone() -> Value {
    validate(&PHONE, &Value::dict([])).unwrap_or(Value::None)
}

fn surroundings() -> Value {
    validate(&SURROUNDINGS, &Value::dict([])).unwrap_or(Value::None)
}

record! {
    /// Where the customer is, and what the customer's side knows of the line.
    Surroundings = SURROUNDINGS "UserSurroundings" {
        name: Loose => (Kind::Optional(&Kind::Str)) = Default::None,
        phone_number: Loose => (Kind::Optional(&Kind::Str)) = Default::None,
        is_abroad: Loose => (Kind::Bool) = Default::Bool(false),
        roaming_allowed: bool => (Kind::Bool) = Default::Bool(false),
        signal_strength: IndexMap<Arc<str>, SignalStrength>
            => (Kind::Keyed(TECHNOLOGIES, &Kind::Enum(&SIGNAL_STRENGTH))) = Default::Made(signals),
        mobile_data_usage_exceeded: bool => (Kind::Bool) = Default::Bool(false),
        line_active: bool => (Kind::Bool) = Default::Bool(true),
        payment_request: Option<PaymentRequest> => (Kind::Optional(&Kind::Model(&PAYMENT_REQUEST)))
            = Default::None,
    }
}

record! {
    /// The customer's side of the telecom domain.
    UserDb = USER_DB "TelecomUserDB" {
        device: Phone => (Kind::Model(&PHONE)) = Default::Made(phone),
        surroundings: Surroundings => (Kind::Model(&SURROUNDINGS)) = Default::Made(surroundings),
    }
}
