//! `x AT TIME ZONE 'Europe/Berlin'` as a call: the engine's own operator shifts times of UTC the other way.

use crate::functions::AT_TIME_ZONE;
use crate::text::call::call;
use datafusion::sql::sqlparser::ast::{Expr, Ident};
use std::mem;

pub fn rewrite(expr: &mut Expr) {
    if let Expr::AtTimeZone {
        timestamp,
        time_zone,
    } = expr
    {
        let null = || Expr::Value(datafusion::sql::sqlparser::ast::Value::Null.into());
        let arguments = [timestamp, time_zone].map(|part| mem::replace(&mut **part, null()));
        *expr = call(Ident::new(AT_TIME_ZONE), arguments.into());
    }
}
