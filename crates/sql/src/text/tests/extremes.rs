//! Statements that are long, deep or both.

use super::engine;
use crate::ErrorKind;
use crate::text::{ParseOptions, Parsed, parse};
use std::time::{Duration, Instant};

/// Half of the stack of the driver's threads: the tests are built without optimization.
const STACK: usize = 4 << 20;

/// The default stack of threads on Windows.
const SMALL_STACK: usize = 1 << 20;

type Shape = (&'static str, fn(usize) -> String);

/// Ways to nest.
const SHAPES: &[Shape] = &[
    ("parentheses", |n| {
        format!("SELECT {}a{} FROM t", "(".repeat(n), ")".repeat(n))
    }),
    ("calls", |n| {
        format!(
            "SELECT a FROM t WHERE {}b{} = 'x'",
            "upper(".repeat(n),
            ")".repeat(n)
        )
    }),
    ("operators", |n| {
        format!("SELECT a{} FROM t", "*a".repeat(n))
    }),
    ("mixed operators", |n| {
        format!("SELECT a{} FROM t", "*a%7".repeat(n))
    }),
    ("to the right", |n| {
        format!("SELECT {}a{} FROM t", "1+(".repeat(n), ")".repeat(n))
    }),
    ("to both sides", |n| {
        format!("SELECT {}a{} FROM t", "1+(".repeat(n), ")+1".repeat(n))
    }),
    ("NOT", |n| {
        format!("SELECT a FROM t WHERE {} a=1", "NOT ".repeat(n))
    }),
    ("signs", |n| format!("SELECT {}a FROM t", "- ".repeat(n))),
    ("casts", |n| format!("SELECT a{} FROM t", "::int".repeat(n))),
    ("CASE", |n| {
        format!(
            "SELECT {}1{} FROM t",
            "CASE WHEN a=1 THEN ".repeat(n),
            " END".repeat(n)
        )
    }),
    ("derived tables", |n| {
        format!(
            "SELECT * FROM {}t{}",
            "(SELECT * FROM ".repeat(n),
            ")".repeat(n)
        )
    }),
    ("subqueries", |n| {
        format!("SELECT {}1{}", "(SELECT ".repeat(n), ")".repeat(n))
    }),
    ("IN", |n| {
        format!(
            "SELECT a FROM t WHERE {}1=1{}",
            "a IN (SELECT a FROM t WHERE ".repeat(n),
            ")".repeat(n)
        )
    }),
    ("joins", |n| {
        let join = |i| format!(" JOIN t t{i} ON t.a = t{i}.a");
        format!("SELECT t.a FROM t{}", (0..n).map(join).collect::<String>())
    }),
    ("set operations", |n| {
        format!("SELECT a FROM t{}", " EXCEPT SELECT a FROM t".repeat(n))
    }),
    ("mixed unions", |n| {
        format!(
            "SELECT a FROM t{}",
            " UNION SELECT a FROM t UNION ALL SELECT a FROM t".repeat(n)
        )
    }),
    ("alternatives", |n| {
        format!(
            "SELECT a FROM t WHERE {}a=1{}",
            "(a=2 OR (a=3 AND ".repeat(n),
            "))".repeat(n)
        )
    }),
];

fn on_stack<T: Send + 'static>(size: usize, work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new()
        .stack_size(size)
        .spawn(work)
        .unwrap()
        .join()
        .unwrap()
}

fn parsed(sql: &str) -> Result<Vec<Parsed>, crate::Error> {
    parse(sql, &ParseOptions::default())
}

/// A stack overflow would end the process.
#[test]
fn the_deepest_statements_that_are_accepted_run() {
    for (name, shape) in SHAPES {
        let deepest = on_stack(STACK, move || {
            let accepted = |n: usize| parsed(&shape(n)).is_ok();
            // The largest accepted size, by bisection.
            let (mut low, mut high) = (1, 4_096);
            assert!(accepted(low) && !accepted(high), "{name}");
            while high - low > 1 {
                let middle = (low + high) / 2;
                if accepted(middle) {
                    low = middle
                } else {
                    high = middle
                }
            }
            low
        });
        assert!(deepest >= 16, "{name}: {deepest}");
        on_stack(STACK, move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap();
            let rows = runtime.block_on(engine::run(&engine::context(), &shape(deepest)));
            assert!(rows.is_ok(), "{name} {deepest}: {rows:?}");
        });
        let statement = on_stack(STACK, move || parsed(&shape(deepest)).unwrap());
        on_stack(SMALL_STACK, move || {
            let copy = statement.clone();
            drop(statement);
            drop(copy);
        });
    }
}

