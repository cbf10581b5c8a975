#include "formats/mail_headers.h"

#include <gtest/gtest.h>

namespace vv::formats {
namespace {

std::string told(std::string_view value) {
    std::string out;
    for (const auto& address : parse_mail_addresses(value)) out += address.name + "<" + address.email + ">";
    return out;
}

TEST(MailHeaders, ReadAddresses) {
    EXPECT_EQ(told("Ann Lee <Ann.Lee@Example.COM>, bob@example.org"),
              "Ann Lee<ann.lee@example.com><bob@example.org>");
    EXPECT_EQ(told("\"Lee, Ann\" <ann@example.com>"), "Lee, Ann<ann@example.com>");
    EXPECT_EQ(told("ann@example.com (Ann Lee)"), "Ann Lee<ann@example.com>");
    EXPECT_EQ(told("\"'Ann Lee'\" <ann@example.com>, \"bob@example.org\" <bob@example.org>"),
              "Ann Lee<ann@example.com><bob@example.org>");
}

TEST(MailHeaders, ReadEncodedWordsAndRawBytes) {
    EXPECT_EQ(told("=?UTF-8?Q?J=C3=BCrgen_M=C3=BCller?= <j@example.de>"), "Jürgen Müller<j@example.de>");
    EXPECT_EQ(told("=?iso-8859-1?b?UmVu6Q==?= =?utf-8?q?_Roy?= <r@example.fr>"), "René Roy<r@example.fr>");
    EXPECT_EQ(told("Ren\xe9 <r@example.fr>"), "René<r@example.fr>");
    EXPECT_EQ(told("René <r@example.fr>"), "René<r@example.fr>");
    EXPECT_EQ(decode_mail_text("=?utf-8?q?caf=C3=A9?= au lait"), "café au lait");
}

TEST(MailHeaders, ReadGroups) {
    EXPECT_EQ(told("Team: Ann <ann@example.com>, bob@example.org;, cid@example.net"),
              "Ann<ann@example.com><bob@example.org><cid@example.net>");
    EXPECT_EQ(told("undisclosed-recipients:;"), "");
}

// Each "g:" would be a group within the one before it.
TEST(MailHeaders, GoDownIntoNoEndlessGroup) {
    std::string deep;
    for (int i = 0; i < 130'000; ++i) deep += "g:";
    EXPECT_EQ(told(deep + "ann@example.com"), "");
    EXPECT_EQ(told("bob@example.org, " + deep), "<bob@example.org>");
    EXPECT_TRUE(has_deep_groups("Subject: x\r\nCc: " + deep + "\r\n"));
    std::string folded = "FROM :";
    for (int i = 0; i < 60; ++i) folded += "\n g:g:g:g:g:g:g:g:g:g:";
    EXPECT_TRUE(has_deep_groups(folded));
    EXPECT_FALSE(has_deep_groups("To: a: b@example.com;, c: d@example.com;\nSubject: " + deep));
}

TEST(MailHeaders, LeaveOutWhatIsNoAddress) {
    EXPECT_EQ(told(""), "");
    EXPECT_EQ(told("Ann Lee"), "");
    EXPECT_EQ(told("Ann <>, bob@, @example.org"), "");
    EXPECT_EQ(parse_mail_addresses("a@b.c, d@e.f, g@h.i", 2).size(), 2U);
}

TEST(MailHeaders, ReadDates) {
    const auto date = [](std::string_view text) {
        const auto at = parse_mail_date(text);
        return at ? format_rfc3339(*at) : "none";
    };
    EXPECT_EQ(date("Tue, 23 Nov 2010 18:28:30 +0100"), "2010-11-23T17:28:30Z");
    EXPECT_EQ(date("23 Nov 10 18:28 EST"), "2010-11-23T23:28:00Z");
    EXPECT_EQ(date("Tue, 23 Nov 2010 18:28:30 -0000 (GMT)"), "2010-11-23T18:28:30Z");
    EXPECT_EQ(date("yesterday"), "none");
    EXPECT_EQ(date("Thu, 1 Jan 1970 00:00:00 +0000"), "none");
}

}  // namespace
}  // namespace vv::formats
