//! Aggregates and window functions, each with an example over [`ROWS`].

/// A function over the rows of a group, a window or a whole result.
#[derive(Debug)]
pub struct Set {
    /// Lower case
    pub name: &'static str,
    pub example: &'static str,
    /// The example's value as text; of a window function the values of all rows, in the order of `n`.
    pub value: &'static str,
    /// A remark for users.
    pub note: &'static str,
    pub takes: Takes,
}

/// Clauses that a call may have besides its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Nothing,
    /// The order of the values.
    Order,
    /// The order that determines a position among the values; required.
    Place,
    /// IGNORE NULLS
    Nulls,
}

/// The table of the examples.
pub const ROWS: &str =
    "(VALUES (1, 'b', 'x'), (2, 'a', 'x'), (4, 'b', 'y'), (NULL, NULL, 'y')) AS t (n, s, g)";

const fn set(
    name: &'static str,
    example: &'static str,
    value: &'static str,
    note: &'static str,
) -> Set {
    Set {
        name,
        example,
        value,
        note,
        takes: Takes::Nothing,
    }
}

impl Set {
    const fn takes(mut self, takes: Takes) -> Self {
        self.takes = takes;
        self
    }

    const fn passes_over_nulls(mut self) -> Self {
        self.note = "`IGNORE NULLS` passes over nulls";
        self.takes(Takes::Nulls)
    }
}

#[rustfmt::skip]
pub const AGGREGATES: &[Set] = &[
    set("count", "COUNT(*)", "4", "rows; of a column the values that are not null"),
    set("sum", "SUM(n)", "7", ""),
    set("avg", "AVG(n)", "2.3333333333333335", "DOUBLE for whole numbers"),
    set("min", "MIN(s)", "a", ""),
    set("max", "MAX(n)", "4", ""),
    set("any_value", "ANY_VALUE(g)", "x", "one of the values, the least"),
    set("median", "MEDIAN(n)", "2", "as `PERCENTILE_CONT(0.5)`"),
    set("percentile_cont", "PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY n)", "1.5",
        "between two values where it must be; DOUBLE, of dates a TIMESTAMP").takes(Takes::Place),
    set("percentile_disc", "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY s DESC)", "b", "one of the values")
        .takes(Takes::Place),
    set("string_agg", "STRING_AGG(DISTINCT s, ', ' ORDER BY s)", "a, b",
        "the order also as `WITHIN GROUP (ORDER BY ...)`; LONGVARCHAR").takes(Takes::Order),
    set("bool_and", "BOOL_AND(n < 4)", "0", "of conditions"),
    set("every", "EVERY(n > 0)", "1", "as `BOOL_AND`"),
    set("bool_or", "BOOL_OR(n > 3)", "1", "of conditions"),
    set("stddev_samp", "ROUND(STDDEV_SAMP(n), 4)", "1.5275", ""),
    set("stddev", "ROUND(STDDEV(n), 4)", "1.5275", "as `STDDEV_SAMP`"),
    set("stdev", "ROUND(STDEV(n), 4)", "1.5275", "as `STDDEV_SAMP`"),
    set("stddev_pop", "ROUND(STDDEV_POP(n), 4)", "1.2472", ""),
    set("stdevp", "ROUND(STDEVP(n), 4)", "1.2472", "as `STDDEV_POP`"),
    set("var_samp", "ROUND(VAR_SAMP(n), 4)", "2.3333", ""),
    set("var", "ROUND(VAR(n), 4)", "2.3333", "as `VAR_SAMP`"),
    set("variance", "ROUND(VARIANCE(n), 4)", "2.3333", "as `VAR_SAMP`"),
    set("var_pop", "ROUND(VAR_POP(n), 4)", "1.5556", ""),
    set("varp", "ROUND(VARP(n), 4)", "1.5556", "as `VAR_POP`"),
    set("grouping", "GROUPING(s)", "1", "1 in rows of totals; with `ROLLUP`, `CUBE` and `GROUPING SETS`"),
];

#[rustfmt::skip]
pub const WINDOWS: &[Set] = &[
    set("row_number", "ROW_NUMBER() OVER (ORDER BY n)", "1, 2, 3, 4", ""),
    set("rank", "RANK() OVER (ORDER BY s)", "1, 3, 2, 3", ""),
    set("dense_rank", "DENSE_RANK() OVER (ORDER BY s)", "1, 3, 2, 3", ""),
    set("percent_rank", "ROUND(PERCENT_RANK() OVER (ORDER BY s), 2)", "0, 0.67, 0.33, 0.67", ""),
    set("cume_dist", "CUME_DIST() OVER (ORDER BY s)", "0.25, 1, 0.5, 1", ""),
    set("ntile", "NTILE(2) OVER (ORDER BY n)", "1, 1, 2, 2", ""),
    set("lag", "LAG(n, 1, 0) OVER (ORDER BY n)", "0, NULL, 1, 2", "").passes_over_nulls(),
    set("lead", "LEAD(n) OVER (ORDER BY n)", "1, 2, 4, NULL", "").passes_over_nulls(),
    set("first_value", "FIRST_VALUE(s) OVER (PARTITION BY g ORDER BY n)", "NULL, b, b, NULL", "").passes_over_nulls(),
    set("last_value", "LAST_VALUE(s) OVER (PARTITION BY g ORDER BY n)", "NULL, b, a, b", "").passes_over_nulls(),
    set("nth_value", "NTH_VALUE(s, 2) OVER (ORDER BY n)", "NULL, b, b, b", "").passes_over_nulls(),
];
