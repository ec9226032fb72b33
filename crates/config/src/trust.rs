//! Where the secrets of a data source may be sent.
//!
//! The author of a connection string need not be the owner of the data source: a web page may add a
//! part of the string, for example. So a secret of the data source must not go to an address or
//! through a proxy that the string chooses, nor to a server whose certificate only the string
//! trusts.

use super::keys::{self, Id};
use super::{Attributes, Error, ErrorKind};

/// A secret, and the keys that decide who receives it or a token for it.
const SENT_TO: &[(Id, &[Id])] = &[
    (
        Id::ClientSecret,
        &[
            Id::LoginEndpoint,
            Id::GraphEndpoint,
            Id::Proxy,
            Id::CaCertificate,
        ],
    ),
    (
        Id::AccessToken,
        &[Id::GraphEndpoint, Id::Proxy, Id::CaCertificate],
    ),
    (Id::ProxyPassword, &[Id::Proxy, Id::CaCertificate]),
];

/// Refuses an address or a certificate that comes from an earlier layer than the secret. Later
/// layers only add missing keys; the connection string comes first.
pub(super) fn check(layers: &[&Attributes]) -> Result<(), Error> {
    let giver = |id: Id| layers.iter().position(|layer| value(layer, id).is_some());
    for (secret, addresses) in SENT_TO {
        let Some(holder) = giver(*secret) else {
            continue;
        };
        for address in *addresses {
            let foreign = giver(*address).filter(|giver| *giver < holder);
            if foreign.is_some_and(|giver| !is_allowed(layers[giver], layers[holder], *address)) {
                return Err(refused(*address, *secret));
            }
        }
    }
    Ok(())
}

fn value(layer: &Attributes, id: Id) -> Option<&str> {
    let is_it = |key: &str| keys::find(key).is_some_and(|key| key.id == id);
    let values = layer.iter().filter(|attribute| is_it(&attribute.key));
    values
        .map(|attribute| attribute.value.expose().trim())
        .find(|value| !value.is_empty())
}

/// Whether the owner of the secret names the address, or the file of certificates, itself.
fn is_allowed(giver: &Attributes, holder: &Attributes, id: Id) -> bool {
    if id == Id::CaCertificate {
        return value(giver, id) == value(holder, id);
    }
    let given = value(giver, id).map(comparable);
    let allowed = value(holder, Id::AllowedEndpoints).unwrap_or_default();
    let allowed = allowed
        .split([',', ';', ' ', '\t'])
        .filter(|part| !part.is_empty());
    allowed
        .chain(value(holder, id))
        .any(|address| Some(comparable(address)) == given)
}

/// The address in its form for comparison.
fn comparable(address: &str) -> String {
    address.trim_end_matches('/').to_ascii_lowercase()
}

fn refused(given: Id, secret: Id) -> Error {
    let (key, secret) = (keys::of(given).name, keys::of(secret).name);
    let message = match given {
        Id::CaCertificate => format!(
            "{key} is refused: {secret} comes from the data source, which does not trust this file to tell who may \
             get it. Give {secret} together with {key}, or write {key} into the data source."
        ),
        _ => format!(
            "{key} is refused: {secret} comes from the data source, which does not allow it to be sent to this \
             address. Give {secret} together with {key}, or add the address to AllowedEndpoints of the data source."
        ),
    };
    Error::new(ErrorKind::InvalidValue, message)
}

#[cfg(test)]
mod tests;
