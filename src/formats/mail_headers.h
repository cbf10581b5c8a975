// formats/mail_headers.h — what stands in a letter's header fields: addresses, words, dates. GMime stops
// here.
//
// Values come unfolded, without the field's name, in whatever bytes the letter had. All that is given back is
// UTF-8.
#pragma once

#include "base/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats {

struct MailAddress {
    std::string name;   // as shown; empty where there is none or it is the address again
    std::string email;  // lower case
};

/// The mailboxes of From, To or Cc, those inside groups too; at most `most`. What is no address is left out,
/// and what follows five hundred colons: each may begin a group within a group.
std::vector<MailAddress> parse_mail_addresses(std::string_view value, std::size_t most = 1'000);

/// Whether a field of addresses anywhere in a mail has so many colons that GMime must not be given it.
bool has_deep_groups(std::string_view mail);

/// "Mon, 23 Nov 2010 18:28:30 +0100" and the older forms. Nothing when it is no date, or one outside 1971 to
/// 2999.
std::optional<Instant> parse_mail_date(std::string_view value);

/// Encoded words read: "=?utf-8?q?J=C3=BCrgen?=" is "Jürgen".
std::string decode_mail_text(std::string_view value);

}  // namespace vv::formats
