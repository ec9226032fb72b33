//! The zone in which times are shown.
//!
//! Zones have the names of the IANA or those of Windows. Times are microseconds since 1970: a moment counts them in UTC, a
//! local time as the clocks of the zone show it.

use chrono::{DateTime, Duration, LocalResult, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;
use windows_timezones::WindowsTimezone;

const DAY: i64 = 86_400_000_000;

/// 0001-01-01, and the day after 9999-12-31: other years have no place in ODBC and Graph.
const FIRST: i64 = -719_162 * DAY;
const END: i64 = 2_932_897 * DAY;

/// No zone has moved its clocks by more.
const LARGEST_CHANGE: Duration = Duration::hours(25);

/// Windows' `UTC` is one of them.
const OTHER_NAMES_OF_UTC: &[&str] = &[
    "Etc/UTC",
    "Etc/UCT",
    "Etc/Universal",
    "Etc/Zulu",
    "UCT",
    "Universal",
    "Zulu",
];

/// A time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

/// The moments at which the clocks of a zone show one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moments {
    pub earliest: i64,
    pub latest: i64,
}

impl Moments {
    pub const fn only(moment: i64) -> Self {
        Self {
            earliest: moment,
            latest: moment,
        }
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::UTC
    }
}

impl Zone {
    pub const UTC: Self = Self(Tz::UTC);

    /// The zone of this name; `None` if there is no such zone.
    pub fn named(name: &str) -> Option<Self> {
        let windows = name.parse::<WindowsTimezone>();
        let iana: &str = windows.map_or(name, |zone| zone.tzdb_id());
        let zone = Self(iana.parse().ok()?);
        Some(match OTHER_NAMES_OF_UTC.contains(&zone.name()) {
            true => Self::UTC,
            false => zone,
        })
    }

    /// Its name in the list of the IANA.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Whether times are those of UTC.
    pub fn is_utc(self) -> bool {
        self == Self::UTC
    }

    /// The time that clocks show at a moment; `None` outside the years 1 to 9999.
    pub fn local(self, moment: i64) -> Option<i64> {
        let moment = civil(moment)?;
        let local = self.0.from_utc_datetime(&moment).naive_local();
        Some(local.and_utc().timestamp_micros()).filter(|local| (FIRST..END).contains(local))
    }

    /// The same, but the first and the last day of these years stay: they are not points in time, but mean that a time is
    /// missing.
    pub fn shown(self, moment: i64) -> i64 {
        match Self::is_no_time(moment) {
            true => moment,
            false => self.local(moment).unwrap_or(moment),
        }
    }

    /// Whether a value is of the first or the last day of the years 1 to 9999.
    pub fn is_no_time(moment: i64) -> bool {
        !(FIRST + DAY..END - DAY).contains(&moment)
    }

    /// The moment at which clocks show a time: the first one where they are put back, and the one that follows by as much
    /// where they are put forward and never show it. `None` outside the calendar.
    pub fn moment(self, local: i64) -> Option<i64> {
        let time = civil(local)?;
        let moment = match self.0.from_local_datetime(&time) {
            LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => moment.naive_utc(),
            LocalResult::None => {
                let before = time.checked_sub_signed(LARGEST_CHANGE)?;
                let moment = self.0.from_local_datetime(&before).earliest()?;
                moment.naive_utc().checked_add_signed(LARGEST_CHANGE)?
            }
        };
        Some(moment.and_utc().timestamp_micros())
    }

    /// Bounds of moments: at none before `earliest` do clocks show this time or a later one, at none after `latest` this time
    /// or an earlier one. `None` where no bounds are known.
    pub fn bounds(self, local: i64) -> Option<Moments> {
        if self.is_utc() {
            return Some(Moments::only(local));
        }
        if !is_inside(local) {
            return None;
        }
        let time = civil(local)?;
        let moments = match self.0.from_local_datetime(&time) {
            LocalResult::Single(moment) => [moment.naive_utc(); 2],
            LocalResult::Ambiguous(first, second) => [first.naive_utc(), second.naive_utc()],
            LocalResult::None => {
                let offset = |time: NaiveDateTime| {
                    let moment = self.0.from_local_datetime(&time).earliest()?;
                    Some(Duration::seconds(
                        moment.offset().fix().local_minus_utc().into(),
                    ))
                };
                let before = offset(time.checked_sub_signed(LARGEST_CHANGE)?)?;
                let after = offset(time.checked_add_signed(LARGEST_CHANGE)?)?;
                [time - before.max(after), time - before.min(after)]
            }
        };
        let [earliest, latest] = moments.map(|moment| moment.and_utc().timestamp_micros());
        Some(Moments { earliest, latest })
    }

    /// Whether times around this one may come in another order than their moments, because clocks were put back.
    pub fn is_unordered(self, local: i64) -> bool {
        !self.is_utc() && self.bounds(local).is_none_or(|at| at.earliest != at.latest)
    }
}

/// Whether no zone leaves the years 1 to 9999 from here.
fn is_inside(local: i64) -> bool {
    (FIRST + 2 * DAY..END - 2 * DAY).contains(&local)
}

