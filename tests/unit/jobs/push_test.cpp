// From a reminder or a notice to what a browser reads, by way of a push service of the test's own.
#include "app/push.h"

#include "app/meetings.h"
#include "app/people.h"
#include "app/reminders.h"
#include "app/reminders_making.h"
#include "base/crypto.h"
#include "notify/push.h"
#include "store/outbox.h"
#include "store/push.h"
#include "store/sessions.h"
#include "world/databases.h"
#include "world/meetings.h"
#include "world/service.h"

#include <gtest/gtest.h>
#include <mutex>

namespace vv::jobs {
namespace {

using namespace std::chrono_literals;
using core::PushShows;
using world::kAnn;
using world::kBob;
using world::kMeiling;
using world::kNow;

/// What the push service was sent, and what it answers.
struct Service {
    std::mutex mutex;
    int status = 201;
    std::string retry_after;
    std::vector<net::Request> got;
};
Service service;

boost::asio::awaitable<net::Response> answer(net::Request request) {
    const std::lock_guard lock(service.mutex);
    service.got.push_back(request);
    net::Response response(service.status, "text/plain", "");
    if (!service.retry_after.empty()) response.with("retry-after", service.retry_after);
    co_return response;
}

class Pushes : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        world::add_people(db());
        service.status = 201;
        service.retry_after.clear();
        service.got.clear();
        push_.router().add(net::Method::post, "/push/:id", answer);
        push_.start();
    }

    auto write(auto use_case) { return db().write_now(use_case); }
    app::Caller ann() const { return world::as(kAnn, now); }

    /// A browser of the account, in a session of its own.
    core::PushDevice browser(core::AccountId owner, const std::string& name,
                             PushShows shows = PushShows::kind) {
        return *write([&](store::Tx& tx) {
            const Instant far = now + std::chrono::days(400);
            const std::string session = name + to_string(core::SessionId{ids.next(now)});
            store::sessions::add(tx, {{ids.next(now)}, owner, "", now, now, far}, session);
            app::NewPushDevice wanted;
            wanted.id = {ids.next(now)};
            wanted.name = name;
            wanted.endpoint = push_.url() + "/push/" + name;
            wanted.public_key = base64url(keys.key);
            wanted.auth = base64url(auth);
            wanted.wishes.shows = shows;
            wanted.session_hash = session;
            return app::add_push_device(tx, world::as(owner, now), wanted, core::PushEndpoints::any);
        });
    }
    std::size_t browsers(core::AccountId owner) {
        return db()
            .read_now([&](store::Tx& tx) { return app::list_push_devices(tx, world::as(owner, now)); })
            ->size();
    }
    core::PersonId born(const std::string& name, core::Birthday day) {
        return *write([&](store::Tx& tx) -> Result<core::PersonId> {
            TRY(const auto added, app::add_people(tx, ann(), {{name, "", "", std::nullopt}}, &ids));
            app::PersonEdit edit;
            edit.birthday = day;
            edit.relation = core::Relation::friend_;
            CHECK(app::edit_person(tx, ann(), added.front().id, edit, &ids));
            return added.front().id;
        });
    }
    void make() {
        const app::ReminderDesk desk{&ids, "https://visavis.example", "visavis@visavis.example"};
        ASSERT_TRUE(write(
            [&](store::Tx& tx) { return app::make_reminders(tx, kAnn, "America/Toronto", desk, now); }));
    }

