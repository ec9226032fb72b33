//! Conditions, and the subqueries and rows in them.

use super::proof::{Bitmap, Shows};

pub const BITMAPS: &[Bitmap] = &[
    Bitmap {
        id: 160,
        name: "SQL_SQL92_PREDICATES",
        proofs: PREDICATES,
    },
    Bitmap {
        id: 95,
        name: "SQL_SUBQUERIES",
        proofs: SUBQUERIES,
    },
    Bitmap {
        id: 163,
        name: "SQL_SQL92_ROW_VALUE_CONSTRUCTOR",
        proofs: ROWS,
    },
];

#[rustfmt::skip]
const PREDICATES: &[(u32, Shows)] = &[
    // EXISTS
    (0x1, ("SELECT COUNT(*) FROM staff WHERE EXISTS (SELECT * FROM teams WHERE leader = 1)", Ok("3"))),
    (0x1, ("SELECT COUNT(*) FROM staff WHERE NOT EXISTS (SELECT * FROM teams WHERE leader = id)", Ok("2"))),
    // IS [NOT] NULL
    (0x2, ("SELECT COUNT(*) FROM staff WHERE boss IS NOT NULL", Ok("2"))),
    (0x4, ("SELECT COUNT(*) FROM staff WHERE boss IS NULL", Ok("1"))),
    // MATCH FULL, PARTIAL, UNIQUE FULL, UNIQUE PARTIAL
    (0x8, ("SELECT COUNT(*) FROM staff WHERE id MATCH FULL (SELECT leader FROM teams)", Err("42000"))),
    (0x10, ("SELECT COUNT(*) FROM staff WHERE id MATCH PARTIAL (SELECT leader FROM teams)", Err("42000"))),
    (0x20, ("SELECT COUNT(*) FROM staff WHERE id MATCH UNIQUE FULL (SELECT leader FROM teams)", Err("42000"))),
    (0x40, ("SELECT COUNT(*) FROM staff WHERE id MATCH UNIQUE PARTIAL (SELECT leader FROM teams)", Err("42000"))),
    // OVERLAPS
    (0x80, ("SELECT COUNT(*) FROM staff WHERE (DATE '2026-01-01', DATE '2026-02-01') OVERLAPS (DATE '2026-01-15', DATE '2026-03-01')", Err("42000"))),
    // UNIQUE
    (0x100, ("SELECT COUNT(*) FROM staff WHERE UNIQUE (SELECT leader FROM teams)", Err("42000"))),
    // LIKE
    (0x200, ("SELECT COUNT(*) FROM staff WHERE name LIKE '_i%'", Ok("1"))),
    (0x200, ("SELECT COUNT(*) FROM staff WHERE name NOT LIKE 'A%'", Ok("2"))),
    // IN
    (0x400, ("SELECT COUNT(*) FROM staff WHERE boss IN (1, 7)", Ok("2"))),
    (0x400, ("SELECT COUNT(*) FROM staff WHERE boss NOT IN (2, NULL)", Ok("0"))),
    // BETWEEN
    (0x800, ("SELECT COUNT(*) FROM staff WHERE id BETWEEN 2 AND 3", Ok("2"))),
    (0x800, ("SELECT COUNT(*) FROM staff WHERE id NOT BETWEEN 2 AND 3", Ok("1"))),
    // =, <>, <, <=, >, >=
    (0x1000, ("SELECT COUNT(*) FROM staff WHERE id = 2", Ok("1"))),
    (0x1000, ("SELECT COUNT(*) FROM staff WHERE boss <> 2", Ok("2"))),
    (0x1000, ("SELECT COUNT(*) FROM staff WHERE id < 3 AND id > 1", Ok("1"))),
    (0x1000, ("SELECT COUNT(*) FROM staff WHERE id <= 3 AND id >= 1", Ok("3"))),
    // ANY, SOME, ALL: true, false, unknown because of a null, and about no rows.
    (0x2000, ("SELECT COUNT(*) FROM staff WHERE id > ALL (SELECT leader FROM teams WHERE team = 'red')", Ok("2"))),
    (0x2000, ("SELECT COUNT(*) FROM staff WHERE id < ANY (SELECT leader FROM teams)", Ok("3"))),
    (0x2000, ("SELECT COUNT(*) FROM staff WHERE id <> SOME (SELECT boss FROM staff)", Ok("2"))),
    (0x2000, ("SELECT COUNT(*) FROM staff WHERE id <> ALL (SELECT boss FROM staff)", Ok("0"))),
    (0x2000, ("SELECT COUNT(*) FROM staff WHERE id = ALL (SELECT leader FROM teams WHERE team = 'none')", Ok("3"))),
    (0x2000, ("SELECT COUNT(*) FROM staff WHERE id = ANY (SELECT leader FROM teams WHERE team = 'none')", Ok("0"))),
];

