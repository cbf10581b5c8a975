#include "formats/archive/twitter.h"

#include "base/phone.h"
#include "base/text.h"
#include "formats/archive/metered.h"
#include "formats/archive/twitter_files.h"
#include "formats/archive/twitter_people.h"
#include "formats/archive/twitter_table.h"
#include "formats/archive/twitter_tweets.h"
#include "formats/hash.h"
#include "formats/json_fields.h"
#include "formats/person_card.h"

#include <algorithm>
#include <map>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;
using core::Direction;
using core::Network;

const std::vector<JsonPath> kOwnPaths = {{"*"},           {"userInfo"},  {"id"},
                                         {"screen_name"}, {"full_name"}, {"location"}};
const std::vector<JsonPath> kMessagePaths = {{"*", "dmConversation", "conversationId"},
                                             {"*", "dmConversation", "messages", "*"}};
const std::vector<JsonPath> kRecordPaths = {{"*"}};

std::map<EntryId, Role> roles_of(const Group& group) {
    std::map<EntryId, Role> roles;
    for (const auto& file : group.files) roles.emplace(file.id, file.role);
    return roles;
}

// Whether one of the scripts holds tweets, by its name: data/tweets.js, tweet.js, data/js/tweets/2010_11.js.
bool has_tweets(const Group& group) {
    return std::any_of(group.files.begin(), group.files.end(), [](const File& file) {
        return file.role == Role::whole && ascii_lower(file.path).find("tweet") != std::string::npos;
    });
}

// The first pass, over the owner's files: read to the end, broken ones told.
class OwnFiles final : public Visitor, public JsonVisitor {
public:
    OwnFiles(TwitterOwner& owner, Emitter& out) : owner_(owner), out_(out) {}

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        ScriptValue value(entry);
        CHECK(read_records(value, kOwnPaths, *this, out_));
        return Step::go_on;
    }
    void unreadable(Unreadable) override {}
    bool take(const JsonRecord& record) override {
        if (record.path < 2)
            owner_.add(record.value);
        else
            owner_.add_detail(kOwnPaths[record.path].front(), record.value);
        return true;
    }

private:
    TwitterOwner& owner_;
    Emitter& out_;
};

// The second pass, over conversations: members of groups, and the owner when no file has told. Newest
// messages come first, who joined comes last. Breaks are left for the last pass to tell.
class Conversations final : public Visitor, public JsonVisitor {
public:
    Conversations(TwitterOwner& owner, TwitterGroups& groups) : owner_(owner), groups_(groups) {}

    Result<Step> visit(Entry& entry) override {
        conversation_.clear();
        ScriptValue value(entry);
        CHECK(scan_records(value, kMessagePaths, *this));
        return Step::go_on;
    }
    void unreadable(Unreadable) override {}
    bool take(const JsonRecord& record) override {
        if (record.path == 0) {
            conversation_ = text_of(record.value);
            return true;
        }
        const auto* made = member(record.value, "messageCreate");
        const auto recipient = made ? account_id(*made, "recipientId") : std::string{};
        if (recipient.empty()) {
            groups_.add(conversation_, record.value);
            return true;
        }
        if (!owner_.is_known()) owner_.add_conversation(account_id(*made, "senderId"), recipient);
        return !owner_.is_known();  // a file of conversations between two has nothing more to tell
    }

private:
    TwitterOwner& owner_;
    TwitterGroups& groups_;
    std::string conversation_;
};

// Of tweets.csv, the first reading.
class TableOwners final : public Visitor {
public:
    explicit TableOwners(TwitterOwner& owner) : owner_(owner) {}
    Result<Step> visit(Entry& entry) override {
        CHECK(owner_.read(entry));
        return Step::go_on;
    }
    void unreadable(Unreadable) override {}
    void settle() { owner_.settle(); }

private:
    TweetTableOwner owner_;
};

