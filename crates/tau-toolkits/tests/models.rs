//! The models, field by field, against what upstream's classes say of themselves.

#![allow(clippy::unwrap_used)]

mod support;

use support::document;
use tau_toolkits::schema::{Class, Extra, Kind};
use tau_toolkits::{airline, mock, retail};

#[test]
fn models_have_upstream_s_fields_in_upstream_s_order() {
    let mut fields = 0;
    for version in ["head", "wheel", "v0.1.2"] {
        let Some(recorded) = document(&format!("{version}_models.json")) else { return };
        for (module, database) in [
            ("mock.data_model", &mock::DATABASE),
            ("mock.user_data_model", &mock::USER_DATABASE),
            ("airline.data_model", &airline::models::DATABASE),
            ("retail.data_model", &retail::models::DATABASE),
        ] {
            let recorded = &recorded[format!("tau2.domains.{module}")];
            if recorded.is_null() {
                continue;
            }
            let mut open = vec![database];
            let mut seen: Vec<&Class> = Vec::new();
            while let Some(class) = open.pop() {
                if seen.iter().any(|other| std::ptr::eq(*other, class)) {
                    continue;
                }
                seen.push(class);
                let recorded = &recorded[class.name];
                let forbid = class.extra == Extra::Forbid;
                assert_eq!(recorded["extra"] == "forbid", forbid, "{version} {}", class.name);
                let theirs = recorded["fields"].as_array().unwrap();
                assert_eq!(theirs.len(), class.fields.len(), "{version} {}", class.name);
                for (theirs, ours) in theirs.iter().zip(class.fields) {
                    let what = format!("{version} {}.{}", class.name, ours.name);
                    assert_eq!(theirs["name"], ours.name, "{what}");
                    let needed = ours.default.value().is_none();
                    assert_eq!(theirs["default"] == "<required>", needed, "{what}");
                    let mut named = Vec::new();
                    let theirs = python_type(theirs["type"].as_str().unwrap());
                    assert_eq!(type_text(&ours.kind, &mut named), theirs, "{what}");
                    open.extend(named);
                    fields += 1;
                }
            }
        }
    }
    println!("compared: {fields} fields of models");
}

/// A recorded type without modules and with one spelling of containers.
fn python_type(text: &str) -> String {
    let text =
        text.strip_prefix("<class '").and_then(|text| text.strip_suffix("'>")).unwrap_or(text);
    let text = text.replace("List[", "list[").replace("Dict[", "dict[");
    let mut plain = String::new();
    for part in text.split_inclusive(['[', ']', ',', ' ', '\'']) {
        plain.push_str(
            part.strip_prefix("tau2.").map_or(part, |name| name.rsplit('.').next().unwrap()),
        );
    }
    plain
}

/// Our type in the same words, and the models it names.
fn type_text(kind: &Kind, named: &mut Vec<&'static Class>) -> String {
    let literal = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        format!("Literal[{}]", words.join(", "))
    };
    match kind {
        Kind::Any => "Any".into(),
        Kind::Str => "str".into(),
        Kind::Int => "int".into(),
        Kind::Float => "float".into(),
        Kind::Bool => "bool".into(),
        Kind::Literal(words) => literal(words),
        Kind::Optional(inner) => format!("Optional[{}]", type_text(inner, named)),
        Kind::List(inner) => format!("list[{}]", type_text(inner, named)),
        Kind::Dict(inner) => format!("dict[str, {}]", type_text(inner, named)),
        Kind::Keyed(words, inner) => {
            format!("dict[{}, {}]", literal(words), type_text(inner, named))
        }
        Kind::Model(class) => {
            named.push(class);
            class.name.into()
        }
        Kind::Union(classes) => {
            named.extend(*classes);
            let names: Vec<&str> = classes.iter().map(|class| class.name).collect();
            format!("Union[{}]", names.join(", "))
        }
        Kind::Enum(class) => class.name.into(),
        Kind::Date => "datetime.date".into(),
        Kind::DateTime => "datetime.datetime".into(),
    }
}
