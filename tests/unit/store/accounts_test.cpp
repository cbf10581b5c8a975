#include "store/accounts.h"

#include "store/sessions.h"
#include "world/databases.h"

#include <gtest/gtest.h>

namespace vv::store {
namespace {

const Instant kNoon = from_millis(1'700'000'000'000);

core::Account ann() {
    core::Account account;
    account.id = {7};
    account.handle = "ann";
    account.email = "ann@example.com";
    account.full_name = "Ann Lee";
    account.zone = *Zone::find("Europe/Paris");
    account.home = core::Home{"Lyon", {45.75, 4.85}};
    account.region = "FR";
    account.created_at = kNoon;
    return account;
}

core::Account named(std::int64_t id, const std::string& handle) {
    core::Account account = ann();
    account.id = {id};
    account.handle = handle;
    return account;
}

class Accounts : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(db().write_now([](Tx& tx) -> Result<Done> {
            EXPECT_TRUE(accounts::add(tx, ann(), "$hash"));
            return Done{};
        }));
    }
    template <class F>
    void in_transaction(F body) {
        ASSERT_TRUE(db().write_now([&](Tx& tx) -> Result<Done> {
            body(tx);
            return Done{};
        }));
    }
};
VV_ON_EACH_DATABASE(Accounts);

TEST_P(Accounts, ComeBackAsTheyWentIn) {
    in_transaction([](Tx& tx) {
        const auto found = accounts::find(tx, {7});
        ASSERT_TRUE(found);
        EXPECT_EQ(found->handle, "ann");
        EXPECT_EQ(found->email, "ann@example.com");
        EXPECT_FALSE(found->email_verified_at);
        EXPECT_EQ(found->full_name, "Ann Lee");
        EXPECT_EQ(found->zone.name(), "Europe/Paris");
        EXPECT_EQ(found->home, ann().home);
        EXPECT_EQ(found->region, "FR");
        EXPECT_FALSE(found->is_admin);
        EXPECT_FALSE(found->findable);
        EXPECT_EQ(found->locale, "en");
        EXPECT_EQ(found->created_at, kNoon);
        EXPECT_EQ(accounts::password_hash(tx, {7}), "$hash");
        EXPECT_FALSE(accounts::find(tx, {8}));
        EXPECT_EQ(accounts::password_hash(tx, {8}), "");
    });
}

TEST_P(Accounts, OfOneHandleAreNotAddedTwice) {
    in_transaction([](Tx& tx) {
        EXPECT_FALSE(accounts::add(tx, named(8, "ann"), "$other"));
        EXPECT_EQ(accounts::password_hash(tx, {7}), "$hash");
    });
}

TEST_P(Accounts, MayShareAnAddressUntilOneProvesIt) {
    in_transaction([](Tx& tx) {
        EXPECT_TRUE(accounts::add(tx, named(8, "ann2"), "$other"));
        EXPECT_EQ(accounts::find_by_email(tx, "ann@example.com")->handle, "ann") << "the first who said it";
        EXPECT_FALSE(accounts::find_by_verified_email(tx, "ann@example.com"));
        accounts::save_email(tx, {8}, "ann@example.com", kNoon);
        EXPECT_EQ(accounts::find_by_email(tx, "ann@example.com")->handle, "ann2");
        EXPECT_EQ(accounts::find_by_verified_email(tx, "ann@example.com")->email_verified_at, kNoon);
    });
    const auto second = db().write_now([](Tx& tx) -> Result<Done> {
        accounts::save_email(tx, {7}, "ann@example.com", kNoon);
        return Done{};
    });
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().fault, Fault::conflict);
}

TEST_P(Accounts, ChangeTheirProfile) {
    in_transaction([](Tx& tx) {
        core::Account account = ann();
        account.full_name = "Ann Other";
        account.home.reset();
        account.region.clear();
        account.findable = true;
        account.locale = "fr";
        accounts::save_profile(tx, account);
        const auto found = accounts::find_by_handle(tx, "ann");
        ASSERT_TRUE(found);
        EXPECT_EQ(found->full_name, "Ann Other");
        EXPECT_FALSE(found->home);
        EXPECT_EQ(found->region, "");
        EXPECT_TRUE(found->findable);
        EXPECT_EQ(found->locale, "fr");
    });
}

