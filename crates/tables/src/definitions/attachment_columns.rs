//! The columns of attachments, whatever has them.
//!
//! Properties of the derived type fileAttachment are selected with a cast; they are null for
//! attached items and for links. Graph ignores filters here and returns all attachments of a
//! message or an event at once (docs/graph.md#attachments).

/// The columns of a table of attachments, with the id of the owner in its place.
macro_rules! attachment_columns {
    ($owner_id:expr) => {
        &[
            mailbox(),
            composite_key(ID_LENGTH + 1 + ID_LENGTH).select("id"),
            safe_key(),
            id(),
            $owner_id,
            odata_type("attachmentType")
                .remarks("fileAttachment, itemAttachment or referenceAttachment"),
            text(at!(contentType), 256)
                .unfilterable("attachments")
                .remarks("MIME type"),
            boolean(at!(isInline))
                .unfilterable("attachments")
                .remarks("Whether the body shows it"),
            timestamp(at!(lastModifiedDateTime))
                .unfilterable("attachments")
                .remarks("When it was changed last"),
            text(at!(name), 256)
                .unfilterable("attachments")
                .remarks("Name shown, not always that of a file"),
            integer(at!(size))
                .unfilterable("attachments")
                .remarks("Size in bytes"),
            binary(at!(contentBytes))
                .heavy("attachment's content")
                .cast("microsoft.graph.fileAttachment/contentBytes", "attachments")
                .remarks("The file; only for attachments of type fileAttachment"),
            text(at!(contentId), 998)
                .cast("microsoft.graph.fileAttachment/contentId", "attachments")
                .remarks("Content-ID that an HTML body uses to refer to it"),
            text(at!(contentLocation), 2048)
                .cast(
                    "microsoft.graph.fileAttachment/contentLocation",
                    "attachments",
                )
                .remarks("Not used by Exchange"),
        ]
    };
}
pub(super) use attachment_columns;
