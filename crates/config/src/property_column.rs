//! Extended properties as columns of tables: `Messages.size=Integer 0x0E08;Messages.mailer=String {GUID} Name X-Mailer`.

use super::property_id::PropertyId;

/// The tables that can have such columns.
pub const PROPERTY_TABLES: &[&str] = &["Contacts", "Events", "Messages"];

/// The longest name of a column, and the most columns of all tables.
const LONGEST: usize = 64;
const MOST: usize = 100;

/// A column with the values of a property.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PropertyColumn {
    /// One of [`PROPERTY_TABLES`].
    pub table: &'static str,
    pub name: String,
    pub id: PropertyId,
    /// The id as the connection has it.
    pub text: String,
}

/// Reads the columns, each `table.name` with an id; or tells the mistake.
pub(super) fn read<'a>(
    entries: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<PropertyColumn>, String> {
    let mut columns: Vec<PropertyColumn> = Vec::new();
    for (place, id) in entries {
        let column = column(place, id)?;
        let is_same = |known: &PropertyColumn| {
            known.table == column.table && known.name.eq_ignore_ascii_case(&column.name)
        };
        if columns.iter().any(is_same) {
            return Err(format!("each column once, not {place} twice"));
        }
        columns.push(column);
    }
    match columns.len() {
        0 => Err("at least one column".to_owned()),
        1..=MOST => Ok(columns),
        _ => Err(format!("at most {MOST} columns")),
    }
}

fn column(place: &str, id: &str) -> Result<PropertyColumn, String> {
    let (table, name) = place
        .split_once('.')
        .ok_or_else(|| format!("a table and a column, Messages.{place}, in place of {place}"))?;
    let mut tables = PROPERTY_TABLES.iter();
    let table = tables
        .find(|known| known.eq_ignore_ascii_case(table))
        .ok_or_else(|| format!("one of {} in place of {table}", PROPERTY_TABLES.join(", ")))?;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !starts || !name.chars().all(is_word) || name.len() > LONGEST {
        return Err(format!(
            "a name of letters, digits and _ in place of {name}"
        ));
    }
    let text = with_braces(id);
    let id = PropertyId::parse(&text)
        .map_err(|reason| format!("the id of a property for {place}: {reason}"))?;
    if id.is_list {
        return Err(format!("a property of one value for {place}"));
    }
    Ok(PropertyColumn {
        table,
        name: name.to_owned(),
        id,
        text,
    })
}

/// A GUID may lack its braces, which connection strings want twice.
fn with_braces(id: &str) -> String {
    let mut words = id.splitn(3, ' ');
    match (words.next(), words.next(), words.next()) {
        (Some(kind), Some(guid), Some(rest)) if guid.len() == 36 => {
            format!("{kind} {{{guid}}} {rest}")
        }
        _ => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: &str = "00020386-0000-0000-C000-000000000046";

    #[test]
    fn columns_have_a_table_a_name_and_a_property() {
        let with_braces = format!("String {{{GUID}}} Name X-Mailer");
        let without = format!("String {GUID} Name X-Mailer");
        let entries = [
            ("messages.size", "Integer 0x0E08"),
            ("Events.size", "Integer 0x0E08"),
            ("Contacts.mailer", with_braces.as_str()),
            ("Contacts.mailer_2", without.as_str()),
        ];
        let columns = read(entries.into_iter()).expect("columns");
        let names: Vec<_> = columns
            .iter()
            .map(|column| (column.table, column.name.as_str()))
            .collect();
        assert_eq!(
            names,
            [
                ("Messages", "size"),
                ("Events", "size"),
                ("Contacts", "mailer"),
                ("Contacts", "mailer_2")
            ]
        );
        assert_eq!(columns[2].id, columns[3].id);
        assert_eq!(columns[3].text, with_braces);
    }

    #[test]
    fn mistakes_are_told() {
        for (place, id, words) in [
            ("size", "Integer 0x0E08", "Messages.size"),
            ("Users.size", "Integer 0x0E08", "Contacts, Events, Messages"),
            ("Messages.", "Integer 0x0E08", "letters"),
            ("Messages.1a", "Integer 0x0E08", "letters"),
            ("Messages.a b", "Integer 0x0E08", "letters"),
            ("Messages.a.b", "Integer 0x0E08", "letters"),
            ("Messages.a", "0x0E08", "Messages.a"),
            ("Messages.a", "", "Messages.a"),
            ("Messages.a", "StringArray 0x4002101E", "one value"),
        ] {
            let mistake = read([(place, id)].into_iter()).expect_err(place);
            assert!(mistake.contains(words), "{place}: {mistake}");
        }
        let twice = [("Messages.a", "Long 0x1"), ("messages.A", "Long 0x2")];
        assert!(read(twice.into_iter()).is_err());
        assert!(read([].into_iter()).is_err());
    }
}
