// app/caller.h — who asks, and when: the second argument of every use case.
#pragma once

#include "core/people.h"

namespace vv::app {

struct Caller {
    core::AccountId account;
    Instant now;  // read once per request
    Zone zone;    // the account's: years, months and days are meant in it
};

}  // namespace vv::app
