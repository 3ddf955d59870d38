//! What a client of CKAN's action API sends: a query string, a form, or a JSON object; all of it means the same.
//!
//! A value that comes as text where JSON would have a number, a list or an object is read as that.

use std::fmt::Display;

use actix_web::HttpRequest;
use actix_web::http::{Method, header};
use actix_web::web::Payload;
use serde_json::{Map, Value};

use crate::body;
use crate::named::form_pairs;
use crate::problem::{Kind, Problem};

/// What was sent, by name.
#[derive(Debug, Default)]
pub struct Params(Map<String, Value>);

impl Params {
    /// What `request` sends with its address and its body.
    ///
    /// # Errors
    /// [`Kind::BadRequest`] for JSON that does not read or is no object, [`Kind::UnsupportedBody`], [`Kind::TooLarge`],
    /// [`Kind::Timeout`].
    pub async fn of(request: &HttpRequest, payload: Payload) -> Result<Params, Problem> {
        let mut params = of_pairs(form_pairs(request.query_string()));
        if request.method() == Method::GET {
            return Ok(Params(params));
        }
        let bytes = body::bytes(request, payload).await?;
        let sent = match kind(request) {
            _ if bytes.iter().all(u8::is_ascii_whitespace) => Map::new(),
            Body::Form if bytes.first() != Some(&b'{') => {
                of_pairs(form_pairs(&String::from_utf8_lossy(&bytes)))
            }
            // curl says that a JSON text is a form unless it is told otherwise.
            Body::Json | Body::Form => object(&bytes)?,
            Body::Other => {
                return Err(Problem::new(
                    Kind::UnsupportedBody,
                    "本文は JSON（application/json）か、フォーム（application/x-www-form-urlencoded）で送ってください。",
                    "The body is JSON (application/json) or a form (application/x-www-form-urlencoded).",
                ));
            }
        };
        params.extend(sent);
        Ok(Params(params))
    }

    /// Everything that was sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// The text that `name` says, if anything.
    ///
    /// # Errors
    /// When it is a list or an object.
    pub fn text(&self, name: &str) -> Result<Option<String>, Problem> {
        self.get(name).map(|value| plain(value).ok_or_else(|| no_text(name))).transpose()
    }

    /// The text that `name` says, or the first of `others` that says something.
    ///
    /// # Errors
    /// When none of them does.
    pub fn needed(&self, name: &str, others: &[&str]) -> Result<String, Problem> {
        for name in std::iter::once(&name).chain(others) {
            if let Some(text) = self.text(name)? {
                return Ok(text);
            }
        }
        Err(Problem::bad_parameter(name, "この引数が要ります。", "missing value"))
    }

    /// The number that `name` says.
    ///
    /// # Errors
    /// When it is no whole number, or less than 0.
    pub fn count(&self, name: &str) -> Result<Option<u64>, Problem> {
        let wanted = || Problem::bad_parameter(name, "0 以上の整数です。", "it is a whole number, 0 or more");
        let read = |value: &Value| match value {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_u64(),
        };
        self.get(name).map(|value| read(value).ok_or_else(wanted)).transpose()
    }

    /// As [`Params::count`], where a number below 0 stands for no bound: `Some(None)`.
    ///
    /// # Errors
    /// When it is no whole number.
    pub fn bound(&self, name: &str) -> Result<Option<Option<u64>>, Problem> {
        let is_negative = |value: &Value| match value {
            Value::String(text) => text.trim().parse::<i64>().is_ok_and(|number| number < 0),
            other => other.as_i64().is_some_and(|number| number < 0),
        };
        match self.get(name) {
            Some(value) if is_negative(value) => Ok(Some(None)),
            _ => Ok(self.count(name)?.map(Some)),
        }
    }

    /// Whether `name` says yes; `default` where it says nothing.
    ///
    /// # Errors
    /// When it says neither yes nor no.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, Problem> {
        let Some(value) = self.get(name) else { return Ok(default) };
        let text = plain(value).unwrap_or_default().to_ascii_lowercase();
        match text.as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" => Ok(true),
            "false" | "f" | "no" | "n" | "off" | "0" => Ok(false),
            _ => Err(Problem::bad_parameter(name, "true か false です。", "it is true or false")),
        }
    }

    /// The texts that `name` says: a list, a text that is one in JSON, or one text. Where `commas` part them, one text is
    /// several.
    ///
    /// # Errors
    /// When a value of the list is none itself.
    pub fn texts(&self, name: &str, commas: bool) -> Result<Vec<String>, Problem> {
        let texts = |values: &[Value]| {
            values
                .iter()
                .map(|value| plain(value).ok_or_else(|| no_text(name)))
                .collect::<Result<Vec<_>, _>>()
        };
        match self.get(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(values)) => texts(values),
            Some(value) => {
                let text = plain(value).ok_or_else(|| no_text(name))?;
                match serde_json::from_str::<Value>(&text) {
                    Ok(Value::Array(values)) => texts(&values),
                    _ if commas => Ok(text.split(',').map(|part| part.trim().to_owned()).collect()),
                    _ => Ok(vec![text]),
                }
            }
        }
    }

    /// The members that `name` says: an object, or a text that is one in JSON.
    ///
    /// # Errors
    /// When it is neither.
    pub fn members(&self, name: &str) -> Result<Option<Map<String, Value>>, Problem> {
        let read = match self.get(name) {
            None => return Ok(None),
            Some(Value::Object(members)) => Some(members.clone()),
            Some(Value::String(text)) => serde_json::from_str(text).ok(),
            Some(_) => None,
        };
        let wanted = || {
            let (ja, en) =
                ("{\"項目\": 値} の形の JSON です。", "it is a JSON object like {\"field\": value}");
            Problem::bad_parameter(name, ja, en)
        };
        read.map(Some).ok_or_else(wanted)
    }

    /// What `name` says where that is text, or an object.
    ///
    /// # Errors
    /// When it is neither.
    pub fn text_or_members(&self, name: &str) -> Result<TextOrMembers, Problem> {
        match self.get(name) {
            None => Ok(TextOrMembers::Text(String::new())),
            Some(Value::Object(members)) => Ok(TextOrMembers::Members(members.clone())),
            Some(value) => {
                let text = plain(value).ok_or_else(|| no_text(name))?;
                match serde_json::from_str(&text) {
                    Ok(Value::Object(members)) => Ok(TextOrMembers::Members(members)),
                    _ => Ok(TextOrMembers::Text(text)),
                }
            }
        }
    }

    /// Refuses whatever is not called by one of `known`: a misspelt condition would find everything.
    ///
    /// # Errors
    /// The first that is not.
    pub fn only(&self, known: &[&str]) -> Result<(), Problem> {
        // What clients send to get past caches, and for a way of answering that is not offered.
        let aside = |name: &str| matches!(name, "_" | "callback");
        let unknown = self.0.keys().find(|name| !known.contains(&name.as_str()) && !aside(name));
        let Some(name) = unknown else { return Ok(()) };
        let (name, known) = (short(name), known.join(", "));
        Err(Problem::new(
            Kind::UnknownParameter,
            format!("`{name}` という引数はありません。使える引数: {known}"),
            format!("There is no parameter `{name}`. There are: {known}."),
        )
        .with("parameter", name))
    }
}

