#include "app/accounts.h"

#include "app/sign_up.h"
#include "world/api.h"

#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

std::string form(const std::string& handle, const std::string& email, const std::string& more = "") {
    return R"({"handle":")" + handle + R"(","email":")" + email +
           R"(","full_name":"Ann Lee","password":"four random words","zone":"Europe/Paris")" + more + "}";
}

class SetUp : public world::ForEachApi {
protected:
    std::string token() {
        const core::InviteId id{ids.next(now)};
        const auto made = db().write_now([&](store::Tx& tx) { return app::setup_token(tx, id, now); });
        EXPECT_TRUE(made.ok());
        return made->value_or("");
    }
};
VV_ON_EACH_DATABASE(SetUp);

TEST_P(SetUp, MakesTheFirstAccountOnceAndSignsItIn) {
    EXPECT_EQ(visitor().get("/server").at("/needs_setup"), true);
    const std::string secret = token();
    const std::string body =
        form("ann", "ann@example.com",
             R"(,"home":{"name":"Lyon","at":[45.764,4.8357]},"token":")" + secret + "\"");
    world::Visitor ann = visitor();
    const auto made = ann.post("/setup", body);
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(made.at("/is_admin"), true);
    EXPECT_EQ(made.at("/email_verified"), true);
    EXPECT_EQ(made.text("/home/name"), "Lyon");
    EXPECT_NE(made.text("/home/at/0"), "45.764") << "only the cell is kept";
    EXPECT_EQ(ann.get("/account").body, made.body);
    EXPECT_EQ(ann.get("/server").at("/needs_setup"), false);
    EXPECT_EQ(ann.get("/server").at("/signed_in"), true);
    EXPECT_EQ(visitor().post("/setup", body).code(), "setup.done");
    EXPECT_EQ(token(), "") << "no link once there is an account";
}

TEST_P(SetUp, NeedsTheLatestLinkAndWithinADay) {
    const std::string old = token();
    const std::string secret = token();
    EXPECT_EQ(visitor().post("/setup", form("ann", "a@example.com", R"(,"token":"guess")")).code(),
              "setup.token_invalid");
    EXPECT_EQ(visitor().post("/setup", form("ann", "a@example.com", R"(,"token":")" + old + "\"")).status,
              403);
    now += std::chrono::hours(24);
    EXPECT_EQ(visitor().post("/setup", form("ann", "a@example.com", R"(,"token":")" + secret + "\"")).status,
              403);
}

class SignUp : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (!IsSkipped()) context->sign_up = core::SignUp::open;
    }
};
VV_ON_EACH_DATABASE(SignUp);

// Else whoever comes first by the open door would leave the server without an operator.
TEST_P(SignUp, WaitsForTheSetUp) {
    EXPECT_EQ(visitor().post("/accounts", form("ann", "a@example.com")).code(), "setup.pending");
    EXPECT_EQ(visitor().get("/server").at("/needs_setup"), true);
}

TEST_P(SignUp, MakesAnAccountSignsItInAndAsksForTheAddressesProof) {
    add_account("zoe");
    world::Visitor ann = visitor();
    const auto made = ann.post("/accounts", form("Ann", "Ann@Example.com"));
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(made.text("/handle"), "ann");
    EXPECT_EQ(made.text("/email"), "ann@example.com");
    EXPECT_EQ(made.at("/is_admin"), false);
    EXPECT_EQ(made.at("/email_verified"), false);
    EXPECT_EQ(made.at("/findable"), false);
    EXPECT_EQ(made.at("/home"), nullptr);
    EXPECT_EQ(ann.get("/account").body, made.body);

    const auto mails = take_mails();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].to, "ann@example.com");
    const auto at = mails[0].text.find("https://visavis.example/verify?token=");
    ASSERT_NE(at, std::string::npos);
    const std::string secret = mails[0].text.substr(at + 37, 43);
    const std::string body = R"({"token":")" + secret + "\"}";
    EXPECT_EQ(visitor().post("/email/verify", body).status, 200);
    EXPECT_EQ(ann.get("/account").at("/email_verified"), true);
    EXPECT_EQ(visitor().post("/email/verify", body).code(), "email.token_invalid");
}

// Whether an address is taken is nobody's business but its holder's, who learns it by mail.
TEST_P(SignUp, WithATakenAddressLooksLikeAnyOther) {
    add_account("ann");
    const auto fresh = visitor().post("/accounts", form("bob", "bob@example.com"));
    world::Visitor thief = visitor();
    const auto taken = thief.post("/accounts", form("thief", "ann@example.com"));
    EXPECT_EQ(taken.status, fresh.status);
    ASSERT_EQ(taken.response.headers.size(), fresh.response.headers.size());
    for (const char* same : {"/email_verified", "/is_admin", "/findable", "/home"})
        EXPECT_EQ(taken.at(same), fresh.at(same));
    EXPECT_EQ(thief.get("/account").at("/email_verified"), false);
    EXPECT_EQ(thief.post("/account/email/verification").status, 202);

    for (const auto& mail : take_mails()) {
        const bool has_link = mail.text.find("/verify?token=") != std::string::npos;
        EXPECT_EQ(has_link, mail.to == "bob@example.com");
        if (mail.to == "ann@example.com") {
            EXPECT_NE(mail.text.find("@ann"), std::string::npos);
            EXPECT_EQ(mail.text.find("thief"), std::string::npos);
        }
    }
}

