//! The span of time of `calendarView` and `instances` (docs/graph.md#calendar-view).

use super::ask::Ask;
use crate::calendar::Span;
use crate::odata::moment::{self, Ticks};
use crate::odata::pairs::option;
use crate::refusal::Refusal;

const DAY: Ticks = 864_000_000_000;
const LONGEST: Ticks = 1825 * DAY;

pub fn span(ask: &Ask) -> Result<Span, Refusal> {
    let bounds = (
        option(&ask.pairs, "startDateTime"),
        option(&ask.pairs, "endDateTime"),
    );
    let (Some(start), Some(end)) = bounds else {
        return Err(invalid(
            "This request requires a time window specified by the query string parameters StartDateTime and \
             EndDateTime.",
        ));
    };
    let (Some(start), Some(end)) = (moment::utc(start), moment::utc(end)) else {
        return Err(invalid(
            "The window's bounds must be dates and times in ISO 8601.",
        ));
    };
    if end < start {
        return Err(invalid("EndDateTime is earlier than StartDateTime."));
    }
    if end - start > LONGEST {
        return Err(Refusal::new(
            400,
            "ErrorInvalidRequest",
            "Your request can't be completed. The range between the start and end dates is greater than the allowed \
             range. Maximum number of days: 1825",
        ));
    }
    Ok(Span { start, end })
}

fn invalid(message: &str) -> Refusal {
    Refusal::new(400, "ErrorInvalidParameter", message)
}
