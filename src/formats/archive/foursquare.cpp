#include "formats/archive/foursquare.h"

#include "formats/archive/foursquare_checkin.h"
#include "formats/archive/metered.h"
#include "formats/hash.h"
#include "formats/json_fields.h"

#include <algorithm>
#include <unordered_set>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;
using core::Network;
using core::TieKind;

constexpr std::string_view kBroken = "\ufffd";
constexpr std::size_t kMostKnown = 300'000;
constexpr std::size_t kMostVenues = 20'000;  // of a file

enum Path : std::size_t {
    owner,
    friends,
    followers,
    following,
    items,
    list,
    old_owner,
    old_friends,
    old_checkins
};
const std::vector<JsonPath> kPaths = {{"user"},
                                      {"friends", "items", "*"},
                                      {"followers", "items", "*"},
                                      {"following", "items", "*"},
                                      {"items", "*"},
                                      {"*"},
                                      {"response", "user"},
                                      {"response", "friends", "items", "*"},
                                      {"response", "checkins", "items", "*"}};

// A brand, a chain, a celebrity: nobody that one meets.
bool is_page(const json::value& user) {
    const auto type = text_at(user, "type");
    return !type.empty() && type != "user";
}

// The owner, and whom the archive names: known before the first check-in goes out.
struct Names {
    std::string owner;
    core::Attributes about_owner;
    std::string owner_file;
    std::unordered_set<std::string> named;
};

// The first pass. Breaks are left for the second one to tell.
class NamesPass final : public Visitor, public JsonVisitor {
public:
    explicit NamesPass(Names& names) : names_(names) {}

    Result<Step> visit(Entry& entry) override {
        file_ = entry.path();
        CHECK(scan_records(entry, kPaths, *this));
        return Step::go_on;
    }
    void unreadable(Unreadable) override {}
    bool take(const JsonRecord& record) override {
        if (record.path == Path::owner || record.path == Path::old_owner) {
            names_.owner = user_id(record.value);
            names_.about_owner = user_attributes(record.value);
            names_.owner_file = file_;
        } else if (member(record.value, "firstName") && names_.named.size() < kMostKnown) {
            names_.named.insert(user_id(record.value));
        }
        return true;
    }

private:
    Names& names_;
    std::string file_;
};

// The second pass: everything, in the archive's order.
class FactReader final : public Visitor, public JsonVisitor {
public:
    FactReader(const Names& names, const ParseOptions& options, Emitter& out)
        : names_(names), options_(options), out_(out) {}

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        venues_ = {};
        venue_count_ = 0;
        Metered bytes(entry, options_, read_);
        CHECK(read_records(bytes, kPaths, *this, out_));
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

    bool take(const JsonRecord& record) override {
        switch (record.path) {
            case Path::owner:
            case Path::old_owner:
                break;  // read before
            case Path::friends:
            case Path::old_friends:
                read_user(record.value, TieKind::connected, record.number);
                break;
            case Path::followers:
                read_user(record.value, TieKind::followed_by, record.number);
                break;
            case Path::following:
                read_user(record.value, TieKind::follows, record.number);
                break;
            default:
                read_item(record.value, record.number);
        }
        return !out_.stopped();
    }

private:
    // An item of a list: a check-in, a comment, a friend; or a page of an API's answer that holds such.
    void read_item(const json::value& item, std::int64_t number) {
        if (const auto* response = member(item, "response")) {
            if (const auto* checkins = member(*response, "checkins"))
                for (const auto& one : items_at(*checkins, "items")) read_item(one, ++in_pages_);
            if (const auto* friends = member(*response, "friends"))
                for (const auto& one : items_at(*friends, "items"))
                    read_user(one, TieKind::connected, ++in_pages_);
        } else if (is_checkin(item)) {
            read_checkin(item, number);
        } else if (member(item, "userId") && member(item, "comment")) {
            read_comment(item, number);
        } else if (member(item, "firstName") && member(item, "id")) {
            read_user(item, TieKind::connected, number);
        }
    }

    void read_user(const json::value& user, TieKind kind, std::int64_t number) {
        if (is_page(user)) return;
        out_.count_record();
        auto who = key_of(user_id(user), text_at(user, "firstName"), number);
        if (!who) return;
        see(*who, user, number);
        out_.emit(core::TieDeclared{*std::move(who), kind, std::nullopt}, number);
    }

