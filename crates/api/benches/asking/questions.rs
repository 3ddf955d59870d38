//! What is asked: the same of both programs. Each question is another one every time, as far as it can be.

/// A question, as each program wants it put; the number makes it another one.
pub struct Question {
    pub name: &'static str,
    pub own: Box<dyn Fn(u64) -> String + Sync>,
    pub datasettes: Box<dyn Fn(u64) -> String + Sync>,
}

const OWN: &str = "/api/v1/datasets/hydrants/records";
const DATASETTES: &str = "/hydrants/hydrants";

/// A path and its query with all letters that need it in percent-encoding.
pub fn path(text: &str) -> String {
    let mut path = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'/'
            | b'?'
            | b'&'
            | b'='
            | b'.'
            | b'-'
            | b'_'
            | b','
            | b'~' => {
                path.push(char::from(byte));
            }
            other => path.push_str(&format!("%{other:02X}")),
        }
    }
    path
}

/// A number that looks like chance (splitmix64).
fn chance(number: u64) -> u64 {
    let mut z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What stands in 所在地_町字.
const TOWNS: [&str; 6] = ["見本町一丁目", "見本町二丁目", "例示町", "架空字浜", "架空字山", "試作が丘一丁目"];

/// The questions that both are asked.
pub fn common(rows: u64) -> Vec<Question> {
    let town = |number: u64| TOWNS.get((chance(number) % 6) as usize).copied().unwrap_or_default();
    let key = move |number: u64| format!("H{:07}", 1 + chance(number) % rows);
    // About a hundred rows of 100,000 each, anywhere on the map.
    let corner = |number: u64| {
        let (across, up) = (chance(number) % 240_000, chance(number ^ 0xff) % 140_000);
        (141.2 + across as f64 / 1e6, 38.4 + up as f64 / 1e6)
    };
    const SIDE: f64 = 0.006;
    vec![
        Question {
            name: "a filtered page of 100 rows",
            own: Box::new(move |number| path(&format!("{OWN}?所在地_町字={}&口径=100", town(number)))),
            datasettes: Box::new(move |number| {
                path(&format!(
                    "{DATASETTES}.json?所在地_町字={}&口径=100&_size=100&_shape=objects",
                    town(number)
                ))
            }),
        },
        Question {
            name: "one row by its key",
            own: Box::new(move |number| format!("{OWN}/{}", key(number))),
            datasettes: Box::new(move |number| format!("{DATASETTES}/{}.json?_shape=objects", key(number))),
        },
        Question {
            name: "a page of what is in a box",
            own: Box::new(move |number| {
                let (west, south) = corner(number);
                format!("{OWN}?bbox={west:.6},{south:.6},{:.6},{:.6}", west + SIDE, south + SIDE)
            }),
            datasettes: Box::new(move |number| {
                let (west, south) = corner(number);
                let (east, north) = (west + SIDE, south + SIDE);
                path(&format!(
                    "{DATASETTES}.json?経度__gte={west:.6}&経度__lte={east:.6}&緯度__gte={south:.6}&緯度__lte={north:.6}&_size=100&_shape=objects"
                ))
            }),
        },
        Question {
            name: "a sorted page of 100 rows",
            own: Box::new(|number| {
                path(&format!("{OWN}?sort={}口径", if number % 2 == 0 { "" } else { "-" }))
            }),
            datasettes: Box::new(|number| {
                let sort = if number % 2 == 0 { "_sort" } else { "_sort_desc" };
                path(&format!("{DATASETTES}.json?{sort}=口径&_size=100&_shape=objects"))
            }),
        },
        Question {
            name: "a page of 100 rows",
            own: Box::new(|_| OWN.to_owned()),
            datasettes: Box::new(|_| format!("{DATASETTES}.json?_size=100&_shape=objects")),
        },
    ]
}
