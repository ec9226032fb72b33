//! Refused clauses of commands: all clauses that the commands do not use.
//!
//! The parser knows the clauses of many databases. As with queries, each field is named, so that a
//! new one does not compile before somebody has decided about it.

use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{
    CreateTable, CreateTableOptions, Delete, HiveDistributionStyle, HiveFormat, Insert, OnCommit,
    Statement, Truncate, TruncateTableTarget, Update,
};

pub fn is_insert(insert: &Insert) -> bool {
    let Insert {
        insert_token: _,
        optimizer_hints: _,
        or,
        ignore,
        into: _,
        table: _,
        table_alias,
        columns: _,
        overwrite,
        source: _,
        assignments,
        partitioned,
        after_columns,
        has_table_keyword: _,
        on,
        returning,
        output,
        replace_into,
        priority,
        insert_alias,
        settings,
        format_clause,
        multi_table_insert_type,
        multi_table_into_clauses,
        multi_table_when_clauses,
        multi_table_else_clause,
    } = insert;
    or.is_some()
        || *ignore
        || table_alias.is_some()
        || *overwrite
        || !assignments.is_empty()
        || partitioned.is_some()
        || !after_columns.is_empty()
        || on.is_some()
        || returning.is_some()
        || output.is_some()
        || *replace_into
        || priority.is_some()
        || insert_alias.is_some()
        || settings.is_some()
        || format_clause.is_some()
        || multi_table_insert_type.is_some()
        || !multi_table_into_clauses.is_empty()
        || !multi_table_when_clauses.is_empty()
        || multi_table_else_clause.is_some()
}

pub fn is_update(update: &Update) -> bool {
    let Update {
        update_token: _,
        optimizer_hints: _,
        table: _,
        assignments: _,
        from,
        selection: _,
        returning,
        output,
        or,
        order_by,
        limit,
    } = update;
    from.is_some()
        || returning.is_some()
        || output.is_some()
        || or.is_some()
        || !order_by.is_empty()
        || limit.is_some()
}

pub fn is_delete(delete: &Delete) -> bool {
    let Delete {
        delete_token: _,
        optimizer_hints: _,
        tables,
        from: _,
        using,
        selection: _,
        returning,
        output,
        order_by,
        limit,
    } = delete;
    !tables.is_empty()
        || using.is_some()
        || returning.is_some()
        || output.is_some()
        || !order_by.is_empty()
        || limit.is_some()
}

pub fn is_truncate(truncate: &Truncate) -> bool {
    let Truncate {
        table_names,
        partitions,
        table: _,
        if_exists,
        identity,
        cascade,
        on_cluster,
    } = truncate;
    let is_target = |target: &TruncateTableTarget| {
        let TruncateTableTarget {
            name: _,
            only,
            has_asterisk,
        } = target;
        *only || *has_asterisk
    };
    table_names.iter().any(is_target)
        || partitions.is_some()
        || *if_exists
        || identity.is_some()
        || cascade.is_some()
        || on_cluster.is_some()
}

/// Nothing depends on a table, so CASCADE and RESTRICT have no effect.
pub fn is_drop(statement: &Statement) -> bool {
    match statement {
        Statement::Drop {
            object_type: _,
            if_exists: _,
            names: _,
            cascade: _,
            restrict: _,
            purge,
            temporary: _,
            table,
        } => *purge || table.is_some(),
        _ => false,
    }
}

/// Clauses besides name, columns and keys, AS SELECT and ON COMMIT PRESERVE ROWS.
pub fn of_create(create: &CreateTable) -> Option<&'static str> {
    let CreateTable {
        or_replace,
        temporary: _,
        external,
        dynamic,
        global: _,
        if_not_exists: _,
        transient,
        volatile,
        iceberg,
        snapshot,
        name: _,
        columns: _,
        constraints: _,
        hive_distribution,
        hive_formats,
        table_options,
        file_format,
        location,
        query: _,
        without_rowid,
        like,
        clone,
        version,
        comment,
        on_commit,
        on_cluster,
        primary_key,
        order_by,
        partition_by,
        cluster_by,
        clustered_by,
        inherits,
        partition_of,
        for_values,
        strict,
        copy_grants,
        enable_schema_evolution,
        change_tracking,
        data_retention_time_in_days,
        max_data_extension_time_in_days,
        default_ddl_collation,
        with_aggregation_policy,
        with_row_access_policy,
        with_storage_lifecycle_policy,
        with_tags,
        external_volume,
        base_location,
        catalog,
        catalog_sync,
        storage_serialization_policy,
        target_lag,
        warehouse,
        refresh_mode,
        initialize,
        require_user,
        diststyle,
        distkey,
        sortkey,
        backup,
    } = create;
    let named = [
        (*or_replace, "CREATE OR REPLACE TABLE"),
        (*external, "CREATE EXTERNAL TABLE"),
        (like.is_some(), "CREATE TABLE ... LIKE"),
        (clone.is_some(), "CREATE TABLE ... CLONE"),
        (inherits.is_some(), "CREATE TABLE ... INHERITS"),
        (
            partition_by.is_some() || partition_of.is_some(),
            "PARTITION",
        ),
        (
            matches!(on_commit, Some(OnCommit::DeleteRows | OnCommit::Drop)),
            "ON COMMIT DELETE ROWS or DROP (there are no transactions; write ON COMMIT PRESERVE ROWS)",
        ),
    ];
    let flags = [
        *dynamic,
        *transient,
        *volatile,
        *iceberg,
        *snapshot,
        *without_rowid,
        *strict,
        *copy_grants,
        *require_user,
    ];
    let clauses = [
        *hive_distribution != HiveDistributionStyle::NONE,
        hive_formats
            .as_ref()
            .is_some_and(|formats| *formats != HiveFormat::default()),
        *table_options != CreateTableOptions::None,
        file_format.is_some(),
        location.is_some(),
        version.is_some(),
        comment.is_some(),
        on_cluster.is_some(),
        primary_key.is_some(),
        order_by.is_some(),
        cluster_by.is_some(),
        clustered_by.is_some(),
        for_values.is_some(),
        enable_schema_evolution.is_some(),
        change_tracking.is_some(),
        data_retention_time_in_days.is_some(),
        max_data_extension_time_in_days.is_some(),
        default_ddl_collation.is_some(),
        with_aggregation_policy.is_some(),
        with_row_access_policy.is_some(),
        with_storage_lifecycle_policy.is_some(),
        with_tags.is_some(),
        external_volume.is_some(),
        base_location.is_some(),
        catalog.is_some(),
        catalog_sync.is_some(),
        storage_serialization_policy.is_some(),
        target_lag.is_some(),
        warehouse.is_some(),
        refresh_mode.is_some(),
        initialize.is_some(),
        diststyle.is_some(),
        distkey.is_some(),
        sortkey.is_some(),
        backup.is_some(),
    ];
    let is_more = flags.contains(&true) || clauses.contains(&true);
    let named = named.iter().find(|(is_there, _)| *is_there);
    named.map(|(_, clause)| *clause).or_else(|| {
        is_more.then_some(
            "CREATE TABLE with more than columns, keys, AS SELECT and ON COMMIT PRESERVE ROWS",
        )
    })
}

pub fn not_supported(what: &str) -> Error {
    Error::new(ErrorKind::NotSupported, format!("{what} is not supported"))
}
