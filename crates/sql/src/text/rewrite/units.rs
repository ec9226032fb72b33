//! Interval units of date functions: the bare words and abbreviations of ODBC, T-SQL, MySQL and
//! Access become texts for the functions.

use datafusion::sql::sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, ObjectNamePart, Value,
    ValueWithSpan,
};

/// Functions whose first argument is a unit, and how many arguments they have.
const FUNCTIONS: &[(&str, usize)] = &[
    ("timestampadd", 3),
    ("timestampdiff", 3),
    ("dateadd", 3),
    ("datediff", 3),
    ("datediff_big", 3),
    ("datepart", 2),
    ("datename", 2),
    ("datetrunc", 2),
    ("date_trunc", 2),
];

/// Units, and their other names.
const UNITS: &[(&str, &[&str])] = &[
    ("year", &["sql_tsi_year", "yy", "yyyy"]),
    ("quarter", &["sql_tsi_quarter", "qq", "q"]),
    ("month", &["sql_tsi_month", "mm", "m"]),
    ("week", &["sql_tsi_week", "wk", "ww"]),
    ("day", &["sql_tsi_day", "dd", "d"]),
    ("hour", &["sql_tsi_hour", "hh", "h"]),
    ("minute", &["sql_tsi_minute", "mi", "n"]),
    ("second", &["sql_tsi_second", "ss", "s"]),
    ("frac_second", &["sql_tsi_frac_second"]),
    ("millisecond", &["ms"]),
    ("microsecond", &["mcs"]),
    ("nanosecond", &["ns"]),
    ("dayofyear", &["dy", "y"]),
    ("weekday", &["dw", "w"]),
    ("iso_week", &["isowk", "isoww"]),
];

pub fn rewrite(function: &mut Function) {
    let [ObjectNamePart::Identifier(name)] = function.name.0.as_slice() else {
        return;
    };
    let FunctionArguments::List(list) = &mut function.args else {
        return;
    };
    if !FUNCTIONS.contains(&(name.value.as_str(), list.args.len())) {
        return;
    }
    let Some(FunctionArg::Unnamed(FunctionArgExpr::Expr(first))) = list.args.first_mut() else {
        return;
    };
    let written = match first {
        Expr::Identifier(ident) if ident.quote_style.is_none() => ident.value.clone(),
        Expr::Value(ValueWithSpan {
            value: Value::SingleQuotedString(text),
            ..
        }) => text.to_lowercase(),
        _ => return,
    };
    if let Some(unit) = unit(&written) {
        *first = Expr::Value(Value::SingleQuotedString(unit.to_owned()).with_empty_span());
    }
}

fn unit(written: &str) -> Option<&'static str> {
    UNITS
        .iter()
        .find(|(unit, others)| *unit == written || others.contains(&written))
        .map(|(unit, _)| *unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_units() {
        let mut names: Vec<_> = UNITS
            .iter()
            .flat_map(|(unit, others)| others.iter().chain([unit]))
            .collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
