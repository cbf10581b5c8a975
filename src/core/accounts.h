// core/accounts.h — an account, what it is made of, and the rules for each part.
//
// A check takes what somebody typed and returns it in its one canonical form, or `invalid` with the field's
// name and what to do. Nothing is stored that has not been through here: parse, don't validate.
#pragma once

#include "base/geo.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "core/people.h"

#include <optional>
#include <string>
#include <string_view>

namespace vv::core {

using SessionId = Id<struct SessionTag>;
using InviteId = Id<struct InviteTag>;
using LinkId = Id<struct LinkTag>;

/// Who may make an account on this server: everybody, those with an invitation, nobody.
enum class SignUp { open, invited, closed };
std::string_view to_string(SignUp sign_up);
std::optional<SignUp> parse_sign_up(std::string_view name);

/// Where an account lives, coarsely: `at` is the centre of a 0.1 degree cell (base/geo.h).
struct Home {
    std::string name;  // the city as the account wrote it; may be empty
    LatLng at;
    bool operator==(const Home&) const = default;
};

struct Account {
    AccountId id;
    std::string handle;  // public: how others here name the account
    std::string email;   // private
    std::optional<Instant> email_verified_at;
    std::string full_name;
    Zone zone;
    std::optional<Home> home;
    std::string region;  // ISO 3166 alpha-2, for telephone numbers without a country; may be empty
    bool is_admin = false;
    bool findable = false;  // by its verified e-mail address, to those who already know that address
    std::string locale = "en";
    Instant created_at;
};

/// The account as others may see it.
struct AccountName {
    AccountId id;
    std::string handle;
    std::string name;
};

inline constexpr std::size_t kMinPassword = 10;     // code points
inline constexpr std::size_t kMaxPassword = 1'000;  // bytes: hashing must stay cheap to refuse

/// 2 to 30 of a-z, 0-9 and _; capitals are lowered, and a leading @ is dropped.
Result<std::string> check_handle(std::string_view text);
/// Whether strangers could take this handle for the server's own voice ("admin", "support"); only the
/// operator gives such a one away.
bool is_reserved_handle(std::string_view handle);
/// One mailbox address of ASCII letters (RFC 5321's dot-atom form, at most 254 bytes), lower case.
Result<std::string> check_email(std::string_view text);
/// 1 to 100 code points of valid UTF-8 without control characters, trimmed.
Result<std::string> check_full_name(std::string_view text);
Result<Zone> check_zone(std::string_view text);
/// A BCP 47 language tag in its simple form ("en", "pt-BR").
Result<std::string> check_locale(std::string_view text);
/// The name at most 100 code points (or empty), the place snapped to its cell.
Result<Home> check_home(std::string_view name, LatLng at);
/// At least kMinPassword code points, at most kMaxPassword bytes, not among the passwords that are tried
/// first, not one character again and again, and not made of the account's own names. `field` names the input
/// in the error.
Result<Done> check_password(std::string_view password, std::string_view handle, std::string_view email,
                            std::string_view field = "password");

/// The country that telephone numbers without one are read in: that of the home's city, else that of the
/// zone's largest city; empty when neither tells. ISO 3166 alpha-2.
std::string region_of(const std::optional<Home>& home, const Zone& zone);

}  // namespace vv::core
