# The project's commands. Each does its own set-up and may be run first.

.DEFAULT_GOAL := help
.PHONY: help setup build demo isql test memcheck fuzz random-sql random-series sql-corpus windows windows-installer test-windows lint header docs bench clean

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 25

demo: ## Build the driver and show it at work on a sample mailbox, through isql
	@scripts/demo

isql: ## Open a prompt over the sample mailbox
	@scripts/demo --isql

build: ## Build the driver: target/release/libexchange_odbc.so
	@scripts/build

test: ## Run all tests
	@scripts/test

memcheck: ## Run the C programs with their memory watched: valgrind, AddressSanitizer
	@scripts/memcheck

fuzz: ## Try random input for an hour, or for SECONDS
	@scripts/fuzz $(SECONDS)

random-sql: ## Try 50,000 random statements against SQLite and DuckDB, or COUNT, from SEED
	@scripts/random-sql $(or $(COUNT),50000) $(or $(SEED),1)

random-series: ## Try 4,000 random series of events against dateutil, or COUNT, from SEED
	@scripts/random-series $(or $(COUNT),4000) $(or $(SEED),1)

sql-corpus: ## Run the public corpus of statements that SQL_CORPUS names
	@scripts/sql-corpus

# Of what the driver for Windows is built and tested: x64, x86, or both.
ARCHITECTURES ?= x64

windows: ## Build the driver for Windows: target/windows; ARCHITECTURES="x64 x86" for both
	@scripts/windows build $(ARCHITECTURES)

windows-installer: ## Build its installer: target/windows/exchange-odbc-VERSION-x64.exe
	@scripts/windows installer $(ARCHITECTURES)

test-windows: ## Test the driver for Windows and its installer in Wine
	@scripts/windows test $(ARCHITECTURES)

lint: ## Check format, clippy and the scripts
	@scripts/lint

header: ## Write include/exchange_odbc.h anew after a change of exported functions
	@EXCHANGE_ODBC_WRITE_HEADER=1 cargo build --release --workspace --locked

docs: ## Write what is generated of the documentation: tables, keys, output
	@WRITE_DOCS=1 cargo test --quiet --release --workspace --locked --lib --test docs --test table_pages --test explain --test faults --test pushdown --test dependencies -- is_current
	@PYTHONPATH=tests PYTHONDONTWRITEBYTECODE=1 python3 -m random_sql.page
	@scripts/demo >/dev/null
	@scripts/readme-output

bench: build ## Measure reading, planning and conversion, then all beside other clients and drivers
	@cargo bench --locked --profile release --bench fetch --bench planning
	@cargo test --release --locked --workspace --lib -- --ignored --nocapture --test-threads=1
	@scripts/bench

setup: ## Install what all of this needs
	@scripts/setup test
	@scripts/setup memcheck
	@scripts/setup lint

clean: ## Remove everything that was built
	@cargo clean
