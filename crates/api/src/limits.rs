//! What may be sent, how fast, and how long anything may take: every limit of the server, in one table.
//!
//! The table makes the flags of `hiyori serve`, their `HIYORI_*` variables and the list in the OpenAPI document.
//! Who keeps a limit is said beside it: the socket ([`crate::connection`]), the body ([`crate::middleware::body`]),
//! the parts of a form ([`crate::upload`]) or the count of requests ([`crate::rates`]).

use std::time::Duration;

use catalog::asking::bounds;
use clap::Args;

/// One limit, as it is described to people.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// The environment variable that sets it.
    pub variable: &'static str,
    /// What holds unless it is set.
    pub default: u64,
    /// What it counts.
    pub unit: &'static str,
    /// What it is, in Japanese.
    pub ja: &'static str,
    /// What it is, in English.
    pub en: &'static str,
}

macro_rules! limits {
    ($($name:ident $variable:literal $default:literal $unit:literal $ja:literal $en:literal)*) => {
        /// Every limit of the server. 0 switches one off.
        #[derive(Debug, Clone, Copy, Args)]
        #[command(next_help_heading = "上限 Limits (0 = off)")]
        pub struct Limits {
            $(
                #[doc = $en]
                #[arg(long, env = $variable, value_name = $unit, default_value_t = $default, help = concat!($ja, ": ", $en))]
                pub $name: u64,
            )*
        }

        /// Every limit, as it is described.
        pub const LIMITS: &[Limit] =
            &[$(Limit { variable: $variable, default: $default, unit: $unit, ja: $ja, en: $en },)*];
    };
}

limits! {
    upload_bytes_max "HIYORI_UPLOAD_BYTES_MAX" 52_428_800 "BYTES" "受け取るファイルの大きさ" "bytes of one uploaded file"
    json_bytes_max "HIYORI_JSON_BYTES_MAX" 1_048_576 "BYTES" "ファイルでない本文の大きさ" "bytes of a body that is no file"
    parts_max "HIYORI_PARTS_MAX" 20 "PARTS" "multipart の部分の数（file まで）" "parts of a multipart body up to the one named `file`"
    part_header_bytes_max "HIYORI_PART_HEADER_BYTES_MAX" 65_536 "BYTES" "multipart の部分の見出しの大きさ" "bytes of the header of one part"
    head_seconds_max "HIYORI_HEAD_SECONDS_MAX" 5 "SECONDS" "リクエストの先頭（行と見出し）が届くまで" "for the head of a request to arrive"
    idle_seconds_max "HIYORI_IDLE_SECONDS_MAX" 5 "SECONDS" "次のリクエストを待つあいだ" "between two requests of one connection"
    body_silence_seconds_max "HIYORI_BODY_SILENCE_SECONDS_MAX" 10 "SECONDS" "本文が届かないままの時間" "without anything of the body arriving"
    body_rate_min "HIYORI_BODY_RATE_MIN" 1_024 "BYTES/S" "本文の最低の速さ（10秒たってから）" "bytes of the body a second, on the average after the first ten seconds"
    body_seconds_max "HIYORI_BODY_SECONDS_MAX" 1_800 "SECONDS" "本文が届き終わるまで" "for the whole body to arrive"
    reading_silence_seconds_max "HIYORI_READING_SILENCE_SECONDS_MAX" 30 "SECONDS" "答えが受け取られないままの時間" "without anything of the answer being taken"
    connections_max "HIYORI_CONNECTIONS_MAX" 8_192 "CONNECTIONS" "同時の接続の数" "connections at once; later ones wait"
    reads_per_second "HIYORI_READS_PER_SECOND" 1_000 "REQUESTS" "1つのアドレスから毎秒に読む回数（10秒分まで続けて）" "reads a second from one address, with ten seconds' worth at once"
    writes_per_second "HIYORI_WRITES_PER_SECOND" 100 "REQUESTS" "1つのアドレスから毎秒に送る回数（検証を含む。10秒分まで続けて）" "other requests a second from one address, validations included, with ten seconds' worth at once"
    guesses_per_minute "HIYORI_GUESSES_PER_MINUTE" 30 "TOKENS" "1つのアドレスから毎分に送る使えないトークンの数（超えると 429）" "wrong tokens a minute from one address that are answered 401; more are answered 429"
    token_requests_per_second "HIYORI_TOKEN_REQUESTS_PER_SECOND" 200 "REQUESTS" "1つのトークンの毎秒の回数（10秒分まで続けて）" "requests a second with one token, with ten seconds' worth at once"
    prepared_bytes_max "HIYORI_PREPARED_BYTES_MAX" 134_217_728 "BYTES" "用意しておく答えの大きさ（合わせて）" "bytes of answers that are kept ready, together"
    search_bytes_max "HIYORI_SEARCH_BYTES_MAX" 268_435_456 "BYTES" "検索する言葉を覚えておく大きさ（超えるとデータベースに尋ねる）" "bytes of memory for the words that are searched; where they need more, the database is asked"
    prepared_file_bytes_max "HIYORI_PREPARED_FILE_BYTES_MAX" 2_097_152 "BYTES" "用意しておくダウンロードの大きさ" "bytes of a download that is kept ready"
    rows_bytes_max "HIYORI_ROWS_BYTES_MAX" 134_217_728 "BYTES" "名前で尋ねられる行を覚えておく大きさ（合わせて。1つの表はその4分の1まで）" "bytes of memory for tables whose rows are asked for by name, together; one table takes a quarter at most"
}

