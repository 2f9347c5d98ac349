//! The customer's side of the telecom domain. Upstream `domains/telecom/user_tools.py`.

mod actions;
mod search;
mod setup;
mod status;

use super::device::{AppStatus, PerformanceLevel, USER_DB, UserDb, Vpn, VpnDetails};
use super::read;
use super::record::Stored;
use crate::python;
use crate::raised::{Outcome, Raised};
use crate::schema::Default;
use crate::toolkit::{Args, Method, Side, optional, required};
use crate::value::Value;

/// The customer's phone and surroundings and the tools over them.
#[derive(Clone)]
pub struct UserTools {
    pub(super) db: UserDb,
    /// What every VPN connection that the tools make shares. Upstream keeps it for the whole process, so
    /// that one broken connection spoils those of later conversations; here it belongs to the
    /// environment, which is what upstream gives in a fresh process.
    shared_vpn: VpnDetails,
}

impl UserTools {
    /// The tools over the content of a database file.
    ///
    /// # Errors
    /// pydantic's, where the content does not fit.
    pub(super) fn open(data: &Value) -> Result<UserTools, Raised> {
        let shared_vpn = VpnDetails {
            server_address: Some("192.168.1.1".into()),
            protocol: Some("OpenVPN".into()),
            server_performance: PerformanceLevel::Excellent,
        };
        Ok(UserTools { db: read(&USER_DB, data)?, shared_vpn })
    }

    /// The details of the VPN connection, where there are any.
    fn vpn_details(&self) -> Option<&VpnDetails> {
        match &self.db.device.vpn_details {
            Vpn::None => None,
            Vpn::Own(details) => Some(details),
            Vpn::Shared => Some(&self.shared_vpn),
        }
    }

    /// `app_statuses.get(name)`
    fn app(&self, name: &Value) -> Result<Option<&AppStatus>, Raised> {
        python::hashable(name)?;
        Ok(name.as_str().and_then(|name| self.db.device.app_statuses.get(name)))
    }

    /// A permission of an app, for changing it.
    fn permission(&mut self, app: &Value, name: &str) -> Option<&mut bool> {
        self.db.device.app_statuses.get_mut(app.as_str()?)?.permissions.named(name)
    }
}

impl Side for UserTools {
    const CLASS: &'static str = "TelecomUserTools";

    fn methods() -> &'static [Method<UserTools>] {
        METHODS
    }

    fn dump(&self) -> Value {
        if !matches!(self.db.device.vpn_details, Vpn::Shared) {
            return self.db.write();
        }
        let mut db = self.db.clone();
        db.device.vpn_details = Vpn::Own(self.shared_vpn.clone());
        db.write()
    }

    fn load(&mut self, data: &Value) -> Result<(), Raised> {
        self.db = read(&USER_DB, data)?;
        Ok(())
    }
}

/// Wraps a method for the table: its arguments taken apart, its result made a value.
macro_rules! run {
    ($($argument:ident),*; $tools:ident => $call:expr) => {{
        fn run($tools: &mut UserTools, args: Args) -> Outcome {
            let [$($argument),*] = args.take();
            Ok(Value::from($call))
        }
        run
    }};
}

