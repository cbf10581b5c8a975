#include "api/visavis/people.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/kept_routes.h"
#include "api/http/paging.h"
#include "api/visavis/encounters.h"
#include "api/visavis/meetings.h"
#include "api/visavis/reminders.h"
#include "app/people.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <cstdio>
#include <limits>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::array texts(const std::vector<std::string>& all) {
    json::array list;
    for (const std::string& text : all) list.emplace_back(text);
    return list;
}

json::value render(const app::IdentitySource& source) {
    return {{"archive", source.archive},
            {"network", source.network},
            {"file", source.file},
            {"line", source.line},
            {"at", to_json(source.at)}};
}

json::value render(const app::KnownIdentity& known) {
    const core::Attributes& a = known.identity.attributes;
    json::array sources;
    for (const auto& source : known.sources) sources.push_back(render(source));
    return {{"id", to_string(known.identity.id)},
            {"network", core::to_string(known.identity.network)},
            {"key", known.identity.key},
            {"name", a.name.full},
            {"sources", std::move(sources)},
            {"emails", texts(a.emails)},
            {"phones", texts(a.phones)},
            {"urls", texts(a.urls)},
            {"organisation", text_or_null(a.organisation)},
            {"title", text_or_null(a.title)}};
}

json::value render(const app::MonthContacts& month) {
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "%04d-%02u", month.year, month.month);
    return {{"month", name.data()}, {"in", month.in}, {"out", month.out}};
}

json::value render_began(const app::PersonPage& page) {
    if (!page.began_in) return nullptr;
    return {{"network", core::to_string(*page.began_in)},
            {"at", to_json(page.began_at)},
            {"kind", page.began_kind}};
}

json::value render(const std::optional<core::Birthday>& birthday) {
    if (!birthday) return nullptr;
    return {{"year", birthday->year == 0 ? json::value(nullptr) : json::value(birthday->year)},
            {"month", birthday->month},
            {"day", birthday->day}};
}

json::value render(const app::Post& post) {
    json::array networks;
    for (const auto network : post.networks) networks.emplace_back(core::to_string(network));
    return {{"organisation", text_or_null(post.organisation)},
            {"title", text_or_null(post.title)},
            {"networks", std::move(networks)},
            {"from", to_json(post.from)},
            {"to", to_json(post.to)}};
}

json::value render(const app::KnownPlace& place) {
    return {{"name", place.name}, {"home", place.is_home}, {"times", place.times}};
}

// The address changes with the picture, so that a browser may keep it.
json::value photo_of(const core::Person& person) {
    if (person.photo_hash.empty()) return nullptr;
    return json::string("/api/visavis/v1/people/" + to_string(person.id) +
                        "/photo?v=" + person.photo_hash.substr(0, 16));
}

template <class Rows>
json::array render_all(const Rows& rows) {
    json::array list;
    for (const auto& row : rows) list.push_back(render(row));
    return list;
}

// What stands above the parts of the page: the row, and what the owner wrote.
json::object render_own(const app::PersonPage& page) {
    const core::Person& person = page.person;
    json::object body = render_row(person);
    body["note"] = person.note;
    body["next_step"] = person.next_step;
    body["relation_set_by"] = person.relation_set_by == core::SetBy::owner ? "owner" : "evidence";
    body["relation_suggested"] =
        page.suggested ? json::value(core::to_string(*page.suggested)) : json::value(nullptr);
    json::array lists;
    for (const auto list : page.lists) lists.emplace_back(to_string(list));
    body["lists"] = std::move(lists);
    body["blocked"] = person.blocked_at.has_value();
    body["act"] = page.act ? json::value(to_string(*page.act)) : json::value(nullptr);
    return body;
}

json::object render(const app::PersonPage& page) {
    json::array identities;
    for (const auto& identity : page.identities) identities.push_back(render(identity));
    json::array months;
    for (const auto& month : page.months) months.push_back(render(month));
    json::object channels;
    for (const auto& [channel, count] : page.by_channel) channels[core::to_string(channel)] = count;
    const core::Person& person = page.person;
    json::object body = render_own(page);
    body["identities"] = std::move(identities);
    body["contacts"] = {{"in", person.contacts_in},
                        {"out", person.contacts_out},
                        {"by_month", std::move(months)},
                        {"by_channel", std::move(channels)}};
    json::array encounters;
    for (const auto& encounter : page.encounters.encounters)
        encounters.push_back(render_encounter(encounter, page.encounters.people));
    json::array meetings;
    for (const auto& meeting : page.meetings)
        meetings.push_back({{"id", to_string(meeting.id)},
                            {"state", meeting.state},
                            {"kind", meeting.kind},
                            {"start", format_rfc3339(meeting.start)}});
    body["encounters_list"] = std::move(encounters);
    body["meetings"] = std::move(meetings);
    body["began"] = render_began(page);
    body["first_met"] = to_json(person.first_met);
    body["birthday"] = render(page.birthday);
    body["cadence"] = render_cadence(page.cadences);
    body["posts"] = render_all(page.posts);
    body["places"] = render_all(page.places);
    body["photo_by_hand"] = std::ranges::any_of(page.identities, [](const auto& known) {
        return known.identity.network == core::Network::manual &&
               !known.identity.attributes.photo_hash.empty();
    });
    return body;
}

