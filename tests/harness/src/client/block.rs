//! Rows through `SQLBindCol`, a rowset at a time, as fast clients read them.

use super::constants::{
    ATTR_ROW_ARRAY_SIZE, ATTR_ROW_STATUS_PTR, ATTR_ROWS_FETCHED_PTR, C_BIT, C_CHAR, C_DOUBLE,
    C_SBIGINT, C_TYPE_DATE, C_TYPE_TIME, C_TYPE_TIMESTAMP, NULL_DATA,
};
use super::diagnostic::Result;
use super::rows::Row;
use super::statement::Statement;
use super::value::Value;

/// The binding of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub c_type: i16,
    /// Bytes of a cell.
    pub width: usize,
}

impl Layout {
    /// Text in UTF-8 of this many bytes, with its terminator.
    pub const fn text(width: usize) -> Self {
        Self {
            c_type: C_CHAR,
            width,
        }
    }

    /// The same for a number of columns.
    pub fn texts(columns: usize, width: usize) -> Vec<Self> {
        vec![Self::text(width); columns]
    }

    /// A type whose size is known.
    pub fn fixed(c_type: i16) -> Self {
        let width = match c_type {
            C_BIT => 1,
            C_TYPE_DATE | C_TYPE_TIME => 6,
            C_SBIGINT | C_DOUBLE => 8,
            C_TYPE_TIMESTAMP => 16,
            _ => panic!("the C type {c_type} has no fixed size"),
        };
        Self { c_type, width }
    }
}

/// Buffers for a rowset, bound column-wise. It has to outlive the last fetch into it, or be unbound.
/// Vectors rather than boxes, because the driver writes through the pointers it was given.
pub struct Block {
    columns: Vec<BoundColumn>,
    statuses: Vec<u16>,
    fetched: Vec<usize>,
}

struct BoundColumn {
    layout: Layout,
    cells: Vec<u8>,
    indicators: Vec<isize>,
}

impl Statement {
    /// Binds buffers for rowsets of `rows` rows to the first columns.
    pub fn bind(&mut self, rows: usize, layout: &[Layout]) -> Result<Block> {
        let mut block = Block {
            columns: layout
                .iter()
                .map(|layout| BoundColumn::new(*layout, rows))
                .collect(),
            statuses: vec![0; rows],
            fetched: vec![0],
        };
        self.set_attribute(ATTR_ROW_ARRAY_SIZE, rows)?;
        let fetched = block.fetched.as_mut_ptr().expose_provenance();
        self.set_attribute(ATTR_ROWS_FETCHED_PTR, fetched)?;
        let statuses = block.statuses.as_mut_ptr().expose_provenance();
        self.set_attribute(ATTR_ROW_STATUS_PTR, statuses)?;
        for (index, column) in block.columns.iter_mut().enumerate() {
            let Layout { c_type, width } = column.layout;
            let cells = column.cells.as_mut_ptr().cast();
            let indicators = column.indicators.as_mut_ptr();
            // SAFETY: the buffers hold as many cells as the rowset has rows; the block keeps them.
            self.call(|library, handle| unsafe {
                let number = index as u16 + 1;
                (library.SQLBindCol)(handle, number, c_type, cells, width as isize, indicators)
            })?;
        }
        Ok(block)
    }

    /// `SQLFetch` of a rowset into the block; returns the number of its rows, 0 at the end.
    pub fn fetch_block(&mut self, block: &mut Block) -> Result<usize> {
        match self.fetch()? {
            true => Ok(block.fetched[0]),
            false => Ok(0),
        }
    }

    /// `SQLFetchScroll` of a rowset into the block, in the same way.
    pub fn scroll_block(
        &mut self,
        block: &mut Block,
        orientation: i16,
        offset: isize,
    ) -> Result<usize> {
        // SAFETY: the bound buffers are the block's.
        let more = self.call_more(|library, handle| unsafe {
            (library.SQLFetchScroll)(handle, orientation, offset)
        })?;
        Ok(if more { block.fetched[0] } else { 0 })
    }

    /// Frees all buffers of the columns, and returns to rowsets of one row.
    pub fn unbind(&mut self) -> Result<()> {
        const UNBIND: u16 = 2;
        // SAFETY: nothing is passed but the handle.
        self.call(|library, handle| unsafe { (library.SQLFreeStmt)(handle, UNBIND) })?;
        self.set_attribute(ATTR_ROW_ARRAY_SIZE, 1)?;
        self.set_attribute(ATTR_ROWS_FETCHED_PTR, 0)?;
        self.set_attribute(ATTR_ROW_STATUS_PTR, 0)?;
        Ok(())
    }

    /// The rest of the rows as text, through rowsets of `rows` rows and cells of `width` bytes.
    pub fn bound_rows(&mut self, rows: usize, width: usize) -> Result<Vec<Row>> {
        let columns = usize::from(self.column_count()?);
        let mut block = self.bind(rows, &Layout::texts(columns, width))?;
        let mut all = Vec::new();
        loop {
            let fetched = self.fetch_block(&mut block)?;
            for row in 0..fetched {
                let cells = (0..columns).map(|column| block.text(row, column).map(str::to_owned));
                all.push(cells.collect());
            }
            if fetched == 0 {
                self.unbind()?;
                return Ok(all);
            }
        }
    }
}

impl BoundColumn {
    fn new(layout: Layout, rows: usize) -> Self {
        Self {
            layout,
            cells: vec![0; rows * layout.width],
            indicators: vec![0; rows],
        }
    }
}

impl Block {
    /// The bytes of a cell of the rowset, counted from 0; `None` is a null. A cell that was cut is
    /// the test's mistake.
    pub fn bytes(&self, row: usize, column: usize) -> Option<&[u8]> {
        let BoundColumn {
            layout,
            cells,
            indicators,
        } = &self.columns[column];
        let indicator = indicators[row];
        if indicator == NULL_DATA {
            return None;
        }
        let terminator = usize::from(layout.c_type == C_CHAR);
        let length = usize::try_from(indicator).expect("a length");
        assert!(
            length + terminator <= layout.width,
            "a cell of {length} bytes was cut"
        );
        let start = row * layout.width;
        Some(&cells[start..start + length])
    }

    /// The same as text.
    pub fn text(&self, row: usize, column: usize) -> Option<&str> {
        let bytes = self.bytes(row, column)?;
        Some(std::str::from_utf8(bytes).expect("SQL_C_CHAR is UTF-8"))
    }

    /// The same in its type.
    pub fn value(&self, row: usize, column: usize) -> Value {
        let c_type = self.columns[column].layout.c_type;
        self.bytes(row, column)
            .map_or(Value::Null, |bytes| Value::from_bytes(c_type, bytes))
    }

    /// The length or indicator as the driver wrote it.
    pub fn indicator(&self, row: usize, column: usize) -> isize {
        self.columns[column].indicators[row]
    }

    /// `SQL_ROW_*` of a row.
    pub fn status(&self, row: usize) -> u16 {
        self.statuses[row]
    }
}
