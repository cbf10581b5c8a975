#include "world/api.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

class Passwords : public world::ForEachApi {
protected:
    // A browser that went through the front door.
    world::Visitor sign_in(const std::string& login, const std::string& password = kPassword) {
        world::Visitor browser = visitor();
        EXPECT_EQ(status_of(browser, login, password), 200);
        return browser;
    }
    static int status_of(world::Visitor& browser, const std::string& login, const std::string& password) {
        return browser.post("/session", R"({"login":")" + login + R"(","password":")" + password + "\"}")
            .status;
    }
    int status_of(const std::string& login, const std::string& password) {
        world::Visitor browser = visitor();
        return status_of(browser, login, password);
    }
    // The secret of the link in the one mail to this address that has such a link.
    std::string secret_in_mail(const std::string& address, const std::string& page) {
        const std::string start = "https://visavis.example/" + page + "?token=";
        for (const auto& mail : take_mails())
            if (const auto at = mail.text.find(start); mail.to == address && at != std::string::npos)
                return mail.text.substr(at + start.size(), 43);
        return {};
    }
    world::Answer confirm_reset(const std::string& secret, const std::string& password) {
        return visitor().post("/password/reset/confirm",
                              R"({"token":")" + secret + R"(","password":")" + password + "\"}");
    }
};
VV_ON_EACH_DATABASE(Passwords);

TEST_P(Passwords, AreChangedByWhoKnowsTheOldOneAndOtherSessionsEnd) {
    add_account("ann", true);
    world::Visitor phone = sign_in("ann");
    world::Visitor laptop = sign_in("ann");
    const std::string cookie = laptop.client().cookie("visavis_session");
    const auto wrong =
        laptop.post("/account/password", R"({"current":"something else","new":"a new and better one"})");
    EXPECT_EQ(wrong.status, 403);
    EXPECT_EQ(wrong.text("/error/field"), "current");
    EXPECT_EQ(phone.get("/account").status, 200);

    EXPECT_EQ(
        laptop.post("/account/password", R"({"current":"four random words","new":"a new and better one"})")
            .status,
        204);
    EXPECT_EQ(phone.get("/account").status, 401);
    EXPECT_EQ(laptop.get("/account").status, 200);
    EXPECT_NE(laptop.client().cookie("visavis_session"), cookie);
    EXPECT_EQ(status_of("ann", kPassword), 401);
    EXPECT_EQ(status_of("ann", "a new and better one"), 200);
    const auto mails = take_mails();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].subject, "Your password has been changed");
}

TEST_P(Passwords, AreAskedForAlikeWhetherThereIsAnAccountOrNot) {
    const char* ask = R"({"email":"ann@example.com"})";
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(visitor().post("/password/reset", ask).status, 202);
    EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(5 * 250))
        << "nothing was to be done, and it took as long as if there were";
    add_account("ann");
    EXPECT_EQ(visitor().post("/password/reset", ask).status, 202);
    EXPECT_TRUE(take_mails().empty()) << "the five before were counted, and so written, like this one";
    now += std::chrono::hours(1);
    EXPECT_EQ(visitor().post("/password/reset", ask).status, 202);
    EXPECT_EQ(take_mails().size(), 1U);
}

TEST_P(Passwords, ThatAreTooEasyAreRefusedByField) {
    world::Visitor ann = signed_in("ann");
    const auto answer =
        ann.post("/account/password", R"({"current":"four random words","new":"password123"})");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.text("/error/field"), "new");
}

TEST_P(Passwords, AreNotGuessedThroughAStolenSession) {
    world::Visitor ann = signed_in("ann");
    const char* guess = R"({"current":"is it this one?","new":"a new and better one"})";
    for (int i = 0; i < 10; ++i) EXPECT_EQ(ann.post("/account/password", guess).status, 403);
    EXPECT_EQ(ann.post("/account/password", guess).status, 429);
    EXPECT_EQ(ann.post("/account/email", R"({"email":"x@example.com","password":"is it this one?"})").status,
              429);
}

TEST_P(Passwords, AreResetByALinkThatWorksOnceWithinAnHour) {
    add_account("ann", true);
    world::Visitor phone = sign_in("ann");
    EXPECT_EQ(visitor().post("/password/reset", R"({"email":" Ann@Example.com"})").status, 202);
    const std::string secret = secret_in_mail("ann@example.com", "reset");
    ASSERT_EQ(secret.size(), 43U);
    EXPECT_EQ(confirm_reset(secret, "short").text("/error/field"), "password");
    EXPECT_EQ(confirm_reset(secret, "a new and better one").status, 204);
    EXPECT_EQ(phone.get("/account").status, 401);
    EXPECT_EQ(confirm_reset(secret, "another and better one").code(), "password.token_invalid");
    EXPECT_EQ(status_of("ann", "a new and better one"), 200);

    visitor().post("/password/reset", R"({"email":"ann@example.com"})");
    const std::string late = secret_in_mail("ann@example.com", "reset");
    now += std::chrono::hours(1);
    EXPECT_EQ(confirm_reset(late, "a third one, in time?").status, 403);
}

