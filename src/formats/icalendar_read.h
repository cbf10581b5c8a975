// formats/icalendar_read.h — calendars as Google, Apple and Outlook export them (RFC 5545).
//
// docs/formats/icalendar.md tells the layouts and their traps. Two passes: the first finds out who the owner
// is, which instances of recurring events were changed, and the zones that only the files know; the second
// emits. Memory is bounded: one event at a time, of at most 64 KiB a line.
#pragma once

#include "formats/bytes.h"
#include "formats/emitter.h"

#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace vv::formats {

class CalendarReader {
public:
    CalendarReader(const ParseOptions& options, Emitter& out);
    ~CalendarReader();
    CalendarReader(const CalendarReader&) = delete;
    CalendarReader& operator=(const CalendarReader&) = delete;

    /// First pass, over every file of the group.
    Result<Done> scan(ByteStream& bytes, std::string_view file);
    /// Second pass, over the same files: emits a GatheringRecorded for each instance within the window, a
    /// Busy where the owner's time is taken (an empty one where it is free again), and an IdentitySeen for
    /// each address.
    Result<Done> read(ByteStream& bytes, std::string_view file);

private:
    struct Known;
    std::unique_ptr<Known> known_;
    const ParseOptions& options_;
    Emitter& out_;
};

/// The UIDs of a calendar's events, each once: as keys of gatherings begin with them; and the keys of its
/// free and busy time (VFREEBUSY).
std::set<std::string> event_uids(std::string_view calendar);

}  // namespace vv::formats
