//! Statements of applications.

use super::{Case, case};

pub const CASES: &[Case] = &[
    case(
        "Microsoft Query: quoted names, qualified by the table",
        "SELECT \"Messages\".\"subject\", \"Messages\".\"receivedDateTime\" FROM \"Messages\" \"Messages\" WHERE (\"Messages\".\"isRead\"=0)",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject,isRead&$filter=isRead eq false&$top=1000",
        ],
    ),
    case(
        "Power Query: a preview, folded into nested selects",
        "select top 200 \"$Table\".\"subject\" as \"subject\", \"$Table\".\"importance\" as \"importance\" from (select \"_\".\"subject\", \"_\".\"importance\", \"_\".\"hasAttachments\" from \"Messages\" \"_\" where \"_\".\"hasAttachments\" = 1) \"$Table\"",
        &[
            "GET /users/{mailbox}/messages?$select=id,importance,subject,hasAttachments&$filter=hasAttachments eq true&$top=200",
        ],
    ),
    case(
        "Tableau: a quick look whether there are rows",
        "SELECT SUM(1) AS \"COUNT\" FROM (SELECT * FROM \"Messages\" WHERE 0 = 1) \"T\" HAVING (COUNT(1) > 0)",
        &[],
    ),
    case(
        "Tableau: mail a month",
        "SELECT {fn YEAR(\"Messages\".\"receivedDateTime\")} AS \"yr\", {fn MONTH(\"Messages\".\"receivedDateTime\")} AS \"mn\", COUNT(1) AS \"cnt\" FROM \"Messages\" \"Messages\" WHERE ({fn YEAR(\"Messages\".\"receivedDateTime\")} = 2026) GROUP BY {fn YEAR(\"Messages\".\"receivedDateTime\")}, {fn MONTH(\"Messages\".\"receivedDateTime\")}",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime&$filter=receivedDateTime ge 2026-01-01T00:00:00Z and receivedDateTime lt 2027-01-01T00:00:00Z&$orderby=receivedDateTime desc&$top=1000",
        ],
    ),
    case(
        "SQL Server's linked servers: names of its own for tables and columns",
        "SELECT \"Tbl1002\".\"id\" \"Col1004\",\"Tbl1002\".\"subject\" \"Col1005\" FROM \"Messages\" \"Tbl1002\" WHERE \"Tbl1002\".\"importance\"='high' ORDER BY \"Col1005\" ASC",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,importance&$filter=importance eq 'high'&$top=1000",
        ],
    ),
    case(
        "A day, compared as a text",
        "SELECT subject FROM Messages WHERE receivedDateTime >= '2026-03-01' AND receivedDateTime < '2026-03-02'",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,receivedDateTime&$filter=receivedDateTime ge 2026-03-01T00:00:00Z and receivedDateTime lt 2026-03-02T00:00:00Z&$orderby=receivedDateTime desc&$top=1000",
        ],
    ),
    case(
        "A day, by a cast",
        "SELECT subject FROM Messages WHERE CAST(receivedDateTime AS DATE) = {d '2026-03-01'}",
        &[
            "GET /users/{mailbox}/messages?$select=id,subject,receivedDateTime&$filter=receivedDateTime ge 2026-03-01T00:00:00Z and receivedDateTime lt 2026-03-02T00:00:00Z&$orderby=receivedDateTime desc&$top=1000",
        ],
    ),
    case(
        "The newest of a day, in Graph's order",
        "SELECT TOP 3 subject FROM Messages WHERE CAST(receivedDateTime AS DATE) = {d '2026-03-01'} ORDER BY receivedDateTime DESC",
        &[
            "GET /users/{mailbox}/messages?$select=id,receivedDateTime,subject&$filter=receivedDateTime ge 2026-03-01T00:00:00Z and receivedDateTime lt 2026-03-02T00:00:00Z&$orderby=receivedDateTime desc&$top=3",
        ],
    ),
];
