#include "app/photos.h"

namespace vv::app {
namespace {

/// As long as the act that set it can be undone.
constexpr std::chrono::days kUndoable{30};

}  // namespace

Result<Photo> person_photo(store::Tx& tx, Caller caller, core::PersonId id) {
    auto photo = store::photos::of_person(tx, caller.account, id);
    if (!photo) return Error(Fault::not_found, "person.no_photo", "There is no photo of this person.");
    return *std::move(photo);
}

Result<PersonPage> set_photo(store::Tx& tx, Caller caller, core::PersonId id, Photo photo, IdSource* ids) {
    store::photos::keep(tx, caller.account, {photo}, caller.now + kUndoable);
    PersonEdit edit;
    edit.photo = std::move(photo.hash);
    return edit_person_page(tx, caller, id, std::move(edit), ids);
}

Result<PersonPage> remove_photo(store::Tx& tx, Caller caller, core::PersonId id, IdSource* ids) {
    PersonEdit edit;
    edit.photo.emplace();
    return edit_person_page(tx, caller, id, std::move(edit), ids);
}

Result<Done> forget_photos(store::Tx& tx, Instant now) {
    for (const core::AccountId owner : store::photos::owners(tx))
        store::photos::forget_unused(tx, owner, now);
    return Done{};
}

}  // namespace vv::app
