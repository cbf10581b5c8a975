#include "store/accounts.h"

#include "store/blocks.h"
#include "store/devices.h"
#include "store/sessions.h"
#include "store/tokens.h"
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

class Tokens : public Accounts {
protected:
    static tokens::Token token(std::int64_t id, tokens::Purpose purpose,
                               std::optional<core::AccountId> account) {
        return {{id},        purpose, account, "ann@example.org", kNoon, kNoon + std::chrono::hours(1),
                std::nullopt};
    }
};
VV_ON_EACH_DATABASE(Tokens);

TEST_P(Tokens, AreGoodOnceForOnePurposeUntilTheyExpire) {
    using tokens::Purpose;
    in_transaction([](Tx& tx) {
        tokens::add(tx, token(1, Purpose::verify_email, core::AccountId{7}), "aa");
        EXPECT_FALSE(tokens::find(tx, Purpose::reset_password, "aa", kNoon));
        EXPECT_FALSE(tokens::use_up(tx, Purpose::reset_password, "aa", kNoon));
        EXPECT_FALSE(tokens::find(tx, Purpose::verify_email, "aa", kNoon + std::chrono::hours(1)));
        const auto found = tokens::find(tx, Purpose::verify_email, "aa", kNoon);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->account, core::AccountId{7});
        EXPECT_EQ(found->email, "ann@example.org");
        EXPECT_TRUE(tokens::use_up(tx, Purpose::verify_email, "aa", kNoon));
        EXPECT_FALSE(tokens::use_up(tx, Purpose::verify_email, "aa", kNoon));
        EXPECT_FALSE(tokens::find(tx, Purpose::verify_email, "aa", kNoon));
    });
}

TEST_P(Tokens, AreReplacedByPurposeAndAccount) {
    using tokens::Purpose;
    in_transaction([](Tx& tx) {
        tokens::add(tx, token(1, Purpose::setup, std::nullopt), "aa");
        tokens::add(tx, token(2, Purpose::reset_password, core::AccountId{7}), "bb");
        tokens::remove_unused(tx, Purpose::setup, std::nullopt);
        EXPECT_FALSE(tokens::find(tx, Purpose::setup, "aa", kNoon));
        EXPECT_TRUE(tokens::find(tx, Purpose::reset_password, "bb", kNoon));
        tokens::remove_unused(tx, Purpose::reset_password, core::AccountId{7});
        EXPECT_FALSE(tokens::find(tx, Purpose::reset_password, "bb", kNoon));
    });
}

TEST_P(Tokens, OfInvitesAreListedAndWithdrawn) {
    using tokens::Purpose;
    in_transaction([](Tx& tx) {
        tokens::add(tx, token(1, Purpose::invite, core::AccountId{7}), "aa");
        tokens::add(tx, token(2, Purpose::invite, core::AccountId{7}), "bb");
        tokens::add(tx, token(3, Purpose::verify_email, core::AccountId{7}), "cc");
        tokens::use_up(tx, Purpose::invite, "aa", kNoon);
        const auto listed = tokens::invites(tx);
        ASSERT_EQ(listed.size(), 2U);
        EXPECT_EQ(listed[0].id, core::InviteId{2});
        EXPECT_FALSE(listed[0].used_at);
        EXPECT_EQ(listed[1].used_at, kNoon);
        EXPECT_FALSE(tokens::remove_invite(tx, {3})) << "no invite";
        EXPECT_TRUE(tokens::remove_invite(tx, {2}));
        EXPECT_FALSE(tokens::find(tx, Purpose::invite, "bb", kNoon));
        tokens::remove_expired(tx, kNoon + std::chrono::hours(1));
        EXPECT_TRUE(tokens::invites(tx).empty());
    });
}

class Devices : public Accounts {};
VV_ON_EACH_DATABASE(Devices);

TEST_P(Devices, KeepTheirKeyForEverEvenWhenRevoked) {
    in_transaction([](Tx& tx) {
        accounts::add(tx, named(8, "bob"), "");
        const core::Device phone{{7}, {1}, "Telephone", "key-1", kNoon, std::nullopt};
        EXPECT_TRUE(devices::add(tx, phone));
        EXPECT_FALSE(devices::add(tx, {{8}, {2}, "Thief", "key-1", kNoon, std::nullopt}));
        devices::touch(tx, {7}, {1}, kNoon + std::chrono::minutes(1));
        ASSERT_TRUE(devices::find(tx, {7}, {1}));
        EXPECT_EQ(devices::find(tx, {7}, {1})->seen_at, kNoon + std::chrono::minutes(1));
        EXPECT_EQ(devices::find_by_key(tx, {7}, "key-1")->name, "Telephone");
        EXPECT_FALSE(devices::find(tx, {8}, {1})) << "another account's";
        EXPECT_FALSE(devices::revoke(tx, {8}, {1}, kNoon));
        EXPECT_TRUE(devices::revoke(tx, {7}, {1}, kNoon));
        EXPECT_FALSE(devices::revoke(tx, {7}, {1}, kNoon));
        EXPECT_FALSE(devices::find(tx, {7}, {1}));
        EXPECT_TRUE(devices::list(tx, {7}).empty());
        EXPECT_FALSE(devices::add(tx, {{7}, {3}, "Again", "key-1", kNoon, std::nullopt}));
    });
}

class AccountBlocks : public Accounts {};
VV_ON_EACH_DATABASE(AccountBlocks);

TEST_P(AccountBlocks, AreSeenFromBothSides) {
    in_transaction([](Tx& tx) {
        accounts::add(tx, named(8, "bob"), "");
        accounts::add(tx, named(9, "zoe"), "");
        blocks::add(tx, {7}, std::vector<core::AccountId>{{8}}, kNoon);
        blocks::add(tx, {7}, std::vector<core::AccountId>{{8}}, kNoon + std::chrono::hours(1));
        blocks::add(tx, {9}, std::vector<core::AccountId>{{7}}, kNoon);
        EXPECT_TRUE(blocks::between(tx, {7}, {8}));
        EXPECT_TRUE(blocks::between(tx, {8}, {7}));
        EXPECT_FALSE(blocks::between(tx, {8}, {9}));
        const core::Blocks around = blocks::around(tx, {7});
        EXPECT_EQ(around.mine, std::vector<core::AccountId>{{8}});
        EXPECT_EQ(around.theirs, std::vector<core::AccountId>{{9}});
        const auto listed = blocks::list(tx, {7});
        ASSERT_EQ(listed.size(), 1U);
        EXPECT_EQ(listed[0].account.handle, "bob");
        EXPECT_EQ(listed[0].since, kNoon);
        EXPECT_TRUE(blocks::list(tx, {8}).empty()) << "a block reveals itself to nobody";
        blocks::remove(tx, {7}, std::vector<core::AccountId>{{8}});
        EXPECT_FALSE(blocks::between(tx, {7}, {8}));
    });
}

}  // namespace
}  // namespace vv::store
