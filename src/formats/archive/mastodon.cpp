#include "formats/archive/mastodon.h"

#include "base/text.h"
#include "formats/archive/mastodon_actor.h"
#include "formats/archive/metered.h"
#include "formats/hash.h"
#include "formats/html_text.h"
#include "formats/json_fields.h"
#include "formats/text_stream.h"
#include "formats/topics.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;
using core::Network;

constexpr std::size_t kMostSeen = 1'000'000;
constexpr std::size_t kMostTags = 10;  // of a post
const std::vector<JsonPath> kWhole = {JsonPath{}};
const std::vector<JsonPath> kActivities = {{"orderedItems", "*"}};

bool is_public(std::string_view audience) {
    return audience.ends_with("activitystreams#Public") || audience == "as:Public" || audience == "Public" ||
           audience.ends_with("/followers");
}

// `to` and `cc` are lists, or one address alone.
bool is_sent_to_all(const json::value& note) {
    for (const auto* name : {"to", "cc"}) {
        if (is_public(text_at(note, name))) return true;
        const auto list = items_at(note, name);
        if (std::any_of(list.begin(), list.end(), [](const auto& one) { return is_public(text_of(one)); }))
            return true;
    }
    return false;
}

// The first pass: actor.json; broken ones told.
class ActorPass final : public Visitor, public JsonVisitor {
public:
    ActorPass(MastodonOwner& owner, Emitter& out) : owner_(owner), out_(out) {}

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        CHECK(read_records(entry, kWhole, *this, out_));
        return Step::go_on;
    }
    void unreadable(Unreadable) override {}
    bool take(const JsonRecord& record) override {
        owner_.add(record.value);
        return true;
    }

private:
    MastodonOwner& owner_;
    Emitter& out_;
};

// The outbox: whom the owner wrote to, and what the owner wrote for all.
class OutboxReader final : public JsonVisitor {
public:
    OutboxReader(MastodonOwner& owner, Emitter& out) : owner_(owner), out_(out) {}

    bool take(const JsonRecord& record) override {
        if (record.value.is_object()) read_activity(record.value, record.number);
        return !out_.stopped();
    }

private:
    void read_activity(const json::value& activity, std::int64_t number) {
        out_.count_record();
        if (!owner_.is_known()) {
            owner_.add(text_at(activity, "actor"));
            if (owner_.is_known()) out_.emit(owner_.fact(), 0);
        }
        const auto* note = member(activity, "object");
        if (text_at(activity, "type") != "Create" || !note || !note->is_object()) return;
        const auto id = text_at(*note, "id");
        auto written = text_at(*note, "published");
        if (written.empty()) written = text_at(activity, "published");
        const auto at = parse_rfc3339(written);
        if (id.empty() || id.size() > 2'000 || !at)
            return out_.reject(number, "a post without an id or with a date that can't be read was left out.",
                               written);
        const bool direct = !is_sent_to_all(*note);
        gather_people(*note);
        core::ContactMade contact;
        contact.channel = direct ? core::Channel::message : core::Channel::mention;
        contact.direction = core::Direction::out;
        contact.at = *at;
        contact.people = 1 + static_cast<int>(people_.size());
        contact.content_hash = Hash64().add("mastodon").add(id).value();
        for (auto& account : people_) {
            contact.who = {Network::mastodon, account};
            see(account, number);
            out_.emit(contact, number);
        }
        if (direct) return;  // a message's words are not kept
        put_tags(*note, number);
        out_.emit(
            core::PostWritten{"mastodon:" + std::string(id), *at, html_to_text(text_at(*note, "content")),
                              std::string(text_at(*note, "url"))},
            number);
    }

    // The tags of what is for all to read say what those written to have to do with.
    void put_tags(const json::value& note, std::int64_t number) {
        std::size_t put = 0;
        for (const auto& tag : items_at(note, "tag")) {
            if (text_at(tag, "type") != "Hashtag" || ++put > kMostTags) continue;
            auto name = text_at(tag, "name");
            if (name.starts_with('#')) name.remove_prefix(1);
            for (const auto& account : people_)
                put_topic(out_, {Network::mastodon, account}, core::TopicKind::tagged, name, number);
        }
    }

    void gather_people(const json::value& note) {
        people_.clear();
        for (const auto& tag : items_at(note, "tag")) {
            if (text_at(tag, "type") != "Mention") continue;
            const auto host = host_of(text_at(tag, "href"));
            add(mastodon_account(text_at(tag, "name"), host.empty() ? owner_.host() : host));
        }
        if (!text_at(note, "inReplyTo").empty()) add(account_in(text_at(note, "inReplyTo")));
    }

    void add(std::optional<std::string> account) {
        if (!account || owner_.is(*account) || people_.size() >= 100) return;
        if (std::find(people_.begin(), people_.end(), *account) == people_.end())
            people_.push_back(*std::move(account));
    }

    void see(const std::string& account, std::int64_t number) {
        if (seen_.size() >= kMostSeen) seen_.clear();
        if (seen_.insert(Hash64().add(account).value()).second)
            out_.emit(core::IdentitySeen{{Network::mastodon, account}, attributes_of(account)}, number);
    }

    MastodonOwner& owner_;
    Emitter& out_;
    std::vector<std::string> people_;
    std::unordered_set<std::uint64_t> seen_;
};

// The second pass: everything, in the archive's order.
class FactReader final : public Visitor {
public:
    FactReader(MastodonOwner& owner, const Group& group, const ParseOptions& options, Emitter& out)
        : owner_(owner), options_(options), out_(out), outbox_(owner, out) {
        for (const auto& file : group.files) roles_.emplace(file.id, file.role);
    }

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        Metered bytes(entry, options_, read_);
        const auto role = roles_.at(entry.id());
        if (role == Role::whole)
            CHECK(read_records(bytes, kActivities, outbox_, out_));
        else
            CHECK(read_list(bytes, role));
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

private:
    Result<Done> read_list(ByteStream& bytes, Role role) {
        TextStream text(bytes);
        CsvReader csv(text);
        CsvRow row;
        bool first = true;
        while (!out_.stopped()) {
            TRY(const bool more, csv.next(row));
            if (!more) break;
            const bool header = std::exchange(first, false) && fold(row.at(0)) == "account address";
            if (!header) read_row(row, role);
        }
        return Done{};
    }