/// Words, or words for each of some fields.
#[derive(Debug, Clone, PartialEq)]
pub enum TextOrMembers {
    /// Words.
    Text(String),
    /// Words by field.
    Members(Map<String, Value>),
}

enum Body {
    Json,
    Form,
    Other,
}

fn kind(request: &HttpRequest) -> Body {
    let stated = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type =
        stated.and_then(|value| value.split(';').next()).map(|text| text.trim().to_ascii_lowercase());
    match media_type.as_deref() {
        None | Some("application/json") => Body::Json,
        Some("application/x-www-form-urlencoded") => Body::Form,
        Some(_) => Body::Other,
    }
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, Problem> {
    let wrong = |why: &dyn Display| {
        Problem::new(
            Kind::BadRequest,
            format!("本文が JSON のオブジェクトとして読めません（{why}）。"),
            format!("The body does not read as a JSON object: {why}."),
        )
    };
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(wrong(&"it is JSON, but no object")),
        Err(why) => Err(wrong(&why)),
    }
}

/// A name that stands several times has a list of values.
fn of_pairs(pairs: impl Iterator<Item = (String, String)>) -> Map<String, Value> {
    let mut params = Map::new();
    for (name, value) in pairs {
        match params.get_mut(&name) {
            None => drop(params.insert(name, Value::String(value))),
            Some(Value::Array(values)) => values.push(Value::String(value)),
            Some(one) => *one = Value::Array(vec![one.take(), Value::String(value)]),
        }
    }
    params
}

/// A value that is one text, as text.
pub fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn no_text(name: &str) -> Problem {
    Problem::bad_parameter(name, "1つの値です。", "it is one value")
}

/// A text as it may stand in a message.
pub fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &str) -> Params {
        Params(of_pairs(form_pairs(query)))
    }

    fn of_json(text: &str) -> Params {
        Params(object(text.as_bytes()).unwrap())
    }

    #[test]
    fn numbers_lists_and_objects_may_come_as_text() {
        let sent = params("rows=5&facet.field=%5B%22tags%22%5D&filters=%7B%22a%22%3A1%7D&fields=a,b");
        assert_eq!(sent.count("rows").unwrap(), Some(5));
        assert_eq!(sent.texts("facet.field", false).unwrap(), ["tags"]);
        assert_eq!(sent.members("filters").unwrap().unwrap()["a"], 1);
        assert_eq!(sent.texts("fields", true).unwrap(), ["a", "b"]);
        let sent =
            of_json(r#"{"rows": 5, "facet.field": ["tags"], "filters": {"a": 1}, "fields": ["a", "b"]}"#);
        assert_eq!(sent.count("rows").unwrap(), Some(5));
        assert_eq!(sent.texts("facet.field", false).unwrap(), ["tags"]);
        assert_eq!(sent.texts("fields", true).unwrap(), ["a", "b"]);
    }

    #[test]
    fn a_name_that_stands_twice_has_a_list() {
        assert_eq!(params("fq=a&fq=b&fq=c").texts("fq", false).unwrap(), ["a", "b", "c"]);
    }

    #[test]
    fn nothing_is_no_value() {
        for sent in [params("q="), of_json(r#"{"q": null}"#), of_json(r#"{"q": ""}"#), params("")] {
            assert_eq!(sent.text("q").unwrap(), None);
            assert!(sent.needed("q", &[]).is_err());
        }
    }

    #[test]
    fn a_value_of_another_kind_is_refused() {
        let sent = of_json(r#"{"rows": -1, "q": {}, "facet": "maybe", "filters": 3, "many": "1e3"}"#);
        assert!(sent.count("rows").is_err());
        assert_eq!(sent.bound("rows").unwrap(), Some(None));
        assert!(sent.text("q").is_err());
        assert!(sent.flag("facet", true).is_err());
        assert!(sent.members("filters").is_err());
        assert!(sent.count("many").is_err());
    }

    #[test]
    fn an_unknown_name_is_refused_beside_those_there_are() {
        let problem = params("q=a&callback=f&rws=1").only(&["q", "rows"]).unwrap_err();
        assert!(problem.to_string().contains("`rws`"), "{problem}");
        assert!(params("q=a&_=1").only(&["q"]).is_ok());
    }
}