TEST_P(SignUp, RefusesATakenHandleWhichIsPublicAnyway) {
    add_account("ann");
    const auto answer = visitor().post("/accounts", form("ann", "other@example.com"));
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.code(), "account.handle_taken");
    EXPECT_EQ(answer.text("/error/field"), "handle");
    EXPECT_EQ(visitor().post("/accounts", form("support", "other@example.com")).status, 409)
        << "the server's own voice";
}

TEST_P(SignUp, NamesTheFieldAtFault) {
    const auto field_of = [&](const std::string& body) {
        return visitor().post("/accounts", body).text("/error/field");
    };
    EXPECT_EQ(field_of(form("a", "a@example.com")), "handle");
    EXPECT_EQ(field_of(form("ann", "a@example")), "email");
    EXPECT_EQ(
        field_of(
            R"({"handle":"ann","email":"a@example.com","full_name":" ","password":"four random words","zone":"UTC"})"),
        "full_name");
    EXPECT_EQ(
        field_of(
            R"({"handle":"ann","email":"a@example.com","full_name":"A","password":"short","zone":"UTC"})"),
        "password");
    EXPECT_EQ(
        field_of(
            R"({"handle":"ann","email":"a@example.com","full_name":"A","password":"four random words","zone":"X"})"),
        "zone");
    EXPECT_EQ(field_of(form("ann", "a@example.com", R"(,"home":{"name":"X","at":[91,0]})")), "at");
    EXPECT_EQ(field_of(form("ann", "a@example.com", R"(,"home":{"name":"X"})")), "home");
}

TEST_P(SignUp, IsThrottledByAddress) {
    for (int i = 0; i < 30; ++i) visitor().post("/accounts", form("a", "a@example.com"));
    const auto answer = visitor().post("/accounts", form("ann", "a@example.com"));
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.header("retry-after"), "120");
}

TEST_P(SignUp, IsForNobodyWhereItIsClosed) {
    context->sign_up = core::SignUp::closed;
    EXPECT_EQ(visitor().get("/server").text("/sign_up"), "closed");
    EXPECT_EQ(visitor().post("/accounts", form("ann", "a@example.com")).code(), "account.sign_up_closed");
}

TEST_P(SignUp, NeedsAnInvitationWhereTheOperatorSaysSo) {
    context->sign_up = core::SignUp::invited;
    EXPECT_EQ(visitor().post("/accounts", form("ann", "a@example.com")).code(), "account.invite_invalid");
    EXPECT_EQ(visitor().post("/accounts", form("ann", "a@example.com", R"(,"invite":"guess")")).status, 403);
}

class Profile : public world::ForEachApi {};
VV_ON_EACH_DATABASE(Profile);

TEST_P(Profile, ChangesWhatIsNamedAndNothingElse) {
    world::Visitor ann = signed_in("ann");
    const auto before = ann.get("/account");
    const auto after = ann.patch("/account", R"({"full_name":" Ann Other ","findable":true,"locale":"fr"})");
    EXPECT_EQ(after.text("/full_name"), "Ann Other");
    EXPECT_EQ(after.at("/findable"), true);
    EXPECT_EQ(after.text("/locale"), "fr");
    EXPECT_EQ(after.at("/zone"), before.at("/zone"));
    EXPECT_EQ(after.at("/email"), before.at("/email"));
    EXPECT_EQ(ann.get("/account").body, after.body);
}

TEST_P(Profile, SetsAndTakesAwayTheHome) {
    world::Visitor ann = signed_in("ann");
    EXPECT_EQ(ann.patch("/account", R"({"home":{"name":"Paris","at":[48.85,2.35]}})").text("/home/name"),
              "Paris");
    EXPECT_EQ(ann.patch("/account", R"({"zone":"Europe/Paris"})").text("/home/name"), "Paris");
    EXPECT_EQ(ann.patch("/account", R"({"home":null})").at("/home"), nullptr);
}

TEST_P(Profile, RefusesWhatIsNoneAndKeepsWhatWas) {
    world::Visitor ann = signed_in("ann");
    const auto before = ann.get("/account");
    EXPECT_EQ(ann.patch("/account", R"({"full_name":"Ann","zone":"Nowhere"})").text("/error/field"), "zone");
    EXPECT_EQ(ann.patch("/account", R"({"locale":"english"})").text("/error/field"), "locale");
    EXPECT_EQ(ann.patch("/account", R"({"findable":"yes"})").text("/error/field"), "findable");
    EXPECT_EQ(ann.get("/account").body, before.body);
    EXPECT_EQ(visitor().patch("/account", R"({"findable":true})").status, 401);
}

TEST_P(Profile, GivesTheCalendarAPrivateAddressThatIsToldOnce) {
    world::Visitor ann = signed_in("ann");
    EXPECT_EQ(ann.get("/calendar-feed").at("/active"), false);
    const std::string first = ann.post("/calendar-feed").text("/url");
    const std::string second = ann.post("/calendar-feed").text("/url");
    EXPECT_NE(first, second);
    EXPECT_EQ(ann.get("/calendar-feed").at("/active"), true);
    EXPECT_EQ(ann.get("/calendar-feed").at("/url"), nullptr);
    const auto whose = [&](const std::string& url) {
        const auto from = url.rfind('/') + 1;
        const std::string secret = url.substr(from, url.rfind(".ics") - from);
        return db().read_now([&](store::Tx& tx) { return app::account_of_feed(tx, secret); });
    };
    EXPECT_FALSE(whose(first)) << "the address before has ended";
    ASSERT_TRUE(whose(second));
    EXPECT_EQ(to_string(*whose(second)), ann.get("/account").text("/id"));
    EXPECT_EQ(ann.remove("/calendar-feed").status, 204);
    EXPECT_FALSE(whose(second));
}

}  // namespace
}  // namespace vv::api::visavis
