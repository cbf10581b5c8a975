#include "base/text.h"
#include "formats/icalendar_read.h"
#include "formats/multistatus.h"
#include "jobs/subscription_looks.h"

#include <chrono>
#include <map>
#include <set>

namespace vv::jobs {
namespace {

using SteadyClock = std::chrono::steady_clock;
using formats::DavItem;
using formats::Multistatus;

constexpr std::chrono::minutes kLongest{5};
constexpr std::size_t kMostItems = 20'000;
constexpr std::size_t kItemsAtOnce = 50;
constexpr int kMostPages = 400;  // of a sync-collection that comes in pieces

constexpr const char* kAbout =
    "<propfind xmlns=\"DAV:\" xmlns:CS=\"http://calendarserver.org/ns/\"><prop><resourcetype/>"
    "<CS:getctag/><sync-token/></prop></propfind>";
constexpr const char* kListing = "<propfind xmlns=\"DAV:\"><prop><getetag/></prop></propfind>";

struct Known {
    std::string etag;
    std::string uid;  // of a calendar's item
};
/// By the item's address.
using Items = std::map<std::string, Known>;

Items parse_items(std::string_view lines) {
    Items items;
    for (const std::string_view line : split(lines, '\n')) {
        const auto parts = split(line, '\t');
        if (parts.size() == 3) items[std::string(parts[0])] = {std::string(parts[1]), std::string(parts[2])};
    }
    return items;
}

std::string print_items(const Items& items) {
    std::string lines;
    for (const auto& [href, known] : items) lines += href + "\t" + known.etag + "\t" + known.uid + "\n";
    return lines;
}

/// Whether the item can be kept in a line, and is no collection.
bool is_item(const DavItem& item) {
    return !item.href.empty() && !item.href.ends_with('/') && item.href.size() <= 2000 &&
           item.href.find_first_of(" \t\r\n") == std::string::npos &&
           item.etag.find_first_of("\t\r\n") == std::string::npos;
}

/// One look at a calendar or an address book that a CalDAV or CardDAV server keeps.
class Collection {
public:
    Collection(const net::Client& client, const JobContext& context, const app::Subscription& subscription)
        : client_(client), context_(context), subscription_(subscription) {
        found_.look.kind = subscription.kind;
        found_.look.marks = subscription.marks;
    }

    /// What it is; false when it is no collection, which only the first look asks.
    Result<bool> is_one() {
        TRY(const bool answered, ask("PROPFIND", "0", kAbout));
        if (answered && !answer_.items.empty()) about_ = answer_.items.front();
        const char* const kind = about_.is_calendar ? "caldav" : about_.is_address_book ? "carddav" : "";
        if (*kind != '\0' && (subscription_.kind.empty() || subscription_.kind == kind)) {
            found_.look.kind = kind;
            return true;
        }
        const bool is_refused = found_.look.error && (status_ == 0 || status_ == 401);
        if (is_refused || !subscription_.kind.empty()) {
            if (!found_.look.error)
                refuse(found_.look, {Fault::invalid, "subscription.content",
                                     subscription_.kind == "caldav"
                                         ? "There is no calendar at this address any more."
                                         : "There is no address book at this address any more."});
            return true;
        }
        return false;
    }

    Result<Found> read() && {
        auto& marks = found_.look.marks;
        if (found_.look.error) return std::move(found_);
        const bool is_same = (!about_.token.empty() && about_.token == marks.token) ||
                             (about_.token.empty() && !about_.ctag.empty() && about_.ctag == marks.etag);
        if (is_same) return std::move(found_);
        items_ = parse_items(marks.items);
        TRY(const bool listed, list());
        if (!listed) return std::move(found_);
        TRY(const bool fetched, fetch());
        if (!fetched) {
            found_.text.clear();
            return std::move(found_);
        }
        note_gone();
        marks.etag = about_.ctag;
        marks.token = token_;
        marks.items = print_items(items_);
        return std::move(found_);
    }

private:
    /// A request to the collection, read as a multistatus. False: the look's error says why not.
    Result<bool> ask(std::string verb, const std::string& depth, std::string body) {
        CHECK(context_.go_on());
        found_.look.error.reset();
        found_.look.is_gone = false;  // a sync token that is forgotten is 410 with some
        status_ = 0;
        if (SteadyClock::now() > deadline_)
            return fails({Fault::unavailable, "client.no_answer", "The other server takes too long."});
        net::ClientRequest request = request_for(subscription_, subscription_.url);
        request.verb = std::move(verb);
        request.headers = {{"Depth", depth}, {"Content-Type", "application/xml; charset=utf-8"}};
        request.body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + std::move(body);
        auto answer = client_.fetch(request);
        if (!answer) return fails(std::move(answer.error()));
        status_ = answer->status;
        if (status_ != 207) {
            refuse(found_.look, *answer, context_.now());
            return false;
        }
        auto parsed = formats::read_multistatus(answer->body);
        if (!parsed) return fails(std::move(parsed.error()));
        answer_ = *std::move(parsed);
        return true;
    }
    bool fails(Error error) {
        refuse(found_.look, std::move(error));
        return false;
    }