template <class Enum>
Result<std::optional<Enum>> known(const std::optional<std::string>& text,
                                  std::optional<Enum> (*parse)(std::string_view), const char* field) {
    if (!text) return std::optional<Enum>();
    const auto value = parse(*text);
    if (!value) return bad_field(field, "is none of the known ones");
    return value;
}

Result<app::PeopleWanted> parse_wanted(const net::Request& request, Instant now) {
    TRY(const Page page, parse_page(request));
    app::PeopleWanted wanted;
    wanted.query = text_query(request, "query").value_or("");
    wanted.city = text_query(request, "city").value_or("");
    wanted.tag = text_query(request, "tag").value_or("");
    TRY(const auto list, integer_query(request, "list", 1, std::numeric_limits<std::int64_t>::max()));
    if (list) wanted.list = core::ListId{*list};
    const auto seen = text_query(request, "seen").value_or("");
    if (!seen.empty() && seen != "never" && seen != "year" && seen != "blocked")
        return bad_field("seen", "is \"never\", \"year\" or \"blocked\"");
    wanted.never_met = seen == "never";
    if (seen == "year") wanted.not_met_since = now - std::chrono::days(365);
    wanted.is_blocked = seen == "blocked";
    const auto order = text_query(request, "order").value_or("");
    if (!order.empty() && order != "first") return bad_field("order", "is \"first\"");
    wanted.first = order == "first";
    TRY(wanted.stage, known(text_query(request, "stage"), &core::parse_stage, "stage"));
    TRY(wanted.relation, known(text_query(request, "relation"), &core::parse_relation, "relation"));
    wanted.after = page.after.value_or("");
    wanted.limit = static_cast<std::size_t>(page.limit);
    return wanted;
}

Result<app::NewPerson> parse_new(const json::object& body) {
    app::NewPerson person;
    TRY(person.name, text_field(body, "name", 200));
    TRY(const auto city, optional_text(body, "city", 200));
    TRY(const auto email, optional_text(body, "email", 300));
    TRY(const auto relation, optional_text(body, "relation", 20));
    TRY(person.relation, known(relation, &core::parse_relation, "relation"));
    person.city = city.value_or("");
    person.email = email.value_or("");
    return person;
}

/// GET /people
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(app::PeopleWanted wanted, parse_wanted(request, context.now()));
    CO_TRY(const app::PeoplePage page,
           co_await read_as(context, request, &app::list_people, std::move(wanted)));
    json::array items;
    for (const auto& person : page.people) items.push_back(render_row(person));
    co_return ok(page_json(std::move(items), page.next.empty() ? std::nullopt : std::optional(page.next)));
}

/// GET /people/cities
awaitable<Result<Answered<net::Response>>> cities(Context& context, net::Request request) {
    CO_TRY(const auto found, co_await read_answered(context, request, &app::list_cities));
    co_return found.with(ok(page_json(texts(found.value))));
}

/// GET /people/totals
awaitable<Result<Answered<net::Response>>> totals(Context& context, net::Request request) {
    CO_TRY(const auto found, co_await read_answered(context, request, &app::count_people));
    const json::object body{{"people", found.value.people}, {"met", found.value.met}};
    co_return found.with(ok(body));
}

/// GET /people/map
awaitable<Result<net::Response>> map(Context& context, net::Request request) {
    CO_TRY(app::PeopleWanted wanted, parse_wanted(request, context.now()));
    CO_TRY(const app::PeopleMap found,
           co_await read_as(context, request, &app::people_map, std::move(wanted)));
    json::array places;
    for (const auto& place : found.places)
        places.push_back(
            {{"city", place.city}, {"at", to_json(std::optional(place.at))}, {"people", place.people}});
    json::object body;
    body["places"] = std::move(places);
    body["elsewhere"] = found.elsewhere;
    co_return ok(body);
}

/// GET /people/:id
awaitable<Result<Answered<net::Response>>> show(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PersonId>(request, "id"));
    CO_TRY(const auto page, co_await read_answered(context, request, &app::person_page, id));
    co_return page.with(ok(render(page.value)));
}

/// POST /people
awaitable<Result<net::Response>> add(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    std::vector<app::NewPerson> people(1);
    CO_TRY(people[0], parse_new(body));
    CO_TRY(const auto added,
           co_await write_as(context, request, &app::add_people, std::move(people), &context.ids));
    co_return created(render_row(added.front()));
}

