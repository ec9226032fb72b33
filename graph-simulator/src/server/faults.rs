//! Failures on demand: named ones, and random ones that a seed repeats.

use super::action::Action;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// An action for requests that match.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// A path below `/v1.0`, in which `*` matches anything: `/users/*/messages`. Matched without
    /// case. Token requests are matched by `/oauth2/*`.
    pub path: String,
    pub action: Action,
    /// The number of requests that it affects; all when `None`.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// The number of matching requests that pass before.
    #[serde(default)]
    pub after: u32,
}

fn once() -> Option<u32> {
    Some(1)
}

impl Fault {
    /// Affects the next matching request.
    pub fn once(path: &str, action: Action) -> Self {
        Self::times(path, action, 1)
    }

    pub fn times(path: &str, action: Action, times: u32) -> Self {
        Self {
            path: path.to_owned(),
            action,
            times: Some(times),
            after: 0,
        }
    }

    pub fn always(path: &str, action: Action) -> Self {
        Self {
            path: path.to_owned(),
            action,
            times: None,
            after: 0,
        }
    }

    #[must_use]
    pub fn after(mut self, requests: u32) -> Self {
        self.after = requests;
        self
    }
}

/// Random failures. Whether a request fails depends on the seed, on its path and query, and on how often
/// it has been sent, so that a run repeats however its requests interleave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chaos {
    pub seed: u64,
    /// Of all requests, 0 to 1.
    pub probability: f64,
    /// Possible effects; one of them is chosen each time.
    pub actions: Vec<Action>,
    /// Failures in a row for the same request, so that retries succeed in the end.
    #[serde(default = "two")]
    pub in_a_row: u32,
}

fn two() -> u32 {
    2
}

/// The active faults, checked in the order of their addition.
#[derive(Default)]
pub struct Faults(Mutex<State>);

#[derive(Default)]
struct State {
    faults: Vec<Fault>,
    chaos: Option<Chaos>,
    /// Consecutive random failures, and requests, for each request.
    asked: HashMap<u64, (u32, u32)>,
}

impl Faults {
    pub fn add(&self, fault: Fault) {
        self.lock().faults.push(fault);
    }

    pub fn set_chaos(&self, chaos: Option<Chaos>) {
        let mut state = self.lock();
        state.chaos = chaos;
        state.asked.clear();
    }

    /// Removes all faults, random ones too.
    pub fn clear(&self) {
        *self.lock() = State::default();
    }

    /// The faults that have not happened yet.
    pub fn pending(&self) -> Vec<Fault> {
        self.lock().faults.clone()
    }

    /// The effect on a request.
    pub(super) fn take(&self, path: &str, query: &str) -> Option<Action> {
        let mut state = self.lock();
        let state = &mut *state;
        for at in 0..state.faults.len() {
            let fault = &mut state.faults[at];
            if !matches(&fault.path, path) {
                continue;
            }
            if fault.after > 0 {
                fault.after -= 1;
                continue;
            }
            let action = fault.action.clone();
            if let Some(times) = &mut fault.times {
                *times = times.saturating_sub(1);
                if *times == 0 {
                    state.faults.remove(at);
                }
            }
            return Some(action);
        }
        let chaos = state.chaos.as_ref()?;
        chaos.action(path, query, &mut state.asked)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Chaos {
    fn action(
        &self,
        path: &str,
        query: &str,
        asked: &mut HashMap<u64, (u32, u32)>,
    ) -> Option<Action> {
        let what = hash(self.seed, path.bytes().chain(*b"?").chain(query.bytes()));
        let (in_a_row, requests) = asked.entry(what).or_default();
        *requests += 1;
        let dice = hash(what, requests.to_le_bytes().into_iter());
        // 53 bits fill the fraction of an f64.
        let fraction = (dice >> 11) as f64 / (1_u64 << 53) as f64;
        if fraction >= self.probability || *in_a_row >= self.in_a_row || self.actions.is_empty() {
            *in_a_row = 0;
            return None;
        }
        *in_a_row += 1;
        let choice = hash(dice, std::iter::once(1)) % self.actions.len() as u64;
        Some(self.actions[choice as usize].clone())
    }
}

/// FNV-1a with the finish of SplitMix64: the same numbers everywhere and for ever.
fn hash(seed: u64, bytes: impl Iterator<Item = u8>) -> u64 {
    let folded = bytes.fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (folded ^ (folded >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Whether a path matches a pattern in which `*` matches anything.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.to_lowercase(), path.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_paths() {
        for (pattern, path, fits) in [
            ("*", "/anything", true),
            ("/users/*/messages", "/users/ann/Messages", true),
            ("/users/*/messages", "/users/ann/messages/1", false),
            ("/users/*/messages/*", "/users/ann/messages/1", true),
            ("*attachments*", "/users/ann/messages/1/attachments/2", true),
            ("/users", "/users", true),
            ("/users", "/users/ann", false),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches(pattern, path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn a_fault_meets_as_many_requests_as_it_says() {
        let faults = Faults::default();
        faults.add(Fault::times("/users/*", Action::Reset, 2).after(1));
        let met: Vec<bool> = (0..5)
            .map(|_| faults.take("/users/a", "").is_some())
            .collect();
        assert_eq!(met, [false, true, true, false, false]);
        assert!(faults.pending().is_empty());
        faults.add(Fault::always("*", Action::Reset));
        assert!((0..50).all(|_| faults.take("/x", "").is_some()));
    }

    #[test]
    fn chaos_repeats_in_any_order_and_lets_retries_through() {
        let chaos = Chaos {
            seed: 7,
            probability: 0.5,
            actions: vec![Action::Reset, Action::EmptyPage],
            in_a_row: 2,
        };
        let paths: Vec<String> = (0..200).map(|number| format!("/users/{number}")).collect();
        let run = |order: &mut dyn Iterator<Item = &String>| {
            let faults = Faults::default();
            faults.set_chaos(Some(chaos.clone()));
            order
                .map(|path| (path.clone(), faults.take(path, "")))
                .collect::<HashMap<_, _>>()
        };
        let forward = run(&mut paths.iter());
        assert_eq!(forward, run(&mut paths.iter().rev()));
        let failed = forward.values().filter(|action| action.is_some()).count();
        assert!((60..140).contains(&failed), "{failed}");

        let faults = Faults::default();
        faults.set_chaos(Some(Chaos {
            probability: 1.0,
            ..chaos
        }));
        let met: Vec<bool> = (0..6).map(|_| faults.take("/x", "").is_some()).collect();
        assert_eq!(met, [true, true, false, true, true, false]);
    }
}
