//! What the customer does with the phone: the writing tools of the customer's side. Upstream
//! `domains/telecom/user_tools.py`; the texts reach models and hashes and are upstream's.

use super::UserTools;
use super::status::on_off;
use crate::python;
use crate::raised::Raised;
use crate::telecom::device::{
    APN_SETTINGS, Apn, AppPermissions, NetworkModePreference, NetworkStatus, SignalStrength,
    SimStatus, Vpn, apn_settings,
};
use crate::telecom::float_text;
use crate::telecom::record::Stored;
use crate::validate::validate;
use crate::value::Value;

impl UserTools {
    pub(super) fn set_network_mode_preference(&mut self, mode: &Value) -> Result<String, Raised> {
        let failure = |tools: &Self| {
            let words: Vec<&str> =
                NetworkModePreference::ALL.iter().map(|mode| mode.word()).collect();
            tools.with_status_bar(&format!(
                "Failed to set network mode: '{}' is not a valid option. Please use one of: {}",
                python::str_of(mode),
                words.join(", ")
            ))
        };
        if let Some(word) = mode.as_str() {
            let Some(preference) = NetworkModePreference::of(word) else {
                return Ok(failure(self));
            };
            self.db.device.network_mode_preference = preference.write();
            self.search_network()?;
            let text = format!("Preferred Network Mode set to: {}", preference.word());
            return Ok(self.with_status_bar(&text));
        }
        self.db.device.network_mode_preference = mode.clone();
        self.search_network()?;
        match mode {
            Value::None => Ok(failure(self)),
            other => Err(Raised::attribute(other, "value")),
        }
    }

    fn forget_wifi(&mut self) {
        let device = &mut self.db.device;
        device.wifi_connected = false;
        device.wifi_ssid = None;
        device.wifi_signal_strength = SignalStrength::None;
    }

    /// Switches the airplane mode over and gives the new state.
    pub(super) fn switch_airplane_mode(&mut self) -> Result<bool, Raised> {
        let on = !self.db.device.airplane_mode;
        self.db.device.airplane_mode = on;
        if on {
            self.forget_wifi();
            self.end_vpn();
        } else {
            self.db.device.network_connection_status = NetworkStatus::Searching;
            if self.db.device.wifi_enabled {
                self.forget_wifi();
            }
        }
        self.search_network()?;
        Ok(on)
    }

    pub(super) fn toggle_airplane_mode(&mut self) -> Result<String, Raised> {
        let on = self.switch_airplane_mode()?;
        Ok(self.with_status_bar(&format!("Airplane Mode is now {}.", on_off(on))))
    }

    pub(super) fn reseat_sim_card(&mut self) -> Result<String, Raised> {
        self.db.device.sim_card_missing = false;
        self.search_network()?;
        if self.sim_status() == SimStatus::Missing {
            return Err(Raised::assertion(""));
        }
        Ok(self.with_status_bar("SIM card re-seated successfully."))
    }

    /// Switches mobile data over and gives the new state.
    pub(super) fn switch_data(&mut self) -> Result<bool, Raised> {
        let on = !self.db.device.data_enabled;
        self.db.device.data_enabled = on;
        self.search_network()?;
        Ok(on)
    }

    pub(super) fn toggle_data(&mut self) -> Result<String, Raised> {
        let on = self.switch_data()?;
        Ok(self.with_status_bar(&format!("Mobile Data is now {}.", on_off(on))))
    }

    /// Switches roaming over and gives the new state.
    pub(super) fn switch_roaming(&mut self) -> Result<bool, Raised> {
        let on = !self.db.device.roaming_enabled;
        self.db.device.roaming_enabled = on;
        self.search_network()?;
        Ok(on)
    }

    pub(super) fn toggle_roaming(&mut self) -> Result<String, Raised> {
        let on = self.switch_roaming()?;
        Ok(self.with_status_bar(&format!("Data Roaming is now {}.", on_off(on))))
    }

    pub(super) fn toggle_data_saver_mode(&mut self) -> String {
        let on = !self.db.device.data_saver_mode;
        self.db.device.data_saver_mode = on;
        self.with_status_bar(&format!("Data Saver Mode is now {}.", on_off(on)))
    }

