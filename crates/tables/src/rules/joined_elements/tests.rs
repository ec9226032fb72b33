//! Which joins become one scan.

use super::JoinedElements;
use crate::{GraphSource, TableProvider, table};
use datafusion::common::{JoinType, TableReference};
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, col, lit};
use datafusion::optimizer::{OptimizerContext, OptimizerRule};
use exchange_config::{DataSources, from_connection_string};
use exchange_graph::Client;
use std::sync::Arc;

const ONE: &str = "UserID=ann@x.org";
const TWO: &str = "Mailboxes={ann@x.org;bob@x.org}";

/// The tables of a connection with these keys.
struct Tables(Arc<GraphSource>);

impl Tables {
    fn of(keys: &str) -> Self {
        let string = format!("TenantID=contoso;ClientId=a;ClientSecret=b;{keys}");
        let settings = from_connection_string(&string, &DataSources::files([]));
        let settings = settings.expect("a connection string").settings;
        let client = Client::new(&settings).expect("a client");
        Self(Arc::new(GraphSource::new(client, settings)))
    }

    /// The table under an alias, with the conditions that the optimizer passes to it.
    fn scan(&self, name: &str, alias: &str, conditions: Vec<Expr>) -> LogicalPlanBuilder {
        let provider = TableProvider::new(table(name).expect(name), Arc::clone(&self.0));
        let source = provider_as_source(Arc::new(provider));
        let name = TableReference::bare(name.to_lowercase());
        let scan = LogicalPlanBuilder::scan_with_filters(name, source, None, conditions);
        scan.and_then(|scan| scan.alias(alias)).expect("a scan")
    }

    fn messages(&self) -> LogicalPlanBuilder {
        self.scan("Messages", "m", Vec::new())
    }

    fn recipients(&self) -> LogicalPlanBuilder {
        self.scan("MessageRecipients", "r", Vec::new())
    }
}

fn join(
    left: LogicalPlanBuilder,
    right: LogicalPlanBuilder,
    kind: JoinType,
    keys: &[(&str, &str)],
) -> LogicalPlan {
    let (of_left, of_right): (Vec<&str>, Vec<&str>) = keys.iter().copied().unzip();
    let right = right.build().expect("a plan");
    let joined = left.join(right, kind, (of_left, of_right), None);
    joined.and_then(LogicalPlanBuilder::build).expect("a join")
}

/// The plan after the rule, if it has changed it.
fn rewritten(plan: &LogicalPlan) -> Option<LogicalPlan> {
    let rewritten = JoinedElements.rewrite(plan.clone(), &OptimizerContext::new());
    let rewritten = rewritten.expect("the rule");
    assert_eq!(rewritten.data.schema(), plan.schema());
    rewritten.transformed.then_some(rewritten.data)
}

const IDS: &[(&str, &str)] = &[("m.id", "r.messageid")];

#[test]
fn a_table_and_its_elements_are_one_scan() {
    let tables = Tables::of(ONE);
    let conditions = vec![col("messages.isread").eq(lit(false))];
    let messages = tables.scan("Messages", "m", conditions);
    let conditions = vec![col("messagerecipients.kind").eq(lit("to"))];
    let recipients = tables.scan("MessageRecipients", "r", conditions);
    let plan = rewritten(&join(messages, recipients, JoinType::Inner, IDS)).expect("one scan");
    let text = plan.display_indent().to_string();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(
        lines[0].starts_with("Projection: messages.mailbox AS mailbox"),
        "{text}"
    );
    assert!(lines[0].contains("messages.1.address AS address"), "{text}");
    let filter = "Filter: messages.isread = Boolean(false) AND messages.1.kind = Utf8(\"to\")";
    assert_eq!(lines[1], filter);
    assert!(lines[2].starts_with("TableScan: messages"), "{text}");
}

#[test]
fn sides_may_come_in_any_order() {
    let tables = Tables::of(ONE);
    for kind in [JoinType::Inner, JoinType::Right] {
        let keys = &[("r.messageid", "m.id")];
        let plan = join(tables.recipients(), tables.messages(), kind, keys);
        assert!(rewritten(&plan).is_some(), "{kind}");
    }
    for kind in [JoinType::Inner, JoinType::Left] {
        let plan = join(tables.messages(), tables.recipients(), kind, IDS);
        assert!(rewritten(&plan).is_some(), "{kind}");
    }
}