    void read_checkin(const json::value& checkin, std::int64_t number) {
        out_.count_record();
        see_venue(checkin, number);
        const auto companions = companions_of(checkin);
        const auto at = moment_at(checkin, "createdAt");
        auto id = user_id(checkin);
        read_comments(checkin, id, number);
        if (companions.empty()) return;
        if (!at || id.empty())
            return out_.reject(number,
                               "a check-in without an id or with a date that can't be read was left out.",
                               text_at(checkin, "shout"));
        auto gathering = gathering_of(checkin, std::move(id), *at);
        for (const auto& companion : companions) join(gathering, companion, number);
        if (!gathering.participants.empty()) out_.emit(std::move(gathering), number);
    }

    // Once for a file: when and how often the owner was there is nothing to keep.
    void see_venue(const json::value& checkin, std::int64_t number) {
        if (venue_count_ >= kMostVenues) return;
        auto venue = venue_of(checkin);
        if (!venue || !venues_.insert(Hash64().add(venue->key).value())) return;
        ++venue_count_;
        out_.emit(*std::move(venue), number);
    }

    void join(core::GatheringRecorded& gathering, const Companion& companion, std::int64_t number) {
        const auto first = companion.user ? text_at(*companion.user, "firstName") : std::string_view{};
        auto who = key_of(companion.id, first, number);
        if (!who) return;
        core::Participant participant{*who, {}, core::Response::accepted};
        if (companion.user) {
            see(*who, *companion.user, number);
            participant.name = user_attributes(*companion.user).name.full;
        } else if (!names_.named.contains(companion.id)) {
            participant.name = companion.said;
        }
        gathering.participants.push_back(std::move(participant));
    }

    // Comments under a check-in of the old form.
    void read_comments(const json::value& checkin, const std::string& id, std::int64_t number) {
        const auto* comments = member(checkin, "comments");
        if (!comments) return;
        for (const auto& comment : items_at(*comments, "items")) {
            const auto* user = member(comment, "user");
            const auto at = moment_at(comment, "createdAt");
            if (!user || !at) continue;
            auto who = key_of(user_id(*user), text_at(*user, "firstName"), number);
            if (!who) continue;
            see(*who, *user, number);
            commented(*std::move(who), *at, id_at(comment, "id"), id, number);
        }
    }

    // A row of comments.json.
    void read_comment(const json::value& comment, std::int64_t number) {
        out_.count_record();
        auto who = key_of(id_at(comment, "userId"), {}, number);
        if (!who) return;
        auto at = moment_at(comment, "time");
        if (!at) at = moment_at(comment, "createdAt");
        if (!at)
            return out_.reject(number, "the date of a comment can't be read; it was left out.",
                               text_at(comment, "time"));
        commented(*std::move(who), *at, id_at(comment, "id"), {}, number);
    }

    void commented(core::IdentityKey who, Instant at, const std::string& id, const std::string& checkin,
                   std::int64_t number) {
        core::ContactMade contact{std::move(who), core::Channel::comment, core::Direction::in, at, 2, 0};
        contact.content_hash = id.empty() ? Hash64().add("4sq").add(checkin).add(millis(at)).value()
                                          : Hash64().add("4sq").add(id).value();
        out_.emit(std::move(contact), number);
    }

    // Nothing for the owner; nothing, and a word about it, for a key or a name that is broken.
    std::optional<core::IdentityKey> key_of(std::string id, std::string_view name, std::int64_t number) {
        if (!id.empty() && id == names_.owner) return std::nullopt;
        if (id.empty() || id.find(kBroken) != std::string::npos ||
            name.find(kBroken) != std::string_view::npos) {
            out_.reject(number, "this user has no id, or a name with bytes that are not UTF-8.", name);
            return std::nullopt;
        }
        return core::IdentityKey{Network::foursquare, std::move(id)};
    }

    void see(const core::IdentityKey& who, const json::value& user, std::int64_t number) {
        out_.emit(core::IdentitySeen{who, user_attributes(user)}, number);
    }

    const Names& names_;
    const ParseOptions& options_;
    Emitter& out_;
    HashSet64 venues_;  // seen in this file
    std::size_t venue_count_ = 0;
    std::int64_t in_pages_ = 0;  // records within pages so far
    std::uint64_t read_ = 0;
};

}  // namespace

Result<Done> read_foursquare(const Archive& archive, const Group& group, const ParseOptions& options,
                             Emitter& out, const Limits& limits) {
    Names names;
    NamesPass pass(names);
    CHECK(walk(archive, limits, group.ids({Role::profile}), pass));
    if (!names.owner.empty()) {
        out.enter(names.owner_file);
        out.emit(core::OwnerSeen{names.about_owner, {{Network::foursquare, names.owner}}}, 0);
    }
    FactReader reader(names, options, out);
    return walk(archive, limits, group.ids(), reader);
}

}  // namespace vv::formats::archive
