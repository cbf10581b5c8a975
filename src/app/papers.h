// app/papers.h — what an owner takes along on paper: a trip's plan, a meeting's brief. For the owner's eyes.
#pragma once

#include "app/caller.h"
#include "core/meetings.h"
#include "core/trips_hours.h"
#include "formats/paper/document.h"
#include "store/database.h"

namespace vv::app {

/// Day by day whom, when, where and how long the way is; then who is not in the plan. `not_found`
/// trip.unknown.
Result<formats::paper::Document> trip_paper(store::Tx& tx, Caller caller, core::TripId trip);

/// When and where, and what to remember of the other: who they are, when the two last met, what was traded
/// and promised. `not_found` meeting.unknown.
Result<formats::paper::Document> brief_paper(store::Tx& tx, Caller caller, core::MeetingId meeting);

/// The same as PDFs, for drivers.
Result<std::string> trip_pdf(store::Tx& tx, Caller caller, core::TripId trip, formats::paper::Size size);
Result<std::string> brief_pdf(store::Tx& tx, Caller caller, core::MeetingId meeting,
                              formats::paper::Size size);

}  // namespace vv::app
