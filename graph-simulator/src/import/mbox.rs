//! Mbox files cut into messages.
//!
//! Lines that begin with `From ` separate messages. If a message itself has such a line, writers
//! put a `>` before it (and before lines that already have one: the mboxrd variant). Old writers
//! forget that, so a separator must also follow an empty line and have a day and a time.

use std::io::{self, BufRead, Write};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// A message of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawMessage {
    /// When it was delivered, according to the line before it.
    pub delivered: Option<DateTime<Utc>>,
    /// The message without the quoting that mbox needs.
    pub bytes: Vec<u8>,
}

impl RawMessage {
    /// Writes the message as part of an mbox file, so that reading returns it unchanged.
    pub fn write(&self, file: &mut impl Write) -> io::Result<()> {
        let delivered = self.delivered.unwrap_or_default();
        writeln!(file, "From - {}", delivered.format("%a %b %e %H:%M:%S %Y"))?;
        for line in self.bytes.split_inclusive(|byte| *byte == b'\n') {
            if is_like_separator(line) {
                file.write_all(b">")?;
            }
            file.write_all(line)?;
        }
        let is_whole = self.bytes.ends_with(b"\n") || self.bytes.is_empty();
        file.write_all(if is_whole { b"\n" } else { b"\n\n" })
    }
}

/// The messages of an mbox file, or the one message of a file that is not one.
pub struct Messages<R> {
    reader: R,
    /// The content of the separator before the next message.
    next: Option<Option<DateTime<Utc>>>,
    is_at_start: bool,
}

impl<R: BufRead> Messages<R> {
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            next: None,
            is_at_start: true,
        }
    }

    fn read(&mut self) -> io::Result<Option<RawMessage>> {
        let mut message = self.next.take().map(|delivered| RawMessage {
            delivered,
            bytes: Vec::new(),
        });
        let mut line = Vec::new();
        let mut follows_empty_line = std::mem::take(&mut self.is_at_start);
        loop {
            line.clear();
            if self.reader.read_until(b'\n', &mut line)? == 0 {
                return Ok(message.map(without_last_empty_line));
            }
            if follows_empty_line && let Some(delivered) = separator(&line) {
                match message {
                    Some(message) => {
                        self.next = Some(delivered);
                        return Ok(Some(without_last_empty_line(message)));
                    }
                    None => {
                        message = Some(RawMessage {
                            delivered,
                            bytes: Vec::new(),
                        })
                    }
                }
                follows_empty_line = false;
                continue;
            }
            follows_empty_line = is_empty(&line);
            // Empty lines before the first message do not count.
            if message.is_some() || !follows_empty_line {
                let message = message.get_or_insert_default();
                message.bytes.extend_from_slice(unquoted(&line));
            }
        }
    }
}

