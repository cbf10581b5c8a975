// formats/archive/foursquare_checkin.h — one check-in, in whatever form: when, where, and with whom.
#pragma once

#include "core/facts.h"

#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace vv::formats::archive {

/// A user's id; empty when there is none.
std::string user_id(const boost::json::value& user);

/// What the archive says of a user: name, and in old exports addresses.
core::Attributes user_attributes(const boost::json::value& user);

/// "2023-11-14 22:18:20.000000" (UTC) of the new export or epoch seconds of the old one.
std::optional<Instant> moment_at(const boost::json::value& object, std::string_view name);

/// Someone who was there. `user` is nothing where only the id is known; `said` is then what the shout calls
/// them.
struct Companion {
    std::string id;
    const boost::json::value* user = nullptr;
    std::string said;
};

/// Whether this is a check-in rather than another of the export's records.
bool is_checkin(const boost::json::value& record);

/// Everyone in `with`, marked in the shout, or who checked the owner in; each once.
std::vector<Companion> companions_of(const boost::json::value& checkin);

/// Place, coordinates and title; the participants are left to the caller.
core::GatheringRecorded gathering_of(const boost::json::value& checkin, std::string id, Instant at);

/// The place, if one can meet there: nothing for somebody's home or office, and for one without id, name or
/// coordinates.
std::optional<core::VenueSeen> venue_of(const boost::json::value& checkin);

}  // namespace vv::formats::archive
