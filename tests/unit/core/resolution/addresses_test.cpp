#include "core/resolution/addresses.h"

#include "core/resolution/spelling.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv::core::resolution {
namespace {

using Words = std::vector<std::string>;

TEST(EmailAddresses, HaveOneForm) {
    EXPECT_EQ(read_email(" Ann.Lee+news@Example.COM ")->address, "ann.lee@example.com");
    EXPECT_EQ(read_email("A.n.n@googlemail.com")->address, "ann@gmail.com");
    EXPECT_EQ(read_email("ann@example.com/")->address, "ann@example.com");
    EXPECT_EQ(read_email("mailto:ann@example.com")->address, "ann@example.com");
}

TEST(EmailAddresses, AreRefusedWhenTheyAreNone) {
    EXPECT_FALSE(read_email("ann"));
    EXPECT_FALSE(read_email("@example.com"));
    EXPECT_FALSE(read_email("ann@"));
    EXPECT_FALSE(read_email(""));
}

TEST(EmailAddresses, AreSplitIntoWordsWhereTheyCanBe) {
    EXPECT_EQ(read_email("alarcon.c@example.com")->words, (Words{"alarcon", "c"}));
    EXPECT_EQ(read_email("klin84@example.com")->words, Words{"klin"});
    EXPECT_EQ(read_email("samuel_taylor@example.com")->local, "samueltaylor");
}

TEST(EmailAddresses, OfOfficesTellNoName) {
    const auto email = read_email("info@example.com");
    EXPECT_TRUE(email->role);
    EXPECT_TRUE(email->words.empty());
}

TEST(MailDomains, TellTheEmployerUnlessTheyAreProviders) {
    EXPECT_EQ(employer_of_domain("veridian-labs.example.com"), "veridianlabs");
    EXPECT_EQ(employer_of_domain("harbour.co.uk"), "harbour");
    EXPECT_EQ(employer_of_domain("gmail.com"), "");
}

TEST(Pages, AreOneHoweverTheyAreWritten) {
    EXPECT_EQ(canonical_page("https://www.Example.net/blog/?utm=1"), "example.net/blog");
    EXPECT_EQ(canonical_page("http://twitter.com/@AnnLee"), "twitter:annlee");
    EXPECT_EQ(canonical_page("https://x.com/annlee/"), canonical_handle("twitter:AnnLee"));
    EXPECT_EQ(canonical_page("not a page"), "");
}

TEST(Pages, AreCalledAsTheirOwnersUnlessTheSiteIsLarge) {
    EXPECT_EQ(site_words("hakonlindstrom.example.net/blog"), (Words{"hakonlindstrom"}));
    EXPECT_EQ(site_words("ann-lee.wordpress.com"), (Words{"ann", "lee"}));
    EXPECT_TRUE(site_words("medium.com/@ann").empty());
    EXPECT_TRUE(site_words("twitter:ann").empty());
}

TEST(Slugs, AreWordsWithoutTheirNumbers) {
    EXPECT_EQ(slug_words("genevieve-jolicœur-71843515"), (Words{"genevieve", "jolicoeur"}));
    EXPECT_EQ(slug_words("ann-lee-phd"), (Words{"ann", "lee"}));
}

TEST(Employers, AreTheSameWithoutTheirLegalForm) {
    EXPECT_EQ(employer_words("Veridian Labs, Inc."), (Words{"veridian", "labs"}));
    EXPECT_EQ(employer_words("Saltmarsh Partners S.A."), (Words{"saltmarsh", "partners"}));
    EXPECT_EQ(employer_words("Redwater Labs & Co."), (Words{"redwater", "labs"}));
}

bool similar(std::string_view a, std::string_view b) {
    return is_similar(Spelling(a), Spelling(b));
}

TEST(Spelling, IsSimilarAfterASlipOrAnotherTransliteration) {
    EXPECT_TRUE(similar("jonathan", "jonathon"));
    EXPECT_TRUE(similar("mueller", "muller"));
    EXPECT_TRUE(similar("khrushchyova", "hruscheva"));
    EXPECT_FALSE(similar("lee", "leo"));
    EXPECT_FALSE(similar("taylor", "thackeray"));
}

TEST(Handles, AreSplitIntoWordsAndToldFromTheirNetwork) {
    EXPECT_EQ(handle_words("twitter:carrie_pen_29"), (std::vector<std::string>{"carrie", "pen"}));
    EXPECT_EQ(handle_words("skype:live:ann.lee_5"), (std::vector<std::string>{"ann", "lee"}));
    EXPECT_EQ(nick_of("mastodon:mossmoth_43@toot.example.com"), nick_of("twitter:mossmoth_43"));
    EXPECT_EQ(nick_of("twitter:annlee"), "") << "her namesake may be called so elsewhere";
}

TEST(Spelling, KeepsConsonantsThatChangePlaces) {
    EXPECT_EQ(consonants("avraham"), consonants("brhm"));
    EXPECT_EQ(consonants("tzipora"), consonants("sypwrh"));
    EXPECT_NE(consonants("noa"), consonants("moshe"));
}

// The table filled in cell by cell, as one would by hand.
int slow_distance(const std::string& a, const std::string& b) {
    std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int change = a[i - 1] == b[j - 1] ? 0 : 1;
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

RC_GTEST_PROP(Spelling, MeasuresAsOneWouldByHand, ()) {
    const auto word = rc::gen::container<std::string>(rc::gen::inRange('a', 'e'));
    const auto a = *rc::gen::resize(20, word), b = *rc::gen::resize(20, word);
    const int most = *rc::gen::inRange(0, 6);
    RC_ASSERT(edit_distance(a, b, most) == std::min(slow_distance(a, b), most + 1));
}

TEST(Spelling, CountsASwapOfNeighboursOnce) {
    EXPECT_EQ(edit_distance("brian", "brain", 2), 1);
    EXPECT_EQ(edit_distance("ann", "anna", 2), 1);
    EXPECT_EQ(edit_distance("", "ann", 2), 3);
}

}  // namespace
}  // namespace vv::core::resolution
