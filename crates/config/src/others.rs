//! Keys that are not the driver's.

use super::keys;

/// Keys that driver managers, and tools made for SQL Server or Access, add to a driver's own. They
/// have no meaning here, and users did not write them.
pub(super) fn is_of_others(key: &str) -> bool {
    const KEYS: &[&str] = &[
        "Driver64",
        "DriverUnicodeType",
        "DriverManagerEncoding",
        "DMEnvAttr",
        "DMConnAttr",
        "DMStmtAttr",
        "Threading",
        "Trace",
        "TraceFile",
        "Setup",
        "UsageCount",
        "FileUsage",
        "CPTimeout",
        "CPTimeToLive",
        "CPProbe",
        "Pooling",
        "DontDLClose",
        "LastUser",
        "Address",
        "AnsiNPW",
        "App",
        "ApplicationIntent",
        "ApplicationName",
        "AutoTranslate",
        "Database",
        "Encrypt",
        "Language",
        "MARS_Connection",
        "MultipleActiveResultSets",
        "Network",
        "QuotedId",
        "Regional",
        "StatsLog_On",
        "QueryLog_On",
        "Trusted_Connection",
        "TrustServerCertificate",
        "WorkstationId",
        "WSID",
    ];
    let key = keys::normal(key);
    KEYS.iter().any(|known| keys::normal(known) == key)
}
