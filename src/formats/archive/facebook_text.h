// formats/archive/facebook_text.h — names, texts and times as Facebook's export writes them, read as they
// were meant.
#pragma once

#include "core/facts.h"

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace vv::formats::archive {

/// Facebook writes the bytes of UTF-8 as if each were a code point of its own ("BÃ¸rsen"). Read back where
/// all of a text is such bytes, left as it is where it is not: newer exports are right already.
std::string facebook_text(std::string_view written);

/// A name: read back, without control characters, without white space around it.
std::string facebook_name(std::string_view written);

/// Whether this is what Facebook calls someone whose account is gone: many people under one name, so nobody.
bool is_facebook_nobody(std::string_view name);

/// The key of someone whose name nobody else among the friends has.
core::IdentityKey facebook_key(std::string_view name);

/// A time in seconds or in milliseconds since 1970; nothing for 0 and for what is no time.
std::optional<Instant> facebook_time(const boost::json::value& record, std::string_view member);

}  // namespace vv::formats::archive
