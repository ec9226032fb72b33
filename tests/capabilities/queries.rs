//! Clauses of queries: joins, sets, aggregates, literals.

use super::proof::{Bitmap, Shows};

pub const BITMAPS: &[Bitmap] = &[
    Bitmap {
        id: 161,
        name: "SQL_SQL92_RELATIONAL_JOIN_OPERATORS",
        proofs: JOINS,
    },
    Bitmap {
        id: 115,
        name: "SQL_OJ_CAPABILITIES",
        proofs: OUTER_JOINS,
    },
    Bitmap {
        id: 65003,
        name: "SQL_OJ_CAPABILITIES of ODBC 2",
        proofs: OUTER_JOINS,
    },
    Bitmap {
        id: 96,
        name: "SQL_UNION",
        proofs: UNION,
    },
    Bitmap {
        id: 169,
        name: "SQL_AGGREGATE_FUNCTIONS",
        proofs: AGGREGATES,
    },
    Bitmap {
        id: 119,
        name: "SQL_DATETIME_LITERALS",
        proofs: LITERALS,
    },
];

#[rustfmt::skip]
const JOINS: &[(u32, Shows)] = &[
    // CORRESPONDING
    (0x1, ("SELECT id FROM staff UNION CORRESPONDING SELECT leader AS id FROM teams", Err("42000"))),
    // CROSS JOIN
    (0x2, ("SELECT COUNT(*) FROM staff CROSS JOIN teams", Ok("6"))),
    // EXCEPT
    (0x4, ("SELECT leader FROM teams EXCEPT SELECT id FROM staff", Ok("9"))),
    (0x4, ("SELECT COUNT(*) FROM (SELECT boss FROM staff EXCEPT ALL SELECT 1) AS t", Ok("2"))),
    // FULL OUTER JOIN
    (0x8, ("SELECT COUNT(*), COUNT(name), COUNT(team) FROM staff FULL OUTER JOIN teams ON id = leader", Ok("4|3|2"))),
    // INNER JOIN
    (0x10, ("SELECT name, team FROM staff INNER JOIN teams ON id = leader", Ok("Ann|red"))),
    // INTERSECT
    (0x20, ("SELECT leader FROM teams INTERSECT SELECT id FROM staff", Ok("1"))),
    (0x20, ("SELECT COUNT(*) FROM (SELECT boss FROM staff INTERSECT ALL SELECT id FROM staff) AS t", Ok("1"))),
    // LEFT OUTER JOIN
    (0x40, ("SELECT COUNT(*), COUNT(team) FROM staff LEFT OUTER JOIN teams ON id = leader", Ok("3|1"))),
    // NATURAL JOIN
    (0x80, ("SELECT name, team FROM staff NATURAL JOIN (SELECT leader AS id, team FROM teams) AS t", Ok("Ann|red"))),
    // RIGHT OUTER JOIN
    (0x100, ("SELECT COUNT(*), COUNT(name) FROM staff RIGHT OUTER JOIN teams ON id = leader", Ok("2|1"))),
    // UNION JOIN
    (0x200, ("SELECT COUNT(*) FROM staff UNION JOIN teams", Err("42000"))),
];

#[rustfmt::skip]
const OUTER_JOINS: &[(u32, Shows)] = &[
    // Left, right, full
    (0x1, ("SELECT name, team FROM {oj staff LEFT OUTER JOIN teams ON id = leader} ORDER BY id", Ok("Ann|red"))),
    (0x2, ("SELECT name, team FROM {oj staff RIGHT OUTER JOIN teams ON id = leader} ORDER BY leader DESC", Ok("null|blue"))),
    (0x4, ("SELECT COUNT(*) FROM {oj staff FULL OUTER JOIN teams ON id = leader}", Ok("4"))),
    // Nested
    (0x8, ("SELECT COUNT(*), COUNT(b.id), COUNT(team) FROM {oj staff a LEFT OUTER JOIN staff b LEFT OUTER JOIN teams ON b.id = leader ON a.boss = b.id}", Ok("3|2|2"))),
    // The columns of the condition have another order than the tables.
    (0x10, ("SELECT COUNT(*), COUNT(team) FROM {oj staff LEFT OUTER JOIN teams ON leader = id}", Ok("3|1"))),
    // The inner table is part of an inner join, too.
    (0x20, ("SELECT COUNT(*) FROM {oj staff a LEFT OUTER JOIN teams ON a.id = leader} INNER JOIN staff b ON leader = b.boss", Ok("2"))),
    // Other comparisons than =
    (0x40, ("SELECT COUNT(*), COUNT(team) FROM {oj staff LEFT OUTER JOIN teams ON id > leader}", Ok("3|2"))),
    (0x40, ("SELECT COUNT(*), COUNT(team) FROM {oj staff LEFT OUTER JOIN teams ON id <> leader}", Ok("5|5"))),
    (0x40, ("SELECT COUNT(*), COUNT(team) FROM {oj staff LEFT OUTER JOIN teams ON id >= leader}", Ok("3|3"))),
    (0x40, ("SELECT COUNT(*), COUNT(team) FROM {oj staff LEFT OUTER JOIN teams ON id < leader}", Ok("3|3"))),
    (0x40, ("SELECT COUNT(*), COUNT(team) FROM {oj staff LEFT OUTER JOIN teams ON id <= leader}", Ok("4|4"))),
];