TEST_P(Accounts, AreListedByHandleInPages) {
    in_transaction([](Tx& tx) {
        accounts::add(tx, named(9, "zoe"), "");
        accounts::add(tx, named(8, "bob"), "");
        const auto page = accounts::list(tx, "", 2);
        ASSERT_EQ(page.size(), 2U);
        EXPECT_EQ(page[0].handle, "ann");
        EXPECT_EQ(page[1].handle, "bob");
        EXPECT_EQ(accounts::list(tx, "bob", 2).at(0).handle, "zoe");
        const auto names = accounts::names(tx, {{9}, {7}, {99}});
        ASSERT_EQ(names.size(), 2U);
        EXPECT_EQ(names[0].handle, "ann");
        EXPECT_EQ(names[1].handle, "zoe");
        EXPECT_TRUE(accounts::names(tx, {}).empty());
    });
}

TEST_P(Accounts, AreFoundByTheirFeedsSecretUntilItIsWithdrawn) {
    in_transaction([](Tx& tx) {
        EXPECT_FALSE(accounts::has_feed(tx, {7}));
        accounts::save_feed(tx, {7}, "f00d");
        EXPECT_TRUE(accounts::has_feed(tx, {7}));
        EXPECT_EQ(accounts::find_by_feed(tx, "f00d"), core::AccountId{7});
        accounts::save_feed(tx, {7}, std::nullopt);
        EXPECT_FALSE(accounts::find_by_feed(tx, "f00d"));
    });
}

class Sessions : public Accounts {
protected:
    static sessions::Session session(std::int64_t id, Instant seen = kNoon) {
        return {{id}, {7}, "A browser", kNoon, seen, kNoon + std::chrono::hours(1)};
    }
};
VV_ON_EACH_DATABASE(Sessions);

TEST_P(Sessions, AreFoundInOneStatementUntilTheyExpire) {
    in_transaction([](Tx& tx) { sessions::add(tx, session(1), "aa"); });
    std::optional<sessions::Found> found;
    EXPECT_QUERIES(1U, db(), db().read_now([&](Tx& tx) -> Result<Done> {
        found = sessions::find(tx, "aa", kNoon);
        return Done{};
    }));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, core::SessionId{1});
    EXPECT_EQ(found->account, core::AccountId{7});
    EXPECT_EQ(found->zone.name(), "Europe/Paris");
    in_transaction([](Tx& tx) {
        EXPECT_FALSE(sessions::find(tx, "ab", kNoon));
        EXPECT_FALSE(sessions::find(tx, "aa", kNoon + std::chrono::hours(1)));
    });
}

TEST_P(Sessions, LiveOnWhenSeenButNotForEver) {
    using std::chrono::hours;
    in_transaction([](Tx& tx) {
        sessions::add(tx, session(1), "aa");
        sessions::touch(tx, {1}, kNoon + hours(1), hours(2), hours(24));
        EXPECT_TRUE(sessions::find(tx, "aa", kNoon + hours(2)));
        EXPECT_FALSE(sessions::find(tx, "aa", kNoon + hours(3)));
        sessions::touch(tx, {1}, kNoon + hours(23), hours(2), hours(24));
        EXPECT_EQ(sessions::find(tx, "aa", kNoon + hours(23))->seen_at, kNoon + hours(23));
        EXPECT_FALSE(sessions::find(tx, "aa", kNoon + hours(24)));
    });
}

TEST_P(Sessions, AreEndedOneByOneOrAllButOneAndOnlyByTheirAccount) {
    in_transaction([](Tx& tx) {
        accounts::add(tx, named(8, "bob"), "");
        sessions::add(tx, session(1, kNoon + std::chrono::minutes(1)), "aa");
        sessions::add(tx, session(2, kNoon + std::chrono::minutes(3)), "bb");
        sessions::add(tx, session(3, kNoon + std::chrono::minutes(2)), "cc");
        EXPECT_FALSE(sessions::remove(tx, {8}, {1})) << "another account's";
        const auto listed = sessions::list(tx, {7}, kNoon);
        ASSERT_EQ(listed.size(), 3U);
        EXPECT_EQ(listed[0].id, core::SessionId{2});
        EXPECT_EQ(listed[0].user_agent, "A browser");
        sessions::remove_oldest(tx, {7}, 2);
        EXPECT_FALSE(sessions::find(tx, "aa", kNoon));
        EXPECT_TRUE(sessions::remove(tx, {7}, {3}));
        EXPECT_FALSE(sessions::find(tx, "cc", kNoon));
        sessions::add(tx, session(4), "dd");
        sessions::remove_others(tx, {7}, {4});
        EXPECT_FALSE(sessions::find(tx, "bb", kNoon));
        EXPECT_TRUE(sessions::find(tx, "dd", kNoon));
        sessions::remove_by_token(tx, "dd");
        EXPECT_TRUE(sessions::list(tx, {7}, kNoon).empty());
    });
}

}  // namespace
}  // namespace vv::store
