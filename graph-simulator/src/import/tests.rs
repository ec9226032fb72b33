//! Small messages, each with one thing that real mail has.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::entities::testing;
use crate::model::Entity;

pub fn import(raw: &[u8]) -> Item {
    let mut importer = Importer::new(&Address::new("Ann", "ann@contoso.example"));
    importer.message("Inbox", raw, None);
    let mailbox = importer.finish();
    testing::check_mailbox(&mailbox);
    mailbox.messages.into_iter().next().unwrap()
}

/// The entity of a message with these headers, each line of them ended by `\n`.
fn with_headers(headers: &str) -> Entity {
    import(format!("{headers}\nbody\n").as_bytes()).entity
}

pub fn content(item: &Item) -> &str {
    item.entity["body"]["content"].as_str().unwrap()
}

fn recipient(name: &str, address: &str) -> Value {
    json!({ "emailAddress": { "name": name, "address": address } })
}

#[test]
fn headers_become_properties() {
    let entity = with_headers(
        "Received: from a by b; Thu, 22 Aug 2002 14:36:23 +0200\n\
         Received: from c by a; Thu, 22 Aug 2002 12:00:00 +0000\n\
         Date: Thu, 22 Aug 2002 07:18:55 -0400\n\
         From: \"Lee, Ann\" <ann@x.example>\n\
         Sender: list-admin@x.example\n\
         Reply-To: list@x.example\n\
         To: Bob <bob@x.example>, carol@x.example\n\
         Cc: Friends: Dan <dan@x.example>, eve@x.example;\n\
         Bcc: frank@x.example\n\
         Subject: Hello\n  world\n\
         Message-ID: <1@x.example>\n\
         X-Priority: 1 (Highest)\n\
         Disposition-Notification-To: ann@x.example\n",
    );
    assert_eq!(entity["receivedDateTime"], "2002-08-22T12:36:23Z");
    assert_eq!(entity["sentDateTime"], "2002-08-22T11:18:55Z");
    assert_eq!(entity["from"], recipient("Lee, Ann", "ann@x.example"));
    assert_eq!(
        entity["sender"],
        recipient("list-admin@x.example", "list-admin@x.example")
    );
    assert_eq!(
        entity["replyTo"],
        json!([recipient("list@x.example", "list@x.example")])
    );
    let to = [
        recipient("Bob", "bob@x.example"),
        recipient("carol@x.example", "carol@x.example"),
    ];
    assert_eq!(entity["toRecipients"], json!(to));
    let cc = [
        recipient("Dan", "dan@x.example"),
        recipient("eve@x.example", "eve@x.example"),
    ];
    assert_eq!(entity["ccRecipients"], json!(cc));
    assert_eq!(
        entity["bccRecipients"][0]["emailAddress"]["address"],
        "frank@x.example"
    );
    assert_eq!(entity["subject"], "Hello world");
    assert_eq!(entity["internetMessageId"], "<1@x.example>");
    assert_eq!(entity["importance"], "high");
    assert_eq!(entity["isReadReceiptRequested"], true);
    assert_eq!(entity["isDeliveryReceiptRequested"], Value::Null);
    assert_eq!(
        entity["internetMessageHeaders"][9],
        json!({ "name": "Subject", "value": "Hello world" })
    );
}

#[test]
fn a_message_without_received_header_was_received_when_the_mbox_says() {
    let text = "From x Thu Aug 22 12:36:23 2002\nDate: Wed, 21 Aug 2002 10:00:00 +0000\n\nbody\n";
    let mut importer = Importer::new(&Address::default());
    assert_eq!(importer.mbox("Inbox", text.as_bytes()).unwrap(), 1);
    let entity = &importer.messages_mut()[0].entity;
    assert_eq!(entity["receivedDateTime"], "2002-08-22T12:36:23Z");
    assert_eq!(entity["sentDateTime"], "2002-08-21T10:00:00Z");
    let entity = with_headers("Date: Wed, 21 Aug 2002 10:00:00 +0000\n");
    assert_eq!(entity["receivedDateTime"], "2002-08-21T10:00:00Z");
}

#[test]
fn impossible_dates_are_none() {
    let received = "Received: from a by b; Thu, 22 Aug 2002 12:36:23 +0000\n";
    for date in ["Thu, 32 Foo 2002 12:00:00 +0000", "nonsense", ""] {
        let entity = with_headers(&format!("{received}Date: {date}\n"));
        assert_eq!(entity["sentDateTime"], "2002-08-22T12:36:23Z", "{date}");
    }
}

