//! Objects of the directory that name others.

use super::item::Entity;

/// A group and the objects in it.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub entity: Entity,
    /// Ids of its direct members: users, groups, contacts of the organization.
    pub members: Vec<String>,
    /// Ids of its owners.
    pub owners: Vec<String>,
}

/// A list of rooms.
#[derive(Clone, Debug, Default)]
pub struct RoomList {
    /// Requests name it by its `emailAddress`.
    pub entity: Entity,
    /// Ids of its rooms. A room may be in several lists.
    pub rooms: Vec<String>,
}
