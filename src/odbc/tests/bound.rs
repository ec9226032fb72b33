//! Three bound columns with every layout of buffers, and the rowsets read into them.

use super::support::{half_of, text_of};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::fetch;
use crate::odbc::constants::{c_type, fetch as orientation, row_status};
use crate::odbc::handles::SUCCESS;
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::testing::Application;

const NULL: isize = -1;

/// A row as [`super::support::rows`] has it.
pub type Row = (i32, Option<String>, Option<f64>);

/// The content of row `number` of `numbers`.
pub fn row_of(number: i32) -> Row {
    (number, text_of(number), half_of(number))
}

/// The layout of the buffers of three columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Layout {
    ByColumn,
    ByRow,
}

#[derive(Clone, Copy, Debug)]
pub enum Entry {
    Fetch,
    FetchScroll,
    ExtendedFetch,
}

const TEXT_SIZE: usize = 7;

/// Length of a row's structure: number, text, half, their indicators, and some room.
const ROW: usize = 4 + TEXT_SIZE + 8 + 3 * 8 + 5;

pub struct Bound {
    pub application: Application,
    pub size: usize,
    /// Address and stride of each column's data and indicators.
    data: [(AppPtr, usize); 3],
    indicators: [(AppPtr, usize); 3],
    pub statuses: AppPtr,
    pub fetched: AppPtr,
}

impl Bound {
    /// Binds the columns of `numbers` and sets the statement's report addresses.
    pub fn new(application: Application, size: usize, layout: Layout, offset: isize) -> Self {
        let memory = &application.memory;
        let (data, indicators) = match layout {
            Layout::ByColumn => {
                let widths = [4, TEXT_SIZE, 8];
                (
                    widths.map(|width| (memory.allocate(width * size), width)),
                    widths.map(|_| (memory.allocate(8 * size), 8)),
                )
            }
            Layout::ByRow => {
                let rows = memory.allocate(ROW * size);
                let at = |place: usize| (rows.plus(place), ROW);
                let words = 12 + TEXT_SIZE;
                (
                    [at(0), at(4), at(4 + TEXT_SIZE)],
                    [at(words), at(words + 8), at(words + 16)],
                )
            }
        };
        let (statuses, fetched) = (memory.allocate(2 * size), memory.allocate(8));
        // The bound addresses are too low by the offset, which corrects them.
        let types = [
            (c_type::SLONG, 4),
            (c_type::CHAR, TEXT_SIZE),
            (c_type::DOUBLE, 0),
        ];
        for (index, (c_type, length)) in types.into_iter().enumerate() {
            let back = |(at, _): (AppPtr, usize)| at.offset(-offset);
            let (at, word) = (back(data[index]), back(indicators[index]));
            let code = application.bind(index as u16 + 1, c_type, at, length as isize, word);
            assert_eq!(code, SUCCESS);
        }
        if offset != 0 {
            let word = application.memory.word(offset);
            application.set(attribute::ROW_BIND_OFFSET_PTR, word.address());
        }
        if layout == Layout::ByRow {
            application.set(attribute::ROW_BIND_TYPE, ROW);
        }
        application.set(attribute::ROW_ARRAY_SIZE, size);
        application.set(attribute::ROWSET_SIZE, size);
        application.set(attribute::ROW_STATUS_PTR, statuses.address());
        application.set(attribute::ROWS_FETCHED_PTR, fetched.address());
        Self {
            application,
            size,
            data,
            indicators,
            statuses,
            fetched,
        }
    }

    /// The next rowset.
    pub fn fetch(&self, entry: Entry) -> i16 {
        match entry {
            Entry::Fetch => self.application.fetch(),
            entry => self.scroll(entry, orientation::NEXT, 0),
        }
    }

    /// A rowset anywhere. Its rows' buffers are filled with nonsense first.
    pub fn scroll(&self, entry: Entry, orientation: i16, offset: isize) -> i16 {
        let (application, memory) = (&self.application, &self.application.memory);
        for (row, (base, stride)) in (0..self.size).flat_map(|row| self.data.map(|at| (row, at))) {
            memory.write(base.plus(row * stride), &[0xEE; 4]);
        }
        match entry {
            Entry::Fetch | Entry::FetchScroll => application.scroll(orientation, offset),
            Entry::ExtendedFetch => application.call(|scope| {
                let (fetched, statuses) = (self.fetched, self.statuses);
                fetch::extended(scope, orientation as u16, offset, fetched, statuses, memory)
            }),
        }
    }

    /// The rowset in the buffers.
    pub fn rows(&self) -> Vec<Row> {
        let memory = &self.application.memory;
        (0..memory.ulen(self.fetched))
            .map(|row| {
                assert_eq!(memory.u16(self.statuses.plus(row * 2)), row_status::SUCCESS);
                let at = |(base, stride): (AppPtr, usize)| base.plus(row * stride);
                let length = |index: usize| memory.len(at(self.indicators[index]));
                assert_eq!(length(0), 4);
                let text = (length(1) != NULL).then(|| {
                    let text = memory.bytes(at(self.data[1]), length(1) as usize + 1);
                    assert_eq!(text.last(), Some(&0));
                    String::from_utf8(text[..text.len() - 1].to_vec()).unwrap()
                });
                let half = (length(2) != NULL).then(|| {
                    assert_eq!(length(2), 8);
                    memory.f64(at(self.data[2]))
                });
                (memory.i32(at(self.data[0])), text, half)
            })
            .collect()
    }
}
