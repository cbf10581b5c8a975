#include "formats/archive/mail_letters.h"

#include <gtest/gtest.h>

namespace vv::formats::archive {
namespace {

// "line:from|to|date;" for each letter.
std::string told(std::string_view mailbox, std::size_t piece) {
    ViewStream bytes(mailbox, piece);
    Letters letters(bytes);
    Letter letter;
    std::string out;
    while (true) {
        const auto more = letters.next(letter);
        EXPECT_TRUE(more.ok());
        if (!more || !*more) return out;
        out += std::to_string(letter.line) + ":" + letter[MailField::from] + "|" + letter[MailField::to] +
               "|" + letter[MailField::date] + ";";
    }
}

// Wherever the pieces are cut, the same comes out.
std::string told(std::string_view mailbox) {
    const auto whole = told(mailbox, mailbox.size() + 1);
    for (const std::size_t piece : {1, 2, 3, 5, 6, 7, 64}) EXPECT_EQ(told(mailbox, piece), whole) << piece;
    return whole;
}

constexpr std::string_view kParting = "From ann@example.com Tue Nov 23 18:28:30 2010\n";

TEST(Letters, AreParted) {
    const std::string box = std::string(kParting) + "From: a\nTo: b\n\nbody\n\n" + std::string(kParting) +
                            "From: c\n\nFrom here on\n" + std::string(kParting) + "no header\n\n" +
                            std::string(kParting) + "From: d\n";
    EXPECT_EQ(told(box), "2:a|b|;8:c||;15:d||;");
}

TEST(Letters, UnfoldAndJoinFields) {
    const std::string box =
        std::string(kParting) +
        "FROM :  a\r\nTo: b,\r\n\tc\r\nSubject: x\r\n folded\r\nTo: d\r\nDate: 1\r\nDate: 2\r\n\r\n";
    EXPECT_EQ(told(box), "2:a|b,\tc, d|1;");
}

TEST(Letters, OfASingleFileAreOne) {
    EXPECT_EQ(told("Subject: x\nFrom: a\n\n" + std::string(kParting) + "From: b\n"), "1:a||;");
    EXPECT_EQ(told(""), "");
    EXPECT_EQ(told("\n\n"), "");
}

TEST(Letters, AreBoundedInMemory) {
    const std::string box = std::string(kParting) + "To: " + std::string(1'000'000, 'x') + "\n" +
                            std::string(50'000, ' ') + "\n\n";
    ViewStream bytes(box);
    Letters letters(bytes);
    Letter letter;
    const auto more = letters.next(letter);
    ASSERT_TRUE(more.ok() && *more);
    EXPECT_LT(letter[MailField::to].size(), 200'000U);
}

}  // namespace
}  // namespace vv::formats::archive
