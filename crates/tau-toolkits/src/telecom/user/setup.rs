//! What a task's initial state is made with, and what its assertions ask: methods of the customer's
//! side that are no tools. Upstream `domains/telecom/user_tools.py`.

use super::UserTools;
use super::status::on_off;
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::telecom::device::{APNNames, NetworkStatus, PerformanceLevel, SimStatus, Vpn};
use crate::value::Value;

impl UserTools {
    pub(super) fn set_user_info(&mut self, name: &Value, phone_number: &Value) -> Value {
        self.db.surroundings.name = name.clone();
        self.db.surroundings.phone_number = phone_number.clone();
        Value::None
    }

    pub(super) fn set_user_location(&mut self, abroad: &Value) -> Value {
        self.db.surroundings.is_abroad = abroad.clone();
        Value::None
    }

    /// Upstream switches over, and switches over again where that was the wrong way: what switching
    /// does besides is then done twice.
    pub(super) fn turn_airplane_mode(&mut self, on: bool) -> Result<String, Raised> {
        if self.switch_airplane_mode()? != on {
            self.switch_airplane_mode()?;
        }
        Ok(format!("Airplane Mode is now {}.", on_off(on)))
    }

    pub(super) fn unseat_sim_card(&mut self) -> Result<&'static str, Raised> {
        self.db.device.sim_card_missing = true;
        self.search_network()?;
        Ok("SIM card un-seated successfully.")
    }

    pub(super) fn lock_sim_card(&mut self, mode: &Value) -> Result<String, Raised> {
        match mode.as_str() {
            Some("pin") => self.db.device.sim_card_status = SimStatus::LockedPin,
            Some("puk") => self.db.device.sim_card_status = SimStatus::LockedPuk,
            _ => {}
        }
        self.search_network()?;
        Ok(format!("SIM card locked successfully in {} mode.", python::str_of(mode)))
    }

    /// Unlike the tool, without a network search.
    pub(super) fn turn_data_on(&mut self) -> &'static str {
        self.db.device.data_enabled = true;
        "Data connection restored."
    }

    pub(super) fn turn_data_off(&mut self) -> Result<&'static str, Raised> {
        if self.switch_data()? {
            self.switch_data()?;
        }
        Ok("Data connection broken.")
    }

    pub(super) fn turn_roaming(&mut self, on: bool) -> Result<String, Raised> {
        if self.switch_roaming()? != on {
            self.switch_roaming()?;
        }
        Ok(format!("Data Roaming is now {}.", on_off(on)))
    }

    pub(super) fn turn_data_saver_mode(&mut self, on: bool) -> String {
        self.db.device.data_saver_mode = on;
        format!("Data Saver Mode is now {}.", on_off(on))
    }

    pub(super) fn break_apn_settings(&mut self) -> Result<&'static str, Raised> {
        self.db.device.active_apn_settings.get_mut("apn_name")?.apn_name = APNNames::Broken;
        self.search_network()?;
        if self.db.device.network_connection_status != NetworkStatus::NoService {
            return Err(Raised::assertion(""));
        }
        Ok("APN settings broken. Please call reset_apn_settings() to fix.")
    }

    pub(super) fn break_apn_mms_setting(&mut self) -> Result<&'static str, Raised> {
        self.db.device.active_apn_settings.get_mut("mmsc_url")?.mmsc_url = None;
        if self.mms_works()? {
            return Err(Raised::assertion(""));
        }
        Ok("APN MMS setting broken. Please call reset_apn_settings() to fix.")
    }

    pub(super) fn set_wifi_calling(&mut self, enabled: &Value, mms_over_wifi: &Value) -> String {
        let device = &mut self.db.device;
        if !python::equal(&Value::Bool(device.wifi_calling_enabled), enabled) {
            device.wifi_calling_enabled = !device.wifi_calling_enabled;
        }
        let mut text = format!("Wi-Fi Calling is now {}.", on_off(python::truthy(enabled)));
        if !mms_over_wifi.is_none() {
            device.wifi_calling_mms_over_wifi = mms_over_wifi.clone();
            let state = on_off(python::truthy(mms_over_wifi));
            text.push_str(&format!("\nMMS over Wi-Fi is now {state}."));
        }
        text
    }

    pub(super) fn break_vpn(&mut self) -> Result<&'static str, Raised> {
        self.connect_vpn();
        let details = match &mut self.db.device.vpn_details {
            Vpn::None => return Err(Raised::attribute(&Value::None, "server_performance")),
            Vpn::Own(details) => details,
            Vpn::Shared => &mut self.shared_vpn,
        };
        details.server_performance = PerformanceLevel::Poor;
        Ok("VPN connection broken.")
    }

    /// Gives whether it was removed, and the text.
    pub(super) fn remove_app_permission(
        &mut self,
        app_name: &Value,
        permission: &Value,
    ) -> Outcome {
        let known = self.app(app_name)?.is_some();
        let wanted = python::lower(permission)?;
        let shown = python::str_of(app_name);
        let (removed, text) = if !known {
            (false, format!("App '{shown}' not found. Cannot remove permission."))
        } else if let Some(permission) = self.permission(app_name, &wanted) {
            *permission = false;
            (true, format!("Permission '{wanted}' removed from app '{shown}'."))
        } else {
            (false, format!("Permission '{wanted}' not tracked for app '{shown}'."))
        };
        Ok(Value::list(vec![removed.into(), text.into()]))
    }

    pub(super) fn assert_service_status(&self, expected: &Value) -> Result<bool, Raised> {
        let Some(status) = expected.as_str().and_then(NetworkStatus::of) else {
            return Err(Raised::value(format!(
                "{} is not a valid NetworkStatus",
                python::repr_of(expected)
            )));
        };
        Ok(self.db.device.network_connection_status == status)
    }

    pub(super) fn assert_internet_speed(
        &self,
        expected_speed: &Value,
        expected_desc: &Value,
    ) -> Result<bool, Raised> {
        let speed = self.speed();
        let mbps = Value::Float(speed.mbps.unwrap_or(0.0));
        let fast_enough = python::at_least(&mbps, expected_speed)?;
        if !fast_enough || expected_desc.is_none() {
            return Ok(fast_enough);
        }
        Ok(speed.description.to_lowercase() == python::lower(expected_desc)?)
    }
}