    /// Sends what is due, as the runner does; how each went.
    std::vector<Result<Done>> deliver(std::int64_t attempts = 0) {
        const auto claimed = *write([&](store::Tx& tx) -> Result<std::vector<store::outbox::Claimed>> {
            return store::outbox::claim(tx, {"test", {app::kPushEffect}, now, now + 30s, 100});
        });
        notify::PushSender sender;
        sender.client.allow_private = allow_private;
        sender.client.timeout = 2s;
        sender.contact = "mailto:visavis@visavis.example";
        sender.patience = patience;
        std::vector<Result<Done>> went;
        for (auto effect : claimed) {
            if (attempts > 0) effect.attempts = attempts;
            went.push_back(notify::deliver_push(db(), sender, effect, now));
            static_cast<void>(write([&](store::Tx& tx) -> Result<Done> {
                store::outbox::settle(tx, effect.key, "test", store::outbox::Outcome::delivered, "", now,
                                      now);
                return Done{};
            }));
        }
        return went;
    }
    /// The latest message as its browser reads it.
    std::string read() {
        const std::lock_guard lock(service.mutex);
        if (service.got.empty()) return "nothing came";
        const std::string& body = service.got.back().body;
        const std::string sender = body.substr(21, 65), salt = body.substr(0, 16);
        const std::string info = std::string("WebPush: info") + '\0' + keys.key + sender;
        const std::string secret = hkdf_sha256(auth, *p256_shared(keys, sender), info, 32);
        const auto part = [&](const std::string& what, std::size_t size) {
            return hkdf_sha256(salt, secret, "Content-Encoding: " + what + '\0', size);
        };
        auto text = open_aes128_gcm(part("aes128gcm", 16), part("nonce", 12), body.substr(86));
        if (!text) return "not for this browser";
        return text->substr(0, text->find('\x02'));
    }
    std::size_t sent() {
        const std::lock_guard lock(service.mutex);
        return service.got.size();
    }
    std::string mailed() {
        for (const auto& mail : world::take_mails(db()))
            if (mail.subject.find("think of this week") != std::string::npos) return mail.text;
        return "";
    }

    const P256Pair keys = make_p256();
    const std::string auth = random_bytes(16);
    bool allow_private = true;
    const std::shared_ptr<notify::PushPatience> patience = std::make_shared<notify::PushPatience>();
    IdSource ids;
    Instant now = *parse_rfc3339("2026-11-23T12:30:00Z");  // Monday, half past seven in Toronto

private:
    world::Service push_;
};
VV_ON_EACH_DATABASE(Pushes);

