// The state machine against a small independent model of what two people may do to one meeting: random walks
// of proposals, answers, changes, time passing and words afterwards. Both copies must always say the same,
// apart from a decline that only the decliner knows.
#include "core/meetings.h"
#include "core/no_shows.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <rapidcheck/state.h>

namespace vv::core {
namespace {

using std::chrono::hours;

const Instant kStart = *parse_rfc3339("2026-11-20T18:00:00Z");

Instant at(int hour) {
    return kStart + hours(hour);
}

MeetingOffer offer_at(int now, const std::vector<int>& ahead) {
    MeetingOffer offer;
    for (const int hour : ahead) offer.slots.push_back({0, {at(now + hour), at(now + hour + 2)}, Wish::none});
    offer.places.push_back({0, "Silver Lantern", "", std::nullopt, true});
    return offer;
}

/// What the rules say, in a form of its own: hours instead of instants, one truth instead of two copies.
struct Model {
    MeetingState phase = MeetingState::proposed;  // never `declined`
    bool is_declined = false;                     // by the side that is asked
    Side asked = Side::invitee;
    int now = 0;
    int expires = 0;
    int next_number = 1;
    std::vector<std::pair<int, int>> slots;  // number, start
    int agreed = 0;                          // start
    int sequence = 0;
    std::array<Outcome, 2> said{Outcome::unsaid, Outcome::unsaid};

    void put(std::vector<int> ahead) {
        std::sort(ahead.begin(), ahead.end());
        slots.clear();
        for (const int hour : ahead) slots.emplace_back(next_number++, now + hour);
        expires = std::min(now + 7 * 24, slots.back().second);
        is_declined = false;
    }
    [[nodiscard]] Outcome of(Side side) const { return said[static_cast<std::size_t>(side)]; }
};

struct Copies {
    Meeting organiser, invitee;
    Meeting& of(Side side) { return side == Side::organiser ? organiser : invitee; }
};

using Move = rc::state::Command<Model, Copies>;

/// Applies a change to one side's copy, carries it over, and checks that it was refused exactly when the
/// model says.
template <class F>
void run_as(Side side, Copies& copies, bool is_allowed, F change) {
    Result<Meeting> after = change(copies.of(side));
    RC_ASSERT(after.ok() == is_allowed);
    if (!after) return;
    copies.of(other(side)) = mirrored(*after, copies.of(other(side)));
    copies.of(side) = *after;
}

void check_agreement(const Model& model, Copies& copies) {
    for (const Side side : {Side::organiser, Side::invitee}) {
        const Meeting& copy = copies.of(side);
        const bool knows_decline = model.is_declined && side == model.asked;
        RC_ASSERT(copy.state == (knows_decline ? MeetingState::declined : model.phase));
        RC_ASSERT(copy.sequence == model.sequence);
        RC_ASSERT(copy.said_by(Side::organiser) == model.of(Side::organiser));
        RC_ASSERT(copy.said_by(Side::invitee) == model.of(Side::invitee));
        RC_ASSERT(copy.uid == copies.organiser.uid);
        RC_ASSERT(copy.agreed.has_value() ==
                  (model.phase == MeetingState::scheduled || model.phase == MeetingState::met ||
                   model.phase == MeetingState::missed ||
                   (model.phase == MeetingState::cancelled && model.agreed != 0)));
        const bool has_trace =
            std::any_of(copy.history.begin(), copy.history.end(),
                        [](const MeetingStep& step) { return step.what == MeetingEvent::declined; });
        RC_ASSERT(has_trace == knows_decline);
    }
    RC_ASSERT(copies.organiser.slots == copies.invitee.slots);
    RC_ASSERT(copies.organiser.places == copies.invitee.places);
    RC_ASSERT(copies.organiser.agreed == copies.invitee.agreed);
    RC_ASSERT(copies.organiser.expires_at == copies.invitee.expires_at);
}

struct Step : Move {
    [[nodiscard]] virtual bool is_allowed(const Model& model) const = 0;
    virtual void change(Model& model) const = 0;
    virtual void perform(const Model& model, Copies& copies) const = 0;

