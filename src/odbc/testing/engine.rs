//! An engine without SQL: it only knows predefined texts and their rows.

use crate::odbc::connector::{
    Browsed, ConnectError, ConnectRequest, Connected, Connector, Storage, Target,
};
use crate::odbc::diagnostics::sqlstate;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use exchange_config::{Wanted, Zone};
use exchange_sql::{
    Cancellation, Column, ColumnType, Error, ErrorKind, ExecuteOptions, Parameter, Rows, Session,
    Statement, TableInfo, Value, Warning,
};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A plain column.
pub fn column(name: &str, column_type: ColumnType) -> Column {
    Column {
        name: name.to_owned(),
        column_type,
        nullable: true,
        case_sensitive: true,
        base: None,
        remarks: String::new(),
    }
}

/// A batch of these arrays.
pub fn batch(arrays: Vec<ArrayRef>) -> RecordBatch {
    let fields: Vec<Field> = arrays
        .iter()
        .enumerate()
        .map(|(index, array)| Field::new(format!("c{index}"), array.data_type().clone(), true))
        .collect();
    let rows = arrays.first().map_or(0, |array| array.len());
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options).unwrap()
}

/// The engine's behaviour after the last batch.
#[derive(Clone, Debug, Default)]
pub enum Behaviour {
    #[default]
    Ends,
    Fails(Error),
    Panics,
    /// Waits until it is cancelled or its time is up.
    Waits,
}

/// A statement with a predefined result.
#[derive(Clone, Debug, Default)]
pub struct FakeStatement {
    pub columns: Vec<Column>,
    pub parameters: Vec<Parameter>,
    pub batches: Vec<RecordBatch>,
    pub then: Behaviour,
    /// Fails at once.
    pub refuses: Option<Error>,
    pub affected: Option<u64>,
    pub warnings: Vec<Warning>,
    /// The parameters of every execution.
    pub executions: Arc<Mutex<Vec<Vec<Value>>>>,
    /// The options of the last one.
    pub options: Arc<Mutex<Option<ExecuteOptions>>>,
    /// The time limits of all calls that ask for rows.
    pub patience: Arc<Mutex<Vec<Option<Duration>>>>,
}

impl FakeStatement {
    /// A query with these columns and rows.
    pub fn query(columns: Vec<Column>, batches: Vec<RecordBatch>) -> Self {
        Self {
            columns,
            batches,
            ..Self::default()
        }
    }

    /// A statement that changes `affected` rows, whatever its parameters.
    pub fn update(affected: u64, parameters: usize) -> Self {
        let text = Parameter {
            column_type: ColumnType::Varchar { length: 10 },
            nullable: true,
        };
        Self {
            affected: Some(affected),
            parameters: vec![text; parameters],
            ..Self::default()
        }
    }
}

impl Statement for FakeStatement {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn execute(
        &self,
        parameters: &[Value],
        options: &ExecuteOptions,
    ) -> Result<Box<dyn Rows>, Error> {
        self.executions.lock().unwrap().push(parameters.to_vec());
        *self.options.lock().unwrap() = Some(options.clone());
        // A parameter with this text fails, for arrays of parameters.
        let told = parameters.contains(&Value::Text("fail".into()));
        if let Some(error) = self.refuses.clone().or_else(|| told.then(failure)) {
            return Err(error);
        }
        Ok(Box::new(FakeRows {
            batches: self.batches.clone().into(),
            then: self.then.clone(),
            cancellation: options.cancellation.clone(),
            affected: self.affected,
            warnings: self.warnings.clone(),
            patience: Arc::clone(&self.patience),
        }))
    }
}

fn failure() -> Error {
    Error::new(ErrorKind::Duplicate, "The row is there already")
}

struct FakeRows {
    batches: VecDeque<RecordBatch>,
    then: Behaviour,
    cancellation: Cancellation,
    affected: Option<u64>,
    warnings: Vec<Warning>,
    patience: Arc<Mutex<Vec<Option<Duration>>>>,
}

impl Rows for FakeRows {
    fn next(&mut self, deadline: Option<Instant>) -> Result<Option<RecordBatch>, Error> {
        let left = deadline.map(|deadline| deadline - Instant::now());
        self.patience.lock().unwrap().push(left);
        if let Some(batch) = self.batches.pop_front() {
            return Ok(Some(batch));
        }
        match &self.then {
            Behaviour::Ends => Ok(None),
            Behaviour::Fails(error) => Err(error.clone()),
            Behaviour::Panics => panic!("told to"),
            Behaviour::Waits => loop {
                if self.cancellation.is_cancelled() {
                    return Err(Error::new(
                        ErrorKind::Cancelled,
                        "The statement was cancelled",
                    ));
                }
                if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                    return Err(Error::new(ErrorKind::TimedOut, "The query timeout expired"));
                }
                std::thread::sleep(Duration::from_millis(1));
            },
        }
    }

    fn affected_rows(&self) -> Option<u64> {
        self.affected
    }

    fn take_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }
}

