//! Errors in a search.

/// Messages never quote the searched text, which may come from mail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error(
        "{function} is only allowed in WHERE, alone or joined to other conditions by AND, because Microsoft \
         Graph's index answers it; not under OR or NOT, in the select list, in ON or in HAVING"
    )]
    Misplaced { function: &'static str },
    #[error(
        "{function} finds no table to search: only Messages and Users have an index, and it has to be in \
         the WHERE of the SELECT that reads one of them, not outside a LIMIT, DISTINCT, GROUP BY or UNION \
         or on the optional side of an outer join; search in a subquery there"
    )]
    NoTable { function: &'static str },
    #[error(
        "{function} could mean more than one table; write the one to search before the text, as in \
         {function}(Messages.*, 'text')"
    )]
    Ambiguous { function: &'static str },
    #[error(
        "CONTAINS searches columns of one table, * or Table.*; compare other texts with LIKE '%text%'"
    )]
    NoColumn,
    #[error("Microsoft Graph has no index of {table}.{column}; CONTAINS takes {known} and *")]
    NotIndexed {
        table: &'static str,
        column: &'static str,
        known: String,
    },
    #[error("the SELECT does not read the table {0}")]
    UnknownTable(String),
    #[error("{function} takes the text to search for, and before it {what}")]
    Arguments {
        function: &'static str,
        what: &'static str,
    },
    #[error(
        "the text of {function} has to be a literal, a parameter or an expression of them, and not depend on rows"
    )]
    NotConstant { function: &'static str },
    #[error("the text of a search has no word")]
    NoWord,
    #[error("the text of a search is longer than {0} characters")]
    TooLong(usize),
    #[error("the text of a search has too many nested parentheses")]
    TooDeep,
    #[error("the text of a search has an unmatched double quote or parenthesis")]
    Unbalanced,
    #[error(
        "the text of CONTAINS has words side by side: write \"two words\" in double quotes for a phrase, or \
         AND, OR or AND NOT between them"
    )]
    SideBySide,
    #[error("the text of CONTAINS is incomplete: an operand or a parenthesis is missing")]
    Incomplete,
    #[error(
        "{0} in the text of CONTAINS is not supported; use words, phrases, AND, OR and AND NOT"
    )]
    Operator(&'static str),
    #[error(
        "the directory is searched with clauses property:text, several of them in double quotes with AND, OR \
         and parentheses between: '\"displayName:ann\" OR \"mail:ann\"'"
    )]
    NoClause,
    #[error(
        "the directory does not search Users by {0}; it searches the texts that docs/tables.md shows with LIKE 'x%'"
    )]
    Property(String),
    #[error("the directory cannot exclude words: AND NOT is for Messages only")]
    Negated,
}

impl Error {
    /// It is valid SQL, but not supported.
    pub fn is_unsupported(&self) -> bool {
        matches!(
            self,
            Self::Misplaced { .. }
                | Self::NoTable { .. }
                | Self::NotIndexed { .. }
                | Self::Operator(_)
                | Self::Negated
        )
    }
}
