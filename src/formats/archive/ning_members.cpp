#include "formats/archive/ning_members.h"

#include "base/text.h"
#include "formats/html_text.h"
#include "formats/json_fields.h"
#include "formats/owner_choice.h"
#include "formats/person_card.h"

#include <algorithm>
#include <boost/json/object.hpp>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestAnswer = 500;
constexpr std::size_t kLongestNote = 3'000;
constexpr std::size_t kMostNamesakes = 10;

// "ann@example.com/ " as the archiver leaves some.
std::string_view clean_email(std::string_view written) {
    written = trim(written);
    while (written.ends_with('/') || written.ends_with(' ')) written.remove_suffix(1);
    return written;
}

bool is_address(std::string_view answer) {
    return (answer.starts_with("http://") || answer.starts_with("https://") || answer.starts_with("www.")) &&
           answer.find_first_of(" \n") == std::string_view::npos;
}

// An object of questions and answers, or an empty list. Answers that are addresses are the member's pages.
void read_answers(const json::value& member_, core::Attributes& attributes) {
    const auto* questions = member(member_, "profileQuestions");
    const auto* answers = questions ? questions->if_object() : nullptr;
    if (!answers) return;
    for (const auto& answer : *answers) {
        const auto text = html_to_text(text_of(answer.value()));
        const auto clean = trim(truncate_utf8(text, kLongestAnswer));
        if (clean.empty() || attributes.note.size() > kLongestNote) continue;
        if (is_address(clean)) add_value(attributes.urls, clean);
        if (!attributes.note.empty()) attributes.note += '\n';
        attributes.note += truncate_utf8({answer.key().data(), answer.key().size()}, 100);
        attributes.note += ": ";
        attributes.note += clean;
    }
}

// Letters and digits of ASCII come through folding, in their order: a name whose own are not within `folded`
// is another one.
bool may_fold_to(std::string_view name, std::string_view folded) {
    std::size_t at = 0;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (!upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) continue;
        at = folded.find(upper ? static_cast<char>(c - 'A' + 'a') : c, at);
        if (at++ == std::string_view::npos) return false;
    }
    return true;
}

}  // namespace

bool is_ning_member(const json::value& item) {
    const bool has_either = member(item, "fullName") || member(item, "level");
    return has_either && !member(item, "title") && !member(item, "startDate");
}

core::IdentityKey ning_key(std::string_view contributor) {
    return {core::Network::ning, std::string(contributor)};
}

std::optional<Instant> ning_time(const json::value& item, std::string_view name) {
    const auto at = parse_rfc3339(text_at(item, name));
    return at ? std::optional(*at) : std::nullopt;
}

core::Attributes ning_attributes(const json::value& member) {
    core::Attributes attributes;
    attributes.name.full = trim(truncate_utf8(text_at(member, "fullName"), 1'000));
    add_value(attributes.emails, clean_email(text_at(member, "email")));
    attributes.place = trim(truncate_utf8(text_at(member, "location"), kLongestAnswer));
    if (attributes.place.empty()) attributes.place = trim(truncate_utf8(text_at(member, "country"), 100));
    const auto written = text_at(member, "birthdate");
    // The first day of Unix is what is kept where nobody has said.
    if (const auto born = parse_date(written); born && int(born->year()) > 1'900 && written != "1970-01-01")
        attributes.birthday =
            core::Birthday{int(born->year()), unsigned(born->month()), unsigned(born->day())};
    read_answers(member, attributes);
    return attributes;
}

NingOwner::NingOwner(const ParseOptions& options) : options_(options) {
    for (const auto& email : options.owner_emails) emails_.push_back(ascii_lower(email));
    for (const auto& name : options.owner_names)
        if (auto folded = fold(name); !folded.empty()) names_.push_back(std::move(folded));
}

void NingOwner::add(const json::value& member) {
    const auto key = text_at(member, "contributorName");
    if (key.empty()) return;
    const bool is_creator = text_at(member, "level") == "owner";
    const bool has_name = is_named(text_at(member, "fullName"));
    if (is_addressed(clean_email(text_at(member, "email")))) add_to(by_email_, key, member);
    if (has_name) add_to(by_name_, key, member);
    if (has_name && is_creator) add_to(namesake_creator_, key, member);
    if (is_creator) add_to(creator_, key, member);
}

bool NingOwner::is_addressed(std::string_view email) const {
    if (email.empty() || emails_.empty()) return false;
    return std::find(emails_.begin(), emails_.end(), ascii_lower(email)) != emails_.end();
}

// Folding takes long, and networks are large.
bool NingOwner::is_named(std::string_view name) const {
    return std::any_of(names_.begin(), names_.end(),
                       [&](const auto& own) { return may_fold_to(name, own) && fold(name) == own; });
}

void NingOwner::add_to(Found& found, std::string_view key, const json::value& member) {
    const bool is_known =
        std::any_of(found.begin(), found.end(), [&](const Member& one) { return one.key == key; });
    if (!is_known && found.size() < kMostNamesakes)
        found.push_back({std::string(key), ning_attributes(member)});
}

void NingOwner::take(const Member& member) {
    key_ = member.key;
    attributes_ = member.attributes;
}

// Several of the account's name, or a creator of another name than the account's. Until it is answered the
// creator, to whom alone Ning gives the archive.
void NingOwner::ask() {
    std::vector<core::OwnerCandidate> candidates;
    for (const auto& one : by_name_)
        candidates.push_back({ning_key(one.key), one.attributes.name.full, core::OwnerEvidence::named});
    const auto is_named = [&](const Member& one) {
        return std::any_of(by_name_.begin(), by_name_.end(),
                           [&](const Member& other) { return other.key == one.key; });
    };
    for (const auto& one : creator_)
        if (!is_named(one))
            candidates.push_back({ning_key(one.key), one.attributes.name.full, core::OwnerEvidence::creator});
    if (candidates.empty()) return;
    unsure_ = choose_owner(options_, std::move(candidates));
    const bool is_answered = std::any_of(unsure_.candidates.begin(), unsure_.candidates.end(),
                                         [&](const auto& one) { return is_confirmed(options_, one.key); });
    if (!is_answered && creator_.size() == 1 && !is_denied(options_, ning_key(creator_.front().key)))
        unsure_.taken = creator_.front().key;
    for (const auto* members : {&by_name_, &creator_})
        for (const auto& one : *members)
            if (one.key == unsure_.taken) return take(one);
}

void NingOwner::settle() {
    for (const auto* found : {&by_email_, &namesake_creator_, &by_name_})
        if (found->size() == 1) return take(found->front());
    const bool is_stranger = !(emails_.empty() && names_.empty());  // to an account that has told its name
    if (by_name_.empty() && creator_.size() == 1 && !is_stranger) return take(creator_.front());
    ask();
}

core::OwnerSeen NingOwner::fact() const {
    return {attributes_, {ning_key(key_)}};
}

}  // namespace vv::formats::archive
