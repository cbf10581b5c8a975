#include "app/sessions.h"

#include "app/throttles.h"
#include "base/crypto.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/leaving.h"

namespace vv::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr hours kIdle{24 * 60};       // a telephone in a drawer for two months is signed out
constexpr hours kLifetime{24 * 365};  // and everybody once a year
constexpr minutes kTouchEvery{5};
constexpr int kMostSessions = 50;

std::string canonical_login(std::string_view typed) {
    std::string login = ascii_lower(trim(typed));
    if (login.starts_with('@')) login.erase(0, 1);
    return login;
}

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
    return SignedIn{{found->account, now, found->zone},  found->id,        found->is_admin, found->is_leaving,
                    now - found->seen_at >= kTouchEvery, found->expires_at};
}

Result<Done> touch_session(store::Tx& tx, core::SessionId session, Instant now) {
    store::sessions::touch(tx, session, now, kIdle, kLifetime);
    return Done{};
}

NewSession open_session(store::Tx& tx, core::Account account, Browser browser, Instant now) {
    if (browser.replaced_hash) store::sessions::remove_by_token(tx, *browser.replaced_hash);
    std::string token = make_session_token();
    const std::string agent(truncate_utf8(scrub_utf8(browser.user_agent), 300));
    store::sessions::add(tx, {browser.session, account.id, agent, now, now, now + kIdle},
                         session_hash(token));
    store::sessions::remove_oldest(tx, account.id, kMostSessions);
    const auto leaves_at = store::leaving::leaves_at(tx, account.id);
    return {std::move(token), std::move(account), leaves_at};
}

Result<Challenge> begin_sign_in(store::Tx& tx, SignIn input, Instant now) {
    Challenge challenge;
    challenge.login = canonical_login(input.login);
    challenge.address = std::move(input.address);
    CHECK(count_try(tx, Throttle::sign_in_account, challenge.login, now));
    CHECK(count_try(tx, Throttle::sign_in_address, challenge.address, now));
    if (auto found = store::accounts::credentials(tx, challenge.login)) {
        challenge.account = found->account;
        challenge.password_hash = std::move(found->password_hash);
    }
    return challenge;
}

Result<NewSession> finish_sign_in(store::Tx& tx, Challenge challenge, Browser browser, Instant now) {
    if (!challenge.account ||
        store::accounts::password_hash(tx, *challenge.account) != challenge.password_hash)
        return wrong_password();
    auto account = store::accounts::find(tx, *challenge.account);
    const auto leaves_at = store::leaving::leaves_at(tx, *challenge.account);
    if (!account || (leaves_at && *leaves_at <= now)) return wrong_password();
    forgive_try(tx, Throttle::sign_in_account, challenge.login, now);
    forgive_try(tx, Throttle::sign_in_address, challenge.address, now);
    return open_session(tx, *std::move(account), std::move(browser), now);
}

Error wrong_password() {
    return Error(
        Fault::unauthenticated, "session.wrong",
        "That is not the name and password of an account here; check both, or ask for a new password.");
}

Result<Done> sign_out(store::Tx& tx, std::string token_hash) {
    store::sessions::remove_by_token(tx, token_hash);
    return Done{};
}

Result<std::vector<store::sessions::Session>> list_sessions(store::Tx& tx, Caller caller) {
    return store::sessions::list(tx, caller.account, caller.now);
}

Result<Done> end_session(store::Tx& tx, Caller caller, core::SessionId session) {
    if (!store::sessions::remove(tx, caller.account, session))
        return Error(Fault::not_found, "session.unknown", "This session has ended already.");
    return Done{};
}

}  // namespace vv::app
