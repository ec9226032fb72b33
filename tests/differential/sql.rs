//! A statement in two dialects: the driver's and the reference's.

use driver_harness::client::Parameter;

/// A piece of SQL, or a whole statement.
#[derive(Clone, Debug, Default)]
pub struct Sql {
    pub driver: String,
    pub reference: String,
    /// Values of the `?` markers in `driver`, in order. The reference has them written out.
    pub parameters: Vec<Parameter>,
}

impl Sql {
    /// The same text in both dialects.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            driver: text.clone(),
            reference: text,
            parameters: Vec::new(),
        }
    }

    pub fn new(driver: impl Into<String>, reference: impl Into<String>) -> Self {
        Self {
            driver: driver.into(),
            reference: reference.into(),
            parameters: Vec::new(),
        }
    }

    /// The same piece inside of other text, which differs.
    pub fn around(&self, driver: (&str, &str), reference: (&str, &str)) -> Self {
        Self {
            driver: format!("{}{}{}", driver.0, self.driver, driver.1),
            reference: format!("{}{}{}", reference.0, self.reference, reference.1),
            parameters: self.parameters.clone(),
        }
    }

    /// The pieces with `separator` between them.
    pub fn join(pieces: impl IntoIterator<Item = Sql>, separator: &str) -> Self {
        let mut joined = Self::default();
        for (index, piece) in pieces.into_iter().enumerate() {
            if index > 0 {
                joined.driver.push_str(separator);
                joined.reference.push_str(separator);
            }
            joined.driver.push_str(&piece.driver);
            joined.reference.push_str(&piece.reference);
            joined.parameters.extend(piece.parameters);
        }
        joined
    }
}

/// `sql!("{} AND {}", left, right)`: inserts pieces into a text, in both dialects. Pieces occur in
/// the text in their order, and so do the parameters.
macro_rules! sql {
    ($format:literal $(, $piece:expr)* $(,)?) => {{
        let pieces: &[&$crate::sql::Sql] = &[$(&$piece),*];
        $crate::sql::fill($format, pieces)
    }};
}
pub(crate) use sql;

/// Replaces each `{}` by the next piece. `{{` and `}}` are braces.
pub fn fill(format: &str, pieces: &[&Sql]) -> Sql {
    let mut filled = Sql::default();
    let mut pieces = pieces.iter();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        filled.push(&rest[..at]);
        match &rest[at..at + 2] {
            "{}" => {
                let piece = pieces.next().expect("a piece for every {}");
                filled = Sql::join([filled, (*piece).clone()], "");
            }
            doubled => filled.push(&doubled[..1]),
        }
        rest = &rest[at + 2..];
    }
    filled.push(rest);
    assert!(
        pieces.next().is_none(),
        "a {{}} for every piece in {format}"
    );
    filled
}

impl Sql {
    fn push(&mut self, text: &str) {
        self.driver.push_str(text);
        self.reference.push_str(text);
    }
}

/// A text as a literal.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
