//! Conditions that tables need, for the mailbox of the simulator's sample.

/// The condition without which a table is not read.
pub fn condition(table: &str) -> Option<&'static str> {
    Some(match table {
        "CalendarView" | "EventInstances" => {
            "end_dateTime > {ts '2002-09-16 00:00:00'} AND start_dateTime < {ts '2002-09-23 00:00:00'}"
        }
        "ExtendedProperties" => "propertyId IN ('String 0x001A', 'String 0x3613')",
        "FreeBusy" => {
            "scheduleId = 'adele.vance@contoso.example' AND end_dateTime > {ts '2002-09-16 00:00:00'} AND start_dateTime < {ts \
             '2002-09-23 00:00:00'}"
        }
        "MailTips" => "emailAddress_address = 'adele.vance@contoso.example'",
        _ => return None,
    })
}

/// All rows of a table, or those that meet its condition.
pub fn all(table: &str) -> String {
    let condition = condition(table).map(|condition| format!(" WHERE {condition}"));
    format!("SELECT * FROM {table}{}", condition.unwrap_or_default())
}
