//! Connecting step by step: the keys that a connection string still lacks.

use super::keys::{self, Id, Key, KeyKind};
use super::resolve::{merge, with_data_source};
use super::{Attributes, DataSources, Error, settings};

/// An incomplete connection string.
#[derive(Clone, Debug)]
pub struct Browsed {
    pub given: Attributes,
    /// The keys to ask for next, the required ones first.
    pub wanted: Vec<Wanted>,
    /// Keys that the driver does not know.
    pub warnings: Vec<String>,
}

/// A key that the driver may ask the application for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub keyword: &'static str,
    /// The text for a dialog.
    pub label: &'static str,
    pub required: bool,
    /// The possible values; empty if any value will do.
    pub choices: &'static [&'static str],
}

/// Names of the requested keys in a dialog.
const LABELS: &[(Id, &str)] = &[
    (Id::TenantId, "Directory (tenant) ID or domain"),
    (Id::ClientId, "Application (client) ID"),
    (Id::ClientSecret, "Client secret"),
    (Id::AccessToken, "Access token"),
    (Id::UserId, "Mailbox"),
    (Id::Mailboxes, "Mailboxes to read"),
    (Id::Cloud, "Microsoft cloud"),
    (Id::ReadOnly, "Refuse to write"),
];

/// Optional keys to offer: those that people are likely to set.
const OPTIONAL: &[Id] = &[Id::UserId, Id::Mailboxes, Id::Cloud, Id::ReadOnly];

const BOOLEAN: &[&str] = &["Yes", "No"];

/// Adds the keys of `text` to the known ones. A known value is replaced, so that it can be
/// corrected.
pub fn browse(known: &Attributes, text: &str, sources: &DataSources) -> Result<Browsed, Error> {
    let mut warnings = Vec::new();
    let mut given = Attributes::default();
    merge(&mut given, &Attributes::parse(text)?, &mut warnings)?;
    merge(&mut given, known, &mut Vec::new())?;
    let all = with_data_source(&given, sources, &mut warnings)?;
    let required = settings::missing_keys(&all);
    let is_absent = |id: &&Id| all.get(keys::of(**id).name).is_none_or(str::is_empty);
    let optional = OPTIONAL.iter().filter(is_absent);
    let wanted = required.iter().map(|id| self::wanted(*id, true));
    let wanted = wanted.chain(optional.map(|id| self::wanted(*id, false)));
    Ok(Browsed {
        wanted: wanted.collect(),
        given,
        warnings,
    })
}

fn wanted(id: Id, required: bool) -> Wanted {
    let Key { name, kind, .. } = keys::of(id);
    let label = LABELS.iter().find(|(known, _)| *known == id);
    Wanted {
        keyword: name,
        label: label.map_or(*name, |(_, label)| label),
        required,
        choices: match kind {
            KeyKind::Choice(words) => words,
            KeyKind::Boolean => BOOLEAN,
            _ => &[],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(known: &Attributes, text: &str) -> Browsed {
        browse(known, text, &DataSources::files([])).unwrap()
    }

    fn required(browsed: &Browsed) -> Vec<&'static str> {
        let required = browsed.wanted.iter().filter(|wanted| wanted.required);
        required.map(|wanted| wanted.keyword).collect()
    }

    #[test]
    fn what_is_missing_is_asked_for_until_nothing_is() {
        let first = step(&Attributes::default(), "Driver=x;Fwo=1");
        assert_eq!(required(&first), ["TenantID", "ClientId", "ClientSecret"]);
        assert_eq!(first.warnings.len(), 1);
        let second = step(&first.given, "uid=app;Tenant=contoso.com;Cloud=usgov");
        assert_eq!(required(&second), ["ClientSecret"]);
        assert!(second.warnings.is_empty());
        assert!(!second.wanted.iter().any(|wanted| wanted.keyword == "Cloud"));
        let third = step(&second.given, "PWD={a;b}");
        assert_eq!(required(&third), [""; 0]);
        assert_eq!(third.given.get("ClientSecret"), Some("a;b"));
        assert_eq!(third.given.get("ClientId"), Some("app"));
    }

    #[test]
    fn a_token_needs_no_secret() {
        let known = Attributes::default();
        assert_eq!(
            required(&step(&known, "AuthScheme=AccessToken")),
            ["AccessToken"]
        );
        assert!(required(&step(&known, "AccessToken=t")).is_empty());
    }

    #[test]
    fn a_value_can_be_corrected() {
        let known = step(&Attributes::default(), "ClientSecret=wrong").given;
        let known = step(&known, "pwd=right").given;
        assert_eq!(known.get("ClientSecret"), Some("right"));
        assert_eq!(known.iter().count(), 1);
        assert!(browse(&known, "Cloud=Mars", &DataSources::files([])).is_err());
    }

    #[test]
    fn choices_and_labels_are_offered() {
        let browsed = step(&Attributes::default(), "");
        let read_only = browsed
            .wanted
            .iter()
            .find(|wanted| wanted.keyword == "ReadOnly");
        assert_eq!(read_only.unwrap().choices, ["Yes", "No"]);
        for wanted in &browsed.wanted {
            assert!(!wanted.label.contains([':', ';', '=', ',']), "{wanted:?}");
            assert_ne!(wanted.label, wanted.keyword);
        }
    }
}
