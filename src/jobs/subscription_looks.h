// jobs/subscription_looks.h — one look at what an owner subscribes to: is there something new, and what.
//
// Whatever the other server does is a Found with an error inside; a Result's error is the job's own: it was
// told to stop.
#pragma once

#include "app/subscriptions.h"
#include "jobs/runner.h"
#include "net/client.h"

#include <optional>
#include <string>

namespace vv::jobs {

struct Found {
    app::Look look;
    std::string text;  // what is new, as a file of its kind; empty: nothing
};

/// The most that one look may bring; more is an error.
inline constexpr std::size_t kMostText = 50 << 20;

/// What the text is, told as the import tells it: "calendar", "contacts", "feed"; empty when it is nothing
/// that one subscribes to.
std::string kind_of(std::string_view text);

/// A file that is fetched as a whole: a calendar, cards, a feed.
Found look_at_file(const net::Client& client, const app::Subscription& subscription, Instant now);

/// A collection of a CalDAV or CardDAV server, of which only what changed is fetched. Nothing when the
/// address is no collection; asked only of one that was never read yet.
Result<std::optional<Found>> look_at_collection(const net::Client& client, const JobContext& context,
                                                const app::Subscription& subscription);

/// A request to the subscription's server, with its name and password where they may go.
net::ClientRequest request_for(const app::Subscription& subscription, std::string url);
/// What an answer other than the hoped-for means, and how long to wait.
void refuse(app::Look& look, const net::ClientResponse& answer, Instant now);
void refuse(app::Look& look, Error error);

}  // namespace vv::jobs
