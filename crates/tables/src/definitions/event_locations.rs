//! Places of events.

use super::columns::at;
use super::derived::{composite_key, mailbox, safe_key};
use super::element_columns::{
    ELEMENT_ID_LENGTH, element_double, element_id, element_text, ordinal, parent,
};
use super::permissions;
use crate::definition::{
    Collection, ElementList, Elements, ForeignKey, Index, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static EVENT_LOCATIONS: Table = Table {
    name: "EventLocations",
    remarks: "Places of events; the first is the one in the location columns of Events",
    scope: Scope::Mailbox,
    permission: permissions::CALENDARS,
    collection: Collection::Elements(Elements {
        parents: "Events",
        lists: &[
            ElementList::only("locations"),
        ],
        usual: 1,
    }),
    columns: &[
        mailbox(),
        composite_key(ELEMENT_ID_LENGTH),
        safe_key(),
        element_id(),
        parent("eventId").remarks("Event that takes place there (Events.id)"),
        ordinal(),
        element_text(at!(address / city), 256).remarks("City"),
        element_text(at!(address / countryOrRegion), 256).remarks("Country or region"),
        element_text(at!(address / postalCode), 64).remarks("Postal code"),
        element_text(at!(address / state), 256).remarks("State"),
        element_text(at!(address / street), 1024).remarks("Street"),
        element_double(at!(coordinates / accuracy)).remarks("Accuracy of latitude and longitude in metres"),
        element_double(at!(coordinates / altitude)).remarks("Altitude in metres"),
        element_double(at!(coordinates / altitudeAccuracy)).remarks("Accuracy of the altitude in metres"),
        element_double(at!(coordinates / latitude)).remarks("Latitude in degrees"),
        element_double(at!(coordinates / longitude)).remarks("Longitude in degrees"),
        element_text(at!(displayName), 256).remarks("Place"),
        element_text(at!(locationEmailAddress), 320).remarks("Address of the room"),
        element_text(at!(locationType), 64).remarks("Kind of place"),
        element_text(at!(locationUri), 2048).remarks("Link to the place"),
        element_text(at!(uniqueId), 2048).case_sensitive().remarks("Id of the place, for Graph's own use"),
        element_text(at!(uniqueIdType), 64).remarks("Kind of uniqueId"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "eventId", table: "Events", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "events", pages: "page-sizes", index: None },
};
