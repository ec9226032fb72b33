//! Files for attachments.

use chrono::{DateTime, Utc};
use fastrand::Rng;

use super::texts;
use crate::entities::attachment::{Attachment, Content};
use crate::entities::message::{Body, ContentType};

/// The smallest picture, for signatures.
const PIXEL: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// A file with meaningless content of about the average size.
pub fn file(random: &mut Rng, average: usize, modified: DateTime<Utc>) -> Attachment {
    let (name, content_type, start) = texts::file(random);
    let mut bytes = start.to_vec();
    let mut content = vec![0; random.usize(..average * 2 + 1)];
    match content_type.starts_with("text/") {
        true => content
            .iter_mut()
            .for_each(|byte| *byte = random.u8(b' '..=b'~')),
        false => random.fill(&mut content),
    }
    bytes.append(&mut content);
    Attachment {
        name: Some(name),
        content_type: Some(content_type.into()),
        is_inline: false,
        size: bytes.len(),
        modified,
        content: Content::File {
            bytes,
            content_id: None,
        },
    }
}

const PICTURE_ID: &str = "logo@contoso.example";

pub fn picture(modified: DateTime<Utc>) -> Attachment {
    Attachment {
        name: Some("logo.gif".into()),
        content_type: Some("image/gif".into()),
        is_inline: true,
        size: PIXEL.len(),
        modified,
        content: Content::File {
            bytes: PIXEL.to_vec(),
            content_id: Some(PICTURE_ID.into()),
        },
    }
}

pub fn show_picture(body: &mut Body) {
    if body.content_type == ContentType::Html {
        let picture = format!("<img src=\"cid:{PICTURE_ID}\"></body>");
        body.content = body.content.replace("</body>", &picture);
    }
}
