//! The clauses of queries.

use super::refusal::{refused, without};
use super::tables;
use crate::Error;
use datafusion::sql::sqlparser::ast::{
    Cte, Distinct, GroupByExpr, Ident, LimitClause, NamedWindowDefinition, NamedWindowExpr, Offset,
    OrderBy, OrderByExpr, OrderByKind, OrderByOptions, Query, Select, SelectFlavor, SelectItem,
    SelectItemQualifiedWildcardKind, SetExpr, SetQuantifier, Spanned, Values,
    WildcardAdditionalOptions, WindowFrame, WindowFrameUnits, WindowSpec, With,
};
use datafusion::sql::sqlparser::tokenizer::Span;

const LIST_COLUMNS: &str = "list the columns that you want";
const FIRST_OF_EACH: &str =
    "number the rows of each group: QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) = 1";
const ORDER_BY: &str = "write ORDER BY";
const ALL_VALUES: &str = "join a table of all values";

pub fn query(query: &Query) -> Result<(), Error> {
    let Query {
        with,
        body,
        order_by,
        limit_clause,
        // `limits` gives the reasons for refusing WITH TIES and PERCENT, locks and FOR.
        fetch: _,
        locks: _,
        for_clause: _,
        settings,
        format_clause,
        pipe_operators,
    } = query;
    let span = || query.span();
    if let Some(with) = with {
        self::with(with)?;
    }
    set(body)?;
    if let Some(order_by) = order_by {
        self::order_by(order_by)?;
    }
    if let Some(limit) = limit_clause {
        self::limit(limit)?;
    }
    let connection = "settings are keys of the connection string";
    without(settings.is_some(), span, "SETTINGS", connection)?;
    let plain = "leave it out, results have one format";
    without(format_clause.is_some(), span, "FORMAT after a query", plain)?;
    let clauses = "write the clauses of SELECT";
    without(!pipe_operators.is_empty(), span, "|>", clauses)
}

fn with(with: &With) -> Result<(), Error> {
    let With {
        with_token: _,
        recursive: _,
        cte_tables,
    } = with;
    for cte in cte_tables {
        let Cte {
            alias,
            query: _,
            from,
            materialized,
            closing_paren_token: _,
        } = cte;
        let span = || alias.name.span;
        tables::alias(alias)?;
        without(from.is_some(), span, "FROM after WITH", "leave it out")?;
        without(materialized.is_some(), span, "MATERIALIZED", "leave it out")?;
    }
    Ok(())
}

fn set(body: &SetExpr) -> Result<(), Error> {
    match body {
        SetExpr::SetOperation {
            op,
            set_quantifier,
            left,
            right,
        } => {
            match set_quantifier {
                SetQuantifier::All | SetQuantifier::Distinct | SetQuantifier::None => {}
                SetQuantifier::ByName
                | SetQuantifier::AllByName
                | SetQuantifier::DistinctByName => {
                    let what = format!("{op} BY NAME");
                    let instead = "list the columns of both queries in the same order";
                    return Err(refused(right.span(), &what, instead));
                }
            }
            set(left)?;
            set(right)
        }
        SetExpr::Values(Values {
            explicit_row,
            value_keyword,
            rows: _,
        }) => {
            let span = || body.span();
            let instead = "write VALUES (1, 'a'), (2, 'b')";
            without(*explicit_row, span, "ROW in VALUES", instead)?;
            without(*value_keyword, span, "VALUE", instead)
        }
        SetExpr::Table(_) => Err(refused(
            body.span(),
            "TABLE as a query",
            "write SELECT * FROM the table",
        )),
        SetExpr::Select(_) | SetExpr::Query(_) => Ok(()),
        // `limits` says that tables are read only.
        SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) => Ok(()),
    }
}

fn order_by(order_by: &OrderBy) -> Result<(), Error> {
    let OrderBy { kind, interpolate } = order_by;
    let span = || order_by.span();
    without(interpolate.is_some(), span, "INTERPOLATE", ALL_VALUES)?;
    match kind {
        OrderByKind::All(_) => Err(refused(span(), "ORDER BY ALL", "name the columns")),
        OrderByKind::Expressions(keys) => keys.iter().try_for_each(key),
    }
}

/// One term of an ORDER BY.
pub fn key(key: &OrderByExpr) -> Result<(), Error> {
    let OrderByExpr {
        expr: _,
        options,
        with_fill,
    } = key;
    let OrderByOptions {
        asc: _,
        nulls_first: _,
    } = options;
    without(with_fill.is_some(), || key.span(), "WITH FILL", ALL_VALUES)
}

fn limit(limit: &LimitClause) -> Result<(), Error> {
    match limit {
        LimitClause::LimitOffset {
            limit: _,
            offset,
            limit_by,
        } => {
            if let Some(Offset { value: _, rows: _ }) = offset {}
            without(
                !limit_by.is_empty(),
                || limit.span(),
                "LIMIT BY",
                FIRST_OF_EACH,
            )
        }
        LimitClause::OffsetCommaLimit {
            offset: _,
            limit: _,
        } => Ok(()),
    }
}

