//! The packs that the product ships pass their own check.

use std::path::Path;

use tau_packs::check_pack;

#[test]
fn every_shipped_pack_passes_its_check() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs");
    for name in ["retail", "telecom"] {
        let report = check_pack(&packs.join(name));
        assert!(report.passed(), "{report}");
        assert!(report.facts.tasks >= 20 && report.facts.write_tools >= 3, "{report}");
        assert!((10..=16).contains(&report.facts.tools), "{report}");
    }
}
