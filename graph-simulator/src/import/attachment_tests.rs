//! Messages of several parts.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::tests::{content, import};

const NESTED: &str = "\
Subject: nested\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=mixed\n\n\
preamble\n\
--mixed\nContent-Type: multipart/related; boundary=related\n\n\
--related\nContent-Type: multipart/alternative; boundary=alternative\n\n\
--alternative\nContent-Type: text/plain\n\nplain text\n\
--alternative\nContent-Type: text/html\n\n<p>html <img src=\"cid:pic@x\"></p>\n\
--alternative--\n\
--related\nContent-Type: image/gif; name=pic.gif\nContent-ID: <pic@x>\n\
Content-Transfer-Encoding: base64\n\nR0lGODlh\n\
--related--\n\
--mixed\nContent-Type: application/pdf\n\
Content-Disposition: attachment; filename*0*=utf-8''%C3%BCber;\n filename*1*=%20den.pdf\n\
Content-Transfer-Encoding: base64\n\nJVBERg==\n\
--mixed\nContent-Type: message/rfc822\n\n\
From: bob@x.example\nSubject: inner\nMIME-Version: 1.0\n\
Content-Type: multipart/mixed; boundary=inner\n\n\
--inner\nContent-Type: text/plain\n\ninner text\n\
--inner\nContent-Type: text/csv; charset=iso-8859-1\nContent-Disposition: attachment; filename=\"=?utf-8?Q?=C3=A4.csv?=\"\n\n\
a;\u{e4}\n\
--inner--\n\
--mixed--\n";

#[test]
fn a_nested_multipart_has_one_body_and_its_attachments() {
    let item = import(NESTED.as_bytes());
    assert_eq!(item.entity["body"]["contentType"], "html");
    assert!(content(&item).starts_with("<p>html"), "{}", content(&item));
    assert_eq!(item.entity["bodyPreview"], "plain text");
    assert_eq!(item.entity["hasAttachments"], true);
    let [picture, file, inner] = item.attachments.as_slice() else {
        panic!("{:?}", item.attachments);
    };
    assert_eq!(picture["isInline"], true);
    assert_eq!(picture["contentId"], "pic@x");
    assert_eq!(picture["contentBytes"], "R0lGODlh");
    assert_eq!(file["@odata.type"], "#microsoft.graph.fileAttachment");
    assert_eq!(file["name"], "über den.pdf");
    assert_eq!(file["contentType"], "application/pdf");
    assert_eq!(
        (&file["size"], &file["isInline"]),
        (&json!(4), &json!(false))
    );
    assert_eq!(inner["@odata.type"], "#microsoft.graph.itemAttachment");
    assert_eq!(inner["name"], "inner");
    assert_eq!(inner["item"]["body"]["content"], "inner text");
    let innermost = &inner["item"]["attachments"][0];
    assert_eq!(innermost["name"], "ä.csv");
    // The bytes of the file, not its text in another charset
    assert_eq!(innermost["contentBytes"], STANDARD.encode("a;\u{e4}"));
}

#[test]
fn only_inline_attachments_are_no_attachments() {
    let text = "Content-Type: multipart/related; boundary=b\n\n\
        --b\nContent-Type: text/html\n\n<img src=\"cid:1\">\n\
        --b\nContent-Type: image/png\nContent-ID: <1>\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n";
    let item = import(text.as_bytes());
    assert_eq!(item.attachments.len(), 1);
    assert_eq!(item.attachments[0]["name"], "ATT00001.png");
    assert_eq!(item.entity["hasAttachments"], false);
}

#[test]
fn a_multipart_that_never_ends_keeps_its_body() {
    let text = "Content-Type: multipart/mixed; boundary=b\n\n\
        --b\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n\
        PHA+Y2Fm6TwvcD4=\n";
    let item = import(text.as_bytes());
    assert_eq!(content(&item), "<p>café</p>");
    assert_eq!(item.entity["bodyPreview"], "café");
    assert!(item.attachments.is_empty());
}