    void read_row(const CsvRow& row, Role role) {
        out_.count_record();
        if (row.problem != CsvProblem::none) return out_.reject(row.line, describe(row.problem), row.raw);
        // A list's rows are its title and an account.
        auto account = mastodon_account(row.at(role == Role::lists ? 1 : 0), owner_.host());
        if (!account)
            return out_.reject(row.line, "this is no account as user@host; the row was left out.", row.raw);
        if (owner_.is(*account)) return;
        core::IdentityKey who{Network::mastodon, *account};
        if (role == Role::blocked) return out_.emit(core::BlockRecorded{std::move(who)}, row.line);
        core::IdentitySeen seen{who, attributes_of(*account)};
        if (role == Role::lists && !trim(row.at(0)).empty())
            seen.attributes.labels.emplace_back(truncate_utf8(trim(row.at(0)), 200));
        out_.emit(std::move(seen), row.line);
        if (role == Role::lists) return;
        const auto kind = role == Role::followers ? core::TieKind::followed_by : core::TieKind::follows;
        out_.emit(core::TieDeclared{std::move(who), kind, std::nullopt}, row.line);
    }

    MastodonOwner& owner_;
    const ParseOptions& options_;
    Emitter& out_;
    OutboxReader outbox_;
    std::map<EntryId, Role> roles_;
    std::uint64_t read_ = 0;
};

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace

std::optional<Role> mastodon_role(const CsvRow& first, std::string_view name) {
    const bool header = fold(first.at(0).substr(0, 80)) == "account address";
    if (header && fold(first.at(1).substr(0, 80)) == "show boosts") return Role::following;
    if (header && fold(first.at(1).substr(0, 80)) == "hide notifications") return Role::blocked;
    const bool accounts = header || mastodon_account(first.at(0));
    if (accounts && (holds(name, "block") || holds(name, "mute"))) return Role::blocked;
    if (accounts && holds(name, "follower")) return Role::followers;
    if (header || (accounts && holds(name, "following"))) return Role::following;
    if (holds(name, "lists") && first.fields.size() == 2 && mastodon_account(first.at(1))) return Role::lists;
    return std::nullopt;
}

Result<Done> read_mastodon(const Archive& archive, const Group& group, const ParseOptions& options,
                           Emitter& out, const Limits& limits) {
    MastodonOwner owner;
    std::vector<EntryId> actors;
    std::vector<EntryId> others;
    for (const auto& file : group.files) (file.role == Role::profile ? actors : others).push_back(file.id);
    ActorPass actor(owner, out);
    CHECK(walk(archive, limits, actors, actor));
    if (owner.is_known()) out.emit(owner.fact(), 0);
    FactReader reader(owner, group, options, out);
    return walk(archive, limits, others, reader);
}

}  // namespace vv::formats::archive
