//! Every command of the product, once.
//!
//! The list below is the only place where a command is declared. From it come the dispatcher that
//! hosts call, and the TypeScript that the interface is written against; neither can drift.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::{ApiError, ErrorCode, Product, types::*};

macro_rules! commands {
    ($( $(#[doc = $doc:literal])* $name:ident ( $($arg:ident : $ty:ty),* ) -> $result:ty; )*) => {
        impl Product {
            /// Runs the command `name` with its arguments as a JSON object.
            ///
            /// # Errors
            /// [`ErrorCode::BadRequest`] for an unknown command or arguments that do not fit;
            /// otherwise what the command itself reports.
            pub async fn call(&self, name: &str, arguments: Value) -> Result<Value, ApiError> {
                match name {
                    $( stringify!($name) => {
                        #[derive(Deserialize)]
                        struct Arguments { $($arg: $ty),* }
                        #[allow(unused_variables)]
                        let arguments: Arguments = read_arguments(name, arguments)?;
                        let result: $result = self.$name($(arguments.$arg),*).await?;
                        write_result(&result)
                    } )*
                    _ => Err(ApiError::new(
                        ErrorCode::BadRequest,
                        format!("This version of the app does not know the command \"{name}\"."),
                    )),
                }
            }
        }

        /// Visits what is declared, for the generator of the interface's types.
        pub(crate) fn describe(visit: &mut impl crate::typescript::CommandVisitor) {
            $(
                visit.command(stringify!($name), concat!($($doc, "\n"),*));
                $( visit.argument::<$ty>(stringify!($arg)); )*
                visit.result::<$result>();
            )*
        }
    };
}

commands! {
    /// What the app is and where it keeps things.
    app_info() -> AppInfo;
    /// Choices that outlive the window.
    get_settings() -> Settings;
    /// Keeps them.
    save_settings(settings: Settings) -> Settings;
    /// How much is in the cache of replies.
    reply_cache_size() -> ReplyCacheSize;
    /// Forgets all replies in the cache; runs keep their conversations.
    empty_reply_cache() -> ReplyCacheSize;

    /// The domains, shipped ones first.
    list_domains() -> Vec<DomainSummary>;
    /// One domain with policy and tools.
    get_domain(id: String) -> DomainDetail;
    /// The tasks of a split.
    list_tasks(domain: String, split: String) -> Vec<TaskSummary>;
    /// One task with all that is known about it.
    get_task(domain: String, task: String, split: String) -> TaskDetail;
    /// Tools called by hand on a fresh environment: what came of these calls, one after the other.
    try_tools(domain: String, task: String, split: String, calls: Vec<BenchCall>) -> BenchView;
    /// The traits with their levels.
    list_traits() -> Vec<TraitInfo>;
    /// What is wrong with trait files of the person's own, a sentence or two a file.
    trait_problems() -> Vec<String>;
    /// One trait with all that its file says.
    get_trait(id: String) -> TraitDetail;
    /// Whether a trait can be kept.
    check_trait(draft: TraitDraft) -> TraitCheck;
    /// Keeps a trait of the person's own.
    save_trait(draft: TraitDraft) -> TraitDetail;
    /// Removes one; runs that used it keep its words.
    delete_trait(id: String) -> Vec<TraitInfo>;
    /// Saves a trait's file where the person says.
    export_trait(id: String) -> Exported;
    /// Keeps the trait of a file.
    import_trait(path: String) -> TraitDetail;
    /// Mixes with a name, shipped ones first.
    list_presets() -> Vec<MixPreset>;
    /// Keeps a mix under a name.
    save_preset(preset: MixPreset) -> Vec<MixPreset>;
    /// Removes one of the person's own.
    delete_preset(id: String) -> Vec<MixPreset>;
    /// What a mix amounts to.
    check_mix(levels: BTreeMap<String, f64>) -> MixCheck;
    /// The mixes of a sweep.
    make_sweep(request: SweepRequest) -> Sweep;

    /// Who can play a customer.
    list_voices() -> Vec<VoiceInfo>;
    /// Has one say a message.
    speak(request: SpeakRequest) -> SpokenLine;
    /// Measures what the levels do in a voice.
    start_calibration(draft: CalibrationDraft) -> CalibrationView;
    /// How far that is.
    calibration(voice: String) -> CalibrationView;
    /// Stops it; what was measured before stays.
    stop_calibration(voice: String) -> CalibrationView;
    /// What was measured, voice by voice.
    list_curves() -> Vec<VoiceCurves>;

    /// Open-weight models for this computer: recommended ones, and those that are here.
    list_local_models() -> Vec<LocalModelInfo>;
    /// Fetches one; goes on where it stopped.
    fetch_local_model(id: String) -> LocalModelInfo;
    /// Stops fetching; what is here stays.
    stop_local_model(id: String) -> LocalModelInfo;
    /// Takes a model file from disk.
    add_local_model(path: String) -> LocalModelInfo;
    /// Removes a model with its basis.
    delete_local_model(id: String) -> Vec<LocalModelInfo>;
    /// Takes a trait's direction from a control vector of llama.cpp.
    import_vector(model: String, trait_id: String, path: String) -> LocalModelInfo;
    /// Saves a trait's direction as one.
    export_vector(model: String, trait_id: String) -> Exported;

    /// Where models are reached; the practice models first.
    list_endpoints() -> Vec<Endpoint>;
    /// Adds or changes one.
    save_endpoint(draft: EndpointDraft) -> Endpoint;
    /// Removes one and its key.
    delete_endpoint(id: String) -> Vec<Endpoint>;
    /// Keeps a key in the system's password store. It never comes back.
    set_key(endpoint: String, key: String) -> Endpoint;
    /// Removes a key.
    clear_key(endpoint: String) -> Endpoint;
    /// Asks the endpoint one tiny question.
    test_endpoint(endpoint: String, model: String) -> EndpointTest;
    /// The providers that the app knows.
    list_providers() -> Vec<ProviderInfo>;
    /// The models that an endpoint lists now.
    list_models(endpoint: String) -> ModelList;
    /// What models cost.
    list_prices() -> PriceTable;
    /// Sets a price of the person's own.
    save_price(price: PriceInfo) -> PriceTable;
    /// Removes one.
    delete_price(model: String) -> PriceTable;

    /// What dropped or chosen files are.
    look_at(paths: Vec<String>) -> Dropped;
    /// Asks the person for files or a folder; empty when they cancel.
    choose_files(folder: bool) -> Vec<String>;
    /// Keeps a release's domains under a name.
    keep_release(path: String, name: String) -> ImportedSource;
    /// What was imported.
    list_sources() -> Vec<ImportedSource>;
    /// Removes an imported source with its domains.
    delete_source(name: String) -> Vec<ImportedSource>;
    /// Releases that can be fetched from their public archives.
    list_releases() -> Vec<PublishedRelease>;
    /// Fetches one and keeps its domains; goes on where it stopped.
    fetch_release(id: String) -> PublishedRelease;
    /// Stops fetching; what is here stays.
    stop_fetching(id: String) -> PublishedRelease;

    /// Opens result files as runs.
    open_results(paths: Vec<String>) -> OpenedResults;

    /// The wordings: shipped, own, from imported releases.
    list_wordings() -> Vec<WordingInfo>;
    /// Keeps an own copy.
    save_wording(draft: WordingDraft) -> WordingInfo;
    /// Removes an own copy.
    delete_wording(id: String) -> Vec<WordingInfo>;
    /// Whether a template can be used, and how it looks.
    check_prompt(id: String, text: String) -> PromptCheck;

    /// What a draft would do and cost, and what is missing in it.
    preview_run(draft: RunDraft) -> RunPreview;
    /// Stores the run and starts it; gives its id.
    start_run(draft: RunDraft) -> RunSummary;
    /// Runs, newest first, whose name, domain or model holds the text.
    list_runs(text: String, page: PageRequest) -> RunPage;
    /// One run.
    get_run(id: String) -> RunDetail;
    /// Only its figures; cheap enough to ask at every tick.
    run_progress(id: String) -> Progress;
    /// Tasks by conditions by attempts.
    run_grid(id: String) -> RunGrid;
    /// Stops after the replies in flight; what is done is kept.
    pause_run(id: String) -> RunSummary;
    /// Goes on where it stopped.
    resume_run(id: String) -> RunSummary;
    /// Gives the rest up; what is done is kept.
    cancel_run(id: String) -> RunSummary;
    /// Plans the conversations that could not be scored once more.
    retry_not_scored(id: String) -> RunSummary;
    /// Gives it another name.
    rename_run(id: String, name: String) -> RunSummary;
    /// Deletes it with its conversations.
    delete_run(id: String) -> bool;

    /// The result: sentence and table, read as the person asks.
    run_result(request: ResultRequest) -> RunResult;
    /// Saves it where the person says.
    export_run(request: ResultRequest, format: ExportFormat) -> Exported;

    /// The languages of charts and reports.
    list_languages() -> Vec<LanguageInfo>;
    /// The charts of a run, or of several side by side.
    list_charts(runs: Vec<String>, analysis: Analysis, language: String) -> Vec<ChartInfo>;
    /// Draws one.
    draw_chart(query: ChartQuery, look: ChartLook) -> Chart;
    /// Saves one where the person says.
    save_chart(query: ChartQuery, format: ChartFormat) -> Exported;
    /// Puts one into the clipboard.
    copy_chart(query: ChartQuery, what: ChartCopy) -> bool;

    /// Conversations of a run.
    list_conversations(query: ConversationQuery) -> ConversationPage;
    /// One conversation, or as far as it went.
    get_conversation(id: String) -> ConversationDetail;

    /// The faults of a run's failures.
    run_faults(id: String) -> RunFaults;
    /// The failures behind them.
    list_faults(query: FaultQuery) -> FaultPage;
    /// All judgements of one conversation.
    get_diagnosis(conversation: String) -> ConversationDiagnosis;
    /// The finer tags.
    list_fault_tags() -> Vec<FaultTag>;
    /// Has failures judged by a model.
    start_diagnosis(draft: DiagnosisDraft) -> RunFaults;
    /// Stops that; what was judged is kept.
    stop_diagnosis(run: String) -> RunFaults;
    /// Keeps a person's judgement, which wins.
    correct_diagnosis(correction: DiagnosisCorrection) -> ConversationDiagnosis;
    /// Takes it back.
    withdraw_correction(conversation: String) -> ConversationDiagnosis;

    /// Whether the customers showed the traits that they were asked for.
    run_fidelity(id: String) -> RunFidelity;
    /// What a judging model would be asked and cost.
    estimate_fidelity(draft: FidelityDraft) -> FidelityEstimate;
    /// Has customers' messages read by a judging model, blind to what they were asked for.
    start_fidelity(draft: FidelityDraft) -> RunFidelity;
    /// Stops that; what was read is kept.
    stop_fidelity(run: String) -> RunFidelity;

    /// Starts a conversation in which the person takes a seat.
    start_play(draft: PlayDraft) -> PlayView;
    /// It as it stands.
    play_view(run: String) -> PlayView;
    /// The person's move.
    play_move(run: String, step: PlayMove) -> PlayView;

    /// Runs side by side: success and its drop per trait.
    trait_table(runs: Vec<String>) -> TraitTable;
    /// Runs side by side: pass^k.
    pass_board(runs: Vec<String>) -> PassBoard;
    /// Saves one of them where the person says.
    save_table(runs: Vec<String>, kind: TableKind, format: TableFormat) -> Exported;
    /// A run's set-up as a draft for another one.
    draft_of_run(id: String) -> RunDraft;
}

fn read_arguments<T: for<'de> Deserialize<'de>>(name: &str, value: Value) -> Result<T, ApiError> {
    let value = if value.is_null() { Value::Object(Default::default()) } else { value };
    serde_json::from_value(value).map_err(|error| {
        ApiError::new(ErrorCode::BadRequest, format!("The app asked itself \"{name}\" in a way it does not understand. Please restart it."))
            .detail(error)
    })
}

fn write_result<T: serde::Serialize>(result: &T) -> Result<Value, ApiError> {
    serde_json::to_value(result).map_err(|error| {
        ApiError::new(ErrorCode::Internal, "The answer could not be put together.").detail(error)
    })
}
