// formats/archive/mastodon_actor.h — accounts of the fediverse as archives name them: user@host, addresses.
#pragma once

#include "core/facts.h"

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace vv::formats::archive {

/// A well-formed account in lower case ("ann@social.example.org"), with or without an @ in front; nothing for
/// anything else. An account of one's own server is written without its host: then `own_host` is.
std::optional<std::string> mastodon_account(std::string_view written, std::string_view own_host = {});

/// The host of an address in lower case, without a port's default; empty for what is no address.
std::string host_of(std::string_view url);

/// The account that an actor's or a post's address names: https://host/users/x/…, https://host/@x/….
std::optional<std::string> account_in(std::string_view url);

/// Handle and page of an account.
core::Attributes attributes_of(const std::string& account);

/// The archive's actor: who the owner is.
class MastodonOwner {
public:
    /// actor.json.
    void add(const boost::json::value& actor);
    /// The address of whoever acts, where actor.json is missing.
    void add(std::string_view actor_url);

    [[nodiscard]] bool is_known() const { return !account_.empty(); }
    [[nodiscard]] bool is(std::string_view account) const { return account == account_; }
    [[nodiscard]] const std::string& host() const { return host_; }
    [[nodiscard]] core::OwnerSeen fact() const;

private:
    std::string account_;
    std::string host_;
    core::Attributes attributes_;
};

}  // namespace vv::formats::archive
