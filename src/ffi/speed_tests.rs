//! The processor time of fetching through the exported functions, without engine and network. `make
//! bench` runs it, and so does `cargo test --release --workspace --locked --lib ffi::speed --
//! --ignored --nocapture`. Words after `SPEED=`, with semicolons between, select lines that contain them.

use super::arguments::at;
use super::results::{SQLFetch, SQLGetData};
use super::types::HStmt;
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::close;
use crate::odbc::constants::c_type;
use crate::odbc::handles::{SUCCESS, Success};
use crate::odbc::testing::{Application, FakeConnector, FakeStatement, batch, column};
use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Int32Array, Int64Array, StringArray, TimestampMicrosecondArray,
};
use exchange_sql::ColumnType;
use std::hint::black_box;
use std::ptr;
use std::sync::Arc;

const ROWS: usize = 40_000;
const BATCH: usize = 1_000;
const COLUMNS: usize = 12;
/// The rowset of the largest reads.
const MOST: usize = 1_000;
/// Each figure is the least of so many runs, which other work disturbed least.
const RUNS: usize = 7;

/// Bytes of a buffer for text.
const ROOM: usize = 512;

/// The natural C type of each column; 0 stands for text.
const NATURAL: [i16; COLUMNS] = [
    0,
    0,
    0,
    0,
    c_type::TYPE_TIMESTAMP,
    c_type::TYPE_TIMESTAMP,
    c_type::BIT,
    c_type::BIT,
    c_type::SLONG,
    c_type::SBIGINT,
    0,
    0,
];

/// Messages: each fourth subject and preview is not all ASCII, and a tenth of the importances is
/// NULL.
fn messages() -> FakeStatement {
    fn texts(text: impl Fn(usize) -> Option<String>) -> ArrayRef {
        Arc::new((0..BATCH).map(text).collect::<StringArray>())
    }
    fn moments(start: i64) -> ArrayRef {
        let moments = (0..BATCH as i64).map(|row| start + row * 1_234_567_891);
        Arc::new(TimestampMicrosecondArray::from_iter_values(moments))
    }
    fn bits(every: usize) -> ArrayRef {
        let bits = (0..BATCH).map(|row| Some(row % every == 0));
        Arc::new(bits.collect::<BooleanArray>())
    }
    let subjects = [
        "Re: minutes of the meeting on Thursday",
        "Your invoice",
        "Fwd: travel to the conference, and the hotel",
        "Grüße aus München: Änderungen für März",
    ];
    let previews = [
        "Dear colleagues, please find attached the minutes of our last meeting. Let me know what is missing.",
        "The parcel was handed over to the carrier today and will arrive on Monday.",
        "Hi, I have moved our call to three o'clock; the room stays the same. See you then!",
        "Sehr geehrte Damen und Herren, anbei die überarbeitete Fassung. 会议纪要 👍 Schöne Grüße",
    ];
    let names = ["Ann Lee", "José Pérez", "Robert Brown", "Catherine Smith"];
    let arrays = vec![
        texts(|row| Some(format!("AAMkAGI2TG93AAA{row:049}"))),
        texts(|row| Some(subjects[row % 4].to_owned())),
        texts(|row| Some(format!("person{row:05}@contoso.example"))),
        texts(|row| Some(names[row % 4].to_owned())),
        moments(1_700_000_000_000_000),
        moments(1_699_999_999_000_000),
        bits(2),
        bits(7),
        Arc::new(Int32Array::from_iter_values(0..BATCH as i32)),
        Arc::new(Int64Array::from_iter_values(0..BATCH as i64)),
        texts(|row| Some(previews[row % 4].to_owned())),
        texts(|row| (row % 10 != 0).then(|| "normal".to_owned())),
    ];
    let text = ColumnType::Varchar { length: 255 };
    let moment = ColumnType::Timestamp { fraction_digits: 6 };
    let types = [
        text,
        text,
        text,
        text,
        moment,
        moment,
        ColumnType::Bit,
        ColumnType::Bit,
        ColumnType::Integer,
        ColumnType::BigInt,
        text,
        text,
    ];
    let columns = types.map(|column_type| column("c", column_type));
    FakeStatement::query(columns.to_vec(), vec![batch(arrays); ROWS / BATCH])
}

