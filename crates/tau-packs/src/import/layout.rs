//! Where the domains are in a release.
//!
//! Usually a domain is a folder below `envs` with `env.py`, `tools` and `data` (tau-bench,
//! `envs/<domain>`; tau-trait keeps that layout). Forks also keep a whole domain in one file below
//! `envs`, or leave parts out.

use std::collections::BTreeSet;

/// One domain of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DomainPlace {
    /// Its name: the folder's, or the file's without its ending.
    pub name: String,
    /// The folder, without a trailing slash: `tau_trait/envs/retail`.
    pub folder: String,
    /// Path before the outermost package: empty in a wheel.
    pub outside: String,
    /// The file with the environment class.
    pub env: Option<String>,
}

impl DomainPlace {
    /// A file of the domain.
    pub fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    /// Whether the whole domain is one file.
    pub fn one_file(&self) -> bool {
        self.env.as_deref() == Some(&*self.file(&format!("{}.py", self.name)))
    }

    /// Where to look when something about the domain is wrong.
    pub fn shown(&self) -> &str {
        self.env.as_deref().unwrap_or(&self.folder)
    }
}

/// Files of upstream below `envs` that are no domains.
const COMMON: [&str; 8] =
    ["__init__", "base", "tool", "user", "user_assistants", "types", "utils", "tau_types"];

/// Folders of a domain that are no domains themselves.
const PARTS: [&str; 4] = ["tools", "data", "tasks", "variations"];

/// Finds what may be domains among the file names of a release. A single file may turn out to hold
/// none: whether it does is seen by reading it.
pub(super) fn find_domains(names: &[String]) -> Vec<DomainPlace> {
    let held: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    let mut places = Vec::new();
    for name in names {
        let parts: Vec<&str> = name.split('/').collect();
        let Some(envs) = parts.iter().rposition(|part| *part == "envs") else {
            // A folder of a fork that keeps no `envs`: the class and the tools give it away.
            if let Some(folder) = name.strip_suffix("/env.py")
                && has_tools(&held, folder)
            {
                folders.insert(folder);
            }
            continue;
        };
        match parts[envs + 1..] {
            [file] => {
                let Some(stem) = file.strip_suffix(".py") else { continue };
                if !COMMON.contains(&stem) {
                    let folder = parts[..=envs].join("/");
                    places.push(place(&held, stem, &folder, Some(name.clone())));
                }
            }
            [domain, _, ..] if !PARTS.contains(&domain) && !domain.starts_with(['.', '_']) => {
                let end: usize = parts[..envs + 2].iter().map(|part| part.len() + 1).sum();
                folders.insert(&name[..end - 1]);
            }
            _ => {}
        }
    }
    for folder in folders {
        let name = folder.rsplit('/').next().unwrap_or(folder);
        let env = [format!("{folder}/env.py"), format!("{folder}/__init__.py")]
            .into_iter()
            .find(|file| held.contains(file.as_str()));
        places.push(place(&held, name, folder, env));
    }
    // Of two domains of one name the one further out comes first.
    places.sort_by(|a, b| (&a.name, a.folder.len()).cmp(&(&b.name, b.folder.len())));
    places
}

fn has_tools(held: &BTreeSet<&str>, folder: &str) -> bool {
    ["tools/__init__.py", "tools.py"]
        .iter()
        .any(|file| held.contains(format!("{folder}/{file}").as_str()))
}

/// The path before the outermost package that holds a file.
pub(super) fn outside_of(names: &[String], file: &str) -> String {
    let held: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    outside(&held, folder)
}

fn outside(held: &BTreeSet<&str>, folder: &str) -> String {
    // The outermost folder that is a package names the module.
    let parts: Vec<&str> = folder.split('/').collect();
    let is_package = held.contains(format!("{folder}/__init__.py").as_str());
    let mut first = parts.len() - usize::from(is_package || parts.contains(&"envs"));
    while first > 0 && held.contains(format!("{}/__init__.py", parts[..first].join("/")).as_str()) {
        first -= 1;
    }
    // A folder `envs` that is no package itself still names its modules.
    if let Some(envs) = parts.iter().rposition(|part| *part == "envs") {
        first = first.min(envs);
    }
    parts[..first].iter().map(|part| format!("{part}/")).collect()
}

fn place(held: &BTreeSet<&str>, name: &str, folder: &str, env: Option<String>) -> DomainPlace {
    DomainPlace {
        name: name.to_owned(),
        folder: folder.to_owned(),
        outside: outside(held, folder),
        env,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(prefix: &str, files: &[&str]) -> Vec<DomainPlace> {
        let names: Vec<String> = files.iter().map(|name| format!("{prefix}{name}")).collect();
        find_domains(&names)
    }

    #[test]
    fn a_domain_is_found_in_a_wheel_and_below_the_folder_of_a_checkout() {
        for prefix in ["", "checkout-main/src/"] {
            let files = [
                "up/__init__.py",
                "up/envs/__init__.py",
                "up/envs/base.py",
                "up/envs/shop/__init__.py",
                "up/envs/shop/env.py",
                "up/envs/shop/tools/__init__.py",
            ];
            let found = found(prefix, &files);
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!((found[0].name.as_str(), found[0].outside.as_str()), ("shop", prefix));
            assert_eq!(found[0].env, Some(format!("{prefix}up/envs/shop/env.py")));
        }
    }

    #[test]
    fn a_domain_of_one_file_and_a_folder_without_an_environment_are_looked_at() {
        let found = found("", &["envs/kiosk.py", "envs/base.py", "envs/my-env/wiki.md"]);
        let names: Vec<&str> = found.iter().map(|place| place.name.as_str()).collect();
        assert_eq!(names, ["kiosk", "my-env"]);
        assert_eq!(found[1].env, None);
    }

    #[test]
    fn of_two_domains_of_one_name_the_outer_one_comes_first() {
        let found = found("", &["vendored/copy/envs/shop/env.py", "up/envs/shop/env.py"]);
        assert_eq!(found[0].folder, "up/envs/shop");
    }
}
