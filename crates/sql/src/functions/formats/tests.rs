//! Values as PostgreSQL's and SQL Server's documentation gives them.

use super::longest;
use crate::ErrorKind;
use crate::testing::session;
use datafusion::arrow::datatypes::{DataType, TimeUnit};

#[test]
fn to_char_writes_moments() {
    let session = session();
    let moment = "TIMESTAMP '2026-03-05 14:07:09.123456'";
    for (pattern, expected) in [
        ("YYYY-MM-DD HH24:MI:SS", "2026-03-05 14:07:09"),
        ("yyyy/mm/dd", "2026/03/05"),
        ("YYY YY Y CC", "026 26 6 21"),
        ("DD-MON-YY", "05-MAR-26"),
        ("Mon Month|", "Mar March    |"),
        ("DAY Day day|", "THURSDAY  Thursday  thursday |"),
        ("Dy DY dy", "Thu THU thu"),
        ("D ID DDD Q", "5 4 064 1"),
        ("WW W IW IYYY", "10 1 10 2026"),
        ("HH:MI AM", "02:07 PM"),
        ("HH12:MI p.m.", "02:07 p.m."),
        ("MS US FF1 FF3", "123 123456 1 123"),
        ("FMMonth YYYY", "March 2026"),
        ("FMDay", "Thursday"),
        ("YYYY\"T\"HH24", "2026T14"),
        ("J", "2461105"),
    ] {
        let value = session.value(&format!("SELECT to_char({moment}, '{pattern}')"));
        assert_eq!(value.as_deref(), Ok(expected), "{pattern}");
    }
    for pattern in [
        "YYYYT",
        "XX",
        "FMDD FMMM",
        "FMMonth DD",
        "TZ",
        "DDth",
        "\"open",
        "FM",
        "MoNTH",
        "SSSSS",
    ] {
        let error = session.value(&format!("SELECT to_char({moment}, '{pattern}')"));
        assert_eq!(error.unwrap_err().kind, ErrorKind::Syntax, "{pattern}");
    }
    let error = session.value("SELECT to_char(TIME '10:00:00', 'YYYY')");
    assert_eq!(error.unwrap_err().kind, ErrorKind::Syntax);
    let value = session.value("SELECT to_char(TIME '10:00:00', 'HH24:MI')");
    assert_eq!(value.as_deref(), Ok("10:00"));
    let value = session.value("SELECT to_char(DATE '2026-03-05', 'HH24:MI')");
    assert_eq!(value.as_deref(), Ok("00:00"));
}

#[test]
fn to_char_writes_numbers() {
    let session = session();
    for (number, pattern, expected) in [
        ("1234.5", "999,990.00", "   1,234.50"),
        ("-1234.5", "999,990.00", "  -1,234.50"),
        ("0", "999,990.00", "       0.00"),
        ("-0.1", "99.99", "  -.10"),
        ("-0.1", "FM9.99", "-.1"),
        ("-0.1", "FM90.99", "-0.1"),
        ("0.1", "0.9", " 0.1"),
        ("12", "9990999.9", "    0012.0"),
        ("12", "FM9990999.9", "0012."),
        ("485", "999", " 485"),
        ("-485", "999", "-485"),
        ("1485", "9,999", " 1,485"),
        ("148.5", "999.999", " 148.500"),
        ("148.5", "FM999.999", "148.5"),
        ("148.5", "FM999.990", "148.500"),
        ("3148.5", "9G999D999", " 3,148.500"),
        ("-485", "999S", "485-"),
        ("-485", "999MI", "485-"),
        ("485", "999MI", "485 "),
        ("485", "FM999MI", "485"),
        ("485", "S999", "+485"),
        ("12", "S9999", "  +12"),
        ("-485", "999PR", "<485>"),
        ("485", "999PR", " 485 "),
        ("0", "999", "   0"),
        ("12", "0999", " 0012"),
        ("CAST(2.5 AS DOUBLE)", "9", " 3"),
        ("CAST(1.005 AS DOUBLE)", "9.99", " 1.00"),
        ("1.005", "9.99", " 1.01"),
        ("-0.001", "9.99", "  .00"),
    ] {
        let value = session.value(&format!("SELECT to_char({number}, '{pattern}')"));
        assert_eq!(value.as_deref(), Ok(expected), "{number} {pattern}");
    }
    for (number, pattern, kind) in [
        ("1000", "999", ErrorKind::NumericOutOfRange),
        ("999.9", "999", ErrorKind::NumericOutOfRange),
        ("1", "9 9", ErrorKind::Syntax),
        ("1", "$9", ErrorKind::Syntax),
        ("1", "RN", ErrorKind::Syntax),
        ("1", "9.9EEEE", ErrorKind::Syntax),
        ("1", "YYYY", ErrorKind::Syntax),
        ("1", "", ErrorKind::Syntax),
    ] {
        let error = session.value(&format!("SELECT to_char({number}, '{pattern}')"));
        assert_eq!(error.unwrap_err().kind, kind, "{number} {pattern}");
    }
}

