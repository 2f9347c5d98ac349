//! Charts of runs and result files, as files.

use serde_json::Value;

use crate::servers::{finish, json_line, tautrait};
use crate::tables::file;

#[test]
fn the_charts_of_result_files_are_listed_and_written_as_asked() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let baseline = file(dir.path(), "gpt-4o_retail_none_0.json", |task| task < 16);
    let confused = file(dir.path(), "gpt-4o_retail_trait_dict_confusion_0.json", |task| task < 10);
    let (code, out, errors) =
        finish(tautrait(&data, None).arg("charts").args([&baseline, &confused]).arg("--json"));
    assert_eq!(code, 0, "{errors}");
    let listed = json_line(&out);
    let charts = listed["charts"].as_array().unwrap();
    let missing = |kind: &str, variant: &str| -> String {
        let of = |each: &&Value| each["kind"] == kind && each["variant"] == variant;
        charts.iter().find(of).unwrap()["missing"].as_str().unwrap().to_owned()
    };
    assert_eq!(missing("forest", "success"), "");
    assert_eq!(missing("flips", ""), "");
    assert!(missing("pass_k", "").starts_with("Run each task twice"));

    let csv = dir.path().join("flips.csv");
    let mut command = tautrait(&data, None);
    command.arg("chart").args([&baseline, &confused]).args(["--kind", "flips", "--format", "csv"]);
    let (code, _, errors) = finish(command.arg("--out").arg(&csv));
    assert_eq!(code, 0, "{errors}");
    assert_eq!(std::fs::read_to_string(&csv).unwrap().lines().count(), 21, "twenty tasks");

    for (format, start) in [("svg", &b"<svg"[..]), ("png2", b"\x89PNG"), ("pdf", b"%PDF")] {
        let path = dir.path().join(format);
        let mut command = tautrait(&data, None);
        command.arg("chart").args([&baseline, &confused]).args(["--format", format, "--json"]);
        let (code, out, errors) = finish(command.arg("--out").arg(&path));
        assert_eq!(code, 0, "{errors}");
        assert!(std::fs::read(&path).unwrap().starts_with(start), "{format}");
        let told = json_line(&out);
        let sentence = told["sentence"].as_str().unwrap();
        assert!(sentence.contains("success fell 30 points"), "{sentence}");
    }
}

#[test]
fn a_chart_is_read_as_asked_and_what_a_run_has_not_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let baseline = file(dir.path(), "gpt-4o_retail_none_0.json", |task| task < 16);
    let confused = file(dir.path(), "gpt-4o_retail_trait_dict_confusion_0.json", |task| task < 10);
    let chart = |more: &[&str]| {
        let mut command = tautrait(&data, None);
        command.arg("chart").args([&baseline, &confused]).args(more);
        command.args(["--json", "--out"]).arg(dir.path().join("out"));
        finish(&mut command)
    };
    let (code, out, errors) = chart(&["--exclude-task", "12", "--margin", "10"]);
    assert_eq!(code, 0, "{errors}");
    let told = json_line(&out);
    assert!(told["sentence"].as_str().unwrap().contains("19 tasks"), "{told}");
    let cautions = told["cautions"].to_string();
    assert!(cautions.contains("One task was left out after the run: 12."), "{cautions}");
    assert!(cautions.contains("from 5 to 10 points"), "{cautions}");
    for (more, why) in [
        (["--exclude-task", "999"], "no task"),
        (["--baseline", "nobody"], "no condition"),
        (["--language", "tlh"], "not written in"),
        (["--kind", "heat"], "no such chart"),
    ] {
        let (code, _, errors) = chart(&more);
        assert!(code == 1 && errors.contains(why), "{errors}");
    }
}