// The last pass: everything, in the archive's order.
class FactReader final : public Visitor, public JsonVisitor {
public:
    FactReader(const TwitterOwner& owner, const TwitterGroups& groups, std::map<EntryId, Role> roles,
               const ParseOptions& options, Emitter& out)
        : owner_(owner),
          groups_(groups),
          roles_(std::move(roles)),
          options_(options),
          out_(out),
          tweets_(owner, out) {}

    Result<Step> visit(Entry& entry) override {
        const auto role = roles_.at(entry.id());
        messages_ = role == Role::messages || role == Role::headers;
        conversation_.clear();
        out_.enter(entry.path());
        Metered bytes(entry, options_, read_);
        if (role == Role::table) {
            CHECK(read_tweet_table(bytes, tweets_, out_));
            return out_.stopped() ? Step::stop : Step::go_on;
        }
        ScriptValue value(bytes);
        CHECK(read_records(value, messages_ ? kMessagePaths : kRecordPaths, *this, out_));
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

    bool take(const JsonRecord& record) override {
        if (!messages_)
            read_record(record.value, record.number);
        else if (record.path == 0)
            conversation_ = text_of(record.value);
        else if (const auto* made = member(record.value, "messageCreate"))
            return read_message(*made, record.number) && !out_.stopped();
        return !out_.stopped();
    }

private:
    void read_record(const json::value& record, std::int64_t number) {
        if (const auto* tweet = member(record, "tweet")) return tweets_.read(*tweet, number);
        if (member(record, "id_str") && member(record, "created_at")) return tweets_.read(record, number);
        if (const auto* one = member(record, "follower"))
            return tie(*one, core::TieKind::followed_by, number);
        if (const auto* one = member(record, "following")) return tie(*one, core::TieKind::follows, number);
        if (const auto* one = member(record, "blocking")) return block(*one, number);
        if (const auto* one = member(record, "muting")) return block(*one, number);
        if (const auto* card = member(record, "contact")) return read_contact(*card, number);
    }

    // The key of a record that is about an account; nothing, and a word about it, when it has none.
    std::optional<core::IdentityKey> account(const json::value& record, std::int64_t number) {
        out_.count_record();
        auto id = account_id(record, "accountId");
        if (id.empty()) {
            out_.reject(number, "this record has no account's id; it was left out.",
                        text_at(record, "userLink"));
            return std::nullopt;
        }
        if (owner_.is(id)) return std::nullopt;
        return core::IdentityKey{Network::twitter, std::move(id)};
    }

    void tie(const json::value& record, core::TieKind kind, std::int64_t number) {
        auto who = account(record, number);
        if (!who) return;
        out_.emit(core::IdentitySeen{*who, {}}, number);
        out_.emit(core::TieDeclared{*std::move(who), kind, std::nullopt}, number);
    }

    void block(const json::value& record, std::int64_t number) {
        if (auto who = account(record, number)) out_.emit(core::BlockRecorded{*std::move(who)}, number);
    }

    // A card of an address book once uploaded: addresses and numbers without a name.
    void read_contact(const json::value& card, std::int64_t number) {
        out_.count_record();
        core::IdentitySeen seen;
        for (const auto& email : items_at(card, "emails"))
            add_value(seen.attributes.emails, trim(text_of(email)));
        for (const auto& phone : items_at(card, "phoneNumbers"))
            add_value(seen.attributes.phones, trim(text_of(phone)));
        for (const auto& phone : seen.attributes.phones)
            if (auto e164 = to_e164(phone, options_.region)) seen.who = {Network::phone, *std::move(e164)};
        if (!seen.attributes.emails.empty())
            seen.who = {Network::email, lower(seen.attributes.emails.front())};
        const auto& own = owner_.emails();
        const auto is_own = [&](const std::string& email) {
            return std::find(own.begin(), own.end(), ascii_lower(email)) != own.end();
        };
        const auto& emails = seen.attributes.emails;
        if (seen.who.key.empty() || is_owner(seen.attributes, options_) ||
            std::any_of(emails.begin(), emails.end(), is_own))
            return;
        out_.emit(std::move(seen), number);
    }

    // False when the rest of the file can't be read either.
    bool read_message(const json::value& made, std::int64_t number) {
        if (!owner_.is_known()) {
            out_.reject(number,
                        "whose messages these are can't be told; import the whole archive, with account.js.",
                        {});
            return false;
        }
        out_.count_record();
        const auto sender = account_id(made, "senderId");
        const auto written = text_at(made, "createdAt");
        const auto at = parse_rfc3339(written);
        if (sender.empty() || !at) {
            out_.reject(number, "a message without a sender or with a date that can't be read was left out.",
                        written);
            return true;
        }
        core::ContactMade contact;
        contact.at = *at;
        contact.content_hash = natural_key(made, sender, written);
        const auto recipient = account_id(made, "recipientId");
        if (recipient.empty())
            group_message(sender, contact, number);
        else if (owner_.is(sender))
            contact_with(recipient, Direction::out, contact, number);
        else
            contact_with(sender, Direction::in, contact, number);
        return true;
    }

    [[nodiscard]] std::uint64_t natural_key(const json::value& made, const std::string& sender,
                                            std::string_view written) const {
        const auto id = id_at(made, "id");
        if (!id.empty()) return Hash64().add("dm").add(id).value();
        return Hash64().add("dm").add(conversation_).add(sender).add(written).value();
    }

    void group_message(const std::string& sender, core::ContactMade contact, std::int64_t number) {
        const auto& members = groups_.members(conversation_);
        const auto others =
            std::count_if(members.begin(), members.end(), [&](const auto& id) { return !owner_.is(id); });
        contact.people = std::max(3, 1 + static_cast<int>(others));  // a group, even when only one is known
        if (!owner_.is(sender)) return contact_with(sender, Direction::in, contact, number);
        for (const auto& id : members) contact_with(id, Direction::out, contact, number);
    }

    void contact_with(const std::string& id, Direction direction, core::ContactMade contact,
                      std::int64_t number) {
        if (owner_.is(id)) return;
        contact.who = {Network::twitter, id};
        contact.direction = direction;
        out_.emit(std::move(contact), number);
    }

    const TwitterOwner& owner_;
    const TwitterGroups& groups_;
    std::map<EntryId, Role> roles_;
    const ParseOptions& options_;
    Emitter& out_;
    TweetReader tweets_;
    bool messages_ = false;
    std::string conversation_;
    std::uint64_t read_ = 0;
};

}  // namespace

