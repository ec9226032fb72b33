//! Conversions between SQL types and C types (appendix D of the ODBC reference).
//!
//! Nothing here touches the application's memory: cells of Arrow arrays become bytes that the caller
//! copies, and bytes that the caller read become values for the engine.
//!
//! | for                                  | use                                                  |
//! |--------------------------------------|------------------------------------------------------|
//! | a bound column over a rowset         | [`Converter::rows`] with a [`Sink`]                  |
//! | `SQLGetData`, in parts               | [`Converter::part`] with a [`PartState`]             |
//! | a parameter                          | [`to_value`]                                         |
//! | the supported pairs of types         | [`supported`]                                        |
//! | the meaning of `SQL_C_DEFAULT`       | [`default_c_type`]                                   |
//! | a C type with its descriptor fields  | [`Target::new`]                                      |
//!
//! Choices that the reference leaves open, or that follow practice instead:
//!
//! - Text that is not a literal of the type is 22018; a date or time that does not exist is 22007.
//! - A part of `SQLGetData` fills its buffer, if need be up to the middle of a character (see
//!   [`parts`]); a bound column is cut at a whole character.
//! - A character that the code page of `SQL_C_CHAR` lacks becomes a question mark, with 01000; bytes that are
//!   no character of the page are 22018.
//! - Digits of seconds beyond microseconds are dropped from structures on the way in; the engine has no
//!   room for them, and .NET's times always have some. Of literals they are 22008.
//! - A time keeps its fraction when it becomes a timestamp, whose date is the current one in UTC.
//! - The scale of an incoming `SQL_NUMERIC_STRUCT` counts where the descriptor record has none.

mod bound;
mod content;
mod converter;
mod datetime;
mod datetime_text;
mod datum;
mod error;
mod from_c;
mod guid;
mod interval;
mod interval_text;
mod length;
mod number;
mod number_text;
mod numeric;
mod parameter;
mod parts;
mod rowset;
mod stack_text;
pub mod supported;
mod target;
mod to_c;
mod to_text;
mod utf16;

pub use content::Delivery;
pub use converter::{Converter, Scratch};
pub use error::{ConversionError, Warning};
pub use length::ByteLen;
pub use parameter::{ParameterType, to_value};
pub use parts::{Part, PartState};
pub use rowset::Sink;
pub use target::{Refinement, Target, default_c_type};

#[cfg(test)]
mod tests;
