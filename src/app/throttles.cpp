#include "app/throttles.h"

#include "app/keyed_hash.h"
#include "store/throttles.h"

namespace vv::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct Rule {
    std::string name;
    core::Limit limit;
    bool is_address = false;
};

Rule rule_of(Throttle what) {
    switch (what) {
        case Throttle::sign_in_account:
            return {"sign_in_account", {10, minutes(10)}};
        case Throttle::sign_in_address:
            return {"sign_in_address", {30, minutes(10)}, true};
        case Throttle::sign_up_address:
            return {"sign_up_address", {30, hours(1)}, true};
        case Throttle::password_account:
            return {"password_account", {10, minutes(10)}};
        case Throttle::mail_address:
            return {"mail_address", {20, hours(1)}, true};
        case Throttle::mail_to:
            return {"mail_to", {5, hours(1)}};
        case Throttle::guest_mail:
            return {"guest_mail", {6, hours(24)}};
        case Throttle::guest_answers:
            return {"guest_answers", {8, hours(24)}};
        case Throttle::token_address:
            return {"token_address", {30, minutes(10)}, true};
        case Throttle::handshake_words:
            return {"handshake_words", {10, minutes(10)}};
        case Throttle::handshake_address:
            return {"handshake_address", {30, minutes(10)}, true};
        case Throttle::link_account:
            return {"link_account", {20, hours(24)}};
        case Throttle::check_ins:
            return {"check_ins", {12, hours(24)}};
        case Throttle::asks_account:
            return {"asks_account", {200, hours(24)}};
        case Throttle::ways_account:
            return {"ways_account", {20, hours(24)}};
        case Throttle::lookouts:
            return {"lookouts", {20, hours(24)}};
        case Throttle::community_invites:
            return {"community_invites", {50, hours(24)}};
    }
    return {};
}

std::string key_of(store::Tx& tx, const Rule& rule, const std::string& subject) {
    return keyed_hash(tx, "throttle." + rule.name, rule.is_address ? core::network_of(subject) : subject);
}

}  // namespace

Result<Done> count_try(store::Tx& tx, Throttle what, std::string subject, Instant now) {
    const Rule rule = rule_of(what);
    const std::string key = key_of(tx, rule, subject);
    const core::Bucket found = store::throttles::hold(tx, key, {rule.limit.capacity, now});
    const core::Taken taken = core::take(found, rule.limit, now);
    if (!taken.allowed) {
        Error error(
            Fault::too_many, "throttle." + rule.name,
            "Too many tries; wait " + std::to_string(taken.retry_after.count()) + " seconds and try again.");
        error.retry_after = taken.retry_after;
        return error;
    }
    store::throttles::save(tx, key, taken.bucket);
    return Done{};
}

void forgive_try(store::Tx& tx, Throttle what, const std::string& subject, Instant now) {
    const Rule rule = rule_of(what);
    const std::string key = key_of(tx, rule, subject);
    const core::Bucket found = store::throttles::hold(tx, key, {rule.limit.capacity, now});
    store::throttles::save(tx, key, core::give_back(found, rule.limit));
}

}  // namespace vv::app
