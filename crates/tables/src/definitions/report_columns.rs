//! Columns of reports, which are found by the headers of a file.

use super::columns::ID_LENGTH;
use super::derived::derived;
use crate::ColumnType;
use crate::definition::{Column, ColumnSource, Context, Filter};

const fn field(name: &'static str, header: &'static str, column_type: ColumnType) -> Column {
    derived(name, column_type, ColumnSource::Field(header))
}

pub(super) const fn text(name: &'static str, header: &'static str, length: u32) -> Column {
    field(name, header, ColumnType::Varchar { length })
}

pub(super) const fn number(name: &'static str, header: &'static str) -> Column {
    field(name, header, ColumnType::BigInt)
}

pub(super) const fn boolean(name: &'static str, header: &'static str) -> Column {
    field(name, header, ColumnType::Bit)
}

pub(super) const fn date(name: &'static str, header: &'static str) -> Column {
    field(name, header, ColumnType::Date)
}

/// Reports give their rows no ids.
pub(super) const fn report_row_id() -> Column {
    derived(
        "id",
        ColumnType::Varchar { length: ID_LENGTH },
        ColumnSource::RowOfReport,
    )
    .required()
    .case_sensitive()
    .filter(Filter::Id, "reports")
    .remarks("Days of the report, number among its rows of the same name, and that name: 30-1-ann@contoso.com")
}

/// The days that the report covers, as the driver asked for them: some reports have left the field out.
pub(super) const fn report_period() -> Column {
    derived(
        "reportPeriod",
        ColumnType::Integer,
        ColumnSource::Context(Context::ReportPeriod),
    )
    .required()
    .filter(Filter::ReportPeriod, "reports")
    .remarks("Days that the report covers: 7, 30, 90 or 180")
}

pub(super) const fn report_refresh_date() -> Column {
    date("reportRefreshDate", "Report Refresh Date").remarks("Last day that the report covers")
}

pub(super) const fn user_principal_name() -> Column {
    text("userPrincipalName", "User Principal Name", 320)
        .remarks("Name for signing in (Users.userPrincipalName), unless names are concealed")
}

pub(super) const fn display_name() -> Column {
    text("displayName", "Display Name", 256).remarks("Name shown, unless names are concealed")
}

pub(super) const fn is_deleted() -> Column {
    boolean("isDeleted", "Is Deleted").remarks("Whether the account was deleted")
}

pub(super) const fn deleted_date() -> Column {
    date("deletedDate", "Deleted Date").remarks("When the account was deleted")
}

pub(super) const fn last_activity_date() -> Column {
    date("lastActivityDate", "Last Activity Date")
        .remarks("Last day with an activity; null without one")
}
