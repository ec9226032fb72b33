//! SQLSTATEs: one constant each, with the text of the ODBC reference.

/// A five-character state and its canonical text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SqlState {
    pub code: &'static str,
    pub text: &'static str,
}

impl SqlState {
    pub fn is_warning(self) -> bool {
        self.code.starts_with("01")
    }

    /// Class and subclass of ODBC 3.0 and its successors rather than of ISO 9075.
    pub fn class_origin(self) -> &'static str {
        if self.code.starts_with("IM") {
            "ODBC 3.0"
        } else {
            "ISO 9075"
        }
    }

    pub fn subclass_origin(self) -> &'static str {
        if ODBC_SUBCLASSES.contains(&self.code) {
            "ODBC 3.0"
        } else {
            "ISO 9075"
        }
    }
}

/// The states whose subclass ODBC defined (reference page of SQLGetDiagField).
const ODBC_SUBCLASSES: &[&str] = &[
    "01S00", "01S01", "01S02", "01S06", "01S07", "07S01", "08S01", "21S01", "21S02", "25S01",
    "25S02", "25S03", "42S01", "42S02", "42S11", "42S12", "42S21", "42S22", "HY095", "HY097",
    "HY098", "HY099", "HY100", "HY101", "HY105", "HY107", "HY109", "HY110", "HY111", "HYT00",
    "HYT01", "IM001", "IM002", "IM003", "IM004", "IM005", "IM006", "IM007", "IM008", "IM010",
    "IM011", "IM012",
];

macro_rules! states {
    ($($name:ident = $code:literal, $text:literal;)*) => {
        $(#[doc = $text] pub const $name: SqlState = SqlState { code: $code, text: $text };)*
        /// Every state that the driver knows.
        #[cfg(test)]
        pub const ALL: &[SqlState] = &[$($name),*];
    };
}

states! {
    S01000 = "01000", "General warning";
    S01004 = "01004", "String data, right truncated";
    S01S00 = "01S00", "Invalid connection string attribute";
    S01S01 = "01S01", "Error in row";
    S01S02 = "01S02", "Option value changed";
    S01S06 = "01S06", "Attempt to fetch before the result set returned the first rowset";
    S01S07 = "01S07", "Fractional truncation";
    S07002 = "07002", "COUNT field incorrect";
    S07005 = "07005", "Prepared statement not a cursor-specification";
    S07006 = "07006", "Restricted data type attribute violation";
    S07009 = "07009", "Invalid descriptor index";
    S07S01 = "07S01", "Invalid use of default parameter";
    S08001 = "08001", "Client unable to establish connection";
    S08002 = "08002", "Connection name in use";
    S08003 = "08003", "Connection not open";
    S08S01 = "08S01", "Communication link failure";
    S21000 = "21000", "Cardinality violation";
    S21S01 = "21S01", "Insert value list does not match column list";
    S22001 = "22001", "String data, right truncated";
    S22002 = "22002", "Indicator variable required but not supplied";
    S22003 = "22003", "Numeric value out of range";
    S22007 = "22007", "Invalid datetime format";
    S22008 = "22008", "Datetime field overflow";
    S22012 = "22012", "Division by zero";
    S22015 = "22015", "Interval field overflow";
    S22018 = "22018", "Invalid character value for cast specification";
    S22025 = "22025", "Invalid escape sequence";
    S23000 = "23000", "Integrity constraint violation";
    S24000 = "24000", "Invalid cursor state";
    S25000 = "25000", "Invalid transaction state";
    S28000 = "28000", "Invalid authorization specification";
    S34000 = "34000", "Invalid cursor name";
    S3C000 = "3C000", "Duplicate cursor name";
    S40001 = "40001", "Serialization failure";
    S42000 = "42000", "Syntax error or access violation";
    S42S01 = "42S01", "Base table or view already exists";
    S42S02 = "42S02", "Base table or view not found";
    S42S22 = "42S22", "Column not found";
    HY000 = "HY000", "General error";
    HY001 = "HY001", "Memory allocation error";
    HY003 = "HY003", "Invalid application buffer type";
    HY004 = "HY004", "Invalid SQL data type";
    HY007 = "HY007", "Associated statement is not prepared";
    HY008 = "HY008", "Operation canceled";
    HY009 = "HY009", "Invalid use of null pointer";
    HY010 = "HY010", "Function sequence error";
    HY011 = "HY011", "Attribute cannot be set now";
    HY012 = "HY012", "Invalid transaction operation code";
    HY016 = "HY016", "Cannot modify an implementation row descriptor";
    HY017 = "HY017", "Invalid use of an automatically allocated descriptor handle";
    HY019 = "HY019", "Non-character and non-binary data sent in pieces";
    HY020 = "HY020", "Attempt to concatenate a null value";
    HY021 = "HY021", "Inconsistent descriptor information";
    HY024 = "HY024", "Invalid attribute value";
    HY090 = "HY090", "Invalid string or buffer length";
    HY091 = "HY091", "Invalid descriptor field identifier";
    HY092 = "HY092", "Invalid attribute/option identifier";
    HY095 = "HY095", "Function type out of range";
    HY096 = "HY096", "Information type out of range";
    HY097 = "HY097", "Column type out of range";
    HY098 = "HY098", "Scope type out of range";
    HY099 = "HY099", "Nullable type out of range";
    HY100 = "HY100", "Uniqueness option type out of range";
    HY101 = "HY101", "Accuracy option type out of range";
    HY104 = "HY104", "Invalid precision or scale value";
    HY105 = "HY105", "Invalid parameter type";
    HY106 = "HY106", "Fetch type out of range";
    HY107 = "HY107", "Row value out of range";
    HY109 = "HY109", "Invalid cursor position";
    HY110 = "HY110", "Invalid driver completion";
    HY111 = "HY111", "Invalid bookmark value";
    HYC00 = "HYC00", "Optional feature not implemented";
    HYT00 = "HYT00", "Timeout expired";
    IM002 = "IM002", "Data source name not found and no default driver specified";
    IM008 = "IM008", "Dialog failed";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_five_characters_and_unique() {
        for (index, state) in ALL.iter().enumerate() {
            assert_eq!(state.code.len(), 5);
            assert!(
                !ALL[..index].iter().any(|other| other.code == state.code),
                "{}",
                state.code
            );
        }
    }

    #[test]
    fn origins_follow_the_reference() {
        assert_eq!(IM008.class_origin(), "ODBC 3.0");
        assert_eq!(S42S02.class_origin(), "ISO 9075");
        assert_eq!(S42S02.subclass_origin(), "ODBC 3.0");
        assert_eq!(HY010.subclass_origin(), "ISO 9075");
    }
}
