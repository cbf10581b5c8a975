#include "jobs/subscription_looks.h"

#include "base/crypto.h"
#include "base/text.h"
#include "formats/archive/detect.h"
#include "formats/icalendar_read.h"

namespace vv::jobs {
namespace {

namespace archive = formats::archive;

constexpr std::size_t kMostEvents = 50'000;

/// Tells whether there is something new. Many servers write a calendar anew for each who asks, with the
/// moment in every event: that alone is no news.
std::string content_hash(std::string_view text) {
    Sha256 hash;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        if (!text.starts_with("DTSTAMP")) hash.add(text.substr(0, end));
        text.remove_prefix(end);
    }
    return hex(hash.finish());
}

/// Which events there are, a line each; what was there and is no more is gone.
void note_events(app::Look& look, std::string_view before, std::string_view calendar) {
    const auto uids = formats::event_uids(calendar);
    look.marks.items.clear();
    if (uids.size() > kMostEvents) return;
    for (const std::string& uid : uids)
        if (uid.find('\n') == std::string::npos) look.marks.items += uid + "\n";
    for (const std::string_view line : split(before, '\n'))
        if (!line.empty() && !uids.contains(std::string(line))) look.gone.emplace_back(line);
}

Found take_file(Found found, net::ClientResponse answer, const app::Subscription& subscription) {
    const std::string kind = kind_of(answer.body);
    if (kind.empty()) {
        refuse(found.look,
               {Fault::invalid, "subscription.content",
                "What is there is no calendar, no cards and no feed; perhaps a page that shows one."});
        return found;
    }
    // Somebody else's address book must not come in as people because it lies where a calendar was.
    if (!subscription.kind.empty() && kind != subscription.kind) {
        refuse(found.look, {Fault::invalid, "subscription.content",
                            "What is there is of another kind than before; if that is meant, remove it here "
                            "and add it anew."});
        return found;
    }
    found.look.kind = kind;
    auto& marks = found.look.marks;
    marks.etag = answer.header("etag");
    marks.modified = answer.header("last-modified");
    marks.content = content_hash(answer.body);
    if (marks.content == subscription.marks.content) return found;
    if (found.look.kind == "calendar") note_events(found.look, subscription.marks.items, answer.body);
    found.text = std::move(answer.body);
    return found;
}

}  // namespace

std::string kind_of(std::string_view text) {
    const auto detected = archive::detect("subscription", text.substr(0, archive::kHeadSize));
    if (!detected.kind) return {};
    if (*detected.kind == archive::Kind::calendar) return "calendar";
    if (*detected.kind == archive::Kind::vcard) return "contacts";
    if (*detected.kind == archive::Kind::blog) return "feed";
    return {};
}

net::ClientRequest request_for(const app::Subscription& subscription, std::string url) {
    net::ClientRequest request;
    request.url = std::move(url);
    request.user = subscription.user;
    request.password = subscription.password;
    return request;
}

void refuse(app::Look& look, Error error) {
    look.error = std::move(error);
}

void refuse(app::Look& look, const net::ClientResponse& answer, Instant now) {
    if (const auto wait = core::retry_after(answer.header("retry-after"), now)) look.asked = *wait;
    if (answer.status == 401 || answer.status == 403)
        return refuse(look, {Fault::invalid, "subscription.refused",
                             "The other server wants another name or password."});
    if (answer.status == 404)
        return refuse(
            look, {Fault::invalid, "subscription.nothing", "The other server has nothing at this address."});
    if (answer.status == 410) {
        look.is_gone = true;
        return refuse(look, {Fault::invalid, "subscription.gone",
                             "The other server says that this is gone for good; it is read no more."});
    }
    if (answer.status == 429)
        return refuse(look, {Fault::unavailable, "subscription.too_often",
                             "The other server wants to be asked less often."});
    refuse(look, {Fault::unavailable, "subscription.answer",
                  "The other server answered with status " + std::to_string(answer.status) + "."});
}

Found look_at_file(const net::Client& client, const app::Subscription& subscription, Instant now) {
    net::ClientRequest request = request_for(subscription, subscription.url);
    request.headers = {
        {"Accept", "text/calendar, text/vcard, application/atom+xml, application/rss+xml, */*;q=0.1"}};
    const auto& known = subscription.marks;
    if (!known.etag.empty()) request.headers.emplace_back("If-None-Match", known.etag);
    if (!known.modified.empty()) request.headers.emplace_back("If-Modified-Since", known.modified);
    Found found;
    found.look.kind = subscription.kind;
    found.look.marks = known;
    auto answer = client.fetch(request);
    if (!answer) {
        refuse(found.look, std::move(answer.error()));
        return found;
    }
    if (answer->status != 200 && answer->status != 304) {
        refuse(found.look, *answer, now);
        return found;
    }
    if (const auto age = core::max_age(answer->header("cache-control"))) found.look.asked = *age;
    if (answer->status == 304) return found;
    return take_file(std::move(found), *std::move(answer), subscription);
}

}  // namespace vv::jobs