/// How deep arrays and objects of a JSON body may lie in one another. The parser's own bound; it cannot be set.
pub const JSON_DEPTH_MAX: u32 = 128;

/// How long an address may be, its path with its query, how long the head of a request, and how many headers it may have.
/// The HTTP library's own bounds; they cannot be set. What exceeds them reaches no handler.
const HEADS: [(&str, &str); 3] = [
    (
        "65534 bytes",
        "アドレスの長さ（超えると本文のない 400）: an address, its path with its query; a longer one is answered 400 without a body",
    ),
    (
        "131072 bytes",
        "リクエストの先頭（行と見出し）の大きさ（超えると本文のない 431）: the head of a request, its line and its headers; a larger one is answered 431 without a body, and the connection is closed",
    ),
    (
        "96 headers",
        "リクエストの見出しの数（超えると本文のない 431）: headers of a request; more are answered 431 without a body, and the connection is closed",
    ),
];

/// How large a question about rows may be.
const QUESTIONS: [(usize, &str); 10] = [
    (bounds::FILTER_LETTERS_MAX, "条件（filter）の文字: letters of a filter"),
    (bounds::DEPTH_MAX, "条件の入れ子の深さ: levels of a filter"),
    (bounds::NODES_MAX, "1つの filter の条件の数: conditions of a filter"),
    (bounds::VALUES_MAX, "1つの in、または同じ項目に並べる値: values of one `in`, or beside one field"),
    (bounds::POINTS_MAX, "1つの filter の場所の点: points of the places in a filter"),
    (bounds::PATTERN_LETTERS_MAX, "like の文字: letters of a pattern of `like`"),
    (
        bounds::COLUMNS_MAX,
        "条件・並べ替え・集計に使える項目（初めから）: fields that can be asked about, from the first",
    ),
    (bounds::ORDERS_MAX, "sort、group_by に並べる項目: fields of `sort` and of `group_by`"),
    (bounds::AGGREGATES_MAX, "aggregate に並べる集計: things that `aggregate` computes"),
    (bounds::ROWS_MAX as usize, "1ページの行、1つの答えの集計: rows on a page, and groups in an answer"),
];

/// How long a body may be slower than [`Limits::body_rate_min`] at its beginning.
pub const BODY_GRACE: Duration = Duration::from_secs(10);

/// `limit` as a number, or `None` where it is switched off.
pub fn set(limit: u64) -> Option<u64> {
    (limit > 0).then_some(limit)
}

/// `seconds` as a time, or `None` where the limit is switched off.
pub fn seconds(seconds: u64) -> Option<Duration> {
    set(seconds).map(Duration::from_secs)
}

/// `count` as a size in memory; the greatest there is where the limit is switched off.
pub fn size(count: u64) -> usize {
    set(count).and_then(|count| usize::try_from(count).ok()).unwrap_or(usize::MAX)
}

/// The table of limits, in CommonMark, for the OpenAPI document.
pub fn described() -> String {
    let mut table = String::from(
        "\n\n**上限 Limits** (the operator's settings may differ; 0 switches one off)\n\n\
         | setting | default | what |\n|---|---|---|\n",
    );
    for Limit { variable, default, unit, ja, en } in LIMITS {
        table += &format!("| `{variable}` | {default} {} | {ja}: {en} |\n", unit.to_ascii_lowercase());
    }
    for (bound, what) in HEADS {
        table += &format!("| (fixed) | {bound} | {what} |\n");
    }
    for (bound, what) in QUESTIONS {
        table += &format!("| (fixed) | {bound} | {what} |\n");
    }
    table += &format!("| (fixed) | {JSON_DEPTH_MAX} levels | JSON の入れ子の深さ: levels of a JSON body |\n");
    table
}
