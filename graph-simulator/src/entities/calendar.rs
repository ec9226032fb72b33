//! Calendars.

use super::ids::{Ids, Kind};
use super::{Address, entity};
use crate::model::Entity;

/// The facts of a calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub name: String,
    pub color: &'static str,
    pub hex_color: &'static str,
    pub is_default: bool,
    /// False for calendars that others share for reading.
    pub can_edit: bool,
    pub owner: Address,
}

impl Calendar {
    pub fn entity(&self, ids: &Ids, id: &str, version: u64) -> Entity {
        entity! {
            "id": id,
            "name": self.name.as_str(),
            "color": self.color,
            "hexColor": self.hex_color,
            "isDefaultCalendar": self.is_default,
            "changeKey": ids.change_key(Kind::Event, version),
            "canShare": self.can_edit,
            "canViewPrivateItems": self.can_edit,
            "canEdit": self.can_edit,
            "allowedOnlineMeetingProviders": vec!["teamsForBusiness"],
            "defaultOnlineMeetingProvider": "teamsForBusiness",
            "isTallyingResponses": self.is_default,
            "isRemovable": !self.is_default,
            "owner": self.owner.email_address(),
        }
    }
}
