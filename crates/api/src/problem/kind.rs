//! The kinds of problem: status, stable code and title of each, in one table.

use actix_web::http::StatusCode;
use ingestion::Text;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $status:ident $code:literal $ja:literal $en:literal $meaning:literal)*) => {
        /// A kind of problem. Its code is part of the contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        impl Kind {
            /// All of them.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind,)*];

            /// The stable name.
            pub fn code(self) -> &'static str {
                match self { $(Kind::$kind => $code,)* }
            }

            /// The HTTP status it is answered with.
            pub fn status(self) -> StatusCode {
                match self { $(Kind::$kind => StatusCode::$status,)* }
            }

            /// The kind in a few words.
            pub fn title(self) -> Text {
                match self { $(Kind::$kind => Text::new($ja, $en),)* }
            }

            /// When it happens and what to do, for the page that explains it.
            pub fn meaning(self) -> &'static str {
                match self { $(Kind::$kind => $meaning,)* }
            }
        }
    };
}

kinds! {
    /// The request does not read.
    BadRequest BAD_REQUEST "bad-request" "リクエストが読めません" "The request does not read" "送られたものの形が読めないときの答えです。`detail` に読めなかったところを書いています。"
    /// A query parameter that the operation does not have.
    UnknownParameter BAD_REQUEST "unknown-parameter" "知らない引数です" "Unknown parameter" "その操作にない引数が付いているときの答えです。つづりを確かめてください。`detail` に使える引数を並べています。"
    /// A query parameter whose value does not read.
    BadParameter BAD_REQUEST "bad-parameter" "引数が読めません" "A parameter does not read" "引数の値が読めないときの答えです。`parameter` がその引数、`detail` が書き方です。"
    /// A condition on rows that does not read.
    BadFilter BAD_REQUEST "bad-filter" "条件が読めません" "The condition does not read" "行を選ぶ条件（filter など）が読めないときの答えです。`position` が何文字目か、`extract` がその前後（▶◀ の間が読めないところ）です。JSON の条件では `path` がその場所です。"
    /// A name that is no field of the dataset.
    UnknownField BAD_REQUEST "unknown-field" "その項目はありません" "There is no such field" "データセットにない項目の名前が使われているときの答えです。`field` がその名前、`near` が似た名前、`fields` が項目の一覧です。引数のつづりを間違えたときも、この答えになります。"
    /// A request that should bring a file and brings none.
    NoFile BAD_REQUEST "no-file" "ファイルがありません" "There is no file in the request" "ファイルを送るはずの操作に、ファイルがないときの答えです。multipart の `file` か、本文としてそのまま送ってください。"
    /// No token, or none that is good.
    Unauthorized UNAUTHORIZED "unauthorized" "職員のトークンが要ります" "A token is needed" "職員だけができる操作です。`Authorization: Bearer` に、期限内のトークンを付けて送ってください。トークンは管理者が作ります。"
    /// The asker's role is too low, or it is their own work.
    Forbidden FORBIDDEN "forbidden" "その操作はできません" "Not allowed" "あなたの役割ではできない操作か、自分で作ったものを自分で公開しようとしたときの答えです。`reason` は role（役割が足りない。`needed` が要る役割）か own-work（自分で作ったもの）です。"
    /// Nothing lives at this address.
    NoSuchPage NOT_FOUND "no-such-page" "ページがありません" "There is no such page" "そのアドレスには何もありません。"
    /// No such dataset, or none that the asker may see.
    NoSuchDataset NOT_FOUND "no-such-dataset" "データセットがありません" "There is no such dataset" "その名前のデータセットはないか、公開されていません。"
    /// A dataset whose rows have no coordinates is no collection of features.
    NoSuchCollection NOT_FOUND "no-such-collection" "地図のデータではありません" "No collection of features" "OGC API – Features で渡せるのは、座標のある行を持つデータセットだけです。ほかのデータセットの行は `/api/v1/datasets/{slug}/records` にあります。"
    /// No such revision, or none that the asker may see.
    NoSuchRevision NOT_FOUND "no-such-revision" "版がありません" "There is no such revision" "そのデータセットに、その番号の公開された版はありません。"
    /// The dataset does not come in this form.
    NoSuchFormat NOT_FOUND "no-such-format" "その形式の配信はありません" "There is no such distribution" "そのデータセットは、その形式では配信していません。座標のないデータに GeoJSON はなく、1,048,575行を超えるデータに Excel（xlsx）はありません。"
    /// No row has this name.
    NoSuchRecord NOT_FOUND "no-such-record" "行がありません" "There is no such row" "その名前（様式のキー、キーのないデータでは行の番号）の行は、その版にありません。"
    /// Nothing was published yet at that time.
    NothingPublishedThen NOT_FOUND "nothing-published-then" "その時点ではまだ公開されていません" "Nothing was published then" "`as_of` の時点では、そのデータセットはまだ公開されていませんでした。版の一覧で公開日時を確かめてください。"
    /// No such department.
    NoSuchDepartment NOT_FOUND "no-such-department" "担当課がありません" "There is no such department" "その名前の担当課はありません。"
    /// No such schema.
    NoSuchSchema NOT_FOUND "no-such-schema" "様式がありません" "There is no such schema" "その名前の様式はありません。"
    /// No such pillar or initiative.
    NoSuchInitiative NOT_FOUND "no-such-initiative" "取組事項がありません" "There is no such initiative" "そのコードの柱や取組事項はありません。"
    /// No token has this number.
    NoSuchToken NOT_FOUND "no-such-token" "トークンがありません" "There is no such token" "その番号のトークンはありません。"
    /// The address answers other methods.
    MethodNotAllowed METHOD_NOT_ALLOWED "method-not-allowed" "この方法では応えられません" "Method not allowed" "そのアドレスは別の方法（GET、POST など）で使います。`Allow` ヘッダーに使える方法を示しています。"
    /// None of the media types that were asked for can be given.
    NotAcceptable NOT_ACCEPTABLE "not-acceptable" "求められた形式では応えられません" "None of the requested media types" "`Accept` に挙げられた形式のどれでも応えられません。"
    /// A letter that the requested encoding lacks.
    NotEncodable NOT_ACCEPTABLE "not-encodable" "その文字コードでは表せない文字があります" "Letters that the encoding lacks" "求められた文字コードでは表せない文字がデータにあります。`cells` がその場所です。文字を置き換えて渡すことはしません。"
    /// The body stopped coming.
    Timeout REQUEST_TIMEOUT "timeout" "データが届かなくなりました" "The request stopped coming" "送られてくるはずのデータが途中で届かなくなりました。"
    /// There is one already.
    Exists CONFLICT "exists" "もうあります" "It exists already" "同じ名前のものがもうあります。"
    /// A name is one person, and that one is of another department.
    NameTaken CONFLICT "name-taken" "その氏名は別の課で使われています" "The name is of another department" "氏名はひとりの職員を表します。その氏名の有効なトークンが別の課にあるときの答えです。異動したときは、前の課のトークンを先に取り消してください。"
    /// The revision has not come so far, or has gone further.
    WrongState CONFLICT "wrong-state" "いまの状態ではできません" "Not in this state" "版やデータセットの状態が、その操作をする状態ではないときの答えです。`state` がいまの状態です。たとえば、提出されていない版は公開できません。"
    /// A later revision is published already.
    Superseded CONFLICT "superseded" "後の版がもう公開されています" "A later revision is published" "それより番号の大きい版がもう公開されているときの答えです。`current` がその番号です。新しい版として出し直してください。"
    /// Questions that nobody has answered.
    OpenQuestions CONFLICT "open-questions" "答えていない質問があります" "There are open questions" "ファイルについて、職員だけが知っていることへの答えがまだのときの答えです。`questions` に質問と選べる答えを示しています。`PUT …/answers` で答えてから提出してください。"
    /// The schema of the dataset is another than its file was held against, or stays.
    OtherSchema CONFLICT "other-schema" "様式が変わっています" "The schema is another" "版を検証した様式とデータセットの様式が違うか、公開したデータセットの様式を変えようとしたときの答えです。"
    /// 取下げ: the dataset was taken back.
    Withdrawn GONE "withdrawn" "取り下げられました" "Withdrawn" "取り下げられたデータセットです。`tombstone` に、だれが、いつ、なぜ取り下げたかを残しています。"
    /// Changed since it was read.
    Stale PRECONDITION_FAILED "stale-revision" "読んだ後に変わりました" "Changed since it was read" "読んだ後にだれかが変えました。読み直してからもう一度お試しください。"
    /// A change that does not say what it was made on.
    IfMatchRequired PRECONDITION_REQUIRED "if-match-required" "If-Match が要ります" "If-Match is needed" "変更するときは、データセットを自分のトークンで読んだときの `ETag` を `If-Match` に付けます。ほかの人の変更を知らずに上書きしないためです。"
    /// More bytes than are taken.
    TooLarge PAYLOAD_TOO_LARGE "too-large" "ファイルが大きすぎます" "The file is too large" "受け取れる大きさを超えています。`bytes_max` が上限です。"
    /// A body that is compressed, or of a kind that is not taken.
    UnsupportedBody UNSUPPORTED_MEDIA_TYPE "unsupported-body" "その送り方は受け取れません" "The body is sent in a way that is not taken" "その送り方は受け取れません。圧縮せずに送ってください。"
    /// The file does not fit its schema yet.
    Findings UNPROCESSABLE_ENTITY "findings" "直すところがあります" "There are things to mend" "ファイルに直すところがあります。`findings` に場所と直し方を示しています。"
    /// A value in the body that is none of those there may be.
    BadValue UNPROCESSABLE_ENTITY "bad-value" "値が使えません" "A value is not possible" "本文の値が使えないものだったときの答えです。`member` がその項目、`detail` が書き方です。"
    /// A file that cannot be converted.
    NotConvertible UNPROCESSABLE_ENTITY "not-convertible" "変換できないファイルです" "The file cannot be converted" "変換できるのは、国の古い様式（推奨データセット）の表だけです。様式に当てはまらないファイルのときは、`findings` にその理由を示しています。"
    /// Requests that come too often.
    TooManyRequests TOO_MANY_REQUESTS "too-many-requests" "問い合わせが多すぎます" "Too many requests" "短いあいだの問い合わせが多すぎます。`Retry-After` ヘッダーの秒数だけ待ってからもう一度お試しください。データ全体が要るときは、1件ずつではなくダウンロードを使ってください。"
    /// A fault of ours.
    Fault INTERNAL_SERVER_ERROR "fault" "こちらの不具合です" "A fault of ours" "こちらの不具合です。原因は記録しています。"
    /// A form that follows a publication and is not there yet.
    NotMadeYet SERVICE_UNAVAILABLE "not-made-yet" "まだ用意ができていません" "Not made yet" "公開されたばかりのデータで、その形式のファイルを作っているところです。`Retry-After` の秒数を待ってから、もう一度お試しください。CSV は公開と同時に使えます。"
    /// Rows that are being made ready.
    RowsNotReady SERVICE_UNAVAILABLE "rows-not-ready" "行の用意をしています" "The rows are being made ready" "しばらく使われていなかった版の行を、用意しているところです。`Retry-After` の秒数を待ってから、もう一度お試しください。ダウンロードはすぐに使えます。"
    /// A question that takes too long.
    TooMuchWork SERVICE_UNAVAILABLE "too-much-work" "時間がかかりすぎます" "It takes too long" "1つの問い合わせに使える時間を超えたときの答えです。条件を絞る、並べ替えをやめる、`count=false` を付ける、全体をダウンロードする、のどれかをお試しください。"
    /// The program cannot write just now.
    NotReady SERVICE_UNAVAILABLE "not-ready" "いまは使えません" "Not ready" "データベースかファイルの置き場所が使えない状態です。`Retry-After` の秒数を待ってから、もう一度お試しください。"
    /// No room on the disk.
    NoRoom INSUFFICIENT_STORAGE "no-room" "空き容量がありません" "No room left" "サーバーの空き容量が足りず、書き込めない状態です。読むことはできます。場所が空けば、そのまま書き込めるようになります。"
}

