// app/network_asks.h — an ask that goes to ties with an account or to a community: sent, seen by each of them
// with who of their own people fits, declined in one tap, and in the end told what came of it.
//
// The asker learns of nothing but of introductions that both sides said yes to. An ask that a tie has
// declined, one that waits because the tie is silent or has had enough for a day, and one behind a block all
// look unanswered. Of a community the asker does not learn either before whom of it the ask came.
#pragma once

#include "app/asks.h"
#include "app/introductions.h"
#include "core/network_asks.h"
#include "store/communities.h"
#include "store/network_asks.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

/// To whom an ask can go: the caller's people with an account, by name; at most 1,000.
Result<std::vector<core::Person>> list_ties(store::Tx& tx, Caller caller);

struct SendAsk {
    core::AskId ask;
    std::vector<core::PersonId>
        people;  // of the caller's, linked with an account; who has it already keeps what they have
    MeetingDesk desk;
};
/// Returns how many it was sent to. Faults: `not_found` ask.unknown, person.unknown; `conflict` ask.done;
/// `invalid` ask.nobody, ask.no_account, ask.web_address; `too_many` ask.many.
Result<int> send_ask(store::Tx& tx, Caller caller, SendAsk input);

struct AskCommunity {
    core::AskId ask;
    core::CommunityId community;  // of which the caller is a member
    MeetingDesk desk;
};
/// To every other member who takes asks and is not silent just now. Asking twice changes nothing. Returns how
/// many other members there are. Faults: `not_found` ask.unknown, community.unknown; `conflict` ask.done;
/// `invalid` ask.web_address; `too_many` ask.many_communities.
Result<int> ask_community(store::Tx& tx, Caller caller, AskCommunity input);

/// What the asker sees of a tie that was asked.
enum class SentState { asked, introduced, not_now };
std::string_view to_string(SentState state);
struct SentTo {
    core::Person person;
    SentState state = SentState::asked;
    Instant at;
};
struct AskInNetwork {
    std::vector<SentTo> sent;                            // the latest first
    std::vector<store::communities::Asked> communities;  // the latest first
    std::vector<IntroductionView> introductions;         // made for it, the latest first
};
/// `not_found` ask.unknown.
Result<AskInNetwork> ask_in_network(store::Tx& tx, Caller caller, core::AskId ask);

/// ask_page() with it.
struct AskRoom {
    AskPage page;
    AskInNetwork network;
};
Result<AskRoom> ask_room(store::Tx& tx, Caller caller, core::AskId ask, std::size_t limit);

struct ReceivedAsk {
    core::AskSendId id;
    core::AccountName by;
    std::optional<core::PersonId> person;  // who stands for the asker among the caller's people
    std::string community;                 // through which it came; empty: the asker chose the caller
    core::Ask ask;
    bool is_open = true;
    Instant shown_at, expires_at;
    std::string result_url;
};
/// What is before the caller, the latest first.
Result<std::vector<ReceivedAsk>> list_received(store::Tx& tx, Caller caller);

struct ReceivedPage {
    ReceivedAsk received;
    std::vector<MatchedPerson> fitting;           // of the caller's people, for the caller's eyes only
    std::vector<IntroductionView> introductions;  // the caller's, for this ask
};
/// `not_found` ask.unknown: nothing such came before the caller, or was declined.
Result<ReceivedPage> received_page(store::Tx& tx, Caller caller, core::AskSendId id, std::size_t limit);
/// It is not shown again, and nobody learns of it. `not_found` ask.unknown.
Result<Done> decline_ask(store::Tx& tx, Caller caller, core::AskSendId id);

Result<core::Brokering> get_brokering(store::Tx& tx, Caller caller);
/// Faults: core::check_brokering()'s.
Result<core::Brokering> set_brokering(store::Tx& tx, Caller caller, core::Brokering wanted);

/// What came of an ask: an address that everybody who helped is told of: who introduced, who was introduced,
/// and who of the asker's people said yes. Told once each. Faults: core::check_result()'s; `not_found`
/// ask.unknown.
Result<AskView> share_result(store::Tx& tx, Caller caller, core::AskId ask, std::string url,
                             MeetingDesk desk);

/// So far back what was sent counts: for a reader's days, as silence may pile asks up, and for an asker's
/// weeks.
inline constexpr std::chrono::hours kSendsCount{60 * 24};

/// The job that tells a tie of an ask when it comes before it: its kind.
inline constexpr const char* kAskJob = "ask";
Result<Done> deliver_ask(store::Tx& tx, core::AskSendId id, MeetingDesk desk, Instant now);

}  // namespace vv::app
