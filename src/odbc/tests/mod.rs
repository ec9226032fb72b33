//! The layer's functions as an application calls them, over an engine without SQL.

mod attributes;
mod bookmarks;
mod bound;
mod browse;
mod cancel;
mod catalog;
mod code_pages;
mod connect;
mod describe;
mod descriptor_records;
mod descriptor_sharing;
mod descriptors;
mod diagnostics;
mod door;
mod execute;
mod fetch;
mod get_data;
mod handles;
mod info;
mod parameter_arrays;
mod parameters;
mod positions;
mod put_data;
mod scroll;
mod states;
mod support;
