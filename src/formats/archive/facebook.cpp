#include "formats/archive/facebook.h"

#include "base/text.h"
#include "formats/archive/facebook_files.h"
#include "formats/archive/facebook_messages.h"
#include "formats/archive/facebook_people.h"
#include "formats/archive/facebook_posts.h"
#include "formats/archive/facebook_text.h"
#include "formats/archive/facebook_threads.h"
#include "formats/archive/metered.h"
#include "formats/hash.h"
#include "formats/json_fields.h"
#include "formats/text_stream.h"
#include "formats/topics.h"

#include <algorithm>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestTitle = 500;
constexpr std::size_t kLongestName = 200;

// The first pass: the owner's profile and the friends. Breaks are left for the last pass to tell.
class OwnFiles final : public Visitor, public JsonVisitor {
public:
    OwnFiles(FacebookOwner& owner, FacebookFriends& friends) : owner_(owner), friends_(friends) {}

    Result<Step> visit(Entry& entry) override {
        friends_.begin_file();
        TextStream text(entry);
        const auto read = read_json(text, facebook_paths(), *this);
        if (!read && line_of(read.error()) == 0) return read.error();
        return Step::go_on;
    }
    void unreadable(Unreadable) override {}
    bool take(const JsonRecord& record) override {
        const auto part = facebook_part(record.path);
        if (part == FacebookPart::profile) owner_.add_profile(record.value);
        if (part == FacebookPart::friends)
            if (const auto name = facebook_name(text_at(record.value, "name")); !is_facebook_nobody(name))
                friends_.add(name, facebook_time(record.value, "timestamp"));
        return true;
    }

private:
    FacebookOwner& owner_;
    FacebookFriends& friends_;
};

// The last pass: everything, in the archive's order.
class FactReader final : public Visitor, public JsonVisitor {
public:
    FactReader(const FacebookOwner& owner, const FacebookFriends& friends, const FacebookThreads& threads,
               const ParseOptions& options, Emitter& out)
        : owner_(owner),
          friends_(friends),
          threads_(threads),
          options_(options),
          out_(out),
          seen_(friends, out),
          messages_(owner, friends, seen_, out) {}

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        seen_friends_.clear();
        messages_.begin_file(threads_.at(entry.id()));
        Metered bytes(entry, options_, read_);
        CHECK(read_records(bytes, facebook_paths(), *this, out_));
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

    bool take(const JsonRecord& record) override {
        read(facebook_part(record.path), record);
        return !out_.stopped();
    }

private:
    void read(FacebookPart part, const JsonRecord& record) {
        switch (part) {
            case FacebookPart::participants:
            case FacebookPart::profile:
                return;
            case FacebookPart::message:
                return messages_.read(record);
            case FacebookPart::friends:
                return read_friend(record);
            case FacebookPart::received_request:
            case FacebookPart::rejected_request:
                return read_request(record, core::TieKind::invited_by);
            case FacebookPart::sent_request:
                return read_request(record, core::TieKind::invited);
            case FacebookPart::removed_friend:
                return read_removed(record);
            case FacebookPart::post:
                return read_post(record);
            case FacebookPart::event_joined:
            case FacebookPart::event_hosted:
                return read_event(record, core::Response::accepted);
            case FacebookPart::event_declined:
                return read_event(record, core::Response::declined);
            case FacebookPart::comment:
                return read_remark(record, core::Channel::comment);
            case FacebookPart::reaction:
                return read_remark(record, core::Channel::reaction);
        }
    }

    // The name that a record of a list is about; nothing, and a word about it, when it has none. Empty where
    // the account is gone.
    std::optional<std::string> name_in(const JsonRecord& record) {
        out_.count_record();
        const auto* written = member(record.value, "name");
        if (written && written->is_string()) {
            auto name = facebook_name(text_of(*written));
            return is_facebook_nobody(name) ? std::string{} : name;
        }
        out_.reject(record.number, "this record has no name; it was left out.", {});
        return std::nullopt;
    }

