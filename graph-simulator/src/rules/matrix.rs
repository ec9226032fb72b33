//! The directory's matrix of what can be filtered.

use crate::refusal::Refusal;

/// Facts of a request that determine the allowed filters.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query {
    /// `ConsistencyLevel: eventual` together with `$count=true` (docs/graph.md#advanced-queries).
    pub advanced: bool,
}

/// The operators of each property.
#[derive(Debug)]
pub struct Matrix {
    /// The name of the resource in complaints.
    pub resource: &'static str,
    /// For each property: eq ne not ge le in startswith `eq null`. D works in a plain query, A only in an advanced
    /// one (`ConsistencyLevel: eventual` and `$count=true`), - not at all (docs/graph.md#directory-filter).
    pub rows: &'static [(&'static str, &'static str)],
    /// Properties that take `endswith`, in advanced queries.
    pub ends_with: &'static [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Support {
    Plain,
    Advanced,
    Never,
}

impl Matrix {
    /// Whether the directory accepts this operator for this property.
    pub fn check(&self, path: &str, operator: &str, query: Query) -> Result<(), Refusal> {
        let property = path.split('/').next().unwrap_or_default();
        if operator == "contains" {
            return Err(Refusal::unsupported_query(
                "Unsupported property filter clause operator 'Contains'.",
            ));
        }
        match self.support(property, operator) {
            Support::Plain => Ok(()),
            Support::Advanced if query.advanced => Ok(()),
            _ => Err(Refusal::unsupported_query(format!(
                "Unsupported or invalid query filter clause specified for property '{property}' of resource '{}'.",
                self.resource
            ))),
        }
    }

    fn support(&self, property: &str, operator: &str) -> Support {
        let Some((_, row)) = self.rows.iter().find(|(name, _)| *name == property) else {
            return Support::Never;
        };
        let column = |index: usize| match row.as_bytes()[index] {
            b'D' => Support::Plain,
            b'A' => Support::Advanced,
            _ => Support::Never,
        };
        // The page with the matrix says that properties with eq support ne and not in advanced queries,
        // so blanks in these columns are gaps.
        let negation = |index: usize| match (column(index), column(0)) {
            (Support::Never, Support::Plain | Support::Advanced) => Support::Advanced,
            (known, _) => known,
        };
        match operator {
            "eq" => column(0),
            "ne" | "ne null" => negation(1),
            "not" => negation(2),
            "ge" => column(3),
            "le" => column(4),
            "in" => column(5),
            "startswith" => column(6),
            "eq null" => column(7),
            "endswith" if self.ends_with.contains(&property) => Support::Advanced,
            "count" => Support::Advanced,
            _ => Support::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::directory_filters::{GROUPS, ORG_CONTACTS, USERS};
    use super::*;

    const PLAIN: Query = Query { advanced: false };
    const ADVANCED: Query = Query { advanced: true };

    fn accepted(property: &str, operator: &str, query: Query) -> bool {
        USERS.check(property, operator, query).is_ok()
    }

    #[test]
    fn every_row_of_the_matrix_is_whole() {
        let matrices = [&USERS, &GROUPS, &ORG_CONTACTS];
        for (name, row) in matrices.iter().flat_map(|matrix| matrix.rows) {
            assert_eq!(row.len(), 8, "{name}");
            assert!(row.bytes().all(|mark| b"DA-".contains(&mark)), "{name}");
        }
    }

    #[test]
    fn advanced_operators_need_an_advanced_query() {
        for (property, operator) in [
            ("mail", "ne"),
            ("mail", "endswith"),
            ("companyName", "eq"),
            ("givenName", "not"),
            ("mail", "ne null"),
        ] {
            assert!(
                !accepted(property, operator, PLAIN),
                "{property} {operator}"
            );
            assert!(
                accepted(property, operator, ADVANCED),
                "{property} {operator}"
            );
        }
    }

    #[test]
    fn what_the_directory_never_offers_is_refused() {
        for (property, operator) in [
            ("mail", "gt"),
            ("mail", "lt"),
            ("mail", "contains"),
            ("displayName", "endswith"),
            ("faxNumber", "eq"),
            ("employeeId", "in"),
        ] {
            assert!(
                !accepted(property, operator, ADVANCED),
                "{property} {operator}"
            );
        }
        assert!(accepted("mail", "startswith", PLAIN));
        assert!(accepted("assignedLicenses/any/skuId", "eq", PLAIN));
    }
}