static METHODS: &[Method<UserTools>] = &[
    Method::plain(
        "set_user_info",
        &[required("name"), required("phone_number")],
        run!(name, phone_number; tools => tools.set_user_info(&name, &phone_number)),
    ),
    Method::plain(
        "set_user_location",
        &[required("abroad")],
        run!(abroad; tools => tools.set_user_location(&abroad)),
    ),
    Method::read("check_status_bar", &[], run!(; tools => tools.check_status_bar())),
    Method::read("check_network_status", &[], run!(; tools => tools.check_network_status())),
    Method::read(
        "check_network_mode_preference",
        &[],
        run!(; tools => tools.check_network_mode_preference()?),
    ),
    Method::write(
        "set_network_mode_preference",
        &[required("mode")],
        run!(mode; tools => tools.set_network_mode_preference(&mode)?),
    ),
    Method::read("run_speed_test", &[], run!(; tools => tools.run_speed_test())),
    Method::write("toggle_airplane_mode", &[], run!(; tools => tools.toggle_airplane_mode()?)),
    Method::plain("turn_airplane_mode_on", &[], run!(; tools => tools.turn_airplane_mode(true)?)),
    Method::plain("turn_airplane_mode_off", &[], run!(; tools => tools.turn_airplane_mode(false)?)),
    Method::read("check_sim_status", &[], run!(; tools => tools.check_sim_status())),
    Method::write("reseat_sim_card", &[], run!(; tools => tools.reseat_sim_card()?)),
    Method::plain("unseat_sim_card", &[], run!(; tools => tools.unseat_sim_card()?)),
    Method::plain(
        "lock_sim_card",
        &[required("mode")],
        run!(mode; tools => tools.lock_sim_card(&mode)?),
    ),
    Method::write("toggle_data", &[], run!(; tools => tools.toggle_data()?)),
    Method::plain("turn_data_on", &[], run!(; tools => tools.turn_data_on())),
    Method::plain("turn_data_off", &[], run!(; tools => tools.turn_data_off()?)),
    Method::write("toggle_roaming", &[], run!(; tools => tools.toggle_roaming()?)),
    Method::plain("turn_roaming_on", &[], run!(; tools => tools.turn_roaming(true)?)),
    Method::plain("turn_roaming_off", &[], run!(; tools => tools.turn_roaming(false)?)),
    Method::read(
        "check_data_restriction_status",
        &[],
        run!(; tools => tools.check_data_restriction_status()),
    ),
    Method::write("toggle_data_saver_mode", &[], run!(; tools => tools.toggle_data_saver_mode())),
    Method::plain(
        "turn_data_saver_mode_on",
        &[],
        run!(; tools => tools.turn_data_saver_mode(true)),
    ),
    Method::plain(
        "turn_data_saver_mode_off",
        &[],
        run!(; tools => tools.turn_data_saver_mode(false)),
    ),
    Method::read("check_apn_settings", &[], run!(; tools => tools.check_apn_settings()?)),
    Method::write(
        "set_apn_settings",
        &[required("apn_settings")],
        run!(settings; tools => tools.set_apn_settings(&settings)?),
    ),
    Method::write("reset_apn_settings", &[], run!(; tools => tools.reset_apn_settings()?)),
    Method::plain("break_apn_settings", &[], run!(; tools => tools.break_apn_settings()?)),
    Method::plain("break_apn_mms_setting", &[], run!(; tools => tools.break_apn_mms_setting()?)),
    Method::read("check_wifi_status", &[], run!(; tools => tools.check_wifi_status())),
    Method::write("toggle_wifi", &[], run!(; tools => tools.toggle_wifi())),
    Method::read(
        "check_wifi_calling_status",
        &[],
        run!(; tools => tools.check_wifi_calling_status()),
    ),
    Method::write("toggle_wifi_calling", &[], run!(; tools => tools.toggle_wifi_calling())),
    Method::plain(
        "set_wifi_calling",
        &[required("enabled"), optional("mms_over_wifi", Default::None)],
        run!(enabled, mms; tools => tools.set_wifi_calling(&enabled, &mms)),
    ),
    Method::read("check_vpn_status", &[], run!(; tools => tools.check_vpn_status())),
    Method::write("connect_vpn", &[], run!(; tools => tools.connect_vpn())),
    Method::write("disconnect_vpn", &[], run!(; tools => tools.disconnect_vpn())),
    Method::plain("break_vpn", &[], run!(; tools => tools.break_vpn()?)),
    Method::read("check_installed_apps", &[], run!(; tools => tools.check_installed_apps())),
    Method::read(
        "check_app_status",
        &[required("app_name")],
        run!(app; tools => tools.check_app_status(&app)?),
    ),
    Method::read(
        "check_app_permissions",
        &[required("app_name")],
        run!(app; tools => tools.check_app_permissions(&app)?),
    ),
    Method::write(
        "grant_app_permission",
        &[required("app_name"), required("permission")],
        run!(app, permission; tools => tools.grant_app_permission(&app, &permission)?),
    ),
    Method::plain(
        "remove_app_permission",
        &[required("app_name"), required("permission")],
        run!(app, permission; tools => tools.remove_app_permission(&app, &permission)?),
    ),
    Method::read("can_send_mms", &[], run!(; tools => tools.can_send_mms()?)),
    Method::write("reboot_device", &[], run!(; tools => tools.reboot_device()?)),
    Method::plain(
        "simulate_network_search",
        &[],
        run!(; tools => { tools.search_network()?; Value::None }),
    ),
    Method::read("check_payment_request", &[], run!(; tools => tools.check_payment_request())),
    Method::write("make_payment", &[], run!(; tools => tools.make_payment())),
    Method::plain(
        "assert_airplane_mode_status",
        EXPECTED,
        run!(expected; tools => python::equal(&tools.db.device.airplane_mode.into(), &expected)),
    ),
    Method::plain(
        "assert_service_status",
        EXPECTED,
        run!(expected; tools => tools.assert_service_status(&expected)?),
    ),
    Method::plain(
        "assert_mobile_data_status",
        EXPECTED,
        run!(expected; tools => python::equal(&tools.mobile_data_works().into(), &expected)),
    ),
    Method::plain(
        "assert_mobile_roaming_status",
        EXPECTED,
        run!(expected; tools => python::equal(&tools.db.device.roaming_enabled.into(), &expected)),
    ),
    Method::plain(
        "assert_mobile_data_saver_mode_status",
        EXPECTED,
        run!(expected; tools => python::equal(&tools.db.device.data_saver_mode.into(), &expected)),
    ),
    Method::plain(
        "assert_internet_speed",
        &[required("expected_speed"), optional("expected_desc", Default::None)],
        run!(speed, description; tools => tools.assert_internet_speed(&speed, &description)?),
    ),
    Method::plain(
        "assert_internet_not_excellent",
        &[],
        run!(; tools => tools.speed().description != "Excellent"),
    ),
    Method::plain(
        "assert_can_send_mms",
        EXPECTED,
        run!(expected; tools => python::equal(&tools.mms_works()?.into(), &expected)),
    ),
    Method::plain(
        "assert_mobile_data_usage_exceeded",
        EXPECTED,
        run!(expected; tools => {
            python::equal(&tools.db.surroundings.mobile_data_usage_exceeded.into(), &expected)
        }),
    ),
];

const EXPECTED: &[crate::toolkit::Parameter] = &[required("expected_status")];
