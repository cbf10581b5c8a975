#include "base/phone.h"

#include <gtest/gtest.h>

namespace vv {
namespace {

TEST(ToE164, ReadsTheManyWaysOneNumberIsWritten) {
    for (const char* text :
         {"+1 416 555 0169", "(416) 555-0169", "416.555.0169", "1-416-555-0169", "tel:+1-416-555-0169",
          "\u202a+1\u00a0416\u2011555\u20110169\u202c", "011 1 416 555 0169", "٤١٦٥٥٥٠١٦٩"})
        EXPECT_EQ(to_e164(text, "CA"), "+14165550169") << text;
}

TEST(ToE164, PutsANumberWithoutACountryWhereItsOwnerLives) {
    EXPECT_EQ(to_e164("020 7946 0018", "GB"), "+442079460018");
    EXPECT_EQ(to_e164("020 7946 0018", ""), std::nullopt);
    EXPECT_EQ(to_e164("+44 20 7946 0018", ""), "+442079460018");
    EXPECT_EQ(to_e164("0044 20 7946 0018", "CA"), "+442079460018");  // dialled from elsewhere
}

TEST(ToE164, IsNothingForWhatIsNoWholeNumber) {
    for (const char* text : {"", "BANK", "72727", "555-0169", "+", "112", "null", "ann@example.com"})
        EXPECT_EQ(to_e164(text, "CA"), std::nullopt) << text;
    EXPECT_EQ(to_e164(std::string(100'000, '4'), "CA"), std::nullopt);
}

TEST(ToE164, OfANumberReadTwiceIsThatNumber) {
    EXPECT_EQ(to_e164("0044 20 7946 0018", "CA"), "+442079460018");
    for (const char* text : {"00*84002v00voo.", "0084 002 800 866", "011600020060571"}) {
        const auto once = to_e164(text, "CA");
        EXPECT_EQ(once ? to_e164(*once, "") : once, once) << text;
    }
}

TEST(ParsePhone, KeepsAnExtensionApart) {
    const auto phone = parse_phone("416-555-0100 ext. 27", "CA");
    ASSERT_TRUE(phone);
    EXPECT_EQ(phone->e164, "+14165550100");
    EXPECT_EQ(phone->extension, "27");
    EXPECT_EQ(parse_phone("tel:+1-416-555-0100;ext=5", "")->extension, "5");
}

TEST(ParsePhone, TellsMobileFromFixedWhereThePlanDoes) {
    EXPECT_EQ(parse_phone("+49 171 3920012", "")->kind, PhoneKind::mobile);
    EXPECT_EQ(parse_phone("+44 131 496 0123", "")->kind, PhoneKind::fixed);
    EXPECT_EQ(parse_phone("+1 416 555 0169", "")->kind, PhoneKind::either);
    EXPECT_EQ(parse_phone("1-800-555-0199", "CA")->kind, PhoneKind::service);
}

TEST(RegionOf, NamesTheCountryOfANumber) {
    EXPECT_EQ(region_of("+14165550169"), "CA");
    EXPECT_EQ(region_of("+12125550100"), "US");
    EXPECT_EQ(region_of("+442079460018"), "GB");
    EXPECT_EQ(region_of("+447700900123"), "GB");  // reserved for drama: no allocated number
    EXPECT_EQ(region_of("4165550169"), "");
}

}  // namespace
}  // namespace vv