#[rustfmt::skip]
const UNION: &[(u32, Shows)] = &[
    (0x1, ("SELECT COUNT(*) FROM (SELECT boss FROM staff UNION SELECT leader FROM teams) AS t", Ok("3"))),
    (0x2, ("SELECT COUNT(*) FROM (SELECT boss FROM staff UNION ALL SELECT leader FROM teams) AS t", Ok("5"))),
];

#[rustfmt::skip]
const AGGREGATES: &[(u32, Shows)] = &[
    (0x1, ("SELECT AVG(leader) FROM teams", Ok("5"))),
    (0x2, ("SELECT COUNT(*), COUNT(boss) FROM staff", Ok("3|2"))),
    (0x4, ("SELECT MAX(pay), MAX(name) FROM staff", Ok("30.00|Cid"))),
    (0x8, ("SELECT MIN(pay), MIN(name) FROM staff", Ok("20.00|Ann"))),
    (0x10, ("SELECT SUM(pay) FROM staff", Ok("70.00"))),
    // DISTINCT, ALL
    (0x20, ("SELECT COUNT(DISTINCT pay), SUM(DISTINCT pay) FROM staff", Ok("2|50.00"))),
    (0x40, ("SELECT COUNT(ALL pay), SUM(ALL pay) FROM staff", Ok("3|70.00"))),
];

/// In the spelling of SQL-92; intervals are shown by adding them to a moment.
#[rustfmt::skip]
const LITERALS: &[(u32, Shows)] = &[
    (0x1, ("SELECT DATE '2026-02-28'", Ok("2026-02-28"))),
    (0x2, ("SELECT TIME '10:20:30'", Ok("10:20:30.000000"))),
    (0x4, ("SELECT TIMESTAMP '2026-02-28 10:20:30.5'", Ok("2026-02-28 10:20:30.500000"))),
    // Years, months, days, hours, minutes, seconds
    (0x8, ("SELECT TIMESTAMP '2026-01-31 08:00:00' + INTERVAL '2' YEAR", Ok("2028-01-31 08:00:00.000000"))),
    (0x10, ("SELECT TIMESTAMP '2026-01-31 08:00:00' + INTERVAL '13' MONTH", Ok("2027-02-28 08:00:00.000000"))),
    (0x20, ("SELECT TIMESTAMP '2026-01-31 08:00:00' - INTERVAL '31' DAY", Ok("2025-12-31 08:00:00.000000"))),
    (0x40, ("SELECT TIMESTAMP '2026-01-31 08:00:00' + INTERVAL -'9' HOUR", Ok("2026-01-30 23:00:00.000000"))),
    (0x80, ("SELECT TIMESTAMP '2026-01-31 08:00:00' + INTERVAL '90' MINUTE", Ok("2026-01-31 09:30:00.000000"))),
    (0x100, ("SELECT TIMESTAMP '2026-01-31 08:00:00' + INTERVAL '1.25' SECOND", Ok("2026-01-31 08:00:01.250000"))),
    // From one field to another
    (0x200, ("SELECT TIMESTAMP '2026-01-31 08:00:00' + INTERVAL '1-1' YEAR TO MONTH", Ok("2027-02-28 08:00:00.000000"))),
    (0x400, ("SELECT TIMESTAMP '2026-01-31 08:00:00' + INTERVAL '1 2' DAY TO HOUR", Ok("2026-02-01 10:00:00.000000"))),
    (0x800, ("SELECT TIMESTAMP '2026-01-31 08:00:00' + INTERVAL '1 2:03' DAY TO MINUTE", Ok("2026-02-01 10:03:00.000000"))),
    (0x1000, ("SELECT TIMESTAMP '2026-01-31 08:00:00' - INTERVAL '1 2:03:04.5' DAY TO SECOND", Ok("2026-01-30 05:56:55.500000"))),
    (0x2000, ("SELECT TIMESTAMP '2026-01-31 08:00:00' + INTERVAL '2:03' HOUR TO MINUTE", Ok("2026-01-31 10:03:00.000000"))),
    (0x4000, ("SELECT TIMESTAMP '2026-01-31 08:00:00' + INTERVAL '2:03:04' HOUR TO SECOND", Ok("2026-01-31 10:03:04.000000"))),
    (0x8000, ("SELECT TIMESTAMP '2026-01-31 08:00:00' + INTERVAL '3:04' MINUTE TO SECOND", Ok("2026-01-31 08:03:04.000000"))),
];
