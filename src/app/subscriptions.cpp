#include "app/subscriptions.h"

#include "app/encounters.h"
#include "app/imports.h"
#include "app/ties.h"
#include "base/text.h"
#include "store/free_time.h"
#include "store/gatherings.h"
#include "store/sources.h"

#include <algorithm>
#include <set>

namespace vv::app {
namespace {

namespace rows = store::subscriptions;

constexpr std::size_t kMostSubscriptions = 50;
constexpr std::size_t kMostUrl = 2000;         // bytes
constexpr std::size_t kMostName = 100;         // bytes
constexpr std::size_t kMostCredential = 1000;  // bytes
constexpr int kAtOnce = 100;
/// Longer than any look takes: should its process die, the next one comes after this.
constexpr std::chrono::minutes kTaken{60};

Error unknown() {
    return {Fault::not_found, "subscription.unknown", "There is no such subscription."};
}

Error bad_url(std::string_view why) {
    return Error(Fault::invalid, "subscription.url", std::string(why)).at("url");
}

/// "https://example.org/a/team.ics" without its scheme: "example.org/a/team.ics".
std::string_view after_scheme(std::string_view url) {
    return url.substr(url.find("://") + 3);
}

Result<std::string> parse_url(std::string_view text) {
    std::string url(trim(text));
    const std::string scheme = ascii_lower(url.substr(0, url.find(':')));
    if (url.find("://") != scheme.size() || (scheme != "http" && scheme != "https" && scheme != "webcal"))
        return bad_url("An address begins with https://, http:// or webcal://.");
    url = (scheme == "webcal" ? "https" : scheme) + url.substr(scheme.size());
    const auto is_odd = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; };
    if (url.size() > kMostUrl || !is_utf8(url) || std::any_of(url.begin(), url.end(), is_odd))
        return bad_url("An address has at most 2,000 bytes and no spaces.");
    const std::string_view rest = after_scheme(url);
    const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    if (host.empty()) return bad_url("An address names a host.");
    if (host.find('@') != std::string_view::npos)
        return bad_url("Give the name and the password by themselves, not inside the address.");
    return url;
}

/// For who gave none: the host and the file, which tell several of one host apart.
std::string name_after(std::string_view url) {
    std::string_view rest = after_scheme(url);
    rest = rest.substr(0, rest.find_first_of("?#"));
    while (rest.ends_with('/')) rest.remove_suffix(1);
    const std::string host(rest.substr(0, rest.find('/')));
    const auto slash = rest.rfind('/');
    const std::string file = slash == std::string_view::npos ? "" : " " + std::string(rest.substr(slash + 1));
    return std::string(truncate_utf8(host + file, kMostName));
}

Result<std::string> parse_name(std::string_view text, std::string_view url) {
    std::string name(trim(text));
    if (name.empty()) return name_after(url);
    const bool has_odd = std::any_of(name.begin(), name.end(), [](char c) {
        return static_cast<unsigned char>(c) < ' ' || c == '/' || c == '\\';
    });
    if (name.size() > kMostName || !is_utf8(name) || has_odd)
        return Error(Fault::invalid, "subscription.name", "A name has at most 100 bytes and no slashes.")
            .at("name");
    return name;
}

Result<Done> check(const NewSubscription& wanted) {
    if (wanted.every_minutes < core::kLeastMinutes || wanted.every_minutes > core::kMostMinutes)
        return Error(Fault::invalid, "subscription.every",
                     "It can be read every 15 minutes at the soonest and every 30 days at the latest.")
            .at("every_minutes");
    if (wanted.user.size() > kMostCredential || wanted.password.size() > kMostCredential ||
        wanted.user.find(':') != std::string::npos)
        return Error(Fault::invalid, "subscription.credentials",
                     "A name and a password have at most 1,000 bytes each, and a name no colon.")
            .at("user");
    return Done{};
}

/// What the import is called: an ending tells its reader what it is before it has looked.
std::string import_name(const Subscription& subscription) {
    const std::string& kind = subscription.kind;
    const std::string ending = kind == "feed"                            ? ".xml"
                               : kind == "contacts" || kind == "carddav" ? ".vcf"
                                                                         : ".ics";
    return subscription.name.ends_with(ending) ? subscription.name : subscription.name + ending;
}

/// Events that were to come and are no longer there do not take place; what was, was.
void take_back_coming(store::Tx& tx, const Caller& caller, const std::vector<std::string>& uids,
                      IdSource& ids) {
    std::vector<store::gatherings::Series> series;
    for (const std::string& uid : uids) series.push_back({"calendar", uid});
    std::vector<store::gatherings::Row> coming;
    std::set<core::IdentityId> touched;
    for (const auto& row : store::gatherings::load(tx, caller.account, series)) {
        if (row.record.empty()) continue;
        const core::Gathering gathering = store::gatherings::from_json(row.record);
        if (gathering.start <= caller.now) continue;
        for (const core::Attendee& attendee : gathering.attendees) touched.insert(attendee.who);
        coming.push_back(row);
    }
    store::free_time::forget(tx, caller.account, uids, caller.now);
    if (coming.empty()) return;
    store::gatherings::take_back(tx, caller.account, coming);
    settle_gatherings(tx, caller, series, store::sources::of_owner(tx, caller.account), ids);
    const auto people = store::sources::people_of(tx, caller.account, {touched.begin(), touched.end()});
    refresh_ties(tx, caller.account, people, caller.now);
}

std::vector<Subscription> take_due(store::Tx& tx, core::AccountId owner, Instant now) {
    auto due = rows::due(tx, owner, now, kAtOnce);
    for (const Subscription& one : due) rows::put_off(tx, one.owner, one.id, now + kTaken);
    return due;
}

}  // namespace

