#include "app/lookouts_friend.h"

#include "app/outgoing_mail.h"
#include "app/stop_links.h"
#include "base/crypto.h"
#include "store/accounts.h"
#include "store/lookouts.h"

#include <algorithm>

namespace vv::app {
namespace {

constexpr std::chrono::minutes kLonger{30};

Error unknown() {
    return {Fault::not_found, "lookout.unknown", "This link leads nowhere; copy it as a whole."};
}

struct Opened {
    store::lookouts::Linked link;
    core::Account owner;
    store::lookouts::Row row;
};

Result<Opened> open(store::Tx& tx, const std::string& token, Instant now) {
    const auto link = store::lookouts::find_by_link(tx, sha256_hex(token));
    if (!link) return unknown();
    auto owner = store::accounts::find(tx, link->owner);
    auto row = store::lookouts::find(tx, link->owner, link->lookout, now);
    if (!owner || !row) return unknown();
    return Opened{*link, *std::move(owner), *std::move(row)};
}

LookoutPage show(store::Tx& tx, const Opened& opened, Instant now) {
    const auto& [link, owner, row] = opened;
    const auto zone = Zone::find(row.lookout.zone);
    LookoutPage page;
    page.owner = owner.full_name;
    page.lookout = row.lookout;
    page.state = core::state_of(row.lookout, now);
    page.is_owners = link.is_owners;
    page.mails_friend = row.mailed_at && !row.refused_at && !is_mail_stopped(tx, row.lookout.friend_email);
    page.zone = zone ? *zone : owner.zone;
    page.locale = owner.locale;
    if (!link.is_owners && !row.lookout.friend_email.empty())
        page.stop_token = stop_token(tx, row.lookout.friend_email);
    return page;
}

}  // namespace

Result<LookoutPage> open_lookout(store::Tx& tx, std::string token, Instant now) {
    TRY(const Opened opened, open(tx, token, now));
    return show(tx, opened, now);
}

Result<LookoutPage> answer_lookout(store::Tx& tx, AnswerLookout input) {
    TRY(const Opened opened, open(tx, input.token, input.now));
    if (!opened.link.is_owners)
        return Error{Fault::forbidden, "lookout.friends", "Only the one who is out can answer this."};
    const Caller owner{opened.owner.id, input.now, opened.owner.zone};
    const core::LookoutId id = opened.link.lookout;
    if (input.is_home) {
        CHECK(come_home(tx, owner, id, input.desk));
    } else {
        const Instant until = std::max(input.now, opened.row.lookout.until) + kLonger;
        CHECK(stay_longer(tx, owner, id, until, input.desk));
    }
    return open_lookout(tx, input.token, input.now);
}

}  // namespace vv::app
