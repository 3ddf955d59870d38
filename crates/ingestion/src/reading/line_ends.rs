//! The kinds of line ends between the records of a file.

/// The kinds that were met. Those inside a quoted cell are the cell's own.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LineEnds {
    /// CR and LF, as Windows writes it.
    pub crlf: bool,
    /// LF alone.
    pub lf: bool,
    /// CR alone.
    pub cr: bool,
}

impl LineEnds {
    /// `crlf`, `lf`, `cr` or `mixed`; `None` where no record has ended.
    pub fn name(self) -> Option<&'static str> {
        match (self.crlf, self.lf, self.cr) {
            (false, false, false) => None,
            (true, false, false) => Some("crlf"),
            (false, true, false) => Some("lf"),
            (false, false, true) => Some("cr"),
            _ => Some("mixed"),
        }
    }

    /// Whether there are several kinds.
    pub fn are_mixed(self) -> bool {
        self.name() == Some("mixed")
    }
}
