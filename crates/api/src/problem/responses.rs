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