    pub(super) fn set_apn_settings(&mut self, settings: &Value) -> Result<String, Raised> {
        // Upstream stores what it was given before it asks it for its name.
        self.db.device.active_apn_settings = match settings {
            Value::Dict(_) => Apn::read(&validate(&APN_SETTINGS, settings)?),
            other => Some(Apn::Other(other.clone())),
        }
        .unwrap_or_else(|| Apn::Other(settings.clone()));
        let name = self.db.device.active_apn_settings.get("apn_name")?.apn_name.word();
        self.search_network()?;
        Ok(self.with_status_bar(&format!("APN settings set to: {name}")))
    }

    pub(super) fn reset_apn_settings(&mut self) -> Result<String, Raised> {
        self.db.device.active_apn_settings.get_mut("reset_at_reboot")?.reset_at_reboot = true;
        self.search_network()?;
        Ok(self.with_status_bar("APN settings will reset at reboot."))
    }

    pub(super) fn toggle_wifi(&mut self) -> String {
        if self.db.device.airplane_mode {
            return self.with_status_bar("Cannot change Wi-Fi settings while Airplane Mode is ON.");
        }
        let on = !self.db.device.wifi_enabled;
        self.db.device.wifi_enabled = on;
        if !on {
            self.forget_wifi();
        }
        self.with_status_bar(&format!("Wi-Fi is now {}.", on_off(on)))
    }

    pub(super) fn toggle_wifi_calling(&mut self) -> String {
        let on = !self.db.device.wifi_calling_enabled;
        self.db.device.wifi_calling_enabled = on;
        self.with_status_bar(&format!("Wi-Fi Calling is now {}.", on_off(on)))
    }

    pub(super) fn connect_vpn(&mut self) -> String {
        if self.db.device.vpn_connected {
            return "VPN already connected.".into();
        }
        self.db.device.vpn_connected = true;
        self.db.device.vpn_details = Vpn::Shared;
        self.with_status_bar("VPN connected successfully.")
    }

    fn end_vpn(&mut self) -> bool {
        let was_connected = self.db.device.vpn_connected;
        if was_connected {
            self.db.device.vpn_connected = false;
            self.db.device.vpn_details = Vpn::None;
        }
        was_connected
    }

    pub(super) fn disconnect_vpn(&mut self) -> String {
        let text = if self.end_vpn() {
            "VPN disconnected successfully."
        } else {
            "No active VPN connection to disconnect."
        };
        self.with_status_bar(text)
    }

    pub(super) fn grant_app_permission(
        &mut self,
        app_name: &Value,
        permission: &Value,
    ) -> Result<String, Raised> {
        let known = self.app(app_name)?.is_some();
        let wanted = python::lower(permission)?;
        let shown = python::str_of(app_name);
        let text = if !known {
            format!("Error. App '{shown}' not found. Cannot grant permission.")
        } else if let Some(permission) = self.permission(app_name, &wanted) {
            *permission = true;
            format!("Success. Permission '{wanted}' granted to app '{shown}'.")
        } else {
            let names = Value::list(AppPermissions::NAMES.map(Value::from).into());
            format!(
                "Error. Permission '{wanted}' not tracked for app '{shown}', available permissions: {}",
                python::repr_of(&names)
            )
        };
        Ok(self.with_status_bar(&text))
    }

    pub(super) fn reboot_device(&mut self) -> Result<String, Raised> {
        let mut lines = Vec::new();
        if self.db.device.active_apn_settings.get("reset_at_reboot")?.reset_at_reboot {
            lines.push("Resetting APN settings...");
            self.db.device.active_apn_settings = Apn::Settings(apn_settings());
        }
        lines.push("Restarting network services...");
        self.db.device.network_connection_status = NetworkStatus::Searching;
        self.search_network()?;
        Ok(self.with_status_bar(&lines.join("\n")))
    }

    pub(super) fn make_payment(&mut self) -> String {
        match &mut self.db.surroundings.payment_request {
            None => "You do not have a payment request.".into(),
            Some(request) => {
                request.paid = true;
                format!(
                    "Payment of {} USD has been made for bill {}.",
                    float_text(request.amount_due),
                    request.bill_id
                )
            }
        }
    }
}