/// The C types of a read.
fn c_types(text: i16, natural: bool) -> [i16; COLUMNS] {
    NATURAL.map(|c_type| match c_type {
        0 => text,
        other if natural => other,
        _ => text,
    })
}

/// Nanoseconds on a processor that this thread used.
fn processor_time() -> u64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: `time` has room for the answer.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

struct Bench {
    application: Application,
    wanted: String,
}

impl Bench {
    /// Prints the nanoseconds of a row, or of a call.
    fn measure(&self, name: &str, each: usize, read: impl Fn(HStmt)) {
        if !self.wanted.split(';').all(|word| name.contains(word)) {
            return;
        }
        let statement = HStmt(ptr::without_provenance_mut(self.application.statement));
        let run = || {
            assert_eq!(self.application.direct("messages"), SUCCESS);
            let begun = processor_time();
            read(statement);
            let taken = processor_time() - begun;
            self.application.call(close::close_cursor);
            taken
        };
        let least = (0..RUNS).map(|_| run()).min().unwrap_or_default();
        println!("{name:28}{:8.0} ns", least as f64 / each as f64);
    }

    fn bound(&self, name: &str, size: usize, types: [i16; COLUMNS]) {
        let mut buffers = vec![vec![0_u8; ROOM * MOST]; COLUMNS];
        let mut lengths = vec![vec![0_isize; MOST]; COLUMNS];
        for (index, c_type) in types.into_iter().enumerate() {
            let data = at(buffers[index].as_mut_ptr());
            let indicator = at(lengths[index].as_mut_ptr());
            let column = index as u16 + 1;
            self.application
                .bind(column, c_type, data, ROOM as isize, indicator);
        }
        self.application.set(attribute::ROW_ARRAY_SIZE, size);
        self.measure(name, ROWS, |statement| {
            // SAFETY: the bound buffers live until they are unbound below.
            while unsafe { SQLFetch(statement) } == SUCCESS {}
        });
        black_box((&mut buffers, &mut lengths));
        self.application.set(attribute::ROW_ARRAY_SIZE, 1);
        self.application.call(|scope| close::free(scope, 2));
    }

    fn cells(&self, name: &str, types: [i16; COLUMNS]) {
        self.measure(name, ROWS, |statement| {
            let mut buffer = [0_u8; 4096];
            let mut length = 0_isize;
            // SAFETY: the buffers are as long as the calls say.
            while unsafe { SQLFetch(statement) } == SUCCESS {
                for (column, c_type) in (1..).zip(types) {
                    let data = buffer.as_mut_ptr().cast();
                    // SAFETY: as above.
                    unsafe {
                        SQLGetData(statement, column, c_type, data, 4096, &raw mut length);
                    }
                }
                black_box((&mut buffer, length));
            }
        });
    }
}

#[test]
#[ignore = "a measurement"]
fn rows_a_second() {
    let bench = Bench {
        application: Application::new(FakeConnector::default().knows("messages", messages())),
        wanted: std::env::var("SPEED").unwrap_or_default(),
    };
    bench.measure("an empty call", ROWS, |_| {
        for _ in 0..ROWS {
            bench.application.call(|_| Ok(Success::Done));
        }
    });
    for (text, name) in [(c_type::CHAR, "char"), (c_type::WCHAR, "wide")] {
        for natural in [true, false] {
            let types = c_types(text, natural);
            let all = if natural { "" } else { ", all text" };
            for size in [MOST, 1] {
                bench.bound(&format!("bound {size}, {name}{all}"), size, types);
            }
            bench.cells(&format!("SQLGetData, {name}{all}"), types);
        }
    }
}
