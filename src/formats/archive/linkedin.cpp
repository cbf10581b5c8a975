#include "formats/archive/linkedin.h"

#include "base/text.h"
#include "formats/archive/linkedin_owner.h"
#include "formats/archive/linkedin_parties.h"
#include "formats/archive/linkedin_tables.h"
#include "formats/archive/metered.h"
#include "formats/csv.h"
#include "formats/dates.h"
#include "formats/hash.h"
#include "formats/text_stream.h"

#include <algorithm>

namespace vv::formats::archive {
namespace {

using core::Channel;
using core::Direction;
using core::Network;

constexpr int kPreambleRows = 50;
constexpr int kOwnerSearchRows = 20'000;
constexpr int kCertainAfter = 100;
constexpr std::string_view kBroken = "\ufffd";

std::string full_name(std::string_view first, std::string_view last) {
    std::string name;
    name.reserve(first.size() + 1 + last.size());
    name += first;
    if (!first.empty() && !last.empty()) name += ' ';
    return name += last;
}

void read_parties(const Table& table, const CsvRow& row, Parties& parties) {
    parties.read(row.at(table[Column::from]), row.at(table[Column::from_url]), row.at(table[Column::to]),
                 row.at(table[Column::to_urls]));
}

bool is_yes(std::string_view cell) {
    return cell == "Yes" || cell == "yes" || cell == "true" || cell == "TRUE";
}

bool is_left_out(const Table& table, const CsvRow& row) {
    const auto folder = row.at(table[Column::folder]);
    return is_yes(row.at(table[Column::is_draft])) || is_yes(row.at(table[Column::in_draft])) ||
           folder == "SPAM" || folder == "DRAFT" || folder == "DRAFTS";
}

// Finds a file's table and gives each row after its header.
class Rows {
public:
    explicit Rows(ByteStream& file) : text_(file), csv_(text_) {}

    Result<std::optional<Table>> find_table() {
        for (int i = 0; i < kPreambleRows; ++i) {
            TRY(const bool more, csv_.next(row_));
            if (!more) break;
            if (auto table = linkedin_table(row_.fields)) return table;
        }
        return std::optional<Table>{};
    }
    Result<bool> next() { return csv_.next(row_); }
    [[nodiscard]] const CsvRow& row() const { return row_; }

private:
    TextStream text_;
    CsvReader csv_;
    CsvRow row_;
};

// The first pass: the owner's own tables.
class OwnerTables final : public Visitor {
public:
    explicit OwnerTables(LinkedInOwner& owner) : owner_(owner) {}
    Result<Step> visit(Entry& entry) override {
        Rows rows(entry);
        TRY(const auto table, rows.find_table());
        while (table) {
            TRY(const bool more, rows.next());
            if (!more) break;
            if (rows.row().problem == CsvProblem::none) owner_.add(*table, rows.row());
        }
        return Step::go_on;
    }
    void unreadable(Unreadable) override {}

private:
    LinkedInOwner& owner_;
};

// The second pass: as many messages as it takes to know the owner's address. The oldest exports leave out
// recipients' addresses: of those every sender is remembered.
class OwnerSearch final : public Visitor {
public:
    OwnerSearch(LinkedInOwner& owner, KnownSlugs& known) : owner_(owner), known_(known) {}
    Result<Step> visit(Entry& entry) override {
        Rows rows(entry);
        TRY(const auto table, rows.find_table());
        if (!table || table->role != Role::messages) return Step::go_on;
        const bool whole = table->has(Column::to_urls);
        for (int i = 0; i < kOwnerSearchRows || !whole; ++i) {
            TRY(const bool more, rows.next());
            if (!more) break;
            if (rows.row().problem != CsvProblem::none || is_left_out(*table, rows.row())) continue;
            read_parties(*table, rows.row(), parties_);
            if (!whole) known_.add(parties_.sender());
            const bool certain = owner_.add_message(parties_.all(), whole);
            if (certain && whole && i > kCertainAfter) return Step::stop;
        }
        return Step::go_on;
    }
    void unreadable(Unreadable) override {}

private:
    LinkedInOwner& owner_;
    KnownSlugs& known_;
    Parties parties_;
};

// The third pass: everything, in the archive's order.
class FactReader final : public Visitor {
public:
    FactReader(const LinkedInOwner& owner, const KnownSlugs& known, const ParseOptions& options, Emitter& out)
        : owner_(owner), known_(known), options_(options), out_(out) {}

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        Metered metered(entry, options_, read_);
        Rows rows(metered);
        TRY(const auto table, rows.find_table());
        if (!table) {
            out_.reject(1, "this file of LinkedIn's has no header that is known; export it again.",
                        rows.row().raw);
            return Step::go_on;
        }
        while (!out_.stopped()) {
            TRY(const bool more, rows.next());
            if (!more) return Step::go_on;
            read_row(*table, rows.row());
        }
        return Step::stop;
    }
    void unreadable(Unreadable) override {}

private:
    void read_row(const Table& table, const CsvRow& row) {
        out_.count_record();
        if (row.problem != CsvProblem::none) return out_.reject(row.line, describe(row.problem), row.raw);
        if (row.fields.size() > table.width || row.fields.size() + 1 < std::min<std::size_t>(table.width, 5))
            return out_.reject(row.line,
                               "the row has " + std::to_string(row.fields.size()) + " columns, its header " +
                                   std::to_string(table.width) + "; a comma or a quote may be astray.",
                               row.raw);
        if (table.role == Role::connections) read_connection(table, row);
        if (table.role == Role::messages) read_message(table, row);
        if (table.role == Role::invitations) read_invitation(table, row);
    }

