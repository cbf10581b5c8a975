#include "app/leaving.h"

#include "base/crypto.h"
#include "store/accounts.h"
#include "store/jobs.h"
#include "store/leaving.h"
#include "store/statements.h"
#include "world/introductions.h"
#include "world/meetings.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace vv::api::visavis {
namespace {

using std::chrono::hours;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kPasswordBody = R"({"password":"four random words"})";
constexpr const char* kTo = R"("to_target":"You two should meet","to_asker":"Meet her")";

struct Column {
    std::string table, name;
    auto operator<=>(const Column&) const = default;
};

class Leaving : public world::ForEachNetwork {
protected:
    void SetUp() override {
        ForEachNetwork::SetUp();
        if (IsSkipped()) return;
        static const std::string hash = hash_password(kPassword);
        do_sql("UPDATE accounts SET password_hash = '" + hash + "'");
        link("wim", "dora");
        link("dora", "cate");
        doras_wim = link("dora", "wim");
    }
    void do_sql(const std::string& text) {
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::run(tx, text);
            return Done{};
        })) << text;
    }
    long long count(const std::string& text) {
        return *db().read_now([&](store::Tx& tx) -> Result<long long> {
            long long rows = 0;
            store::run(tx, text, soci::into(rows));
            return rows;
        });
    }
    std::string id_of_account(const std::string& handle) {
        return std::to_string(count("SELECT id FROM accounts WHERE handle = '" + handle + "'"));
    }
    std::vector<std::string> texts(const std::string& query) {
        return *db().read_now([&](store::Tx& tx) -> Result<std::vector<std::string>> {
            std::string row;
            store::Prepared select(tx, query, soci::into(row));
            return select.all(row);
        });
    }
    // Every column of every table but the full-text index's own, which has what people_texts has.
    std::vector<Column> columns() {
        const bool is_sqlite = GetParam() == store::Dialect::sqlite;
        std::vector<Column> all;
        if (is_sqlite) {
            for (const std::string& table :
                 texts("SELECT name FROM sqlite_master WHERE type = 'table'"
                       " AND name NOT LIKE 'people_index%' AND name NOT LIKE 'sqlite_%'"))
                for (const std::string& name : texts("SELECT name FROM pragma_table_info('" + table + "')"))
                    all.push_back({table, name});
        } else {
            for (const std::string& both :
                 texts("SELECT table_name || '.' || column_name FROM information_schema.columns"
                       " WHERE table_schema = 'public'"))
                all.push_back({both.substr(0, both.find('.')), both.substr(both.find('.') + 1)});
        }
        EXPECT_GT(all.size(), 300U);
        return all;
    }
    std::vector<std::string> columns_that_name(const std::string& account) {
        std::vector<std::string> found;
        for (const auto& [table, column] : columns())
            if (count("SELECT count(*) FROM " + table + " WHERE CAST(\"" + column + "\" AS TEXT) LIKE '%" +
                      account + "%'") > 0)
                found.push_back(table + "." + column);
        return found;
    }
    // How many rows of each table are one of these accounts' own.
    std::map<std::string, long long> rows_of(const std::set<std::string>& owners) {
        std::string list;
        for (const auto& owner : owners) list += (list.empty() ? "" : ",") + owner;
        std::map<std::string, long long> rows;
        for (const auto& [table, column] : columns())
            if (column == "owner_id")
                rows[table] = count("SELECT count(*) FROM " + table + " WHERE owner_id IN (" + list + ")");
        return rows;
    }
    void erase_what_is_due() {
        const auto due = db().read_now([&](store::Tx& tx) { return app::accounts_to_erase(tx, now); });
        ASSERT_TRUE(due.ok());
        for (const core::AccountId account : *due)
            for (app::Erased step; !step.is_done;)
                step = *db().write_now([&](store::Tx& tx) { return app::erase_step(tx, account, now); });
    }
    world::Answer leave(world::Visitor& who) { return who.post("/account/deletion", kPasswordBody); }

    std::string ask_and_send() { return send(ask()); }
    std::string dora_for(const std::string& received) { return introduce(received, cates_dora).text("/id"); }
    static std::string lunch(const std::string& more) {
        return R"({"kind":"lunch","zone":"America/Toronto","slots":[{"start":"2026-11-24T17:30:00Z",)"
               R"("end":"2026-11-24T19:00:00Z"}],"places":[{"name":"Silver Lantern","address":"17 Spadina Avenue",)"
               R"("public":true}],)" +
               more + "}";
    }
    std::string propose(world::Visitor& who, const std::string& to) {
        const auto made = who.post("/meetings", lunch(R"("purpose":"To talk","account":")" + to + "\""));
        EXPECT_EQ(made.status, 201) << made.response.body;
        return made.text("/id");
    }
    void agree_to(world::Visitor& who, const std::string& meeting) {
        EXPECT_EQ(who.post("/meetings/" + meeting + "/answer", R"({"answer":"accept","slot":"1"})").status,
                  200);
    }
    void make_asks_and_introductions();
    void make_communities();
    void make_meetings_and_polls();
    void make_the_rest();
    void check_erasure_of(const std::string& handle);

    std::string doras_wim;
};
VV_ON_EACH_DATABASE(Leaving);