/// A connector that gives every connection the same statements and tables.
#[derive(Clone, Default)]
pub struct FakeConnector {
    pub statements: Vec<(String, FakeStatement)>,
    pub tables: Vec<Arc<TableInfo>>,
    pub connected: Arc<Mutex<Vec<ConnectRequest>>>,
    pub warnings: Vec<crate::odbc::connector::ConnectWarning>,
    pub query_timeout: Option<Duration>,
    pub dead: Arc<AtomicBool>,
    /// How often a session was reset.
    pub resets: Arc<AtomicUsize>,
    /// The options of every text that was planned.
    pub planned: Arc<Mutex<Vec<ExecuteOptions>>>,
    /// Bytes that scrollable results may keep in memory; a megabyte by default.
    pub cursor_memory: Option<usize>,
    pub temp_directory: Option<PathBuf>,
}

impl FakeConnector {
    pub fn knows(mut self, sql: &str, statement: FakeStatement) -> Self {
        self.statements.push((sql.to_owned(), statement));
        self
    }
}

impl Connector for FakeConnector {
    /// Only the password `wrong` is refused.
    fn connect(&self, request: &ConnectRequest) -> Result<Connected, ConnectError> {
        self.connected.lock().unwrap().push(request.clone());
        let (completed, data_source, refused) = match &request.target {
            Target::ConnectionString(text) => (
                format!("{text};Complete=yes"),
                String::new(),
                text.contains("PWD=wrong"),
            ),
            Target::DataSource { name, password, .. } => (
                format!("DSN={name}"),
                name.clone(),
                password.as_deref() == Some("wrong"),
            ),
        };
        if refused {
            let message = "The client secret is wrong".to_owned();
            return Err(ConnectError {
                state: sqlstate::S28000,
                message,
            });
        }
        Ok(Connected {
            session: Arc::new(self.clone()),
            completed,
            warnings: self.warnings.clone(),
            data_source,
            user: "ann@contoso.com".to_owned(),
            server: "graph.example".to_owned(),
            database: "contoso".to_owned(),
            read_only: request.read_only,
            query_timeout: self.query_timeout,
            storage: Storage {
                memory: self.cursor_memory.unwrap_or(1 << 20),
                folder: self.temp_directory.clone(),
            },
        })
    }

    /// Knows the keys UID, PWD and Color; `PWD=` without a value is malformed.
    fn browse(&self, known: &str, given: &str) -> Result<Browsed, ConnectError> {
        let parts = |text: &str| -> Vec<(String, String)> {
            let parts = text.split(';').filter_map(|part| part.split_once('='));
            parts
                .map(|(key, value)| (key.into(), value.into()))
                .collect()
        };
        let mut all = parts(given);
        if all.iter().any(|(_, value)| value.is_empty()) {
            return Err(ConnectError {
                state: sqlstate::S08001,
                message: "A value is missing".to_owned(),
            });
        }
        for (key, value) in parts(known) {
            if !all.iter().any(|(there, _)| *there == key) {
                all.push((key, value));
            }
        }
        let is_given = |wanted: &Wanted| all.iter().any(|(key, _)| key == wanted.keyword);
        let wanted = Self::KEYS.into_iter().filter(|wanted| !is_given(wanted));
        let texts = all.iter().map(|(key, value)| format!("{key}={value}"));
        Ok(Browsed {
            text: texts.collect::<Vec<_>>().join(";"),
            wanted: wanted.collect(),
            warnings: self.warnings.clone(),
        })
    }
}

impl FakeConnector {
    const KEYS: [Wanted; 3] = [
        Wanted {
            keyword: "UID",
            label: "User",
            required: true,
            choices: &[],
        },
        Wanted {
            keyword: "PWD",
            label: "Password",
            required: true,
            choices: &[],
        },
        Wanted {
            keyword: "Color",
            label: "Colour",
            required: false,
            choices: &["Red", "Blue"],
        },
    ];

    /// The tables, or the views of the system.
    fn listed(&self, views: bool) -> Vec<Arc<TableInfo>> {
        let tables = self.tables.iter();
        let listed = tables.filter(|table| table.schema.is_some() == views);
        listed.cloned().collect()
    }
}

impl Session for FakeConnector {
    fn zone(&self) -> Zone {
        Zone::UTC
    }

    fn prepare(
        &self,
        sql: &str,
        _no_scan: bool,
        options: &ExecuteOptions,
    ) -> Result<Vec<Arc<dyn Statement>>, Error> {
        self.planned.lock().unwrap().push(options.clone());
        sql.split(';')
            .filter(|text| !text.trim().is_empty())
            .map(|text| {
                let known = self
                    .statements
                    .iter()
                    .find(|(known, _)| known == text.trim());
                let (_, statement) = known.ok_or_else(|| {
                    Error::new(
                        ErrorKind::TableNotFound,
                        format!("There is no table in {text}"),
                    )
                })?;
                let statement: Arc<dyn Statement> = Arc::new(statement.clone());
                Ok(statement)
            })
            .collect()
    }

    fn native_sql(&self, sql: &str) -> Result<String, Error> {
        Ok(sql.replace("{fn ", "").replace('}', ""))
    }

    fn is_dead(&self) -> bool {
        self.dead.load(Relaxed)
    }

    fn reset(&self) {
        self.resets.fetch_add(1, Relaxed);
    }

    fn tables(&self) -> Vec<Arc<TableInfo>> {
        self.listed(false)
    }

    fn system_views(&self) -> Vec<Arc<TableInfo>> {
        self.listed(true)
    }
}
