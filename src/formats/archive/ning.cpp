#include "formats/archive/ning.h"

#include "base/text.h"
#include "core/encounters.h"
#include "formats/archive/metered.h"
#include "formats/archive/ning_members.h"
#include "formats/archive/ning_repair.h"
#include "formats/hash.h"
#include "formats/html_text.h"
#include "formats/json_fields.h"
#include "formats/text_stream.h"
#include "formats/topics.h"

#include <algorithm>
#include <set>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;
using core::Direction;
using core::Response;

constexpr std::size_t kLongestTitle = 500;
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kMostGuests = 20'000;
constexpr std::string_view kLocal = "-local.json";

const std::vector<JsonPath> kItems = {{"*"}};

// Whether one of these addresses (in lower case) stands in a file, told by its bytes: reading it as JSON
// takes twenty times as long.
class AddressScan final : public Visitor {
public:
    explicit AddressScan(const std::vector<std::string>& addresses) {
        for (const auto& address : addresses)
            if (const auto sign = address.find('@'); sign != std::string::npos && address.size() <= kLongest)
                addresses_.push_back({address, sign});
    }

    Result<Step> visit(Entry& entry) override {
        edge_.clear();
        while (!found_) {
            TRY(const auto piece, entry.next());
            if (piece.empty()) break;
            // One that the pieces' edge cuts, then all others.
            edge_ += piece.substr(0, kLongest);
            look_through(edge_);
            look_through(piece);
            edge_ = piece.size() >= kLongest ? piece.substr(piece.size() - kLongest)
                                             : edge_.substr(edge_.size() - std::min(edge_.size(), kLongest));
        }
        return found_ ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}
    [[nodiscard]] bool found() const { return found_; }

private:
    static constexpr std::size_t kLongest = 320;

    struct Address {
        std::string text;
        std::size_t sign = 0;
    };
    void look_through(std::string_view text) {
        for (auto at = text.find('@'); at != std::string_view::npos && !found_; at = text.find('@', at + 1))
            found_ = std::any_of(addresses_.begin(), addresses_.end(), [&](const Address& one) {
                return at >= one.sign && ascii_lower(text.substr(at - one.sign, one.text.size())) == one.text;
            });
    }

    std::vector<Address> addresses_;
    std::string edge_;
    bool found_ = false;
};

// The first pass: the members. Breaks are left for the last pass to tell.
class OwnerSearch final : public Visitor, public JsonVisitor {
public:
    explicit OwnerSearch(NingOwner& owner) : owner_(owner) {}

    Result<Step> visit(Entry& entry) override {
        TextStream text(entry);
        NingRepair repaired(text);
        const auto read = read_json(repaired, kItems, *this);
        if (!read && line_of(read.error()) == 0) return read.error();
        return owner_.is_certain() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}
    bool take(const JsonRecord& record) override {
        if (is_ning_member(record.value)) owner_.add(record.value);
        return !owner_.is_certain();
    }

private:
    NingOwner& owner_;
};

Response response_of(std::string_view status) {
    if (status == "attending") return Response::accepted;
    if (status == "not_attending") return Response::declined;
    return status == "maybe" ? Response::tentative : Response::none;
}

std::string place_of(const json::value& event) {
    std::string place;
    for (const char* part : {"location", "street", "city"}) {
        const auto text = trim(text_at(event, part));
        if (text.empty()) continue;
        if (!place.empty()) place += ", ";
        place += text;
    }
    return std::string(truncate_utf8(place, kLongestTitle));
}

// The guests' list has had several names.
std::span<const json::value> guests_of(const json::value& event) {
    for (const char* name : {"members", "attendees", "attending"})
        if (const auto guests = items_at(event, name); !guests.empty()) return guests;
    return {};
}

// The last pass: everything, in the archive's order.
class FactReader final : public Visitor, public JsonVisitor {
public:
    FactReader(const NingOwner& owner, const ParseOptions& options, Emitter& out)
        : owner_(owner), options_(options), out_(out) {}

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        Metered bytes(entry, options_, read_);
        TextStream text(bytes);
        NingRepair repaired(text);
        const auto read = read_json(repaired, kItems, *this);
        if (const auto line = read ? 0 : line_of(read.error()); line > 0) {
            broken_.insert(entry.path());
            out_.count_record();
            out_.reject(line, read.error().detail + " What comes after that is left out; the rest went in.",
                        {});
        } else if (!read) {
            return read.error();
        }
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

    bool take(const JsonRecord& record) override {
        out_.count_record();
        read_item(record.value, record.number);
        return !out_.stopped();
    }

