//! Statements in the style of the applications that write them; the engine plans each.

use super::engine::{context, run};
use super::one;

/// Without parameters, and with functions that the engine has.
const PLANNED: &[&str] = &[
    // Microsoft Query
    "SELECT Messages.id, Messages.subject\r\nFROM Messages Messages\r\nWHERE (Messages.receivedDateTime>={ts '2026-01-01 00:00:00'})\r\nORDER BY Messages.subject",
    "SELECT Messages.id, Users.displayName FROM {oj Messages Messages LEFT OUTER JOIN Users Users ON Messages.from_emailAddress_address = Users.mail}",
    "SELECT `Messages`.`id` FROM `Messages` `Messages`",
    "SELECT Count(*) AS 'Count of id' FROM Messages Messages GROUP BY Messages.subject HAVING (Count(*)>1)",
    // Power Query
    "select \"_\".\"id\", \"_\".\"subject\" from \"Messages\" \"_\" where \"_\".\"isRead\" = 1 and \"_\".\"isRead\" is not null",
    "select top 1000 \"rows\".\"importance\" as \"importance\", count(1) as \"a0\" from ( select \"importance\" from \"Messages\" \"$Table\" ) \"rows\" group by \"importance\"",
    "select [_].[id] from [Messages] as [_] order by [_].[receivedDateTime] desc",
    "select \"id\" from \"Messages\" where \"receivedDateTime\" >= { ts '2026-01-01 00:00:00' } and \"subject\" like 'a\\%%' { escape '\\' }",
    // Access
    "SELECT \"Messages\".\"id\" FROM \"Messages\" WHERE ((\"subject\" = 'x' ) OR (\"subject\" IS NULL ))",
    // Tableau
    "SELECT 1 AS \"x\" FROM (SELECT * FROM Messages) \"Custom SQL Query\" WHERE (1 = 0)",
    "SELECT SUM(CAST(1 AS BIGINT)) AS \"sum:Number of Records:ok\" FROM \"Messages\" \"Messages\" HAVING (COUNT(1) > 0)",
    "SELECT \"Messages\".\"subject\" AS \"subject\", SUM(1) AS \"cnt\" FROM \"Messages\" \"Messages\" GROUP BY 1 ORDER BY 2 DESC",
    // SQL Server linked servers
    "SELECT \"Tbl1002\".\"id\" \"Col1004\",\"Tbl1002\".\"subject\" \"Col1007\" FROM \"Messages\" \"Tbl1002\" WHERE \"Tbl1002\".\"subject\"=N'a'",
    "SELECT TOP (10) m.[subject] FROM [Messages] AS m WITH (NOLOCK) WHERE m.[hasAttachments] = 1",
];

/// With parameters, or with functions of ODBC.
const PARSED: &[(&str, usize)] = &[
    ("SELECT Config, nValue FROM MSysConf", 0),
    (
        "SELECT \"id\" ,\"subject\"  FROM \"Messages\"  WHERE \"id\" = ? OR \"id\" = ? OR \"id\" = ?",
        3,
    ),
    (
        "SELECT {fn YEAR(\"Messages\".\"receivedDateTime\")} AS \"yr\" FROM \"Messages\" GROUP BY {fn YEAR(\"Messages\".\"receivedDateTime\")}",
        0,
    ),
    (
        "SELECT {fn TIMESTAMPADD(SQL_TSI_DAY, 1-{fn DAYOFMONTH(\"d\")}, {fn CONVERT(\"d\", SQL_DATE)})} FROM \"Messages\"",
        0,
    ),
    (
        "select { fn convert(\"id\", SQL_WVARCHAR) } as \"c\" from \"Messages\"",
        0,
    ),
    (
        "SELECT * FROM Messages WHERE subject LIKE ? {escape '\\'} AND receivedDateTime BETWEEN ? AND ?",
        3,
    ),
    ("SELECT TOP (?) * FROM Messages WHERE mailbox IN (?, ?)", 3),
    (
        "SELECT DATEDIFF(day, sentDateTime, GETDATE()) FROM Messages WHERE DATEPART(yyyy, sentDateTime) = ?",
        1,
    ),
];

#[tokio::test]
async fn the_engine_plans_what_applications_write() {
    let context = context();
    for sql in PLANNED {
        let rows = run(&context, sql).await;
        // The coercion module, which is not set up here, compares bits with numbers.
        let known = |message: &String| message.contains("Cannot infer common argument type");
        assert!(
            rows.is_ok() || rows.as_ref().is_err_and(known),
            "{sql}: {rows:?}"
        );
    }
}

#[test]
fn parameters_are_found() {
    for (sql, parameters) in PARSED {
        assert_eq!(one(sql).parameter_count, *parameters, "{sql}");
    }
}
