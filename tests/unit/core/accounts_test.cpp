#include "core/accounts.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

template <class T>
std::string field_of(const Result<T>& result) {
    return result.ok() ? "no error" : result.error().field;
}

TEST(CheckHandle, LowersCapitalsAndDropsTheAt) {
    EXPECT_EQ(*check_handle(" @Ann_Lee7 "), "ann_lee7");
}

TEST(CheckHandle, RefusesWhatWouldNotFitAnAddress) {
    for (const char* bad :
         {"", "a", "@a", "ann lee", "ann-lee", "änne", "a/b", "abcdefghijklmnopqrstuvwxyzabcde"})
        EXPECT_EQ(field_of(check_handle(bad)), "handle") << bad;
}

TEST(CheckEmail, KeepsOneCanonicalForm) {
    EXPECT_EQ(*check_email(" Ann.Lee+List@Example.COM "), "ann.lee+list@example.com");
}

TEST(CheckEmail, RefusesWhatNoMailReaches) {
    for (const char* bad : {"", "ann", "@example.com", "ann@", "ann@example", "ann@.com", "ann@ex ample.com",
                            ".ann@example.com", "ann..lee@example.com", "ann@-example.com",
                            "ann@example.com\r\nBcc: x@example.org", "Ann <ann@example.com>",
                            "ann@example.com,bob@example.com", "änne@example.com"})
        EXPECT_EQ(field_of(check_email(bad)), "email") << bad;
    EXPECT_FALSE(check_email(std::string(65, 'a') + "@example.com"));
    EXPECT_FALSE(check_email("a@" + std::string(250, 'b') + ".com"));
}

TEST(CheckFullName, CountsCharactersNotBytes) {
    std::string hundred;
    for (int i = 0; i < 100; ++i) hundred += "é";
    EXPECT_EQ(*check_full_name(" " + hundred + " "), hundred);
    EXPECT_EQ(field_of(check_full_name(hundred + "é")), "full_name");
    EXPECT_FALSE(check_full_name("  "));
    EXPECT_FALSE(check_full_name("Ann\nLee"));
    EXPECT_FALSE(check_full_name("Ann\u2028Lee"));
    EXPECT_FALSE(check_full_name("\u202eeeL nnA")) << "reads as another name than it is";
    EXPECT_FALSE(check_full_name("You have won: HTTPS://prize.example"));
    EXPECT_FALSE(check_full_name("www.prize.example"));
    EXPECT_FALSE(check_full_name("Ann \xff"));
}

TEST(CheckZone, KnowsTheIanaNames) {
    EXPECT_EQ(check_zone("Europe/Paris")->name(), "Europe/Paris");
    EXPECT_EQ(field_of(check_zone("Mars/Olympus")), "zone");
    EXPECT_EQ(field_of(check_zone("../../etc/passwd")), "zone");
}

TEST(CheckLocale, TakesSimpleTags) {
    for (const char* good : {"en", "pt-BR", "zh-Hant-TW", "gsw", "es-419"})
        EXPECT_TRUE(check_locale(good)) << good;
    for (const char* bad : {"", "e", "english", "en_GB", "en-", "-en", "en-abcdefghi"})
        EXPECT_EQ(field_of(check_locale(bad)), "locale") << bad;
}

TEST(CheckHome, KeepsOnlyTheCell) {
    const auto home = check_home("Lyon", {45.764043, 4.835659});
    ASSERT_TRUE(home);
    EXPECT_EQ(home->at, snap_to_cell({45.764043, 4.835659}));
    EXPECT_NE(home->at.lat, 45.764043);
    EXPECT_EQ(field_of(check_home("Nowhere", {91, 0})), "home");
}

TEST(CheckPassword, TakesWhatIsLongEnough) {
    for (const char* good :
         {"four random words make one", "ひみつのことばはこれです", "x9!kqz0-pLm", "annoying horse battery"})
        EXPECT_TRUE(check_password(good, "ann", "ann@example.com")) << good;
}

TEST(CheckPassword, RefusesShortOnesByCharacters) {
    EXPECT_EQ(check_password("ninechars", "ann", "a@example.com").error().code, "account.password_short");
    EXPECT_EQ(check_password("ééééééééé", "ann", "a@example.com").error().code, "account.password_short");
    EXPECT_EQ(check_password(std::string(1001, 'x'), "ann", "a@example.com").error().code,
              "account.password_long");
    EXPECT_EQ(check_password("short", "ann", "a@example.com", "new").error().field, "new");
}

TEST(CheckPassword, RefusesWhatStrangersTryFirst) {
    for (const char* bad : {"password123", "Password123!", "P@ssw0rd123", "1234567890", "0987654321",
                            "qwertyuiop1", "aaaaaaaaaaaa", "iloveyou2026", "19700101-1970", "ann_lee2026!",
                            "2026annelise", "annelise@example.com"})
        EXPECT_EQ(check_password(bad, "ann_lee", "annelise@example.com").error().code,
                  "account.password_common")
            << bad;
}

TEST(RegionOf, PrefersTheHomeToTheZone) {
    const Zone toronto = *Zone::find("America/Toronto");
    EXPECT_EQ(region_of(Home{"Paris", {48.85, 2.35}}, toronto), "FR");
    EXPECT_EQ(region_of(std::nullopt, toronto), "CA");
    EXPECT_EQ(region_of(std::nullopt, Zone()), "");
}

TEST(SignUp, ReadsItsOwnNames) {
    for (const SignUp one : {SignUp::open, SignUp::invited, SignUp::closed})
        EXPECT_EQ(parse_sign_up(to_string(one)), one);
    EXPECT_FALSE(parse_sign_up("free"));
}

}  // namespace
}  // namespace vv::core