TEST_P(Pushes, AReminderNamesNobodyUnlessTheOwnerSaysSo) {
    browser(kAnn, "telephone");
    born("Wei Zhou", {1986, 11, 25});
    make();
    for (const auto& went : deliver()) EXPECT_TRUE(went) << went.error().detail;
    ASSERT_EQ(sent(), 1U);
    EXPECT_NE(read().find(R"("title":"Visavis","body":"A birthday is near")"), std::string::npos) << read();
    EXPECT_EQ(read().find("Wei"), std::string::npos);
    EXPECT_NE(read().find(R"("path":"/people/)"), std::string::npos);
    const net::Request& request = service.got.back();
    EXPECT_EQ(*request.header("content-encoding"), "aes128gcm");
    EXPECT_EQ(request.body.size(), formats::kPushBody);
    EXPECT_GT(std::stoll(std::string(*request.header("ttl"))), 86'400);
    EXPECT_TRUE(request.header("authorization")->starts_with("vapid t="));
}

TEST_P(Pushes, AReminderSaysWhyWhereItMay) {
    browser(kAnn, "desk", PushShows::words);
    born("Wei Zhou", {1986, 11, 25});
    make();
    deliver();
    EXPECT_NE(read().find("Wei Zhou has a birthday on Wednesday 25 November."), std::string::npos) << read();
    EXPECT_NE(read().find("It is number 40."), std::string::npos) << read();
}

TEST_P(Pushes, AReminderComesOnceToEachBrowserAndInNoMail) {
    browser(kAnn, "telephone");
    browser(kAnn, "desk");
    born("Wei Zhou", {1986, 11, 25});
    for (int day = 0; day < 9; ++day, now += 24h) {
        make();
        deliver();
    }
    EXPECT_EQ(sent(), 2U);
    EXPECT_EQ(mailed(), "");
}

TEST_P(Pushes, AsManyComeAsTheOwnerAllows) {
    browser(kAnn, "telephone");
    for (const char* name : {"Wei Zhou", "Jon Lee", "Ida Berg", "Max Roth"}) born(name, {0, 11, 25});
    app::ReminderWishes wishes;
    wishes.a_week = 2;
    wishes.digest = false;
    ASSERT_TRUE(write([&](store::Tx& tx) { return app::set_reminder_wishes(tx, ann(), wishes); }));
    for (int day = 0; day < 3; ++day, now += 24h) {
        make();
        deliver();
    }
    EXPECT_EQ(sent(), 2U);
}

TEST_P(Pushes, WhatWasSeenToMeanwhileIsNotSent) {
    browser(kAnn, "telephone");
    born("Wei Zhou", {1986, 11, 25});
    make();
    ASSERT_TRUE(write([&](store::Tx& tx) -> Result<Done> {
        TRY(const auto open, app::list_reminders(tx, ann()));
        return app::finish_reminder(tx, ann(), open.at(0).id);
    }));
    EXPECT_TRUE(deliver().at(0));
    EXPECT_EQ(sent(), 0U);
}

TEST_P(Pushes, AServiceThatForgotTheBrowserEndsIt) {
    for (const int status : {404, 410}) {
        browser(kAnn, "telephone");
        born("Wei " + std::to_string(status), {1986, 11, 25});
        make();
        service.status = status;
        EXPECT_TRUE(deliver().at(0)) << "that is no error";
        EXPECT_EQ(browsers(kAnn), 0U);
        now += 24h;
    }
    EXPECT_EQ(mailed(), "");
    now += 6 * 24h;
    born("Ida Berg", {1986, 12, 2});
    make();
    EXPECT_NE(mailed().find("Ida Berg"), std::string::npos);
}

TEST_P(Pushes, WhatReachedNoBrowserIsInTheNextMail) {
    browser(kAnn, "telephone");
    now -= 24h;  // Sunday
    born("Wei Zhou", {1986, 11, 28});
    make();
    service.status = 410;
    EXPECT_TRUE(deliver().at(0));
    EXPECT_EQ(sent(), 1U);
    now += 24h;
    make();
    EXPECT_NE(mailed().find("Wei Zhou"), std::string::npos);
}

TEST_P(Pushes, AServiceInTroubleIsAskedAgainAsLateAsItSays) {
    browser(kAnn, "telephone");
    born("Wei Zhou", {1986, 11, 25});
    make();
    service.status = 429;
    service.retry_after = "120";
    const auto went = deliver();
    ASSERT_FALSE(went.at(0));
    EXPECT_EQ(went[0].error().fault, Fault::unavailable);
    EXPECT_EQ(went[0].error().retry_after, 120s);
    EXPECT_EQ(browsers(kAnn), 1U);
}

TEST_P(Pushes, ARefusalIsForGood) {
    browser(kAnn, "telephone");
    born("Wei Zhou", {1986, 11, 25});
    make();
    service.status = 403;
    EXPECT_EQ(deliver().at(0).error().code, "push.refused");
    EXPECT_EQ(browsers(kAnn), 1U) << "the message was wrong, not the browser";
}

TEST_P(Pushes, NoServiceWithinTheHouseIsAsked) {
    browser(kAnn, "telephone");
    born("Wei Zhou", {1986, 11, 25});
    make();
    allow_private = false;
    EXPECT_EQ(deliver().at(0).error().code, "client.private_address");
    EXPECT_EQ(sent(), 0U);
}

TEST_P(Pushes, WhatTheOtherSideDoesIsANoticeAndOnesOwnDoingIsNone) {
    browser(kAnn, "hers", PushShows::words);
    browser(kBob, "his", PushShows::words);
    const auto meeting =
        write([&](store::Tx& tx) { return app::propose_meeting(tx, ann(), world::to_bob()); });
    ASSERT_TRUE(meeting) << meeting.error().detail;
    deliver();
    ASSERT_EQ(sent(), 1U);
    EXPECT_EQ(service.got.back().path, "/push/his");
    EXPECT_NE(read().find("/meetings/" + to_string(meeting->record.meeting.id)), std::string::npos);
    EXPECT_NE(read().find("Ann"), std::string::npos) << read();
    const app::AnswerMeeting yes{
        meeting->record.meeting.id, app::MeetingReply::accept, world::yes_to(1), {}, world::desk()};
    ASSERT_TRUE(write([&](store::Tx& tx) { return app::answer_meeting(tx, world::as(kBob, now), yes); }));
    deliver();
    ASSERT_EQ(sent(), 2U);
    EXPECT_EQ(service.got.back().path, "/push/hers");
}

TEST_P(Pushes, NoticesWaitForTheMorningAndGoToThoseWhoWantThem) {
    const auto his = browser(kBob, "his");
    ASSERT_TRUE(write([&](store::Tx& tx) {
        return app::set_push_wishes(tx, world::as(kBob, now), his.id, {PushShows::kind, true, false});
    }));
    browser(kBob, "other");
    now = *parse_rfc3339("2026-11-23T23:00:00Z");  // midnight in Paris
    ASSERT_TRUE(write([&](store::Tx& tx) { return app::propose_meeting(tx, ann(), world::to_bob()); }));
    deliver();
    EXPECT_EQ(sent(), 0U);
    now = *parse_rfc3339("2026-11-24T06:00:00Z");
    deliver();
    ASSERT_EQ(sent(), 1U);
    EXPECT_EQ(service.got.back().path, "/push/other");
    EXPECT_NE(read().find("There is news of a meeting"), std::string::npos);
}

TEST_P(Pushes, ABrowserCanBeTriedOnceAMinute) {
    const auto device = browser(kAnn, "telephone");
    const auto try_it = [&] {
        return write([&](store::Tx& tx) { return app::try_push_device(tx, ann(), device.id); });
    };
    EXPECT_TRUE(try_it());
    EXPECT_TRUE(try_it());
    deliver();
    EXPECT_EQ(sent(), 1U);
    EXPECT_NE(read().find("It works"), std::string::npos);
    now += 1min;
    EXPECT_TRUE(try_it());
    deliver();
    EXPECT_EQ(sent(), 2U);
}

TEST_P(Pushes, AServiceThatHangsHoldsUpItsOwnMessagesOnly) {
    const auto telephone = browser(kAnn, "telephone");
    const auto his = browser(kBob, "his");
    const auto try_it = [&](core::AccountId owner, const core::PushDevice& device) {
        ASSERT_TRUE(
            write([&](store::Tx& tx) { return app::try_push_device(tx, world::as(owner, now), device.id); }));
    };
    const auto tried = [&] {
        now += 1min;
        try_it(kAnn, telephone);
        return deliver();
    };
    patience->prompt = 0ms;  // whatever comes is slow
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(tried().at(0));
    const auto third = tried();
    ASSERT_FALSE(third.at(0));
    EXPECT_EQ(third[0].error().code, "push.put_off");
    EXPECT_EQ(third[0].error().fault, Fault::unavailable);
    EXPECT_EQ(third[0].error().retry_after, 28min);
    EXPECT_EQ(sent(), 2U) << "it was not asked";
    try_it(kBob, his);
    EXPECT_TRUE(deliver().at(0)) << "the same service, by somebody else's browser";
    now += 28min;
    EXPECT_TRUE(tried().at(0));
    patience->prompt = 1h;
    now += 1h;
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(tried().at(0)) << "a prompt answer costs nothing";
}

// One after the other, many services that hang are as good as one.
TEST(PushPatience, IsAsLongForAnAccountWithManyServices) {
    notify::PushPatience patience;
    const Instant now = kNow;
    const auto push_of = [](int i) { return "https://" + std::to_string(i) + ".example/push/x"; };
    for (int i = 0; i < 8; ++i) {
        EXPECT_EQ(patience.wait(kAnn, push_of(i), now), 0s);
        patience.note(kAnn, push_of(i), 5s, now);
    }
    EXPECT_GE(patience.wait(kAnn, push_of(8), now), 450s);
    EXPECT_EQ(patience.wait(kBob, push_of(0), now), 0s);
    EXPECT_EQ(patience.wait(kAnn, push_of(8), now + 452s), 0s);
    patience.note(kBob, "https://push.example:8443/a?b", 5s, now);
    patience.note(kBob, "https://push.example:8443", 5s, now);
    EXPECT_GT(patience.wait(kBob, "https://push.example:8443/other", now), 0s);
    EXPECT_EQ(patience.wait(kBob, "https://push.example/a", now), 0s);
}

}  // namespace
}  // namespace vv::jobs
