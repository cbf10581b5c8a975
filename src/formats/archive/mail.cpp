#include "formats/archive/mail.h"

#include "base/text.h"
#include "formats/archive/mail_people.h"
#include "formats/archive/metered.h"
#include "formats/hash.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

namespace vv::formats::archive {
namespace {

using core::Direction;
using core::IdentityKey;
using core::Network;

constexpr int kLettersForOwner = 5'000;  // of each file
constexpr std::size_t kMostContacts =
    200;  // of one letter: more recipients are a mailing, not a contact each

class OwnerScan final : public Visitor {
public:
    explicit OwnerScan(MailOwner& owner) : owner_(owner) {}
    Result<Step> visit(Entry& entry) override {
        Letters letters(entry);
        Letter letter;
        for (int i = 0; i < kLettersForOwner; ++i) {
            TRY(const bool more, letters.next(letter));
            if (!more) break;
            owner_.add(letter);
        }
        return Step::go_on;
    }
    void unreadable(Unreadable) override {}

private:
    MailOwner& owner_;
};

class MailFacts final : public Visitor {
public:
    MailFacts(const MailOwner& owner, const ParseOptions& options, Emitter& out)
        : owner_(owner), options_(options), out_(out) {}

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        Metered metered(entry, options_, total_);
        if (!owner_.is_known()) {
            out_.reject(
                1, "it can't be told which address is yours; add it to your account and import again.", {});
            return Step::go_on;
        }
        Letters letters(metered);
        Letter letter;
        while (!out_.stopped()) {
            TRY(const bool more, letters.next(letter));
            if (!more) break;
            out_.count_record();
            read(letter);
        }
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

private:
    void read(const Letter& letter) {
        if (is_bulk(letter) || is_put_away(letter[MailField::gmail_labels])) return;
        const auto all = correspondents_of(letter);
        if (all.from.empty()) {
            if (all.to.empty() && letter[MailField::date].empty()) return;  // a mailbox's own notes
            return out_.reject(letter.line, "the letter has no sender that can be read; it was left out.",
                               letter[MailField::from]);
        }
        const auto& sender = all.from.front();
        const bool own = owner_.is(sender.email);
        if (!own && is_robot(sender.email)) return;
        const auto at = time_of(letter);
        if (!at)
            return out_.reject(letter.line, "the letter has no date that can be read; it was left out.",
                               letter[MailField::date]);
        core::ContactMade made;
        made.channel = core::Channel::mail;
        made.at = *at;
        made.people = people_of(all);
        made.content_hash = natural_key(letter, sender);
        if (!own) return put(sender, Direction::in, std::move(made), letter.line);
        std::size_t contacts = 0;
        for (const auto& recipient : all.to) {
            if (owner_.is(recipient.email) || owner_.is_list(recipient.email) || is_robot(recipient.email))
                continue;
            if (++contacts > kMostContacts) break;
            put(recipient, Direction::out, made, letter.line);
        }
    }

    // Drafts were never sent; spam and what was thrown away say nothing.
    static bool is_put_away(const std::string& labels) {
        if (labels.empty()) return false;
        static constexpr std::array<std::string_view, 5> kAway = {"Spam", "Trash", "Drafts", "Draft", "Chat"};
        const auto decoded = decode_mail_text(labels);
        for (const auto label : split(decoded, ','))
            if (std::find(kAway.begin(), kAway.end(), trim(label)) != kAway.end()) return true;
        return false;
    }

    // What the sender says, else when it was received ("from … by …; Tue, 23 Nov 2010 18:28:30 +0100").
    [[nodiscard]] std::optional<Instant> time_of(const Letter& letter) const {
        const auto latest = options_.now + std::chrono::days(2);
        if (const auto at = parse_mail_date(letter[MailField::date]); at && *at <= latest) return at;
        const std::string_view received = letter[MailField::received];
        const auto semicolon = received.rfind(';');
        if (semicolon == std::string_view::npos) return std::nullopt;
        const auto at = parse_mail_date(received.substr(semicolon + 1));
        return at && *at <= latest ? at : std::nullopt;
    }

    // The owner counts once, under whatever addresses, and is there also when only a blind copy came.
    [[nodiscard]] int people_of(const Correspondents& all) const {
        std::unordered_set<std::string_view> others;
        for (const auto* list : {&all.from, &all.to})
            for (const auto& address : *list)
                if (!owner_.is(address.email) && !is_robot(address.email)) others.insert(address.email);
        return std::max(2, static_cast<int>(others.size()) + 1);
    }

    static std::uint64_t natural_key(const Letter& letter, const MailAddress& sender) {
        const auto id = trim(letter[MailField::message_id]);
        if (!id.empty()) return Hash64().add("mail").add(id).value();
        return Hash64().add("letter").add(sender.email).add(letter[MailField::to]).value();
    }

    void put(const MailAddress& address, Direction direction, core::ContactMade made, std::int64_t line) {
        made.who = {Network::email, address.email};
        made.direction = direction;
        if (seen_.insert(Hash64().add(address.email).add(address.name).value()).second) {
            core::IdentitySeen seen{made.who, {}};
            seen.attributes.name.full = address.name;
            seen.attributes.emails.push_back(address.email);
            out_.emit(std::move(seen), line);
        }
        out_.emit(std::move(made), line);
    }

    const MailOwner& owner_;
    const ParseOptions& options_;
    Emitter& out_;
    std::unordered_set<std::uint64_t> seen_;
    std::uint64_t total_ = 0;
};

}  // namespace

Result<Done> read_mail(const Archive& archive, const Group& group, const ParseOptions& options, Emitter& out,
                       const Limits& limits) {
    const std::vector<EntryId> ids = group.ids();
    MailOwner owner(options);
    OwnerScan scan(owner);
    CHECK(walk(archive, limits, ids, scan));
    owner.settle();
    if (!group.files.empty()) out.enter(group.files.front().path);
    if (!owner.found().empty()) {
        core::OwnerSeen seen;
        for (const auto& email : owner.found()) {
            seen.attributes.emails.push_back(email);
            seen.keys.push_back({Network::email, email});
        }
        out.emit(std::move(seen), 0);
    }
    MailFacts facts(owner, options, out);
    return walk(archive, limits, ids, facts);
}

}  // namespace vv::formats::archive
