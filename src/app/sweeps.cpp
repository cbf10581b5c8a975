#include "app/sweeps.h"

#include "app/network_asks.h"
#include "store/network_asks.h"
#include "store/no_shows.h"
#include "store/sessions.h"
#include "store/throttles.h"
#include "store/tokens.h"

namespace vv::app {
namespace {

using std::chrono::hours;

constexpr hours kLinksKept{30 * 24};
constexpr hours kLongestRefill{24};  // of all throttles: after it every bucket is full

}  // namespace

Result<Done> sweep_accounts(store::Tx& tx, Instant now) {
    store::sessions::remove_expired(tx, now);
    store::tokens::remove_expired(tx, now - kLinksKept);
    store::throttles::remove_idle(tx, now - kLongestRefill);
    store::no_shows::forget(tx, now);
    return Done{};
}

Result<Done> sweep_sends(store::Tx& tx, Instant now) {
    store::network_asks::forget(tx, now - kSendsCount);
    return Done{};
}

}  // namespace vv::app
