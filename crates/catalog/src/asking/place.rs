//! Points and areas on the Earth: WGS 84 in decimal degrees, longitude first, as CRS84 has it.
//!
//! The database has to come to the same answers by the same arithmetic, in doubles; each function says its formula.

use serde::{Deserialize, Serialize};

/// The mean radius of the Earth in metres.
///
/// Rule: IUGG, mean radius R1 of the GRS 80 ellipsoid.
pub const EARTH_RADIUS: f64 = 6_371_008.8;

/// A point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Degrees east, -180 to 180.
    pub longitude: f64,
    /// Degrees north, -90 to 90.
    pub latitude: f64,
}

/// A box between two meridians and two parallels, its edges in it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bbox {
    /// The western meridian; greater than the eastern one where the box crosses the 180th.
    pub west: f64,
    /// The southern parallel.
    pub south: f64,
    /// The eastern meridian.
    pub east: f64,
    /// The northern parallel.
    pub north: f64,
}

/// A ring of points and the holes in it, each closed: its last point is its first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Polygon {
    /// The outer ring, then the holes.
    pub rings: Vec<Vec<Point>>,
}

/// An area that points are held against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Region {
    /// Any of these points.
    Points(Vec<Point>),
    /// A box.
    Box(Bbox),
    /// Any of these polygons.
    Polygons(Vec<Polygon>),
}

impl Point {
    /// The point, where both are degrees on the Earth.
    pub fn of(longitude: f64, latitude: f64) -> Option<Point> {
        let is_point = (-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude);
        is_point.then_some(Point { longitude, latitude })
    }

    /// The way to `other` in metres along the Earth taken as a ball, by the haversine formula:
    /// `2 R asin(sqrt(sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2)))`, the root taken of at most 1.
    pub fn metres_to(self, other: Point) -> f64 {
        let half = |degrees: f64| (degrees.to_radians() / 2.0).sin();
        let (up, across) = (half(other.latitude - self.latitude), half(other.longitude - self.longitude));
        let narrowing = self.latitude.to_radians().cos() * other.latitude.to_radians().cos();
        let part = (up * up + narrowing * across * across).min(1.0);
        2.0 * EARTH_RADIUS * part.sqrt().asin()
    }

    /// A box that holds every point within `metres` of this one, and more. It has all longitudes where a pole is near.
    pub fn around(self, metres: f64) -> Bbox {
        // A little more than needed, so that no rounding loses a point.
        let up = (metres / EARTH_RADIUS).to_degrees() * 1.000_001 + 1e-9;
        let (south, north) = (self.latitude - up, self.latitude + up);
        let narrowest = south.abs().max(north.abs());
        let across = match narrowest < 89.0 {
            true => {
                let part = (metres / EARTH_RADIUS / 2.0).min(1.57).sin() / narrowest.to_radians().cos();
                2.0 * part.min(1.0).asin().to_degrees() * 1.000_001 + 1e-9
            }
            false => 180.0,
        };
        if across >= 180.0 {
            return Bbox { west: -180.0, south: south.max(-90.0), east: 180.0, north: north.min(90.0) };
        }
        let turned = |longitude: f64| match longitude {
            beyond if beyond > 180.0 => beyond - 360.0,
            beyond if beyond < -180.0 => beyond + 360.0,
            within => within,
        };
        Bbox {
            west: turned(self.longitude - across),
            south: south.max(-90.0),
            east: turned(self.longitude + across),
            north: north.min(90.0),
        }
    }
}

impl Bbox {
    /// The box, where its edges are degrees on the Earth and south is not north of north.
    pub fn of(west: f64, south: f64, east: f64, north: f64) -> Option<Bbox> {
        let corners = Point::of(west, south).zip(Point::of(east, north));
        corners.filter(|_| south <= north).map(|_| Bbox { west, south, east, north })
    }

    /// Whether it crosses the 180th meridian.
    pub fn crosses(self) -> bool {
        self.west > self.east
    }

    /// Whether some point is in both.
    pub fn meets(self, other: Bbox) -> bool {
        let parts = |bbox: Bbox| match bbox.crosses() {
            true => [Some((bbox.west, 180.0)), Some((-180.0, bbox.east))],
            false => [Some((bbox.west, bbox.east)), None],
        };
        let across = parts(self).into_iter().flatten().any(|(west, east)| {
            parts(other)
                .into_iter()
                .flatten()
                .any(|(other_west, other_east)| west <= other_east && other_west <= east)
        });
        across && self.south <= other.north && other.south <= self.north
    }

    /// Whether `point` is in it: `south ≤ φ ≤ north` and `west ≤ λ ≤ east`, or where it crosses `λ ≥ west` or `λ ≤ east`.
    pub fn holds(self, point: Point) -> bool {
        let (from_west, to_east) = (point.longitude >= self.west, point.longitude <= self.east);
        let across = if self.crosses() { from_west || to_east } else { from_west && to_east };
        across && (self.south..=self.north).contains(&point.latitude)
    }
}

