//! Descriptors: the one place for bindings and for the facts about columns and parameters.
//!
//! A statement has four. Its attributes about rowsets and parameter sets are header fields here.
//! The functions that bind write records, and the functions that describe read them.

pub mod buffer;
pub mod describe;
pub mod facts;
pub mod type_codes;

use crate::odbc::diagnostics::{Diagnostics, Error, sqlstate};
use crate::odbc::memory::{AppMemory, AppPtr};
use type_codes::VerboseType;

/// The kind of a descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Application row descriptor: buffers bound to columns.
    ApplicationRow,
    /// Application parameter descriptor: buffers bound to parameters.
    ApplicationParameter,
    /// Implementation row descriptor: the result's columns.
    ImplementationRow,
    /// Implementation parameter descriptor: the statement's parameters.
    ImplementationParameter,
    /// Allocated by the application; can be either of the first two, for any number of statements.
    Explicit,
}

impl Role {
    /// The descriptors that come with a statement, in the order of [`crate::odbc::state::statement::Statement`].
    pub const IMPLICIT: [Role; 4] = [
        Role::ApplicationRow,
        Role::ApplicationParameter,
        Role::ImplementationRow,
        Role::ImplementationParameter,
    ];

    pub const fn is_application(self) -> bool {
        matches!(
            self,
            Role::ApplicationRow | Role::ApplicationParameter | Role::Explicit
        )
    }
}

/// The state of the statement that an implementation row descriptor describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Described {
    /// No statement.
    Nothing,
    /// Prepared, with or without columns, or with rows.
    Columns,
    /// Executed, without rows.
    NoResult,
}

/// A descriptor: its header and its records.
#[derive(Debug)]
pub struct Descriptor {
    pub token: usize,
    pub diagnostics: Diagnostics,
    pub role: Role,
    pub array_size: usize,
    pub array_status_ptr: AppPtr,
    pub bind_offset_ptr: AppPtr,
    /// `SQL_BIND_BY_COLUMN` (0) or the length of a row's structure.
    pub bind_type: usize,
    pub rows_processed_ptr: AppPtr,
    /// Record 1 is the first.
    records: Vec<Record>,
    /// Record 0: the bookmark column. It is not counted, and unbinding the columns does not affect
    /// it. An implementation row descriptor has it while its statement uses bookmarks.
    pub bookmark: Option<Record>,
    described: Described,
    version: u64,
}

/// One record: a column or a parameter, or the buffer bound to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub concise_type: i16,
    pub verbose: VerboseType,
    pub length: usize,
    pub precision: i16,
    pub scale: i16,
    pub datetime_interval_precision: i32,
    pub octet_length: isize,
    pub num_prec_radix: i32,
    pub data_ptr: AppPtr,
    pub indicator_ptr: AppPtr,
    pub octet_length_ptr: AppPtr,
    pub nullable: i16,
    pub parameter_type: i16,
    pub unnamed: i16,
    /// Fields that only implementation descriptors have.
    pub details: Details,
}

/// Facts about a column that the driver sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details {
    pub name: String,
    pub base_column_name: String,
    pub base_table_name: String,
    pub type_name: &'static str,
    pub literal_prefix: &'static str,
    pub literal_suffix: &'static str,
    pub display_size: isize,
    pub case_sensitive: bool,
    pub unsigned: bool,
    pub searchable: i16,
    /// `SQL_COLUMN_SIZE` of the type as `SQLDescribeCol` reports it.
    pub column_size: usize,
    pub decimal_digits: i16,
}

impl Default for Record {
    /// A record of an application descriptor that was never bound.
    fn default() -> Self {
        Self {
            concise_type: crate::odbc::constants::c_type::DEFAULT,
            verbose: VerboseType {
                verbose: crate::odbc::constants::c_type::DEFAULT,
                subcode: 0,
            },
            length: 0,
            precision: 0,
            scale: 0,
            datetime_interval_precision: 0,
            octet_length: 0,
            num_prec_radix: 0,
            data_ptr: AppPtr::NULL,
            indicator_ptr: AppPtr::NULL,
            octet_length_ptr: AppPtr::NULL,
            nullable: crate::odbc::constants::nullability::NULLABLE,
            parameter_type: crate::odbc::constants::parameter_type::INPUT,
            unnamed: UNNAMED,
            details: Details::default(),
        }
    }
}

/// `SQL_NAMED`, `SQL_UNNAMED`
pub const NAMED: i16 = 0;
pub const UNNAMED: i16 = 1;

impl Record {
    /// Whether a fetch writes anything for this record.
    pub fn is_bound(&self) -> bool {
        !self.data_ptr.is_null()
            || !self.indicator_ptr.is_null()
            || !self.octet_length_ptr.is_null()
    }
}

