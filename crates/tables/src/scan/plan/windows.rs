//! The requests for windows of a collection.

use super::listing::Listing;
use super::window::{Toward, Window, Windowed};
use crate::pushdown::{Notation, moment_to_text};

/// The rows of a window; of a collection that is not sorted, in any order.
pub fn listing(of: &Listing, by: Windowed, window: Window, toward: Toward) -> Listing {
    let property = by.property();
    let property = property.as_str();
    let is_sorted = by.is_sorted;
    // Beyond the years that Graph knows there are no rows.
    let bound = |operator, second| {
        Some(format!(
            "{property} {operator} {}",
            text(second, by.notation)?
        ))
    };
    let bounds = [bound("ge", window.from), bound("lt", window.before)];
    let order = is_sorted.then_some(toward);
    let mut filter: Vec<String> = bounds.into_iter().flatten().collect();
    let others = of.value("$filter");
    // Graph requires the sorted property in the filter, before all others (docs/graph.md#messages-order).
    if filter.is_empty() && is_sorted && others.is_some_and(|others| !others.starts_with(property))
    {
        filter.extend(bound("ge", FIRST));
    }
    filter.extend(others.map(str::to_owned));
    let mut selected = of.value("$select").unwrap_or_default().to_owned();
    if !selected.split(',').any(|name| name == by.path[0]) {
        selected = format!("{selected},{}", by.path[0]);
    }
    let order = order.map(|toward| match toward {
        Toward::Older => format!("{property} desc"),
        Toward::Newer => property.to_owned(),
    });
    of.clone().with([
        ("$select", Some(selected)),
        (
            "$filter",
            Some(filter.join(" and ")).filter(|filter| !filter.is_empty()),
        ),
        ("$orderby", order),
    ])
}

/// The first second of the year 1.
const FIRST: i64 = -62_135_596_800;

/// The second in OData's notation; `None` outside the years that it can write.
fn text(second: i64, notation: Notation) -> Option<String> {
    moment_to_text(second.checked_mul(1_000_000)?, notation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::RowContext;

    const BY: Windowed = Windowed {
        path: &["receivedDateTime"],
        notation: Notation::DateTimeOffset,
        is_sorted: true,
    };

    fn messages() -> Listing {
        let path = vec!["messages".to_owned()];
        Listing::new(path, RowContext::default()).option("$select", "id")
    }

    #[test]
    fn a_window_has_bounds_and_an_order() {
        let window = Window {
            from: 0,
            before: 86_400,
        };
        assert_eq!(
            listing(&messages().top(10), BY, window, Toward::Newer).to_string(),
            "GET /messages?$select=id,receivedDateTime&$filter=receivedDateTime ge 1970-01-01T00:00:00Z and receivedDateTime lt \
             1970-01-02T00:00:00Z&$orderby=receivedDateTime&$top=10"
        );
        let all = listing(&messages(), BY, Window::ALL, Toward::Older);
        assert_eq!(
            all.to_string(),
            "GET /messages?$select=id,receivedDateTime&$orderby=receivedDateTime desc"
        );
    }

    #[test]
    fn times_of_events_are_quoted() {
        let path = vec!["events".to_owned()];
        let events = Listing::new(path, RowContext::default()).option("$select", "id");
        let by = Windowed {
            path: &["start", "dateTime"],
            notation: Notation::Quoted,
            is_sorted: true,
        };
        assert_eq!(
            listing(&events, by, Window::second(0), Toward::Older).to_string(),
            "GET /events?$select=id,start&$filter=start/dateTime ge '1970-01-01T00:00:00.0000000' and start/dateTime lt \
             '1970-01-01T00:00:01.0000000'&$orderby=start/dateTime desc"
        );
    }

    #[test]
    fn conditions_follow_the_bounds() {
        let unread = messages().option("$filter", "isRead eq false");
        let since = Window {
            from: 0,
            before: i64::MAX,
        };
        let unsorted = Windowed {
            is_sorted: false,
            ..BY
        };
        assert_eq!(
            listing(&unread, unsorted, since, Toward::Older).to_string(),
            "GET /messages?$select=id,receivedDateTime&$filter=receivedDateTime ge 1970-01-01T00:00:00Z and isRead eq false"
        );
        assert_eq!(
            listing(&unread, BY, Window::ALL, Toward::Older).to_string(),
            "GET /messages?$select=id,receivedDateTime&$filter=receivedDateTime ge 0001-01-01T00:00:00Z and isRead eq \
             false&$orderby=receivedDateTime desc"
        );
    }
}
