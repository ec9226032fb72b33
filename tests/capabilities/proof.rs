//! Proofs: the reported value, and a statement or call that shows it.

use super::world::World;

/// A statement, and its result: the first row of its last result, the cells joined by `|`, nulls as
/// `null`; or the SQLSTATE of its refusal.
pub type Shows = (&'static str, Result<&'static str, &'static str>);

/// A call that returns whether something works.
pub type Call = fn(&World) -> bool;

/// An information type that is a bitmap, with a proof for each bit that ODBC defines.
pub struct Bitmap<P: 'static = Shows> {
    pub id: u16,
    pub name: &'static str,
    pub proofs: &'static [(u32, P)],
}

pub trait Proof: Copy {
    /// Whether it works; a complaint if it works wrongly.
    fn works(self, world: &World) -> Result<bool, String>;
}

impl Proof for Shows {
    fn works(self, world: &World) -> Result<bool, String> {
        let (sql, expected) = self;
        let shown = world.first_row(sql);
        let shown = shown.as_deref().map_err(String::as_str);
        match shown == expected {
            true => Ok(shown.is_ok()),
            false => Err(format!("{sql} gives {shown:?} instead of {expected:?}")),
        }
    }
}

impl Proof for Call {
    fn works(self, world: &World) -> Result<bool, String> {
        Ok(self(world))
    }
}

impl<P: Proof> Bitmap<P> {
    pub fn complaints(&self, world: &World) -> Vec<String> {
        let mut complaints = Vec::new();
        let (mut works, mut fails) = (0, 0);
        for (bit, proof) in self.proofs {
            match proof.works(world) {
                Ok(true) => works |= bit,
                Ok(false) => fails |= bit,
                Err(complaint) => complaints.push(format!("{} {bit:#x}: {complaint}", self.name)),
            }
        }
        let told = world.connection.info_number(self.id).expect("it is known") as u32;
        let unproved = told & !works;
        if unproved != 0 {
            complaints.push(format!("{}: {unproved:#x} told, not shown", self.name));
        }
        let untold = works & !fails & !told;
        if untold != 0 {
            complaints.push(format!("{}: {untold:#x} works, not told", self.name));
        }
        let half = works & fails;
        if half != 0 {
            complaints.push(format!("{}: {half:#x} works in part", self.name));
        }
        complaints
    }
}

/// Fails with all complaints at once.
pub fn no_complaints(complaints: impl IntoIterator<Item = String>) {
    let complaints: Vec<String> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}
