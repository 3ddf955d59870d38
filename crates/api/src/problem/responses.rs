//! The problems of operations, as the OpenAPI document shows them.

use utoipa::ToResponse;

use crate::problem::ProblemView;
use crate::views::ckan::failure::FailureView;

/// A parameter is unknown or does not read; `detail` names it and tells how it is written.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/bad-parameter", "code": "bad-parameter", "title": "引数が読めません", "status": 400,
    "detail": "引数 `limit` が読めません。1 から 100 の整数です。", "parameter": "limit",
}))]
pub struct BadQuery(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// A condition, a list of fields or another parameter does not read; `position` and `extract`, or `path` in JSON, tell where. A name that is
/// no field is answered with those there are.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/bad-filter", "code": "bad-filter", "title": "条件が読めません", "status": 400,
    "detail": "引数 `filter` の5文字目が読めません（名称 =▶=◀ '本庁'）。値が来るはずのところに、`=` があります。",
    "position": 5, "extract": "名称 =▶=◀ '本庁'", "parameter": "filter",
}))]
pub struct BadQuestion(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The body is no JSON of the shape that the operation takes; `detail` tells where it stops to read.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/bad-request", "code": "bad-request", "title": "リクエストが読めません", "status": 400,
    "detail": "本文の JSON が読めません（missing field `name` at line 1 column 2）。",
}))]
pub struct BadBody(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// No token came, or one that is wrong, expired or revoked.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json",
    headers(("WWW-Authenticate" = String, description = "`Bearer`")),
    example = json!({
    "type": "/problems/unauthorized", "code": "unauthorized", "title": "職員のトークンが要ります", "status": 401,
    "detail": "職員のトークンが要ります。`Authorization: Bearer` に付けて送ってください。",
}))]
pub struct Unauthorized(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The asker's role is too low (`reason` is `role`, `needed` the one that may), or it is their own work (`own-work`).
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/forbidden", "code": "forbidden", "title": "その操作はできません", "status": 403,
    "detail": "この操作には役割 admin（管理者）が要ります。", "reason": "role", "needed": "admin",
}))]
pub struct Forbidden(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// There is no such thing, or none that the asker may see.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/no-such-dataset", "code": "no-such-dataset", "title": "データセットがありません", "status": 404,
    "detail": "データセット `no-such-thing` はありません。一覧は /api/v1/datasets にあります。",
}))]
pub struct NotFound(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// None of the media types in `Accept` can be given, or a letter is lacking in the encoding.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/not-encodable", "code": "not-encodable", "title": "その文字コードでは表せない文字があります", "status": 406,
    "detail": "CP932 では表せない文字が1件あります。", "cells": [{"row": 2, "column": 4, "column_letter": "D", "character": "𠮷"}],
}))]
pub struct NotAcceptable(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The name has a good token in another department, and a name is one person.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/name-taken", "code": "name-taken", "title": "その氏名は別の課で使われています", "status": 409,
    "detail": "「見本 太郎」の有効なトークンが担当課 `mihon` にあります。異動したときは先に取り消し、別の人なら別の氏名にしてください。",
}))]
pub struct NameTaken(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The body is compressed, or of another media type than the operation takes.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/unsupported-body", "code": "unsupported-body", "title": "その送り方は受け取れません", "status": 415,
    "detail": "本文は JSON です。`Content-Type: application/json` を付けて送ってください。",
}))]
pub struct UnsupportedBody(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// A value in the body is none of those there may be; `member` names it.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/bad-value", "code": "bad-value", "title": "値が使えません", "status": 422,
    "detail": "項目 `name` の値が使えません。氏名の前後に空白は置けません。", "member": "name",
}))]
pub struct BadValue(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// There were too many requests, or too many wrong tokens; `Retry-After` tells how many seconds to wait.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json",
    headers(("Retry-After" = u64, description = "Seconds to wait")),
    example = json!({
    "type": "/problems/too-many-requests", "code": "too-many-requests", "title": "問い合わせが多すぎます", "status": 429,
    "detail": "使えないトークンが続けて送られています。3秒待ってからもう一度お試しください。",
}))]
pub struct TooManyRequests(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The head of the request, its line with the address and its headers, is larger than the HTTP library takes. There is no body, and
/// the connection is closed.
#[derive(ToResponse)]
pub struct HeadTooLarge;

/// The dataset was withdrawn; `tombstone` tells who did so, when and why.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/withdrawn", "code": "withdrawn", "title": "取り下げられました", "status": 410,
    "detail": "データセット `public-toilets` は取り下げられました。理由: 座標の誤り",
    "tombstone": {"by": "operator", "at": "2026-11-25T00:00:00Z", "reason": "座標の誤り"},
}))]
pub struct Gone(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// More bytes than are taken; `bytes_max` tells how many are.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/too-large", "code": "too-large", "title": "ファイルが大きすぎます", "status": 413,
    "detail": "ファイルが大きすぎます。受け取れるのは 52428800 バイトまでです。", "bytes_max": 52428800,
}))]
pub struct TooLarge(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The file is no table of the old national standard; where it fits no schema, `findings` tell more.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/not-convertible", "code": "not-convertible", "title": "変換できないファイルです", "status": 422,
    "detail": "この表はもう新しい様式（hyojun/public_toilet）です。変換はいりません。",
}))]
pub struct NotConvertible(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The file is being made; `Retry-After` tells when to ask again.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/not-made-yet", "code": "not-made-yet", "title": "まだ用意ができていません", "status": 503,
    "detail": "`public-toilets` の geojson は、いま作っているところです。しばらくしてからもう一度お試しください。",
}))]
pub struct NotMadeYet(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The question takes longer than one question may (`too-much-work`: narrow it down), or the rows of an earlier revision are being
/// made ready (`rows-not-ready`); `Retry-After` tells when to ask again.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json",
    headers(("Retry-After" = u64, description = "Seconds to wait")),
    example = json!({
    "type": "/problems/rows-not-ready", "code": "rows-not-ready", "title": "行の用意をしています", "status": 503,
    "detail": "`public-toilets` の行を、いま用意しているところです。しばらくしてからもう一度お試しください。",
}))]
pub struct RowsNotReady(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The part that `Range` asks for lies beyond the end of the file.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json",
    headers(("Content-Range" = String, description = "How many bytes there are")),
    example = json!({
    "type": "/problems/no-such-part", "code": "no-such-part", "title": "その範囲はありません", "status": 416,
    "detail": "求められた範囲は、ファイルの終わり（3456バイト）より後ろにあります。",
}))]
pub struct NoSuchPart(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The body came too slowly, or stopped coming.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/timeout", "code": "timeout", "title": "データが届かなくなりました", "status": 408,
    "detail": "送られてくるのが遅すぎるか、途中で止まりました。もう一度送ってください。",
}))]
pub struct Timeout(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// There is no room on the disk; reading goes on.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/no-room", "code": "no-room", "title": "空き容量がありません", "status": 507,
    "detail": "サーバーの空き容量が足りないため、書き込めませんでした。",
}))]
pub struct NoRoom(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The database or the file store cannot be used just now.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/not-ready", "code": "not-ready", "title": "いまは使えません", "status": 503,
    "detail": "データベースかファイルの置き場所が、いまは使えません。",
}))]
pub struct NotReady(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// A change that names no `If-Match`.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/if-match-required", "code": "if-match-required", "title": "If-Match が要ります", "status": 428,
    "detail": "変更には If-Match が要ります。データセットを自分のトークンで読み、その ETag を付けて送ってください。",
}))]
pub struct IfMatchRequired(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The dataset has changed since it was read.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/stale-revision", "code": "stale-revision", "title": "読んだ後に変わりました", "status": 412,
    "detail": "`public-toilets` は読んだ後に変わりました。読み直してからもう一度お試しください。",
}))]
pub struct Stale(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The slug is taken.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/exists", "code": "exists", "title": "もうあります", "status": 409,
    "detail": "データセット `public-toilets` はもうあります。",
}))]
pub struct Taken(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// It cannot be done as things stand: the revision's or the dataset's state is another, a later revision is published,
/// questions are open, or the schema is another.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/wrong-state", "code": "wrong-state", "title": "いまの状態ではできません", "status": 409,
    "detail": "`public-toilets` の第3版は下書き（draft）です。この操作は審査待ち（submitted）か公開予定（scheduled）の版にするものです。",
    "state": "draft",
}))]
pub struct NotNow(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The file has errors; `findings` tell where and how to mend them.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/findings", "code": "findings", "title": "直すところがあります", "status": 422,
    "detail": "様式に合わないところが1件あります。", "counts": {"error": 1, "warning": 0, "note": 0, "repair": 0, "question": 0},
    "truncated": false, "findings": [],
}))]
pub struct ToMend(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The request brings no file, or the body does not read.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/no-file", "code": "no-file", "title": "ファイルがありません", "status": 400,
    "detail": "ファイルがありません。multipart の `file` に入れるか、本文としてそのまま送ってください。例: curl -F file=@データ.csv …",
}))]
pub struct NoFile(#[allow(dead_code, reason = "read by the derive")] ProblemView);

/// The body does not read as a JSON object, or there is no such call.
#[derive(ToResponse)]
#[response(content_type = "application/json", example = json!({
    "help": "http://127.0.0.1:8080/api/3/action/help_show?name=package_show", "success": false,
    "error": {"__type": "Bad Request", "message": "本文が JSON のオブジェクトとして読めません（EOF while parsing an object at line 1 column 1）。"},
}))]
pub struct CkanUnreadable(#[allow(dead_code, reason = "read by the derive")] FailureView);

/// The call changes something; such calls are not offered.
#[derive(ToResponse)]
#[response(content_type = "application/json", example = json!({
    "help": "http://127.0.0.1:8080/api/3/action/help_show?name=help_show", "success": false,
    "error": {"__type": "Authorization Error", "message": "`package_create` は、ここではできません。この API は読むためのものです。データを変える方法は /docs にあります。"},
}))]
pub struct CkanDenied(#[allow(dead_code, reason = "read by the derive")] FailureView);

/// There is no such thing, or none that is open to everybody.
#[derive(ToResponse)]
#[response(content_type = "application/json", example = json!({
    "help": "http://127.0.0.1:8080/api/3/action/help_show?name=package_show", "success": false,
    "error": {"__type": "Not Found Error", "message": "見つかりません: dataset `no-such-thing`"},
}))]
pub struct CkanNotFound(#[allow(dead_code, reason = "read by the derive")] FailureView);

/// What was sent does not read, or is missing; it is told under its name.
#[derive(ToResponse)]
#[response(content_type = "application/json", example = json!({
    "help": "http://127.0.0.1:8080/api/3/action/help_show?name=package_search", "success": false,
    "error": {"__type": "Validation Error", "message": "引数 `rows` が読めません。0 以上の整数です。", "rows": ["引数 `rows` が読めません。0 以上の整数です。"], "parameter": "rows"},
}))]
pub struct CkanInvalid(#[allow(dead_code, reason = "read by the derive")] FailureView);

/// The call was not done for a reason that is not in it: too often, too large, too slow, or something out of reach.
#[derive(ToResponse)]
#[response(content_type = "application/json", example = json!({
    "help": "http://127.0.0.1:8080/api/3/action/help_show?name=package_search", "success": false,
    "error": {"__type": "Too Many Requests", "message": "問い合わせが多すぎます。3秒待ってからもう一度お試しください。"},
}))]
pub struct CkanFailed(#[allow(dead_code, reason = "read by the derive")] FailureView);
