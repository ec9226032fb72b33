//! Words, and the sentences, subjects and file names made of them.

use fastrand::Rng;

const WORDS: &[&str] = &[
    "account",
    "agenda",
    "agreement",
    "annual",
    "answer",
    "approval",
    "architecture",
    "archive",
    "available",
    "balance",
    "board",
    "branch",
    "budget",
    "build",
    "candidate",
    "change",
    "client",
    "comment",
    "committee",
    "complete",
    "conference",
    "contract",
    "cost",
    "customer",
    "date",
    "deadline",
    "decision",
    "delivery",
    "department",
    "design",
    "detail",
    "document",
    "draft",
    "early",
    "engine",
    "error",
    "estimate",
    "feature",
    "figure",
    "final",
    "follow",
    "forecast",
    "general",
    "growth",
    "history",
    "idea",
    "important",
    "improve",
    "index",
    "interest",
    "invoice",
    "issue",
    "item",
    "journey",
    "launch",
    "legal",
    "letter",
    "licence",
    "market",
    "meeting",
    "memo",
    "migration",
    "minutes",
    "model",
    "monthly",
    "network",
    "notice",
    "number",
    "offer",
    "office",
    "option",
    "order",
    "overview",
    "paper",
    "partner",
    "payment",
    "people",
    "plan",
    "policy",
    "price",
    "process",
    "product",
    "project",
    "proposal",
    "quality",
    "quarter",
    "question",
    "quick",
    "quote",
    "release",
    "report",
    "request",
    "research",
    "result",
    "review",
    "roadmap",
    "sales",
    "sample",
    "schedule",
    "security",
    "server",
    "service",
    "short",
    "status",
    "strategy",
    "summary",
    "supplier",
    "support",
    "survey",
    "system",
    "target",
    "team",
    "test",
    "ticket",
    "training",
    "travel",
    "update",
    "vendor",
    "version",
    "visit",
    "week",
    "workshop",
    "yearly",
];

const LITTLE_WORDS: &[&str] = &[
    "the", "a", "our", "your", "and", "of", "for", "with", "in", "on", "to", "is", "we", "by",
    "from", "this", "that", "has",
];

const SUBJECTS: &[&str] = &[
    "{} {} for {}",
    "Question about the {} {}",
    "{} {}: {}",
    "Minutes of the {} {}",
    "Your {} {}",
    "New {} in {}",
    "Reminder: {} {}",
    "{} {}",
    "Please review: {} {}",
    "Invoice {} for {}",
    "[{}] {} {}",
    "Weekly {} of {}",
];

const CATEGORIES: &[&str] = &[
    "Red category",
    "Blue category",
    "Customers",
    "Travel",
    "Projects",
    "Waiting for answer",
];

/// Text to cut bodies from: long enough that they differ, made once.
pub struct Prose {
    text: String,
    /// The beginnings of its sentences.
    starts: Vec<usize>,
}

impl Prose {
    const LENGTH: usize = 1 << 16;

    pub fn new(random: &mut Rng) -> Self {
        let mut prose = Self {
            text: String::with_capacity(Self::LENGTH + 200),
            starts: Vec::new(),
        };
        while prose.text.len() < Self::LENGTH {
            prose.starts.push(prose.text.len());
            prose.text.push_str(&sentence(random));
            prose.text.push(' ');
        }
        prose
    }

    /// Whole sentences of about this length in bytes, in paragraphs.
    pub fn paragraphs(&self, random: &mut Rng, length: usize) -> Vec<&str> {
        let mut paragraphs = Vec::new();
        let mut missing = length;
        while missing > 0 {
            let paragraph = self.paragraph(random, missing.min(400));
            missing = missing.saturating_sub(paragraph.len().max(1));
            paragraphs.push(paragraph);
        }
        paragraphs
    }

    fn paragraph(&self, random: &mut Rng, length: usize) -> &str {
        let first = random.usize(..self.starts.len());
        let start = self.starts[first];
        let end = self.starts[first..]
            .iter()
            .find(|end| **end >= start + length);
        let end = end.copied().unwrap_or(self.text.len());
        self.text[start..end].trim_end()
    }
}

pub fn word(random: &mut Rng) -> &'static str {
    WORDS[random.usize(..WORDS.len())]
}

fn sentence(random: &mut Rng) -> String {
    let mut sentence = capitalised(word(random));
    for _ in 0..random.usize(3..14) {
        sentence.push(' ');
        sentence.push_str(match random.u8(..3) {
            0 => LITTLE_WORDS[random.usize(..LITTLE_WORDS.len())],
            _ => word(random),
        });
    }
    sentence.push_str(if random.u8(..8) == 0 { "?" } else { "." });
    sentence
}

/// A subject or a title.
pub fn subject(random: &mut Rng) -> String {
    let mut subject = String::new();
    for (number, part) in SUBJECTS[random.usize(..SUBJECTS.len())]
        .split("{}")
        .enumerate()
    {
        if number > 0 {
            subject.push_str(word(random));
        }
        subject.push_str(part);
    }
    capitalised(&subject)
}

pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The categories of an item: most have none.
pub fn categories(random: &mut Rng) -> Vec<String> {
    let count = [0, 0, 0, 0, 0, 0, 1, 1, 2][random.usize(..9)];
    let start = random.usize(..CATEGORIES.len());
    let names = CATEGORIES.iter().cycle().skip(start).take(count);
    names.map(|name| (*name).to_owned()).collect()
}

/// A file: its name, its MIME type and its first bytes.
pub fn file(random: &mut Rng) -> (String, &'static str, &'static [u8]) {
    const KINDS: &[(&str, &str, &[u8])] = &[
        ("pdf", "application/pdf", b"%PDF-1.7\n"),
        (
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            b"PK\x03\x04",
        ),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK\x03\x04",
        ),
        ("png", "image/png", b"\x89PNG\r\n\x1a\n"),
        ("jpg", "image/jpeg", b"\xff\xd8\xff\xe0"),
        ("txt", "text/plain", b""),
        ("csv", "text/csv", b"date;amount\r\n"),
    ];
    let (extension, content_type, start) = KINDS[random.usize(..KINDS.len())];
    let name = format!("{} {}.{extension}", capitalised(word(random)), word(random));
    (name, content_type, start)
}