    bool reject_broken(const CsvRow& row, std::string_view a, std::string_view b) {
        if (a.find(kBroken) == std::string_view::npos && b.find(kBroken) == std::string_view::npos)
            return false;
        out_.reject(row.line, "the name or the address holds bytes that are not UTF-8.", row.raw);
        return true;
    }

    void read_connection(const Table& table, const CsvRow& row) {
        const auto first = trim(row.at(table[Column::first_name]));
        const auto last = trim(row.at(table[Column::last_name]));
        const auto url = trim(row.at(table[Column::url]));
        std::string name = full_name(first, last);
        if (reject_broken(row, name, url)) return;
        const Party who{name, slug_in(url, scratch_)};
        if (who.slug.empty() && is_nobody(name)) return;  // a closed account
        const auto seen_as = seen_.fetch(who.slug, who.name);
        auto key = key_of(who);
        core::IdentitySeen seen{key, {}};
        seen.attributes.name.full = std::move(name);
        seen.attributes.name.given = first;
        seen.attributes.name.family = last;
        if (!url.empty()) seen.attributes.urls.emplace_back(url);
        if (const auto email = trim(row.at(table[Column::email])); !email.empty())
            seen.attributes.emails.emplace_back(email);
        seen.attributes.organisation = trim(row.at(table[Column::company]));
        seen.attributes.title = trim(row.at(table[Column::position]));
        out_.emit(std::move(seen), row.line);
        seen_.insert(seen_as);
        declare_connection(std::move(key), trim(row.at(table[Column::date])), row);
    }

    void declare_connection(core::IdentityKey key, std::string_view written, const CsvRow& row) {
        core::TieDeclared tie{std::move(key), core::TieKind::connected, std::nullopt};
        const auto day = parse_day(written);
        if (day) tie.since = start_in_utc(*day);
        out_.emit(std::move(tie), row.line);
        if (!day && !written.empty())
            out_.reject(row.line,
                        "the date '" + std::string(truncate_utf8(written, 40)) +
                            "' can't be read; the connection went in without it.",
                        row.raw);
    }

    void read_message(const Table& table, const CsvRow& row) {
        if (is_left_out(table, row)) return;
        read_parties(table, row, parties_);
        const auto& sender = parties_.sender();
        if (sender.slug.empty() && (table.has(Column::from_url) || is_nobody(sender.name)))
            return;  // closed, or an ad
        if (reject_broken(row, sender.name, sender.slug)) return;
        const auto at = parse_stamp(trim(row.at(table[Column::date])));
        if (!at)
            return out_.reject(row.line, "the date of a message can't be read; it was left out.", row.raw);
        core::ContactMade contact;
        contact.at = *at;
        contact.people = static_cast<int>(parties_.all().size());
        contact.content_hash = natural_key(row.at(table[Column::conversation]), *at, sender);
        if (is_outgoing(table, row))
            send_to_all(contact, row.line);
        else
            contact_with(sender, Direction::in, contact, row.line);
    }

    // The owner's own address may have changed since: then the name tells, when nobody else there is the
    // owner.
    bool is_outgoing(const Table& table, const CsvRow& row) {
        const auto& all = parties_.all();
        if (owner_.is(all.front()) || row.at(table[Column::folder]) == "SENT") return true;
        const bool received =
            std::any_of(all.begin() + 1, all.end(), [&](const Party& p) { return owner_.is(p); });
        return !received && owner_.is({all.front().name, {}});
    }

