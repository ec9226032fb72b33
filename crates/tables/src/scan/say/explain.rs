//! The requests of a scan, as text: its steps, without sending anything.

use super::requests;
use crate::definition::Scope;
use crate::scan::plan::mailboxes::{Mailboxes, mailboxes, users};
use crate::scan::plan::page_size::page_size;
use crate::scan::plan::scan::Scan;
use crate::scan::plan::steps;
use crate::scan::plan::values::{self, Values};
use crate::scan::read::shared_scan::SharedScan;
use crate::search::MOST_MESSAGES;
use exchange_config::Settings;

/// Placeholder for the keys of a join.
const KEY: &str = "{each of the join}";

/// Stands for the mailboxes that the list of users tells.
const EVERYBODY: &str = "{every user with a mailbox}";

/// The most mailboxes to show.
const SHOWN: usize = 3;

/// A line for each kind of request, with `{...}` for ids that only the replies tell. A request that is not
/// always sent begins with its condition and a colon.
pub fn requests(shared: &SharedScan) -> Vec<String> {
    let settings = shared.source.settings();
    let joined = shared.example(KEY);
    let of_scan = |scan: &Scan| {
        let lines = of_scan(scan, settings, joined.stands_for_many).into_iter();
        lines.map(|line| match joined.chooses_mailboxes {
            true => format!("where the join names this mailbox: {line}"),
            false => line,
        })
    };
    let mut lines: Vec<String> = of_scan(&joined.scan).collect();
    lines.extend(windows(&joined.scan, settings));
    if joined.scan.pushed.searches_mail() {
        lines.push(format!(
            "at most {MOST_MESSAGES} messages come from each search; the statement leaves a warning (01000) \
             when as many do"
        ));
    }
    if let Some(most) = joined.most {
        let otherwise = of_scan(&joined.otherwise);
        let when = format!("or, when the join has more than {most} keys: ");
        lines.extend(otherwise.map(|line| format!("{when}{line}")));
    }
    for column in joined.filtered {
        lines.push(format!(
            "with a $filter for {column} when the join has few keys"
        ));
    }
    for column in joined.compared {
        lines.push(format!(
            "with a $filter for {column} by the value of the subquery"
        ));
    }
    lines
}

/// How more rows are read than those of a page, if the statement can need them.
fn windows(scan: &Scan, settings: &Settings) -> Option<String> {
    let is_one_page = scan.pushed.exact
        && scan
            .limit
            .is_some_and(|limit| limit <= page_size(scan, settings) as usize);
    let mailbox = (scan.table.scope == Scope::Mailbox).then_some(EVERYBODY);
    let steps = steps::of(scan, settings, mailbox);
    let property = steps.iter().find_map(requests::windows_of)?;
    let way = match scan.order {
        Some(_) => "one after the other",
        None => "up to four at once",
    };
    (!is_one_page)
        .then(|| format!("where a page is not enough: the same for windows of {property}, {way}"))
}

fn of_scan(scan: &Scan, settings: &Settings, is_many: bool) -> Vec<String> {
    let in_mailbox = |mailbox: Option<&str>| {
        let steps = steps::of(scan, settings, mailbox);
        let has_rows = !steps.is_empty();
        let value = Values::of(scan).filter(|_| has_rows);
        let value = value.map(|_| requests::of_values(&values::of_each(mailbox)));
        let steps = steps.into_iter();
        let lines = steps.flat_map(move |step| requests::lines(&step, is_many));
        lines.chain(value)
    };
    if scan.table.scope == Scope::Directory {
        return in_mailbox(None).collect();
    }
    let names = match mailboxes(scan, settings) {
        Ok(Mailboxes::Named(names) | Mailboxes::Among(names)) => names,
        Ok(Mailboxes::All) => {
            let users = std::iter::once(users().to_string());
            return users.chain(in_mailbox(Some(EVERYBODY))).collect();
        }
        Err(error) => return vec![error.to_string()],
    };
    let shown = names.iter().take(SHOWN);
    let mut lines: Vec<String> = shown.flat_map(|name| in_mailbox(Some(name))).collect();
    if names.len() > SHOWN {
        let more = names.len() - SHOWN;
        lines.push(format!("and the same for {more} more mailboxes"));
    }
    lines
}