impl<R: BufRead> Iterator for Messages<R> {
    type Item = io::Result<RawMessage>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

fn is_empty(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n" | b"")
}

/// Whether a line looks like a separator after its leading `>`.
fn is_like_separator(line: &[u8]) -> bool {
    let quotes = line.iter().take_while(|byte| **byte == b'>').count();
    line[quotes..].starts_with(b"From ")
}

/// The line without the `>` that keeps it from separating messages.
fn unquoted(line: &[u8]) -> &[u8] {
    match line {
        [b'>', rest @ ..] if is_like_separator(rest) => rest,
        _ => line,
    }
}

/// The empty line before a separator belongs to the separator.
fn without_last_empty_line(mut message: RawMessage) -> RawMessage {
    for end in [&b"\r\n\r\n"[..], b"\n\n"] {
        if message.bytes.ends_with(end) {
            message.bytes.truncate(message.bytes.len() - end.len() / 2);
            break;
        }
    }
    message
}

/// Whether a line separates messages, and its moment of delivery: `From ann@contoso.example Thu Aug
/// 22 12:36:23 2002`, perhaps with a zone before the year.
fn separator(line: &[u8]) -> Option<Option<DateTime<Utc>>> {
    let line = line.strip_prefix(b"From ")?;
    let text = String::from_utf8_lossy(line);
    let words: Vec<&str> = text.split_whitespace().collect();
    let start = words
        .windows(3)
        .rposition(|words| is_weekday(words[0]) && is_month(words[1]) && is_number(words[2]))?;
    let [_, month, day, rest @ ..] = &words[start..] else {
        return None;
    };
    let time = rest.iter().find_map(|word| time(word))?;
    let year = rest
        .iter()
        .rfind(|word| word.len() == 4 && is_number(word))?;
    let offset = rest.iter().find_map(|word| zone_offset(word)).unwrap_or(0);
    let date = NaiveDate::parse_from_str(&format!("{year} {month} {day}"), "%Y %b %d").ok();
    let local = date.map(|date| date.and_time(time).and_utc());
    Some(local.map(|local| local - chrono::Duration::seconds(offset)))
}

fn is_weekday(word: &str) -> bool {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&word.trim_end_matches(','))
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    MONTHS.contains(&word)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn time(word: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(word, "%H:%M:%S")
        .or_else(|_| NaiveTime::parse_from_str(word, "%H:%M"))
        .ok()
}

/// Seconds east of Greenwich: `+0530`.
fn zone_offset(word: &str) -> Option<i64> {
    let sign = match word.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = word
        .get(1..)
        .filter(|digits| digits.len() == 4 && is_number(digits))?;
    let number: i64 = digits.parse().ok()?;
    Some(sign * (number / 100 * 3600 + number % 100 * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<RawMessage> {
        Messages::new(text.as_bytes()).map(Result::unwrap).collect()
    }

    fn bodies(text: &str) -> Vec<String> {
        messages(text)
            .into_iter()
            .map(|message| String::from_utf8(message.bytes).unwrap())
            .collect()
    }

    const FROM: &str = "From ann@contoso.example Thu Aug 22 12:36:23 2002\n";

    #[test]
    fn separators_cut_and_belong_to_no_message() {
        let text = format!("{FROM}Subject: 1\n\none\n\n{FROM}Subject: 2\n\ntwo\n\n");
        assert_eq!(
            bodies(&text),
            ["Subject: 1\n\none\n", "Subject: 2\n\ntwo\n"]
        );
        assert_eq!(
            messages(&text)[0].delivered.unwrap().to_rfc3339(),
            "2002-08-22T12:36:23+00:00"
        );
    }

    #[test]
    fn one_quote_is_taken_from_quoted_lines() {
        let text = format!("{FROM}\n>From here\n>>From there\n> From far\n>Fro\n");
        assert_eq!(
            bodies(&text),
            ["\nFrom here\n>From there\n> From far\n>Fro\n"]
        );
    }

    #[test]
    fn a_sentence_that_begins_with_from_separates_nothing() {
        let text =
            format!("{FROM}\nHello,\nFrom Mon Jan 1 10:00 2001 on\n\nFrom Monday 10:00 on\n");
        assert_eq!(bodies(&text).len(), 1);
    }

    #[test]
    fn separators_have_many_forms() {
        let forms = [
            (
                "From x Thu Jan  1 00:00:00 1970",
                "1970-01-01T00:00:00+00:00",
            ),
            (
                "From 1@xxx Thu Jan 01 02:00:00 +0200 2015",
                "2015-01-01T00:00:00+00:00",
            ),
            ("From - Tue Oct 10 09:08 2023", "2023-10-10T09:08:00+00:00"),
            (
                "From a@[1] [ufa]  Sun Aug  5 09:51:15 2001",
                "2001-08-05T09:51:15+00:00",
            ),
        ];
        for (line, moment) in forms {
            let delivered = separator(line.as_bytes()).unwrap().unwrap();
            assert_eq!(delivered.to_rfc3339(), moment, "{line}");
        }
        let impossible = separator(b"From x Thu Feb 31 00:00:00 2002");
        assert_eq!(impossible, Some(None));
    }

    #[test]
    fn a_file_without_separator_is_one_message() {
        assert_eq!(bodies("\nSubject: x\n\nhello\n"), ["Subject: x\n\nhello\n"]);
        assert!(messages("").is_empty());
        assert!(messages("\n\n").is_empty());
    }

    #[test]
    fn what_is_written_is_read_again() {
        let written: Vec<RawMessage> = ["a: b\n\nFrom x\n>From y\n\n", "no end", "x\n\n\n"]
            .map(|text| RawMessage {
                delivered: DateTime::from_timestamp(1_000_000_000, 0),
                bytes: text.into(),
            })
            .into();
        let mut file = Vec::new();
        written
            .iter()
            .for_each(|message| message.write(&mut file).unwrap());
        let read: Vec<RawMessage> = Messages::new(file.as_slice()).map(Result::unwrap).collect();
        assert_eq!(read[0], written[0]);
        assert_eq!(read[1].bytes, b"no end\n");
        assert_eq!(read[2], written[2]);
    }

    #[test]
    fn lines_may_end_with_carriage_returns() {
        let text = format!("{FROM}Subject: 1\n\none\n\n{FROM}\n").replace('\n', "\r\n");
        assert_eq!(bodies(&text), ["Subject: 1\r\n\r\none\r\n", "\r\n"]);
    }
}
