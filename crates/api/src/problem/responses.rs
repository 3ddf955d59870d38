//! The problems of operations, as the OpenAPI document shows them.

use utoipa::ToResponse;

use crate::problem::ProblemView;

/// A parameter is unknown or does not read; `detail` names it and tells how it is written.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/bad-parameter", "code": "bad-parameter", "title": "引数が読めません", "status": 400,
    "detail": "引数 `limit` が読めません。1 から 100 の整数です。", "parameter": "limit",
}))]
pub struct BadQuery(#[allow(dead_code, reason = "read by the derive")] ProblemView);

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

/// The program cannot write just now.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json", example = json!({
    "type": "/problems/not-ready", "code": "not-ready", "title": "いまは書き込めません", "status": 503,
    "detail": "データベースかファイルの置き場所に書き込めません。",
}))]
pub struct NotReady(#[allow(dead_code, reason = "read by the derive")] ProblemView);
