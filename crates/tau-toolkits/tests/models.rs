//! The models, field by field, against what upstream's classes say of themselves.

#![allow(clippy::unwrap_used)]

mod support;

use support::document;
use tau_toolkits::schema::{Class, EnumClass, Extra, Kind};
use tau_toolkits::{airline, mock, python, retail, telecom};

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
            ("telecom.data_model", &telecom::model::AGENT_DB),
            ("telecom.user_data_model", &telecom::device::USER_DB),
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
                let model = &recorded[class.name];
                let forbid = class.extra == Extra::Forbid;
                assert_eq!(model["extra"] == "forbid", forbid, "{version} {}", class.name);
                let theirs = model["fields"].as_array().unwrap();
                assert_eq!(theirs.len(), class.fields.len(), "{version} {}", class.name);
                for (theirs, ours) in theirs.iter().zip(class.fields) {
                    let what = format!("{version} {}.{}", class.name, ours.name);
                    assert_eq!(theirs["name"], ours.name, "{what}");
                    let default = theirs["default"].as_str().unwrap();
                    let default = default.strip_prefix("<factory> ").unwrap_or(default);
                    let default = words_for_members(default);
                    let own = ours.default.value().map(|value| python::repr_of(&value));
                    assert_eq!(own.as_deref().unwrap_or("<required>"), default, "{what}");
                    let mut named = Vec::new();
                    let theirs = words_for_members(&python_type(theirs["type"].as_str().unwrap()));
                    assert_eq!(type_text(&ours.kind, &mut named), theirs, "{what}");
                    open.extend(named);
                    for class in enums(&ours.kind) {
                        let members: Vec<_> = recorded[class.name]["enum"]
                            .as_object()
                            .unwrap()
                            .iter()
                            .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
                            .collect();
                        assert_eq!(class.members, members, "{version} {}", class.name);
                    }
                    fields += 1;
                }
            }
        }
    }
    println!("compared: {fields} fields of models");
}

/// Where upstream keys a dict by an enumeration, our keys are its words.
fn words_for_members(text: &str) -> String {
    let technologies = telecom::device::NETWORK_TECHNOLOGY.members;
    let mut text = text.to_owned();
    for (name, word) in technologies {
        let member = format!("<NetworkTechnology.{name}: '{word}'>:");
        text = text.replace(&member, &format!("'{word}':"));
    }
    let words: Vec<String> = technologies.iter().map(|(_, word)| format!("'{word}'")).collect();
    text.replace("dict[NetworkTechnology,", &format!("dict[Literal[{}],", words.join(", ")))
}

/// A recorded type without modules and with one spelling of containers.
fn python_type(text: &str) -> String {
    let text = text.strip_prefix("<class '").or(text.strip_prefix("<enum '")).unwrap_or(text);
    let text = text.strip_suffix("'>").unwrap_or(text);
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

/// The enumerations that a type names.
fn enums(kind: &Kind) -> Vec<&'static EnumClass> {
    match kind {
        Kind::Enum(class) => vec![class],
        Kind::Optional(inner) | Kind::List(inner) | Kind::Dict(inner) | Kind::Keyed(_, inner) => {
            enums(inner)
        }
        _ => Vec::new(),
    }
}