#[test]
fn what_is_too_deep_is_refused_with_the_place() {
    for (name, shape) in SHAPES {
        let sql = shape(10_000);
        let error = on_stack(STACK, move || parsed(&sql).err())
            .unwrap_or_else(|| panic!("{name} are not refused"));
        assert_eq!(error.kind, ErrorKind::NotSupported, "{name}: {error}");
        assert!(error.message.contains("line 1, column"), "{name}: {error}");
        assert!(error.message.len() < 300, "{name}");
    }
    let escapes = format!("SELECT {}1{}", "{fn ABS(".repeat(2_000), ")}".repeat(2_000));
    assert_eq!(parsed(&escapes).unwrap_err().kind, ErrorKind::NotSupported);
}

#[test]
fn lists_and_alternatives_may_be_long() {
    let numbers = |n: usize| (0..n).map(|i| format!(",{i}")).collect::<String>();
    let or = |n: usize| {
        (0..n)
            .map(|i| format!(" OR (a = {i} AND b = 'x{i}')"))
            .collect::<String>()
    };
    for sql in [
        format!("SELECT a FROM t WHERE a IN (1{})", numbers(100_000)),
        format!("SELECT a FROM t WHERE a = 1{}", or(10_000)),
        format!("SELECT a FROM t WHERE b = '{}'", "x".repeat(1 << 20)),
        format!("SELECT a{} FROM t", ",a".repeat(1_000)),
    ] {
        let start = Instant::now();
        let statements = on_stack(STACK, move || {
            parsed(&sql).map(|statements| statements.len())
        });
        assert_eq!(statements.unwrap(), 1);
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}

#[tokio::test]
async fn ten_thousand_alternatives_are_planned() {
    let or = (0..10_000)
        .map(|i| format!(" OR (a = {i} AND b = 'x{i}')"))
        .collect::<String>();
    let sql = format!("SELECT a FROM t WHERE a = 1{or}");
    assert_eq!(
        engine::run(&engine::context(), &sql).await.unwrap(),
        ["a", "1"]
    );
}

#[tokio::test]
async fn ten_thousand_rows_may_stand_in_a_list() {
    let rows = (1..=10_000).map(|i| format!("({i}, 'x')"));
    let rows = rows.collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT a FROM t WHERE (a, b) IN ({rows}) OR (a, 'x') IN ((3, 'x'), {rows})");
    let shown = engine::run(&engine::context(), &sql).await.unwrap();
    assert_eq!(shown.len(), 4, "{shown:?}");
}

/// Without the dialect's hooks, each of these made the parser try every way to read it.
#[test]
fn nested_mistakes_take_no_exponential_time() {
    let nest = |open: &str, close: &str| {
        format!("SELECT {}1 1{} FROM t", open.repeat(30), close.repeat(30))
    };
    let statements = [
        nest("FLOOR(", ")"),
        nest("POSITION(", ", 'a')"),
        nest("CASE WHEN 1 = ", " THEN 1 END"),
        nest("CONVERT(int, ", ")"),
        nest("CONVERT(", ", SQL_INTEGER)"),
        nest("CURRENT_DATE(", ")"),
        nest("NOT (", ")"),
        nest("TRIM(", ")"),
        nest("SUBSTRING(", ", 1)"),
        format!(
            "SELECT * FROM {}t t t{}",
            "((SELECT * FROM ".repeat(20),
            ") x)".repeat(20)
        ),
        format!(
            "SELECT * FROM {}t t t{}",
            "((SELECT * FROM ".repeat(12),
            ") x)".repeat(12)
        ),
        format!("SELECT * FROM {}a b c{}", "(".repeat(90), ")".repeat(90)),
    ];
    for sql in statements {
        let start = Instant::now();
        assert!(on_stack(STACK, {
            let sql = sql.clone();
            move || parsed(&sql).is_err()
        }));
        assert!(start.elapsed() < Duration::from_secs(5), "{sql}");
    }
}
