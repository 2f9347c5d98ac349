//! What the phone shows: the reading tools of the customer's side. Upstream
//! `domains/telecom/user_tools.py`; the texts reach models and hashes and are upstream's.

use super::UserTools;
use crate::python;
use crate::raised::Raised;
use crate::telecom::device::{NetworkTechnology, SignalStrength, SimStatus, VpnDetails};
use crate::telecom::float_text;
use crate::telecom::record::Stored;
use crate::value::Value;

pub(super) fn on_off(on: bool) -> &'static str {
    if on { "ON" } else { "OFF" }
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "Yes" } else { "No" }
}

fn or_none(text: Option<&String>) -> &str {
    text.map_or("None", String::as_str)
}

impl UserTools {
    /// The status bar, which most tools end with.
    pub(super) fn status_bar(&self) -> String {
        let device = &self.db.device;
        let mut items: Vec<String> = Vec::new();
        if device.airplane_mode {
            items.push("✈️ Airplane Mode".into());
        } else {
            let signal = match device.network_signal_strength {
                SignalStrength::None => "📵 No Signal",
                SignalStrength::Poor => "📶¹ Poor",
                SignalStrength::Fair => "📶² Fair",
                SignalStrength::Good => "📶³ Good",
                SignalStrength::Excellent => "📶⁴ Excellent",
            };
            items.push(signal.into());
            let technology = device.network_technology_connected;
            let connected = technology != NetworkTechnology::None;
            if connected {
                items.push(technology.word().into());
            }
            if device.data_enabled && connected {
                items.push("📱 Data Enabled".into());
                if device.data_saver_mode {
                    items.push("🔽 Data Saver".into());
                }
            } else {
                items.push("📵 Data Disabled".into());
            }
        }
        if device.wifi_enabled && device.wifi_connected {
            items.push(match device.wifi_ssid.as_deref() {
                Some(ssid) if !ssid.is_empty() => format!("📡 Connected to {ssid}"),
                _ => "📡 Enabled".into(),
            });
        }
        if device.vpn_connected {
            items.push("🔒 VPN Connected".into());
        }
        items.push(format!("🔋 {}%", python::str_of(&device.battery_level)));
        items.join(" | ")
    }

    /// `text` and the status bar below it.
    pub(super) fn with_status_bar(&self, text: &str) -> String {
        format!("{text}\nStatus Bar: {}", self.status_bar())
    }

    pub(super) fn check_status_bar(&self) -> String {
        format!("Status Bar: {}", self.status_bar())
    }

    pub(super) fn check_network_status(&self) -> String {
        let device = &self.db.device;
        let mut lines = vec![
            format!("Airplane Mode: {}", on_off(device.airplane_mode)),
            format!("SIM Card Status: {}", self.sim_status().word()),
            format!("Cellular Connection: {}", device.network_connection_status.word()),
            format!("Cellular Signal: {}", device.network_signal_strength.word()),
            format!("Cellular Network Type: {}", device.network_technology_connected.word()),
            format!("Mobile Data Enabled: {}", yes_no(device.data_enabled)),
            format!("Data Roaming Enabled: {}", yes_no(device.roaming_enabled)),
            format!("Wi-Fi Radio: {}", on_off(device.wifi_enabled)),
            format!("Wi-Fi Connected: {}", yes_no(device.wifi_connected)),
        ];
        if device.wifi_connected {
            let ssid = or_none(device.wifi_ssid.as_ref());
            lines.push(format!("Connected Wi-Fi Network: {ssid}"));
        }
        lines.join("\n")
    }

    pub(super) fn check_network_mode_preference(&self) -> Result<String, Raised> {
        match self.preference() {
            Some(mode) => Ok(format!("Network Mode Preference: {}", mode.word())),
            None => Err(Raised::attribute(&self.db.device.network_mode_preference, "value")),
        }
    }

    pub(super) fn run_speed_test(&self) -> String {
        let speed = self.speed();
        let description = speed.description;
        let Some(mbps) = speed.mbps else {
            return format!("Speed test failed: {description}.");
        };
        let advice = match description {
            "Very Poor" => "Connection is very slow. Basic web browsing might be difficult.",
            "Poor" => "Connection is slow. Web browsing may be sluggish, streaming difficult.",
            "Fair" => "Connection is okay for web browsing and some standard definition streaming.",
            "Good" => "Connection is good for most activities, including HD streaming.",
            _ => "Connection is very fast.",
        };
        let mbps = python::fixed2(mbps);
        format!("Speed Test Result: {mbps} Mbps ({description}). {advice}")
    }

