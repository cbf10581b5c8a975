// app/ways.h — over whom a way leads to somebody: the network of those who agreed to stand on ways, in
// memory.
//
// Loaded in the background when a server starts, from the file in which the last one left it
// (app/ways_file.h) or else from the store in steps, and brought up to date every second from what has
// changed since (store/ways.h), whoever wrote it. Anew every day, as trust fades. Until it has been loaded
// there are no ways.
//
// What is told of a way is its first step, one of the asker's own people, and nothing else: not how long it
// is, not over whom it goes on, not how warm it is.
#pragma once

#include "app/caller.h"
#include "core/person.h"
#include "store/database.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vv::app {

class Ways {
public:
    Ways();
    ~Ways();
    Ways(const Ways&) = delete;
    Ways& operator=(const Ways&) = delete;

    /// Where it is kept over a restart; before the first refresh(). What is read from there is taken on with
    /// what has changed since, unless it is damaged, older than a day, or not of this database's past.
    void keep_in(std::string file) { file_ = std::move(file); }
    /// Writes that file, when there is something new. Every hour while it is refreshed, and when a server
    /// stops.
    Result<Done> save(Instant now);

    /// One step of half a second or so: loads on, or takes in what has changed. By one thread at a time.
    Result<Done> refresh(store::Database& db, Instant now);
    /// From any thread; false until everything has been loaded once.
    [[nodiscard]] bool is_ready() const;

    /// Over whom the warmest way goes first, then the warmest that shares no broker with it, and so on: four
    /// at most. Everybody on a way has agreed, and whoever is at its end. From any thread.
    [[nodiscard]] std::vector<core::AccountId> first_steps(core::AccountId from, core::AccountId to) const;

private:
    struct Network;
    struct Loading;
    struct Missed;
    Result<Done> load_on(store::Database& db, Instant now);
    Result<Done> catch_up(store::Database& db, Instant now);

    void start_from_file(store::Database& db, Instant now);

    std::string file_;  // empty: nowhere
    bool has_started_ = false;
    std::unique_ptr<Network> network_;
    std::unique_ptr<Loading> loading_;
};

struct WaysTo {
    bool is_ready = false;
    std::vector<core::Person> first;  // of the caller's people, the warmest way's first
};
/// To an account by its handle. Nobody for one that there isn't, that has not agreed, or that keeps the
/// caller away. Counted: what ways there are says something of who knows whom. `too_many`.
Result<WaysTo> find_ways(store::Tx& tx, Caller caller, std::string handle, const Ways* ways);

}  // namespace vv::app
