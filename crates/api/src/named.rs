//! Names in addresses: what a path segment says, and the address of another page of the same list.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use catalog::{Iris, Slug};
use plan::InitiativeCode;
use serde::Deserialize;

use crate::problem::{Kind, Problem};

/// A path segment that should name a thing. One that cannot be a name names nothing: 404, like any other
/// thing that is not there.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Named<T> {
    text: String,
    #[serde(skip)]
    kind: std::marker::PhantomData<T>,
}

/// A kind of name that stands in addresses.
pub trait Name: Sized {
    /// The name that `text` is, or the problem that says that there is no such thing.
    ///
    /// # Errors
    /// The problem of a thing that is not there.
    fn named(text: &str) -> Result<Self, Problem>;
}

impl<T: Name> Named<T> {
    /// The name.
    ///
    /// # Errors
    /// The problem of a thing that is not there.
    pub fn get(&self) -> Result<T, Problem> {
        T::named(&self.text)
    }
}

impl Name for Slug {
    fn named(text: &str) -> Result<Slug, Problem> {
        Slug::parse(text).map_err(|why| {
            let short = shown(text);
            Problem::new(
                Kind::NoSuchDataset,
                format!("`{short}` という名前のものはありません。名前は半角の英小文字・数字・`_`・`-` で2〜100字です。"),
                format!("Nothing is named `{short}`: {why}."),
            )
        })
    }
}

impl Name for InitiativeCode {
    fn named(text: &str) -> Result<InitiativeCode, Problem> {
        text.parse().map_err(|_| {
            let short = shown(text);
            Problem::new(
                Kind::NoSuchInitiative,
                format!(
                    "取組事項 `{short}` はありません。A-1（項目）か A-1-1（個別の取組事項）のように書きます。"
                ),
                format!("There is no initiative `{short}`: write A-1 or A-1-1."),
            )
        })
    }
}

/// A name as it may stand in a message: letters and digits as they are, signs as an address writes them.
pub fn shown(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/');
    let mut shown = String::new();
    for letter in text.chars().take(80) {
        if plain(letter) {
            shown.push(letter);
        } else {
            shown.push_str(&escape(letter.encode_utf8(&mut [0; 4])));
        }
    }
    shown
}

/// The path and query of the request, to make the address of another page from.
#[derive(Debug)]
pub struct Address {
    path: String,
    query: String,
}

impl Address {
    /// The same address with parameter `name` set to `value`.
    pub fn with(&self, iris: &Iris, name: &str, value: &str) -> String {
        let kept = form_pairs(&self.query).filter(|(key, _)| key != name);
        let mut query: Vec<String> =
            kept.map(|(key, value)| format!("{}={}", escape(&key), escape(&value))).collect();
        query.push(format!("{}={}", escape(name), escape(value)));
        format!("{}{}?{}", iris.base(), self.path, query.join("&"))
    }

    /// The address of the page of the same list that begins at `cursor`, under `base`.
    pub fn of_list_from(&self, base: &str, cursor: &str) -> String {
        let kept = form_pairs(&self.query).filter(|(key, _)| key != "cursor");
        let kept =
            kept.map(|(key, value)| format!("{}={}&", escape(&key), escape(&value))).collect::<String>();
        format!("{base}{}?{kept}cursor={}", self.path, escape(cursor))
    }

    /// The address of the same list from its beginning, under `base`, with parameter `name` set to `value`, or without it.
    pub fn of_list(&self, base: &str, name: &str, value: Option<&str>) -> String {
        let kept = form_pairs(&self.query)
            .filter(|(key, value)| key != name && key != "cursor" && !value.is_empty());
        let set = value.map(|value| (name.to_owned(), value.to_owned()));
        let query: Vec<String> =
            kept.chain(set).map(|(key, value)| format!("{}={}", escape(&key), escape(&value))).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{base}{}{mark}{}", self.path, query.join("&"))
    }
}

/// The names and values of a query string, in its order.
pub fn form_pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = actix_web::web::Query::<Vec<(String, String)>>::from_query(query);
    pairs.map(actix_web::web::Query::into_inner).unwrap_or_default().into_iter()
}

/// Percent-encoding of a part of an address: everything but unreserved characters (RFC 3986 §2.3).
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                escaped.push(char::from(byte));
            }
            other => escaped.push_str(&format!("%{other:02X}")),
        }
    }
    escaped
}

impl FromRequest for Address {
    type Error = Infallible;
    type Future = Ready<Result<Address, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Address { path: request.path().to_owned(), query: request.query_string().to_owned() }))
    }
}
