//! What the phone's state comes to: the network search, whether mobile data works, how fast it is,
//! whether picture messages go out. Upstream `domains/telecom/user_tools.py`.

use tau_python::exact;

use super::UserTools;
use crate::python;
use crate::raised::Raised;
use crate::telecom::device::{
    APNNames, NetworkModePreference, NetworkStatus, NetworkTechnology, PerformanceLevel,
    SignalStrength, SimStatus,
};
use crate::telecom::record::Stored;

/// The result of a speed test: megabits a second where there is a connection, and what to call it.
pub(super) struct Speed {
    pub mbps: Option<f64>,
    pub description: &'static str,
}

impl UserTools {
    /// What the SIM card's state is, a missing card first.
    pub(super) fn sim_status(&self) -> SimStatus {
        if self.db.device.sim_card_missing {
            SimStatus::Missing
        } else {
            self.db.device.sim_card_status
        }
    }

    /// The preferred network mode; none where something else was stored in its place.
    pub(super) fn preference(&self) -> Option<NetworkModePreference> {
        NetworkModePreference::read(&self.db.device.network_mode_preference)
    }

    fn signal_of(&self, technology: NetworkTechnology) -> SignalStrength {
        let strengths = &self.db.surroundings.signal_strength;
        strengths.get(technology.word()).copied().unwrap_or(SignalStrength::None)
    }

    fn no_service(&mut self) {
        let device = &mut self.db.device;
        device.network_connection_status = NetworkStatus::NoService;
        device.network_technology_connected = NetworkTechnology::None;
        device.network_signal_strength = SignalStrength::None;
    }

    /// Looks for a network (upstream `simulate_network_search`).
    ///
    /// # Errors
    /// Where the APN settings were overwritten with something that is none: the connection is then
    /// left as the search had it until there, as upstream leaves it.
    pub(super) fn search_network(&mut self) -> Result<(), Raised> {
        if self.sim_status() == SimStatus::Active {
            let technology = match self.preference() {
                Some(NetworkModePreference::FourOrFiveG) => {
                    match self.signal_of(NetworkTechnology::FiveG) {
                        SignalStrength::None => NetworkTechnology::FourG,
                        _ => NetworkTechnology::FiveG,
                    }
                }
                Some(NetworkModePreference::ThreeG) => NetworkTechnology::ThreeG,
                Some(NetworkModePreference::TwoG) => NetworkTechnology::TwoG,
                Some(NetworkModePreference::FourG) | None => NetworkTechnology::FourG,
            };
            let signal = self.signal_of(technology);
            let device = &mut self.db.device;
            device.network_connection_status = NetworkStatus::Connected;
            device.network_technology_connected = technology;
            device.network_signal_strength = signal;
        } else {
            self.no_service();
        }
        if self.db.device.airplane_mode {
            self.no_service();
        }
        if self.db.device.active_apn_settings.get("apn_name")?.apn_name == APNNames::Broken {
            self.no_service();
        }
        if !self.db.surroundings.line_active {
            self.no_service();
        }
        Ok(())
    }

    /// Whether mobile data works (upstream `_get_mobile_data_working`).
    pub(super) fn mobile_data_works(&self) -> bool {
        let (device, around) = (&self.db.device, &self.db.surroundings);
        let stranded = python::truthy(&around.is_abroad)
            && !(device.roaming_enabled && around.roaming_allowed);
        !device.airplane_mode
            && device.network_signal_strength != SignalStrength::None
            && device.network_connection_status != NetworkStatus::NoService
            && !stranded
            && device.data_enabled
            && !around.mobile_data_usage_exceeded
    }

    /// Runs the speed test (upstream `_run_speed_test`); the order of the products is upstream's,
    /// since the result is compared and printed.
    pub(super) fn speed(&self) -> Speed {
        if !self.mobile_data_works() {
            return Speed { mbps: None, description: "No Connection" };
        }
        let device = &self.db.device;
        let slow_vpn = device.vpn_connected
            && self
                .vpn_details()
                .is_some_and(|vpn| vpn.server_performance == PerformanceLevel::Poor);
        let mut base = if slow_vpn { 0.1 } else { 1.0 };
        if device.data_saver_mode {
            base *= 0.2;
        }
        let (least, most) = match device.network_technology_connected {
            NetworkTechnology::TwoG => (0.1, 0.4),
            NetworkTechnology::ThreeG => (1.0, 5.0),
            NetworkTechnology::FourG => (10.0, 100.0),
            NetworkTechnology::FiveG => (50.0, 500.0),
            NetworkTechnology::None => (0.0, 0.0),
        };
        let signal = match device.network_signal_strength {
            SignalStrength::Poor => 0.2,
            SignalStrength::Fair => 0.5,
            SignalStrength::Good => 0.8,
            SignalStrength::Excellent => 1.0,
            SignalStrength::None => 0.0,
        };
        let mbps = exact::round((least + most) / 2.0 * signal * base, 2);
        let description = match mbps {
            m if m < 1.0 => "Very Poor",
            m if m < 5.0 => "Poor",
            m if m < 25.0 => "Fair",
            m if m < 100.0 => "Good",
            _ => "Excellent",
        };
        Speed { mbps: Some(mbps), description }
    }

    /// Whether the messaging app can send picture messages (upstream `_can_send_mms`).
    ///
    /// # Errors
    /// Where the APN settings were overwritten with something that is none.
    pub(super) fn mms_works(&self) -> Result<bool, Raised> {
        let device = &self.db.device;
        if !self.mobile_data_works()
            || device.network_technology_connected == NetworkTechnology::TwoG
            || (device.wifi_calling_enabled && python::truthy(&device.wifi_calling_mms_over_wifi))
            || device.active_apn_settings.get("mmsc_url")?.mmsc_url.is_none()
        {
            return Ok(false);
        }
        let app = device.app_statuses.get("messaging");
        Ok(app.is_some_and(|app| app.permissions.storage && app.permissions.sms))
    }
}