#[rustfmt::skip]
const SUBQUERIES: &[(u32, Shows)] = &[
    // Comparison
    (0x1, ("SELECT name FROM staff WHERE id = (SELECT MAX(boss) FROM staff)", Ok("Ann"))),
    // EXISTS
    (0x2, ("SELECT COUNT(*) FROM staff WHERE EXISTS (SELECT 1 FROM teams WHERE team = 'green')", Ok("0"))),
    // IN
    (0x4, ("SELECT name FROM staff WHERE id IN (SELECT leader FROM teams)", Ok("Ann"))),
    (0x4, ("SELECT COUNT(*) FROM staff WHERE id NOT IN (SELECT boss FROM staff)", Ok("0"))),
    // ANY, ALL
    (0x8, ("SELECT name FROM staff WHERE pay > ALL (SELECT pay FROM staff WHERE boss = 1)", Ok("Ann"))),
    (0x8, ("SELECT name FROM staff WHERE id = ANY (SELECT leader FROM teams)", Ok("Ann"))),
    // Correlated: wherever a subquery is allowed
    (0x10, ("SELECT name FROM staff s WHERE pay > (SELECT AVG(pay) FROM staff t WHERE t.boss = s.id)", Ok("Ann"))),
    (0x10, ("SELECT COUNT(*) FROM staff s WHERE EXISTS (SELECT * FROM staff t WHERE t.boss = s.id)", Ok("1"))),
    (0x10, ("SELECT COUNT(*) FROM staff s WHERE 1 IN (SELECT t.id FROM staff t WHERE t.id = s.boss)", Ok("2"))),
    (0x10, ("SELECT COUNT(*) FROM staff s WHERE s.pay >= ALL (SELECT t.pay FROM staff t WHERE t.boss = s.boss)", Ok("3"))),
];

#[rustfmt::skip]
const ROWS: &[(u32, Shows)] = &[
    // Value expressions: equal, before, in a list; a null makes the comparison unknown.
    (0x1, ("SELECT name FROM staff WHERE (id, boss) = (2, 1)", Ok("Bob"))),
    (0x1, ("SELECT COUNT(*) FROM staff WHERE (boss, id) < (1, 3)", Ok("1"))),
    (0x1, ("SELECT COUNT(*) FROM staff WHERE (id, boss) IN ((2, 1), (3, 7))", Ok("1"))),
    (0x1, ("SELECT COUNT(*) FROM staff WHERE NOT ((id, boss) = (1, 7))", Ok("2"))),
    // NULL
    (0x2, ("SELECT COUNT(*) FROM staff WHERE (id, NULL) = (2, 1)", Ok("0"))),
    (0x2, ("SELECT COUNT(*) FROM staff WHERE NOT ((id, NULL) = (2, 1))", Ok("2"))),
    // DEFAULT
    (0x4, ("SELECT COUNT(*) FROM staff WHERE (id, boss) = (2, DEFAULT)", Err("42S22"))),
    // A subquery of one row
    (0x8, ("SELECT name FROM staff WHERE (id, boss) = (SELECT 2, 1)", Ok("Bob"))),
    (0x8, ("SELECT COUNT(*) FROM staff WHERE (id, boss) NOT IN (SELECT 2, 1)", Ok("2"))),
];