    [[nodiscard]] bool was_broken(const std::string& path) const { return broken_.contains(path); }

private:
    void read_item(const json::value& item, std::int64_t number) {
        const auto author = text_at(item, "contributorName");
        if (author.empty())
            return out_.reject(number, "this item does not say which member it is of; it was left out.",
                               text_at(item, "title"));
        if (is_ning_member(item)) return read_member(item, author, number);
        if (member(item, "startDate")) return read_event(item, author, number);
        if (member(item, "groupPrivacy") || member(item, "members")) return read_group(item, author, number);
        read_writing(item, author, number);
        read_comments(item, author, number);
    }

    void read_member(const json::value& item, std::string_view key, std::int64_t number) {
        if (!owner_.is(key)) {
            core::IdentitySeen seen{ning_key(key), ning_attributes(item)};
            remember(key, true);
            out_.emit(std::move(seen), number);
            if (text_at(item, "state") != "pending") declare_member(item, key, number);
        }
        read_comments(item, key, number);  // the wall on a member's page
    }

    void declare_member(const json::value& item, std::string_view key, std::int64_t number) {
        const auto since = ning_time(item, "createdDate");
        out_.emit(core::TieDeclared{ning_key(key), core::TieKind::member, since}, number);
        if (!since)
            out_.reject(number,
                        "the date on which this member joined can't be read; the member went in without it.",
                        text_at(item, "createdDate"));
    }

    // What the owner wrote; of what others wrote for all to read, the title.
    void read_writing(const json::value& item, std::string_view author, std::int64_t number) {
        if (text_at(item, "publishStatus") == "draft") return;
        if (!owner_.is(author)) {
            if (owner_.is_known())
                put_topic(out_, ning_key(author), core::TopicKind::wrote, text_at(item, "title"), number);
            return;
        }
        auto at = ning_time(item, "publishTime");
        if (!at) at = ning_time(item, "createdDate");
        const auto id = id_at(item, "id");
        if (!at || id.empty())
            return out_.reject(number, "this post has no time or no id that can be read; it was left out.",
                               text_at(item, "title"));
        std::string text(trim(text_at(item, "title")));
        const auto body = html_to_text(text_at(item, "description"));
        if (!text.empty() && !body.empty()) text += "\n\n";
        out_.emit(core::PostWritten{"ning:" + id, *at, text + body, {}}, number);
    }

    // Comments are contacts where the owner takes part: others on what is the owner's, the owner on what is
    // another's. What others write to each other is theirs.
    void read_comments(const json::value& item, std::string_view host, std::int64_t number) {
        if (!owner_.is_known()) return;
        for (const auto& comment : items_at(item, "comments")) {
            const auto author = text_at(comment, "contributorName");
            if (author.empty() || author == host) continue;
            if (owner_.is(host)) {
                contact(comment, author, Direction::in, number);
                put_topic(out_, ning_key(author), core::TopicKind::answered, text_at(item, "title"), number);
            }
            if (owner_.is(author)) contact(comment, host, Direction::out, number);
        }
    }

    void contact(const json::value& comment, std::string_view other, Direction direction,
                 std::int64_t number) {
        const auto at = ning_time(comment, "createdDate");
        if (!at)
            return out_.reject(number, "the time of a comment can't be read; it was left out.",
                               text_at(comment, "createdDate"));
        see(other, {}, number);
        const auto key = Hash64().add("comment").add(id_at(comment, "id")).value();
        out_.emit(core::ContactMade{ning_key(other), core::Channel::comment, direction, *at, 2, key}, number);
    }

    // A group that the owner is in is a word about everyone else in it.
    void read_group(const json::value& group, std::string_view creator, std::int64_t number) {
        const auto members = items_at(group, "members");
        const bool is_in =
            owner_.is(creator) || std::any_of(members.begin(), members.end(), [&](const auto& one) {
                return owner_.is(text_at(one, "contributorName"));
            });
        const auto title = trim(truncate_utf8(text_at(group, "title"), kLongestName));
        for (const auto& one : members) {
            const auto key = text_at(one, "contributorName");
            if (key.empty() || owner_.is(key)) continue;
            see(key, trim(text_at(one, "fullName")), number);
            if (!is_in || title.empty()) continue;
            core::IdentitySeen seen{ning_key(key), {}};
            seen.attributes.labels.emplace_back(title);
            out_.emit(std::move(seen), number);
        }
    }

    void read_event(const json::value& event, std::string_view host, std::int64_t number) {
        const auto start = ning_time(event, "startDate");
        const auto id = id_at(event, "id");
        if (!start || id.empty())
            return out_.reject(number, "this event has no time or no id that can be read; it was left out.",
                               text_at(event, "title"));
        core::GatheringRecorded gathering;
        gathering.key = "ning:" + id;
        if (const auto updated = ning_time(event, "updatedDate")) gathering.revision = millis(*updated);
        gathering.title = truncate_utf8(unescape_html(trim(text_at(event, "title"))), kLongestTitle);
        gathering.start = *start;
        if (const auto end = ning_time(event, "endDate"); end && *end > *start) gathering.end = end;
        gathering.place = place_of(event);
        gathering.presence = presence_at(event, gathering.place);
        gathering.source = "rsvp";
        gathering.owner = Response::none;
        read_guests(event, gathering, number);
        if (owner_.is_known()) out_.emit(std::move(gathering), number);
        read_comments(event, host, number);
    }