    // Two messages of one second in one conversation differ by their order among their like.
    std::uint64_t natural_key(std::string_view conversation, Instant at, const Party& sender) {
        const auto key = Hash64().add(conversation).add(millis(at)).add(sender.slug).add(sender.name).value();
        if (at != second_) {
            second_ = at;
            in_second_.clear();
        }
        const auto before = std::count(in_second_.begin(), in_second_.end(), key);
        if (in_second_.size() < 1'000) in_second_.push_back(key);
        return before == 0 ? key
                           : Hash64().add(static_cast<std::int64_t>(key)).add(std::int64_t{before}).value();
    }

    void send_to_all(const core::ContactMade& contact, std::int64_t line) {
        for (std::size_t i = 1; i < parties_.all().size(); ++i) {
            const auto& recipient = parties_.all()[i];
            if (owner_.is(recipient) || (recipient.slug.empty() && is_nobody(recipient.name))) continue;
            contact_with(recipient, Direction::out, contact, line);
        }
    }

    void contact_with(Party party, Direction direction, core::ContactMade contact, std::int64_t line) {
        if (party.slug.empty()) party.slug = known_.find(party.name);
        see(party, line);
        contact.who = key_of(party);
        contact.direction = direction;
        out_.emit(std::move(contact), line);
    }

    void read_invitation(const Table& table, const CsvRow& row) {
        read_parties(table, row, parties_);
        if (parties_.all().size() != 2)
            return out_.reject(row.line, "the invitation does not name two people; it was left out.",
                               row.raw);
        const auto written = row.at(table[Column::direction]);
        const bool outgoing =
            written == "OUTGOING" || (written != "INCOMING" && owner_.is(parties_.sender()));
        const auto& other = parties_.all()[outgoing ? 1 : 0];
        if (other.slug.empty() && is_nobody(other.name)) return;
        if (reject_broken(row, other.name, other.slug)) return;
        see(other, row.line);
        const auto at = parse_stamp(trim(row.at(table[Column::date])));
        if (!at)
            out_.reject(row.line, "the date of an invitation can't be read; it went in without it.", row.raw);
        out_.emit(core::TieDeclared{key_of(other),
                                    outgoing ? core::TieKind::invited : core::TieKind::invited_by, at},
                  row.line);
        if (!at || trim(row.at(table[Column::note])).empty()) return;
        core::ContactMade note{
            key_of(other), Channel::invitation, outgoing ? Direction::out : Direction::in, *at, 2, 0};
        note.content_hash = Hash64().add("invitation").add(millis(*at)).value();
        out_.emit(std::move(note), row.line);
    }

    // "2023-06-11 15:33:58 UTC" without a detour, else whatever a day and a time may look like; without a
    // zone: UTC.
    static std::optional<Instant> parse_stamp(std::string_view text) {
        if (const auto at = parse_utc_stamp(text)) return at;
        const auto wall = parse_day_and_time(text);
        return wall ? std::optional(Instant(wall->time_since_epoch())) : std::nullopt;
    }

    void see(const Party& party, std::int64_t line) {
        if (!seen_.insert(seen_.fetch(party.slug, party.name))) return;
        core::IdentitySeen seen{key_of(party), {}};
        seen.attributes.name.full = party.name;
        if (!party.slug.empty())
            seen.attributes.urls.push_back("https://www.linkedin.com/in/" + std::string(party.slug));
        out_.emit(std::move(seen), line);
    }

    const LinkedInOwner& owner_;
    const KnownSlugs& known_;
    const ParseOptions& options_;
    Emitter& out_;
    Parties parties_;
    std::string scratch_;
    NamesSeen seen_;                        // of slugs whose identity has been put out
    Instant second_;                        // of the last message
    std::vector<std::uint64_t> in_second_;  // natural keys of the messages of that second
    std::uint64_t read_ = 0;
};

}  // namespace

std::optional<std::string> linkedin_slug(std::string_view url) {
    std::string scratch;
    const auto slug = slug_in(url, scratch);
    return slug.empty() ? std::nullopt : std::optional(std::string(slug));
}

Result<Done> read_linkedin(const Archive& archive, const Group& group, const ParseOptions& options,
                           Emitter& out, const Limits& limits) {
    LinkedInOwner owner;
    const auto own = group.ids({Role::profile, Role::email_addresses, Role::phone_numbers});
    OwnerTables tables(owner);
    CHECK(walk(archive, limits, own, tables));
    KnownSlugs known;
    OwnerSearch search(owner, known);
    CHECK(walk(archive, limits, group.ids({Role::messages}), search));
    owner.settle(options);
    if (!owner.unsure().candidates.empty()) out.emit(owner.unsure(), 0);
    if (owner.is_known()) out.emit(owner.fact(), 0);
    FactReader reader(owner, known, options, out);
    for (const auto role : {Role::connections, Role::invitations, Role::messages})
        CHECK(walk(archive, limits, group.ids({role}), reader));
    return Done{};
}

}  // namespace vv::formats::archive