impl Kind {
    /// The address of the page that explains it: the problem's `type`.
    pub fn address(self) -> String {
        format!("/problems/{}", self.code())
    }

    /// After how many seconds it is worth asking again, where it is.
    pub fn retry_after_seconds(self) -> Option<u16> {
        match self {
            Kind::NotMadeYet => Some(10),
            Kind::NotReady | Kind::RowsNotReady => Some(5),
            Kind::TooMuchWork => Some(30),
            _ => None,
        }
    }

    /// The kind named `code`.
    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// The kind that stands for an answer of `status` that says no more than that.
    pub fn of_status(status: StatusCode) -> Kind {
        match status {
            StatusCode::UNAUTHORIZED => Kind::Unauthorized,
            StatusCode::NOT_FOUND => Kind::NoSuchPage,
            StatusCode::METHOD_NOT_ALLOWED => Kind::MethodNotAllowed,
            StatusCode::NOT_ACCEPTABLE => Kind::NotAcceptable,
            StatusCode::REQUEST_TIMEOUT => Kind::Timeout,
            StatusCode::PAYLOAD_TOO_LARGE => Kind::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Kind::UnsupportedBody,
            StatusCode::TOO_MANY_REQUESTS => Kind::TooManyRequests,
            status if status.is_server_error() => Kind::Fault,
            _ => Kind::BadRequest,
        }
    }
}
