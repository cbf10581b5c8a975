#include "jobs/import_writer.h"

#include "base/phone.h"
#include "base/plain_line.h"
#include "base/text.h"
#include "core/attributes.h"

#include <algorithm>
#include <utility>

namespace vv::jobs {
namespace {

using core::IdentityKey;
using store::facts::Ref;

/// What a transaction may hold. Contacts are small and sorted by key before they are written, so that many of
/// them share each page; identities are large.
constexpr std::size_t kMostContacts = 100'000;
constexpr std::size_t kMostSources = 8'000;
constexpr std::size_t kMostOthers = 20'000;
constexpr std::size_t kMostPhotos = 500;
/// Keys remembered between batches: some 30 MB.
constexpr std::size_t kMostSlots = 150'000;
/// Stored for the owner to look at; beyond that they are only counted.
constexpr std::int64_t kMostRejections = 10'000;
/// Of one key in one file: whoever comments every day is not known better by it.
constexpr int kMostTopics = 50;
constexpr std::uint64_t kAskEvery = 1024;

void mix(std::size_t& digest, std::string_view text) {
    digest = (digest ^ std::hash<std::string_view>{}(text)) * 0x9e3779b97f4a7c15ULL;
}

/// Tells what was said before from what is new; a collision would cost an attribute once in 2^64.
std::size_t digest_of(const core::Attributes& a, bool is_blocked) {
    std::size_t digest = is_blocked ? 1 : 2;
    for (const auto* text : {&a.name.full, &a.name.given, &a.name.additional, &a.name.family, &a.name.prefix,
                             &a.name.suffix, &a.name.nickname, &a.name.maiden, &a.organisation, &a.title,
                             &a.place, &a.note, &a.next_step, &a.photo_hash})
        mix(digest, *text);
    for (const auto* list : {&a.other_names, &a.emails, &a.phones, &a.urls, &a.handles, &a.labels}) {
        mix(digest, "|");
        for (const std::string& text : *list) mix(digest, text);
    }
    if (a.birthday)
        mix(digest, std::to_string(a.birthday->year * 10000 +
                                   static_cast<int>(a.birthday->month * 100 + a.birthday->day)));
    return digest;
}

/// The event that an occurrence's key belongs to: a UID may hold a slash, but hardly one with
/// "20101123T182830Z" after it.
std::string series_of(const std::string& key) {
    const std::size_t slash = key.rfind('/');
    if (slash == std::string::npos || key.size() - slash != 17) return key;
    const bool is_stamp = std::all_of(key.begin() + static_cast<std::ptrdiff_t>(slash) + 1, key.end(),
                                      [](char c) { return (c >= '0' && c <= '9') || c == 'T' || c == 'Z'; });
    return is_stamp ? key.substr(0, slash) : key;
}

Error too_many(std::int64_t most) {
    return {Fault::conflict, "import.too_many",  // no later try would do better
            "With this import the account would have more than " + std::to_string(most) +
                " entries of people, so nothing of it was kept; import a part of it."};
}

}  // namespace

bool ImportWriter::Batch::is_full() const {
    const auto& f = facts;
    return f.contacts.size() >= kMostContacts || f.sources.size() >= kMostSources ||
           f.ties.size() + f.gatherings.size() + f.busy.size() + f.posts.size() + f.topics.size() +
                   f.venues.size() >=
               kMostOthers ||
           photos.size() >= kMostPhotos;
}

ImportWriter::ImportWriter(store::Database& db, IdSource& ids, WriterOptions options)
    : db_(db), ids_(ids), options_(std::move(options)) {}

ImportWriter::~ImportWriter() {
    if (in_flight_.valid()) in_flight_.wait();
}

void ImportWriter::expect(const std::string& archive, std::vector<store::imports::File>& files) {
    archive_ = archive;
    unsure_.reset();
    files_.clear();
    current_name_.clear();
    current_ = 0;
    for (auto& file : files) {
        if (file.is_read) continue;
        files_[file.name] = &file;
        file.counts = {};
    }
}

bool ImportWriter::take(core::Fact fact) {
    if (!state_) return false;
    enter(fact.from.file);
    if (current_ != 0) std::visit([&](auto& body) { add(std::move(body), fact.from.line); }, fact.body);
    if (batch_.is_full()) submit();
    if (++taken_ % kAskEvery == 0 && state_) {
        if (options_.idle && !in_flight_.valid()) options_.idle();
        state_ = options_.go_on();
    }
    return state_.ok();
}

void ImportWriter::take(core::TopicSeen seen) {
    if (!state_) return;
    enter(seen.from.file);
    if (current_ == 0) return;
    if (topics_.size() > kMostSlots) topics_.clear();
    std::size_t digest = static_cast<std::size_t>(seen.who.network);
    mix(digest, seen.who.key);
    if (++topics_[digest] <= kMostTopics)
        batch_.facts.topics.push_back({std::move(seen.who), std::move(seen.topic), current_});
}

void ImportWriter::enter(const std::string& file) {
    if (file == current_name_ && current_ != 0) return;
    topics_.clear();
    const auto at = files_.find(file);
    current_name_ = file;
    current_ = at == files_.end() ? 0 : at->second->id;
    current_counts_ = current_ == 0 ? nullptr : &at->second->counts;
}

ImportWriter::Slot& ImportWriter::slot_of(const IdentityKey& key) {
    key_buffer_.assign(1, static_cast<char>('a' + static_cast<int>(key.network)));
    key_buffer_ += key.key;
    const auto at = slots_.find(key_buffer_);
    if (at != slots_.end()) return at->second;
    Slot& slot = slots_[key_buffer_];
    batch_.facts.keys.push_back(key);
    slot.ref = -first_draw_ - static_cast<Ref>(batch_.facts.keys.size());
    drawing_.push_back(&slot);  // a node's address stands while the map grows
    return slot;
}

Ref ImportWriter::named(const IdentityKey& key, std::int64_t line) {
    Slot& slot = slot_of(key);
    if (slot.file != current_) {
        slot.file = current_;
        slot.said = 0;
        batch_.facts.sources.push_back({slot.ref, current_, line, {}, false});
        ++current_counts_->identities;
        ++found_.people;
    }
    return slot.ref;
}

void ImportWriter::say(const IdentityKey& key, core::Attributes attributes, bool is_blocked,
                       std::int64_t line) {
    core::make_plain(attributes);
    Slot& slot = slot_of(key);
    const std::size_t said = digest_of(attributes, is_blocked);
    if (slot.file == current_ && slot.said == said) return;
    if (slot.file != current_) {
        ++current_counts_->identities;
        ++found_.people;
    }
    slot.file = current_;
    slot.said = said;
    batch_.facts.sources.push_back({slot.ref, current_, line, std::move(attributes), is_blocked});
}

void ImportWriter::add(core::IdentitySeen fact, std::int64_t line) {
    say(fact.who, std::move(fact.attributes), false, line);
}

/// A card goes in with or without its photo.
void ImportWriter::add(core::PhotoSeen fact, std::int64_t line) {
    if (!photos_) {
        const auto found = db_.read_now([&](store::Tx& tx) -> Result<std::set<std::string>> {
            return store::photos::hashes(tx, options_.owner);
        });
        photos_ = found ? *found : std::set<std::string>();
    }
    if (!can_shrink_ || photos_->contains(fact.hash)) return;
    auto small = options_.shrink(fact.bytes);
    if (small) {
        photos_->insert(fact.hash);
        batch_.photos.push_back({std::move(fact.hash), std::move(small->jpeg), small->look});
        return;
    }
    // What is wrong with the machine is said once.
    can_shrink_ = small.error().fault != Fault::unavailable;
    add(core::Rejected{"the card went in without its photo. " + small.error().detail, {}}, line);
}

void ImportWriter::add(core::TieDeclared fact, std::int64_t line) {
    ++current_counts_->ties;
    batch_.facts.ties.push_back({named(fact.who, line), fact.kind, fact.since, current_, line});
}

void ImportWriter::add(core::ContactMade fact, std::int64_t line) {
    ++current_counts_->contacts;
    ++found_.contacts;
    store::facts::ContactRow row;
    row.who = named(fact.who, line);
    row.at = fact.at;
    row.hash = static_cast<std::int64_t>(fact.content_hash);
    row.file = current_;
    row.line = line;
    row.people = fact.people;
    row.channel = fact.channel;
    row.direction = fact.direction;
    batch_.facts.contacts.push_back(row);
}

void ImportWriter::add(core::GatheringRecorded fact, std::int64_t line) {
    core::Gathering gathering{plain_line(fact.title),
                              fact.start,
                              fact.end,
                              fact.all_day,
                              plain_line(fact.place),
                              fact.at,
                              fact.presence,
                              fact.cancelled,
                              fact.owner,
                              {}};
    for (const core::Participant& participant : fact.participants) {
        if (participant.who.network == core::Network::email && core::is_resource_address(participant.who.key))
            continue;
        core::Attributes attributes;
        attributes.name.full = participant.name;
        say(participant.who, std::move(attributes), false, line);
        gathering.attendees.push_back({core::IdentityId{slot_of(participant.who).ref}, participant.response});
    }
    if (gathering.start <= options_.now && !core::met_at(gathering, {}).empty()) ++found_.encounters;
    batch_.facts.gatherings.push_back({std::move(fact.source), series_of(fact.key), std::move(fact.key),
                                       current_, line, fact.revision, std::move(gathering)});
}

void ImportWriter::add(core::Busy fact, std::int64_t) {
    if (fact.when.start < fact.when.end) ++current_counts_->busy;
    batch_.facts.busy.push_back({std::move(fact.key), fact.when, fact.days, current_});
}

void ImportWriter::add(core::VenueSeen fact, std::int64_t) {
    batch_.facts.venues.push_back({std::move(fact.key), std::move(fact.venue), current_});
}

void ImportWriter::add(core::PostWritten fact, std::int64_t) {
    ++current_counts_->posts;
    batch_.facts.posts.push_back(
        {std::move(fact.key), std::move(fact.text), std::move(fact.url), fact.at, current_});
}

void ImportWriter::add(core::BlockRecorded fact, std::int64_t line) {
    ++current_counts_->blocks;
    say(fact.who, {}, true, line);
}

void ImportWriter::add(core::OwnerUnsure fact, std::int64_t) {
    for (auto& candidate : fact.candidates) candidate.name = plain_line(candidate.name);
    unsure_ = std::move(fact);
}

void ImportWriter::add(core::OwnerSeen fact, std::int64_t) {
    std::vector<store::facts::OwnerKeyRow> rows;
    for (const IdentityKey& key : fact.keys)
        rows.push_back({std::string(core::to_string(key.network)), key.key, current_});
    for (const std::string& email : fact.attributes.emails)
        rows.push_back({"email", ascii_lower(email), current_});
    for (const std::string& phone : fact.attributes.phones)
        if (auto e164 = to_e164(phone, options_.region))
            rows.push_back({"phone", *std::move(e164), current_});
    if (!fact.attributes.name.full.empty()) rows.push_back({"name", fact.attributes.name.full, current_});
    owner_keys_.insert(owner_keys_.end(), rows.begin(), rows.end());
    batch_.facts.owner_keys.insert(batch_.facts.owner_keys.end(), rows.begin(), rows.end());
}

void ImportWriter::add(core::Rejected fact, std::int64_t line) {
    ++current_counts_->rejected;
    ++found_.rejected;
    if (++rejections_ > kMostRejections) return;
    batch_.rejections.push_back(
        {rejections_, archive_, current_name_, line, std::move(fact.error), std::move(fact.excerpt)});
}

void ImportWriter::submit() {
    wait();
    if (!state_) return;
    Batch batch = std::exchange(batch_, {});
    settle_refs(batch.facts);
    in_flight_slots_ = std::exchange(drawing_, {});
    last_first_ =
        std::exchange(first_draw_, first_draw_ + static_cast<std::int64_t>(in_flight_slots_.size()));
    in_flight_ = std::async(std::launch::async, [this, batch = std::move(batch)] {
        return db_.write_now([&](store::Tx& tx) -> Result<std::vector<core::IdentityId>> {
            if (!batch.rejections.empty())
                store::imports::add_rejections(tx, options_.owner, options_.import, batch.rejections);
            store::photos::keep(tx, options_.owner, batch.photos, Instant());
            auto written = store::facts::write(tx, options_.owner, batch.facts, ids_, options_.now);
            const bool may_be_new = !batch.facts.keys.empty();
            if (may_be_new && store::facts::count_identities(tx, options_.owner) > options_.most_identities)
                return too_many(options_.most_identities);
            return written;
        });
    });
    if (slots_.size() <= kMostSlots) return;
    wait();
    slots_.clear();
}

/// Rows name what the batch before drew by its number, and what this one will draw likewise: ids for those,
/// places in this batch's keys for these.
void ImportWriter::settle_refs(store::facts::Batch& batch) const {
    const auto settle = [this](Ref ref) {
        if (ref >= 0) return ref;
        const std::int64_t n = -1 - ref;
        return n < first_draw_ ? last_ids_[static_cast<std::size_t>(n - last_first_)].value
                               : -1 - (n - first_draw_);
    };
    for (auto& row : batch.sources) row.who = settle(row.who);
    for (auto& row : batch.ties) row.who = settle(row.who);
    for (auto& row : batch.contacts) row.who = settle(row.who);
    for (auto& row : batch.gatherings)
        for (core::Attendee& attendee : row.gathering.attendees)
            attendee.who.value = settle(attendee.who.value);
}

void ImportWriter::wait() {
    if (!in_flight_.valid()) return;
    auto ids = in_flight_.get();
    if (!ids) {
        state_ = ids.error();
        return;
    }
    learn_ids(*std::move(ids));
    if (options_.idle) options_.idle();
}

void ImportWriter::learn_ids(std::vector<core::IdentityId> ids) {
    for (std::size_t i = 0; i < ids.size(); ++i) in_flight_slots_[i]->ref = ids[i].value;
    in_flight_slots_.clear();
    last_ids_ = std::move(ids);
}

Result<Done> ImportWriter::flush() {
    submit();
    wait();
    files_.clear();
    current_ = 0;
    return state_;
}

void ImportWriter::forget_keys() {
    Slots().swap(slots_);
    last_ids_ = {};
    drawing_ = {};
}

}  // namespace vv::jobs
