// app/lookouts_friend.h — the page of a lookout: in the friend's hands to be read, and in its owner's, by the
// link in "home safe?", to be answered without signing in.
#pragma once

#include "app/lookouts.h"

#include <string>

namespace vv::app {

/// Nothing of the owner but the name, and nothing of the meeting but what was told.
struct LookoutPage {
    std::string owner;
    core::Lookout lookout;
    core::LookoutState state = core::LookoutState::watching;
    bool is_owners = false;     // may answer
    bool mails_friend = false;  // an alarm goes to the friend's address too
    Zone zone;                  // of the place
    std::string locale;
    std::string stop_token;  // of the friend's address; empty on the owner's page
};

/// `not_found` lookout.unknown, for one that is deleted too.
Result<LookoutPage> open_lookout(store::Tx& tx, std::string token, Instant now);

struct AnswerLookout {
    std::string token;
    bool is_home = false;  // else it takes half an hour longer than now, or than was said
    MeetingDesk desk;
    Instant now;
};
/// By the owner's own link alone. Faults: `forbidden` lookout.friends with the friend's; come_home()'s and
/// stay_longer()'s.
Result<LookoutPage> answer_lookout(store::Tx& tx, AnswerLookout input);

}  // namespace vv::app
