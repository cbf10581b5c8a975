#include "jobs/subscriptions.h"

#include "app/subscriptions.h"
#include "base/crypto.h"
#include "base/log.h"
#include "jobs/subscription_looks.h"
#include "net/client.h"
#include "store/accounts.h"

#include <filesystem>
#include <fstream>

namespace vv::jobs {
namespace {

constexpr std::chrono::seconds kEvery{20};

net::ClientOptions client_options(const SubscriptionDeps& deps) {
    net::ClientOptions options;
    options.allow_private = deps.allow_private;
    options.timeout = deps.timeout;
    options.body_limit = kMostText;
    return options;
}

/// Where uploads wait for their import too, which removes it when it is through.
Result<std::string> keep(const std::string& data_folder, const std::string& text) {
    const auto folder = std::filesystem::path(data_folder) / "uploads";
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    const std::string path = (folder / ("subscription-" + random_token(12))).string();
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (file) return path;
    std::filesystem::remove(path, failed);
    return Error(Fault::unavailable, "subscription.disk",
                 "What was read could not be kept; the disk is full?");
}

Result<Found> look(const app::Subscription& subscription, const JobContext& context,
                   const SubscriptionDeps& deps) {
    if (!subscription.user.empty() && !deps.allow_private && !subscription.url.starts_with("https://")) {
        Found found;
        refuse(found.look, {Fault::forbidden, "subscription.insecure",
                            "A name and a password are sent to https:// addresses only."});
        return found;
    }
    const net::Client client(client_options(deps));
    const std::string& kind = subscription.kind;
    if (kind.empty() || kind == "caldav" || kind == "carddav") {
        TRY(auto found, look_at_collection(client, context, subscription));
        if (found) return *std::move(found);
    }
    return look_at_file(client, subscription, context.now());
}

Result<app::Subscription> note(store::Database& db, const JobContext& context, app::SubscriptionId id,
                               app::Look look, const SubscriptionDeps& deps) {
    return db.write_now([&](store::Tx& tx) -> Result<app::Subscription> {
        const auto account = store::accounts::find(tx, context.job().owner);
        if (!account) return Error(Fault::not_found, "subscription.unknown", "Its account is gone.");
        const app::Caller caller{account->id, context.now(), account->zone};
        return app::note_look(tx, caller, id, look, deps.starts_imports, &deps.ids);
    });
}

}  // namespace

Result<Done> read_subscription(store::Database& db, JobContext& context, const SubscriptionDeps& deps) {
    TRY(const std::int64_t number, parse_id(store::field(context.job().payload, "subscription")));
    const app::SubscriptionId id{number};
    const auto subscription =
        db.read_now([&](store::Tx& tx) { return app::find_subscription(tx, context.job().owner, id); });
    if (!subscription) {
        if (subscription.error().fault == Fault::not_found) return Done{};  // removed while it waited
        return subscription.error();
    }
    TRY(Found found, look(*subscription, context, deps));
    if (!found.text.empty()) {
        TRY(found.look.path, keep(deps.data_folder, found.text));
    }
    const std::string path = found.look.path;
    const auto noted = note(db, context, id, std::move(found.look), deps);
    if (noted) {
        log::info("subscription.read", {{"subscription", id.value},
                                        {"bytes", static_cast<std::int64_t>(found.text.size())},
                                        {"error", noted->error_code}});
        return Done{};
    }
    std::error_code ignored;
    if (!path.empty()) std::filesystem::remove(path, ignored);
    if (noted.error().fault == Fault::not_found) return Done{};
    return noted.error();
}

void add_subscription_jobs(Runner& runner, const SubscriptionDeps& deps) {
    const auto read = [deps](store::Database& db, JobContext& context) {
        return read_subscription(db, context, deps);
    };
    runner.on(app::kSubscriptionJob, read, Lane::outward);
    runner.every("subscriptions", kEvery, [deps, &runner](store::Database& db, Instant now) -> Result<Done> {
        TRY(const std::size_t started,
            db.write_now([&](store::Tx& tx) { return app::start_due_subscriptions(tx, now, &deps.ids); }));
        if (started > 0) runner.wake();
        return Done{};
    });
}

}  // namespace vv::jobs
