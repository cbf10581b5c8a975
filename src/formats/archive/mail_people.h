// formats/archive/mail_people.h — who is behind a letter's addresses: the owner, people, lists, robots.
#pragma once

#include "formats/archive/mail_letters.h"
#include "formats/mail_headers.h"
#include "formats/options.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace vv::formats::archive {

/// Whether a machine sent it, or it went to a list.
bool is_bulk(const Letter& letter);
/// Whether nobody reads or writes at this address: no-reply, mailer-daemon.
bool is_robot(std::string_view email);

/// A letter's addresses, each once.
struct Correspondents {
    std::vector<MailAddress> from;
    std::vector<MailAddress> to;  // To, Cc and Bcc
};
Correspondents correspondents_of(const Letter& letter);

/// The owner's addresses: those known, those under which letters were sent or delivered, and the one that has
/// part in most letters.
class MailOwner {
public:
    explicit MailOwner(const ParseOptions& options);  // which outlives this

    void add(const Letter& letter);
    void settle();

    [[nodiscard]] bool is(const std::string& email) const { return emails_.contains(email); }
    [[nodiscard]] bool is_list(const std::string& email) const { return lists_.contains(email); }
    [[nodiscard]] bool is_known() const { return !emails_.empty(); }
    /// Whoever has part in most letters, where the account is known by other addresses; empty when it is
    /// certain.
    [[nodiscard]] const core::OwnerUnsure& unsure() const { return unsure_; }
    /// Those that were not known before, sorted.
    [[nodiscard]] const std::vector<std::string>& found() const { return found_; }

private:
    void accept(const std::string& email);
    void add_list(const Letter& letter);
    void ask(const std::string& email, std::int64_t letters);

    std::unordered_set<std::string> emails_;
    std::unordered_set<std::string> lists_;
    std::unordered_set<std::string> sent_;                     // senders of what is labelled as sent
    std::unordered_map<std::string, std::int64_t> delivered_;  // how many letters came in there
    std::unordered_map<std::string, std::int64_t> parts_;      // in how many letters it has part
    std::int64_t letters_ = 0;
    std::int64_t known_ = 0;  // letters in which a known address has part
    std::vector<std::string> found_;
    core::OwnerUnsure unsure_;
    const ParseOptions& options_;
};

}  // namespace vv::formats::archive
