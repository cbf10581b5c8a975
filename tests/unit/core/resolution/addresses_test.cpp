#include "core/resolution/addresses.h"

#include "core/resolution/spelling.h"

#include <gtest/gtest.h>

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

TEST(Spelling, CountsASwapOfNeighboursOnce) {
    EXPECT_EQ(edit_distance("brian", "brain", 2), 1);
    EXPECT_EQ(edit_distance("ann", "anna", 2), 1);
    EXPECT_EQ(edit_distance("", "ann", 2), 3);
}

}  // namespace
}  // namespace vv::core::resolution
