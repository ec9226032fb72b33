//! Refused functions of the engine and of other databases, and their replacements.

/// Names in lower case, and the advice for them.
pub type Advice = (&'static [&'static str], &'static str);

/// The advice for a refused function.
pub fn advice_for(name: &str) -> Option<&'static str> {
    let mut all = REFUSED.iter();
    all.find(|(names, _)| names.contains(&name))
        .map(|(_, advice)| *advice)
}

pub const NO_LISTS: &str = "no value is a list, a map or a row; JSON_VALUE reads values out of JSON, INCLUDES looks into lists";
const OF_THE_ENGINE: &str = "it tells about the engine; SQLGetInfo tells about the driver";
const PARTS: &str = "write EXTRACT(year FROM x) or DATEPART(year, x)";
const FROM_TEXT: &str =
    "write CAST('2026-11-23 10:00:00' AS TIMESTAMP), CAST(x AS DATE) or CAST(x AS TIME)";
const FROM_PARTS: &str = "write DATEFROMPARTS(2026, 11, 23), or CAST of a text";
const EPOCH: &str = "write DATEADD(second, x, TIMESTAMP '1970-01-01 00:00:00')";
const SINCE_EPOCH: &str = "write DATEDIFF_BIG(second, TIMESTAMP '1970-01-01 00:00:00', x)";
pub const ZONES: &str =
    "times are in UTC; write x AT TIME ZONE 'Europe/Berlin' to show another zone's time";
const TO_TEXT: &str = "write FORMAT(x, 'yyyy-MM-dd') or TO_CHAR(x, 'YYYY-MM-DD')";
const CASTS: &str = "write CAST(x AS VARCHAR(10)), CAST(x AS INTEGER) and the like";
const BITS: &str = "write MAX(x) or MIN(x) for one bit";
const STATISTICS: &str = "write it with AVG and STDDEV_POP: (AVG(x * y) - AVG(x) * AVG(y)) / (STDDEV_POP(x) * STDDEV_POP(y)) is CORR";
const EXACT: &str = "write COUNT(DISTINCT x)";
const STRING_AGG: &str = "write STRING_AGG(x, ', ')";
const EXPONENTIAL: &str = "write it with EXP and LN";
pub const OVERLAY: &str = "write STUFF(text, start, length, replacement)";
pub const REGEX: &str = "write REGEXP_LIKE(text, pattern)";
pub const ITEMS: &str = "write INCLUDES(list, item)";
const HASHES: &str = "nothing computes hashes or codes here; compute them in the application";
const GENERATED: &str = "write WITH RECURSIVE for a series, ROW_NUMBER for numbers of rows";