    static core::Presence presence_at(const json::value& event, const std::string& place) {
        if (place.empty()) return core::Presence::unknown;
        const auto location = trim(text_at(event, "location"));
        const bool online = !location.empty() && core::is_online_place(location);
        return online ? core::Presence::video : core::Presence::physical;
    }

    // An answer that says neither yes nor no claims nothing: such guests are left out, and where the owner's
    // is none or such a one, so is everybody.
    void read_guests(const json::value& event, core::GatheringRecorded& gathering, std::int64_t number) {
        for (const auto& guest : guests_of(event)) {
            const auto key = text_at(guest, "contributorName");
            const auto response = response_of(text_at(guest, "attendeeStatus"));
            if (key.empty()) continue;
            if (owner_.is(key)) {
                gathering.owner = response;
                continue;
            }
            const auto name = trim(text_at(guest, "fullName"));
            see(key, name, number);
            if (response != Response::accepted && response != Response::declined) continue;
            if (gathering.participants.size() < kMostGuests)
                gathering.participants.push_back(
                    {ning_key(key), std::string(truncate_utf8(name, kLongestName)), response});
        }
        if (gathering.owner != Response::accepted && gathering.owner != Response::declined)
            gathering.participants.clear();
    }

    // A member is new once without a name and once with it.
    bool remember(std::string_view key, bool named) {
        const std::uint64_t hash = Hash64().add(key).value();
        if (!named) return seen_.insert(hash);
        if (!named_.insert(hash)) return false;
        seen_.insert(hash);
        return true;
    }
    void see(std::string_view key, std::string_view name, std::int64_t number) {
        if (!remember(key, !name.empty())) return;
        core::IdentitySeen seen{ning_key(key), {}};
        seen.attributes.name.full = truncate_utf8(name, 1'000);
        out_.emit(std::move(seen), number);
    }

    const NingOwner& owner_;
    const ParseOptions& options_;
    Emitter& out_;
    std::set<std::string> broken_;  // files
    HashSet64 seen_, named_;        // members, by their keys; those of them whose name came along
    std::uint64_t read_ = 0;
};

// The file of which this is the copy with the media's names.
std::string plain_of(const std::string& path) {
    return path.substr(0, path.size() - kLocal.size()) + ".json";
}

// The files to read, and those to read only where their "-local" sibling is broken.
struct Files {
    std::vector<EntryId> first;
    std::vector<std::pair<EntryId, std::string>> spare;  // and the sibling's path
};
Files part(const Group& group) {
    std::set<std::string> doubled;
    for (const auto& file : group.files)
        if (file.path.ends_with(kLocal)) doubled.insert(plain_of(file.path));
    Files files;
    for (const auto& file : group.files) {
        if (doubled.contains(file.path))
            files.spare.emplace_back(file.id,
                                     file.path.substr(0, file.path.size() - 5) + std::string(kLocal));
        else
            files.first.push_back(file.id);
    }
    return files;
}

std::vector<EntryId> members_of(const Group& group) {
    std::vector<EntryId> ids;
    for (const auto& file : group.files)
        if (file.role == Role::connections) ids.push_back(file.id);
    return ids;
}

}  // namespace

Result<Done> read_ning(const Archive& archive, const Group& group, const ParseOptions& options, Emitter& out,
                       const Limits& limits) {
    NingOwner owner(options);
    const auto members = members_of(group);
    AddressScan addresses(owner.emails());
    CHECK(walk(archive, limits, members, addresses));
    if (!addresses.found()) owner.rule_out_addresses();
    OwnerSearch search(owner);
    CHECK(walk(archive, limits, members, search));
    owner.settle();
    if (!owner.unsure().candidates.empty()) out.emit(owner.unsure(), 0);
    if (owner.is_known())
        out.emit(owner.fact(), 0);
    else
        out.reject(
            0,
            "which of the members you are can't be told, so that only the members went in; give your "
            "account the e-mail address or the name that you have on this network, and import it again.",
            {});
    FactReader reader(owner, options, out);
    const auto files = part(group);
    CHECK(walk(archive, limits, files.first, reader));
    std::vector<EntryId> instead;
    for (const auto& [id, local] : files.spare)
        if (reader.was_broken(local)) instead.push_back(id);
    return walk(archive, limits, instead, reader);
}

}  // namespace vv::formats::archive
