// app/photos.h — pictures of an owner's people: looked at, set by hand, taken away again.
#pragma once

#include "app/people.h"
#include "store/photos.h"

namespace vv::app {

using store::photos::Photo;

/// `not_found` person.no_photo.
Result<Photo> person_photo(store::Tx& tx, Caller caller, core::PersonId id);
/// One that was made small already; the person's page as it is then, with the act that undoes it. `not_found`
/// person.unknown.
Result<PersonPage> set_photo(store::Tx& tx, Caller caller, core::PersonId id, Photo photo, IdSource* ids);
/// The one set by hand; an archive's shows again. `not_found` person.unknown.
Result<PersonPage> remove_photo(store::Tx& tx, Caller caller, core::PersonId id, IdSource* ids);

/// Pictures that nobody has any more, as an address book has another one by now.
Result<Done> forget_photos(store::Tx& tx, Instant now);

}  // namespace vv::app