impl Polygon {
    /// Its edges: from each point to the next, of all rings.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> {
        self.rings.iter().flat_map(|ring| ring.iter().copied().zip(ring.iter().copied().skip(1)))
    }

    /// Whether `point` is in it or on an edge.
    ///
    /// On the edge from `a` to `b` is a point between their longitudes and latitudes with
    /// `(bλ - aλ)(pφ - aφ) = (pλ - aλ)(bφ - aφ)`. In it is one from which an odd number of edges is crossed eastwards:
    /// those with `(aφ > pφ) ≠ (bφ > pφ)` and `pλ < (bλ - aλ)(pφ - aφ) / (bφ - aφ) + aλ`.
    pub fn holds(&self, point: Point) -> bool {
        let Point { longitude: x, latitude: y } = point;
        let between = |value: f64, one: f64, other: f64| one.min(other) <= value && value <= one.max(other);
        let mut within = false;
        for (a, b) in self.edges() {
            let on_line = (b.longitude - a.longitude) * (y - a.latitude)
                == (x - a.longitude) * (b.latitude - a.latitude);
            if on_line && between(x, a.longitude, b.longitude) && between(y, a.latitude, b.latitude) {
                return true;
            }
            if (a.latitude > y) != (b.latitude > y)
                && x < (b.longitude - a.longitude) * (y - a.latitude) / (b.latitude - a.latitude)
                    + a.longitude
            {
                within = !within;
            }
        }
        within
    }
}

impl Region {
    /// The least box around it.
    pub fn bounds(&self) -> Bbox {
        let points: Vec<Point> = match self {
            Region::Box(bbox) => return *bbox,
            Region::Points(points) => points.clone(),
            Region::Polygons(polygons) => {
                polygons.iter().flat_map(|polygon| polygon.rings.iter().flatten().copied()).collect()
            }
        };
        let none = Bbox { west: 180.0, south: 90.0, east: -180.0, north: -90.0 };
        points.into_iter().fold(none, |bbox, point| Bbox {
            west: bbox.west.min(point.longitude),
            south: bbox.south.min(point.latitude),
            east: bbox.east.max(point.longitude),
            north: bbox.north.max(point.latitude),
        })
    }

    /// Whether `point` is in it or on its edge.
    pub fn holds(&self, point: Point) -> bool {
        match self {
            Region::Points(points) => points.contains(&point),
            Region::Box(bbox) => bbox.holds(point),
            Region::Polygons(polygons) => polygons.iter().any(|polygon| polygon.holds(point)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(longitude: f64, latitude: f64) -> Point {
        Point { longitude, latitude }
    }

    #[test]
    fn a_degree_along_a_meridian_is_111_kilometres() {
        let metres = at(141.0, 38.0).metres_to(at(141.0, 39.0));
        assert!((metres - 111_195.08).abs() < 0.01, "{metres}");
        assert_eq!(at(141.3, 38.4).metres_to(at(141.3, 38.4)), 0.0);
    }

    #[test]
    fn the_farthest_point_is_half_way_around() {
        let metres = at(0.0, 0.0).metres_to(at(180.0, 0.0));
        assert!((metres - std::f64::consts::PI * EARTH_RADIUS).abs() < 1.0, "{metres}");
    }

    #[test]
    fn a_box_may_cross_the_180th_meridian() {
        let bbox =
            Bbox::of(170.0, -10.0, -170.0, 10.0).unwrap_or(Bbox { west: 0., south: 0., east: 0., north: 0. });
        assert!(bbox.holds(at(175.0, 0.0)) && bbox.holds(at(-175.0, 0.0)) && !bbox.holds(at(0.0, 0.0)));
    }

    #[test]
    fn boxes_meet_where_they_share_a_point() {
        let bbox = |west, south, east, north| Bbox { west, south, east, north };
        let japan = bbox(122.0, 20.0, 154.0, 46.0);
        assert!(japan.meets(bbox(154.0, 46.0, 160.0, 50.0)) && japan.meets(bbox(140.0, 38.0, 141.0, 39.0)));
        assert!(!japan.meets(bbox(155.0, 20.0, 160.0, 46.0)) && !japan.meets(bbox(122.0, 47.0, 154.0, 50.0)));
        let pacific = bbox(150.0, -10.0, -120.0, 40.0);
        assert!(pacific.meets(japan) && japan.meets(pacific) && pacific.meets(pacific));
        assert!(!pacific.meets(bbox(-100.0, 0.0, 100.0, 10.0)));
    }

    fn square_with_a_hole() -> Polygon {
        let ring =
            |from: f64, to: f64| vec![at(from, from), at(to, from), at(to, to), at(from, to), at(from, from)];
        Polygon { rings: vec![ring(0.0, 10.0), ring(4.0, 6.0)] }
    }

    #[test]
    fn a_polygon_holds_what_is_in_it_and_on_its_edges() {
        let polygon = square_with_a_hole();
        for (point, expected) in [
            (at(1.0, 1.0), true),
            (at(0.0, 0.0), true),
            (at(10.0, 5.0), true),
            (at(5.0, 10.0), true),
            (at(5.0, 4.0), true),
            (at(5.0, 5.0), false),
            (at(11.0, 5.0), false),
            (at(-1.0, 0.0), false),
        ] {
            assert_eq!(polygon.holds(point), expected, "{point:?}");
        }
    }

    proptest! {
        #[test]
        fn the_box_around_a_point_holds_whatever_is_near(
            (x, y) in (-180.0..180.0_f64, -90.0..90.0_f64),
            (to_x, to_y) in (-180.0..180.0_f64, -90.0..90.0_f64),
            share in 1.0..1.5_f64,
        ) {
            let (from, to) = (at(x, y), at(to_x, to_y));
            let metres = from.metres_to(to) * share;
            prop_assert!(from.around(metres).holds(to), "{from:?} {to:?} {metres}");
        }

        #[test]
        fn the_box_around_a_polygon_holds_whatever_the_polygon_holds(x in -1.0..11.0_f64, y in -1.0..11.0_f64) {
            let region = Region::Polygons(vec![square_with_a_hole()]);
            if region.holds(at(x, y)) {
                prop_assert!(region.bounds().holds(at(x, y)));
            }
        }
    }
}
