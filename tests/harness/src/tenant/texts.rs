//! Texts and moments that have broken programs before.

use serde_json::{Value, json};

pub const TEXTS: &[&str] = &[
    "Report",
    "report",
    "REPORT",
    "",
    " ",
    "Report 2026",
    "Quarterly report for alice",
    "it's",
    "O''Brien's 'quoted' word",
    "100%",
    "50% off_now",
    "a_b",
    "aXb",
    "a%b",
    "back\\slash",
    "C:\\%TEMP%\\_x\\",
    "\"double\" quotes",
    "party 🎉 at 8",
    "👩‍👩‍👧‍👦 family",
    "שלום עולם",
    "مرحبا بالعالم",
    "Grüße aus Köln",
    "GRÜSSE AUS KÖLN",
    "日本語の件名",
    "tab\tand\nnew line",
    "two\r\nlines",
    "trailing space ",
    " leading space",
    "semi;colon; list",
    "<b>tag</b> & &amp;",
    "?param $1 :x #y",
    "-- no comment /* here */",
    "NULL",
    "null",
    "[bracket] `tick`",
    "caf\u{e9}",
    "cafe\u{301}",
    "İstanbul ıI",
    "straße",
    "0",
    "-1",
    "1e5",
    "2026-01-01",
    "true",
    "Re: Report",
    "Re: it's 100% done_",
    "z\u{10FFFF}end",
    "a very long text, 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 \
     0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 and so on",
];

/// Moments of Graph in whole seconds, as messages have them.
pub const MOMENTS: &[&str] = &[
    "2026-03-01T09:00:00Z",
    "2026-03-01T09:00:01Z",
    "2026-03-01T08:59:59Z",
    "2024-02-29T12:00:00Z",
    "1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2026-03-01T09:00:00Z",
    "2025-12-31T23:59:59Z",
    "2026-01-01T00:00:00Z",
    "1900-01-01T00:00:00Z",
    "2038-01-19T03:14:08Z",
    "2026-10-25T01:30:00Z",
];

/// Moments with fractions, as contacts and events have them.
pub const EXACT_MOMENTS: &[&str] = &[
    "2026-03-01T09:00:00.1234567Z",
    "2026-03-01T09:00:00.9999999Z",
    "2026-03-01T09:00:00.5Z",
    "2026-03-01T09:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.9999999Z",
    "1969-12-31T23:59:59.9999999Z",
];

pub fn by_turns<T: Copy>(values: &[T], number: usize) -> T {
    values[number % values.len()]
}

/// The text of this number, or null every ninth time.
pub fn odd(number: usize) -> Value {
    match number % 9 {
        8 => Value::Null,
        _ => json!(some(number)),
    }
}

/// The text of this number, never null.
pub fn some(number: usize) -> &'static str {
    TEXTS[number * 7 % TEXTS.len()]
}

pub fn moment(number: usize) -> &'static str {
    MOMENTS[number * 5 % MOMENTS.len()]
}

pub fn exact_moment(number: usize) -> Value {
    match number % 8 {
        7 => Value::Null,
        _ => json!(EXACT_MOMENTS[number * 3 % EXACT_MOMENTS.len()]),
    }
}

/// People, by turns; some have odd names.
pub fn person(number: usize) -> Value {
    const PEOPLE: &[(&str, &str)] = &[
        ("Ann Lee", "ann@x.example"),
        ("Lee; Ann", "Ann@X.example"),
        ("Bob \"the\" Builder", "bob+tag@y.example"),
        ("bob@contoso.example", "bob@contoso.example"),
        ("", "nobody@z.example"),
        ("Только имя", ""),
        ("O'Hara, Scarlett", "o'hara@tara.example"),
        ("a\\b", "back\\slash@x.example"),
        ("100% Off_Shop", "100%_off@shop.example"),
    ];
    let (name, address) = PEOPLE[number % PEOPLE.len()];
    json!({ "name": name, "address": address })
}

pub fn recipient(number: usize) -> Value {
    json!({ "emailAddress": person(number) })
}

/// None to three recipients.
pub fn recipients(number: usize) -> Value {
    (0..number % 4)
        .map(|index| recipient(number + index))
        .collect()
}

/// None to two texts.
pub fn list(number: usize) -> Value {
    (0..number % 3)
        .map(|index| json!(some(number + index)))
        .collect()
}

/// A `dateTimeTimeZone`, in UTC as the driver asks for.
pub fn zoned(moment: &str) -> Value {
    let (seconds, fraction) = moment
        .trim_end_matches('Z')
        .split_once('.')
        .unwrap_or((moment.trim_end_matches('Z'), ""));
    // Always seven digits.
    json!({ "dateTime": format!("{seconds}.{fraction:0<7}"), "timeZone": "UTC" })
}