#[test]
fn bodies_are_read_in_their_charset() {
    let cases: &[(&str, &[u8], &str)] = &[
        ("iso-2022-jp", b"\x1b$BF|K\\8l\x1b(B", "日本語"),
        ("koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"),
        ("gb2312", b"\xc4\xe3\xba\xc3", "你好"),
        ("big5", b"\xa7A\xa6n", "你好"),
        ("euc-kr", b"\xbe\xc8\xb3\xe7", "안녕"),
        ("windows-1252", b"\x93\x80\x94", "“€”"),
        ("utf-8", "größer 😀".as_bytes(), "größer 😀"),
        ("no-such-charset", b"caf\xe9", "café"),
    ];
    for (charset, bytes, text) in cases {
        let header = format!("Content-Type: text/plain; charset={charset}\n");
        let plain = [header.as_bytes(), b"\n", *bytes].concat();
        assert_eq!(content(&import(&plain)), *text, "{charset}");
        let encoded = STANDARD.encode(bytes);
        let base64 = format!("{header}Content-Transfer-Encoding: base64\n\n{encoded}\n");
        assert_eq!(
            content(&import(base64.as_bytes())),
            *text,
            "{charset} in base64"
        );
        let quoted: String = bytes.iter().map(|byte| format!("={byte:02X}")).collect();
        let quoted = format!("{header}Content-Transfer-Encoding: quoted-printable\n\n{quoted}");
        assert_eq!(
            content(&import(quoted.as_bytes())),
            *text,
            "{charset} quoted"
        );
    }
}

#[test]
fn encoded_words_are_decoded_wherever_they_stand() {
    let cases = [
        ("=?iso-8859-1?Q?caf=E9_au_lait?=", "café au lait"),
        ("=?utf-8?B?w6Q=?= and =?utf-8?q?=C3=B6?=", "ä and ö"),
        ("=?gb2312?B?xOO6?=\n =?gb2312?B?ww==?=", "你好"),
        (
            "=?iso-2022-jp?B?GyRCRnwbKEI=?=\n =?iso-2022-jp?B?GyRCS1wbKEI=?=",
            "日本",
        ),
        ("=?iso-8859-1?Q?with blanks =E9?=", "with blanks é"),
        ("=?koi8-r*ru?B?8NI=?=", "Пр"),
        ("=?broken", "=?broken"),
    ];
    for (subject, text) in cases {
        assert_eq!(
            with_headers(&format!("Subject: {subject}\n"))["subject"],
            text,
            "{subject}"
        );
    }
    for from in [
        "=?utf-8?Q?Lee=2C_Zo=C3=AB?= <z@x.example>",
        "\"=?utf-8?Q?Lee=2C_Zo=C3=AB?=\" <z@x.example>",
    ] {
        let entity = with_headers(&format!("From: {from}\n"));
        assert_eq!(
            entity["from"],
            recipient("Lee, Zoë", "z@x.example"),
            "{from}"
        );
    }
    // Headers stay as they were sent.
    let entity = with_headers("Subject: =?utf-8?q?=C3=B6?=\n");
    assert_eq!(
        entity["internetMessageHeaders"][0]["value"],
        "=?utf-8?q?=C3=B6?="
    );
}

#[test]
fn messages_without_anything_are_messages() {
    for raw in [
        "",
        "\n",
        "\n\n",
        "no header at all",
        ":\n\n",
        "Subject:\n\n",
    ] {
        import(raw.as_bytes());
    }
    assert_eq!(with_headers("From: a@x.example\n")["subject"], Value::Null);
}

#[test]
fn control_characters_survive() {
    let item = import(b"Subject: x\n\na\0b\x01c\n");
    assert_eq!(content(&item), "a\0b\u{1}c\r\n");
}

#[test]
fn answers_belong_to_the_conversation_that_they_answer() {
    let messages = [
        "Message-ID: <1@x>\nSubject: Plan\n\n",
        "Message-ID: <2@x>\nSubject: Re: Plan\nReferences: <1@x>\n\n",
        "Message-ID: <3@x>\nSubject: Re: Plan\nIn-Reply-To: <2@x>\n\n",
        "Message-ID: <4@x>\nSubject: RE: plan\n\n",
        "Message-ID: <5@x>\nSubject: Plan\n\n",
        "Message-ID: <6@x>\nSubject: Re: elsewhere\nReferences: <0@x> <9@x>\n\n",
    ];
    let mut importer = Importer::new(&Address::default());
    for message in messages {
        importer.message("Inbox", message.as_bytes(), None);
    }
    let values = |importer: &mut Importer, property: &str| -> Vec<String> {
        let messages = importer.messages_mut().iter();
        messages
            .map(|it| it.entity[property].as_str().unwrap().to_owned())
            .collect()
    };
    let ids = values(&mut importer, "conversationId");
    assert!(ids[..4].iter().all(|id| *id == ids[0]));
    assert!(ids[4] != ids[0] && ids[5] != ids[0] && ids[4] != ids[5]);
    let lengths: Vec<usize> = values(&mut importer, "conversationIndex")
        .iter()
        .map(|index| STANDARD.decode(index).unwrap().len())
        .collect();
    assert_eq!(lengths, [22, 27, 32, 27, 22, 32]);
}

