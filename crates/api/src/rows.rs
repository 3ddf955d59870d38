//! Rows over HTTP, whichever address asks for them: parameters become a question ([`question`]), the question an answer
//! in the form that is wanted ([`answer`]). Which address leads here is the handlers' business.

pub mod answer;
pub mod form;
pub mod frame;
pub mod head;
pub mod openapi;
pub mod query;
pub mod question;
pub mod schema;
