// formats/archive/linkedin_parties.h — who takes part in a message: names and addresses as a row gives them.
#pragma once

#include "core/facts.h"

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vv::formats::archive {

/// Someone who takes part in a message; the slug is empty when the export gives no address.
struct Party {
    std::string_view name;
    std::string_view slug;
};

/// The slug within a profile's address where it stands there as it is, else decoded into `scratch`; empty for
/// other addresses. Both outlive the view.
std::string_view slug_in(std::string_view url, std::string& scratch);

/// Whether this is what LinkedIn calls someone whose account is closed: many people under one name, so
/// nobody.
bool is_nobody(std::string_view name);

/// The slug, else "name:" and the name.
core::IdentityKey key_of(const Party& party);

/// A message's or an invitation's participants, in buffers that are used again for every row.
class Parties {
public:
    void read(std::string_view from, std::string_view from_url, std::string_view to,
              std::string_view to_urls);

    [[nodiscard]] const Party& sender() const { return all_.front(); }
    /// The sender first; views into the row and into this.
    [[nodiscard]] const std::vector<Party>& all() const { return all_; }
    [[nodiscard]] std::vector<Party>& all() { return all_; }

private:
    void name_recipients(std::string_view to);

    std::vector<Party> all_;
    std::size_t names_ = 0;
    std::deque<std::string> scratch_ =
        std::deque<std::string>(8);  // growing must not move what views point at
};

/// Addresses by name, for the oldest exports, which name recipients without their addresses. At most 200,000.
class KnownSlugs {
public:
    void add(const Party& party);
    /// The slug of the only one of this name; empty when there is none or more than one.
    [[nodiscard]] std::string_view find(std::string_view name) const;

private:
    std::unordered_map<std::string, std::string> by_name_;  // empty where two share a name
};

}  // namespace vv::formats::archive