TEST_P(Passwords, ResetLinksTellNothingOfAccounts) {
    add_account("ann");
    const auto known = visitor().post("/password/reset", R"({"email":"ann@example.com"})");
    const auto unknown = visitor().post("/password/reset", R"({"email":"nobody@example.com"})");
    EXPECT_EQ(known.status, 202);
    EXPECT_EQ(unknown.status, 202);
    EXPECT_EQ(known.response.headers, unknown.response.headers);
    EXPECT_EQ(known.response.body, unknown.response.body);
    const auto mails = take_mails();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].to, "ann@example.com");
    EXPECT_EQ(confirm_reset("made-up", "a new and better one").status, 403);
}

TEST_P(Passwords, ResetMailsDontFloodAMailbox) {
    add_account("ann");
    for (int i = 0; i < 12; ++i)
        EXPECT_EQ(visitor().post("/password/reset", R"({"email":"ann@example.com"})").status, 202);
    EXPECT_EQ(take_mails().size(), 5U);
}

TEST_P(Passwords, ALaterLinkEndsTheOneBefore) {
    add_account("ann");
    visitor().post("/password/reset", R"({"email":"ann@example.com"})");
    const std::string first = secret_in_mail("ann@example.com", "reset");
    visitor().post("/password/reset", R"({"email":"ann@example.com"})");
    const std::string second = secret_in_mail("ann@example.com", "reset");
    EXPECT_EQ(confirm_reset(first, "a new and better one").status, 403);
    EXPECT_EQ(confirm_reset(second, "a new and better one").status, 204);
}

class Addresses : public Passwords {};
VV_ON_EACH_DATABASE(Addresses);

TEST_P(Addresses, ThatAreProvedAreReplacedOnlyByAProvedOne) {
    add_account("ann", true);
    world::Visitor ann = sign_in("ann");
    const auto asked =
        ann.post("/account/email", R"({"email":"new@example.com","password":"four random words"})");
    EXPECT_EQ(asked.status, 202);
    EXPECT_EQ(asked.text("/email"), "ann@example.com");
    auto mails = take_mails();
    std::ranges::sort(mails, {}, &app::OutgoingMail::to);
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(mails[0].to, "ann@example.com");
    EXPECT_EQ(mails[0].subject, "Your e-mail address is being changed");
    const auto at = mails[1].text.find("token=");
    const std::string body = R"({"token":")" + mails[1].text.substr(at + 6, 43) + "\"}";
    EXPECT_EQ(visitor().post("/email/verify", body).status, 200);
    EXPECT_EQ(ann.get("/account").text("/email"), "new@example.com");
    EXPECT_EQ(ann.get("/account").at("/email_verified"), true);
    EXPECT_EQ(status_of("new@example.com", kPassword), 200);
    EXPECT_EQ(status_of("ann@example.com", kPassword), 401);
}

TEST_P(Addresses, AreNotChangedWithoutThePassword) {
    add_account("ann", true);
    world::Visitor ann = sign_in("ann");
    EXPECT_EQ(
        ann.post("/account/email", R"({"email":"new@example.com","password":"four random wards"})").status,
        403);
    EXPECT_EQ(ann.post("/account/email", R"({"email":"new@example","password":"four random words"})")
                  .text("/error/field"),
              "email");
    EXPECT_TRUE(take_mails().empty());
}

TEST_P(Addresses, OfAnotherAccountLookFreeAndStayWhereTheyAre) {
    add_account("ann", true);
    add_account("bob", true);
    world::Visitor ann = sign_in("ann");
    const auto taken =
        ann.post("/account/email", R"({"email":"bob@example.com","password":"four random words"})");
    EXPECT_EQ(taken.status, 202);
    EXPECT_EQ(taken.text("/email"), "ann@example.com");
    for (const auto& mail : take_mails()) EXPECT_EQ(mail.text.find("token="), std::string::npos) << mail.to;
    EXPECT_EQ(status_of("bob@example.com", kPassword), 200);
}

TEST_P(Addresses, ANewPasswordStopsAChangeThatIsUnderWay) {
    add_account("ann", true);
    world::Visitor thief = sign_in("ann");
    thief.post("/account/email", R"({"email":"thief@example.com","password":"four random words"})");
    const std::string change = secret_in_mail("thief@example.com", "verify");
    visitor().post("/password/reset", R"({"email":"ann@example.com"})");
    EXPECT_EQ(confirm_reset(secret_in_mail("ann@example.com", "reset"), "a new and better one").status, 204);
    EXPECT_EQ(visitor().post("/email/verify", R"({"token":")" + change + "\"}").status, 403);
}

}  // namespace
}  // namespace vv::api::visavis
