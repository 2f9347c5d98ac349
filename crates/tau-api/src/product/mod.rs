//! The product, held by a host: what it keeps open, and one file per group of commands.

mod again;
mod bench;
mod chart_files;
mod charts;
mod connections;
mod conversations;
mod diagnosis;
mod documents;
mod draft;
mod fidelity;
mod imports;
mod library;
mod local_models;
mod models;
mod play;
mod prices;
mod prompts;
mod reading;
mod reply_cache;
mod result_files;
mod results;
mod runs;
mod sample;
mod schema;
mod states;
mod steered;
mod tables;
mod tool_forms;
mod trait_files;
mod voice_lines;
mod voices;

pub use tables::table_runs_of_files;
pub use trait_files::trait_set;

use std::sync::Arc;

use tau_llm::{ProviderLimits, ReplyCache};
use tau_packs::Library;
use tau_runs::{ModelPlayer, ReplyFile, Runs};
use tau_sim::human::Switchboard;
use tau_traits::hosted::Listings;
use tau_traits::local::LocalModels;
use tokio::sync::broadcast::{self, error::RecvError};

use self::connections::Connections;
use crate::endpoints::Endpoints;
use crate::keys::Keys;
use crate::settings::SettingsFile;
use crate::types::{AppInfo, Settings, Tick, TickKind};
use crate::{ApiError, Host, Places};

/// Calls at the same time for one key and model, whatever the number of conversations.
const CALLS_AT_ONCE: usize = 32;

/// Everything the product keeps open. One per data folder; cheap to share.
pub struct Product {
    pub(crate) places: Places,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) library: Arc<Library>,
    pub(crate) runs: Runs,
    pub(crate) endpoints: Arc<Endpoints>,
    pub(crate) keys: Keys,
    pub(crate) limits: Arc<ProviderLimits>,
    /// Models that judge failures.
    judging: diagnosis::Judging,
    /// Models that read customers' messages.
    gauging: fidelity::Gauging,
    /// Figures of fidelity, kept while nothing new was read.
    figures: fidelity::Figures,
    /// Held while a run is metered, so that no conversation is read twice at once.
    metering: tokio::sync::Mutex<()>,
    /// Where the seats of the person at the window wait.
    pub(crate) people: Arc<Switchboard>,
    /// Published releases on their way.
    pub(crate) downloads: Arc<imports::Downloads>,
    /// Which traits the steer services know.
    pub(crate) steered: Listings,
    /// Models for this computer on their way.
    model_downloads: Arc<imports::Downloads>,
    /// Who speaks in runs, for everybody who wants to hear a customer.
    player: Arc<ModelPlayer>,
    /// Models of this computer.
    local: Arc<LocalModels>,
    /// Their directions.
    bases: local_models::Bases,
    /// Traits of the person's own beside the shipped ones.
    own_traits: trait_files::OwnTraits,
    /// Mixes of the person's own.
    own_mixes: trait_files::OwnMixes,
    /// Voices that are being measured.
    calibrations: voices::Calibrations,
    settings: SettingsFile,
    /// The cache of replies.
    replies: Arc<ReplyFile>,
}

impl Product {
    /// Opens the product on its folders.
    ///
    /// # Errors
    /// When the data folder cannot be used: held by another program, not writable, or written by a
    /// newer version.
    pub async fn open(places: Places, host: Arc<dyn Host>) -> Result<Arc<Product>, ApiError> {
        let library =
            Arc::new(Library::new(vec![places.shipped.join("packs")], places.data.clone()));
        let endpoints = Arc::new(Endpoints::open(places.data.join("connections.json"))?);
        let keys = Keys::default();
        let limits = ProviderLimits::new(CALLS_AT_ONCE);
        prices::load(&places.data, &limits);
        let connections = Connections { endpoints: Arc::clone(&endpoints), keys: keys.clone() };
        let people = Switchboard::new();
        let local = Arc::new(LocalModels::new(places.data.join(local_models::FOLDER)));
        let replies = Arc::new(ReplyFile::within(&places.data));
        let player =
            ModelPlayer::new(Arc::clone(&library), Arc::new(connections), Arc::clone(&limits))
                .with_people(Arc::clone(&people))
                .with_local(Arc::clone(&local))
                .with_reply_cache(ReplyCache::new(Arc::clone(&replies)));
        let player = Arc::new(player);
        let runs = Runs::open(&places.data, player.clone()).await?;
        let own_traits = trait_files::OwnTraits::open(&places.data);
        let own_mixes = trait_files::OwnMixes::within(&places.data);
        let settings = SettingsFile::within(&places.data);
        Ok(Arc::new(Product {
            places,
            host,
            library,
            runs,
            endpoints,
            keys,
            limits,
            judging: diagnosis::Judging::default(),
            gauging: fidelity::Gauging::default(),
            figures: fidelity::Figures::default(),
            metering: tokio::sync::Mutex::default(),
            people,
            downloads: Arc::default(),
            steered: Listings::default(),
            model_downloads: Arc::default(),
            player,
            local,
            bases: local_models::Bases::default(),
            own_traits,
            own_mixes,
            calibrations: voices::Calibrations::default(),
            settings,
            replies,
        }))
    }

    /// Word of every change. A tick says only that something changed; the host's interface then asks.
    pub fn ticks(&self) -> Ticks {
        Ticks(self.runs.subscribe())
    }

    /// Pauses what is going on and closes the database, in less than two seconds.
    pub async fn shutdown(&self) {
        self.judging.stop_all();
        self.gauging.stop_all();
        self.downloads.stop_all();
        self.model_downloads.stop_all();
        self.calibrations.stop_all();
        self.runs.shutdown().await;
        self.replies.close().await;
    }

    /// What the app is and where it keeps things.
    pub async fn app_info(&self) -> Result<AppInfo, ApiError> {
        Ok(AppInfo {
            version: env!("CARGO_PKG_VERSION").into(),
            data_dir: self.places.data.display().to_string(),
            sqlite_version: self.runs.store().sqlite_version().to_owned(),
            keychain: self.keys.status().await,
            sample_run: self.runs.sample().await?.map(|run| run.to_string()),
        })
    }

    /// Choices that outlive the window.
    pub async fn get_settings(&self) -> Result<Settings, ApiError> {
        Ok(self.settings.read())
    }

    /// Keeps them.
    pub async fn save_settings(&self, settings: Settings) -> Result<Settings, ApiError> {
        self.settings.write(&settings)?;
        Ok(settings)
    }
}

/// A listener for ticks.
pub struct Ticks(broadcast::Receiver<tau_runs::Tick>);

impl Ticks {
    /// The next tick; `None` when the product is closed.
    ///
    /// Ticks carry no data, so a slow listener that missed some loses nothing: the next one makes it
    /// ask again.
    pub async fn next(&mut self) -> Option<Tick> {
        loop {
            match self.0.recv().await {
                Ok(tick) => {
                    let kind = match tick.kind {
                        tau_runs::TickKind::Progress => TickKind::Progress,
                        tau_runs::TickKind::State => TickKind::State,
                        tau_runs::TickKind::List => TickKind::List,
                    };
                    return Some(Tick { run_id: tick.run.to_string(), kind });
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