// In every state, each with wim asking, cate brokering and dora wanted.
void Leaving::make_asks_and_introductions() {
    const std::string met = dora_for(ask_and_send());
    say(*dora, met, "yes");
    wim->post("/introductions/" + met + "/thanks", R"({"words":"That was kind"})");
    now += hours(1);
    EXPECT_EQ(dora->post("/encounters",
                         R"({"person":")" + doras_wim + R"(","kind":"lunch","start":"2026-11-20T17:00:00Z"})")
                  .status,
              201);
    do_sql("UPDATE introductions SET met_at = made_at WHERE id = " + met);
    say(*dora, dora_for(ask_and_send()), "yes");
    say(*dora, dora_for(ask_and_send()), "not_now");
    EXPECT_EQ(cate->post("/introductions/" + dora_for(ask_and_send()) + "/withdraw").status, 200);
    const auto idea = [&](const std::string& person, const std::string& asker) {
        const auto made = cate->post(
            "/introductions", R"({"asker":")" + asker + R"(","person":")" + person + R"(",)" + kTo + "}");
        EXPECT_EQ(made.status, 201) << made.response.body;
        return made.text("/id");
    };
    idea(add(*cate, "Gil Ash", "CEO"), cates_wim);
    idea(cates_wim, cates_dora);
    const std::string ed = add(*cate, "Ed Ray", "CEO"), fay = add(*cate, "Fay Ito", "CEO");
    const std::string received = ask_and_send();
    introduce(received, ed);
    introduce(received, fay, std::string(kTo) + R"(,"email":"fay@example.com")");
    dora_for(received);
    const std::string declined = ask_and_send();
    EXPECT_LT(cate->post(declined + "/decline").status, 300);
    EXPECT_EQ(wim->patch(ask(), R"({"closed":true})").status, 200);
}

// Of each: one is a member besides, one invited.
void Leaving::make_communities() {
    std::vector<world::Visitor*> all{&*wim, &*cate, &*dora};
    const std::vector<std::string> handles{"wim", "cate", "dora"};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto made = all[i]->post("/communities", R"({"name":"Club"})");
        const std::string club = "/communities/" + made.text("/id");
        for (const std::size_t other : {(i + 1) % 3, (i + 2) % 3})
            EXPECT_EQ(all[i]->put(club + "/members/" + handles[other]).status, 200);
        EXPECT_EQ(all[(i + 1) % 3]->put(club + "/membership", R"({"takes_asks":true})").status, 200);
        const std::string asked = "/asks/" + all[i]->post("/asks", R"({"text":"a cook"})").text("/id");
        EXPECT_EQ(all[i]->put(asked + club).status, 200);
    }
}

void Leaving::make_meetings_and_polls() {
    propose(*wim, "cate");
    agree_to(*dora, propose(*wim, "dora"));
    agree_to(*dora, propose(*cate, "dora"));
    propose(*dora, "wim");
    const std::string unwanted = propose(*dora, "cate");
    EXPECT_EQ(cate->post("/meetings/" + unwanted + "/answer", R"({"answer":"decline"})").status, 200);
    for (const auto& who : {&wim, &cate, &dora}) {
        const std::string guest = add(**who, "Guy Fox", "Baker");
        EXPECT_EQ((*who)
                      ->post("/meetings", lunch(R"("purpose":"To talk","person":")" + guest +
                                                R"(","email":"guy@example.com")"))
                      .status,
                  201);
        std::string invitees = R"({"person":")" + guest + "\"}";
        for (const char* other : {"wim", "cate", "dora"})
            if (who->value().get("/account").text("/handle") != other)
                invitees += R"(,{"account":")" + std::string(other) + "\"}";
        const auto poll = (*who)->post("/polls", lunch(R"("invitees":[)" + invitees + "]"));
        EXPECT_EQ(poll.status, 201) << poll.response.body;
    }
}

