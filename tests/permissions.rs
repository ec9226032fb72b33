//! A permission that the application lacks: the error names it, and the connection stays usable.

use driver_harness::client;
use driver_harness::simulator::{alice, start};
use driver_harness::tenant;
use graph_simulator::{Action, Fault};

#[test]
fn a_missing_permission_is_named() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    let denied = |code: &str| Action::Refuse {
        status: 403,
        code: code.to_owned(),
        message: "Access is denied. Check credentials and try again.".to_owned(),
        retry_after: None,
    };
    for (path, code, sql, permission) in [
        (
            "*/messages",
            "ErrorAccessDenied",
            "SELECT id FROM Messages",
            "Mail.Read",
        ),
        (
            "*/calendars*",
            "ErrorAccessDenied",
            "SELECT id FROM Events",
            "Calendars.Read",
        ),
        (
            "*/contacts",
            "ErrorAccessDenied",
            "SELECT id FROM Contacts",
            "Contacts.Read",
        ),
        (
            "*/users",
            "Authorization_RequestDenied",
            "SELECT id FROM Users",
            "User.Read.All",
        ),
        (
            "*/todo/lists",
            "ErrorAccessDenied",
            "SELECT id FROM ChecklistItems",
            "Tasks.Read.All",
        ),
        (
            "*/mailboxSettings",
            "ErrorAccessDenied",
            "SELECT timeZone FROM MailboxSettings",
            "MailboxSettings.Read",
        ),
        (
            "*/masterCategories",
            "ErrorAccessDenied",
            "SELECT id FROM Categories",
            "MailboxSettings.Read",
        ),
        (
            "*/people",
            "ErrorAccessDenied",
            "SELECT id FROM People",
            "People.Read.All",
        ),
        (
            "*/groups",
            "Authorization_RequestDenied",
            "SELECT id FROM GroupMembers",
            "GroupMember.Read.All",
        ),
        (
            "*/places/microsoft.graph.room",
            "ErrorAccessDenied",
            "SELECT id FROM Rooms",
            "Place.Read.All",
        ),
        (
            "*/messageTraces",
            "Authorization_RequestDenied",
            "SELECT id FROM MessageTraces",
            "ExchangeMessageTrace.Read.All",
        ),
        (
            "*/users",
            "Authorization_RequestDenied",
            "SELECT * FROM UserSignIns",
            "AuditLog.Read.All",
        ),
        (
            "*/users",
            "Authorization_RequestDenied",
            "SELECT * FROM UserManagers",
            "User.Read.All",
        ),
        (
            "*/subscribedSkus",
            "Authorization_RequestDenied",
            "SELECT * FROM SubscribedSkus",
            "LicenseAssignment.Read.All",
        ),
        (
            "*/reports/*",
            "Authorization_RequestDenied",
            "SELECT id FROM MailboxUsage",
            "Reports.Read.All",
        ),
        (
            "*/deletedItems/microsoft.graph.user",
            "Authorization_RequestDenied",
            "SELECT id FROM DeletedUsers",
            "User.Read.All",
        ),
    ] {
        simulator.faults().add(Fault::once(path, denied(code)));
        let failure = connection.query(sql).unwrap_err();
        assert_eq!(failure.state(), "42000", "{failure}");
        assert!(failure.to_string().contains(permission), "{failure}");
        assert!(
            !connection
                .query(sql)
                .expect("the next statement runs")
                .is_empty()
        );
    }
}