/// Known functions that are refused.
pub const REFUSED: &[Advice] = &[
    (
        &[
            "array",
            "array_agg",
            "array_append",
            "array_contains",
            "array_length",
            "array_to_string",
            "cardinality",
            "collect_list",
            "flatten",
            "get_field",
            "list",
            "make_array",
            "make_map",
            "map",
            "named_struct",
            "row",
            "string_to_array",
            "struct",
            "union_extract",
            "union_tag",
            "unnest",
            "unnest_outer",
        ],
        NO_LISTS,
    ),
    (
        &[
            "arrow_cast",
            "arrow_try_cast",
            "cast_to_type",
            "try_cast_to_type",
            "to_number",
            "to_varchar",
            "str",
            "cstr",
            "cint",
            "clng",
            "cdbl",
            "cdate",
            "val",
        ],
        CASTS,
    ),
    (
        &[
            "arrow_field",
            "arrow_metadata",
            "arrow_typeof",
            "file_row_index",
            "input_file_name",
            "typeof",
            "version",
            "with_metadata",
        ],
        OF_THE_ENGINE,
    ),
    (&["overlay"], OVERLAY),
    (&["date_part"], PARTS),
    (
        &["date_bin", "time_bucket", "date_bucket"],
        "write DATE_TRUNC('hour', x)",
    ),
    (&["date_format", "strftime"], TO_TEXT),
    (
        &[
            "to_date",
            "to_time",
            "to_timestamp",
            "to_timestamp_seconds",
            "to_timestamp_millis",
            "to_timestamp_micros",
            "to_timestamp_nanos",
            "str_to_date",
            "strptime",
            "parse",
            "try_parse",
            "date",
            "datetime",
            "datevalue",
            "timevalue",
        ],
        FROM_TEXT,
    ),
    (
        &[
            "make_date",
            "make_time",
            "make_timestamp",
            "dateserial",
            "datetimefromparts",
            "datetime2fromparts",
            "timefromparts",
            "timeserial",
        ],
        FROM_PARTS,
    ),
    (&["from_unixtime"], EPOCH),
    (&["to_unixtime", "unix_timestamp", "epoch"], SINCE_EPOCH),
    (
        &[
            "to_local_time",
            "convert_tz",
            "timezone",
            "switchoffset",
            "todatetimeoffset",
            "sysdatetimeoffset",
        ],
        ZONES,
    ),
    (&["age", "months_between"], "write DATEDIFF(day, x, y)"),
    (
        &["add_months", "date_add", "date_sub"],
        "write DATEADD(month, 1, x)",
    ),
    (&["bit_and", "bit_or", "bit_xor"], BITS),
    (
        &[
            "corr",
            "covar",
            "covar_pop",
            "covar_samp",
            "regr_avgx",
            "regr_avgy",
            "regr_count",
            "regr_intercept",
            "regr_r2",
            "regr_slope",
            "regr_sxx",
            "regr_sxy",
            "regr_syy",
        ],
        STATISTICS,
    ),
    (&["approx_distinct", "approx_count_distinct"], EXACT),
    (
        &[
            "approx_median",
            "approx_percentile_cont",
            "approx_percentile_cont_with_weight",
            "approx_quantile",
            "percentile",
            "quantile",
            "quantile_cont",
            "quantile_disc",
        ],
        "write PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x)",
    ),
    (
        &["mode"],
        "group by the value, and write TOP 1 with ORDER BY COUNT(*) DESC",
    ),
    (
        &["first", "last"],
        "write FIRST_VALUE(x) OVER (ORDER BY y), or MIN and MAX",
    ),
    (&["mean"], "write AVG(x)"),
    (&["var_population"], "write VAR_POP(x)"),
    (&["var_sample"], "write VAR_SAMP(x)"),
    (&["group_concat", "listagg", "xmlagg"], STRING_AGG),
    (
        &[
            "json_agg",
            "json_arrayagg",
            "json_objectagg",
            "json_object",
            "json_array",
            "to_json",
        ],
        "no function makes JSON; make it in the application",
    ),
    (
        &[
            "json_extract",
            "json_extract_string",
            "get_json_object",
            "json_unquote",
        ],
        "write JSON_VALUE(x, '$.name'), or JSON_QUERY for objects and arrays",
    ),
    (
        &["json_exists", "isjson"],
        "write JSON_VALUE(x, '$.name') IS NOT NULL",
    ),
    (
        &["acosh", "asinh", "atanh", "cosh", "sinh", "tanh"],
        EXPONENTIAL,
    ),
    (
        &["cbrt"],
        "write POWER(x, 1.0 / 3) for a number that is not negative",
    ),
    (&["log2"], "write LOG(x, 2)"),
    (
        &["factorial", "gcd", "lcm"],
        "compute it in the application",
    ),
    (
        &["isnan", "nanvl"],
        "no number here is NaN; IS NULL finds nulls",
    ),
    (&["iszero"], "write x = 0"),
    (&["random"], "write RAND()"),
    (
        &["uuid", "newid", "gen_random_uuid"],
        "make it in the application; id and compositeKey identify rows",
    ),
    (
        &["levenshtein", "editdist3"],
        "write DIFFERENCE(a, b) or SOUNDEX(a)",
    ),
    (
        &[
            "to_hex",
            "hex",
            "md5",
            "sha1",
            "sha2",
            "sha256",
            "hashbytes",
            "checksum",
            "encode",
        ],
        HASHES,
    ),
    (&["find_in_set"], ITEMS),
    (
        &["substr_index", "substring_index"],
        "write SPLIT_PART(text, separator, number), or LEFT with LOCATE",
    ),
    (
        &["regexp_match", "regexp_matches", "regexp_extract"],
        "write REGEXP_SUBSTR(text, pattern)",
    ),
    (&["rlike", "regexp", "regexp_full_match"], REGEX),
    (
        &["generate_series", "range", "sequence", "rownum", "rowid"],
        GENERATED,
    ),
    (
        &["switch", "choose", "nz", "decode"],
        "write CASE WHEN ... THEN ... END, or COALESCE(x, 0)",
    ),
    (&["grouping_id"], "write GROUPING(a) * 2 + GROUPING(b)"),
    (&["sysdate", "systimestamp"], "write CURRENT_TIMESTAMP"),
    (&["instrrev"], "write INSTR(text, sought, -1)"),
    (&["patindex"], "write REGEXP_INSTR(text, pattern), or LIKE"),
    (
        &["string_split"],
        "write SPLIT_PART(text, separator, number)",
    ),
    (&["quotename", "parsename"], "join texts with ||"),
    (&["try_to_number"], "write TRY_CAST(x AS INTEGER)"),
];

#[cfg(test)]
mod tests {
    use super::REFUSED;
    use crate::functions::catalog;
    use std::collections::HashSet;

    #[test]
    fn no_function_is_refused_that_there_is_and_none_twice() {
        let mut seen = HashSet::new();
        for name in REFUSED.iter().flat_map(|(names, _)| *names) {
            let is_there = catalog::find(name).is_some();
            assert!(!is_there, "{name}");
            assert!(seen.insert(name), "{name}");
        }
    }
}