// What other tests make by the API, a row each.
void Leaving::make_the_rest() {
    const std::vector<std::string> handles{"wim", "cate", "dora"};
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string a = id_of_account(handles[i]), b = id_of_account(handles[(i + 1) % 3]),
                          n = std::to_string(1'000 + i);
        for (const std::string& text :
             {"INSERT INTO account_blocks VALUES (" + a + ", " + b + ", 1)",
              "INSERT INTO link_requests (owner_id, id, person_id, account_id, state, created_at) VALUES (" +
                  a + ", " + n + ", 1, " + b + ", 'asked', 1)",
              "INSERT INTO free_time_shares VALUES (" + a + ", " + b + ", 1)",
              "INSERT INTO handshake_offers (nonce, account_id, offer, issued_at, words, place, reader_id) "
              "VALUES ('n" +
                  n + "', " + a + ", '', 1, '', '', " + b + ")",
              "INSERT INTO handshakes VALUES (" + a + ", " + n + ", 'h" + n + "', " + b +
                  ", 1, 'a: x', '', '', 1)",
              "INSERT INTO handshakes VALUES (" + b + ", " + n + "0, 'h" + n + "', " + a +
                  ", 1, 'a: x', '', '', 1)",
              "INSERT INTO nearby_notes (owner_id, account_id, check_in_owner, until_at, quiet_until) VALUES "
              "(" +
                  a + ", " + b + ", " + b + ", 1, 1)",
              "INSERT INTO free_busy_links VALUES (" + a + ", 'f" + n + "')",
              "INSERT INTO walls VALUES (" + a + ", 'Go', 0, 'w" + n + "')",
              "INSERT INTO one_time_tokens VALUES ('t" + n + "', " + n + ", 'invite', " + a +
                  ", NULL, 1, 9, NULL)",
              "INSERT INTO devices VALUES (" + a + ", " + n + ", 'Phone', 'k" + n + "', 1, NULL, NULL)",
              "INSERT INTO goals (owner_id, year, target) VALUES (" + a + ", 2026, 60)",
              "INSERT INTO goals_by_relation VALUES (" + a + ", 2026, 'friend', 6)",
              "INSERT INTO dismissals VALUES (" + a + ", 1, NULL, 1)",
              "INSERT INTO photos (owner_id, hash, picture) VALUES (" + a + ", 'p', 'x')",
              "INSERT INTO contacts VALUES (" + a + ", 1, 1, 1, 1, 1, 2, 1, 1)",
              "INSERT INTO contact_copies VALUES (" + a + ", 1, 1, 1, 2, 1)",
              "INSERT INTO gatherings VALUES (" + a + ", 'calendar', 's', 'k', 1, 1, 0, '')",
              "INSERT INTO busy (owner_id, key, start_at, end_at, file_id) VALUES (" + a + ", 'k', 1, 2, 1)",
              "INSERT INTO posts VALUES (" + a + ", 'k', 1, 'words', '', 1)",
              "INSERT INTO owner_identities VALUES (" + a + ", 'name', 'k', 1)",
              "INSERT INTO imports (owner_id, id, name, state, path, is_upload, started_at) VALUES (" + a +
                  ", " + n + ", 'x.zip', 'queued', '/uploads/" + handles[i] + "', 1, 1)",
              "INSERT INTO people_acts VALUES (" + b + ", " + n + ", 'edit', 1, '{\"account\":" + a +
                  "}', '{\"account\":" + a + "}')",
              "INSERT INTO jobs (owner_id, id, kind, unique_key, payload, state, run_at, created_at) VALUES "
              "(" +
                  a + ", " + n + ", 'import', '" + n + "', '{}', 'ready', 1, 1)",
              "INSERT INTO outbox (effect_key, owner_id, kind, payload, state, run_at, created_at, "
              "finished_at) VALUES"
              " ('ask/" +
                  n + "/result/" + b + "', " + a + ", 'mail', '{}', 'delivered', 1, 1, 1)"})
            do_sql(text);
        EXPECT_EQ(signed_in(handles[i]).post("/calendar-feed").status, 200);
    }
}

