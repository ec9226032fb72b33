//! `SQLGetTypeInfo`.

use super::{application, cells, texts};
use crate::odbc::calls::catalog::type_info;
use crate::odbc::handles::{ERROR, SUCCESS};

#[test]
fn types_come_in_the_order_of_their_codes_and_by_code() {
    let application = application();
    let list = |code| {
        let called = application.call(|scope| type_info::list(scope, code));
        assert_eq!(application.with_state(called), (SUCCESS, ""));
        cells(&application)
    };
    let all = list(0);
    let codes: Vec<i32> = texts(&all, 2)
        .iter()
        .map(|code| code.parse().unwrap())
        .collect();
    assert!(codes.is_sorted());
    for code in [
        -11, -10, -9, -7, -6, -5, -4, -3, -1, 3, 4, 5, 7, 8, 12, 91, 92, 93,
    ] {
        assert!(codes.contains(&code), "{code}");
    }
    let text = list(-9);
    assert_eq!(
        (texts(&text, 1), texts(&text, 9)),
        (vec!["VARCHAR"], vec!["3"])
    );
    assert_eq!((texts(&text, 4), texts(&text, 5)), (vec!["'"], vec!["'"]));
    assert_eq!(list(93)[0][15].as_deref(), Some("9"));
    assert_eq!(list(93)[0][16].as_deref(), Some("3"));
    assert_eq!(list(11).len(), 1, "the code of ODBC 2");
    assert!(list(1).len() <= 1);
    let code = application.call(|scope| type_info::list(scope, 1234));
    assert_eq!(application.with_state(code), (ERROR, "HY004"));
}