/// POST /people/batch
awaitable<Result<net::Response>> add_batch(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const json::array* items, array_field(body, "people", 200));
    std::vector<app::NewPerson> people;
    for (const json::value& item : *items) {
        if (!item.is_object()) co_return bad_field("people", "is a list of people with names");
        CO_TRY(auto person, parse_new(item.as_object()));
        people.push_back(std::move(person));
    }
    CO_TRY(const auto added,
           co_await write_as(context, request, &app::add_people, std::move(people), &context.ids));
    json::array rows;
    for (const auto& person : added) rows.push_back(render_row(person));
    json::object answer;
    answer["items"] = std::move(rows);
    co_return created(answer);
}

// {"year":1980,"month":4,"day":2}; without a month the birthday is not known.
Result<std::optional<core::Birthday>> parse_birthday(const json::object& body) {
    TRY(const json::object* birthday, optional_object(body, "birthday"));
    if (!birthday) return std::optional<core::Birthday>();
    TRY(const auto year, optional_integer(*birthday, "year", 1, 9999));
    TRY(const auto month, optional_integer(*birthday, "month", 1, 12));
    TRY(const auto day, optional_integer(*birthday, "day", 1, 31));
    return std::optional(core::Birthday{static_cast<int>(year.value_or(0)),
                                        static_cast<unsigned>(month.value_or(0)),
                                        static_cast<unsigned>(day.value_or(0))});
}

Result<app::PersonEdit> parse_edit(const json::object& body) {
    app::PersonEdit change;
    TRY(change.name, optional_text(body, "name", 200));
    TRY(change.city, optional_text(body, "city", 200));
    TRY(change.organisation, optional_text(body, "organisation", 200));
    TRY(change.title, optional_text(body, "title", 200));
    TRY(change.birthday, parse_birthday(body));
    TRY(change.note, optional_text(body, "note", 20'000));
    TRY(change.next_step, optional_text(body, "next_step", 20'000));
    TRY(const auto relation, optional_text(body, "relation", 20));
    change.relation_by_evidence = relation == "suggested";
    if (!change.relation_by_evidence) {
        TRY(change.relation, known(relation, &core::parse_relation, "relation"));
    }
    if (body.contains("tags")) {
        TRY(change.tags, texts_field(body, "tags", 50, 60));
    }
    if (body.contains("lists")) {
        TRY(change.lists, ids_field<core::ListId>(body, "lists", 200));
    }
    return change;
}

/// PATCH /people/:id
awaitable<Result<net::Response>> edit(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PersonId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(app::PersonEdit change, parse_edit(body));
    CO_TRY(const app::PersonPage page,
           co_await write_as(context, request, &app::edit_person_page, id, std::move(change), &context.ids));
    co_return ok(render(page));
}

/// PUT and DELETE /people/:id/block
awaitable<Result<net::Response>> block(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PersonId>(request, "id"));
    const bool on = request.method == net::Method::put;
    app::MeetingDesk desk = meeting_desk(context);
    CO_TRY(const auto act, co_await write_as(context, request, on ? &app::block_person : &app::unblock_person,
                                             id, std::move(desk)));
    context.wake_jobs();
    co_return ok(render_act(act));
}

}  // namespace

json::object render_person(const app::PersonPage& page) {
    return render(page);
}

json::object render_row(const core::Person& person) {
    return {{"id", to_string(person.id)},
            {"name", person.name},
            {"relation", core::to_string(person.relation)},
            {"stage", core::to_string(person.stage)},
            {"trust", person.trust},
            {"city", text_or_null(person.city)},
            {"organisation", text_or_null(person.organisation)},
            {"title", text_or_null(person.title)},
            {"first_contact", to_json(person.first_contact)},
            {"last_contact", to_json(person.last_contact)},
            {"last_met", to_json(person.last_met)},
            {"encounters", person.encounters},
            {"account", text_or_null(person.account_handle)},
            {"tags", texts(person.tags)},
            {"photo", photo_of(person)}};
}

json::object render_act(core::ActId act) {
    return {{"act", to_string(act)}};
}

void add_people_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/people";
    router.add(Method::get, base, handle(context, &list));
    router.add(Method::post, base, handle(context, &add));
    router.add(Method::post, base + "/batch", handle(context, &add_batch));
    add_kept_route(router, context, base + "/cities", &cities);
    add_kept_route(router, context, base + "/totals", &totals);
    router.add(Method::get, base + "/map", handle(context, &map));
    add_kept_route(router, context, base + "/:id", &show);
    router.add(Method::patch, base + "/:id", handle(context, &edit));
    router.add(Method::put, base + "/:id/block", handle(context, &block));
    router.add(Method::delete_, base + "/:id/block", handle(context, &block));
}

}  // namespace vv::api::visavis
