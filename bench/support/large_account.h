// support/large_account.h — a server's data with one account that knows very many people.
#pragma once

#include "support/client.h"

#include <string>

namespace vv::bench {

inline constexpr const char* kHandle = "catherine";
inline constexpr const char* kPassword = "seven quiet lanterns";

/// Makes her account in a new data folder, at home in Toronto.
void add_account(const std::string& data, std::vector<std::string> options = {});

/// Her account, and her archives by `visavis import`: 30,000 connections or as many as are wanted, 100,000
/// messages, a card for every third connection, 486 lunches.
void make_large_account(const std::string& data, const std::string& archives, int connections = 30'000);

}  // namespace vv::bench
