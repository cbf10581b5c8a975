#include "api/visavis/imports.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "app/imports.h"
#include "app/owner_questions.h"
#include "base/plain_line.h"
#include "base/text.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <filesystem>

namespace vv::api::visavis {
namespace {

using app::Import;
using app::ImportId;
using boost::asio::awaitable;
using store::imports::State;

constexpr std::uint64_t kMostUpload = 20'000'000'000;  // bytes
constexpr std::size_t kMostName = 200;

json::value render(const store::imports::Line& line) {
    return {{"archive", line.archive},   {"network", line.network},   {"identities", line.identities},
            {"ties", line.ties},         {"contacts", line.contacts}, {"encounters", line.encounters},
            {"busy", line.busy},         {"posts", line.posts},       {"blocks", line.blocks},
            {"rejected", line.rejected}, {"seconds", line.seconds}};
}

json::value render(const store::imports::Report& report) {
    json::array networks;
    for (const auto& line : report.lines) networks.push_back(render(line));
    json::array unsupported;
    for (const auto& u : report.unsupported)
        unsupported.push_back({{"archive", u.archive},
                               {"file", text_or_null(u.file)},
                               {"network", text_or_null(u.network)},
                               {"error", u.error}});
    return {{"networks", std::move(networks)}, {"unsupported", std::move(unsupported)},
            {"people", report.people},         {"created", report.created},
            {"merged", report.merged},         {"to_review", report.to_review},
            {"seconds", report.seconds}};
}

// What has been read so far tells how long the rest will take.
json::value seconds_left(const Import& import, Instant now) {
    const auto& p = import.progress;
    if (import.state != State::running || p.done <= 0 || p.total < p.done) return nullptr;
    const double gone = std::chrono::duration<double>(now - import.started_at).count();
    return gone * static_cast<double>(p.total - p.done) / static_cast<double>(p.done);
}

std::int64_t found(const Import& import, std::string_view what) {
    const auto at = import.progress.found.find(what);
    return at == import.progress.found.end() ? 0 : at->second;
}

json::object render_found(const Import& import) {
    if (!import.report)
        return {{"people", found(import, "people")},
                {"contacts", found(import, "contacts")},
                {"encounters", found(import, "encounters")},
                {"rejected", found(import, "rejected")}};
    std::int64_t contacts = 0;
    std::int64_t encounters = 0;
    std::int64_t rejected = 0;
    for (const auto& line : import.report->lines) {
        contacts += line.contacts;
        encounters += line.encounters;
        rejected += line.rejected;
    }
    return {{"people", import.report->people},
            {"contacts", contacts},
            {"encounters", encounters},
            {"rejected", rejected}};
}

json::value render(const app::OwnerQuestion& question) {
    json::array candidates;
    for (const auto& one : question.unsure.candidates)
        candidates.push_back({{"key", one.key.key},
                              {"name", text_or_null(one.name)},
                              {"evidence", core::to_string(one.evidence)},
                              {"count", one.count}});
    return {{"archive", question.archive},
            {"network", question.network},
            {"candidates", std::move(candidates)},
            {"taken", text_or_null(question.unsure.taken)},
            {"said", question.said ? json::value(question.said->key) : json::value(nullptr)},
            {"none", question.none}};
}

json::array render_questions(const Import& import) {
    json::array questions;
    for (const auto& question : import.questions) questions.push_back(render(question));
    return questions;
}

json::value render(const Import& import, Instant now) {
    json::value error = nullptr;
    if (!import.error_code.empty()) error = {{"code", import.error_code}, {"message", import.error}};
    return {{"id", to_string(import.id)},
            {"name", import.name},
            {"state", store::imports::to_string(import.state)},
            {"started_at", format_rfc3339(import.started_at)},
            {"finished_at", to_json(import.finished_at)},
            {"done", import.progress.done},
            {"total", import.progress.total},
            {"unit", "bytes"},
            {"found", render_found(import)},
            {"seconds_left", seconds_left(import, now)},
            {"report", import.report ? render(*import.report) : json::value(nullptr)},
            {"owner_questions", render_questions(import)},
            {"is_leaving", import.is_leaving},
            {"is_kept", import.state != State::undone && !import.path.empty()},
            {"error", std::move(error)}};
}

// A file's base name, whatever path or separators the browser sent.
Result<std::string> parse_name(const net::Request& request) {
    std::string name = text_query(request, "name").value_or("");
    name = name.substr(name.find_last_of("/\\") + 1);
    if (!is_plain_line(name)) name = plain_line(name);
    if (name.empty() || name == "." || name == ".." || name.size() > kMostName || !is_utf8(name))
        return bad_field("name", "is the file's name, of at most 200 bytes");
    return name;
}

std::string upload_of(const Context& context, ImportId id) {
    return context.upload_folder + "/import-" + to_string(id);
}

/// POST /imports
awaitable<Result<net::Response>> add(Context& context, net::Request request) {
    app::NewImport wanted;
    CO_TRY(wanted.name, parse_name(request));
    wanted.id = ImportId{context.ids.next(context.now())};
    wanted.path = upload_of(context, wanted.id);  // kept over a restart
    wanted.is_upload = true;
    std::error_code failed;
    std::filesystem::rename(request.upload_path, wanted.path, failed);
    if (failed)
        co_return Error(Fault::unavailable, "import.upload", "The upload could not be kept; try again.");
    const std::string path = wanted.path;
    auto queued = co_await write_as(context, request, &app::add_import, std::move(wanted), &context.ids);
    if (!queued) {
        std::filesystem::remove(path, failed);
        co_return std::move(queued.error());
    }
    co_return accepted(render(*queued, context.now()));
}

/// GET /imports
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const Page page, parse_page(request));
    std::optional<ImportId> after;
    if (page.after) {
        CO_TRY(const std::int64_t id, parse_id(*page.after));
        after = ImportId{id};
    }
    CO_TRY(const auto imports, co_await read_as(context, request, &app::list_imports, after, page.limit));
    json::array items;
    for (const auto& import : imports) items.push_back(render(import, context.now()));
    const bool is_full = imports.size() == static_cast<std::size_t>(page.limit);
    co_return ok(
        page_json(std::move(items), is_full ? std::optional(to_string(imports.back().id)) : std::nullopt));
}

