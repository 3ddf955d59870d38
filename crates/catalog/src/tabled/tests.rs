#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that failed")]

use proptest::prelude::*;

use super::*;

fn point() -> impl Strategy<Value = Point> {
    (-180.0..=180.0_f64, -90.0..=90.0_f64).prop_map(|(longitude, latitude)| Point { longitude, latitude })
}

fn apart(one: Point, other: Point) -> f64 {
    on_ball(one).into_iter().zip(on_ball(other)).map(|(one, other)| (one - other).powi(2)).sum()
}

proptest! {
    #[test]
    fn the_straight_line_goes_with_the_way(one in point(), other in point()) {
        let metres = one.metres_to(other);
        prop_assert!((apart(one, other) - straight(metres)).abs() < 1e-9);
    }

    #[test]
    fn what_is_nearer_is_nearer_in_a_straight_line(from in point(), one in point(), other in point()) {
        let ways = (from.metres_to(one), from.metres_to(other));
        if (ways.0 - ways.1).abs() > 1.0 {
            prop_assert_eq!(apart(from, one) < apart(from, other), ways.0 < ways.1);
        }
    }

    #[test]
    fn a_box_never_holds_more_than_is_guessed(
        points in proptest::collection::vec((141.0..141.5_f64, 38.3..38.6_f64), 1..50),
        (west, south, width, height) in (140.9..141.6_f64, 38.2..38.7_f64, 0.0..0.5_f64, 0.0..0.4_f64),
    ) {
        let points: Vec<Point> =
            points.into_iter().map(|(longitude, latitude)| Point { longitude, latitude }).collect();
        let least = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        let mut spread = Spread::over(Bbox {
            west: least(|it| it.longitude),
            south: least(|it| it.latitude),
            east: most(|it| it.longitude),
            north: most(|it| it.latitude),
        });
        points.iter().for_each(|point| spread.add(*point));
        let bbox = Bbox { west, south, east: west + width, north: south + height };
        let held = points.iter().filter(|point| bbox.holds(**point)).count() as u64;
        prop_assert!(held <= spread.at_most(bbox));
        prop_assert_eq!(spread.at_most(Bbox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 }), points.len() as u64);
    }
}

#[test]
fn all_rows_at_one_place_are_in_one_field() {
    let point = Point { longitude: 141.3, latitude: 38.4 };
    let bounds = Bbox { west: 141.3, south: 38.4, east: 141.3, north: 38.4 };
    let mut spread = Spread::over(bounds);
    spread.add(point);
    assert_eq!(spread.at_most(bounds), 1);
}
