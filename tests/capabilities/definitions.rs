//! Statements that create, change and remove objects of the schema.

use super::proof::{Bitmap, Shows};

const fn bits(id: u16, name: &'static str, proofs: &'static [(u32, Shows)]) -> Bitmap {
    Bitmap { id, name, proofs }
}

#[rustfmt::skip]
pub const BITMAPS: &[Bitmap] = &[
    bits(132, "SQL_CREATE_TABLE", CREATE_TABLE),
    bits(141, "SQL_DROP_TABLE", DROP_TABLE),
    bits(172, "SQL_INSERT_STATEMENT", INSERT),
    bits(86, "SQL_ALTER_TABLE", &[(0x1, ("ALTER TABLE staff ADD COLUMN age INTEGER", Err("HYC00")))]),
    bits(117, "SQL_ALTER_DOMAIN", &[(0x2, ("ALTER DOMAIN d SET DEFAULT 1", Err("HYC00")))]),
    bits(127, "SQL_CREATE_ASSERTION", &[(0x1, ("CREATE ASSERTION a CHECK (1 = 1)", Err("HYC00")))]),
    bits(128, "SQL_CREATE_CHARACTER_SET", &[(0x1, ("CREATE CHARACTER SET c GET utf8", Err("HYC00")))]),
    bits(129, "SQL_CREATE_COLLATION", &[(0x1, ("CREATE COLLATION c FOR utf8 FROM EXTERNAL('x')", Err("HYC00")))]),
    bits(130, "SQL_CREATE_DOMAIN", &[(0x1, ("CREATE DOMAIN d AS INTEGER", Err("HYC00")))]),
    bits(131, "SQL_CREATE_SCHEMA", &[(0x1, ("CREATE SCHEMA s", Err("HYC00")))]),
    bits(133, "SQL_CREATE_TRANSLATION", &[(0x1, ("CREATE TRANSLATION t FOR utf8 TO latin1 FROM IDENTITY", Err("HYC00")))]),
    bits(134, "SQL_CREATE_VIEW", &[(0x1, ("CREATE VIEW v AS SELECT id FROM staff", Err("HYC00")))]),
    bits(136, "SQL_DROP_ASSERTION", &[(0x1, ("DROP ASSERTION a", Err("HYC00")))]),
    bits(137, "SQL_DROP_CHARACTER_SET", &[(0x1, ("DROP CHARACTER SET c", Err("HYC00")))]),
    bits(138, "SQL_DROP_COLLATION", &[(0x1, ("DROP COLLATION c", Err("HYC00")))]),
    bits(139, "SQL_DROP_DOMAIN", &[(0x1, ("DROP DOMAIN d", Err("HYC00")))]),
    bits(140, "SQL_DROP_SCHEMA", &[(0x1, ("DROP SCHEMA s", Err("HYC00")))]),
    bits(142, "SQL_DROP_TRANSLATION", &[(0x1, ("DROP TRANSLATION t", Err("HYC00")))]),
    bits(143, "SQL_DROP_VIEW", &[(0x1, ("DROP VIEW v", Err("HYC00")))]),
    bits(170, "SQL_DDL_INDEX", &[
        (0x1, ("CREATE INDEX i ON staff (id)", Err("HYC00"))),
        (0x2, ("DROP INDEX i", Err("HYC00"))),
    ]),
    bits(158, "SQL_SQL92_GRANT", &[(0x20, ("GRANT SELECT ON staff TO PUBLIC", Err("HYC00")))]),
    bits(162, "SQL_SQL92_REVOKE", &[(0x100, ("REVOKE SELECT ON staff FROM PUBLIC", Err("HYC00")))]),
    bits(156, "SQL_SQL92_FOREIGN_KEY_DELETE_RULE", &[
        (0x1, ("CREATE TABLE #k (id INTEGER REFERENCES staff (id) ON DELETE CASCADE)", Err("HYC00"))),
    ]),
    bits(157, "SQL_SQL92_FOREIGN_KEY_UPDATE_RULE", &[
        (0x1, ("CREATE TABLE #k (id INTEGER REFERENCES staff (id) ON UPDATE CASCADE)", Err("HYC00"))),
    ]),
    bits(80, "SQL_POSITIONED_STATEMENTS", &[
        (0x1, ("DELETE FROM staff WHERE CURRENT OF c", Err("42000"))),
        (0x2, ("UPDATE staff SET pay = 1 WHERE CURRENT OF c", Err("42000"))),
        (0x4, ("SELECT id FROM staff FOR UPDATE", Err("HYC00"))),
    ]),
    bits(91, "SQL_SCHEMA_USAGE", &[
        (0x1, ("SELECT COUNT(*) FROM other.staff", Err("42S02"))),
        (0x4, ("CREATE TABLE other.t (id INTEGER)", Err("HYC00"))),
    ]),
    bits(92, "SQL_CATALOG_USAGE", &[
        (0x1, ("SELECT COUNT(*) FROM other.other.staff", Err("42S02"))),
        (0x4, ("CREATE TABLE other.other.t (id INTEGER)", Err("HYC00"))),
    ]),
    bits(149, "SQL_INFO_SCHEMA_VIEWS", INFO_SCHEMA_VIEWS),
];

