// base/result.h — a value or the reason why there is none.
//
// Everything a caller or the world can cause is a Result; exceptions are left for broken infrastructure (a
// lost database, no memory) and are caught in two places only: the transaction wrapper and the router or job
// runner.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

namespace vv {

/// What kind of refusal this is; each transport maps it to its own status exactly once.
enum class Fault { invalid, unauthenticated, forbidden, not_found, conflict, too_many, unavailable };

/// Why something was refused. `code` is public and stable ("meeting.closed"); `detail` is one sentence for
/// people that names the field, file or line and what to do. Neither ever holds a secret or another person's
/// data.
struct Error {
    Fault fault = Fault::invalid;
    std::string code;
    std::string detail;
    std::string field;  // the input at fault ("email"), when there is one
    std::chrono::seconds retry_after{
        0};  // too_many, unavailable: when it is worth trying again; 0 when unknown

    Error(Fault f, std::string c, std::string d = {}) : fault(f), code(std::move(c)), detail(std::move(d)) {}
    /// The same error, naming the input at fault.
    [[nodiscard]] Error at(std::string name) && {
        field = std::move(name);
        return std::move(*this);
    }
};

/// The value of a Result that has nothing to say but that it worked.
struct Done {};

template <class T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& operator*() & { return *std::get_if<0>(&held_); }
    const T& operator*() const& { return *std::get_if<0>(&held_); }
    T&& operator*() && { return std::move(*std::get_if<0>(&held_)); }
    T* operator->() { return std::get_if<0>(&held_); }
    const T* operator->() const { return std::get_if<0>(&held_); }

    Error& error() { return *std::get_if<1>(&held_); }
    [[nodiscard]] const Error& error() const { return *std::get_if<1>(&held_); }

private:
    std::variant<T, Error> held_;
};

}  // namespace vv

#define VV_CAT_(a, b) a##b
#define VV_CAT(a, b) VV_CAT_(a, b)
#define VV_TRY(leave, tmp, decl, ...) \
    auto tmp = (__VA_ARGS__);         \
    if (!tmp) [[unlikely]]            \
        leave std::move(tmp.error()); \
    decl = *std::move(tmp)
/// TRY(auto x, f()): x is f()'s value, or the enclosing function returns f()'s error.
#define TRY(decl, ...) VV_TRY(return, VV_CAT(result_, __LINE__), decl, __VA_ARGS__)
/// The same inside a coroutine.
#define CO_TRY(decl, ...) VV_TRY(co_return, VV_CAT(result_, __LINE__), decl, __VA_ARGS__)
/// CHECK(f()): the enclosing function returns f()'s error, if it has one; the value is not wanted.
#define CHECK(...)                                                 \
    do {                                                           \
        if (auto checked_ = (__VA_ARGS__); !checked_) [[unlikely]] \
            return std::move(checked_.error());                    \
    } while (false)

/// A broken invariant is a bug: say where and stop, in release too.
#define VV_ASSERT(condition)                                                                       \
    do {                                                                                           \
        if (!(condition)) [[unlikely]] {                                                           \
            std::fprintf(stderr, "%s:%d: broken invariant: %s\n", __FILE__, __LINE__, #condition); \
            std::abort();                                                                          \
        }                                                                                          \
    } while (false)