    void apply(Model& model) const final {
        if (is_allowed(model)) change(model);
    }
    void run(const Model& model, Copies& copies) const final {
        const int before = copies.organiser.sequence;
        const bool was_over = is_over(copies.organiser.state);
        const MeetingState was = copies.organiser.state;
        perform(model, copies);
        Model after = model;
        apply(after);
        check_agreement(after, copies);
        RC_ASSERT(copies.organiser.sequence >= before);
        // Over stays over; only proof in presence turns a missed meeting into a met one.
        if (was_over && copies.organiser.state != was)
            RC_ASSERT(was == MeetingState::missed && copies.organiser.state == MeetingState::met);
    }
};

struct Wait final : Step {
    // Long enough, often enough, to reach the moments at which something falls due.
    explicit Wait(const Model& model)
        : passed(std::max(1, *rc::gen::element(1, 23, model.expires - model.now, model.agreed - model.now,
                                               model.agreed - model.now + 2, 400))) {}
    int passed;
    bool is_allowed(const Model&) const override { return true; }
    void change(Model& model) const override { model.now += passed; }
    void perform(const Model&, Copies&) const override {}
    void show(std::ostream& os) const override { os << "wait " << passed << "h"; }
};

struct BySide : Step {
    explicit BySide(const Model& model)
        : side(*rc::gen::element(model.asked, model.asked, model.asked, other(model.asked))) {}
    Side side;
    void show(std::ostream& os) const override { os << name() << " by " << to_string(side); }
    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] bool may_answer(const Model& model) const {
        return model.phase == MeetingState::proposed && model.asked == side && model.now < model.expires;
    }
};

struct Accepts final : BySide {
    using BySide::BySide;
    std::size_t choice = *rc::gen::inRange<std::size_t>(0, 3);
    std::string name() const override { return "accept #" + std::to_string(choice); }
    bool is_allowed(const Model& model) const override {
        return may_answer(model) && choice < model.slots.size() && model.slots[choice].second > model.now;
    }
    void change(Model& model) const override {
        model.phase = MeetingState::scheduled;
        model.is_declined = false;
        model.agreed = model.slots[choice].second;
        ++model.sequence;
    }
    void perform(const Model& model, Copies& copies) const override {
        Acceptance answer;
        const int number = choice < model.slots.size() ? model.slots[choice].first : 9999;
        answer.wishes.push_back({number, {}, Wish::yes});
        run_as(side, copies, is_allowed(model),
               [&](const Meeting& mine) { return accept(mine, answer, at(model.now)); });
    }
};

struct Declines final : BySide {
    using BySide::BySide;
    std::string name() const override { return "decline"; }
    bool is_allowed(const Model& model) const override { return may_answer(model); }
    void change(Model& model) const override { model.is_declined = true; }
    void perform(const Model& model, Copies& copies) const override {
        run_as(side, copies, is_allowed(model),
               [&](const Meeting& mine) { return decline(mine, at(model.now)); });
    }
};

struct Offers final : BySide {
    using BySide::BySide;
    std::vector<int> ahead =
        *rc::gen::unique<std::vector<int>>(*rc::gen::inRange<std::size_t>(1, 4), rc::gen::inRange(1, 300));
    std::string name() const override { return "offer"; }
    bool is_allowed(const Model& model) const override {
        if (model.sequence >= kMeetingLimits.changes) return false;
        if (model.phase == MeetingState::proposed) return model.now < model.expires;
        return model.phase == MeetingState::scheduled && model.now < model.agreed;
    }
    void change(Model& model) const override {
        const bool stays_declined =
            model.is_declined && model.phase == MeetingState::proposed && model.asked != side;
        model.phase = MeetingState::proposed;
        model.asked = other(side);
        model.agreed = 0;
        ++model.sequence;
        model.put(ahead);
        model.is_declined = stays_declined;
    }
    void perform(const Model& model, Copies& copies) const override {
        run_as(side, copies, is_allowed(model),
               [&](const Meeting& mine) { return offer(mine, offer_at(model.now, ahead), at(model.now)); });
    }
};

struct Cancels final : BySide {
    using BySide::BySide;
    std::string name() const override { return "cancel"; }
    bool is_allowed(const Model& model) const override {
        if (model.phase == MeetingState::scheduled) return model.now < model.agreed + 2;
        if (model.phase != MeetingState::proposed) return false;
        if (model.asked != side) return true;
        return side == Side::organiser && !model.is_declined;
    }
    void change(Model& model) const override {
        model.phase = MeetingState::cancelled;
        model.is_declined = false;
        ++model.sequence;
    }
    void perform(const Model& model, Copies& copies) const override {
        run_as(side, copies, is_allowed(model),
               [&](const Meeting& mine) { return cancel(mine, "", at(model.now)); });
    }
};

struct RunsOut final : Step {
    void show(std::ostream& os) const override { os << "expire"; }
    bool is_allowed(const Model& model) const override {
        return model.phase == MeetingState::proposed && model.now >= model.expires;
    }
    void change(Model& model) const override {
        model.phase = MeetingState::expired;
        model.is_declined = false;
        ++model.sequence;
    }
    void perform(const Model& model, Copies& copies) const override {
        run_as(Side::organiser, copies, is_allowed(model),
               [&](const Meeting& mine) { return expire(mine, at(model.now)); });
    }
};

struct Says final : BySide {
    using BySide::BySide;
    Outcome outcome = *rc::gen::element(Outcome::met, Outcome::missed, Outcome::not_there, Outcome::absent,
                                        Outcome::called_off);
    std::string name() const override { return "say " + std::string(to_string(outcome)); }
    bool is_allowed(const Model& model) const override {
        if (model.of(side) == outcome) return true;
        const bool is_late = model.phase == MeetingState::missed && says_whose(outcome);
        if (model.phase != MeetingState::scheduled && model.phase != MeetingState::met && !is_late)
            return false;
        const bool says_more = model.of(side) == Outcome::missed && says_whose(outcome);
        return model.now >= model.agreed && (model.of(side) == Outcome::unsaid || says_more);
    }
    void change(Model& model) const override {
        if (model.of(side) == outcome) return;
        model.said[static_cast<std::size_t>(side)] = outcome;
        if (outcome == Outcome::met)
            model.phase = MeetingState::met;
        else if (is_missed(model.of(other(side))))
            model.phase = MeetingState::missed;
    }
    void perform(const Model& model, Copies& copies) const override {
        run_as(side, copies, is_allowed(model),
               [&](const Meeting& mine) { return say_outcome(mine, outcome, at(model.now)); });
    }
};

struct ShakesHands final : Step {
    void show(std::ostream& os) const override { os << "prove"; }
    bool is_allowed(const Model& model) const override {
        return model.phase == MeetingState::scheduled || model.phase == MeetingState::met ||
               model.phase == MeetingState::missed;
    }
    void change(Model& model) const override {
        model.phase = MeetingState::met;
        model.said = {Outcome::met, Outcome::met};
    }
    void perform(const Model& model, Copies& copies) const override {
        run_as(Side::invitee, copies, is_allowed(model),
               [&](const Meeting& mine) { return prove(mine, at(model.now)); });
    }
};

struct Lapses final : Step {
    void show(std::ostream& os) const override { os << "lapse"; }
    bool is_allowed(const Model& model) const override {
        const bool is_half_said = is_missed(model.of(Side::organiser)) || is_missed(model.of(Side::invitee));
        return model.phase == MeetingState::scheduled && is_half_said &&
               model.now >= model.agreed + 2 + 14 * 24;
    }
    void change(Model& model) const override { model.phase = MeetingState::missed; }
    void perform(const Model& model, Copies& copies) const override {
        run_as(Side::organiser, copies, is_allowed(model),
               [&](const Meeting& mine) { return lapse(mine, at(model.now)); });
    }
};

void walk() {
    Model model;
    model.put({24, 48, 72});
    Proposal proposal;
    proposal.zone = "America/Toronto";
    proposal.offer = offer_at(0, {24, 48, 72});
    Copies copies;
    const Result<Meeting> first = propose(proposal, MeetingId{7}, "uid", at(0));
    RC_ASSERT(first.ok());
    copies.organiser = *first;
    copies.invitee = mirrored(*first);
    const auto next = [](const Model& now) {
        return rc::state::gen::execOneOfWithArgs<Wait, Wait, Accepts, Accepts, Declines, Declines, Offers,
                                                 Cancels, RunsOut, RunsOut, Says, Says, ShakesHands,
                                                 Lapses>()(now);
    };
    rc::state::check(model, copies, next);
}

// Ten walks a case: most walks end early, and the rare turns are the ones worth seeing.
RC_GTEST_PROP(MeetingModel, BothSidesAlwaysAgreeAndWhatIsOverStaysOver, ()) {
    for (int i = 0; i < 10; ++i) walk();
}

}  // namespace
}  // namespace vv::core
