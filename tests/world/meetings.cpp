#include "world/meetings.h"

#include "core/accounts.h"
#include "store/accounts.h"
#include "store/outbox.h"
#include "store/people.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace vv::world {
namespace {

using std::chrono::hours;

IdSource ids;

core::Account account(core::AccountId id, const std::string& handle, const std::string& name,
                      const std::string& zone) {
    core::Account made;
    made.id = id;
    made.handle = handle;
    made.full_name = name;
    made.email = handle + "@example.com";
    made.email_verified_at = kNow;
    made.zone = *Zone::find(zone);
    made.created_at = kNow;
    return made;
}

}  // namespace

void add_people(store::Database& db) {
    const auto added = db.write_now([](store::Tx& tx) -> Result<Done> {
        store::accounts::add(tx, account(kAnn, "ann", "Ann Lee", "America/Toronto"), "$hash");
        store::accounts::add(tx, account(kBob, "bob", "Bob Stone", "Europe/Paris"), "$hash");
        core::Person meiling;
        meiling.id = kMeiling;
        meiling.name = "Meiling Ouyang";
        meiling.created_at = kNow;
        store::people::add(tx, kAnn, meiling);
        core::Identity identity;
        identity.id = {21};
        identity.key = "21";
        identity.attributes.name.full = meiling.name;
        store::people::add_identity(tx, kAnn, kMeiling, identity);
        return Done{};
    });
    ASSERT_TRUE(added.ok());
}

void unprove_address(store::Database& db, core::AccountId account) {
    const auto done = db.write_now([&](store::Tx& tx) -> Result<Done> {
        store::accounts::save_email(tx, account, store::accounts::find(tx, account)->email, std::nullopt);
        return Done{};
    });
    ASSERT_TRUE(done.ok());
}

app::Caller as(core::AccountId account, Instant now) {
    return {account, now, *Zone::find(account == kBob ? "Europe/Paris" : "America/Toronto")};
}

app::MeetingDesk desk() {
    return {&ids, "https://visavis.example", "visavis@visavis.example"};
}

core::Proposal dinner() {
    core::Proposal proposal;
    proposal.kind = core::MeetingKind::dinner;
    proposal.purpose = "We have not sat at one table since June";
    proposal.zone = "America/Toronto";
    const Instant first = *parse_rfc3339("2026-11-24T00:00:00Z");  // Monday, 19:00 in Toronto
    for (const int days : {0, 1})
        proposal.offer.slots.push_back(
            {0, {first + hours(24 * days), first + hours(24 * days + 2)}, core::Wish::none});
    proposal.offer.places.push_back(
        {0, "Silver Lantern", "17 Spadina Avenue", LatLng{43.65, -79.39}, true, {}});
    proposal.offer.places.push_back({0, "At home", "2 Elm Street", std::nullopt, false, {}});
    proposal.offer.message = "Which evening suits you?";
    return proposal;
}

app::ProposeMeeting to_bob() {
    return {std::nullopt, "bob", dinner(), "", desk()};
}
app::ProposeMeeting to_meiling(std::string email) {
    return {kMeiling, "", dinner(), std::move(email), desk()};
}

core::Acceptance yes_to(int slot, int place) {
    return {{{slot, {}, core::Wish::yes}}, place};
}

std::vector<app::OutgoingMail> take_mails(store::Database& db) {
    std::vector<app::OutgoingMail> mails;
    const auto taken = db.write_now([&](store::Tx& tx) -> Result<Done> {
        const Instant far = kNow + hours(24 * 365);
        mails.clear();
        for (const auto& effect : store::outbox::claim(tx, {"test", {app::kMailEffect}, far, far, 100}))
            mails.push_back(*app::mail_of(effect.payload));
        return Done{};
    });
    EXPECT_TRUE(taken.ok());
    std::stable_sort(mails.begin(), mails.end(), [](const auto& a, const auto& b) { return a.to < b.to; });
    return mails;
}

std::string token_in(const std::string& text, const std::string& before) {
    const std::size_t at = text.find(before);
    if (at == std::string::npos) return {};
    const std::size_t start = at + before.size();
    return text.substr(start, text.find_first_of(" \n<\"", start) - start);
}

}  // namespace vv::world