#[rustfmt::skip]
const CREATE_TABLE: &[(u32, Shows)] = &[
    (0x1, ("CREATE TABLE #c1 (id INTEGER); INSERT INTO #c1 VALUES (1); SELECT COUNT(*) FROM #c1", Ok("1"))),
    // ON COMMIT PRESERVE, ON COMMIT DELETE
    (0x2, ("CREATE LOCAL TEMPORARY TABLE #c2 (id INTEGER) ON COMMIT PRESERVE ROWS; SELECT COUNT(*) FROM #c2", Ok("0"))),
    (0x4, ("CREATE LOCAL TEMPORARY TABLE #c4 (id INTEGER) ON COMMIT DELETE ROWS", Err("HYC00"))),
    // Global and local temporary tables
    (0x8, ("CREATE GLOBAL TEMPORARY TABLE #c8 (id INTEGER)", Err("HYC00"))),
    (0x10, ("CREATE LOCAL TEMPORARY TABLE #c10 (id INTEGER); SELECT COUNT(*) FROM #c10", Ok("0"))),
    // When constraints are checked
    (0x20, ("CREATE TABLE #c20 (id INTEGER UNIQUE INITIALLY DEFERRED)", Err("HYC00"))),
    (0x40, ("CREATE TABLE #c40 (id INTEGER UNIQUE INITIALLY IMMEDIATE); SELECT COUNT(*) FROM #c40", Ok("0"))),
    (0x80, ("CREATE TABLE #c80 (id INTEGER UNIQUE DEFERRABLE)", Err("HYC00"))),
    (0x100, ("CREATE TABLE #c100 (id INTEGER, UNIQUE (id) NOT DEFERRABLE); SELECT COUNT(*) FROM #c100", Ok("0"))),
    // Constraints of columns
    (0x200, ("CREATE TABLE #c200 (id INTEGER NOT NULL UNIQUE); INSERT INTO #c200 VALUES (1); INSERT INTO #c200 VALUES (2); SELECT COUNT(*) FROM #c200", Ok("2"))),
    // Defaults and collations of columns
    (0x400, ("CREATE TABLE #c400 (id INTEGER DEFAULT 1)", Err("HYC00"))),
    (0x800, ("CREATE TABLE #c800 (name VARCHAR(10) COLLATE latin1)", Err("HYC00"))),
    // Constraints of tables, named constraints
    (0x1000, ("CREATE TABLE #c1000 (id INTEGER, PRIMARY KEY (id)); INSERT INTO #c1000 VALUES (3); SELECT id FROM #c1000", Ok("3"))),
    (0x2000, ("CREATE TABLE #c2000 (id INTEGER, CONSTRAINT one UNIQUE (id)); INSERT INTO #c2000 VALUES (4); SELECT id FROM #c2000", Ok("4"))),
];

#[rustfmt::skip]
const INFO_SCHEMA_VIEWS: &[(u32, Shows)] = &[
    // COLUMNS, KEY_COLUMN_USAGE, REFERENTIAL_CONSTRAINTS, TABLE_CONSTRAINTS, TABLES
    (0x40, ("SELECT COUNT(*) FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'staff'", Ok("4"))),
    (0x800, ("SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE WHERE CONSTRAINT_NAME = 'Messages_PrimaryKey'", Ok("compositeKey"))),
    (0x1000, ("SELECT DELETE_RULE FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS WHERE TABLE_NAME = 'MessageAttachments'", Ok("CASCADE"))),
    (0x8000, ("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE TABLE_NAME = 'Users'", Ok("3"))),
    (0x2_0000, ("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME IN ('staff', 'teams')", Ok("2"))),
    (0x40_0000, ("SELECT COUNT(*) FROM INFORMATION_SCHEMA.VIEWS", Err("42S02"))),
];

#[rustfmt::skip]
const DROP_TABLE: &[(u32, Shows)] = &[
    (0x1, ("CREATE TABLE #d1 (id INTEGER); DROP TABLE #d1; CREATE TABLE #d1 (name VARCHAR(1)); SELECT COUNT(name) FROM #d1", Ok("0"))),
    // CASCADE, RESTRICT
    (0x2, ("CREATE TABLE #d2 (id INTEGER); DROP TABLE #d2 CASCADE; SELECT 1", Ok("1"))),
    (0x4, ("CREATE TABLE #d4 (id INTEGER); DROP TABLE #d4 RESTRICT; SELECT 1", Ok("1"))),
];

#[rustfmt::skip]
const INSERT: &[(u32, Shows)] = &[
    // VALUES, a query, SELECT INTO
    (0x1, ("CREATE TABLE #i1 (id INTEGER, name VARCHAR(5)); INSERT INTO #i1 (name) VALUES ('x'), ('y'); SELECT COUNT(*), MAX(name) FROM #i1", Ok("2|y"))),
    (0x2, ("CREATE TABLE #i2 (id INTEGER); INSERT INTO #i2 SELECT leader FROM teams; SELECT SUM(id) FROM #i2", Ok("10"))),
    (0x4, ("SELECT team, leader INTO #i4 FROM teams; SELECT COUNT(*), SUM(leader) FROM #i4", Ok("2|10"))),
];
