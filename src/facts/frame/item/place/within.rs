//! A unit within the ones around it: "huyện Mường La" of a document of tỉnh Sơn La is in that province.

use std::sync::Arc;

use crate::claim::Work;
use crate::facts::frame::place::{self, Named};
use crate::record::{Basis, Level, Place};

/// A named unit within the place around it.
pub(super) fn resolved(
    work: &Work<'_>,
    own: Option<&Place>,
    day: Option<&str>,
    mut first: Named,
) -> Option<Place> {
    let places = &work.patterns.places;
    if first.province.is_none() {
        // A district of another province is there, not here.
        let here = own.and_then(|p| p.province.as_ref());
        let elsewhere = first.district.as_deref().filter(|_| first.typed).filter(|d| {
            let code = here.and_then(|p| p.code.as_deref());
            code.is_some()
                && places.district(d, code, day).is_none()
                && places.district(d, None, day).is_some()
        });
        first.province = here.filter(|_| elsewhere.is_none()).cloned();
    }
    if first.district.is_none() && first.commune.is_some() {
        first.district = own.and_then(|p| p.district.as_ref()).map(|d| d.name.clone());
    }
    place::place(places, first, day, Basis::Text)
}

/// A place of a table with the units around it that only the document names.
pub(super) fn completed(place: &Arc<Place>, own: Option<&Place>) -> Arc<Place> {
    let mut place = Arc::clone(place);
    if let Some(own) = own.filter(|own| place.level > own.level) {
        let place = Arc::make_mut(&mut place);
        place.province = place.province.take().or_else(|| own.province.clone());
        let same = place.province == own.province && place.level == Level::Commune;
        place.district = place.district.take().or_else(|| own.district.clone().filter(|_| same));
    }
    place
}
