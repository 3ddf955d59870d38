//! Who did something, as the audit remembers it.

use std::fmt;

use crate::staff::Staff;

/// Who acts. What is read from a request never decides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Whoever runs the program's commands on the server's own machine.
    Operator,
    /// The program itself, for the datasets it makes.
    Hiyori,
    /// One of the staff, known by their token.
    Staff(Staff),
    /// One of the staff by name, whose decision of before takes effect now.
    Named(String),
}

impl Actor {
    /// The name in revisions and in the audit.
    pub fn as_str(&self) -> &str {
        match self {
            Actor::Operator => "operator",
            Actor::Hiyori => "hiyori",
            Actor::Staff(staff) => &staff.name,
            Actor::Named(name) => name,
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
