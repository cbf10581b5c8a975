#include "app/sessions.h"

#include "base/crypto.h"
#include "store/sessions.h"

namespace vv::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr hours kIdle{24 * 60};       // a telephone in a drawer for two months is signed out
constexpr hours kLifetime{24 * 365};  // and everybody once a year
constexpr minutes kTouchEvery{5};

}  // namespace

std::string make_session_token() {
    return random_token(32);
}

std::string session_hash(std::string_view token) {
    return sha256_hex(token);
}

Result<SignedIn> find_session(store::Tx& tx, std::string token_hash, Instant now) {
    const auto found = store::sessions::find(tx, token_hash, now);
    if (!found) return Error(Fault::unauthenticated, "session.unknown", "Sign in first.");
    return SignedIn{
        {found->account, now, found->zone}, found->id, found->is_admin, now - found->seen_at >= kTouchEvery};
}

Result<Done> touch_session(store::Tx& tx, core::SessionId session, Instant now) {
    store::sessions::touch(tx, session, now, kIdle, kLifetime);
    return Done{};
}

}  // namespace vv::app
