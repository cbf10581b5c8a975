#include "formats/archive/facebook_messages.h"

#include "base/text.h"
#include "formats/archive/facebook_text.h"
#include "formats/hash.h"
#include "formats/json_fields.h"

#include <algorithm>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;
using core::Channel;
using core::Direction;

constexpr std::size_t kMostRecipients = 20;

// Members of the older export, or of the newer one for conversations that are encrypted end to end.
std::string_view either(const json::value& record, std::string_view older, std::string_view newer) {
    const auto text = text_at(record, older);
    return text.empty() ? text_at(record, newer) : text;
}

// Somebody who was added to a group or has left it wrote nothing.
bool is_notice(const json::value& message) {
    const auto type = text_at(message, "type");
    return type == "Subscribe" || type == "Unsubscribe";
}

// A call says that it was one; that there was a picture, only its text does, in every language by that word.
Channel channel_of(const json::value& message) {
    const auto type = text_at(message, "type");
    if (type != "Call" && type != "call" && !member(message, "call_duration")) return Channel::message;
    const auto text = fold(facebook_text(either(message, "content", "text")));
    const bool video = text.find("video") != std::string::npos || text.find("wideo") != std::string::npos;
    return video ? Channel::video_call : Channel::call;
}

}  // namespace

void FacebookSeen::see(const core::IdentityKey& who, const std::string& name, std::int64_t number) {
    if (friends_.is_friend(name) || !seen_.insert(Hash64().add(who.key).value()).second) return;
    core::IdentitySeen seen{who, {}};
    seen.attributes.name.full = name;
    out_.emit(std::move(seen), number);
}

void FacebookMessages::begin_file(const FacebookThread& thread) {
    thread_ = &thread;
    owner_missed_ = false;
    last_ = {};
    in_instant_.clear();
    others_ = thread.names;
    std::erase_if(others_,
                  [&](const std::string& name) { return owner_.is(name) || is_facebook_nobody(name); });
}

// Without an owner nobody can tell who wrote to whom.
bool FacebookMessages::is_readable(const JsonRecord& record) {
    if (owner_.is_known()) return true;
    if (!owner_missed_)
        out_.reject(record.number,
                    "whose messages these are can't be told; import them together with "
                    "profile_information.json of the same export.",
                    {});
    owner_missed_ = true;
    return false;
}

void FacebookMessages::read(const JsonRecord& record) {
    out_.count_record();
    const auto& message = record.value;
    if (is_notice(message) || !is_readable(record)) return;
    auto at = facebook_time(message, "timestamp_ms");
    if (!at) at = facebook_time(message, "timestamp");
    const auto sender = facebook_name(either(message, "sender_name", "senderName"));
    if (!at || (sender.empty() && !member(message, "sender_name")))
        return out_.reject(record.number,
                           at ? "this message has no sender; it was left out."
                              : "this message has no time that can be read; it was left out.",
                           sender);
    if (is_facebook_nobody(sender)) return;
    core::ContactMade made;
    made.channel = channel_of(message);
    made.direction = owner_.is(sender) ? Direction::out : Direction::in;
    made.at = *at;
    made.people = static_cast<int>(std::max<std::size_t>(thread_->people, 2));
    made.content_hash = natural_key(made, sender);
    if (made.direction == Direction::in) return contact_with(sender, made, record.number);
    if (others_.size() > kMostRecipients) return;  // a speech to many is no contact with each
    for (const auto& name : others_) contact_with(name, made, record.number);
}

// What stays the same from export to export: neither the owner's name nor where the thread lies does. Two of
// one instant differ by their order among their like.
std::uint64_t FacebookMessages::natural_key(const core::ContactMade& made, std::string_view sender) {
    const bool out = made.direction == Direction::out;
    const auto key = Hash64()
                         .add(made.channel == Channel::message ? "message" : "call")
                         .add(millis(made.at))
                         .add(out ? std::string_view{} : sender)
                         .add(std::int64_t{out})
                         .value();
    if (made.at != last_) {
        last_ = made.at;
        in_instant_.clear();
    }
    const auto before = std::count(in_instant_.begin(), in_instant_.end(), key);
    if (in_instant_.size() < 1'000) in_instant_.push_back(key);
    return before == 0 ? key : Hash64().add(static_cast<std::int64_t>(key)).add(std::int64_t{before}).value();
}

void FacebookMessages::contact_with(const std::string& name, core::ContactMade& made, std::int64_t number) {
    made.who = friends_.find(name, thread_->folder, made.at);
    seen_.see(made.who, name, number);
    out_.emit(made, number);
}

}  // namespace vv::formats::archive