Result<Subscription> add_subscription(store::Tx& tx, Caller caller, NewSubscription wanted, IdSource* ids) {
    Subscription subscription;
    TRY(subscription.url, parse_url(wanted.url));
    TRY(subscription.name, parse_name(wanted.name, subscription.url));
    CHECK(check(wanted));
    const auto known = rows::list(tx, caller.account);
    if (std::ranges::any_of(known, [&](const Subscription& s) { return s.url == subscription.url; }))
        return Error(Fault::conflict, "subscription.known", "This address is read already.");
    if (known.size() >= kMostSubscriptions)
        return Error(Fault::conflict, "subscription.count",
                     "There are 50 subscriptions already; remove one first.");
    subscription.id = {ids->next(caller.now)};
    subscription.owner = caller.account;
    subscription.user = std::move(wanted.user);
    subscription.password = std::move(wanted.password);
    subscription.every_minutes = wanted.every_minutes;
    subscription.created_at = caller.now;
    subscription.next_at = caller.now + kTaken;
    rows::add(tx, subscription);
    if (!wanted.is_read_by_caller)
        store::jobs::add(tx, subscription_job(caller.account, subscription.id, caller.now, *ids), caller.now);
    return subscription;
}

Result<std::vector<Subscription>> list_subscriptions(store::Tx& tx, Caller caller) {
    return rows::list(tx, caller.account);
}

Result<Done> remove_subscription(store::Tx& tx, Caller caller, SubscriptionId id) {
    if (!rows::remove(tx, caller.account, id)) return unknown();
    return Done{};
}

Result<Subscription> find_subscription(store::Tx& tx, core::AccountId owner, SubscriptionId id) {
    auto found = rows::find(tx, owner, id);
    if (!found) return unknown();
    return *std::move(found);
}

store::jobs::NewJob subscription_job(core::AccountId owner, SubscriptionId id, Instant now, IdSource& ids) {
    store::jobs::NewJob job;
    job.id = {ids.next(now)};
    job.owner = owner;
    job.kind = kSubscriptionJob;
    job.key = to_string(id);
    job.payload = {{"subscription", to_string(id)}};
    job.run_at = now;
    return job;
}

Result<std::size_t> start_due_subscriptions(store::Tx& tx, Instant now, IdSource* ids) {
    const auto due = take_due(tx, core::AccountId{}, now);
    for (const Subscription& one : due)
        store::jobs::add(tx, subscription_job(one.owner, one.id, now, *ids), now);
    return due.size();
}

Result<std::vector<Subscription>> take_due_subscriptions(store::Tx& tx, Caller caller) {
    return take_due(tx, caller.account, caller.now);
}

Result<Subscription> note_look(store::Tx& tx, Caller caller, SubscriptionId id, Look look, bool starts_import,
                               IdSource* ids) {
    TRY(Subscription subscription, find_subscription(tx, caller.account, id));
    subscription.checked_at = caller.now;
    subscription.failures = look.error ? subscription.failures + 1 : 0;
    subscription.is_stopped = look.is_gone;
    subscription.error_code = look.error ? look.error->code : "";
    subscription.error = look.error ? look.error->detail : "";
    subscription.next_at = core::next_check(
        {caller.now, std::chrono::minutes(subscription.every_minutes), subscription.failures, look.asked});
    if (!look.error) {
        subscription.kind = std::move(look.kind);
        subscription.marks = std::move(look.marks);
    }
    if (!look.gone.empty()) {
        take_back_coming(tx, caller, look.gone, *ids);
        subscription.changed_at = caller.now;
    }
    if (!look.path.empty()) {
        NewImport wanted{{ids->next(caller.now)}, import_name(subscription), std::move(look.path), true};
        subscription.import = wanted.id;
        subscription.changed_at = caller.now;
        queue_import(tx, caller, std::move(wanted));
        if (starts_import) start_next_import(tx, caller.account, caller.now, *ids);
    }
    rows::save(tx, subscription);
    return subscription;
}

}  // namespace vv::app
