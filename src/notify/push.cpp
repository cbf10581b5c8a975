#include "notify/push.h"

#include "app/push.h"
#include "base/crypto.h"
#include "formats/web_push.h"

#include <algorithm>
#include <charconv>

namespace vv::notify {
namespace {

using app::PushFate;
using std::chrono::seconds;

constexpr std::chrono::hours kProofHolds{12};  // a day at most (RFC 8292, 2)
constexpr seconds kLongestKept{28 * 86'400};   // services keep none for longer
constexpr seconds kLongestWait{86'400};

Result<net::ClientRequest> request_of(const app::PushToSend& sending, const std::string& contact,
                                      Instant now) {
    TRY(const std::string key, from_base64url(sending.device.public_key));
    TRY(const std::string secret, from_base64url(sending.device.auth));
    TRY(std::string body, formats::seal_push(formats::write_push_message(sending.message), {key, secret},
                                             {make_p256(), random_bytes(16)}));
    net::ClientRequest request;
    request.method = net::Method::post;
    request.url = sending.device.endpoint;
    request.body = std::move(body);
    request.headers = {{"TTL", std::to_string(std::min(sending.keep, kLongestKept).count())},
                       {"Urgency", sending.is_urgent ? "high" : "normal"},
                       {"Content-Type", "application/octet-stream"},
                       {"Content-Encoding", "aes128gcm"},
                       {"Authorization", formats::vapid_header(sending.server, sending.device.endpoint,
                                                               contact, now + kProofHolds)}};
    return request;
}

seconds wait_asked_for(const net::ClientResponse& answer) {
    const std::string_view text = answer.header("retry-after");
    std::int64_t count = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (failed != std::errc() || end != text.data() + text.size() || count < 0) return seconds(0);
    return std::min(seconds(count), kLongestWait);
}

/// What became of it: nothing further to say, or why it did not arrive.
Result<PushFate> fate_of(const net::ClientResponse& answer) {
    const int status = answer.status;
    if (status >= 200 && status < 300) return PushFate::taken;
    if (status == 404 || status == 410) return PushFate::gone;
    if (status == 429 || status >= 500) {
        Error later(Fault::unavailable, "push.unavailable", "The push service takes no message now.");
        later.retry_after = wait_asked_for(answer);
        return later;
    }
    return Error(Fault::invalid, "push.refused",
                 "The push service refused the message: " + std::to_string(status) + ".");
}

Result<PushFate> send(const app::PushToSend& sending, const PushSender& sender, Instant now) {
    const core::PushDevice& device = sending.device;
    if (const seconds wait = sender.patience->wait(device.owner, device.endpoint, now); wait > seconds(0)) {
        Error later(Fault::unavailable, "push.put_off",
                    "The push service was slow to answer; a little later.");
        later.retry_after = wait;
        return later;
    }
    TRY(const net::ClientRequest request, request_of(sending, sender.contact, now));
    const auto begun = std::chrono::steady_clock::now();
    const auto answer = net::Client(sender.client).fetch(request);
    const auto took = std::chrono::steady_clock::now() - begun;
    sender.patience->note(device.owner, device.endpoint, std::chrono::ceil<std::chrono::milliseconds>(took),
                          now);
    if (!answer) return answer.error();
    return fate_of(*answer);
}

bool is_last_try(const store::outbox::Claimed& effect, const Error& error) {
    const bool is_for_good = error.fault != Fault::unavailable && error.fault != Fault::too_many;
    return is_for_good || effect.attempts >= store::outbox::kMostAttempts;
}

}  // namespace

Result<Done> deliver_push(store::Database& db, const PushSender& sender, const store::outbox::Claimed& effect,
                          Instant now) {
    TRY(const auto sending, db.write_now([&](store::Tx& tx) {
        return app::push_to_send(tx, effect.owner, effect.payload, now);
    }));
    if (!sending) return Done{};
    const Result<PushFate> fate = send(*sending, sender, now);
    if (!fate && !is_last_try(effect, fate.error())) return fate.error();
    CHECK(db.write_now([&](store::Tx& tx) {
        return app::note_push(tx, effect.owner, effect.payload, fate ? *fate : PushFate::given_up, now);
    }));
    if (!fate) return fate.error();
    return Done{};
}

}  // namespace vv::notify
