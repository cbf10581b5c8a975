#include "api/visavis/people_lists.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/meetings.h"
#include "api/visavis/people.h"
#include "app/acts.h"
#include "app/people.h"
#include "app/people_export.h"
#include "app/people_lists.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::object render(const store::people_lists::List& list) {
    return {
        {"id", to_string(list.id)}, {"name", list.name}, {"search", list.search}, {"people", list.people}};
}

/// GET /lists
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const app::Sorting sorting, co_await read_as(context, request, &app::list_sorting));
    json::array lists;
    for (const auto& list : sorting.lists) lists.push_back(render(list));
    json::array tags;
    for (const auto& tag : sorting.tags) tags.push_back({{"name", tag.name}, {"people", tag.people}});
    json::object body;
    body["items"] = std::move(lists);
    body["tags"] = std::move(tags);
    co_return ok(body);
}

Result<app::ListWanted> parse_list(const json::object& body) {
    app::ListWanted wanted;
    TRY(wanted.name, text_field(body, "name", 100));
    TRY(const auto search, optional_text(body, "search", 1000));
    wanted.search = search.value_or("");
    return wanted;
}

/// POST /lists
awaitable<Result<net::Response>> add(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(app::ListWanted wanted, parse_list(body));
    const std::optional<core::ListId> fresh;
    CO_TRY(const auto list,
           co_await write_as(context, request, &app::save_list, fresh, std::move(wanted), &context.ids));
    co_return created(render(list));
}

/// PATCH /lists/:id
awaitable<Result<net::Response>> change(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::ListId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(app::ListWanted wanted, parse_list(body));
    const std::optional<core::ListId> known(id);
    CO_TRY(const auto list,
           co_await write_as(context, request, &app::save_list, known, std::move(wanted), &context.ids));
    co_return ok(render(list));
}

/// DELETE /lists/:id
awaitable<Result<net::Response>> remove(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::ListId>(request, "id"));
    CO_TRY(const auto act, co_await write_as(context, request, &app::remove_list, id, &context.ids));
    co_return ok(render_act(act));
}

Result<std::vector<std::string>> tags_of(const json::object& body, const char* field) {
    if (!body.contains(field)) return std::vector<std::string>();
    return texts_field(body, field, 20, 60);
}

Result<app::BulkEdit> parse_bulk(const json::object& body) {
    app::BulkEdit edit;
    TRY(edit.people, ids_field<core::PersonId>(body, "ids", 1'000));
    TRY(const auto relation, optional_text(body, "relation", 20));
    if (relation) edit.relation = core::parse_relation(*relation);
    if (relation && !edit.relation) return bad_field("relation", "is none of the known ones");
    TRY(edit.add_tags, tags_of(body, "add_tags"));
    TRY(edit.remove_tags, tags_of(body, "remove_tags"));
    TRY(edit.add_to, optional_id<core::ListId>(body, "add_to"));
    TRY(edit.remove_from, optional_id<core::ListId>(body, "remove_from"));
    TRY(edit.blocked, optional_bool(body, "blocked"));
    return edit;
}

/// POST /people/bulk
awaitable<Result<net::Response>> bulk(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(app::BulkEdit edit, parse_bulk(body));
    app::MeetingDesk desk = meeting_desk(context);
    CO_TRY(const auto acted,
           co_await write_as(context, request, &app::edit_people, std::move(edit), std::move(desk)));
    context.wake_jobs();
    json::object answer = render_act(acted.act);
    answer["people"] = acted.what;
    co_return ok(answer);
}

/// GET /people/export
awaitable<Result<net::Response>> export_all(Context& context, net::Request request) {
    const std::string wanted = text_query(request, "format").value_or("vcard");
    if (wanted != "vcard" && wanted != "csv") co_return bad_field("format", "is \"vcard\" or \"csv\"");
    const bool is_csv = wanted == "csv";
    const auto format = is_csv ? app::PeopleFormat::csv : app::PeopleFormat::vcard;
    CO_TRY(std::string text, co_await read_as(context, request, &app::export_people, format));
    net::Response response(200, is_csv ? "text/csv; charset=utf-8" : "text/vcard; charset=utf-8",
                           std::move(text));
    response.with("content-disposition",
                  std::string("attachment; filename=\"people.") + (is_csv ? "csv\"" : "vcf\""));
    response.with("cache-control", "no-store");
    co_return response;
}

/// GET /acts
awaitable<Result<net::Response>> acts(Context& context, net::Request request) {
    CO_TRY(const Page page, parse_page(request, 20, 100));
    CO_TRY(const auto found, co_await read_as(context, request, &app::list_acts, page.limit));
    json::array items;
    for (const auto& act : found)
        items.push_back({{"id", to_string(act.id)}, {"kind", act.kind}, {"at", format_rfc3339(act.at)}});
    co_return ok(page_json(std::move(items)));
}

/// POST /acts/:id/undo
awaitable<Result<net::Response>> undo(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::ActId>(request, "id"));
    CO_TRY(const auto undone, co_await write_as(context, request, &app::undo_act, id));
    json::array people;
    for (const auto person : undone.people) people.emplace_back(to_string(person));
    json::object body;
    body["kind"] = undone.kind;
    body["people"] = std::move(people);
    co_return ok(body);
}

}  // namespace

void add_people_lists_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/";
    router.add(Method::get, base + "lists", handle(context, &show));
    router.add(Method::post, base + "lists", handle(context, &add));
    router.add(Method::patch, base + "lists/:id", handle(context, &change));
    router.add(Method::delete_, base + "lists/:id", handle(context, &remove));
    router.add(Method::post, base + "people/bulk", handle(context, &bulk));
    router.add(Method::get, base + "people/export", handle(context, &export_all));
    router.add(Method::get, base + "acts", handle(context, &acts));
    router.add(Method::post, base + "acts/:id/undo", handle(context, &undo));
}

}  // namespace vv::api::visavis
