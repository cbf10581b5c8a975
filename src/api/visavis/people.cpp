#include "api/visavis/people.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/encounters.h"
#include "app/people.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdio>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::array texts(const std::vector<std::string>& all) {
    json::array list;
    for (const std::string& text : all) list.emplace_back(text);
    return list;
}

json::value render(const app::IdentitySource& source) {
    return {{"archive", source.archive},
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

json::object render(const app::PersonPage& page) {
    json::array identities;
    for (const auto& identity : page.identities) identities.push_back(render(identity));
    json::array months;
    for (const auto& month : page.months) months.push_back(render(month));
    json::object channels;
    for (const auto& [channel, count] : page.by_channel) channels[core::to_string(channel)] = count;
    const core::Person& person = page.person;
    json::object body = render_row(person);
    body["note"] = person.note;
    body["next_step"] = person.next_step;
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
    body["blocked"] = person.blocked_at.has_value();
    body["relation_set_by"] = person.relation_set_by == core::SetBy::owner ? "owner" : "evidence";
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

Result<app::PeopleWanted> parse_wanted(const net::Request& request) {
    TRY(Page page, parse_page(request));
    app::PeopleWanted wanted;
    wanted.query = text_query(request, "query").value_or("");
    wanted.city = text_query(request, "city").value_or("");
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
    CO_TRY(app::PeopleWanted wanted, parse_wanted(request));
    CO_TRY(const app::PeoplePage page,
           co_await read_as(context, request, &app::list_people, std::move(wanted)));
    json::array items;
    for (const auto& person : page.people) items.push_back(render_row(person));
    co_return ok(page_json(std::move(items), page.next.empty() ? std::nullopt : std::optional(page.next)));
}

/// GET /people/cities
awaitable<Result<net::Response>> cities(Context& context, net::Request request) {
    CO_TRY(const auto found, co_await read_as(context, request, &app::list_cities));
    co_return ok(page_json(texts(found)));
}

/// GET /people/:id
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PersonId>(request, "id"));
    CO_TRY(const app::PersonPage page, co_await read_as(context, request, &app::person_page, id));
    co_return ok(render(page));
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
    co_return created(page_json(std::move(rows)));
}

/// PATCH /people/:id
awaitable<Result<net::Response>> edit(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PersonId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    app::PersonEdit change;
    CO_TRY(change.name, optional_text(body, "name", 200));
    CO_TRY(change.city, optional_text(body, "city", 200));
    CO_TRY(change.note, optional_text(body, "note", 20'000));
    CO_TRY(change.next_step, optional_text(body, "next_step", 20'000));
    CO_TRY(const auto relation, optional_text(body, "relation", 20));
    CO_TRY(change.relation, known(relation, &core::parse_relation, "relation"));
    CO_TRY(const app::PersonPage page,
           co_await write_as(context, request, &app::edit_person_page, id, std::move(change), &context.ids));
    co_return ok(render(page));
}

/// PUT and DELETE /people/:id/block
awaitable<Result<net::Response>> block(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PersonId>(request, "id"));
    const bool on = request.method == net::Method::put;
    CO_TRY(const Done done,
           co_await write_as(context, request, on ? &app::block_person : &app::unblock_person, id));
    static_cast<void>(done);
    co_return no_content();
}

}  // namespace

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
            {"account", text_or_null(person.account_handle)}};
}

void add_people_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/people";
    router.add(Method::get, base, handle(context, &list));
    router.add(Method::post, base, handle(context, &add));
    router.add(Method::post, base + "/batch", handle(context, &add_batch));
    router.add(Method::get, base + "/cities", handle(context, &cities));
    router.add(Method::get, base + "/:id", handle(context, &show));
    router.add(Method::patch, base + "/:id", handle(context, &edit));
    router.add(Method::put, base + "/:id/block", handle(context, &block));
    router.add(Method::delete_, base + "/:id/block", handle(context, &block));
}

}  // namespace vv::api::visavis
