// app/trips_view.h — a trip as its owner sees it, and the words that go with its meetings.
#pragma once

#include "app/trips.h"

namespace vv::app {

Result<TripView> view_trip(store::Tx& tx, const Caller& caller, store::trips::Trip trip);

/// "I shall be in Lyon from Thursday 3 to Sunday 6 May": why somebody is asked.
std::string trip_purpose(const core::TripFrame& frame, const std::string& locale, Instant now);

}  // namespace vv::app
