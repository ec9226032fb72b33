//! Time zones of calendars, by their Windows names.

use chrono_tz::Tz;

/// A few zones, of all kinds: with and without summer time, with odd offsets, south of the equator.
pub const ZONES: &[(&str, Tz)] = &[
    ("W. Europe Standard Time", Tz::Europe__Berlin),
    ("GMT Standard Time", Tz::Europe__London),
    ("Pacific Standard Time", Tz::America__Los_Angeles),
    ("Eastern Standard Time", Tz::America__New_York),
    ("UTC", Tz::UTC),
    ("Tokyo Standard Time", Tz::Asia__Tokyo),
    ("India Standard Time", Tz::Asia__Kolkata),
    ("Nepal Standard Time", Tz::Asia__Kathmandu),
    ("AUS Eastern Standard Time", Tz::Australia__Sydney),
];
