//! The `Prefer` header: changes of Outlook's replies on request (docs/graph.md#preferences).

use super::zone::Zone;
use crate::refusal::Refusal;

#[derive(Clone, Debug, Default)]
pub struct Prefer {
    pub immutable_ids: bool,
    pub body: Option<BodyType>,
    pub zone: Option<Zone>,
    /// The honoured preferences, for the reply.
    pub applied: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyType {
    Text,
    Html,
}

impl Prefer {
    /// Reads all `Prefer` headers of a request. Unknown preferences are ignored, as in RFC 7240.
    pub fn read<'a>(headers: impl Iterator<Item = &'a str>) -> Result<Self, Refusal> {
        let mut prefer = Self::default();
        for preference in headers.flat_map(|header| split(header)) {
            let (name, value) = preference.split_once('=').unwrap_or((preference, ""));
            prefer.take(name.trim(), value.trim().trim_matches('"'))?;
        }
        Ok(prefer)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        match name.to_lowercase().as_str() {
            "idtype" if value == "ImmutableId" => {
                self.immutable_ids = true;
                self.applied.push("IdType=ImmutableId".to_owned());
            }
            "outlook.body-content-type" => {
                self.body = match value {
                    "text" => Some(BodyType::Text),
                    "html" => Some(BodyType::Html),
                    _ => return Ok(()),
                };
                self.applied
                    .push(format!("outlook.body-content-type=\"{value}\""));
            }
            "outlook.timezone" => {
                self.zone = Some(Zone::find(value).ok_or_else(|| {
                    Refusal::new(
                        400,
                        "TimeZoneNotSupportedException",
                        format!(
                            "A valid TimeZone value must be specified. The following TimeZone value is not supported: \
                             '{value}'."
                        ),
                    )
                })?);
                self.applied.push(format!("outlook.timezone=\"{value}\""));
            }
            _ => {}
        }
        Ok(())
    }
}

/// Parts between commas outside of quotes.
fn split(header: &str) -> Vec<&str> {
    let mut quoted = false;
    let parts = header.split(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_come_in_one_header_or_in_several() {
        let headers = [
            r#"IdType="ImmutableId", outlook.timezone="Europe/Berlin""#,
            r#"outlook.body-content-type="text""#,
        ];
        let prefer = Prefer::read(headers.into_iter()).expect("known preferences");
        assert!(prefer.immutable_ids);
        assert_eq!(prefer.body, Some(BodyType::Text));
        assert!(prefer.zone.is_some());
        assert_eq!(prefer.applied.len(), 3);
    }

    #[test]
    fn an_unknown_zone_is_an_error_and_an_unknown_preference_is_not() {
        let read = |header: &'static str| Prefer::read([header].into_iter());
        assert!(read(r#"outlook.timezone="Middle Earth Time""#).is_err());
        assert!(
            read("respond-async, wait=10")
                .expect("ignored")
                .applied
                .is_empty()
        );
    }
}