pub fn select(select: &Select) -> Result<(), Error> {
    let Select {
        select_token,
        // Comments.
        optimizer_hints: _,
        distinct,
        select_modifiers,
        // `limits` gives the reasons for refusing WITH TIES and PERCENT, and INTO inside a query.
        top: _,
        top_before_distinct: _,
        into: _,
        projection,
        exclude,
        from,
        lateral_views,
        prewhere,
        selection: _,
        connect_by,
        group_by,
        cluster_by,
        distribute_by,
        sort_by,
        having: _,
        named_window,
        qualify: _,
        window_before_qualify: _,
        value_table_mode,
        flavor,
    } = select;
    let span = select_token.0.span;
    let refuse =
        |is_there: bool, what: &str, instead: &str| without(is_there, || span, what, instead);
    match distinct {
        None | Some(Distinct::All | Distinct::Distinct) => {}
        Some(Distinct::On(_)) => return Err(refused(span, "DISTINCT ON", FIRST_OF_EACH)),
    }
    let words = "write SELECT, perhaps with DISTINCT or TOP";
    refuse(
        select_modifiers.is_some(),
        "a word of MySQL after SELECT",
        words,
    )?;
    refuse(exclude.is_some(), "EXCLUDE", LIST_COLUMNS)?;
    refuse(!lateral_views.is_empty(), "LATERAL VIEW", "join a table")?;
    refuse(prewhere.is_some(), "PREWHERE", "write WHERE")?;
    refuse(
        !connect_by.is_empty(),
        "CONNECT BY",
        "write WITH RECURSIVE, or use the column path of folders",
    )?;
    refuse(!cluster_by.is_empty(), "CLUSTER BY", ORDER_BY)?;
    refuse(!distribute_by.is_empty(), "DISTRIBUTE BY", ORDER_BY)?;
    refuse(!sort_by.is_empty(), "SORT BY", ORDER_BY)?;
    refuse(
        value_table_mode.is_some(),
        "SELECT AS STRUCT or VALUE",
        LIST_COLUMNS,
    )?;
    match flavor {
        SelectFlavor::Standard => {}
        SelectFlavor::FromFirst | SelectFlavor::FromFirstNoSelect => {
            return Err(refused(span, "FROM before SELECT", "write SELECT first"));
        }
    }
    projection.iter().try_for_each(item)?;
    from.iter().try_for_each(tables::with_joins)?;
    grouping(group_by, span)?;
    named_window.iter().try_for_each(window_definition)
}

fn item(item: &SelectItem) -> Result<(), Error> {
    match item {
        SelectItem::UnnamedExpr(_) | SelectItem::ExprWithAlias { expr: _, alias: _ } => Ok(()),
        SelectItem::ExprWithAliases { expr, aliases: _ } => Err(refused(
            expr.span(),
            "an expression with several names",
            "give each expression one name",
        )),
        SelectItem::QualifiedWildcard(kind, options) => match kind {
            SelectItemQualifiedWildcardKind::ObjectName(_) => wildcard(options),
            SelectItemQualifiedWildcardKind::Expr(expr) => Err(refused(
                expr.span(),
                "a star after an expression",
                LIST_COLUMNS,
            )),
        },
        SelectItem::Wildcard(options) => wildcard(options),
    }
}

/// A plain star.
fn wildcard(options: &WildcardAdditionalOptions) -> Result<(), Error> {
    let WildcardAdditionalOptions {
        wildcard_token: _,
        opt_ilike,
        opt_exclude,
        opt_except,
        opt_replace,
        opt_rename,
        opt_alias,
    } = options;
    let is_more = opt_ilike.is_some()
        || opt_exclude.is_some()
        || opt_except.is_some()
        || opt_replace.is_some()
        || opt_rename.is_some()
        || opt_alias.is_some();
    without(
        is_more,
        || options.span(),
        "a star with ILIKE, EXCLUDE, EXCEPT, REPLACE, RENAME or AS",
        LIST_COLUMNS,
    )
}

fn grouping(group_by: &GroupByExpr, span: Span) -> Result<(), Error> {
    let (GroupByExpr::All(modifiers) | GroupByExpr::Expressions(_, modifiers)) = group_by;
    without(
        !modifiers.is_empty(),
        || span,
        "WITH ROLLUP, CUBE or TOTALS",
        "write GROUP BY ROLLUP (a, b), CUBE (a, b) or GROUPING SETS ((a, b), (a), ())",
    )
}

fn window_definition(definition: &NamedWindowDefinition) -> Result<(), Error> {
    let NamedWindowDefinition(_, window) = definition;
    match window {
        NamedWindowExpr::NamedWindow(Ident {
            value: _,
            quote_style: _,
            span,
        }) => Err(refused(
            *span,
            "a window defined as another one",
            "write its PARTITION BY and ORDER BY in parentheses",
        )),
        NamedWindowExpr::WindowSpec(window) => self::window(window),
    }
}

/// The parentheses after OVER.
pub fn window(window: &WindowSpec) -> Result<(), Error> {
    let WindowSpec {
        window_name,
        partition_by: _,
        order_by,
        window_frame,
    } = window;
    if let Some(name) = window_name {
        let instead = "write OVER w, or PARTITION BY and ORDER BY in the parentheses";
        return Err(refused(name.span, "a window made of another one", instead));
    }
    if let Some(frame) = window_frame {
        let WindowFrame {
            units: WindowFrameUnits::Rows | WindowFrameUnits::Range | WindowFrameUnits::Groups,
            start_bound: _,
            end_bound: _,
        } = frame;
    }
    order_by.iter().try_for_each(key)
}
