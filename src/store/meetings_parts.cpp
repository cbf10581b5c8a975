#include "store/meetings_parts.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <algorithm>
#include <unordered_map>

namespace vv::store::meetings::parts {
namespace {

using soci::into;
using soci::use;
using Meetings = std::unordered_map<core::MeetingId, core::Meeting*>;

std::string of_meetings(Tx& tx, std::string_view columns_and_table) {
    return "SELECT meeting_id, " + std::string(columns_and_table) +
           " WHERE owner_id = :owner AND meeting_id IN " + ids_in(tx.dialect()) +
           " ORDER BY meeting_id, number";
}

void load_slots(Tx& tx, core::AccountId owner, const std::string& ids, const Meetings& meetings) {
    core::MeetingId id;
    core::Slot slot;
    std::string answer;
    Prepared statement(tx, of_meetings(tx, "number, start_at, end_at, answer FROM meeting_slots"), into(id),
                       into(slot.number), into(slot.when.start), into(slot.when.end), into(answer),
                       use(owner, "owner"), use(ids, "ids"));
    for (bool more = statement.execute(); more; more = statement.fetch()) {
        slot.answer = core::parse_wish(answer).value();
        meetings.at(id)->slots.push_back(slot);
    }
}

void load_places(Tx& tx, core::AccountId owner, const std::string& ids, const Meetings& meetings) {
    core::MeetingId id;
    core::MeetingPlace place;
    std::optional<double> lat, lng;
    std::string named_by;
    Prepared statement(
        tx, of_meetings(tx, "number, name, address, lat, lng, is_public, named_by FROM meeting_places"),
        into(id), into(place.number), into(place.name), into(place.address), into(lat), into(lng),
        into(place.is_public), into(named_by), use(owner, "owner"), use(ids, "ids"));
    for (bool more = statement.execute(); more; more = statement.fetch()) {
        place.named_by = core::parse_side(named_by).value();
        place.at = lat && lng ? std::optional<LatLng>({*lat, *lng}) : std::nullopt;
        core::Meeting& meeting = *meetings.at(id);
        meeting.places.push_back(place);
        if (meeting.agreed && meeting.agreed->place.number == place.number) meeting.agreed->place = place;
    }
}

void load_steps(Tx& tx, core::AccountId owner, const std::string& ids, const Meetings& meetings) {
    core::MeetingId id;
    core::MeetingStep step;
    std::optional<std::string> side;
    std::string what;
    Prepared statement(tx, of_meetings(tx, "at, side, what FROM meeting_steps"), into(id), into(step.at),
                       into(side), into(what), use(owner, "owner"), use(ids, "ids"));
    for (bool more = statement.execute(); more; more = statement.fetch()) {
        step.by = side ? core::parse_side(*side) : std::nullopt;
        step.what = core::parse_meeting_event(what).value();
        meetings.at(id)->history.push_back(step);
    }
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
    std::string named_by;
    Prepared insert(tx,
                    "INSERT INTO meeting_places (owner_id, meeting_id, number, name, address, lat, lng, "
                    "is_public, named_by)"
                    " VALUES (:owner, :meeting, :number, :name, :address, :lat, :lng, :public, :named_by)",
                    use(owner, "owner"), use(meeting.id, "meeting"), use(place.number, "number"),
                    use(place.name, "name"), use(place.address, "address"), use(lat, "lat"), use(lng, "lng"),
                    use(place.is_public, "public"), use(named_by, "named_by"));
    for (const core::MeetingPlace& one : meeting.places) {
        place = one;
        named_by = to_string(one.named_by);
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
    std::vector<core::MeetingId> ids;
    for (Record& record : records) {
        meetings.emplace(record.meeting.id, &record.meeting);
        ids.push_back(record.meeting.id);
    }
    const std::string list = id_list(ids);
    load_slots(tx, owner, list, meetings);
    load_places(tx, owner, list, meetings);
    load_steps(tx, owner, list, meetings);
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