    pub(super) fn check_sim_status(&self) -> &'static str {
        match self.sim_status() {
            SimStatus::Active => "Your SIM card is active and working.",
            SimStatus::Missing => "No SIM card detected in the phone.",
            SimStatus::LockedPin => "The SIM card is locked with a PIN code.",
            SimStatus::LockedPuk => "The SIM card is locked with a PUK code.",
        }
    }

    pub(super) fn check_data_restriction_status(&self) -> &'static str {
        if self.db.device.data_saver_mode {
            "Data Saver mode is ON (limits data usage)."
        } else {
            "Data Saver mode is OFF."
        }
    }

    pub(super) fn check_apn_settings(&self) -> Result<String, Raised> {
        let settings = self.db.device.active_apn_settings.get("model_copy")?;
        let url = settings.mmsc_url.as_deref().filter(|url| !url.is_empty()).unwrap_or("Not Set");
        Ok(format!(
            "Current APN Name: {}\nMMSC URL (for picture messages): {url}\n\
             (These are technical settings, usually best left unchanged.)",
            settings.apn_name.word()
        ))
    }

    pub(super) fn check_wifi_status(&self) -> String {
        let device = &self.db.device;
        if !device.wifi_enabled {
            return "Wi-Fi is turned OFF.".into();
        }
        if !device.wifi_connected {
            return "Wi-Fi is ON but not connected to any network.".into();
        }
        format!(
            "Wi-Fi is ON and connected to '{}'. Signal strength: {}.",
            or_none(device.wifi_ssid.as_ref()),
            device.wifi_signal_strength.word()
        )
    }

    pub(super) fn check_wifi_calling_status(&self) -> String {
        let enabled = on_off(self.db.device.wifi_calling_enabled);
        format!("Wi-Fi Calling is currently turned {enabled}.")
    }

    pub(super) fn check_vpn_status(&self) -> String {
        let device = &self.db.device;
        if !device.vpn_connected {
            let text = if device.vpn_enabled_setting {
                "VPN is turned ON in settings, but currently not connected."
            } else {
                "VPN is turned OFF."
            };
            return text.into();
        }
        match self.vpn_details() {
            Some(details) => {
                format!("VPN is ON and connected. Details: {}", vpn_repr(details))
            }
            None => "VPN is ON and connected (no specific details available).".into(),
        }
    }

    pub(super) fn check_installed_apps(&self) -> String {
        let names: Vec<&str> = self.db.device.app_statuses.keys().map(|name| &**name).collect();
        format!("The following apps are installed on the phone: {}", names.join(", "))
    }

    pub(super) fn check_app_status(&self, app_name: &Value) -> Result<String, Raised> {
        let shown = python::str_of(app_name);
        let Some(app) = self.app(app_name)? else {
            return Ok(format!("App '{shown}' not found on this phone."));
        };
        let mut lines = vec![format!("Status for App: {shown}")];
        let granted = app.permissions.granted();
        if granted.is_empty() {
            lines.push(" - Permissions: None granted.".into());
        } else {
            lines.push(" - Permissions Granted:".into());
            lines.extend(granted.iter().map(|name| format!("   - {name}")));
        }
        Ok(lines.join("\n"))
    }

    pub(super) fn check_app_permissions(&self, app_name: &Value) -> Result<String, Raised> {
        let shown = python::str_of(app_name);
        let Some(app) = self.app(app_name)? else {
            return Ok(format!("App '{shown}' not found on this phone."));
        };
        let granted = app.permissions.granted();
        Ok(if granted.is_empty() {
            format!("App '{shown}' currently has no permissions granted.")
        } else {
            format!("App '{shown}' has permission for: {}.", granted.join(", "))
        })
    }

    pub(super) fn can_send_mms(&self) -> Result<&'static str, Raised> {
        Ok(if self.mms_works()? {
            "Your messaging app can send MMS messages."
        } else {
            "Your messaging app cannot send MMS messages."
        })
    }

    pub(super) fn check_payment_request(&self) -> String {
        match &self.db.surroundings.payment_request {
            None => "No payment request has been made.".into(),
            Some(request) => format!(
                "You have a payment request for bill {} of {} USD.",
                request.bill_id,
                float_text(request.amount_due)
            ),
        }
    }
}

/// The `repr` of the dict that upstream's `model_dump` makes of the details: members of enumerations
/// stay members in it.
fn vpn_repr(details: &VpnDetails) -> String {
    let VpnDetails { server_address, protocol, server_performance } = details;
    python::repr_of(&Value::dict([
        ("server_address", server_address.write()),
        ("protocol", protocol.write()),
        ("server_performance", server_performance.write()),
    ]))
}
