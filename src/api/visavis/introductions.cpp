#include "api/visavis/introductions.h"

#include "api/http/authorise.h"
#include "api/http/faults.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/asks_json.h"
#include "api/visavis/guest_page.h"
#include "api/visavis/introduction_page.h"
#include "api/visavis/meetings.h"
#include "app/introductions.h"
#include "base/text.h"
#include "net/target.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;
using core::IntroductionId;

constexpr std::size_t kMostText = 100'000;  // how long words may be is core's to say

Result<app::NewIntroduction> parse_new(Context& context, const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::NewIntroduction input;
    TRY(input.ask, optional_id<core::AskSendId>(body, "ask"));
    TRY(input.asker, optional_id<core::PersonId>(body, "asker"));
    TRY(input.person, id_field<core::PersonId>(body, "person"));
    TRY(const auto to_target, optional_text(body, "to_target", kMostText));
    TRY(const auto to_asker, optional_text(body, "to_asker", kMostText));
    TRY(const auto email, optional_text(body, "email", 400));
    input.to_target = to_target.value_or("");
    input.to_asker = to_asker.value_or("");
    input.email = email.value_or("");
    input.desk = meeting_desk(context);
    return input;
}

/// POST /introductions
awaitable<Result<net::Response>> introduce(Context& context, net::Request request) {
    CO_TRY(app::NewIntroduction input, parse_new(context, request));
    CO_TRY(const auto view, co_await write_as(context, request, &app::introduce_people, std::move(input)));
    co_return created(render_introduction(view));
}

/// POST /introductions/preview
awaitable<Result<net::Response>> preview(Context& context, net::Request request) {
    CO_TRY(app::NewIntroduction input, parse_new(context, request));
    CO_TRY(const auto shown,
           co_await read_as(context, request, &app::preview_introduction, std::move(input)));
    json::array emails;
    for (const auto& email : shown.emails) emails.emplace_back(email);
    json::object body;
    body["to_target"] = shown.words.to_target;
    body["to_asker"] = shown.words.to_asker;
    body["has_account"] = shown.has_account;
    body["emails"] = std::move(emails);
    body["mail"] = {{"to", shown.to}, {"subject", shown.subject}, {"text", shown.text}};
    co_return ok(body);
}

/// GET /introductions
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const Page page, parse_page(request, 50, 200));
    std::optional<IntroductionId> before;
    if (page.after) {
        CO_TRY(const std::int64_t last, parse_id(*page.after));
        before = IntroductionId{last};
    }
    CO_TRY(const auto found,
           co_await read_as(context, request, &app::list_introductions, before, page.limit));
    std::optional<std::string> next;
    if (found.next) next = to_string(*found.next);
    co_return ok(page_json(render_introductions(found.items), next));
}

/// GET /introductions/:id
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<IntroductionId>(request, "id"));
    CO_TRY(const auto view, co_await read_as(context, request, &app::find_introduction, id));
    co_return ok(render_introduction(view));
}

std::optional<core::Consent> parse_answer(std::string_view name) {
    const auto consent = core::parse_consent(name);
    return consent == core::Consent::unsaid ? std::nullopt : consent;
}

/// POST /introductions/:id/answer
awaitable<Result<net::Response>> answer(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<IntroductionId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const std::string name, text_field(body, "answer", 20));
    const auto consent = parse_answer(name);
    if (!consent) co_return bad_field("answer", "is yes, not_now or no");
    CO_TRY(const auto view, co_await write_as(context, request, &app::answer_introduction, id, *consent,
                                              meeting_desk(context)));
    co_return ok(render_introduction(view));
}

/// POST /introductions/:id/withdraw
awaitable<Result<net::Response>> withdraw(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<IntroductionId>(request, "id"));
    CO_TRY(const auto view, co_await write_as(context, request, &app::take_back_introduction, id));
    co_return ok(render_introduction(view));
}

/// POST /introductions/:id/thanks
awaitable<Result<net::Response>> thank(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<IntroductionId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string words, text_field(body, "words", kMostText));
    CO_TRY(const auto view, co_await write_as(context, request, &app::thank_for_introduction, id,
                                              std::move(words), meeting_desk(context)));
    co_return ok(render_introduction(view));
}

net::Response html(int status, std::string page) {
    net::Response response(status, "text/html; charset=utf-8", std::move(page));
    response.with("cache-control", "no-store").with("x-robots-tag", "noindex");
    return response;
}

/// GET /i/:token
awaitable<Result<net::Response>> show_page(Context& context, net::Request request) {
    const auto found =
        co_await context.db.read(&app::open_introduction, request.param("token"), context.now());
    if (!found) co_return html(404, render_unknown("guest"));
    co_return html(200, render_introduction_page(*found, {context.now(), {}, std::nullopt}));
}

/// POST /i/:token
awaitable<Result<net::Response>> answer_page(Context& context, net::Request request) {
    const std::string token = request.param("token");
    const auto found = co_await context.db.read(&app::open_introduction, token, context.now());
    if (!found) co_return html(404, render_unknown("guest"));
    IntroductionPageView view{context.now(), {}, std::nullopt};
    view.typed.fields = net::parse_form(request.body);
    app::GuestConsent input;
    input.token = token;
    const bool thanks = view.typed.value("answer") == "thanks";
    const auto consent = parse_answer(view.typed.value("answer"));
    input.consent = consent.value_or(core::Consent::unsaid);
    input.email = std::string(trim(view.typed.value("email")));
    input.thanks = std::string(view.typed.value("thanks"));
    input.desk = meeting_desk(context);
    input.now = context.now();
    if (!consent && !thanks) {
        view.error = Error{Fault::invalid, "body.field", "Choose one of the answers."};
        co_return html(400, render_introduction_page(*found, view));
    }
    const auto answered = co_await context.db.write(&app::answer_as_guest, std::move(input));
    if (!answered) {
        view.error = answered.error();
        co_return html(status_of(answered.error().fault), render_introduction_page(*found, view));
    }
    context.wake_jobs();
    net::Response response;
    response.status = 303;
    response.with("location", "/i/" + token).with("cache-control", "no-store");
    co_return response;
}

}  // namespace

void add_introductions_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/introductions";
    router.add(Method::get, base, handle(context, &list));
    router.add(Method::post, base, handle(context, &introduce));
    router.add(Method::post, base + "/preview", handle(context, &preview));
    router.add(Method::get, base + "/:id", handle(context, &show));
    router.add(Method::post, base + "/:id/answer", handle(context, &answer));
    router.add(Method::post, base + "/:id/withdraw", handle(context, &withdraw));
    router.add(Method::post, base + "/:id/thanks", handle(context, &thank));
    router.add(Method::get, "/i/:token", handle(context, &show_page));
    router.add(Method::post, "/i/:token", handle(context, &answer_page));
}

}  // namespace vv::api::visavis
