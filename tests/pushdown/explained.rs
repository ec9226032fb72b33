//! The requests that `EXPLAIN` lists, beside those that arrive.

/// A line of `EXPLAIN` that stands for requests.
#[derive(Debug)]
struct Line {
    /// `GET` and what follows, with names in braces for what only replies tell.
    request: String,
    /// Whether it is sent whatever the replies are.
    is_certain: bool,
    is_batched: bool,
}

/// The requests that `EXPLAIN` shows.
#[derive(Debug)]
pub struct Explained {
    lines: Vec<Line>,
    /// Properties by which a join or a subquery may confine what is read.
    confined: Vec<String>,
}

const BATCHED: &str = ", twenty a $batch";

/// Stands for keys, of which there may be none.
const KEY: &str = "{each of the join}";

impl Explained {
    pub fn of(plan: &[String]) -> Self {
        let section = plan
            .iter()
            .skip_while(|line| *line != "Requests to Microsoft Graph:")
            .skip(1)
            .take_while(|line| line.starts_with("  "));
        let mut explained = Self {
            lines: Vec::new(),
            confined: Vec::new(),
        };
        for line in section.map(|line| line.trim()) {
            if let Some(at) = line.find("GET /") {
                let condition = &line[..at];
                assert!(condition.is_empty() || condition.ends_with(": "), "{line}");
                let request = line[at..].strip_suffix(BATCHED);
                explained.lines.push(Line {
                    request: request.unwrap_or(&line[at..]).to_owned(),
                    is_certain: condition.is_empty(),
                    is_batched: request.is_some(),
                });
            } else if let Some(column) = line.strip_prefix("with a $filter for ") {
                let column = column.split(' ').next().unwrap_or_default();
                explained.confined.push(column.replace('_', "/"));
            }
        }
        explained
    }

    /// The differences from the requests that arrived: those that are not listed, and those that are listed and did not
    /// come. The flag tells whether a request came in a batch.
    pub fn differences(&self, sent: &[(String, bool)]) -> Vec<String> {
        let unlisted = sent.iter().filter(|(request, in_batch)| {
            let is_it = |line: &Line| self.fits(line, request) && (line.is_batched || !in_batch);
            !self.lines.iter().any(is_it)
        });
        let unlisted = unlisted.map(|(request, _)| format!("not listed: {request}"));
        let certain = self.lines.iter().filter(|line| line.is_certain);
        let wrong = certain.filter_map(|line| {
            let times = sent.iter().filter(|(request, _)| self.fits(line, request));
            let request = &line.request;
            match times.count() {
                0 if !request.contains(KEY) => Some(format!("listed, not sent: {request}")),
                2.. if !request.contains('{') => Some(format!("sent twice: {request}")),
                _ => None,
            }
        });
        unlisted.chain(wrong).collect()
    }

    /// Whether requests came that are only sent in some cases.
    pub fn has_conditional(&self, sent: &[(String, bool)]) -> bool {
        let conditional = self.lines.iter().filter(|line| !line.is_certain);
        conditional
            .into_iter()
            .any(|line| sent.iter().any(|(request, _)| self.fits(line, request)))
    }

    fn fits(&self, line: &Line, request: &str) -> bool {
        matches(&line.request, request) || self.is_confined(line, request)
    }

    /// Whether the request is that of the line with more conditions, each about a property that a join or a subquery
    /// confines.
    fn is_confined(&self, line: &Line, request: &str) -> bool {
        let (listed, before) = without_filter(&line.request);
        let (sent, all) = without_filter(request);
        let mut more = all.iter().filter(|condition| !before.contains(condition));
        let is_told = |condition: &&String| {
            let mut properties = self.confined.iter();
            properties.any(|property| condition.contains(property.as_str()))
        };
        matches(&listed, &sent)
            && before.iter().all(|condition| all.contains(condition))
            && more.all(|condition| is_told(&condition))
    }
}

/// Whether the text is that of the pattern, with something in the place of each name in braces.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('{') else {
        return pattern == text;
    };
    let (_, after) = rest.split_once('}').expect("the end of a name in braces");
    let Some(text) = text.strip_prefix(before) else {
        return false;
    };
    let ends = text.char_indices().map(|(end, _)| end).chain([text.len()]);
    ends.take_while(|end| !text[..*end].contains(['/', '?']))
        .any(|end| end > 0 && matches(after, &text[end..]))
}

/// The request without its filter, and the conditions of that.
fn without_filter(request: &str) -> (String, Vec<String>) {
    let Some((before, rest)) = request.split_once("$filter=") else {
        return (request.replace("?&", "?"), Vec::new());
    };
    let (filter, after) = rest.split_once('&').unwrap_or((rest, ""));
    (format!("{before}{after}"), conjuncts(filter))
}

fn conjuncts(filter: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut depth = 0;
    for word in filter.split_inclusive(' ') {
        match word {
            "and " if depth == 0 => found.push(String::new()),
            _ => found.last_mut().expect("one is begun").push_str(word),
        }
        depth += word.matches('(').count();
        depth = depth.saturating_sub(word.matches(')').count());
    }
    found.iter().map(|text| text.trim().to_owned()).collect()
}

#[test]
fn lines_of_explain_are_compared() {
    let plan = [
        "Requests to Microsoft Graph:",
        "  GET /users/a/x?$select=id&$filter=b eq 1&$top=5",
        "  GET /users/a/x/{each}/y, twenty a $batch",
        "  where it is in doubt: GET /users/a/z",
        "  with a $filter for from_name when the join has few keys",
        "Work in the driver:",
        "  GET /not/a/request",
    ];
    let explained = Explained::of(&plan.map(str::to_owned));
    let differences = |sent: &[(&str, bool)]| {
        let sent = sent
            .iter()
            .map(|(text, batch)| ((*text).to_owned(), *batch));
        explained.differences(&sent.collect::<Vec<_>>()).len()
    };
    let first = ("GET /users/a/x?$select=id&$filter=b eq 1&$top=5", false);
    let confined = (
        "GET /users/a/x?$select=id&$filter=b eq 1 and (from/name eq 'c' or from/name eq 'd')&$top=5",
        false,
    );
    let one = ("GET /users/a/x/1/y", true);
    let two = ("GET /users/a/x/2/y", true);
    assert_eq!(differences(&[first, one, two]), 0);
    assert_eq!(differences(&[confined, one]), 0);
    assert_eq!(differences(&[first, one, ("GET /users/a/z", false)]), 0);
    assert_eq!(differences(&[first, one, ("GET /users/a/z", true)]), 1);
    assert_eq!(differences(&[first]), 1, "none of those for each");
    assert_eq!(differences(&[first, first, one]), 1, "twice");
    assert_eq!(differences(&[one]), 1, "not sent");
    assert_eq!(
        differences(&[first, one, ("GET /users/a/x/1/y/2", true)]),
        1
    );
    let other = (
        "GET /users/a/x?$select=id&$filter=b eq 1 and c eq 2&$top=5",
        false,
    );
    assert_eq!(differences(&[other, one]), 2, "another condition");
}