    void declare(core::TieDeclared tie, const JsonRecord& record) {
        tie.since = facebook_time(record.value, "timestamp");
        const bool unreadable = !tie.since && member(record.value, "timestamp") &&
                                whole_at(record.value, "timestamp").value_or(-1) != 0;
        out_.emit(std::move(tie), record.number);
        if (unreadable)
            out_.reject(record.number, "the date of this record can't be read; it went in without it.",
                        text_at(record.value, "name"));
    }

    void read_friend(const JsonRecord& record) {
        const auto name = name_in(record);
        if (!name || name->empty()) return;
        const auto before = friends_.are_several(*name) ? seen_friends_[*name]++ : 0;
        core::IdentitySeen seen{FacebookFriends::key(*name, before), {}};
        seen.attributes.name.full = *name;
        read_contact_info(record.value, seen.attributes);
        const auto key = seen.who;
        out_.emit(std::move(seen), record.number);
        declare({key, core::TieKind::connected, std::nullopt}, record);
    }

    // Friends files of 2018 and before give an address or a number with some friends.
    static void read_contact_info(const json::value& record, core::Attributes& attributes) {
        const auto info = facebook_name(text_at(record, "contact_info"));
        if (info.empty() || info.size() > 1'000) return;
        (info.find('@') == std::string::npos ? attributes.phones : attributes.emails).push_back(info);
    }

    void read_request(const JsonRecord& record, core::TieKind kind) {
        const auto name = name_in(record);
        if (!name || name->empty()) return;
        const auto key = facebook_key(*name);
        seen_.see(key, *name, record.number);
        declare({key, kind, std::nullopt}, record);
    }

    // The tie has ended: the person is known, and nothing more is said.
    void read_removed(const JsonRecord& record) {
        const auto name = name_in(record);
        if (name && !name->empty()) seen_.see(facebook_key(*name), *name, record.number);
    }

    void read_post(const JsonRecord& record) {
        if (items_at(record.value, "data").size() == 1 &&
            member(items_at(record.value, "data")[0], "reaction"))
            return read_remark(record, core::Channel::reaction);
        out_.count_record();
        const auto post = read_facebook_post(record.value);
        if (!post)
            return out_.reject(record.number, "this post has no time that can be read; it was left out.",
                               text_at(record.value, "title"));
        const auto key = key_of(*post);
        if (!post->text.empty()) out_.emit(core::PostWritten{key, post->at, post->text, {}}, record.number);
        if (post->place.empty())
            mention(*post, record.number);
        else
            check_in(*post, key, record.number);
        put_tags(*post, record.number);
    }

    // What a post is about is said by its tags, of those who are named in it.
    void put_tags(const FacebookPost& post, std::int64_t number) {
        for (const auto& tag : hashtags_in(post.text))
            for (const auto& name : post.with)
                if (!is_facebook_nobody(name) && !owner_.is(name))
                    put_topic(out_, friends_.find(name, {}, post.at), core::TopicKind::tagged, tag, number);
    }

    // Posts have no ids: their second, and their place among those of one second.
    std::string key_of(const FacebookPost& post) {
        same_second_ = post.at == last_post_ ? same_second_ + 1 : 1;
        last_post_ = post.at;
        auto key = "facebook:" + std::to_string(millis(post.at) / 1'000);
        return same_second_ == 1 ? key : key + "#" + std::to_string(same_second_);
    }

    void check_in(const FacebookPost& post, const std::string& key, std::int64_t number) {
        core::GatheringRecorded gathering;
        gathering.key = key;
        gathering.title = truncate_utf8(post.text, kLongestTitle);
        gathering.start = post.at;
        gathering.place = post.place;
        gathering.at = post.where;
        gathering.presence = core::Presence::physical;
        gathering.source = "check-in";
        for (const auto& name : post.with) {
            if (is_facebook_nobody(name) || owner_.is(name)) continue;
            auto who = friends_.find(name, {}, post.at);
            seen_.see(who, name, number);
            gathering.participants.push_back(
                {std::move(who), std::string(truncate_utf8(name, kLongestName)), core::Response::accepted});
        }
        out_.emit(std::move(gathering), number);
    }

    void mention(const FacebookPost& post, std::int64_t number) {
        for (const auto& name : post.with) {
            if (is_facebook_nobody(name) || owner_.is(name)) continue;
            core::ContactMade made{
                friends_.find(name, {}, post.at), core::Channel::mention, core::Direction::out, post.at, 2,
                Hash64().add("mention").value()};
            seen_.see(made.who, name, number);
            out_.emit(std::move(made), number);
        }
    }

    void read_event(const JsonRecord& record, core::Response answer) {
        out_.count_record();
        const auto start = facebook_time(record.value, "start_timestamp");
        const auto name = facebook_name(text_at(record.value, "name"));
        if (!start)
            return out_.reject(record.number, "this event has no time that can be read; it was left out.",
                               name);
        core::GatheringRecorded gathering;
        gathering.key = "facebook:event:" + std::to_string(millis(*start) / 1'000) + ":" +
                        std::to_string(Hash64().add(name).value());
        gathering.title = truncate_utf8(name, kLongestTitle);
        gathering.start = *start;
        const auto end = facebook_time(record.value, "end_timestamp");
        if (end && *end > *start) gathering.end = end;
        if (const auto* place = member(record.value, "place")) {
            gathering.place = facebook_place(*place);
            gathering.at = facebook_position(*place);
        }
        if (gathering.at) gathering.presence = core::Presence::physical;
        gathering.owner = answer;
        gathering.source = "rsvp";
        out_.emit(std::move(gathering), record.number);
    }

    // "Ann commented on Bob's photo.": the title alone says whose. Pages have names too, so friends only.
    void read_remark(const JsonRecord& record, core::Channel channel) {
        out_.count_record();
        const auto title = facebook_name(text_at(record.value, "title"));
        const std::string name(whose_post(title));
        const auto at = facebook_time(record.value, "timestamp");
        if (!at || owner_.is(name) || !friends_.is_friend(name)) return;
        core::ContactMade made{friends_.find(name, {}, *at),
                               channel,
                               core::Direction::out,
                               *at,
                               2,
                               Hash64().add(core::to_string(channel)).value()};
        seen_.see(made.who, name, record.number);
        out_.emit(std::move(made), record.number);
    }

    const FacebookOwner& owner_;
    const FacebookFriends& friends_;
    const FacebookThreads& threads_;
    const ParseOptions& options_;
    Emitter& out_;
    FacebookSeen seen_;
    FacebookMessages messages_;
    std::unordered_map<std::string, std::size_t> seen_friends_;  // how many of a shared name, in this file
    Instant last_post_;
    int same_second_ = 0;
    std::uint64_t read_ = 0;
};

// A friend of the owner's own name is somebody else: then no key is the owner's.
core::OwnerSeen owner_fact(const FacebookOwner& owner, const FacebookFriends& friends) {
    core::OwnerSeen seen{owner.attributes(), {}};
    if (!friends.is_friend(owner.name())) seen.keys.push_back(facebook_key(owner.name()));
    return seen;
}

}  // namespace

Result<Done> read_facebook(const Archive& archive, const Group& group, const ParseOptions& options,
                           Emitter& out, const Limits& limits) {
    FacebookOwner owner(options);
    FacebookFriends friends;
    OwnFiles own(owner, friends);
    CHECK(walk(archive, limits, group.ids({Role::profile, Role::connections}), own));
    FacebookThreads threads(owner, friends);
    CHECK(walk(archive, limits, group.ids({Role::messages}), threads));
    owner.settle();
    friends.settle();
    if (!owner.unsure().candidates.empty()) out.emit(owner.unsure(), 0);
    if (owner.is_known()) out.emit(owner_fact(owner, friends), 0);
    FactReader reader(owner, friends, threads, options, out);
    return walk(archive, limits, group.ids({Role::profile, Role::connections, Role::messages, Role::whole}),
                reader);
}

}  // namespace vv::formats::archive