/// GET /imports/:id
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<ImportId>(request, "id"));
    CO_TRY(const Import import, co_await read_as(context, request, &app::find_import, id));
    co_return ok(render(import, context.now()));
}

/// GET /imports/:id/rejections
awaitable<Result<net::Response>> rejections(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<ImportId>(request, "id"));
    CO_TRY(const Page page, parse_page(request, 100, 500));
    std::int64_t after = 0;
    if (page.after) {
        CO_TRY(after, parse_id(*page.after));
    }
    CO_TRY(const auto rows,
           co_await read_as(context, request, &app::import_rejections, id, after, page.limit));
    json::array items;
    for (const auto& row : rows)
        items.push_back(
            {{"archive", row.archive}, {"file", row.file}, {"line", row.line}, {"error", row.error}});
    const bool is_full = rows.size() == static_cast<std::size_t>(page.limit);
    co_return ok(page_json(std::move(items),
                           is_full ? std::optional(std::to_string(rows.back().number)) : std::nullopt));
}

/// POST /imports/:id/owner
awaitable<Result<net::Response>> answer_owner(Context& context, net::Request request) {
    app::OwnerAnswer answer;
    CO_TRY(answer.import, id_param<ImportId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(answer.archive, text_field(body, "archive"));
    CO_TRY(answer.network, text_field(body, "network"));
    CO_TRY(answer.key, optional_text(body, "key"));
    CO_TRY(const auto none, optional_bool(body, "none"));
    answer.none = none.value_or(false);
    if (answer.none && answer.key) co_return bad_field("none", "is not given together with a key");
    const ImportId id = answer.import;
    CO_TRY(const auto again,
           co_await write_as(context, request, &app::answer_owner, std::move(answer), &context.ids));
    context.wake_jobs();
    CO_TRY(const Import import, co_await read_as(context, request, &app::find_import, id));
    co_return again.empty() ? ok(render(import, context.now())) : accepted(render(import, context.now()));
}

/// POST /imports/:id/cancel
awaitable<Result<net::Response>> cancel(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<ImportId>(request, "id"));
    CO_TRY(const Import import, co_await write_as(context, request, &app::cancel_import, id, &context.ids));
    if (import.state == State::cancelled) {  // what was never begun has nobody else to remove it
        std::error_code failed;              // the hourly sweep tries again
        std::filesystem::remove(upload_of(context, id), failed);
    }
    co_return ok(render(import, context.now()));
}

/// DELETE /imports/:id
awaitable<Result<net::Response>> remove(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<ImportId>(request, "id"));
    CO_TRY(const Import import, co_await write_as(context, request, &app::remove_import, id, &context.ids));
    co_return accepted(render(import, context.now()));
}

}  // namespace

void add_imports_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/imports";
    net::RouteOptions upload;
    upload.body = net::Body::to_file;
    upload.body_limit = kMostUpload;
    upload.admit = admit_signed_in(context);
    router.add(Method::post, base, handle(context, &add), upload);
    router.add(Method::get, base, handle(context, &list));
    router.add(Method::get, base + "/:id", handle(context, &show));
    router.add(Method::delete_, base + "/:id", handle(context, &remove));
    router.add(Method::get, base + "/:id/rejections", handle(context, &rejections));
    router.add(Method::post, base + "/:id/cancel", handle(context, &cancel));
    router.add(Method::post, base + "/:id/owner", handle(context, &answer_owner));
}

}  // namespace vv::api::visavis
