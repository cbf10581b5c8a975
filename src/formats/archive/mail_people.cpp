#include "formats/archive/mail_people.h"

#include "base/text.h"
#include "formats/owner_choice.h"

#include <algorithm>
#include <array>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kMostAddresses = 100'000;
constexpr std::size_t kMostRecipients = 500;
constexpr std::size_t kMostOfTheOwner = 50;
constexpr std::int64_t kFewLetters = 3;

// Letters of a local part, without what people put between words.
std::string squeezed(std::string_view local) {
    std::string out;
    for (const char c : ascii_lower(local))
        if (c != '-' && c != '_' && c != '.' && c != '+') out += c;
    return out;
}

void add_new(std::vector<MailAddress>& list, std::vector<MailAddress> more) {
    for (auto& address : more) {
        const auto same = [&](const MailAddress& other) { return other.email == address.email; };
        const auto found = std::find_if(list.begin(), list.end(), same);
        if (found == list.end())
            list.push_back(std::move(address));
        else if (found->name.empty())
            found->name = std::move(address.name);
    }
}

// Gmail's labels, in the languages that name the folder of what was sent.
bool is_labelled_sent(std::string_view labels) {
    static constexpr std::array<std::string_view, 9> kSent = {"Sent",     "Gesendet",      "Envoyés",
                                                              "Enviados", "Posta inviata", "Verzonden",
                                                              "Skickat",  "Wysłane",       "Отправленные"};
    const auto decoded = decode_mail_text(labels);
    for (const auto label : split(decoded, ','))
        if (std::find(kSent.begin(), kSent.end(), trim(label)) != kSent.end()) return true;
    return false;
}

}  // namespace

bool is_robot(std::string_view email) {
    const auto local = email.substr(0, email.find('@'));
    if (local.find('=') != std::string_view::npos) return true;  // a return path that holds another address
    const auto word = squeezed(local);
    static constexpr std::array<std::string_view, 12> kWithin = {
        "noreply", "donotreply", "mailerdaemon", "postmaster",  "bounce",      "notification",
        "notify",  "autoreply",  "newsletter",   "unsubscribe", "autoconfirm", "automailer"};
    static constexpr std::array<std::string_view, 7> kWhole = {"nobody",  "daemon",    "root",    "alerts",
                                                               "updates", "automated", "listserv"};
    return std::any_of(kWithin.begin(), kWithin.end(),
                       [&](auto part) { return word.find(part) != std::string::npos; }) ||
           std::find(kWhole.begin(), kWhole.end(), word) != kWhole.end();
}

bool is_bulk(const Letter& letter) {
    if (!letter[MailField::list_id].empty() || !letter[MailField::list_post].empty() ||
        !letter[MailField::list_unsubscribe].empty())
        return true;
    const auto precedence = ascii_lower(trim(letter[MailField::precedence]));
    if (precedence == "bulk" || precedence == "list" || precedence == "junk") return true;
    const auto automatic = ascii_lower(trim(letter[MailField::auto_submitted]));
    return !automatic.empty() && !automatic.starts_with("no");
}

Correspondents correspondents_of(const Letter& letter) {
    Correspondents all;
    add_new(all.from, parse_mail_addresses(letter[MailField::from], 10));
    for (const auto field : {MailField::to, MailField::cc, MailField::bcc})
        if (all.to.size() < kMostRecipients)
            add_new(all.to, parse_mail_addresses(letter[field], kMostRecipients));
    return all;
}

MailOwner::MailOwner(const ParseOptions& options) : options_(options) {
    for (const auto& email : options.owner_emails) emails_.insert(lower(email));
}

// "List-Post: <mailto:friends@lists.example.org>", "List-Id: Friends <friends.lists.example.org>"
void MailOwner::add_list(const Letter& letter) {
    if (lists_.size() >= kMostAddresses) return;
    const auto post = ascii_lower(letter[MailField::list_post]);
    if (const auto at = post.find("mailto:"); at != std::string::npos)
        lists_.insert(post.substr(at + 7, post.find_first_of(">?", at) - at - 7));
    const auto id = ascii_lower(letter[MailField::list_id]);
    const auto open = id.rfind('<');
    const auto close = id.rfind('>');
    const auto dot = id.find('.', open == std::string::npos ? 0 : open);
    if (open != std::string::npos && close != std::string::npos && dot < close)
        lists_.insert(id.substr(open + 1, dot - open - 1) + "@" + id.substr(dot + 1, close - dot - 1));
}

void MailOwner::add(const Letter& letter) {
    if (is_bulk(letter)) return add_list(letter);
    const auto all = correspondents_of(letter);
    if (all.from.empty() || is_robot(all.from.front().email)) return;
    ++letters_;
    std::unordered_set<std::string> part;
    for (const auto& address : all.from) part.insert(address.email);
    for (const auto& address : all.to) part.insert(address.email);
    for (const auto& address : parse_mail_addresses(letter[MailField::delivered_to], 1)) {
        part.insert(address.email);
        if (delivered_.size() < kMostAddresses) ++delivered_[address.email];
    }
    bool known = false;
    for (const auto& email : part) {
        known = known || emails_.contains(email);
        if (parts_.size() < kMostAddresses) ++parts_[email];
    }
    known_ += known ? 1 : 0;
    if (!letter[MailField::gmail_labels].empty() && is_labelled_sent(letter[MailField::gmail_labels]))
        sent_.insert(all.from.front().email);
}

void MailOwner::accept(const std::string& email) {
    if (found_.size() < kMostOfTheOwner && emails_.insert(email).second) found_.push_back(email);
}

void MailOwner::ask(const std::string& email, std::int64_t letters) {
    const core::IdentityKey key{core::Network::email, email};
    if (!emails_.empty()) unsure_ = choose_owner(options_, {{key, {}, core::OwnerEvidence::most, letters}});
    if (!is_denied(options_, key)) accept(email);
}

void MailOwner::settle() {
    for (const auto& email : sent_) accept(email);
    std::int64_t arrived = 0;
    for (const auto& [email, count] : delivered_) arrived += count;
    for (const auto& [email, count] : delivered_)
        if (count >= kFewLetters && count * 10 >= arrived) accept(email);
    // Where none of these has part in most letters, whoever alone has is the owner.
    const bool unknown = known_ * 5 < letters_ * 3 && sent_.empty() && found_.empty();
    if (unknown && letters_ >= kFewLetters) {
        std::int64_t most = 0;
        std::int64_t next = 0;
        std::string leader;
        for (const auto& [email, count] : parts_) {
            next = std::max(next, std::min(count, most));
            if (count > most) leader = email;
            most = std::max(most, count);
        }
        if (most * 5 >= letters_ * 3 && next < most) ask(leader, most);
    }
    std::sort(found_.begin(), found_.end());
}

}  // namespace vv::formats::archive
