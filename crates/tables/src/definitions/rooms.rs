//! Rooms of the organization.

use super::columns::{ID_LENGTH, at, boolean, double, enumeration, id, integer, strings, text};
use super::derived::{composite_key, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static ROOMS: Table = Table {
    name: "Rooms",
    remarks: "Rooms that can be booked",
    scope: Scope::Directory,
    permission: permissions::PLACES,
    collection: Collection::List(List {
        path: &["places", "microsoft.graph.room"],
        items: Some(&["places"]),
        has_count: false,
        usual: 50,
    }),
    columns: &[
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        text(at!(address / city), 256).remarks("City"),
        text(at!(address / countryOrRegion), 256).remarks("Country or region"),
        text(at!(address / postalCode), 64).remarks("Postal code"),
        text(at!(address / state), 256).remarks("State"),
        text(at!(address / street), 1024).remarks("Street"),
        text(at!(displayName), 256).remarks("Name shown"),
        double(at!(geoCoordinates / accuracy)).remarks("Accuracy of latitude and longitude"),
        double(at!(geoCoordinates / altitude)).remarks("Altitude"),
        double(at!(geoCoordinates / altitudeAccuracy)).remarks("Accuracy of the altitude"),
        double(at!(geoCoordinates / latitude)).remarks("Latitude"),
        double(at!(geoCoordinates / longitude)).remarks("Longitude"),
        boolean(at!(isWheelChairAccessible)).remarks("Whether it is accessible by wheelchair"),
        text(at!(label), 256).remarks("Label"),
        text(at!(parentId), ID_LENGTH).case_sensitive().remarks("Place that it is in"),
        text(at!(phone), 256).remarks("Telephone number"),
        text(at!(placeId), ID_LENGTH).case_sensitive().remarks("Another id, that all kinds of places have"),
        strings(at!(tags)).remarks("Tags"),
        text(at!(audioDeviceName), 256).remarks("Device for sound"),
        enumeration(at!(bookingType)).remarks("standard, reserved or unknown"),
        text(at!(building), 256).remarks("Building"),
        integer(at!(capacity)).remarks("Number of seats"),
        text(at!(displayDeviceName), 256).remarks("Device that shows pictures"),
        text(at!(emailAddress), 320).remarks("Address of the mailbox"),
        text(at!(floorLabel), 256).remarks("Floor, as it is called"),
        integer(at!(floorNumber)).remarks("Number of the floor"),
        text(at!(nickname), 256).remarks("Short name"),
        enumeration(at!(teamsEnabledState)).remarks("Whether Teams is in use: unknown, enabled or disabled"),
        text(at!(videoDeviceName), 256).remarks("Device for pictures"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 100,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "places", pages: "page-sizes", index: None },
};
