#include "core/resolution/names.h"

#include <gtest/gtest.h>

namespace vv::core::resolution {
namespace {

using Words = std::vector<std::string>;

NameReading read(const std::string& full) {
    Attributes attributes;
    attributes.name.full = full;
    return read_names(attributes);
}

TEST(NamesAsWritten, AreReadAsGivenNamesBeforeTheFamilyName) {
    const auto form = read("Ann Marie Lee").forms.at(0);
    EXPECT_EQ(form.given, (Words{"ann", "marie"}));
    EXPECT_EQ(form.family, Words{"lee"});
}

TEST(NamesAsWritten, TurnRoundAtAComma) {
    const auto form = read("Lee, Ann").forms.at(0);
    EXPECT_EQ(form.given, Words{"ann"});
    EXPECT_EQ(form.family, Words{"lee"});
}

TEST(NamesAsWritten, KeepTheirOrderBeforeDegrees) {
    const auto reading = read("Vince Blackwood, MBA, PMP 🚀");
    EXPECT_EQ(reading.forms.at(0).given, Words{"vince"});
    EXPECT_EQ(reading.forms.at(0).family, Words{"blackwood"});
}

TEST(NamesAsWritten, TellFatherFromSon) {
    EXPECT_EQ(read("Joseph Young, Jr.").generation, Generation::junior);
    EXPECT_EQ(read("Joseph Young Sr").generation, Generation::first);
    EXPECT_EQ(read("Joseph Young III").generation, Generation::third);
    EXPECT_EQ(read("Joseph Young").generation, Generation::none);
}

TEST(NamesAsWritten, HaveParticlesInTheFamilyName) {
    const auto form = read("Maximilian von der Heide").forms.at(0);
    EXPECT_EQ(form.given, Words{"maximilian"});
    EXPECT_EQ(joined(form.family), "vonderheide");
}

TEST(NamesAsWritten, AreOneWordAcrossAnApostrophe) {
    EXPECT_EQ(read("Ted O'Hanlon").forms, read("Ted O’Hanlon").forms);
    EXPECT_EQ(read("Ted OHanlon").forms, read("Ted O'Hanlon").forms);
}

TEST(NamesAsWritten, LoseDiacriticsAndScript) {
    EXPECT_EQ(read("Özlem Akbaş").forms, read("Ozlem Akbas").forms);
    EXPECT_EQ(read("周志强").forms.at(0).family, Words{"zhou"});
    EXPECT_EQ(read("周志强").forms.at(0).given, Words{"zhiqiang"});
    EXPECT_EQ(read("司马涛").forms.at(0).family, Words{"sima"});
}

TEST(NamesAsWritten, KeepBracketsAsideAsAnotherNameAndATag) {
    const auto reading = read("Jennifer Draycott (Dunmore)");
    EXPECT_EQ(reading.forms.at(0).family, Words{"draycott"});
    EXPECT_EQ(reading.forms.at(1).family, Words{"dunmore"});
    EXPECT_EQ(reading.forms.at(1).source, Source::alias);
    EXPECT_EQ(reading.tags, Words{"dunmore"});
}

TEST(NamesAsWritten, OfATitleAndOneWordAreAFamilyName) {
    const auto form = read("Dr. Holloway").forms.at(0);
    EXPECT_TRUE(form.given.empty());
    EXPECT_EQ(form.family, Words{"holloway"});
}

TEST(NamesAsWritten, OfATitleAndAParticleAreAFamilyNameToo) {
    const auto form = read("Dr. al-Hashimi").forms.at(0);
    EXPECT_TRUE(form.given.empty());
    EXPECT_EQ(form.family, (Words{"al", "hashimi"}));
}

TEST(NamesAsWritten, InHangulBeginWithTheFamily) {
    const auto form = read("박은지").forms.at(0);
    EXPECT_EQ(form.family.size(), 1U);
    EXPECT_EQ(form.given.size(), 1U);
    EXPECT_TRUE(form.transliterated);
}

TEST(NamesAsWritten, InHangulHaveTheFamilyNamesCustomarySpellings) {
    const auto reading = read("박은지");
    EXPECT_EQ(reading.forms.at(0).family, (Words{"park"}));
    EXPECT_EQ(reading.forms.at(0).given, (Words{"eunji"}));
    EXPECT_EQ(reading.forms.at(1).family, (Words{"pak"}));
    EXPECT_EQ(read("Eun-ji Park (박은지)").tags, Words{}) << "no tag, and no name from before a wedding";
}

TEST(NamesAsWritten, InKanjiAreReadAsJapaneseWhereTheyAre) {
    const auto reading = read("藤原裕子");
    ASSERT_EQ(reading.forms.size(), 2U);
    EXPECT_EQ(reading.forms[0].family, (Words{"fujiwara"}));
    EXPECT_EQ(reading.forms[0].given, (Words{"yuko"}));
    EXPECT_EQ(reading.forms[1].given, (Words{"hiroko"}));
    EXPECT_EQ(read("佐々木 誠").forms.at(0).family, (Words{"sasaki"}));
    EXPECT_EQ(read("林志强").forms.at(0).family, (Words{"lin"})) << "a Chinese name";
    EXPECT_EQ(read("高橋未知").forms.at(0).family, (Words{"takahashi"})) << "whatever the given name is";
}

TEST(NamesAsWritten, LoseWhatIsSaidAfterThemForLove) {
    EXPECT_EQ(read("Ryo-chan Takahashi").forms.at(0).given, (Words{"ryo"}));
    EXPECT_EQ(read("Jackie Chan").forms.at(0).family, (Words{"chan"}));
}

TEST(NamesAsWritten, ThatAreHandlesNameNobody) {
    EXPECT_TRUE(read("thelizzie_12").forms.empty());
}

TEST(NamesAsWritten, OfTwoPeopleAreACouple) {
    const auto reading = read("Ray & Kim Castellano");
    EXPECT_TRUE(reading.couple);
    EXPECT_EQ(reading.forms.at(0).given, Words{"ray"});
    EXPECT_EQ(reading.forms.at(0).family, Words{"castellano"});
    EXPECT_EQ(reading.forms.at(1).given, Words{"kim"});
}

TEST(NamesAsWritten, OfCompaniesNumbersAndAddressesNameNobody) {
    Attributes company;
    company.name.full = "Invented Pizza Service";
    company.organisation = "Invented Pizza Service";
    EXPECT_TRUE(read_names(company).forms.empty());
    EXPECT_TRUE(read("+1 416 555 0125").forms.empty());
    EXPECT_TRUE(read("ann@example.com").forms.empty());
    EXPECT_TRUE(read("Mum").forms.empty());
}

TEST(NamesInParts, AreBelievedBeforeTheLine) {
    Attributes attributes;
    attributes.name.full = "María García López";
    attributes.name.given = "María";
    attributes.name.family = "García López";
    const auto form = read_names(attributes).forms.at(0);
    EXPECT_EQ(form.given, Words{"maria"});
    EXPECT_EQ(form.family, (Words{"garcia", "lopez"}));
}

TEST(NamesInParts, BringNicknameAndMaidenNameAsFurtherReadings) {
    Attributes attributes;
    attributes.name.full = "Frances Easton";
    attributes.name.given = "Frances";
    attributes.name.family = "Easton";
    attributes.name.nickname = "Frankie";
    attributes.name.maiden = "Chadwick";
    const auto forms = read_names(attributes).forms;
    ASSERT_EQ(forms.size(), 3U);
    EXPECT_EQ(forms[1].family, Words{"chadwick"});
    EXPECT_EQ(forms[2].given, Words{"frankie"});
}

TEST(Nicknames, StandForEachNameThatHasThem) {
    const auto names = full_names("bob");
    EXPECT_NE(std::find(names.begin(), names.end(), "robert"), names.end());
    EXPECT_EQ(full_names("zeynep"), std::vector<std::string_view>{"zeynep"});
}

}  // namespace
}  // namespace vv::core::resolution
