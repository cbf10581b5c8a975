#include "api/visavis/handshakes.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/meetings.h"
#include "app/handshakes.h"
#include "app/throttles.h"
#include "formats/receipt.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kMostCode = 1'000;  // bytes, the whole link

app::MeetingDesk desk_of(Context& context) {
    return meeting_desk(context);
}

json::value render(const core::AccountName& account) {
    return {{"name", account.name}, {"handle", account.handle}};
}

json::value render(const app::HandshakeRow& row) {
    json::value person = nullptr;
    if (row.person) person = {{"id", to_string(*row.person)}, {"name", row.person_name}};
    const std::string& meeting = row.receipt.receipt.meeting;
    return {{"id", std::to_string(row.id)},
            {"at", format_rfc3339(row.at)},
            {"person", std::move(person)},
            {"account", render(row.with)},
            {"encounter", std::to_string(row.encounter)},
            {"meeting", meeting.empty() ? json::value(nullptr) : json::value(meeting)},
            {"first", row.is_first}};
}

json::value render(const app::HandshakeProgress& progress) {
    return {{"state", app::to_string(progress.state)},
            {"other", progress.with ? render(*progress.with) : json::value(nullptr)},
            {"receipt_text", progress.receipt.empty() ? json::value(nullptr) : json::value(progress.receipt)},
            {"handshake", progress.handshake ? render(*progress.handshake) : json::value(nullptr)}};
}

/// POST /handshakes/offers
awaitable<Result<net::Response>> show_offer(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    app::ShowOffer input;
    CO_TRY(input.device, id_field<core::DeviceId>(body, "device"));
    CO_TRY(input.nonce, text_field(body, "nonce", 100));
    CO_TRY(input.issued, time_field(body, "issued_at"));
    CO_TRY(input.signature, text_field(body, "signature", 200));
    CO_TRY(input.place, optional_place(body, "place"));
    input.host = context.host();
    CO_TRY(const app::ShownCode shown,
           co_await write_as(context, request, &app::show_offer, std::move(input)));
    const json::array words{shown.words[0], shown.words[1], shown.words[2]};
    co_return created({{"nonce", shown.nonce},
                       {"code", shown.code},
                       {"url", context.base_url + "/h#" + core::encode_known_offer(shown.nonce)},
                       {"words", words},
                       {"expires_at", format_rfc3339(shown.expires)}});
}

/// GET /handshakes/offers/:nonce
awaitable<Result<net::Response>> show_progress(Context& context, net::Request request) {
    std::string nonce = request.param("nonce");
    CO_TRY(const app::HandshakeProgress progress,
           co_await read_as(context, request, &app::handshake_progress, std::move(nonce)));
    co_return ok(render(progress));
}

/// POST /handshakes/read
awaitable<Result<net::Response>> read_offer(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    app::ReadOffer input;
    CO_TRY(const auto code, optional_text(body, "code", kMostCode));
    CO_TRY(const auto words, optional_text(body, "words", 200));
    CO_TRY(const auto place, optional_place(body, "place"));
    CO_TRY(input.device, id_field<core::DeviceId>(body, "device"));
    if (code.has_value() == words.has_value()) co_return bad_field("code", "is wanted, or 'words'");
    input.code = code.value_or("");
    input.words = words.value_or("");
    input.keep_place = place.has_value();
    input.host = context.host();
    if (words) {
        CO_TRY(const app::SignedIn who, co_await authorise(context, request));
        std::string subject = to_string(who.caller.account);
        CO_TRY(const Done counted, co_await context.db.write(&app::count_try, app::Throttle::handshake_words,
                                                             std::move(subject), context.now()));
        static_cast<void>(counted);
        CO_TRY([[maybe_unused]] const Done also,
               co_await context.db.write(&app::count_try, app::Throttle::handshake_address, request.remote,
                                         context.now()));
    }
    CO_TRY(const app::ReadCode read, co_await write_as(context, request, &app::read_offer, std::move(input)));
    co_return ok({{"nonce", read.nonce}, {"person", render(read.with)}, {"receipt_text", read.receipt}});
}

/// POST /handshakes: the reader's signature
awaitable<Result<net::Response>> sign(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string nonce, text_field(body, "nonce", 100));
    CO_TRY(std::string signature, text_field(body, "signature", 200));
    CO_TRY(const app::HandshakeProgress progress,
           co_await write_as(context, request, &app::sign_receipt, std::move(nonce), std::move(signature),
                             desk_of(context)));
    co_return ok(render(progress));
}

/// POST /handshakes/offers/:nonce/confirm: the signature of the one who shows
awaitable<Result<net::Response>> confirm(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string signature, text_field(body, "signature", 200));
    std::string nonce = request.param("nonce");
    CO_TRY(const app::HandshakeProgress progress,
           co_await write_as(context, request, &app::sign_receipt, std::move(nonce), std::move(signature),
                             desk_of(context)));
    if (!progress.handshake)
        co_return Error(Fault::conflict, "handshake.unsigned", "The other phone has to sign first.");
    co_return created(render(*progress.handshake));
}

/// GET /handshakes
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const Page page, parse_page(request));
    std::optional<std::int64_t> before;
    if (page.after) {
        CO_TRY(before, parse_id(*page.after));
    }
    CO_TRY(const auto rows, co_await read_as(context, request, &app::list_handshakes, before, page.limit));
    json::array items;
    for (const auto& row : rows) items.push_back(render(row));
    const bool more = rows.size() == static_cast<std::size_t>(page.limit);
    co_return ok(
        page_json(std::move(items), more ? std::optional(std::to_string(rows.back().id)) : std::nullopt));
}

/// GET /handshakes/:id/receipt: the file that anybody can check.
awaitable<Result<net::Response>> receipt(Context& context, net::Request request) {
    CO_TRY(const std::int64_t id, raw_id_param(request, "id"));
    CO_TRY(const app::HandshakeRow row, co_await read_as(context, request, &app::find_handshake, id));
    net::Response response(200, "application/json", formats::write_receipt(row.receipt));
    response.with("content-disposition",
                  "attachment; filename=\"handshake-" + std::to_string(id) + ".json\"");
    response.with("cache-control", "no-store");
    co_return response;
}

}  // namespace

void add_handshakes_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/handshakes";
    router.add(Method::post, base + "/offers", handle(context, &show_offer));
    router.add(Method::get, base + "/offers/:nonce", handle(context, &show_progress));
    router.add(Method::post, base + "/offers/:nonce/confirm", handle(context, &confirm));
    router.add(Method::post, base, handle(context, &sign));
    router.add(Method::post, base + "/read", handle(context, &read_offer));
    router.add(Method::get, base, handle(context, &list));
    router.add(Method::get, base + "/:id/receipt", handle(context, &receipt));
}

}  // namespace vv::api::visavis
