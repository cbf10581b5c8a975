// app/introductions.h — a broker brings two people together: made, answered, taken back, thanked for.
//
// The asker has an account and either asked for it (app/network_asks.h) or is asked first. The target is one
// of the broker's people: an account here, or somebody who is written to and answers on a private page
// (app/introductions_guest.h). Who may know what is core/introductions'; a block, an address that wants no
// mail and a no said before all look to the broker like no answer.
#pragma once

#include "app/caller.h"
#include "app/meetings.h"
#include "core/introductions.h"
#include "core/network_asks.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

struct NewIntroduction {
    std::optional<core::AskSendId> ask;   // one that came before the caller, or
    std::optional<core::PersonId> asker;  // a person of the caller's with an account: the caller's own idea
    core::PersonId person;                // the target, of the caller's
    std::string to_target, to_asker;      // the caller's words; in a preview a draft stands for what is empty
    std::string email;                    // where a target without an account is written to; may be empty
    MeetingDesk desk;
};

/// As one of the three may see it.
struct IntroductionView {
    core::Role role = core::Role::broker;
    core::Introduction introduction;  // words and answers that are not the reader's are emptied
    core::IntroductionState state = core::IntroductionState::target_asked;
    core::Consent own_answer = core::Consent::unsaid;
    core::AccountName broker;
    std::optional<core::AccountName> asker;  // not told: nothing
    std::string target_name;                 // not told: empty
    std::string target_handle;               // of an account
    std::optional<core::PersonId> person;    // among the reader's people: the other, or the broker's target
    std::string ask;                         // the asker's words
    std::string contact;                     // the other's address, once it is made
    std::string result_url;
    std::string link;  // only in the answer that made it: for a target without an address here
};

/// Faults: core::introduce()'s; `invalid` introduction.between, introduction.same, introduction.no_account,
/// email.invalid; `not_found` person.unknown, ask.unknown; `conflict` introduction.you_blocked,
/// introduction.under_way, ask.done; `too_many` introduction.many, introduction.many_mails.
Result<IntroductionView> introduce_people(store::Tx& tx, Caller caller, NewIntroduction input);

/// What each of the two would read, word for word. Writes nothing.
struct IntroductionPreview {
    core::Draft words;
    std::string to;       // a name; or an address too, when it goes by mail
    std::string subject;  // of what the target reads
    std::string text;
    std::vector<std::string> emails;  // that the broker's record has of a target without an account
    bool has_account = false;
};
Result<IntroductionPreview> preview_introduction(store::Tx& tx, Caller caller, NewIntroduction input);

/// Those the caller may know of, the newest first.
struct IntroductionPage {
    std::vector<IntroductionView> items;
    std::optional<core::IntroductionId> next;
};
Result<IntroductionPage> list_introductions(store::Tx& tx, Caller caller,
                                            std::optional<core::IntroductionId> before, int limit);
/// `not_found` introduction.unknown, whatever stands in the way.
Result<IntroductionView> find_introduction(store::Tx& tx, Caller caller, core::IntroductionId id);

/// The second yes makes it: the two stand among each other's people, contact details are told, and for the
/// asker's ask it counts as a yes. Faults: core::answer()'s, `not_found` introduction.unknown.
Result<IntroductionView> answer_introduction(store::Tx& tx, Caller caller, core::IntroductionId id,
                                             core::Consent consent, MeetingDesk desk);
/// By the broker. Faults: core::take_back()'s, `not_found` introduction.unknown.
Result<IntroductionView> take_back_introduction(store::Tx& tx, Caller caller, core::IntroductionId id);
/// Faults: core::thank()'s, `not_found` introduction.unknown.
Result<IntroductionView> thank_for_introduction(store::Tx& tx, Caller caller, core::IntroductionId id,
                                                std::string words, MeetingDesk desk);

/// Tells brokers of introductions that led to a meeting since. Returns how many.
Result<int> note_introductions_met(store::Tx& tx, MeetingDesk desk, Instant now);
/// Whether there are any: a read.
Result<bool> are_introductions_met(store::Tx& tx, Instant now);

}  // namespace vv::app
