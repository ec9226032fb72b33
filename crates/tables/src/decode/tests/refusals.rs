//! Damaged replies are explained without quoting their content.

use super::*;

#[test]
fn a_wrong_type_names_the_column_and_not_the_value() {
    let secret = json!({"subject": "s", "isRead": "secret"});
    let error = try_row(&MESSAGES, &["subject", "isRead"], secret)
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "Microsoft Graph returned a value for isRead that is not true or false"
    );
    for (name, value) in [
        ("subject", json!(7)),
        ("subject", json!({"secret": 1})),
        ("subject", json!(["secret"])),
        ("isRead", json!(1)),
        ("receivedDateTime", json!("secret")),
        ("receivedDateTime", json!("2017-04-21T10:00:00")),
        ("conversationIndex", json!("secret!")),
        ("toRecipients", json!("secret")),
        ("toRecipients", json!(["secret"])),
        ("toRecipients", json!([{"emailAddress": "secret"}])),
        (
            "toRecipients",
            json!([{"emailAddress": {"name": ["secret"]}}]),
        ),
        ("categories", json!([["secret"]])),
        ("id", json!(7)),
    ] {
        let mut row = serde_json::Map::new();
        row.insert(name.into(), value);
        let error = try_row(&MESSAGES, &[name], row.into()).unwrap_err();
        assert!(
            matches!(error, DecodeError::Value { column, .. } if column == name),
            "{error}"
        );
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    let error = try_row(&MESSAGES, &["body_content"], json!({"body": "secret"})).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Microsoft Graph returned a value for body that is not an object"
    );
    let large = json!({"childFolderCount": 3_000_000_000_u64});
    let error = try_row(&MAIL_FOLDERS, &["childFolderCount"], large).unwrap_err();
    assert!(matches!(
        error,
        DecodeError::Value {
            column: "childFolderCount",
            ..
        }
    ));
}

#[test]
fn other_shapes_are_explained() {
    let page = |reply: &str| decoder(&MESSAGES, &["id"]).page(reply.as_bytes(), &context());
    for reply in ["{}", "[]", "null", "7", r#"{"value":{}}"#, r#"{"value":7}"#] {
        let error = page(reply).expect_err(reply);
        assert!(
            matches!(error, DecodeError::Shape { .. }),
            "{reply}: {error}"
        );
        assert!(error.is_damage(), "{reply}");
    }
    for reply in [
        r#"{"value":[],"@odata.nextLink":"a","@odata.nextLink":"b"}"#,
        r#"{"value":[],"@odata.nextLink":null,"@odata.nextLink":"b"}"#,
        r#"{"value":[],"value":[]}"#,
    ] {
        let error = page(reply).expect_err(reply);
        assert!(
            matches!(error, DecodeError::Repeated { .. }),
            "{reply}: {error}"
        );
    }
    assert!(matches!(
        page(r#"{"value":[null]}"#),
        Err(DecodeError::Value {
            column: "a row",
            ..
        })
    ));
    assert!(matches!(
        page(r#"{"value":[{}]}"#),
        Err(DecodeError::Missing { column: "id" })
    ));
    let twice = r#"{"value":[{"id":"A","id":"B"}]}"#;
    assert!(matches!(
        page(twice),
        Err(DecodeError::Repeated { column: "id" })
    ));
    let link = r#"{"value":[],"@odata.nextLink":7}"#;
    assert!(matches!(
        page(link),
        Err(DecodeError::Value {
            column: "@odata.nextLink",
            ..
        })
    ));
    for broken in [
        "",
        "{",
        r#"{"value":[{"id":"A"}"#,
        r#"{"value":[]} x"#,
        "\u{feff}{}",
    ] {
        assert!(
            matches!(page(broken), Err(DecodeError::Syntax { .. })),
            "{broken}"
        );
    }
}

#[test]
fn texts_that_are_not_utf8_are_refused() {
    let reply = b"{\"value\":[{\"subject\":\"\xff\"}]}";
    let error = decoder(&MESSAGES, &["subject"])
        .page(reply, &context())
        .unwrap_err();
    assert!(matches!(error, DecodeError::Syntax { .. }));
}