Result<Done> read_twitter(const Archive& archive, const Group& group, const ParseOptions& options,
                          Emitter& out, const Limits& limits) {
    TwitterOwner owner;
    OwnFiles own(owner, out);
    CHECK(walk(archive, limits, group.ids({Role::profile}), own));
    TwitterGroups groups;
    Conversations conversations(owner, groups);
    // The headers are the same messages without their text: read only where those are missing.
    const bool texts = !group.ids({Role::messages}).empty();
    const auto messages = texts ? Role::messages : Role::headers;
    CHECK(walk(archive, limits, group.ids({messages}), conversations));
    // The table repeats what the scripts tell better, where there are any.
    const auto tables = has_tweets(group) ? std::vector<EntryId>{} : group.ids({Role::table});
    TableOwners answered(owner);
    CHECK(walk(archive, limits, tables, answered));
    answered.settle();
    owner.settle(options);
    if (!owner.unsure().candidates.empty()) out.emit(owner.unsure(), 0);
    if (owner.is_known()) out.emit(owner.fact(), 0);
    FactReader reader(owner, groups, roles_of(group), options, out);
    CHECK(walk(archive, limits, group.ids({Role::whole, messages}), reader));
    return walk(archive, limits, tables, reader);
}

}  // namespace vv::formats::archive
