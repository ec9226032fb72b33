//! The FROM clause.

use super::refusal::{message, refused, without};
use crate::Error;
use datafusion::sql::sqlparser::ast::{
    Expr, Join, JoinConstraint, JoinOperator, Spanned, TableAlias, TableAliasColumnDef,
    TableFactor, TableWithJoins,
};

const SAMPLE: &str = "write ORDER BY RAND() with TOP n";
const SEMI: &str = "write WHERE EXISTS (SELECT ...) or WHERE NOT EXISTS (SELECT ...)";
const APPLY: &str = "select the values one by one as (SELECT ...), or join a derived table with ON";
const SERIES: &str = "name a table; a series of numbers comes from WITH RECURSIVE";
const NO_LISTS: &str = "no column holds arrays; JSON_VALUE reads values out of JSON";

/// Hints about locks, which have no effect here.
const LOCKS: &[&str] = &[
    "holdlock",
    "nolock",
    "nowait",
    "paglock",
    "readcommitted",
    "readcommittedlock",
    "readpast",
    "readuncommitted",
    "repeatableread",
    "rowlock",
    "serializable",
    "snapshot",
    "tablock",
    "tablockx",
    "updlock",
    "xlock",
];

pub fn with_joins(tables: &TableWithJoins) -> Result<(), Error> {
    // The visitor visits the tables.
    let TableWithJoins { relation: _, joins } = tables;
    joins.iter().try_for_each(join)
}

fn join(join: &Join) -> Result<(), Error> {
    let Join {
        relation,
        global,
        join_operator,
    } = join;
    let span = || relation.span();
    without(*global, span, "GLOBAL JOIN", "write JOIN")?;
    match join_operator {
        JoinOperator::Join(constraint)
        | JoinOperator::Inner(constraint)
        | JoinOperator::Left(constraint)
        | JoinOperator::LeftOuter(constraint)
        | JoinOperator::Right(constraint)
        | JoinOperator::RightOuter(constraint)
        | JoinOperator::FullOuter(constraint) => match constraint {
            JoinConstraint::On(_) | JoinConstraint::Using(_) | JoinConstraint::Natural => Ok(()),
            JoinConstraint::None => Err(message(
                span(),
                "a JOIN has neither ON nor USING; write CROSS JOIN to combine all rows",
            )),
        },
        JoinOperator::CrossJoin(constraint) => match constraint {
            JoinConstraint::None => Ok(()),
            JoinConstraint::On(_) | JoinConstraint::Using(_) | JoinConstraint::Natural => Err(
                refused(span(), "CROSS JOIN with a condition", "write INNER JOIN"),
            ),
        },
        JoinOperator::Semi(_)
        | JoinOperator::LeftSemi(_)
        | JoinOperator::RightSemi(_)
        | JoinOperator::Anti(_)
        | JoinOperator::LeftAnti(_)
        | JoinOperator::RightAnti(_) => Err(refused(span(), "SEMI or ANTI JOIN", SEMI)),
        JoinOperator::CrossApply | JoinOperator::OuterApply => Err(refused(span(), "APPLY", APPLY)),
        JoinOperator::AsOf {
            match_condition: _,
            constraint: _,
        } => Err(refused(
            span(),
            "ASOF JOIN",
            "write a join, and QUALIFY ROW_NUMBER() OVER (...) = 1",
        )),
        JoinOperator::StraightJoin(_) => Err(refused(span(), "STRAIGHT_JOIN", "write INNER JOIN")),
        JoinOperator::ArrayJoin | JoinOperator::LeftArrayJoin | JoinOperator::InnerArrayJoin => {
            Err(refused(span(), "ARRAY JOIN", NO_LISTS))
        }
    }
}

pub fn factor(factor: &TableFactor) -> Result<(), Error> {
    let span = || factor.span();
    let refuse = |what: &str, instead: &str| Err(refused(span(), what, instead));
    match factor {
        TableFactor::Table {
            name: _,
            alias,
            args,
            with_hints,
            version,
            with_ordinality,
            partitions,
            json_path,
            sample,
            index_hints,
        } => {
            optional_alias(alias.as_ref())?;
            without(
                args.is_some(),
                span,
                "a function that gives a table",
                SERIES,
            )?;
            if let Some(hint) = with_hints.iter().find(|hint| !is_lock(hint)) {
                let instead = "leave WITH (...) out; only hints about locks are known";
                return Err(refused(hint.span(), "a hint for a table", instead));
            }
            let now = "leave it out; Exchange keeps no earlier versions of rows";
            without(version.is_some(), span, "a version of a table", now)?;
            without(*with_ordinality, span, "WITH ORDINALITY", "use ROW_NUMBER")?;
            without(
                !partitions.is_empty(),
                span,
                "PARTITION of a table",
                "write WHERE",
            )?;
            without(
                json_path.is_some(),
                span,
                "a path after a table",
                "use JSON_VALUE",
            )?;
            without(sample.is_some(), span, "TABLESAMPLE", SAMPLE)?;
            without(
                !index_hints.is_empty(),
                span,
                "a hint about indexes",
                "leave it out",
            )
        }
        TableFactor::Derived {
            lateral,
            subquery: _,
            alias,
            sample,
        } => {
            optional_alias(alias.as_ref())?;
            without(*lateral, span, "LATERAL", APPLY)?;
            without(sample.is_some(), span, "TABLESAMPLE", SAMPLE)
        }
        TableFactor::NestedJoin {
            table_with_joins,
            alias,
        } => {
            optional_alias(alias.as_ref())?;
            with_joins(table_with_joins)
        }
        TableFactor::TableFunction { .. } | TableFactor::Function { .. } => {
            refuse("a function that gives a table", SERIES)
        }
        TableFactor::UNNEST { .. } => refuse("UNNEST", NO_LISTS),
        TableFactor::JsonTable { .. } | TableFactor::OpenJsonTable { .. } => refuse(
            "JSON_TABLE or OPENJSON",
            "read values with JSON_VALUE(column, '$[0].name')",
        ),
        TableFactor::Pivot { .. } => refuse(
            "PIVOT",
            "write SUM(CASE WHEN kind = 'a' THEN 1 END) for each column, and GROUP BY",
        ),
        TableFactor::Unpivot { .. } => refuse("UNPIVOT", "join the columns with UNION ALL"),
        TableFactor::MatchRecognize { .. } => {
            refuse("MATCH_RECOGNIZE", "compare rows with LAG and LEAD")
        }
        TableFactor::XmlTable { .. } => refuse("XMLTABLE", "no column holds XML"),
        TableFactor::SemanticView { .. } => refuse("SEMANTIC_VIEW", "name a table"),
    }
}

fn is_lock(hint: &Expr) -> bool {
    match hint {
        Expr::Identifier(name) => LOCKS.contains(&name.value.as_str()),
        _ => false,
    }
}

fn optional_alias(alias: Option<&TableAlias>) -> Result<(), Error> {
    alias.map_or(Ok(()), self::alias)
}

pub fn alias(alias: &TableAlias) -> Result<(), Error> {
    let TableAlias {
        explicit: _,
        name,
        columns,
        at,
    } = alias;
    without(
        at.is_some(),
        || name.span,
        "AT after a name",
        "leave it out",
    )?;
    columns.iter().try_for_each(|column| {
        let TableAliasColumnDef { name, data_type } = column;
        let instead = "give the name only, and convert with CAST";
        without(
            data_type.is_some(),
            || name.span,
            "a type in a list of names",
            instead,
        )
    })
}
