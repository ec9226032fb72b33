//! Lists of texts and of people, written as one text.

use crate::text;
use serde::Deserialize;
use serde::de::SeqAccess;
use std::borrow::Cow;

/// A text, borrowed from the reply unless it has escapes.
#[derive(Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

#[derive(Deserialize)]
pub(super) struct Recipient<'a> {
    #[serde(borrow, rename = "emailAddress")]
    pub(super) email_address: Option<EmailAddress<'a>>,
}

#[derive(Deserialize)]
pub(super) struct EmailAddress<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    address: Option<Text<'a>>,
}

/// Reads texts. Nulls are skipped.
pub(super) fn read_strings<'de, A: SeqAccess<'de>>(
    mut elements: A,
    list: &mut String,
) -> Result<(), A::Error> {
    let mut first = true;
    while let Some(element) = elements.next_element::<Option<Text>>()? {
        if let Some(Text(value)) = element {
            text::push_string(list, &value, first);
            first = false;
        }
    }
    Ok(())
}

fn text_of<'t>(text: &'t Option<Text>) -> &'t str {
    text.as_ref().map_or("", |Text(text)| text)
}

/// Reads people, whose address `address_of` gives. Nulls are skipped.
pub(super) fn read_people<'de, A: SeqAccess<'de>, T: Deserialize<'de>>(
    mut elements: A,
    list: &mut String,
    address_of: impl Fn(T) -> Option<EmailAddress<'de>>,
) -> Result<(), A::Error> {
    let mut first = true;
    while let Some(element) = elements.next_element::<Option<T>>()? {
        let Some(EmailAddress { name, address }) = element.and_then(&address_of) else {
            continue;
        };
        text::push_address(list, text_of(&name), text_of(&address), first);
        first = false;
    }
    Ok(())
}
