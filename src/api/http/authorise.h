// api/http/authorise.h — from the cookie to the account that asks.
//
// read_as() and write_as() look the session up in the same transaction that answers: one trip to a database
// thread. authorise() is for handlers that need to know who asks before they know what to run.
#pragma once

#include "api/http/context.h"
#include "app/sessions.h"
#include "base/result.h"
#include "net/request.h"
#include "net/router.h"

#include <boost/asio/awaitable.hpp>
#include <string>
#include <utility>

namespace vv::api {

inline constexpr const char* kSessionCookie = "visavis_session";

/// What is stored of the request's session cookie. `unauthenticated` session.none without one.
Result<std::string> session_hash_of(const net::Request& request);

/// `unauthenticated` without a cookie that is good now. Now and then it notes that the session is in use.
/// `forbidden` account.leaving when more than reading is asked of an account that is on its way out, unless
/// that is what the handler is for.
enum class Leaving { refused, allowed };
boost::asio::awaitable<Result<app::SignedIn>> authorise(Context& context, const net::Request& request,
                                                        Leaving leaving = Leaving::refused);

/// The one answer to it.
Error account_leaving();

/// For RouteOptions::admit: lets those in who are signed in, before their body is read.
net::Handler admit_signed_in(Context& context);

/// A use case's answer and whose session it was.
template <class T>
struct Answered {
    app::SignedIn who;
    T value;

    /// Something else for the same session.
    template <class U>
    [[nodiscard]] Answered<U> with(U other) const {
        return {who, std::move(other)};
    }
};

/// A use case for whoever holds the cookie. Runs on a database thread.
template <class T, class... Params>
Result<Answered<T>> answer_as(store::Tx& tx, std::string token_hash, Instant now,
                              Result<T> (*use_case)(store::Tx&, app::Caller, Params...),
                              std::decay_t<Params>... args) {
    TRY(app::SignedIn who, app::find_session(tx, std::move(token_hash), now));
    TRY(T value, use_case(tx, who.caller, std::move(args)...));
    return Answered<T>{std::move(who), std::move(value)};
}

/// The same for one that writes. `forbidden` account.leaving for an account that is on its way out.
template <class T, class... Params>
Result<Answered<T>> change_as(store::Tx& tx, std::string token_hash, Instant now,
                              Result<T> (*use_case)(store::Tx&, app::Caller, Params...),
                              std::decay_t<Params>... args) {
    TRY(app::SignedIn who, app::find_session(tx, std::move(token_hash), now));
    if (who.is_leaving) return account_leaving();
    TRY(T value, use_case(tx, who.caller, std::move(args)...));
    return Answered<T>{std::move(who), std::move(value)};
}

template <class T, class... Params>
using AnswerAs = Result<Answered<T>> (*)(store::Tx&, std::string, Instant,
                                         Result<T> (*)(store::Tx&, app::Caller, Params...),
                                         std::decay_t<Params>...);

/// Notes that a session is in use, when that is due; the answer does not depend on it.
boost::asio::awaitable<void> keep_session(Context& context, app::SignedIn who);

/// As read_as(), with whose session it was: for answers that are kept (kept_routes.h).
template <class T, class... Params, class... Args>
boost::asio::awaitable<Result<Answered<T>>> read_answered(Context& context, const net::Request& request,
                                                          Result<T> (*use_case)(store::Tx&, app::Caller,
                                                                                Params...),
                                                          Args... args) {
    CO_TRY(std::string hash, session_hash_of(request));
    const AnswerAs<T, Params...> run = &answer_as<T, Params...>;
    auto answered =
        co_await context.db.read(run, std::move(hash), context.now(), use_case, std::move(args)...);
    if (!answered) co_return std::move(answered.error());
    if (answered->who.is_stale) co_await keep_session(context, answered->who);
    co_return std::move(answered);
}

/// Runs a use case that only reads, for the account that asks.
template <class T, class... Params, class... Args>
boost::asio::awaitable<Result<T>> read_as(Context& context, const net::Request& request,
                                          Result<T> (*use_case)(store::Tx&, app::Caller, Params...),
                                          Args... args) {
    CO_TRY(Answered<T> answered, co_await read_answered(context, request, use_case, std::move(args)...));
    co_return std::move(answered.value);
}

/// Runs a use case that writes, for the account that asks; afterwards the jobs look for what it left them.
template <class T, class... Params, class... Args>
boost::asio::awaitable<Result<T>> write_as(Context& context, const net::Request& request,
                                           Result<T> (*use_case)(store::Tx&, app::Caller, Params...),
                                           Args... args) {
    CO_TRY(std::string hash, session_hash_of(request));
    const AnswerAs<T, Params...> run = &change_as<T, Params...>;
    auto answered =
        co_await context.db.write(run, std::move(hash), context.now(), use_case, std::move(args)...);
    if (!answered) co_return std::move(answered.error());
    context.wake_jobs();
    if (answered->who.is_stale) co_await keep_session(context, answered->who);
    co_return std::move(answered->value);
}

}  // namespace vv::api
