#include "formats/archive/whatsapp.h"

#include "base/phone.h"
#include "base/text.h"
#include "formats/archive/metered.h"
#include "formats/archive/whatsapp_chat.h"
#include "formats/hash.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace vv::formats::archive {
namespace {

using core::Channel;
using core::Direction;
using core::IdentityKey;
using core::Network;

constexpr std::size_t kLargestCircle =
    20;  // groups in which the owner's messages count for each of the others
constexpr std::string_view kMark = "\u200e";  // before what iOS says itself

// The first reading.
class Scan final : public Visitor {
public:
    Scan(std::string_view archive, const ParseOptions& options)
        : archive_(archive), options_(options), owner_(options) {}

    Result<Step> visit(Entry& entry) override {
        Chat chat(chat_title(entry.path(), archive_), options_.now);
        ChatLines lines(entry);
        std::string_view line;
        while (true) {
            TRY(const bool more, lines.next(line));
            if (!more) break;
            if (const auto head = read_chat_head(line)) chat.add(*head);
        }
        chat.settle();
        owner_.add(chat);
        if (const auto order = chat.order().told()) ++votes_[chat.order().style()][*order];
        chats_.push_back(std::move(chat));
        return Step::go_on;
    }
    void unreadable(Unreadable) override {}

    void settle() { owner_.settle(); }
    [[nodiscard]] const ChatOwner& owner() const { return owner_; }
    /// In the order of their files.
    [[nodiscard]] const Chat& chat(std::size_t i) const { return chats_[i]; }

    /// What the chat's own numbers tell, else those of chats that are written in the same style.
    [[nodiscard]] DateOrder order_of(const Chat& chat) const {
        const auto votes = votes_.find(chat.order().style());
        if (!chat.order().told() && votes != votes_.end() && votes->second.size() == 1)
            return votes->second.begin()->first;
        return chat.order().guess(options_.region);
    }

private:
    std::string archive_;
    const ParseOptions& options_;
    ChatOwner owner_;
    std::vector<Chat> chats_;
    std::map<ChatStyle, std::map<DateOrder, int>> votes_;
};

// The second.
class ChatFacts final : public Visitor {
public:
    ChatFacts(const Scan& scan, const ParseOptions& options, Emitter& out)
        : scan_(scan), options_(options), out_(out) {}

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        begin(scan_.chat(next_++));
        Metered metered(entry, options_, total_);
        ChatLines lines(metered);
        std::string_view line;
        while (!out_.stopped() && is_of_use()) {
            TRY(const bool more, lines.next(line));
            if (!more) break;
            if (const auto head = read_chat_head(line)) read(*head, lines.number(), line);
        }
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

private:
    void begin(const Chat& chat) {
        chat_ = &chat;
        roles_ = scan_.owner().roles_in(chat);
        order_ = scan_.order_of(chat);
        keys_.clear();
        senders_.clear();
        heads_ = 0;
        last_ = WallTime{};
        if (chat.is_empty()) {
            out_.reject(1, "no message of a chat is in this file.", {});
        } else if (roles_.form == ChatRoles::Form::unknown) {
            out_.reject(1,
                        "it can't be told which of them is you; name the file 'WhatsApp Chat with NAME.txt' "
                        "after the "
                        "other one and import it again.",
                        chat.title());
        }
    }
    [[nodiscard]] bool is_of_use() const {
        return roles_.form == ChatRoles::Form::one_to_one || roles_.form == ChatRoles::Form::group;
    }

    void read(const ChatHead& head, std::int64_t line, std::string_view raw) {
        const bool first = heads_++ == 0;
        const auto message = chat_->part(head.rest);
        if (!message || (first && message->text.starts_with(kMark)))
            return;  // the system's, as the first one always is
        out_.count_record();
        const auto& [sender, own, counts] = sender_of(message->sender);
        const bool group = roles_.form == ChatRoles::Form::group;
        if (group && !counts) return;
        const auto at = time_of(head, order_);
        if (!at) return out_.reject(line, "the message's date can't be read; it was left out.", raw);
        core::ContactMade made;
        made.channel = channel_of(message->text);
        made.direction = own ? Direction::out : Direction::in;
        made.at = to_utc(*at);
        made.people = group ? roles_.people : 2;
        made.content_hash = natural_key(group ? std::string_view(chat_->title()) : std::string_view{},
                                        own ? std::string_view{} : std::string_view(sender), *at);
        if (!group) return put(roles_.other, std::move(made), line);
        if (!own) return put(sender, std::move(made), line);
        if (roles_.others.size() > kLargestCircle) return;
        for (const auto& other : roles_.others) put(other, made, line);
    }

    struct Sender {
        std::string name;  // plain
        bool own = false;
        bool counts = false;  // in a group: someone who writes
    };

