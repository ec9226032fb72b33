//! The query options of a request, checked as a whole.

use super::bind::{self, Filter};
use super::extended::{self, Extended};
use super::order::{self, Order};
use super::pairs::{Pairs, option};
use super::select::{self, Selection, Target};
use crate::refusal::Refusal;
use crate::rules::{Beyond, Collection, FilterRules, Link, Paging, Query, Service};
use crate::search::Search;

/// The options of a request for a collection or an object.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub select: Option<Selection>,
    pub filter: Option<Filter>,
    pub search: Option<Search>,
    pub order: Vec<Order>,
    /// Rows in a page.
    pub page: Option<usize>,
    /// The rest of the rows is lost, without a link.
    pub lossy: bool,
    pub skip: usize,
    pub count: bool,
    pub expand: Vec<&'static str>,
    pub extended: Vec<Extended>,
    /// All options as sent, for the link to the next page.
    pub pairs: Pairs,
}

const KNOWN: &[&str] = &[
    "$select",
    "$filter",
    "$orderby",
    "$top",
    "$skip",
    "$skiptoken",
    "$count",
    "$expand",
    "$search",
    "$format",
];

impl Options {
    /// Reads and checks the options. Names without `$` do not belong to OData and have no effect
    /// here.
    pub fn read(
        pairs: &Pairs,
        collection: &Collection,
        target: Target,
        consistency: bool,
    ) -> Result<Self, Refusal> {
        check_names(pairs)?;
        let asked = |name: &str| option(pairs, name);
        if target == Target::Single {
            return Self::single(pairs, collection);
        }
        let count = boolean(asked("$count"))?;
        let query = Query {
            advanced: consistency && count,
        };
        let search = asked("$search")
            .map(|text| Search::read(text, pairs, collection, consistency))
            .transpose()?;
        let filter = match asked("$filter") {
            Some(_) if matches!(collection.filter, FilterRules::Ignored) => None,
            Some(text) => Some(bind::filter(text, collection, query)?),
            None => None,
        };
        let order = match asked("$orderby") {
            Some(text) => order::parse(text, collection, query)?,
            None => Vec::new(),
        };
        if let Some(filter) = &filter {
            order::check_with_filter(&order, filter, collection, query)?;
        }
        if search.is_some() && !order.is_empty() && !query.advanced {
            return Err(Refusal::unsupported_query(
                "Sorting not supported for current query.",
            ));
        }
        // docs/graph.md#managers
        if collection.service == Service::Directory && consistency && asked("$expand").is_some() {
            return Err(Refusal::unsupported_query(
                "Expand is not supported for current query.",
            ));
        }
        let (expand, extended) = expand(asked("$expand"), collection, target)?;
        let (page, skip) = paging(pairs, collection, search.as_ref())?;
        let lossy = matches!(collection.paging, Paging::Lossy { .. }) && asked("$top").is_none();
        Ok(Self {
            select: asked("$select")
                .map(|text| select::parse(text, collection, target))
                .transpose()?,
            filter,
            search,
            order,
            page,
            lossy,
            skip,
            // The directory ignores `$count` without the header (docs/graph.md#count).
            count: count && (consistency || collection.service == Service::Outlook),
            expand,
            extended,
            pairs: pairs.clone(),
        })
    }

    fn single(pairs: &Pairs, collection: &Collection) -> Result<Self, Refusal> {
        for name in [
            "$filter",
            "$orderby",
            "$top",
            "$skip",
            "$skiptoken",
            "$search",
        ] {
            if option(pairs, name).is_some() {
                return Err(Refusal::bad_request(format!(
                    "The query option '{name}' cannot be applied to a single resource."
                )));
            }
        }
        let select = option(pairs, "$select");
        let (expand, extended) = expand(option(pairs, "$expand"), collection, Target::Single)?;
        Ok(Self {
            select: select
                .map(|text| select::parse(text, collection, Target::Single))
                .transpose()?,
            expand,
            extended,
            ..Self::default()
        })
    }
}

fn check_names(pairs: &Pairs) -> Result<(), Refusal> {
    for (index, (name, _)) in pairs.iter().enumerate() {
        let name = name.to_lowercase();
        if name.starts_with('$') && !KNOWN.contains(&name.as_str()) {
            return Err(Refusal::bad_request(format!(
                "The query parameter '{name}' is not supported."
            )));
        }
        let again = pairs[..index]
            .iter()
            .any(|(earlier, _)| earlier.eq_ignore_ascii_case(&name));
        if again && name.starts_with('$') {
            return Err(Refusal::bad_request(format!(
                "Query option '{name}' was specified more than once, but it must be specified at most once."
            )));
        }
    }
    Ok(())
}

