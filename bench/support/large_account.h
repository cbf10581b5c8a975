// support/large_account.h — a server's data with one account that knows 30,000 people.
#pragma once

#include "support/client.h"

#include <string>

namespace vv::bench {

inline constexpr const char* kHandle = "catherine";
inline constexpr const char* kPassword = "seven quiet lanterns";

/// Makes her account in a new data folder, at home in Toronto.
void add_account(const std::string& data, std::vector<std::string> options = {});

/// Her account, and her archives by `visavis import`: 30,000 connections, 100,000 messages, 10,000 cards, 486
/// lunches.
void make_large_account(const std::string& data, const std::string& archives);

}  // namespace vv::bench