    const Sender& sender_of(std::string_view written) {
        const auto found = senders_.find(written);
        if (found != senders_.end()) return found->second;
        Sender sender;
        sender.name = plain_name(written);
        sender.own = roles_.owner.contains(sender.name);
        sender.counts = sender.own || std::find(roles_.others.begin(), roles_.others.end(), sender.name) !=
                                          roles_.others.end();
        return senders_.emplace(std::string(written), std::move(sender)).first->second;
    }

    // Clocks move at full quarters of an hour: within one the zone need not be asked again.
    Instant to_utc(WallTime at) {
        const auto quarter = std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<900>>>(at);
        if (quarter != quarter_) {
            quarter_ = quarter;
            offset_ = at.time_since_epoch() - options_.zone.to_utc(at).time_since_epoch();
        }
        return Instant(at.time_since_epoch() - offset_);
    }

    // iOS says so in a line of its own; Android in one that has no sender.
    static Channel channel_of(std::string_view text) {
        if (!text.starts_with(kMark)) return Channel::message;
        text.remove_prefix(kMark.size());
        if (text.starts_with("Missed voice call") || text.starts_with("Voice call")) return Channel::call;
        if (text.starts_with("Missed video call") || text.starts_with("Video call"))
            return Channel::video_call;
        return Channel::message;
    }

    // Messages of one minute (or second) differ by their place among their like.
    std::uint64_t natural_key(std::string_view conversation, std::string_view sender, WallTime at) {
        const auto key = Hash64().add("whatsapp").add(conversation).add(sender).value();
        if (at != last_) {
            last_ = at;
            in_moment_.clear();
        }
        const auto before = std::count(in_moment_.begin(), in_moment_.end(), key);
        if (in_moment_.size() < 1'000) in_moment_.push_back(key);
        return Hash64().add(static_cast<std::int64_t>(key)).add(std::int64_t{before}).value();
    }

    void put(const std::string& name, core::ContactMade made, std::int64_t line) {
        const auto& key = key_of(name, line);
        if (key.empty()) return;
        made.who = {Network::whatsapp, key};
        out_.emit(std::move(made), line);
    }

    const std::string& key_of(const std::string& name, std::int64_t line) {
        const auto found = keys_.find(name);
        if (found != keys_.end()) return found->second;
        const bool number = !name.empty() && name.find_first_not_of("+0123456789 ()-./") == std::string::npos;
        const auto e164 = number ? to_e164(name, options_.region) : std::nullopt;
        auto key = e164 ? *e164 : name.empty() ? std::string{} : "name:" + name;
        if (!key.empty() && seen_.insert(key).second) {
            core::IdentitySeen seen{{Network::whatsapp, key}, {}};
            if (e164)
                seen.attributes.phones.push_back(*e164);
            else if (!number)
                seen.attributes.name.full =
                    trim(name.starts_with('~') ? std::string_view(name).substr(1) : name);
            out_.emit(std::move(seen), line);
        }
        return keys_.emplace(name, std::move(key)).first->second;
    }

    const Scan& scan_;
    const ParseOptions& options_;
    Emitter& out_;
    std::size_t next_ = 0;
    const Chat* chat_ = nullptr;
    ChatRoles roles_;
    DateOrder order_ = DateOrder::day_month;
    std::int64_t heads_ = 0;
    WallTime last_;
    std::vector<std::uint64_t> in_moment_;
    std::map<std::string, Sender, std::less<>> senders_;  // of this chat, as written
    std::chrono::local_time<std::chrono::duration<std::int64_t, std::ratio<900>>> quarter_{};
    std::chrono::milliseconds offset_{};
    std::unordered_map<std::string, std::string> keys_;  // of this chat, by plain name
    std::unordered_set<std::string> seen_;
    std::uint64_t total_ = 0;
};

}  // namespace

Result<Done> read_whatsapp(const Archive& archive, const Group& group, const ParseOptions& options,
                           Emitter& out, const Limits& limits) {
    const std::vector<EntryId> ids = group.ids();
    Scan scan(archive.name, options);
    CHECK(walk(archive, limits, ids, scan));
    scan.settle();
    if (!group.files.empty()) out.enter(group.files.front().path);
    if (const auto& unsure = scan.owner().unsure(); !unsure.candidates.empty()) out.emit(unsure, 0);
    // A nickname would be taken for others' too.
    if (folded_words(scan.owner().found()).size() > 1) {
        core::OwnerSeen seen;
        seen.attributes.name.full = scan.owner().found();
        out.emit(std::move(seen), 0);
    }
    ChatFacts facts(scan, options, out);
    return walk(archive, limits, ids, facts);
}

}  // namespace vv::formats::archive