void Leaving::check_erasure_of(const std::string& handle) {
    make_asks_and_introductions();
    make_communities();
    make_meetings_and_polls();
    make_the_rest();
    const std::string id = id_of_account(handle);
    std::set<std::string> others;
    for (const char* other : {"wim", "cate", "dora"})
        if (handle != other) others.insert(id_of_account(other));
    const auto before = rows_of(others);
    take_mails();
    std::optional<world::Visitor> who;
    for (auto* one : {&wim, &cate, &dora})
        if ((*one)->get("/account").text("/handle") == handle) who.emplace(**one);
    ASSERT_EQ(leave(*who).status, 200);
    const auto told = take_mails();
    EXPECT_GE(std::ranges::count(told, "CANCEL", &app::OutgoingMail::ics_method), 2)
        << "to others, and to a guest";
    EXPECT_EQ(who->get("/account").status, 401) << "every session has ended";
    now += app::kLeavingTakes + hours(1);
    erase_what_is_due();

    EXPECT_THAT(columns_that_name(id), IsEmpty());
    EXPECT_EQ(count("SELECT count(*) FROM accounts WHERE id = " + id), 0);
    auto after = rows_of(others);
    // What stood between the two is nobody's alone; what is to be done and told is counted elsewhere.
    for (const char* shared :
         {"link_requests", "free_time_shares", "nearby_notes", "ask_sends", "jobs", "outbox"}) {
        EXPECT_LE(after[shared], before.at(shared) + 20) << shared;
        after[shared] = before.at(shared);
    }
    for (const auto& [table, rows] : before) {
        const bool grows = table == "meeting_steps" || table == "meeting_links" || table == "poll_wishes" ||
                           table == "poll_links" || table == "reminders";
        if (grows)
            EXPECT_GE(after[table], rows) << table;
        else
            EXPECT_EQ(after[table], rows) << table;
    }
    EXPECT_EQ(count("SELECT count(*) FROM handshakes WHERE other_id = 0"), 2)
        << "receipts stay with who has them";
    EXPECT_EQ(
        count("SELECT count(*) FROM meetings WHERE state IN ('proposed', 'declined') AND with_account IS NULL"
              " AND identity_id IS NULL"),
        0)
        << "nobody waits for somebody who is gone";
    EXPECT_EQ(count("SELECT count(*) FROM communities"), 3) << "who was there longest organises it";
    for (auto* one : {&wim, &cate, &dora}) {
        world::Visitor& reader = **one;
        if (reader.get("/account").status == 401) continue;
        EXPECT_THAT(all_that(reader), Not(HasSubstr("\"account\":\"" + handle + "\"")));
        for (const char* page : {"/polls", "/reminders", "/links", "/blocks"})
            EXPECT_EQ(reader.get(page).status, 200);
        const auto meetings = reader.get("/meetings").at("/items");
        for (const auto& meeting : meetings.as_array())
            EXPECT_EQ(reader.get("/meetings/" + std::string(meeting.at("id").as_string())).status, 200);
    }
}

TEST_P(Leaving, TakesAnAskerOutOfEverythingInEveryState) {
    check_erasure_of("wim");
    EXPECT_THAT(dora->get("/encounters").response.body, HasSubstr("Wim")) << "what dora has of wim is dora's";
}

TEST_P(Leaving, TakesABrokerOutOfEverythingInEveryState) {
    check_erasure_of("cate");
    EXPECT_THAT(wim->get("/people").response.body, HasSubstr("Dora")) << "whom cate brought together stay so";
}

TEST_P(Leaving, TakesATargetOutOfEverythingInEveryState) {
    check_erasure_of("dora");
    EXPECT_THAT(cate->get("/people").response.body, HasSubstr("Dora"));
}