fn boolean(value: Option<&str>) -> Result<bool, Refusal> {
    match value {
        None => Ok(false),
        Some(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Some(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        Some(text) => Err(Refusal::bad_request(format!(
            "Invalid value '{text}' for $count query option found. Valid values are 'true' and 'false'."
        ))),
    }
}

fn number(name: &str, value: Option<&str>) -> Result<Option<usize>, Refusal> {
    let Some(text) = value else { return Ok(None) };
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain).map(Some).ok_or_else(|| {
        Refusal::bad_request(format!(
            "Invalid value '{text}' for {name} query option found. The {name} query option requires a non-negative \
             integer value."
        ))
    })
}

/// Rows in a page, and rows before it.
fn paging(
    pairs: &Pairs,
    collection: &Collection,
    search: Option<&Search>,
) -> Result<(Option<usize>, usize), Refusal> {
    let top = number("$top", option(pairs, "$top"))?;
    let skip = number("$skip", option(pairs, "$skip"))?;
    let token = option(pairs, "$skiptoken");
    let (usual, largest, beyond, link) = match collection.paging {
        Paging::Pages {
            usual,
            largest,
            beyond,
            link,
        } => (usual, largest, beyond, link),
        Paging::Lossy { usual, largest } => (usual, largest, Beyond::Cut, Link::Skip),
        Paging::Whole if top.is_some() || skip.is_some() || token.is_some() => {
            let message = format!(
                "$top and $skip are not supported for '{}'.",
                collection.name
            );
            return Err(Refusal::new(400, "ErrorInvalidUrlQuery", message));
        }
        Paging::Whole => return Ok((None, 0)),
    };
    let top = match top {
        Some(rows) if rows == 0 || (rows > largest && beyond == Beyond::Refused) => {
            return Err(page_size(rows, largest, collection.service));
        }
        rows => rows.unwrap_or(usual).min(largest),
    };
    let link = link_of(link, search);
    let skip = match (link, skip, token) {
        (Link::Skip, skip, None) => skip.unwrap_or(0),
        (Link::SkipToken, None, token) => token.map_or(Ok(0), read_token)?,
        (Link::Skip, _, Some(_)) => {
            return Err(Refusal::bad_request("$skiptoken is not supported here."));
        }
        (Link::SkipToken, Some(_), _) => {
            return Err(Refusal::new(
                400,
                "Request_BadRequest",
                "'$skip' is not supported by the service.",
            ));
        }
    };
    Ok((Some(top), skip))
}

/// The content of the link to the next page: results of the index of mail have their own positions
/// (docs/graph.md#paging).
pub fn link_of(usual: Link, search: Option<&Search>) -> Link {
    match search {
        Some(search) if search.is_of_mail() => Link::SkipToken,
        _ => usual,
    }
}

/// docs/graph.md#page-sizes
fn page_size(rows: usize, largest: usize, service: Service) -> Refusal {
    match service {
        Service::Directory => Refusal::unsupported_query(format!(
            "Invalid page size specified: '{rows}'. Must be between 1 and {largest} inclusive."
        )),
        Service::Outlook => Refusal::new(
            400,
            "ErrorInvalidUrlQuery",
            format!(
                "The limit of '{largest}' for Top query has been exceeded. The value from the incoming request is \
                 '{rows}'."
            ),
        ),
    }
}

const TOKEN: &str = "RFNwdAIAAQAAAA";

/// A `$skiptoken` with the number of rows so far, in an opaque form.
pub fn write_token(rows: usize) -> String {
    let mixed = (rows as u64 ^ 0x5bd1_e995_9e37_79b9).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!("{TOKEN}{mixed:016x}")
}

fn read_token(text: &str) -> Result<usize, Refusal> {
    // The inverse of the odd factor modulo 2^64.
    const INVERSE: u64 = 0xf1de_83e1_9937_733d;
    text.strip_prefix(TOKEN)
        .filter(|digits| digits.len() == 16)
        .and_then(|digits| u64::from_str_radix(digits, 16).ok())
        .map(|mixed| mixed.wrapping_mul(INVERSE) ^ 0x5bd1_e995_9e37_79b9)
        .filter(|rows| *rows < 1 << 40)
        .and_then(|rows| usize::try_from(rows).ok())
        .ok_or_else(|| Refusal::new(400, "Request_BadRequest", "Invalid skip token."))
}

/// The objects to show, and the extended properties (docs/graph.md#expand).
fn expand(
    value: Option<&str>,
    collection: &Collection,
    target: Target,
) -> Result<(Vec<&'static str>, Vec<Extended>), Refusal> {
    let (mut objects, mut properties) = (Vec::new(), Vec::new());
    for term in value.map(extended::terms).unwrap_or_default() {
        if let Some(read) = extended::parse(term, collection, target) {
            properties.push(read?);
            continue;
        }
        let mut known = collection.expand.iter();
        let known = known.find(|known| known.eq_ignore_ascii_case(term));
        objects.push(*known.ok_or_else(|| {
            let message = format!(
                "Expanding '{term}' is not supported for '{}'.",
                collection.name
            );
            Refusal::new(400, "ExpandNotSupported", message)
        })?);
    }
    Ok((objects, properties))
}