fn civil(local: i64) -> Option<NaiveDateTime> {
    Some(DateTime::from_timestamp_micros(local)?.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> i64 {
        let time: NaiveDateTime = text.parse().unwrap();
        time.and_utc().timestamp_micros()
    }

    fn berlin() -> Zone {
        Zone::named("W. Europe Standard Time").unwrap()
    }

    #[test]
    fn zones_have_the_names_of_the_iana_and_of_windows() {
        assert_eq!(berlin().name(), "Europe/Berlin");
        assert_eq!(Zone::named("Europe/Berlin"), Some(berlin()));
        assert!(Zone::named("UTC").unwrap().is_utc());
        assert_eq!(Zone::named("Mars/Olympus"), None);
        assert_eq!(Zone::named(""), None);
    }

    #[test]
    fn clocks_that_are_put_back_show_an_hour_twice() {
        let [first, second] = [at("2026-10-25T00:30:00"), at("2026-10-25T01:30:00")];
        let shown = at("2026-10-25T02:30:00");
        assert_eq!(
            [first, second].map(|moment| berlin().shown(moment)),
            [shown; 2]
        );
        assert_eq!(berlin().moment(shown), Some(first));
        let bounds = Moments {
            earliest: first,
            latest: second,
        };
        assert_eq!(berlin().bounds(shown), Some(bounds));
        assert!(berlin().is_unordered(shown));
        assert!(!berlin().is_unordered(at("2026-10-25T03:00:00")));
    }

    #[test]
    fn clocks_that_are_put_forward_leave_an_hour_out() {
        let never = at("2026-03-29T02:30:00");
        assert_eq!(berlin().moment(never), Some(at("2026-03-29T01:30:00")));
        let bounds = Moments {
            earliest: at("2026-03-29T00:30:00"),
            latest: at("2026-03-29T01:30:00"),
        };
        assert_eq!(berlin().bounds(never), Some(bounds));
    }

    #[test]
    fn the_ends_of_the_calendar_stay() {
        for moment in [at("0001-01-01T00:00:00"), at("9999-12-31T23:59:59")] {
            for zone in ["America/New_York", "Asia/Tokyo"] {
                let zone = Zone::named(zone).unwrap();
                let local = zone.shown(moment);
                assert_eq!(local, moment);
                assert_eq!(zone.bounds(local), None);
                assert!(zone.is_unordered(local));
            }
        }
    }

    fn zones() -> impl Strategy<Value = Zone> {
        prop::sample::select(chrono_tz::TZ_VARIANTS.to_vec()).prop_map(Zone)
    }

    /// Half of them close to a change of the clocks, as far as the years have one there.
    fn moments() -> impl Strategy<Value = i64> {
        let years = FIRST..END;
        let recent = at("1900-01-01T00:00:00")..at("2045-01-01T00:00:00");
        prop_oneof![1 => years, 7 => recent]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        /// A filter by the bounds leaves no row out.
        #[test]
        fn no_time_is_beyond_its_bounds(
            zone in zones(), moment in moments(), by in -93_600_i64..93_600, back in 0_i64..40,
        ) {
            // Toward a change of the clocks: half a year has one.
            let moment = moment.saturating_sub(back * 5 * DAY).clamp(FIRST, END - 1);
            let shown = zone.shown(moment);
            let asked = shown + by * 1_000_000;
            if let Some(bounds) = zone.bounds(asked) {
                prop_assert!(bounds.earliest <= bounds.latest);
                if shown >= asked {
                    prop_assert!(moment >= bounds.earliest);
                }
                if shown <= asked {
                    prop_assert!(moment <= bounds.latest);
                }
                // With one moment, times are in order around it.
                if bounds.earliest == bounds.latest {
                    prop_assert_eq!(shown >= asked, moment >= bounds.earliest);
                    prop_assert_eq!(shown <= asked, moment <= bounds.latest);
                }
            }
        }
    }

    /// Every change of the clocks of every zone in a century.
    #[test]
    fn no_time_around_a_change_is_beyond_its_bounds() {
        const HOUR: i64 = DAY / 24;
        for tz in chrono_tz::TZ_VARIANTS {
            let zone = Zone(tz);
            let offset = |moment: i64| zone.shown(moment) - moment;
            let (mut from, last) = (at("1940-01-01T00:00:00"), at("2040-01-01T00:00:00"));
            while from < last {
                let next = from + 5 * DAY;
                if offset(from) != offset(next) {
                    let (mut before, mut after) = (from, next);
                    while after - before > 1_000_000 {
                        let middle = before + (after - before) / 2;
                        match offset(middle) == offset(from) {
                            true => before = middle,
                            false => after = middle,
                        }
                    }
                    let around = |by: i64| after + by * HOUR / 2;
                    for shown in (-52..52).map(around).map(|moment| zone.shown(moment)) {
                        let Some(bounds) = zone.bounds(shown) else {
                            panic!("{tz}: no bounds")
                        };
                        for moment in (-52..52).map(around) {
                            let local = zone.shown(moment);
                            assert!(local < shown || moment >= bounds.earliest, "{tz} {shown}");
                            assert!(local > shown || moment <= bounds.latest, "{tz} {shown}");
                            if bounds.earliest == bounds.latest {
                                assert_eq!(local >= shown, moment >= bounds.earliest, "{tz}");
                            }
                        }
                    }
                }
                from = next;
            }
        }
    }
}
