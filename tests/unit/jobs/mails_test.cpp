#include "jobs/mails.h"

#include "app/outgoing_mail.h"
#include "store/outbox.h"
#include "world/databases.h"

#include <gtest/gtest.h>
#include <thread>

namespace vv::jobs {
namespace {

using namespace std::chrono_literals;

class MailsWithoutAServer : public world::ForEachDatabase {};
VV_ON_EACH_DATABASE(MailsWithoutAServer);

// A row that waits for ever would keep its address and text for ever, and be sent years later.
TEST_P(MailsWithoutAServer, AreGivenUpAndForgotten) {
    std::atomic<std::int64_t> clock{1'700'000'000'000};
    RunnerOptions options;
    options.now = [&] { return from_millis(clock); };
    options.machine_now = &system_now;
    options.poll = 5ms;
    Runner runner(db(), options);
    IdSource ids;
    const Services services{ids, nullptr, "", ""};
    add_mail_jobs(runner, services);
    app::OutgoingMail mail;
    mail.to = "ann@example.com";
    mail.text = "secret";
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<bool> {
        return app::send_mail(tx, "a", {1}, mail, app::Recipient::holder, options.now());
    }));
    runner.start();
    for (int i = 0; i < 4'000 && runner.counters().effects_dead == 0; ++i) {
        clock += 60'000;
        std::this_thread::sleep_for(5ms);
    }
    EXPECT_EQ(runner.counters().effects_dead, 1);
    EXPECT_GE(clock - 1'700'000'000'000, 4 * 3'600'000) << "there is time to name a mail server";
    runner.stop();
    EXPECT_EQ(db().read_now(store::outbox::backlog)->waiting, 0);
}

}  // namespace
}  // namespace vv::jobs
