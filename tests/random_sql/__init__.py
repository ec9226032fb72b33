"""Random statements: the driver against SQLite and DuckDB. docs/random-sql.md says what is generated."""
