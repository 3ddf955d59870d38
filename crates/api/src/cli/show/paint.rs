//! Colours: only on a terminal, and only where `NO_COLOR` is not set (<https://no-color.org>).

use std::io::{IsTerminal, stdout};

use clap::builder::styling::{AnsiColor, Style};
use ingestion::finding::Severity;

/// Paints, or leaves as it is.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    on: bool,
}

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Something of this weight.
    Severity(Severity),
    /// All is well.
    Good,
    /// What the eye should find first.
    Strong,
    /// What stands beside.
    Faint,
}

impl Paint {
    /// No colours.
    pub const OFF: Paint = Paint { on: false };

    /// Colours, if standard output is a terminal and nobody asked for none.
    pub fn for_stdout() -> Paint {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Paint { on: stdout().is_terminal() && !unwanted }
    }

    /// `text` in `ink`. Its width does not change.
    pub fn paint(self, ink: Ink, text: &str) -> String {
        if !self.on {
            return text.to_owned();
        }
        let style = match ink {
            Ink::Severity(Severity::Error) => AnsiColor::Red.on_default().bold(),
            Ink::Severity(Severity::Warning) => AnsiColor::Yellow.on_default(),
            Ink::Severity(Severity::Note) => AnsiColor::Cyan.on_default(),
            Ink::Good => AnsiColor::Green.on_default().bold(),
            Ink::Strong => Style::new().bold(),
            Ink::Faint => Style::new().dimmed(),
        };
        format!("{style}{text}{style:#}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_red_where_colours_are_wanted() {
        let red = Paint { on: true }.paint(Ink::Severity(Severity::Error), "エラー");
        assert!(red.contains("\u{1b}[31m") && red.ends_with("エラー\u{1b}[0m"), "{red:?}");
    }

    #[test]
    fn nothing_is_added_where_they_are_not() {
        assert_eq!(Paint::OFF.paint(Ink::Good, "公開できます。"), "公開できます。");
    }
}
