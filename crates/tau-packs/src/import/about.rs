//! What a release says about itself: name, version, revision and licence.

use super::release::{Release, ReleaseError};

/// What a release says about itself.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    pub package: String,
    pub version: String,
    /// The commit, where the archive or the checkout tells.
    pub commit: Option<String>,
    /// File of the licence.
    pub licence_file: Option<String>,
    /// SPDX name of the licence, where its text is known; empty otherwise.
    pub licence: String,
    /// The licence's text, to be kept with the content.
    pub notice: Option<String>,
}

impl About {
    /// The version, with the beginning of the commit where it is known: `0.1.0+59a200c6`.
    pub fn full_version(&self) -> String {
        match &self.commit {
            Some(commit) => format!("{}+{}", self.version, &commit[..commit.len().min(8)]),
            None => self.version.clone(),
        }
    }
}

/// Name, version and licence of the release: from a wheel's metadata, else from the project file of a
/// checkout.
pub(super) fn about(release: &mut Release) -> Result<About, ReleaseError> {
    let mut about = About {
        package: "release".to_owned(),
        version: "unversioned".to_owned(),
        commit: release.commit().map(str::to_owned),
        ..About::default()
    };
    let shortest = |release: &Release, wanted: &dyn Fn(&str) -> bool| {
        release.names().iter().filter(|name| wanted(name)).min_by_key(|name| name.len()).cloned()
    };
    let metadata = shortest(release, &|name| name.ends_with(".dist-info/METADATA"))
        .or_else(|| shortest(release, &|name| name.ends_with("PKG-INFO")));
    let project = shortest(release, &|name| name.rsplit('/').next() == Some("pyproject.toml"));
    let setup = shortest(release, &|name| name.rsplit('/').next() == Some("setup.py"));
    if let Some(name) = metadata {
        let text = release.read_text(&name)?;
        let field = |key: &str| {
            text.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(key))
        };
        about.package = field("Name: ").unwrap_or("release").trim().to_owned();
        about.version = field("Version: ").unwrap_or("unversioned").trim().to_owned();
    } else {
        if let Some(name) = project {
            let text = release.read_text(&name)?;
            if let Ok(table) = text.parse::<toml::Table>()
                && let Some(toml::Value::Table(project)) = table.get("project")
            {
                let text = |key: &str| project.get(key).and_then(|v| v.as_str()).map(str::to_owned);
                about.package = text("name").unwrap_or(about.package);
                about.version = text("version").unwrap_or(about.version);
            }
        }
        if about.package == "release"
            && let Some(name) = setup
        {
            let text = release.read_text(&name)?;
            let argument = |key: &str| {
                let after = text.split(&format!("{key}=")).nth(1)?.trim_start();
                let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
                after[1..].split(quote).next().map(str::to_owned)
            };
            about.package = argument("name").unwrap_or(about.package);
            about.version = argument("version").unwrap_or(about.version);
        }
    }
    let licence = shortest(release, &|name| {
        let file = name.rsplit('/').next().unwrap_or(name).to_ascii_uppercase();
        let stem = file.split('.').next().unwrap_or(&file);
        matches!(stem, "LICENSE" | "LICENCE" | "COPYING")
    });
    if let Some(name) = licence
        && let Ok(text) = release.read_text(&name)
    {
        about.licence = spdx(&text).to_owned();
        about.licence_file = Some(name);
        about.notice = Some(text);
    }
    Ok(about)
}

/// The SPDX name of a licence text; empty when it is none of the usual ones.
fn spdx(text: &str) -> &'static str {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let says = |phrase: &str| plain.contains(phrase);
    if says("apache license") && says("version 2.0") {
        "Apache-2.0"
    } else if says("permission is hereby granted, free of charge")
        && says("the software is provided")
    {
        "MIT"
    } else if says("redistribution and use in source and binary forms") {
        if says("neither the name") { "BSD-3-Clause" } else { "BSD-2-Clause" }
    } else if says("gnu affero general public license") {
        "AGPL-3.0-only"
    } else if says("gnu lesser general public license") {
        "LGPL-3.0-only"
    } else if says("gnu general public license") {
        if says("version 3") { "GPL-3.0-only" } else { "GPL-2.0-only" }
    } else if says("mozilla public license version 2.0") {
        "MPL-2.0"
    } else if says("creative commons attribution 4.0") {
        "CC-BY-4.0"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::spdx;

    #[test]
    fn usual_licences_are_known_by_their_text() {
        assert_eq!(
            spdx("Permission is hereby\ngranted, free of charge, ... THE SOFTWARE IS PROVIDED"),
            "MIT"
        );
        assert_eq!(spdx("Apache License\n   Version 2.0, January 2004"), "Apache-2.0");
        assert_eq!(spdx("All rights reserved."), "");
    }
}
