#include "formats/archive/skype.h"

#include "base/text.h"
#include "formats/archive/metered.h"
#include "formats/archive/skype_parties.h"
#include "formats/hash.h"
#include "formats/json_fields.h"
#include "formats/person_card.h"
#include "formats/text_stream.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;
using core::Channel;
using core::Direction;

constexpr std::size_t kMostRecipients = 20;
constexpr std::size_t kMostGroups = 20'000;
constexpr std::chrono::seconds kSameCall{5};

enum class Part { owner, id, name, properties, group, message };
const std::vector<JsonPath> kPaths = {{"userId"},
                                      {"conversations", "*", "id"},
                                      {"conversations", "*", "displayName"},
                                      {"conversations", "*", "properties"},
                                      {"conversations", "*", "threadProperties"},
                                      {"conversations", "*", "MessageList", "*"}};

struct SkypeGroup {
    std::size_t people = 0;
    std::vector<std::string> members;  // ids; at most 1,000
};

SkypeGroup read_group(const json::value& properties) {
    SkypeGroup group;
    group.members = skype_members(text_at(properties, "members"));
    const auto count = whole_at(properties, "membercount").value_or(0);
    group.people =
        std::max<std::size_t>(group.members.size(), count > 0 ? static_cast<std::size_t>(count) : 0);
    return group;
}

// What must be known before the first message of a file.
struct Known {
    std::string owner;  // an id
    std::unordered_map<std::string, SkypeGroup> groups;
};

// The first pass: the owner stands first. Where another program has sorted the members, the whole file is
// read, for its groups too. Breaks are left for the second pass to tell.
class FirstPass final : public Visitor, public JsonVisitor {
public:
    explicit FirstPass(std::map<EntryId, Known>& known) : known_(known) {}

    Result<Step> visit(Entry& entry) override {
        current_ = {};
        id_.clear();
        sorted_ = false;
        TextStream text(entry);
        const auto read = read_json(text, {kPaths.data(), kPaths.size() - 1}, *this);
        if (!read && line_of(read.error()) == 0) return read.error();
        known_[entry.id()] = std::move(current_);
        return Step::go_on;
    }
    void unreadable(Unreadable) override {}
    bool take(const JsonRecord& record) override {
        const auto part = static_cast<Part>(record.path);
        if (part == Part::owner) {
            current_.owner = skype_id(text_of(record.value));
            return sorted_;
        }
        sorted_ = true;
        if (part == Part::id) id_ = skype_id(text_of(record.value));
        if (part == Part::group && is_skype_group(id_) && current_.groups.size() < kMostGroups)
            current_.groups[id_] = read_group(record.value);
        return true;
    }

private:
    std::map<EntryId, Known>& known_;
    Known current_;
    std::string id_;
    bool sorted_ = false;  // a conversation came before the owner
};

// The second pass: everything, in the archive's order.
class FactReader final : public Visitor, public JsonVisitor {
public:
    FactReader(std::map<EntryId, Known>& known, const ParseOptions& options, Emitter& out)
        : known_(known), options_(options), out_(out) {}

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        file_ = &known_[entry.id()];
        id_.clear();
        named_ = true;
        waiting_.reset();
        if (!file_->owner.empty()) tell_owner();
        Metered bytes(entry, options_, read_);
        CHECK(read_records(bytes, kPaths, *this, out_));
        end_conversation(0);
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

    bool take(const JsonRecord& record) override {
        switch (static_cast<Part>(record.path)) {
            case Part::owner:
                break;
            case Part::id:
                begin_conversation(record);
                break;
            case Part::name:
                read_name(record);
                break;
            case Part::properties:
                read_properties(record);
                break;
            case Part::group:
                if (is_skype_group(id_) && file_->groups.size() < kMostGroups)
                    file_->groups[id_] = read_group(record.value);
                break;
            case Part::message:
                read_message(record);
                break;
        }
        return !out_.stopped();
    }

private:
    void tell_owner() {
        core::OwnerSeen seen;
        const auto key = skype_key(file_->owner, options_.region);
        if (!key) return;
        seen.keys.push_back(*key);
        seen.attributes.handles.push_back(handle("skype", key->key));
        out_.emit(std::move(seen), 0);
    }