impl Descriptor {
    pub fn new(role: Role) -> Self {
        Self {
            token: 0,
            diagnostics: Diagnostics::default(),
            role,
            array_size: 1,
            array_status_ptr: AppPtr::NULL,
            bind_offset_ptr: AppPtr::NULL,
            bind_type: 0,
            rows_processed_ptr: AppPtr::NULL,
            records: Vec::new(),
            bookmark: None,
            described: Described::Nothing,
            version: 0,
        }
    }

    /// Resets it to its state after allocation. Data derived from the old state is not valid for
    /// the new one.
    pub fn reset(&mut self) {
        *self = Self {
            token: self.token,
            version: self.version + 1,
            ..Self::new(self.role)
        };
    }

    pub fn is_explicit(&self) -> bool {
        self.role == Role::Explicit
    }

    /// `SQL_DESC_COUNT`
    pub fn count(&self) -> usize {
        self.records.len()
    }

    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Checks the number of a possible record. Parameters have no record 0, and columns have one
    /// only with bookmarks. A descriptor of the application may later be used for columns.
    pub fn index(&self, number: i16) -> Result<usize, Error> {
        let exists = match self.role {
            _ if number != 0 => number > 0,
            Role::ApplicationRow | Role::Explicit => true,
            Role::ImplementationRow => self.bookmark.is_some(),
            Role::ApplicationParameter | Role::ImplementationParameter => false,
        };
        match exists {
            true => Ok(number as usize),
            false => Err(Error::of(sqlstate::S07009)),
        }
    }

    /// Record `number`.
    pub fn record(&self, number: usize) -> Option<&Record> {
        match number.checked_sub(1) {
            Some(index) => self.records.get(index),
            None => self.bookmark.as_ref(),
        }
    }

    /// Record `number`; creates it and all counted ones before it if they are missing.
    pub fn record_mut(&mut self, number: usize) -> Result<&mut Record, Error> {
        if number > usize::from(u16::MAX) {
            return Err(Error::of(sqlstate::S07009));
        }
        self.touch();
        if number == 0 {
            return Ok(self.bookmark.get_or_insert_default());
        }
        if number > self.records.len() {
            let empty = self.empty_record();
            self.records.resize(number, empty);
        }
        Ok(&mut self.records[number - 1])
    }

    fn empty_record(&self) -> Record {
        match self.role.is_application() {
            true => Record::default(),
            false => Record {
                concise_type: 0,
                verbose: VerboseType {
                    verbose: 0,
                    subcode: 0,
                },
                ..Record::default()
            },
        }
    }

    /// Sets `SQL_DESC_COUNT`: records beyond it are freed.
    pub fn set_count(&mut self, count: usize) {
        self.touch();
        let empty = self.empty_record();
        self.records.resize(count, empty);
    }

    pub fn set_records(&mut self, records: Vec<Record>) {
        self.touch();
        self.records = records;
        self.described = Described::Columns;
    }

    /// Forgets the statement that an implementation row descriptor described.
    pub fn forget(&mut self) {
        self.set_count(0);
        self.described = Described::Nothing;
    }

    /// The statement ran and gave no rows.
    pub fn has_no_result(&mut self) {
        self.set_count(0);
        self.described = Described::NoResult;
    }

    /// Requires that an implementation row descriptor describes something: HY007 before there is a
    /// statement, 24000 after one without a result.
    pub fn require_described(&self) -> Result<(), Error> {
        match self.described {
            _ if self.role != Role::ImplementationRow => Ok(()),
            Described::Nothing => Err(Error::of(sqlstate::HY007)),
            Described::NoResult => Err(Error::of(sqlstate::S24000)),
            Described::Columns => Ok(()),
        }
    }

    /// Removes the binding of a record. Trailing unbound records are removed, too, so that the
    /// count is the number of the highest bound column.
    pub fn unbind(&mut self, number: usize) {
        self.touch();
        if let Some(record) = self.records.get_mut(number - 1) {
            *record = Record::default();
        }
        while self.records.last().is_some_and(|record| !record.is_bound()) {
            self.records.pop();
        }
    }

    /// The offset added to every bound address.
    pub fn bind_offset(&self, memory: &impl AppMemory) -> isize {
        match self.bind_offset_ptr.is_null() {
            true => 0,
            false => memory.read_len(self.bind_offset_ptr),
        }
    }

    /// Changes whenever the descriptor does, so that derived data can be cached.
    pub fn version(&self) -> u64 {
        self.version
    }

    pub fn touch(&mut self) {
        self.version += 1;
    }
}
