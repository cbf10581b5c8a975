#include "formats/archive/twitter_tweets.h"

#include "base/text.h"
#include "formats/dates.h"
#include "formats/hash.h"
#include "formats/html_text.h"
#include "formats/json_fields.h"
#include "formats/person_card.h"
#include "formats/topics.h"

#include <algorithm>
#include <array>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;

constexpr std::string_view kBroken = "\ufffd";
constexpr std::size_t kLongestName = 500;
constexpr std::size_t kMostSeen = 1'000'000;
// The day of the first tweet of all; archives hold a few with years long before.
constexpr Instant kFirstTweet = std::chrono::sys_days(std::chrono::year(2006) / 3 / 21);

int number_in(std::string_view text) {
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

int month_in(std::string_view text) {
    constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto at = kMonths.find(text);
    return text.size() == 3 && at != std::string_view::npos && at % 3 == 0 ? static_cast<int>(at / 3) + 1
                                                                           : -1;
}

// The handle in "RT @handle: …"; empty for what is no retweet.
std::string_view retweeted(std::string_view text) {
    if (!text.starts_with("RT @")) return {};
    text.remove_prefix(4);
    const auto end = std::find_if(text.begin(), text.end(), [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return !letter && !(c >= '0' && c <= '9') && c != '_';
    });
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

}  // namespace

std::optional<Instant> parse_tweet_time(std::string_view text) {
    if (text.ends_with(" +0000") && text.size() == 25) return parse_utc_stamp(text.substr(0, 19));
    if (text.size() != 30 || text[13] != ':' || text[16] != ':' || (text[20] != '+' && text[20] != '-'))
        return std::nullopt;
    const int month = month_in(text.substr(4, 3));
    const int day = number_in(text.substr(8, 2));
    const int hour = number_in(text.substr(11, 2));
    const int minute = number_in(text.substr(14, 2));
    const int second = number_in(text.substr(17, 2));
    const int offset = number_in(text.substr(21, 4));
    const int year = number_in(text.substr(26, 4));
    if (month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0 || offset < 0 || year < 0)
        return std::nullopt;
    const Date date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                    std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const auto east = std::chrono::hours(offset / 100) + std::chrono::minutes(offset % 100);
    return Instant(std::chrono::sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second) - (text[20] == '-' ? -east : east);
}

void TweetReader::read(const json::value& tweet, std::int64_t number) {
    out_.count_record();
    std::string id = id_at(tweet, "id_str");
    if (id.empty()) id = id_at(tweet, "id");
    auto text = text_at(tweet, "full_text");
    if (text.empty()) text = text_at(tweet, "text");
    const auto at = parse_tweet_time(text_at(tweet, "created_at"));
    if (id.empty() || !at)
        return out_.reject(number, "a tweet without an id or with a date that can't be read was left out.",
                           text);
    gather_mentions(tweet);
    std::erase_if(mentions_, [&](const Mention& mention) { return !see(mention, number); });
    const bool retweet = text.starts_with("RT @") || member(tweet, "retweeted_status") != nullptr;
    if (retweet) keep_retweeted(text);
    if (*at < kFirstTweet) return;
    core::ContactMade contact;
    contact.channel = core::Channel::mention;
    contact.direction = core::Direction::out;
    contact.at = *at;
    contact.people = 1 + static_cast<int>(mentions_.size());
    contact.content_hash = Hash64().add("tweet").add(id).value();
    for (const auto& mention : mentions_) {
        contact.who = {core::Network::twitter, mention.id};
        out_.emit(contact, number);
    }
    if (!retweet) put_tags(text, number);
    // What is retweeted are another's words.
    if (!retweet) emit_post(id, *at, unescape_html(text), number);
}

void TweetReader::gather_mentions(const json::value& tweet) {
    mentions_.clear();
    if (const auto* entities = member(tweet, "entities"))
        for (const auto& mention : items_at(*entities, "user_mentions")) {
            auto id = account_id(mention, "id_str");
            if (id.empty()) id = account_id(mention, "id");
            add_mention({std::move(id), text_at(mention, "screen_name"), text_at(mention, "name")});
        }
    auto id = account_id(tweet, "in_reply_to_user_id_str");
    if (id.empty()) id = account_id(tweet, "in_reply_to_user_id");
    add_mention({std::move(id), text_at(tweet, "in_reply_to_screen_name"), {}});
}

void TweetReader::add_mention(Mention mention) {
    const bool known = std::any_of(mentions_.begin(), mentions_.end(),
                                   [&](const Mention& one) { return one.id == mention.id; });
    if (mention.id.empty() || owner_.is(mention.id) || known || mentions_.size() >= 100) return;
    mentions_.push_back(std::move(mention));
}

// Whom the retweeted one mentions is not mentioned by the owner.
void TweetReader::keep_retweeted(std::string_view text) {
    const auto who = ascii_lower(retweeted(text));
    const auto is_it = [&](const Mention& mention) { return ascii_lower(mention.username) == who; };
    const auto found = std::find_if(mentions_.begin(), mentions_.end(), is_it);
    if (found == mentions_.end()) return;
    std::iter_swap(mentions_.begin(), found);
    mentions_.resize(1);
}

// False when the account can't be taken: its name is broken.
bool TweetReader::see(const Mention& mention, std::int64_t number) {
    if (mention.name.find(kBroken) != std::string_view::npos ||
        mention.username.find(kBroken) != std::string_view::npos) {
        out_.reject(number, "the name of someone mentioned holds bytes that are not UTF-8.", mention.name);
        return false;
    }
    if (seen_.size() >= kMostSeen) seen_.clear();
    const auto said = Hash64().add(mention.id).add(mention.username).add(mention.name).value();
    if (!seen_.insert(said).second) return true;
    core::IdentitySeen seen{{core::Network::twitter, mention.id}, {}};
    seen.attributes.name.full = trim(unescape_html(truncate_utf8(mention.name, kLongestName)));
    if (!mention.username.empty()) {
        seen.attributes.handles.push_back(handle("twitter", mention.username));
        seen.attributes.urls.push_back("https://twitter.com/" + std::string(mention.username));
    }
    out_.emit(std::move(seen), number);
    return true;
}

// What a tweet is about is said by its tags, of those whom it mentions.
void TweetReader::put_tags(std::string_view text, std::int64_t number) {
    for (const auto& tag : hashtags_in(text))
        for (const auto& mention : mentions_)
            put_topic(out_, {core::Network::twitter, mention.id}, core::TopicKind::tagged, tag, number);
}

void TweetReader::emit_post(const std::string& id, Instant at, std::string text, std::int64_t number) {
    const std::string by = owner_.username().empty() ? "i/web" : owner_.username();
    out_.emit(core::PostWritten{"twitter:" + id, at, std::move(text),
                                "https://twitter.com/" + by + "/status/" + id},
              number);
}

}  // namespace vv::formats::archive