    // A conversation's id and name stand together, whichever comes first; null is a name too.
    void begin_conversation(const JsonRecord& record) {
        end_conversation(record.number - 1);
        id_ = skype_id(text_of(record.value));
        named_ = false;
        if (waiting_) name_conversation(*std::exchange(waiting_, std::nullopt), record.number);
    }
    void end_conversation(std::int64_t number) {
        if (!named_) name_conversation({}, number);
    }
    void name_conversation(const std::string& name, std::int64_t number) {
        named_ = true;
        if (!id_.empty() && id_ != file_->owner) see(id_, name, number);
    }
    void read_name(const JsonRecord& record) {
        std::string name(trim(text_of(record.value)));
        if (named_)
            waiting_ = std::move(name);
        else
            name_conversation(name, record.number);
    }

    void read_properties(const JsonRecord& record) {
        const auto* blocked = member(record.value, "conversationblocked");
        const auto& who = key_of(id_);
        if (who && blocked && blocked->is_bool() && blocked->as_bool())
            out_.emit(core::BlockRecorded{*who}, record.number);
    }

    void read_message(const JsonRecord& record) {
        out_.count_record();
        const auto& message = record.value;
        const auto type = text_at(message, "messagetype");
        const bool call = type == "Event/Call";
        if (!call && type != "Text" && type != "RichText" && !type.starts_with("RichText/")) return;
        const auto from = skype_id(text_at(message, "from"));
        const auto conversation = skype_id(text_at(message, "conversationid"));
        const auto at = parse_rfc3339(text_at(message, "originalarrivaltime"));
        if (!at || from.empty() || conversation.empty())
            return out_.reject(record.number,
                               at ? "this message does not say who wrote it; it was left out."
                                  : "this message has no time that can be read; it was left out.",
                               text_at(message, "originalarrivaltime"));
        if (!is_readable(record)) return;
        if (!is_skype_group(conversation) && !key_of(conversation))
            return;  // a robot's, or the list of calls
        if (const std::string name(trim(text_at(message, "displayName"))); from != file_->owner)
            see(from, name, record.number);
        if (call) return read_call(text_at(message, "content"), from, conversation, *at, record.number);
        core::ContactMade made;
        made.at = *at;
        made.content_hash = Hash64().add("message").add(message_id(message)).value();
        text(made, from, conversation, record.number);
    }

    // Messages keep their id from export to export.
    static std::string message_id(const json::value& message) { return id_at(message, "id"); }

    // Without an owner nobody can tell who wrote to whom.
    bool is_readable(const JsonRecord& record) {
        if (!file_->owner.empty()) return true;
        if (record.number == 1)
            out_.reject(record.number, "the file does not say whose it is (userId); export it again.", {});
        return false;
    }

    void text(core::ContactMade& made, const std::string& from, const std::string& conversation,
              std::int64_t number) {
        const bool out = from == file_->owner;
        made.direction = out ? Direction::out : Direction::in;
        if (!is_skype_group(conversation)) return contact_with(out ? conversation : from, made, number);
        const auto group = file_->groups.find(conversation);
        const bool known = group != file_->groups.end();
        made.people = known && group->second.people > 1 ? static_cast<int>(group->second.people) : 3;
        if (!out) return contact_with(from, made, number);
        // A speech to many is no contact with each.
        if (!known || group->second.members.size() > kMostRecipients + 1) return;
        for (const auto& member : group->second.members) contact_with(member, made, number);
    }