#[test]
fn format_writes_moments() {
    let session = session();
    let moment = "TIMESTAMP '2026-03-05 14:07:09.123456'";
    for (pattern, expected) in [
        ("yyyy-MM-dd", "2026-03-05"),
        ("yyyy-MM-ddTHH:mm:ss.fff", "2026-03-05T14:07:09.123"),
        ("d", "3/5/2026"),
        ("G", "3/5/2026 2:07:09 PM"),
        ("s", "2026-03-05T14:07:09"),
        ("u", "2026-03-05 14:07:09Z"),
        ("dddd, MMMM d", "Thursday, March 5"),
        ("ddd MMM yy", "Thu Mar 26"),
        ("%d", "5"),
        ("h:mm t", "2:07 P"),
        ("mm:ss", "07:09"),
        ("fffffff", "1234560"),
        ("yyyy''year''", "2026year"),
        ("HH\\h", "14h"),
    ] {
        let value = session.value(&format!("SELECT format({moment}, '{pattern}')"));
        assert_eq!(value.as_deref(), Ok(expected), "{pattern}");
    }
    for pattern in [
        "yyyy-mm-dd",
        "YYYY",
        "zzz",
        "K",
        "q",
        "yyyyy",
        "D",
        "DD",
        "dd.mm",
    ] {
        let error = session.value(&format!("SELECT format({moment}, '{pattern}')"));
        assert_eq!(error.unwrap_err().kind, ErrorKind::Syntax, "{pattern}");
    }
}

#[test]
fn format_writes_numbers() {
    let session = session();
    for (number, pattern, expected) in [
        ("1234567.891", "N2", "1,234,567.89"),
        ("1234567.891", "n0", "1,234,568"),
        ("-1234.5", "N", "-1,234.50"),
        ("0.5", "F1", "0.5"),
        ("2.345", "F2", "2.35"),
        ("42", "D5", "00042"),
        ("-42", "D5", "-00042"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("0.5", "#.##", ".5"),
        ("0.5", "0.###", "0.5"),
        ("7", "000", "007"),
        ("-7", "''no ''0", "-no 7"),
        ("0", "#", ""),
        ("-0.001", "0.00", "0.00"),
        ("1234567", "#,#", "1,234,567"),
    ] {
        let value = session.value(&format!("SELECT format({number}, '{pattern}')"));
        assert_eq!(value.as_deref(), Ok(expected), "{number} {pattern}");
    }
    for pattern in [
        "C", "P", "E2", "R", "X", "0,", "0.0.0", "0;0", "0%", "abc", "N999",
    ] {
        let error = session.value(&format!("SELECT format(1, '{pattern}')"));
        assert_eq!(error.unwrap_err().kind, ErrorKind::Syntax, "{pattern}");
    }
    assert!(session.value("SELECT format(1, 'N2', 'de-DE')").is_err());
    let value = session.value("SELECT format(1, 'N2', 'en-us')");
    assert_eq!(value.as_deref(), Ok("1.00"));
}

#[test]
fn the_longest_values_are_as_long_as_is_told() {
    let session = session();
    let bigint = ("CAST('-9223372036854775807' AS BIGINT)", DataType::Int64);
    let decimal = ("CAST(-999.99 AS DECIMAL(5, 2))", DataType::Decimal128(5, 2));
    let double = (
        "CAST('-1.7976931348623157E308' AS DOUBLE)",
        DataType::Float64,
    );
    let end = (
        "TIMESTAMP '9999-12-29 22:59:59.999999'",
        DataType::Timestamp(TimeUnit::Microsecond, None),
    );
    for (function, (value, data_type), pattern) in [
        ("format", &bigint, "#"),
        ("format", &bigint, "d"),
        ("format", &bigint, "D30"),
        ("format", &bigint, "#,##0.00' €'"),
        ("format", &bigint, "'about '0"),
        ("format", &decimal, "N0"),
        ("format", &decimal, "F1"),
        ("format", &decimal, "0000000,000.00"),
        ("format", &double, "N2"),
        ("format", &double, "#"),
        ("format", &end, "G"),
        ("format", &end, "dddd d yyyy HH:mm:ss.fffffff tt"),
        ("to_char", &decimal, "9,999.9PR"),
        ("to_char", &end, "CC YYYY Y IYYY Q MM W WW IW D DD DDD J"),
        ("to_char", &end, "FMCC"),
        (
            "to_char",
            &end,
            "Day Month Dy Mon HH24 HH12 MI SS US A.M. AM",
        ),
    ] {
        let made = session.value(&format!(
            "SELECT {function}({value}, '{}')",
            pattern.replace('\'', "''")
        ));
        let made = made.unwrap().chars().count();
        assert_eq!(
            longest(function, pattern, data_type),
            Some(made),
            "{value} {pattern}"
        );
    }
}
