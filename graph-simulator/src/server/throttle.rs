//! How many requests a mailbox serves at once (docs/graph.md#throttling).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Requests in flight for each application and mailbox.
#[derive(Clone, Default)]
pub struct Throttle(Arc<Mutex<HashMap<Key, Load>>>);

type Key = (String, String);

#[derive(Clone, Copy, Default)]
struct Load {
    now: usize,
    most: usize,
}

/// A request's place; dropping it gives the place back.
pub struct Place {
    throttle: Throttle,
    key: Key,
    /// Requests in flight, this one included.
    pub in_flight: usize,
}

impl Throttle {
    /// A place for a request, or how many there are without one.
    pub fn enter(&self, application: &str, mailbox: &str, limit: usize) -> Result<Place, usize> {
        let key = (application.to_owned(), mailbox.to_owned());
        let mut loads = self.lock();
        let load = loads.entry(key.clone()).or_default();
        if load.now >= limit {
            return Err(load.now);
        }
        load.now += 1;
        load.most = load.most.max(load.now);
        let in_flight = load.now;
        drop(loads);
        Ok(Place {
            throttle: self.clone(),
            key,
            in_flight,
        })
    }

    /// The most requests that were ever in flight at once, by mailbox.
    pub fn most(&self) -> HashMap<String, usize> {
        let mut most: HashMap<String, usize> = HashMap::new();
        for ((_, mailbox), load) in self.lock().iter() {
            let known = most.entry(mailbox.clone()).or_default();
            *known = load.most.max(*known);
        }
        most
    }

    pub fn reset(&self) {
        self.lock()
            .values_mut()
            .for_each(|load| load.most = load.now);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Load>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(load) = self.throttle.lock().get_mut(&self.key) {
            load.now -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_request_gets_no_place_until_one_is_given_back() {
        let throttle = Throttle::default();
        let mut places: Vec<Place> = (0..4)
            .flat_map(|_| throttle.enter("app", "ann", 4))
            .collect();
        assert_eq!(places.len(), 4);
        assert_eq!(throttle.enter("app", "ann", 4).err(), Some(4));
        assert!(
            throttle.enter("app", "bob", 4).is_ok(),
            "mailboxes count apart"
        );
        assert!(
            throttle.enter("other", "ann", 4).is_ok(),
            "applications count apart"
        );
        places.pop();
        assert!(throttle.enter("app", "ann", 4).is_ok());
        assert_eq!(throttle.most()["ann"], 4);
    }
}