#[test]
fn programs_that_write_mbox_files_note_what_was_read_and_flagged() {
    let cases = [
        ("", true, "notFlagged", false),
        ("Status: RO\n", true, "notFlagged", false),
        ("Status: O\n", false, "notFlagged", false),
        ("Status: R\nX-Status: FT\n", true, "flagged", true),
        ("X-Mozilla-Status: 0004\n", false, "flagged", false),
        (
            "X-Gmail-Labels: Inbox,Unread,Starred\n",
            false,
            "flagged",
            false,
        ),
    ];
    for (headers, is_read, flag, is_draft) in cases {
        let entity = with_headers(headers);
        assert_eq!(entity["isRead"], is_read, "{headers}");
        assert_eq!(entity["flag"]["flagStatus"], flag, "{headers}");
        assert_eq!(entity["isDraft"], is_draft, "{headers}");
    }
}

#[test]
fn files_may_be_compressed_and_folders_are_made() {
    let text =
        "From x Thu Aug 22 12:36:23 2002\nSubject: 1\n\nx\n\nFrom x Thu Aug 22 12:36:23 2002\n\n";
    let mut file = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    let file = file.finish().unwrap();
    let import = || {
        let mut importer = Importer::new(&Address::new("Ann", "ann@contoso.example"));
        assert_eq!(
            importer.mbox("Inbox/Lists/New", file.as_slice()).unwrap(),
            2
        );
        assert_eq!(importer.mbox("Archive", text.as_bytes()).unwrap(), 2);
        importer.finish()
    };
    let mailbox = import();
    let new = mailbox.folders.last().unwrap();
    assert_eq!(
        (&new.entity["displayName"], &new.entity["totalItemCount"]),
        (&json!("New"), &json!(2))
    );
    assert_eq!(
        mailbox.messages[0].parent_id,
        new.entity["id"].as_str().unwrap()
    );
    assert_eq!(format!("{mailbox:?}"), format!("{:?}", import()));
}

#[test]
fn twins_differ_in_case_alone() {
    let mut importer = Importer::new(&Address::default());
    importer.message("Inbox", b"Subject: 0\n\n", None);
    importer.make_twins();
    for _ in 0..3 {
        importer.message("Inbox", b"Subject: x\n\n", None);
    }
    let ids: Vec<&str> = importer
        .messages
        .iter()
        .map(|it| it.entity["id"].as_str().unwrap())
        .collect();
    let is_twin = |a: &str, b: &str| a != b && a.eq_ignore_ascii_case(b);
    assert!(is_twin(ids[1], ids[2]));
    assert!(!is_twin(ids[0], ids[1]) && !is_twin(ids[2], ids[3]));
}

/// Pieces of messages, for texts that are hard to parse.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..20),
        proptest::sample::select(vec![
            "Subject: ",
            "From: ",
            "\n",
            "\n\n",
            "\r\n",
            "=?utf-8?Q?",
            "=?gb2312?B?",
            "?=",
            "=",
            "Content-Type: multipart/mixed; boundary=b\n\n",
            "--b\n",
            "--b--\n",
            "\u{1b}$B",
            "Content-Type: message/rfc822\n\n",
            "Content-Type: text/html; charset=big5\n",
            "Content-Transfer-Encoding: base64\n\n",
            "Content-Transfer-Encoding: quoted-printable\n",
            "Content-Disposition: attachment; filename*0*=",
            "<p>&#xD800;</p>",
            "(",
            "\"",
            "<a@b>",
            "Date: ",
            "Thu, 22 Aug 2002 12:36:23 +0000",
            "Received: x; ",
            "From x Thu Aug 22 1:2 2002\n",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ]
}

proptest! {
    #[test]
    fn nothing_makes_the_import_panic(pieces in proptest::collection::vec(piece(), 0..30)) {
        let raw = pieces.concat();
        import(&raw);
        let mut importer = Importer::new(&Address::default());
        importer.mbox("Inbox", raw.as_slice()).ok();
    }

    #[test]
    fn a_written_mbox_gives_its_messages_back(
        bodies in proptest::collection::vec("(From |>|>From |a|\n|\r\n){0,12}\n", 1..5),
    ) {
        let messages: Vec<RawMessage> = bodies
            .iter()
            .map(|body| RawMessage {
                delivered: DateTime::from_timestamp(1_000_000_000, 0),
                bytes: format!("Subject: x\n\n{body}").into_bytes(),
            })
            .collect();
        let mut file = Vec::new();
        messages.iter().for_each(|message| message.write(&mut file).unwrap());
        let read: Vec<RawMessage> = Messages::new(file.as_slice()).map(Result::unwrap).collect();
        prop_assert_eq!(read, messages);
    }
}
