// app/today.h — the first page in one transaction: the year, the next meeting, what waits, whom to meet.
#pragma once

#include "app/meetings.h"
#include "app/polls.h"
#include "app/reminders.h"
#include "app/suggestions.h"
#include "app/tally.h"
#include "core/accounts.h"

#include <vector>

namespace vv::app {

/// One mark of the year strip: an encounter, or a meeting that is agreed.
struct StripMark {
    int week = 1;  // day of the year ÷ 7, from 1; the last day or two join week 52
    Instant start;
    core::PersonId person;  // the closest of those who were there; not set: nobody of the owner's people
    std::string name;
    core::Relation relation = core::Relation::acquaintance;
    bool is_planned = false;
};

/// What a newcomer has done already.
struct FirstSteps {
    bool has_imported = false;
    int people = 0;
    bool has_goal = false;
    bool has_home = false;
    bool has_shaken_hands = false;
};

struct Today {
    core::Account account;
    YearTally tally;
    std::vector<StripMark> strip;  // by start
    MeetingsToday meetings;
    std::vector<PollView> polls;                // that wait for the owner's answer
    std::vector<OpenReminder> reminders;        // at most three
    std::vector<SuggestedMeeting> suggestions;  // at most three
    int review = 0;                             // pairs that wait for a look
    FirstSteps steps;
};

/// The year's encounters and what is agreed or planned, by start.
Result<std::vector<StripMark>> year_strip(store::Tx& tx, Caller caller, int year);

/// A bounded number of statements, whatever the year held.
Result<Today> today(store::Tx& tx, Caller caller);

}  // namespace vv::app
