//! The set-up of DataFusion for a connection.

use super::all_tables::AllTables;
use super::{catalog, rules};
use crate::{aggregates, coercion, functions, subqueries};
use datafusion::common::Result;
use datafusion::execution::SessionStateDefaults;
use datafusion::execution::runtime_env::RuntimeEnv;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::prelude::SessionConfig;
use exchange_tables::{GraphSource, search};
use once_cell::sync::OnceCell;
use std::sync::Arc;

/// Maximum number of keys that the read side of a join passes to the scan of the other side.
const KEYS_OF_A_JOIN: usize = 100_000;

pub fn session_state(source: &Arc<GraphSource>, tables: &Arc<AllTables>) -> Result<SessionState> {
    static RUNTIME: OnceCell<Arc<RuntimeEnv>> = OnceCell::new();
    let runtime = RUNTIME.get_or_init(|| Arc::new(RuntimeEnv::default()));
    let state = builder(&function_context(source))
        .with_runtime_env(Arc::clone(runtime))
        .with_catalog_list(catalog::catalogs(source, tables)?);
    Ok(state.build())
}

/// The engine without its tables.
pub fn builder(context: &functions::Context) -> SessionStateBuilder {
    let mut expression_planners = coercion::expr_planners();
    expression_planners.extend(SessionStateDefaults::default_expr_planners());
    let mut scalar_functions = functions::scalar_udfs(context);
    scalar_functions.extend(search::functions());
    scalar_functions.extend(coercion::internal_functions());
    SessionStateBuilder::new()
        .with_config(config())
        .with_query_planner(subqueries::query_planner())
        .with_expr_planners(expression_planners)
        .with_type_planner(coercion::type_planner())
        .with_analyzer_rules(rules::analyzer_rules(context.zone))
        .with_optimizer_rules(rules::optimizer_rules())
        .with_scalar_functions(scalar_functions)
        .with_aggregate_functions(aggregates::aggregate_udfs())
        .with_window_functions(SessionStateDefaults::default_window_functions())
        .with_physical_optimizer_rules(rules::physical_optimizer_rules())
}

pub fn config() -> SessionConfig {
    let mut config = SessionConfig::new()
        // Reading waits for the network, not for processors: one partition keeps order and memory.
        .with_target_partitions(1)
        .with_default_catalog_and_schema(catalog::CATALOG, catalog::SCHEMA)
        .with_create_default_catalog_and_schema(false)
        .with_information_schema(false);
    let options = config.options_mut();
    // The text layer has already lower-cased every identifier.
    options.sql_parser.enable_ident_normalization = false;
    // 1.10 is a decimal number in SQL, not a binary fraction.
    options.sql_parser.parse_float_as_decimal = true;
    // The ODBC layer reads plain strings.
    options.sql_parser.map_string_types_to_utf8view = false;
    // Facts about columns are stored as field metadata. A UNION keeps one side's metadata in the
    // logical schema and the other's in the physical one.
    options.execution.skip_physical_aggregate_schema_check = true;
    // The scans wait for the keys of joins, but a sort or an aggregate would never complete its
    // keys.
    options.optimizer.enable_topk_dynamic_filter_pushdown = false;
    options.optimizer.enable_aggregate_dynamic_filter_pushdown = false;
    // As many keys as a statement can hold in memory: each saves a request.
    options
        .optimizer
        .hash_join_inlist_pushdown_max_distinct_values = KEYS_OF_A_JOIN;
    options.optimizer.hash_join_inlist_pushdown_max_size = KEYS_OF_A_JOIN * 1024;
    // NULLs sort below all values, as they do in Exchange, SQL Server, Access and SQLite; reported to
    // applications as SQL_NC_LOW.
    options.sql_parser.default_null_ordering = "nulls_min".to_owned();
    config
}

fn function_context(source: &GraphSource) -> functions::Context {
    let settings = source.settings();
    functions::Context {
        database: settings.tenant.clone(),
        user: settings.user_name().to_owned(),
        zone: settings.time_zone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::catalog::{AGGREGATES, CATALOG, WINDOWS};
    use crate::temporary::TemporaryTables;
    use crate::text::REFUSED;
    use exchange_config::{DataSources, from_connection_string};
    use exchange_graph::Client;
    use std::collections::BTreeSet;

    fn state() -> SessionState {
        let text = "TenantID=contoso;ClientId=a;ClientSecret=b;UserID=ann@contoso.com";
        let settings = from_connection_string(text, &DataSources::files([]))
            .expect("valid settings")
            .settings;
        let client = Client::new(&settings).expect("a client");
        let source = Arc::new(GraphSource::new(client, settings));
        let tables = AllTables::new(Vec::new(), Arc::new(TemporaryTables::default()));
        session_state(&source, &Arc::new(tables)).expect("a state")
    }

    /// Names that a statement can call; the text layer's own cannot be written.
    fn callable<'a>(names: impl Iterator<Item = &'a String>) -> BTreeSet<&'a str> {
        let names = names.map(String::as_str);
        names.filter(|name| !name.starts_with('=')).collect()
    }

    #[test]
    fn every_function_of_the_engine_is_documented() {
        let state = state();
        let scalar: BTreeSet<&str> = CATALOG.iter().map(|entry| entry.name).collect();
        let searches = BTreeSet::from(search::NAMES);
        let registered = callable(state.scalar_functions().keys());
        let unknown: Vec<_> = registered.difference(&scalar).collect();
        let unknown: Vec<_> = unknown
            .into_iter()
            .filter(|name| !searches.contains(**name))
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        let missing: Vec<_> = scalar.difference(&registered).collect();
        assert!(missing.is_empty(), "{missing:?}");

        let aggregates: BTreeSet<&str> = AGGREGATES.iter().map(|set| set.name).collect();
        let registered = callable(state.aggregate_functions().keys());
        // Functions that the text layer maps to these names.
        let own = BTreeSet::from(["stddev", "stddev_pop", "var", "var_pop"]);
        let unknown: Vec<_> = registered
            .difference(&aggregates)
            .filter(|name| !own.contains(**name))
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");

        let windows: BTreeSet<&str> = WINDOWS.iter().map(|set| set.name).collect();
        assert_eq!(callable(state.window_functions().keys()), windows);
        assert!(state.table_functions().is_empty());
        assert!(state.higher_order_functions().is_empty());
    }

    #[test]
    fn every_function_that_the_engine_has_elsewhere_is_documented_or_refused() {
        let refused: BTreeSet<&str> = REFUSED
            .iter()
            .flat_map(|(names, _)| *names)
            .copied()
            .collect();
        let documented = |name: &str| functions::catalog::find(name).is_some();
        let names_of = |name: &str, aliases: &[String]| {
            let mut names = aliases.to_vec();
            names.push(name.to_owned());
            names
        };
        let mut names = Vec::new();
        for function in SessionStateDefaults::default_scalar_functions() {
            names.extend(names_of(function.name(), function.aliases()));
        }
        for function in SessionStateDefaults::default_aggregate_functions() {
            names.extend(names_of(function.name(), function.aliases()));
        }
        for function in SessionStateDefaults::default_window_functions() {
            names.extend(names_of(function.name(), function.aliases()));
        }
        for function in SessionStateDefaults::default_table_functions() {
            names.push(function.name().to_owned());
        }
        let undecided: BTreeSet<&String> = names
            .iter()
            .filter(|name| !documented(name) && !refused.contains(name.as_str()))
            // Graph's indexes answer them.
            .filter(|name| !search::NAMES.contains(&name.as_str()))
            .collect();
        assert!(undecided.is_empty(), "{undecided:?}");
    }
}