/// Elements without a parent, and lists of rows, are other rows than those of one scan.
#[test]
fn joins_with_other_rows_stay() {
    let tables = Tables::of(ONE);
    use JoinType::{Full, LeftAnti, LeftSemi, Right};
    for kind in [Full, LeftAnti, LeftSemi, Right] {
        let plan = join(tables.messages(), tables.recipients(), kind, IDS);
        assert!(rewritten(&plan).is_none(), "{kind}");
    }
    for keys in [
        ("m.id", "r.id"),
        ("m.subject", "r.messageid"),
        ("m.mailbox", "r.mailbox"),
    ] {
        let plan = join(
            tables.messages(),
            tables.recipients(),
            JoinType::Inner,
            &[keys],
        );
        assert!(rewritten(&plan).is_none(), "{keys:?}");
    }
    let other = tables.scan("EventAttendees", "r", Vec::new());
    let plan = join(
        tables.messages(),
        other,
        JoinType::Inner,
        &[("m.id", "r.eventid")],
    );
    assert!(rewritten(&plan).is_none());
    let twice = tables.scan("Messages", "r", Vec::new());
    let plan = join(
        tables.messages(),
        twice,
        JoinType::Inner,
        &[("m.id", "r.id")],
    );
    assert!(rewritten(&plan).is_none());
}

/// A limit has chosen rows before the join.
#[test]
fn limited_rows_stay_apart() {
    let tables = Tables::of(ONE);
    let few = tables.messages().limit(0, Some(3)).expect("a limit");
    let plan = join(few, tables.recipients(), JoinType::Inner, IDS);
    assert!(rewritten(&plan).is_none());
}

/// Two mailboxes may have the same id.
#[test]
fn several_mailboxes_are_compared() {
    let tables = Tables::of(TWO);
    let plan = join(tables.messages(), tables.recipients(), JoinType::Inner, IDS);
    assert!(rewritten(&plan).is_none());
    let keys = &[IDS[0], ("m.mailbox", "r.mailbox")];
    let plan = join(
        tables.messages(),
        tables.recipients(),
        JoinType::Inner,
        keys,
    );
    assert!(rewritten(&plan).is_some());
    let of_bob = |table: &str| vec![col(format!("{table}.mailbox")).eq(lit("bob@x.org"))];
    let messages = tables.scan("Messages", "m", of_bob("messages"));
    let recipients = tables.scan("MessageRecipients", "r", of_bob("messagerecipients"));
    let plan = join(messages.clone(), recipients, JoinType::Inner, IDS);
    assert!(rewritten(&plan).is_some());
    // The sides read other mailboxes.
    let plan = join(messages, tables.recipients(), JoinType::Inner, IDS);
    assert!(rewritten(&plan).is_none());
    let users = tables.scan("Users", "m", Vec::new());
    let addresses = tables.scan("UserProxyAddresses", "r", Vec::new());
    let plan = join(users, addresses, JoinType::Inner, &[("m.id", "r.userid")]);
    assert!(rewritten(&plan).is_some());
}

#[test]
fn several_lists_of_a_row_are_one_scan() {
    let tables = Tables::of(ONE);
    let first = join(tables.messages(), tables.recipients(), JoinType::Left, IDS);
    let first = LogicalPlanBuilder::from(rewritten(&first).expect("one scan"));
    let categories = || tables.scan("MessageCategories", "c", Vec::new());
    let second = join(
        first.clone(),
        categories(),
        JoinType::Inner,
        &[("m.id", "c.messageid")],
    );
    let text = rewritten(&second)
        .expect("one scan")
        .display_indent()
        .to_string();
    assert_eq!(text.matches("TableScan").count(), 1, "{text}");
    assert!(text.contains("messages.2.category AS category"), "{text}");
    // Of a message without recipients this id is null.
    let second = join(
        first,
        categories(),
        JoinType::Inner,
        &[("r.messageid", "c.messageid")],
    );
    assert!(rewritten(&second).is_none());
    // Elements have a common parent, whether the statement reads it or not.
    let keys = &[("r.messageid", "c.messageid")];
    let plan = join(tables.recipients(), categories(), JoinType::Inner, keys);
    assert!(rewritten(&plan).is_some());
}

/// Headers are large, so they are read for the messages that are found.
#[test]
fn large_lists_are_not_read_for_rows_that_only_the_driver_chooses() {
    let tables = Tables::of(ONE);
    let headers = || tables.scan("MessageHeaders", "r", Vec::new());
    let chosen = |condition: Expr| tables.scan("Messages", "m", vec![condition]);
    let by_driver = chosen(col("messages.isdraft").eq(lit(true)));
    let plan = join(by_driver, headers(), JoinType::Inner, IDS);
    assert!(rewritten(&plan).is_none());
    let by_graph = chosen(col("messages.isread").eq(lit(false)));
    let plan = join(by_graph, headers(), JoinType::Inner, IDS);
    assert!(rewritten(&plan).is_some());
    let plan = join(tables.messages(), headers(), JoinType::Inner, IDS);
    assert!(rewritten(&plan).is_some());
}
