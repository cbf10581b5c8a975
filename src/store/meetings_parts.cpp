#include "store/meetings_parts.h"

#include "store/bind.h"
#include "store/statements.h"

#include <algorithm>
#include <unordered_map>

namespace vv::store::meetings::parts {
namespace {

using soci::into;
using soci::use;
using Meetings = std::unordered_map<core::MeetingId, core::Meeting*>;

// Ids are our own numbers: safe inside the text, which no engine limits at a page's length.
std::string with_ids(std::string_view text, const Meetings& meetings) {
    std::string list;
    for (const auto& [id, meeting] : meetings) list.append(list.empty() ? "" : ", ").append(to_string(id));
    return std::string(text)
        .append(" WHERE owner_id = :owner AND meeting_id IN (")
        .append(list)
        .append(") ORDER BY meeting_id, number");
}

// Not kept prepared: the text differs with every page.
template <class F, class... Intos>
void each(Tx& tx, core::AccountId owner, const std::string& text, F take, const Intos&... intos) {
    const long long owner_id = owner.value;
    soci::statement statement(tx.sql());
    (statement.exchange(intos), ...);
    statement.exchange(use(owner_id, "owner"));
    statement.alloc();
    statement.prepare(text);
    statement.define_and_bind();
    for (bool more = statement.execute(true); more; more = statement.fetch()) take();
}

void load_slots(Tx& tx, core::AccountId owner, const Meetings& meetings) {
    core::MeetingId id;
    core::Slot slot;
    std::string answer;
    each(
        tx, owner,
        with_ids("SELECT meeting_id, number, start_at, end_at, answer FROM meeting_slots", meetings),
        [&] {
            slot.answer = core::parse_wish(answer).value();
            meetings.at(id)->slots.push_back(slot);
        },
        into(id), into(slot.number), into(slot.when.start), into(slot.when.end), into(answer));
}

void load_places(Tx& tx, core::AccountId owner, const Meetings& meetings) {
    core::MeetingId id;
    core::MeetingPlace place;
    std::optional<double> lat, lng;
    each(
        tx, owner,
        with_ids("SELECT meeting_id, number, name, address, lat, lng, is_public FROM meeting_places",
                 meetings),
        [&] {
            place.at = lat && lng ? std::optional<LatLng>({*lat, *lng}) : std::nullopt;
            core::Meeting& meeting = *meetings.at(id);
            meeting.places.push_back(place);
            if (meeting.agreed && meeting.agreed->place.number == place.number) meeting.agreed->place = place;
        },
        into(id), into(place.number), into(place.name), into(place.address), into(lat), into(lng),
        into(place.is_public));
}

void load_steps(Tx& tx, core::AccountId owner, const Meetings& meetings) {
    core::MeetingId id;
    core::MeetingStep step;
    std::optional<std::string> side;
    std::string what;
    each(
        tx, owner, with_ids("SELECT meeting_id, at, side, what FROM meeting_steps", meetings),
        [&] {
            step.by = side ? core::parse_side(*side) : std::nullopt;
            step.what = core::parse_meeting_event(what).value();
            meetings.at(id)->history.push_back(step);
        },
        into(id), into(step.at), into(side), into(what));
}

void save_slots(Tx& tx, core::AccountId owner, const core::Meeting& meeting) {
    core::Slot slot;
    std::string answer;
    Prepared insert(tx,
                    "INSERT INTO meeting_slots (owner_id, meeting_id, number, start_at, end_at, answer)"
                    " VALUES (:owner, :meeting, :number, :start, :end, :answer)",
                    use(owner, "owner"), use(meeting.id, "meeting"), use(slot.number, "number"),
                    use(slot.when.start, "start"), use(slot.when.end, "end"), use(answer, "answer"));
    for (const core::Slot& one : meeting.slots) {
        slot = one;
        answer = to_string(one.answer);
        insert.execute();
    }
}

void save_places(Tx& tx, core::AccountId owner, const core::Meeting& meeting) {
    core::MeetingPlace place;
    std::optional<double> lat, lng;
    Prepared insert(
        tx,
        "INSERT INTO meeting_places (owner_id, meeting_id, number, name, address, lat, lng, is_public)"
        " VALUES (:owner, :meeting, :number, :name, :address, :lat, :lng, :public)",
        use(owner, "owner"), use(meeting.id, "meeting"), use(place.number, "number"), use(place.name, "name"),
        use(place.address, "address"), use(lat, "lat"), use(lng, "lng"), use(place.is_public, "public"));
    for (const core::MeetingPlace& one : meeting.places) {
        place = one;
        lat = one.at ? std::optional(one.at->lat) : std::nullopt;
        lng = one.at ? std::optional(one.at->lng) : std::nullopt;
        insert.execute();
    }
}

void save_steps(Tx& tx, core::AccountId owner, const core::Meeting& meeting) {
    int number = 0;
    Instant at;
    std::optional<std::string> side;
    std::string what;
    Prepared insert(tx,
                    "INSERT INTO meeting_steps (owner_id, meeting_id, number, at, side, what)"
                    " VALUES (:owner, :meeting, :number, :at, :side, :what)",
                    use(owner, "owner"), use(meeting.id, "meeting"), use(number, "number"), use(at, "at"),
                    use(side, "side"), use(what, "what"));
    for (const core::MeetingStep& step : meeting.history) {
        ++number;
        at = step.at;
        side = step.by ? std::optional<std::string>(to_string(*step.by)) : std::nullopt;
        what = to_string(step.what);
        insert.execute();
    }
}

}  // namespace

void load(Tx& tx, core::AccountId owner, std::vector<Record>& records) {
    if (records.empty()) return;
    Meetings meetings;
    for (Record& record : records) meetings.emplace(record.meeting.id, &record.meeting);
    load_slots(tx, owner, meetings);
    load_places(tx, owner, meetings);
    load_steps(tx, owner, meetings);
}

void save(Tx& tx, core::AccountId owner, const core::Meeting& meeting) {
    for (const std::string_view text :
         {"DELETE FROM meeting_slots WHERE owner_id = :owner AND meeting_id = :meeting",
          "DELETE FROM meeting_places WHERE owner_id = :owner AND meeting_id = :meeting",
          "DELETE FROM meeting_steps WHERE owner_id = :owner AND meeting_id = :meeting"})
        run(tx, text, use(owner, "owner"), use(meeting.id, "meeting"));
    save_slots(tx, owner, meeting);
    save_places(tx, owner, meeting);
    save_steps(tx, owner, meeting);
}

}  // namespace vv::store::meetings::parts
