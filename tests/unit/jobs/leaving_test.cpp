#include "jobs/leaving.h"

#include "app/leaving.h"
#include "app/outgoing_mail.h"
#include "store/accounts.h"
#include "store/imports.h"
#include "store/outbox.h"
#include "store/statements.h"
#include "world/databases.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace vv::jobs {
namespace {

const Instant kNow = *parse_rfc3339("2026-11-20T18:00:00Z");
constexpr core::AccountId kAnn{911677272883200001};

class ErasedAccount : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        core::Account ann;
        ann.id = kAnn;
        ann.handle = "ann";
        ann.full_name = "Ann";
        ann.email = "ann@example.com";
        ann.created_at = kNow;
        write([&](store::Tx& tx) { EXPECT_TRUE(store::accounts::add(tx, ann, "none")); });
    }
    template <class F>
    void write(F body) {
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            body(tx);
            return Done{};
        }));
    }
    long long count(const std::string& rows) {
        return *db().read_now([&](store::Tx& tx) -> Result<long long> {
            long long found = 0;
            store::run(tx, "SELECT count(*) FROM " + rows, soci::into(found));
            return found;
        });
    }
    void dismiss() {
        const app::Caller caller{kAnn, kNow, Zone()};
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) {
            return app::dismiss_account(tx, caller, {true, {nullptr, "https://visavis.example", ""}});
        }));
    }
};
VV_ON_EACH_DATABASE(ErasedAccount);

TEST_P(ErasedAccount, GoesInStepsWithItsFiles) {
    const world::TempFolder folder;
    const std::string upload = folder.path() + "/upload";
    std::ofstream(upload) << "an archive";
    write([&](store::Tx& tx) {
        long long id = 0;
        const std::string path = upload;
        store::run(tx,
                   "INSERT INTO imports (owner_id, id, name, state, path, is_upload, started_at)"
                   " VALUES (911677272883200001, 1, 'x.zip', 'queued', :path, 1, 1)",
                   soci::use(path, "path"));
        store::Prepared contact(
            tx,
            "INSERT INTO contacts (owner_id, identity_id, at, hash, channel, direction, people,"
            " file_id, line) VALUES (911677272883200001, :id, 1, 1, 1, 1, 2, 1, 1)",
            soci::use(id, "id"));
        for (id = 1; id <= 9'000; ++id) contact.execute();
    });
    dismiss();
    const auto first = db().write_now([](store::Tx& tx) { return app::erase_step(tx, kAnn, kNow); });
    ASSERT_TRUE(first.ok());
    EXPECT_FALSE(first->is_done);
    EXPECT_EQ(count("contacts"), 9'000 - 2'001) << "a part, so that nobody waits for all of it";
    ASSERT_TRUE(erase_account(db(), kAnn, kNow).ok());
    EXPECT_EQ(count("contacts"), 0);
    EXPECT_EQ(count("imports"), 0);
    EXPECT_EQ(count("accounts"), 0);
    EXPECT_FALSE(std::filesystem::exists(upload));
    EXPECT_TRUE(erase_account(db(), kAnn, kNow).ok()) << "once more does no harm";
}

// As --at-once does: what tells others is on its way still.
TEST_P(ErasedAccount, LeavesMailsThatAreToBeSentToTheServer) {
    write([&](store::Tx& tx) {
        app::OutgoingMail mail;
        mail.to = "bob@example.com";
        mail.subject = "Called off";
        mail.ics_method = "CANCEL";
        mail.about = "meeting/911677272883200001/5";
        EXPECT_TRUE(app::send_mail(tx, "meeting/911677272883200001/5/2/cancelled", kAnn, mail,
                                   app::Recipient::anyone, kNow));
    });
    dismiss();
    ASSERT_TRUE(erase_account(db(), kAnn, kNow).ok());
    EXPECT_EQ(
        count("outbox WHERE effect_key LIKE '%911677272883200001%' OR payload LIKE '%911677272883200001%'"),
        0);
    const store::outbox::Claim claim{"test", {app::kMailEffect}, kNow, kNow + std::chrono::hours(1), 10};
    const auto waiting =
        db().write_now([&](store::Tx& tx) { return Result(store::outbox::claim(tx, claim)); });
    ASSERT_EQ(waiting->size(), 1U);
    const auto mail = app::mail_of(waiting->front().payload);
    EXPECT_EQ(mail->to, "bob@example.com");
    EXPECT_EQ(mail->ics_method, "CANCEL");
}

TEST_P(ErasedAccount, IsLeftAloneBeforeItsTime) {
    const app::Caller caller{kAnn, kNow, Zone()};
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) { return app::dismiss_account(tx, caller, {}); }));
    ASSERT_TRUE(erase_account(db(), kAnn, kNow + app::kLeavingTakes - std::chrono::hours(1)).ok());
    EXPECT_EQ(count("accounts"), 1);
    ASSERT_TRUE(erase_account(db(), kAnn, kNow + app::kLeavingTakes).ok());
    EXPECT_EQ(count("accounts"), 0);
}

}  // namespace
}  // namespace vv::jobs