TEST_P(Leaving, NeedsThePasswordAndLeavesTwoWeeksToComeBack) {
    EXPECT_EQ(wim->post("/account/deletion", R"({"password":"not the one"})").code(),
              "account.password_wrong");
    EXPECT_EQ(wim->get("/account").text("/leaves_at"), "null");
    const auto gone = leave(*wim);
    ASSERT_EQ(gone.status, 200);
    EXPECT_EQ(gone.text("/leaves_at"), format_rfc3339(now + app::kLeavingTakes));
    EXPECT_EQ(wim->get("/account").status, 401);
    EXPECT_EQ(cate->put("/blocks/wim").code(), "account.unknown") << "nobody finds it any more";
    EXPECT_EQ(cate->get("/people/" + cates_wim).text("/account"), "null");
    EXPECT_EQ(cate->get("/people/" + cates_wim).text("/name"), "Wim");

    const char* const credentials = R"({"login":"wim","password":"four random words"})";
    world::Visitor back = visitor();
    EXPECT_EQ(back.post("/session", credentials).text("/leaves_at"), gone.text("/leaves_at"));
    EXPECT_EQ(back.get("/people").status, 200) << "to be taken out";
    EXPECT_EQ(back.get("/people/export?format=csv").status, 200);
    EXPECT_EQ(back.post("/people", R"({"name":"Ed"})").code(), "account.leaving");
    EXPECT_EQ(back.patch("/account", R"({"zone":"UTC"})").code(), "account.leaving");
    EXPECT_EQ(leave(back).code(), "account.leaving");
    now += app::kLeavingTakes - hours(1);
    erase_what_is_due();
    EXPECT_EQ(back.remove("/account/deletion").status, 204);
    EXPECT_EQ(back.remove("/account/deletion").code(), "account.not_leaving");
    now += hours(2);
    erase_what_is_due();
    EXPECT_EQ(back.post("/people", R"({"name":"Ed"})").status, 201);
    EXPECT_EQ(cate->put("/blocks/wim").status, 204);
}

// A friend looks out for who is on the way to a meeting: that is for the evening, whatever becomes of the
// account.
TEST_P(Leaving, KeepsAFriendLookingOut) {
    const std::string wims = id_of_account("wim");
    for (const char* kind : {"lookout", "import"})
        do_sql(
            "INSERT INTO jobs (owner_id, id, kind, unique_key, payload, state, run_at, created_at) VALUES (" +
            wims + ", " + std::to_string(ids.next(now)) + ", '" + kind + "', '1', '{}', 'ready', 1, 1)");
    ASSERT_EQ(leave(*wim).status, 200);
    EXPECT_EQ(texts("SELECT kind FROM jobs WHERE owner_id = " + wims), std::vector<std::string>{"lookout"});
    now += app::kLeavingTakes;
    erase_what_is_due();
    EXPECT_EQ(count("SELECT count(*) FROM jobs WHERE owner_id = " + wims), 0);
}

TEST_P(Leaving, FreesNoHandle) {
    ASSERT_EQ(leave(*wim).status, 200);
    const char* const form =
        R"({"handle":"wim","full_name":"W","email":"w@example.com","password":"quite other words","zone":"UTC"})";
    context->sign_up = core::SignUp::open;
    EXPECT_EQ(visitor().post("/accounts", form).code(), "account.handle_taken");
    now += app::kLeavingTakes;
    EXPECT_EQ(visitor().post("/session", R"({"login":"wim","password":"four random words"})").status, 401);
    erase_what_is_due();
    EXPECT_EQ(visitor().post("/accounts", form).code(), "account.handle_taken");
    EXPECT_TRUE(texts("SELECT handle_hash FROM retired_handles").front().find("wim") == std::string::npos);
}

TEST_P(Leaving, IsNotForTheOnlyOneWhoRunsTheServer) {
    do_sql("UPDATE accounts SET is_admin = 1 WHERE handle = 'wim'");
    EXPECT_EQ(leave(*wim).code(), "account.only_admin");
    do_sql("UPDATE accounts SET is_admin = 1 WHERE handle = 'cate'");
    EXPECT_EQ(leave(*wim).status, 200);
    EXPECT_EQ(leave(*cate).code(), "account.only_admin") << "one who leaves runs nothing";
}

TEST_P(Leaving, HasNoRowThatNothingTakesAway) {
    if (GetParam() != store::Dialect::sqlite) GTEST_SKIP() << "one schema is enough";
    std::set<std::string> bound;
    for (const auto& [table, column] : columns())
        if (count("SELECT count(*) FROM pragma_foreign_key_list('" + table + "')") > 0) bound.insert(table);
    // These say whose they are without a reference; store/leaving takes them away by name.
    const std::set<std::string> named{"busy",
                                      "contact_copies",
                                      "contacts",
                                      "decisions",
                                      "dismissals",
                                      "gatherings",
                                      "goals",
                                      "goals_by_relation",
                                      "identity_sources",
                                      "jobs",
                                      "outbox",
                                      "owner_identities",
                                      "posts",
                                      "review_pairs",
                                      "ties",
                                      "way_changes"};
    for (const auto& [table, column] : columns()) {
        if ((column != "owner_id" && column != "account_id") || bound.contains(table)) continue;
        EXPECT_TRUE(named.contains(table)) << table << " outlives its account: see store/leaving";
    }
}

}  // namespace
}  // namespace vv::api::visavis