    // A call that came about stands there twice, at its start and at its end; newest first.
    void read_call(std::string_view content, const std::string& from, const std::string& conversation,
                   Instant at, std::int64_t number) {
        const auto call = read_skype_call(content);
        if (call.event == CallEvent::other) return;
        if (call.event == CallEvent::ended) at -= call.duration;
        const bool same = conversation == call_in_ && std::chrono::abs(call_at_ - at) <= kSameCall;
        if (call.event != CallEvent::missed && same) return;
        call_in_ = conversation;
        call_at_ = at;
        core::ContactMade made;
        made.channel = call.video ? Channel::video_call : Channel::call;
        made.direction = from == file_->owner ? Direction::out : Direction::in;
        made.at = at;
        made.content_hash = Hash64().add("call").value();
        made.people = static_cast<int>(std::max<std::size_t>(call.parts.size(), 2));
        for (const auto& part : call.parts)
            if (part.id != file_->owner) see(part.id, part.name, number);
        if (!is_skype_group(conversation))
            return contact_with(from == file_->owner ? conversation : from, made, number);
        if (call.event == CallEvent::missed) return contact_with(from, made, number);
        for (const auto& part : call.parts) contact_with(part.id, made, number);
    }

    void contact_with(const std::string& id, core::ContactMade& made, std::int64_t number) {
        if (id == file_->owner) return;
        const auto& who = key_of(id);
        if (!who) return;
        see(id, {}, number);
        made.who = *who;
        out_.emit(made, number);
    }

    // An id is new once, and under each name that is not the id again.
    void see(const std::string& id, const std::string& name, std::int64_t number) {
        const bool id_is_new = seen_.insert(Hash64().add(id).value()).second;
        const bool name_is_new = !name.empty() && seen_.insert(Hash64().add(id).add(name).value()).second;
        if (!id_is_new && !name_is_new) return;
        const auto& known = key_of(id);
        if (!known) return;
        core::IdentitySeen seen{*known, {}};
        auto& attributes = seen.attributes;
        const auto& key = seen.who.key;
        if (name != key && name != id) attributes.name.full = truncate_utf8(name, 1'000);
        if (!id_is_new && attributes.name.full.empty()) return;
        if (seen.who.network == core::Network::phone)
            attributes.phones.push_back(key);
        else if (id.starts_with("8:"))
            attributes.handles.push_back(handle("skype", key));
        else if (const auto address = std::string_view(id).substr(id.find(':') + 1);
                 address.find('@') != std::string_view::npos)
            attributes.emails.emplace_back(address);  // Messenger's and Lync's ids are addresses
        out_.emit(std::move(seen), number);
    }

    // Reading a telephone's number takes long, and ids come again and again.
    const std::optional<core::IdentityKey>& key_of(const std::string& id) {
        const auto [at, is_new] = keys_.try_emplace(id);
        if (is_new) at->second = skype_key(id, options_.region);
        return at->second;
    }

    std::map<EntryId, Known>& known_;
    const ParseOptions& options_;
    Emitter& out_;
    Known* file_ = nullptr;
    std::string id_;                      // of the conversation that is being read
    bool named_ = false;                  // its name has been read
    std::optional<std::string> waiting_;  // a name whose id comes after it
    std::string call_in_;                 // the conversation of the call before
    Instant call_at_;
    std::unordered_map<std::string, std::optional<core::IdentityKey>> keys_;
    std::unordered_set<std::uint64_t> seen_;
    std::uint64_t read_ = 0;
};

}  // namespace

Result<Done> read_skype(const Archive& archive, const Group& group, const ParseOptions& options, Emitter& out,
                        const Limits& limits) {
    const std::vector<EntryId> ids = group.ids();
    std::map<EntryId, Known> known;
    FirstPass first(known);
    CHECK(walk(archive, limits, ids, first));
    FactReader reader(known, options, out);
    return walk(archive, limits, ids, reader);
}

}  // namespace vv::formats::archive