    /// Finds out what changed: by the sync token, where the server keeps such, else by everything's ETags.
    Result<bool> list() {
        if (!about_.token.empty()) {
            TRY(bool synced, sync(subscription_.marks.token));
            // A token that the server has forgotten: from the beginning, but only what is new is fetched.
            if (!synced && status_ != 0 && !subscription_.marks.token.empty()) {
                TRY(synced, sync(""));
            }
            if (synced || status_ == 0) return synced;
        }
        token_.clear();
        TRY(const bool listed, ask("PROPFIND", "1", kListing));
        if (!listed) return false;
        Items all;
        note(all);
        items_ = std::move(all);
        return has_room();
    }

    Result<bool> sync(std::string token) {
        changed_.clear();
        Items all = token.empty() ? Items() : items_;
        for (int page = 0; page < kMostPages; ++page) {
            TRY(const bool answered,
                ask("REPORT", "0",
                    "<sync-collection xmlns=\"DAV:\"><sync-token>" + formats::escape_xml(token) +
                        "</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>"));
            if (!answered) return false;
            note(all);
            token = answer_.token;
            bool is_cut = false;
            for (const DavItem& item : answer_.items) is_cut = is_cut || item.status == 507;
            if (is_cut) continue;
            items_ = std::move(all);
            token_ = token;
            return has_room();
        }
        return fails(too_large());
    }

    void note(Items& all) {
        for (const DavItem& item : answer_.items) {
            if (!is_item(item) || item.href == about_.href || item.status == 507) continue;
            if (item.status == 404 || item.status == 410) {
                all.erase(item.href);
                continue;
            }
            const auto known = items_.find(item.href);
            if (known == items_.end() || item.etag.empty() || known->second.etag != item.etag)
                changed_.insert(item.href);
            all[item.href] = {item.etag, known == items_.end() ? "" : known->second.uid};
        }
    }

    bool has_room() { return items_.size() <= kMostItems || fails(too_large()); }
    static Error too_large() {
        return {Fault::unavailable, "client.too_large", "The other server's answer is too large."};
    }

    Result<bool> fetch() {
        std::string hrefs;
        std::size_t count = 0;
        bool is_foreign = false;  // an item is of another kind than the collection
        for (auto item = changed_.begin(); item != changed_.end();) {
            hrefs += "<D:href>" + formats::escape_xml(*item) + "</D:href>";
            ++count;
            if (++item != changed_.end() && count < kItemsAtOnce) continue;
            TRY(const bool answered, ask("REPORT", "1", multiget(hrefs)));
            if (!answered) return false;
            for (const DavItem& got : answer_.items) is_foreign = !take(got) || is_foreign;
            if (found_.text.size() > kMostText) return fails(too_large());
            hrefs.clear();
            count = 0;
        }
        return !is_foreign || !found_.text.empty() ||
               fails({Fault::invalid, "subscription.content",
                      "What is there is not what a calendar or an address book holds."});
    }

    bool take(const DavItem& got) {
        const char* const kind = found_.look.kind == "caldav" ? "calendar" : "contacts";
        if (!got.data.empty() && kind_of(got.data) != kind) return false;
        note_uid(got);
        found_.text += got.data;
        if (!got.data.empty() && !got.data.ends_with('\n')) found_.text += "\r\n";
        return true;
    }

    void note_uid(const DavItem& got) {
        const auto item = items_.find(got.href);
        if (item == items_.end() || found_.look.kind != "caldav") return;
        const auto uids = formats::event_uids(got.data);  // one, as CalDAV has it
        const bool is_kept = !uids.empty() && uids.begin()->find_first_of("\t\n") == std::string::npos;
        item->second.uid = is_kept ? *uids.begin() : "";
    }
    /// Those whose item went, and did not come back under another address.
    void note_gone() {
        std::set<std::string> there;
        for (const auto& [href, known] : items_) there.insert(known.uid);
        for (const auto& [href, known] : parse_items(subscription_.marks.items))
            if (!there.contains(known.uid) && !known.uid.empty()) found_.look.gone.push_back(known.uid);
    }

    [[nodiscard]] std::string multiget(const std::string& hrefs) const {
        const bool is_calendar = found_.look.kind == "caldav";
        const std::string space = is_calendar ? "caldav" : "carddav";
        const std::string report = is_calendar ? "calendar-multiget" : "addressbook-multiget";
        const std::string data = is_calendar ? "calendar-data" : "address-data";
        return "<C:" + report + " xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:" + space +
               "\"><D:prop><D:getetag/><C:" + data + "/></D:prop>" + hrefs + "</C:" + report + ">";
    }

    const net::Client& client_;
    const JobContext& context_;
    const app::Subscription& subscription_;
    SteadyClock::time_point deadline_ = SteadyClock::now() + kLongest;
    Found found_;
    DavItem about_;
    Multistatus answer_;             // the last one
    int status_ = 0;                 // of the last answer; 0: none came
    Items items_;                    // all there are
    std::set<std::string> changed_;  // of these, what is new to us
    std::string token_;
};

}  // namespace

Result<std::optional<Found>> look_at_collection(const net::Client& client, const JobContext& context,
                                                const app::Subscription& subscription) {
    Collection collection(client, context, subscription);
    TRY(const bool is_one, collection.is_one());
    if (!is_one) return std::optional<Found>();
    TRY(Found found, std::move(collection).read());
    return std::optional(std::move(found));
}

}  // namespace vv::jobs
