//! The names of keys. Nobody names them, so the driver does.

use crate::TableInfo;

/// The rule for changing the row that a foreign key refers to: Exchange assigns ids, and they cannot
/// be changed.
pub const UPDATE_RULE: KeyRule = KeyRule {
    name: "NO ACTION",
    code: 3,
};

/// The rule for deleting the row that a foreign key refers to: deleting a folder, a calendar or a
/// message deletes its contents.
pub const DELETE_RULE: KeyRule = KeyRule {
    name: "CASCADE",
    code: 0,
};

/// A rule as SQL names it, and as ODBC numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRule {
    pub name: &'static str,
    pub code: i16,
}

impl TableInfo {
    pub fn primary_key_name(&self) -> String {
        format!("{}_PrimaryKey", self.name)
    }

    /// The unique keys besides the primary one, with their names.
    pub fn named_unique_keys(&self) -> impl Iterator<Item = (String, &[String])> {
        let keys = self.unique_keys.iter().enumerate();
        keys.map(|(index, key)| (self.unique_key_name(index), key.as_slice()))
    }

    fn unique_key_name(&self, index: usize) -> String {
        format!("{}_UniqueKey{}", self.name, index + 1)
    }

    /// The name of the foreign key of this column.
    pub fn foreign_key_name(&self, column: &str) -> String {
        format!("{}_ForeignKey_{column}", self.name)
    }

    /// The name of the key that has only this column.
    pub fn name_of_key(&self, column: &str) -> Option<String> {
        let is_key = |key: &[String]| matches!(key, [only] if only == column);
        if is_key(&self.primary_key) {
            return Some(self.primary_key_name());
        }
        let mut unique = self.named_unique_keys();
        unique.find_map(|(name, key)| is_key(key).then_some(name))
    }
}
