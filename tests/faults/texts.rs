//! Invalid texts.

use crate::kinds::answer;
use driver_harness::client;
use driver_harness::simulator::{alice, start};
use driver_harness::tenant;
use graph_simulator::{Action, Damage, Fault};
use serde_json::json;

#[test]
fn half_of_a_surrogate_pair_is_one_bad_character() {
    let mut tenant = tenant::odd();
    let user = tenant.users.iter_mut();
    let mut with_mail = user.filter_map(|user| user.mailbox.as_mut());
    let mailbox = with_mail.next().expect("mail");
    mailbox.messages[5]
        .entity
        .insert("subject".to_owned(), json!("half pair"));
    let id = tenant::text(&mailbox.messages[5].entity, "id").to_owned();
    let simulator = start(tenant);
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    let all = connection
        .query("SELECT id FROM Messages")
        .expect("all")
        .len();
    for (how, expected) in [
        (Damage::HalfPairs, "half \u{fffd} pair"),
        (Damage::NoText, "half \u{fffd}\u{fffd}\u{fffd} pair"),
    ] {
        let fault = Fault::always("*/messages*", Action::Damage { how });
        simulator.faults().add(fault);
        for sql in [
            "SELECT id, subject FROM Messages".to_owned(),
            format!("SELECT id, subject FROM Messages WHERE id = '{id}'"),
        ] {
            let rows = connection.query(&sql).expect(&sql);
            assert!(
                rows.len() == all || rows.len() == 1,
                "{sql}: {}",
                rows.len()
            );
            let row = rows
                .iter()
                .find(|row| row[0].as_deref() == Some(id.as_str()));
            assert_eq!(row.expect("the row")[1].as_deref(), Some(expected), "{sql}");
        }
        simulator.faults().clear();
    }
}

#[test]
fn a_byte_order_mark_hides_no_error() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "MaxRetries=0")).expect("a connection");
    let body =
        "\u{feff}{\"error\":{\"code\":\"ErrorAccessDenied\",\"message\":\"Access is denied.\"}}";
    let fault = answer(403, "application/json", body);
    simulator.faults().add(Fault::always("*/messages", fault));
    let failure = connection
        .query("SELECT id FROM Messages")
        .expect_err("denied");
    for part in ["ErrorAccessDenied", "Access is denied."] {
        assert!(failure.to_string().contains(part), "{failure}");
    }
}
