// jobs/import_writer.h — takes facts as a parser finds them and writes them in batches, a batch behind.
//
// While the parser fills one batch, the one before is being written on a database thread: at most two are in
// memory. Of an archive of any size it holds those two, and the keys of people it has seen, of which it
// forgets all when they grow too many. Used by one thread.
#pragma once

#include "base/picture_shrinker.h"
#include "core/facts.h"
#include "store/database.h"
#include "store/facts.h"
#include "store/imports.h"
#include "store/photos.h"

#include <cstdint>
#include <functional>
#include <future>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vv::jobs {

struct WriterOptions {
    core::AccountId owner;
    store::imports::ImportId import;
    Instant now;
    std::string region;                   // for the owner's telephone numbers
    std::function<Result<Done>()> go_on;  // asked every thousand facts
    std::function<void()> idle;           // called when nothing is being written: a time to tell the progress
    std::int64_t most_identities;         // of the owner's, with those that were there before
    std::function<Result<SmallPicture>(std::string_view)> shrink;  // a stranger's picture
};

class ImportWriter final : public core::FactSink, public core::TopicSink {
public:
    ImportWriter(store::Database& db, IdSource& ids, WriterOptions options);
    ~ImportWriter() override;
    ImportWriter(const ImportWriter&) = delete;
    ImportWriter& operator=(const ImportWriter&) = delete;

    /// The files whose facts follow, by their path: those of these that are not read yet. What each brings is
    /// counted in its row, which must stay where it is until flush(); facts of other files are dropped.
    void expect(const std::string& archive, std::vector<store::imports::File>& files);
    bool take(core::Fact fact) override;
    void take(core::TopicSeen seen) override;
    /// Writes what is left and waits for it; no file is expected any more.
    Result<Done> flush();
    /// Nothing comes any more: what it remembers of keys is given back before who is who is told. After
    /// flush().
    void forget_keys();

    [[nodiscard]] const Result<Done>& state() const { return state_; }
    struct Found {
        std::int64_t people = 0, contacts = 0, encounters = 0, rejected = 0;
    };
    [[nodiscard]] const Found& found() const { return found_; }
    /// What archives told of the owner so far, for parsers of the next ones.
    [[nodiscard]] const std::vector<store::facts::OwnerKeyRow>& owner_keys() const { return owner_keys_; }
    /// Since expect(): who of several the owner may be.
    [[nodiscard]] const std::optional<core::OwnerUnsure>& unsure() const { return unsure_; }

private:
    struct Batch {
        store::facts::Batch facts;
        std::vector<store::imports::Rejection> rejections;
        std::vector<store::photos::Photo> photos;
        [[nodiscard]] bool is_full() const;
    };
    /// A key seen: its id, or −1 − n when it is the n-th for which an id is still to be drawn.
    struct Slot {
        store::facts::Ref ref = 0;
        store::facts::FileId file = 0;  // the last that named it
        std::size_t said = 0;           // a digest of what that file said last
    };
    using Slots = std::unordered_map<std::string, Slot>;

    void enter(const std::string& file);
    Slot& slot_of(const core::IdentityKey& key);
    store::facts::Ref named(const core::IdentityKey& key, std::int64_t line);
    void say(const core::IdentityKey& key, core::Attributes attributes, bool is_blocked, std::int64_t line);

    void add(core::IdentitySeen fact, std::int64_t line);
    void add(core::PhotoSeen fact, std::int64_t line);
    void add(core::TieDeclared fact, std::int64_t line);
    void add(core::ContactMade fact, std::int64_t line);
    void add(core::GatheringRecorded fact, std::int64_t line);
    void add(core::Busy fact, std::int64_t line);
    void add(core::VenueSeen fact, std::int64_t line);
    void add(core::PostWritten fact, std::int64_t line);
    void add(core::BlockRecorded fact, std::int64_t line);
    void add(core::OwnerUnsure fact, std::int64_t line);
    void add(core::OwnerSeen fact, std::int64_t line);
    void add(core::Rejected fact, std::int64_t line);

    void submit();
    void wait();
    void learn_ids(std::vector<core::IdentityId> ids);
    void settle_refs(store::facts::Batch& batch) const;

    store::Database& db_;
    IdSource& ids_;
    WriterOptions options_;
    std::string archive_;
    std::unordered_map<std::string_view, store::imports::File*> files_;
    Found found_;
    std::vector<store::facts::OwnerKeyRow> owner_keys_;
    std::optional<core::OwnerUnsure> unsure_;
    std::int64_t rejections_ = 0;
    std::unordered_map<std::size_t, int> topics_;  // how many the file said of a key, by the key's hash
    std::optional<std::set<std::string>> photos_;  // those there are, once one is seen
    bool can_shrink_ = true;

    Slots slots_;
    std::vector<Slot*> drawing_;   // the slots of the batch being filled that have no id yet
    std::int64_t first_draw_ = 0;  // n of the first of them
    Batch batch_;
    std::vector<Slot*> in_flight_slots_;
    std::int64_t last_first_ = 0;  // the same of the batch that was written last, and what was drawn
    std::vector<core::IdentityId> last_ids_;
    std::future<Result<std::vector<core::IdentityId>>> in_flight_;
    Result<Done> state_ = Done{};
    std::uint64_t taken_ = 0;

    // The file of the fact being taken; facts come file by file.
    std::string current_name_;
    store::facts::FileId current_ = 0;
    store::imports::Line* current_counts_ = nullptr;
    std::string key_buffer_;
};

}  // namespace vv::jobs
