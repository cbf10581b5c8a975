// support/archives.h — archives of a connector with very many acquaintances, invented; the same bytes for the
// same size and seed.
#pragma once

#include <cstdint>
#include <string>

namespace vv::bench {

/// Where and when the invented archives end.
inline constexpr const char* kArchivesEnd = "2026-11-20T18:28:30Z";
inline constexpr const char* kOwnerName = "Catherine Hollingsworth";

struct ArchiveSize {
    int connections = 30'000;
    int messages = 500'000;
    std::uint64_t seed = 1;
};

/// A LinkedIn export: connections since 2008, messages of fifteen years, few people written to often and most
/// seldom, newest first.
void write_linkedin(const std::string& path, const ArchiveSize& size);

/// Cards of every third of these connections, with their profile's address, an e-mail address and a city.
void write_contacts(const std::string& path, const ArchiveSize& size);

/// Lunches with some of the people on those cards, one every third day of four years.
void write_calendar(const std::string& path, const ArchiveSize& size);

}  // namespace vv::bench
