// formats/archive/linkedin_tables.h — which of LinkedIn's tables a header row begins, and where its columns
// are.
//
// Headers come in the language of the account. Words of seven languages are known; beyond them the order of
// the columns tells, which is the same in every language.
#pragma once

#include "formats/archive/kinds.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace vv::formats::archive {

constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

/// The columns that are read, of all tables; a column that the table lacks is kNoColumn.
enum class Column {
    first_name,
    last_name,
    url,
    email,
    company,
    position,
    date,  // Connections, Profile
    conversation,
    from,
    from_url,
    to,
    to_urls,
    folder,
    is_draft,
    in_draft,  // messages
    note,
    direction,  // Invitations
    maiden_name,
    address,
    birth_date,
    geo_location,
    twitter,
    websites,
    messengers,  // Profile
    number,      // PhoneNumbers
    count_,
};

struct Table {
    Role role = Role::connections;
    std::size_t width = 0;  // cells of the header
    std::array<std::size_t, static_cast<std::size_t>(Column::count_)> at{};

    [[nodiscard]] std::size_t operator[](Column column) const { return at[static_cast<std::size_t>(column)]; }
    [[nodiscard]] bool has(Column column) const { return (*this)[column] != kNoColumn; }
};

/// The table that this header row begins; nothing when it is none of LinkedIn's that are read.
std::optional<Table> linkedin_table(const std::vector<std::string_view>& header);

}  // namespace vv::formats::archive
