#include "server/compose.h"

#include "api/calendar/routes.h"
#include "api/http/context.h"
#include "api/http/faults.h"
#include "api/http/security.h"
#include "api/http/travel_desk.h"
#include "api/visavis/routes.h"
#include "app/sign_up.h"
#include "app/ways.h"
#include "base/log.h"
#include "jobs/handlers.h"
#include "jobs/runner.h"
#include "net/mail.h"
#include "net/mailbox.h"
#include "net/server.h"
#include "server/clock.h"
#include "server/metrics.h"
#include "server/operations.h"
#include "server/page.h"
#include "server/paper_fonts.h"
#include "server/shutdown.h"
#include "store/database.h"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <thread>

namespace vv::server {
namespace {

constexpr std::chrono::seconds kDrain{9};
constexpr std::chrono::seconds kStop{10};  // and what a transaction under way may take beyond

boost::asio::awaitable<net::Response> answer_page(net::Request request) {
    static const std::vector<PageFile> files = page_files();
    co_return serve_page(files, request);
}

void configure_log(const Config& config) {
    constexpr std::array<std::string_view, 5> kLevels{"debug", "info", "warning", "error", "off"};
    const auto level = std::find(kLevels.begin(), kLevels.end(), config.log_level) - kLevels.begin();
    log::configure(static_cast<log::Level>(level),
                   config.log_form == "json" ? log::Form::json : log::Form::text);
}

// What a killed server left of half-received uploads is nobody's.
Result<std::string> prepare_uploads(const std::string& data) {
    const std::filesystem::path folder = jobs::upload_folder(data);
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return Error(Fault::invalid, "data.folder",
                     folder.string() + " can't be made: " + failed.message() + ".");
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().filename().string().starts_with("upload-"))
            std::filesystem::remove(entry.path(), failed);
    return folder.string();
}

net::ServerOptions server_options(const Config& config, const std::string& uploads, Metrics& metrics) {
    net::ServerOptions options;
    options.listen = config.listen;
    options.threads = static_cast<int>(config.threads);
    options.tls_cert = config.tls_cert;
    options.tls_key = config.tls_key;
    options.trusted_proxies = config.trusted_proxies;
    options.max_connections = static_cast<std::size_t>(config.max_connections);
    options.max_connections_each = std::max<std::size_t>(1, options.max_connections / 4);
    options.upload_folder = uploads;
    options.default_headers = api::security_headers();
    options.observe = [&metrics](const net::Served& served) { metrics.observe(served); };
    return options;
}

net::MailTls mail_tls(std::string_view word) {
    return word == "never"        ? net::MailTls::never
           : word == "if_offered" ? net::MailTls::if_offered
                                  : net::MailTls::required;
}

std::unique_ptr<net::Mailer> make_mailer(const Config& config) {
    if (config.mail_url.empty()) return nullptr;
    net::SmtpOptions options;
    options.url = config.mail_url;
    options.user = config.mail_user;
    options.password = config.mail_password;
    options.from = config.mail_from;
    options.tls = mail_tls(config.mail_tls);
    return std::make_unique<net::SmtpMailer>(std::move(options));
}

std::unique_ptr<net::Mailbox> make_mailbox(const Config& config) {
    if (config.mailbox_url.empty()) return nullptr;
    net::MailboxOptions options;
    options.url = config.mailbox_url;
    options.user = config.mailbox_user;
    options.password = config.mailbox_password;
    options.folder = config.mailbox_folder;
    options.tls = mail_tls(config.mailbox_tls);
    return std::make_unique<net::ImapMailbox>(std::move(options));
}

/// Mail out and in, as far as the operator wants it.
struct Post {
    std::unique_ptr<net::Mailer> mailer;
    std::string from;  // empty without a mailer
    std::unique_ptr<net::Mailbox> mailbox;
    std::string answers;  // the mailbox's address; empty without one
};

Post make_post(const Config& config) {
    Post post{make_mailer(config), {}, make_mailbox(config), {}};
    if (post.mailer) post.from = config.mail_from;
    if (post.mailbox)
        post.answers = config.mailbox_address.empty() ? config.mail_from : config.mailbox_address;
    return post;
}

void add_all_routes(net::Router& router, api::Context& context, Operations& operations) {
    api::visavis::add_routes(router, context);
    api::calendar::add_routes(router, context);
    add_operations(router, operations);
    router.set_fallback(answer_page);
    router.set_guard([&context](const net::Request& request) -> std::optional<net::Response> {
        const Result<Done> allowed = api::check_origin(request, context.base_url);
        return allowed ? std::nullopt : std::optional(api::respond(allowed.error()));
    });
}

void add_all_metrics(Metrics& metrics, const store::Database& db, const net::Server& server,
                     const jobs::RunnerCounters& counters) {
    metrics.add_counter("visavis_database_statements_total", "SQL statements run",
                        [&db] { return static_cast<double>(db.statements()); });
    metrics.add_gauge("visavis_http_connections", "Open connections",
                      [&server] { return static_cast<double>(server.connections()); });
    const auto add = [&metrics](const char* name, const char* help, const std::atomic<std::int64_t>& value) {
        metrics.add_counter(name, help, [&value] { return static_cast<double>(value.load()); });
    };
    add("visavis_jobs_done_total", "Jobs done", counters.jobs_done);
    add("visavis_jobs_failed_total", "Jobs that failed for good", counters.jobs_failed);
    add("visavis_jobs_cancelled_total", "Jobs cancelled by their owners", counters.jobs_cancelled);
    add("visavis_jobs_retried_total", "Attempts of jobs that will be repeated", counters.jobs_retried);
    add("visavis_effects_delivered_total", "Mails and other effects delivered", counters.effects_delivered);
    add("visavis_effects_retried_total", "Attempts of effects that will be repeated",
        counters.effects_retried);
    add("visavis_effects_dead_total", "Effects given up", counters.effects_dead);
}

void add_answer_metrics(Metrics& metrics, const api::KeptAnswers& kept) {
    const auto read = [&kept](auto member) {
        return [&kept, member] { return static_cast<double>(kept.counts().*member); };
    };
    using Counts = api::KeptAnswers::Counts;
    metrics.add_counter("visavis_kept_answers_hits_total", "Answers given again without a read",
                        read(&Counts::hits));
    metrics.add_counter("visavis_kept_answers_misses_total", "Answers that had to be read",
                        read(&Counts::misses));
    metrics.add_gauge("visavis_kept_answers", "Answers kept, stale ones among them", read(&Counts::answers));
    metrics.add_gauge("visavis_kept_answers_bytes", "Memory that they take", read(&Counts::bytes));
}

// While there is no account, a line with a link to make the first one: known to who started the server, and
// to nobody else.
Result<std::string> invite_first_account(api::Context& context) {
    const Instant now = context.now();
    const core::InviteId id{context.ids.next(now)};
    TRY(const std::optional<std::string> secret,
        context.db.write_now([&](store::Tx& tx) { return app::setup_token(tx, id, now); }));
    if (!secret) return std::string();
    return "Make the first account at " + context.base_url + "/setup?token=" + *secret + "\n";
}

Result<std::unique_ptr<store::Database>> open_data(const cli::DataPlace& place) {
    store::DatabaseOptions options;
    options.url = place.url;
    options.role = store::DatabaseOptions::Role::server;
    return store::Database::open(options);
}

jobs::RunnerOptions runner_options(const ServerClock& clock) {
    jobs::RunnerOptions options;
    options.now = [&clock] { return clock.now(); };
    options.machine_now = system_now;
    options.is_server = true;
    return options;
}

ServerClock clock_of(const Config& config) {
    return config.clock.empty() ? ServerClock() : ServerClock(*parse_rfc3339(config.clock));
}

// What the server says of itself, and whom it lets in.
void introduce(api::Context& context, const Config& config, const Post& post, const app::Ways& ways) {
    context.ways = &ways;
    context.sign_up = *core::parse_sign_up(config.sign_up);
    context.operator_text = config.operator_text;
    context.server_name = config.server_name;
    context.mail_from = post.from;
    context.mailbox = post.answers;
    if (config.outbound_allow_private) context.push_endpoints = core::PushEndpoints::any;
}

// What was answered is answered again, for a moment, while nobody writes.
void keep_answers(api::Context& context, const Config& config, Metrics& metrics) {
    context.kept = std::make_unique<api::KeptAnswers>(context.db.commits(),
                                                      static_cast<std::size_t>(config.kept_answers_mb) << 20);
    add_answer_metrics(metrics, *context.kept);
}

/// What has threads of its own, and is waited for when the server stops.
struct Running {
    store::Database& db;
    jobs::Runner& runner;
    net::Server& server;
    net::Mailer* mailer;
    net::Mailbox* mailbox;
    Operations& operations;
    app::Ways& ways;
    const ServerClock& clock;
};

// From here on nothing returns early: what the threads use is destroyed only after they have stopped.
void serve_until_told(const Running& running, StopSignals& signals, const std::string& announcement,
                      std::ostream& out) {
    running.runner.start();
    running.server.start();
    out << announcement << std::flush;
    log::info("server.ready", {{"url", running.server.url()}});

    signals.wait();
    log::info("server.stopping");
    const StopDeadline deadline(kStop);
    running.operations.draining = true;
    if (running.mailer) running.mailer->give_up();
    if (running.mailbox) running.mailbox->give_up();
    std::thread stopping([&runner = running.runner] { runner.stop(); });
    running.server.drain(kDrain);
    stopping.join();
    if (const Result<Done> saved = running.ways.save(running.clock.now()); !saved)
        log::warning("ways.not_saved", {{"why", saved.error().detail}});
    running.db.close();
    log::info("server.stopped");
}

// The operator names it, so it may be within the house; where it would send us on may not.
notify::TravelRouter router_of(const Config& config) {
    notify::TravelRouter router;
    router.url = config.travel_url;
    router.kind = *formats::parse_router_kind(config.travel_router);
    router.by = *core::parse_travel_mode(config.travel_by);
    router.client.allow_private = true;
    router.client.redirects = 0;
    router.client.timeout = std::chrono::seconds(config.travel_timeout);
    router.client.body_limit = 1 << 20;
    return router;
}

// Somebody waits for it.
std::unique_ptr<api::TravelDesk> travel_desk(const Config& config) {
    constexpr std::chrono::milliseconds kPatience{1'500};
    notify::TravelRouter router = router_of(config);
    if (router.url.empty()) return nullptr;
    router.client.timeout = std::min(router.client.timeout, kPatience);
    const core::TravelMode by = router.by;
    return std::make_unique<api::TravelDesk>(by, [router = std::move(router)](std::vector<LatLng> places) {
        return notify::ask_router(router, std::move(places));
    });
}

struct Ground {
    IdSource& ids;
    const std::string& base_url;
    const std::string& folder;
};

jobs::Services services_of(const Config& config, const Ground& ground, const Post& post, app::Ways& ways) {
    return {ground.ids,
            post.mailer.get(),
            ground.base_url,
            ground.folder,
            post.from,
            config.outbound_allow_private,
            std::chrono::seconds(config.outbound_timeout),
            &ways,
            post.mailbox.get(),
            post.answers,
            std::chrono::seconds(config.mailbox_every),
            router_of(config)};
}

}  // namespace

Result<Done> run_server(const Config& config, const cli::DataPlace& place, std::ostream& out) {
    StopSignals signals;
    configure_log(config);
    offer_paper_fonts();
    const ServerClock clock = clock_of(config);
    IdSource ids(0, &system_now);
    TRY(const auto db, open_data(place));
    TRY(const std::string uploads, prepare_uploads(place.folder));

    Metrics metrics;
    net::Router router;
    TRY(net::Networks metrics_from, net::Networks::parse(config.metrics_from));
    Operations operations{*db, metrics, std::move(metrics_from), place.folder};
    TRY(const auto server, net::Server::create(server_options(config, uploads, metrics), router));
    const std::string base_url = config.base_url.empty() ? server->url() : config.base_url;

    const Post post = make_post(config);
    app::Ways ways;
    ways.keep_in((std::filesystem::path(place.folder) / "ways.image").string());
    const jobs::Services services = services_of(config, {ids, base_url, place.folder}, post, ways);
    jobs::Runner runner(*db, runner_options(clock));
    jobs::add_handlers(runner, services);
    add_all_metrics(metrics, *db, *server, runner.counters());

    api::Context context{*db,      ids,     [&clock] { return clock.now(); },
                         base_url, uploads, [&runner] { runner.wake(); }};
    introduce(context, config, post, ways);
    const auto travel = travel_desk(config);
    context.travel = travel.get();
    keep_answers(context, config, metrics);
    add_all_routes(router, context, operations);
    TRY(const std::string setup_link, invite_first_account(context));
    serve_until_told({*db, runner, *server, post.mailer.get(), post.mailbox.get(), operations, ways, clock},
                     signals, "Visavis is ready at " + base_url + "\n" + setup_link, out);
    return Done{};
}

}  // namespace vv::server
