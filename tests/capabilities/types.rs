//! `SQLGetTypeInfo`: the types, their order, and their codes.

use super::world::World;
use driver_harness::client::constants::{OV_ODBC2, OV_ODBC3, OV_ODBC3_80};
use driver_harness::client::{Connection, Environment};
use driver_harness::{simulator, tenant};
use graph_simulator::Simulator;

/// Code in ODBC 3, code in ODBC 2, verbose code and its subcode, name.
type Type = (i16, i16, i16, &'static str, &'static str);

/// Every type; no two have the same code.
const TYPES: &[Type] = &[
    (-11, -11, -11, "", "GUID"),
    (-10, -10, -10, "", "TEXT"),
    (-9, -9, -9, "", "VARCHAR"),
    (-7, -7, -7, "", "BOOLEAN"),
    (-6, -6, -6, "", "TINYINT"),
    (-5, -5, -5, "", "BIGINT"),
    (-4, -4, -4, "", "BYTEA"),
    (-3, -3, -3, "", "BYTEA"),
    (-1, -1, -1, "", "TEXT"),
    (3, 3, 3, "", "DECIMAL"),
    (4, 4, 4, "", "INTEGER"),
    (5, 5, 5, "", "SMALLINT"),
    (7, 7, 7, "", "REAL"),
    (8, 8, 8, "", "DOUBLE"),
    (12, 12, 12, "", "VARCHAR"),
    (91, 9, 9, "1", "DATE"),
    (92, 10, 9, "2", "TIME"),
    (93, 11, 9, "3", "TIMESTAMP"),
    (107, 107, 10, "7", "INTERVAL YEAR TO MONTH"),
    (110, 110, 10, "10", "INTERVAL DAY TO SECOND"),
];

struct Opened {
    connection: Connection,
    _simulator: Simulator,
}

fn open(version: usize) -> Opened {
    let simulator = simulator::start(tenant::odd());
    let text = simulator::alice(&simulator, "");
    let connection = Environment::with_version(version).connect(&text);
    Opened {
        connection: connection.expect("Alice may log in"),
        _simulator: simulator,
    }
}

impl Opened {
    /// `DATA_TYPE` and `TYPE_NAME` of each row.
    fn listed(&self, data_type: i16) -> Vec<(i16, String)> {
        let rows = self
            .connection
            .type_info(data_type)
            .unwrap()
            .rows()
            .unwrap();
        let cell = |row: &[Option<String>], at: usize| row[at].clone().expect("it is not null");
        rows.iter()
            .map(|row| (cell(row, 1).parse().expect("a code"), cell(row, 0)))
            .collect()
    }
}

fn code(version: usize, of: &Type) -> i16 {
    match version {
        OV_ODBC2 => of.1,
        _ => of.0,
    }
}

#[test]
fn all_types_come_in_the_order_of_their_codes_in_the_application_s_version() {
    const ALL_TYPES: i16 = 0;
    for version in [OV_ODBC2, OV_ODBC3, OV_ODBC3_80] {
        let mut expected: Vec<(i16, String)> = TYPES
            .iter()
            .map(|each| (code(version, each), each.4.to_owned()))
            .collect();
        expected.sort_by_key(|(code, _)| *code);
        assert_eq!(open(version).listed(ALL_TYPES), expected, "{version}");
    }
}

#[test]
fn a_single_type_is_found_by_its_code_and_no_other_comes_with_it() {
    for version in [OV_ODBC2, OV_ODBC3, OV_ODBC3_80] {
        let at = open(version);
        for each in TYPES {
            let code = code(version, each);
            assert_eq!(
                at.listed(code),
                [(code, each.4.to_owned())],
                "{version} {code}"
            );
            let rows = at.connection.type_info(code).unwrap().rows().unwrap();
            let verbose = (each.2 != code || !each.3.is_empty()) && version != OV_ODBC2;
            if verbose {
                assert_eq!(rows[0][15], Some(each.2.to_string()), "{code}");
                assert_eq!(rows[0][16].as_deref(), Some(each.3), "{code}");
            }
        }
        // Types of ODBC that do not exist here
        for code in [1, 2, 6, -2, -8, 101, 103, 113] {
            assert_eq!(at.listed(code), [], "{version} {code}");
        }
        for code in [13, 90, 94, 114, -12, 999] {
            let failure = at.connection.type_info(code).err().expect("no type");
            assert_eq!(failure.state(), "HY004", "{version} {code}");
        }
    }
}

/// A literal between the prefix and the suffix of its type is a value of that type.
#[test]
fn prefixes_and_suffixes_make_literals_of_their_types() {
    let world = World::new();
    let mut all = world.connection.type_info(0).unwrap();
    for row in all.rows().unwrap() {
        let text = |at: usize| row[at].clone().unwrap_or_default();
        let code: i16 = text(1).parse().unwrap();
        let (value, shown) = match code {
            -11 => (
                "6F9619FF-8B86-D011-B42D-00C04FC964FF",
                "6F9619FF-8B86-D011-B42D-00C04FC964FF",
            ),
            -10 | -9 | -1 | 12 => ("a''b", "a'b"),
            -7 => ("1", "1"),
            -4 | -3 => ("AB01", "AB01"),
            91 => ("2026-11-23", "2026-11-23"),
            92 => ("10:20:30", "10:20:30.000000"),
            93 => ("2026-11-23 10:20:30", "2026-11-23 10:20:30.000000"),
            107 => ("1-2", "1-02"),
            110 => ("1 02:03:04", "1 02:03:04"),
            _ => ("12", "12"),
        };
        let (prefix, suffix) = (text(3), text(4));
        let sql = format!("SELECT {prefix}{value}{suffix}");
        assert_eq!(world.first_row(&sql).as_deref(), Ok(shown), "{sql}");
        let described = world.connection.execute(&sql).unwrap().column(1).unwrap();
        // Numbers have no prefix that would identify their types, and texts and bytes have two
        // types each.
        if [91, 92, 93, 107, 110].contains(&code) {
            assert_eq!(described.sql_type, code, "{sql}");
        }
    }
}

/// `TYPE_NAME` is the name of the type in a statement.
#[test]
fn names_of_types_stand_in_casts_and_definitions() {
    let world = World::new();
    let mut all = world.connection.type_info(0).unwrap();
    for (index, row) in all.rows().unwrap().iter().enumerate() {
        let name = row[0].as_deref().expect("a type has a name");
        let code: i16 = row[1].as_deref().expect("a code").parse().unwrap();
        // Neither the mailbox nor temporary tables have intervals and GUIDs.
        if [-11, 107, 110].contains(&code) {
            continue;
        }
        let table = format!("#type{index}");
        let sql = format!("CREATE TABLE {table} (c {name})");
        world
            .run(&sql)
            .unwrap_or_else(|failure| panic!("{sql}: {failure}"));
        for sql in [
            format!("SELECT c FROM {table}"),
            format!("SELECT CAST(NULL AS {name})"),
        ] {
            let mut statement = world.connection.execute(&sql).unwrap();
            let described = statement.column(1).unwrap().sql_type;
            let alike = match code {
                -10 | -9 | -1 | 12 => [-10, -9, -1, 12].contains(&described),
                -4 | -3 => [-4, -3].contains(&described),
                code => described == code,
            };
            assert!(alike, "{sql} has type {described}");
        }
    }
}
