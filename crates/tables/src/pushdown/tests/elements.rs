//! Conditions on the elements of lists.

use super::*;

fn includes(list: &str, item: &str) -> Expr {
    super::includes(column(list), item)
}

#[test]
fn a_list_is_asked_for_an_item() {
    let red = "categories/any(c:c eq 'Red')";
    assert_eq!(filter(includes("categories", "Red")).unwrap(), red);
    assert_eq!(filter(column("categories").eq(lit("Red"))).unwrap(), red);
    assert_eq!(
        filter(column("categories").eq(lit("\"Red; 2\"; Blue"))).unwrap(),
        "categories/any(c:c eq 'Red; 2')"
    );
    assert_eq!(
        filter(column("categories").eq(lit("[\"Red\"]"))).unwrap(),
        red
    );
    assert_eq!(
        filter(in_list(
            column("categories"),
            vec![lit("Red"), lit("Blue")],
            false
        ))
        .unwrap(),
        format!("({red} or categories/any(c:c eq 'Blue'))")
    );
    assert!(!pushed(&MESSAGES, includes("categories", "Red")).exact);
    for local in [
        column("categories").eq(lit("")),
        column("categories").not_eq(lit("Red")),
        not(includes("categories", "Red")),
        includes("toRecipients", "a@x"),
        includes("subject", "Red"),
        or(includes("categories", "Red"), column("isRead")),
    ] {
        assert_eq!(filter(local.clone()), None, "{local}");
    }
}

/// Graph finds nothing if two elements would have to meet two conditions.
#[test]
fn one_list_is_asked_for_one_item_at_a_time() {
    let (red, blue) = (
        includes("categories", "Red"),
        includes("categories", "Blue"),
    );
    let conjuncts = [red.clone(), column("isRead"), blue.clone()];
    let both = push(&MESSAGES, &conjuncts, Pushdown::Full, Zone::UTC);
    assert_eq!(
        both.filter(None).unwrap(),
        "categories/any(c:c eq 'Red') and isRead eq true"
    );
    assert!(!both.exact);
    assert!(!both.allows_order(MESSAGES.column("receivedDateTime").unwrap()));
    assert_eq!(
        filter(or(and(red, blue), includes("categories", "Green"))).unwrap(),
        "(categories/any(c:c eq 'Red') or categories/any(c:c eq 'Green'))"
    );
    let many: Vec<Expr> = (0..20).map(|n| lit(format!("c{n}"))).collect();
    let list = in_list(column("categories"), many, false);
    let parts = push(
        &MESSAGES,
        std::slice::from_ref(&list),
        Pushdown::Full,
        Zone::UTC,
    )
    .parts;
    assert_eq!(parts.len(), 2);
    let conjuncts = [includes("categories", "Red"), list];
    let one = push(&MESSAGES, &conjuncts, Pushdown::Full, Zone::UTC);
    assert!(one.parts.is_empty());
    assert_eq!(one.filter(None).unwrap(), "categories/any(c:c eq 'Red')");
}

#[test]
fn an_address_of_a_contact_is_asked_for_alone() {
    let ann = "emailAddresses/any(a:a/address eq 'ann@x.org')";
    let filter =
        |conjuncts: &[Expr]| push(&CONTACTS, conjuncts, Pushdown::Full, Zone::UTC).filter(None);
    let primary = |address: &str| column("primaryEmailAddress_address").eq(lit(address));
    let secondary = column("secondaryEmailAddress_address").eq(lit("ann@x.org"));
    for condition in [
        primary("ann@x.org"),
        includes("emailAddresses", "ann@x.org"),
        column("emailAddresses").eq(lit("Ann <ann@x.org>; bob@x.org")),
        or(primary("ann@x.org"), secondary.clone()),
        and(column("displayName").like(lit("A%")), secondary),
    ] {
        let shown = condition.to_string();
        assert_eq!(filter(&[condition]).as_deref(), Some(ann), "{shown}");
    }
    let named = column("displayName").like(lit("A%"));
    assert_eq!(filter(&[named, primary("ann@x.org")]).unwrap(), ann);
    // Text with a semicolon is an address here, not a list.
    assert_eq!(
        filter(&[primary("a;b")]).unwrap(),
        "emailAddresses/any(a:a/address eq 'a;b')"
    );
    for local in [
        or(primary("ann@x.org"), primary("bob@x.org")),
        includes("primaryEmailAddress_address", "ann@x.org"),
        // May be the name of somebody without an address.
        includes("emailAddresses", "a;b"),
        column("emailAddresses").eq(lit("\"Ann\"")),
    ] {
        let shown = local.to_string();
        assert_eq!(filter(&[local]), None, "{shown}");
    }
}
