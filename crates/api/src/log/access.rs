//! The line of a request, written quickly: there is one for every request, and nothing else is written so often.

use std::fmt;
use std::time::Duration;

use actix_web::http::StatusCode;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber, event};
use tracing_subscriber::fmt::FmtContext;
use tracing_subscriber::fmt::format::{Format, FormatEvent, FormatFields, Full, Writer};
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::registry::LookupSpan;

/// Where these lines come from, as the filter of lines calls it.
const TARGET: &str = "hiyori::access";

/// Writes the line of the request numbered `id`, the head of whose answer is ready.
pub fn line(id: &str, method: &str, path: &str, status: StatusCode, took: Duration) {
    let (status, elapsed_ms) = (status.as_u16(), took.as_millis() as u64);
    event!(
        target: TARGET, parent: None, Level::INFO,
        http.method = method, http.path = path, http.status = status, elapsed_ms, request.id = id,
    );
}

/// Writes the lines of requests by itself, and leaves any other to the library.
pub struct Lines(pub Format<Full>);

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        if event.metadata().target() != TARGET {
            return self.0.format_event(context, writer, event);
        }
        SystemTime.format_time(&mut writer)?;
        writer.write_str("  INFO ")?;
        writer.write_str(TARGET)?;
        writer.write_char(':')?;
        let mut fields = Fields { writer: writer.by_ref(), outcome: Ok(()) };
        event.record(&mut fields);
        fields.outcome?;
        writer.write_char('\n')
    }
}

/// Writes fields, each behind a blank.
struct Fields<'w> {
    writer: Writer<'w>,
    outcome: fmt::Result,
}

impl Fields<'_> {
    fn put(&mut self, field: &Field, value: impl FnOnce(&mut Writer<'_>) -> fmt::Result) {
        let Fields { writer, outcome } = self;
        let mut write = || {
            writer.write_char(' ')?;
            writer.write_str(field.name())?;
            writer.write_char('=')
        };
        *outcome = outcome.and_then(|()| write()).and_then(|()| value(writer));
    }
}

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        // What somebody sends neither ends a line nor moves in a terminal.
        match value.bytes().all(|byte| byte.is_ascii_graphic()) {
            true => self.put(field, |writer| writer.write_str(value)),
            false => self.record_debug(field, &value),
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, |writer| write!(writer, "{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put(field, |writer| write!(writer, "{value:?}"));
    }
}
