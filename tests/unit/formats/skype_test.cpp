#include "formats/archive/skype.h"

#include "formats/archive/skype_parties.h"
#include "unit/formats/facts.h"

#include <gtest/gtest.h>

namespace vv::formats::testing {
namespace {

using namespace std::chrono_literals;

TEST(SkypeIds, NamePeopleAndTelephonesAlone) {
    const auto key = [](std::string_view written) -> std::string {
        const auto who = archive::skype_key(archive::skype_id(written), "CA");
        return who ? std::string(core::to_string(who->network)) + " " + who->key : "";
    };
    EXPECT_EQ(key("8:live:ann_1"), "skype live:ann_1");
    EXPECT_EQ(key("live:ann_1"), "skype live:ann_1");
    EXPECT_EQ(key("https://example.com/v1/users/ME/contacts/8:bob"), "skype bob");
    EXPECT_EQ(key("4:+15145550188"), "phone +15145550188");
    EXPECT_EQ(key("+15145550188"), "phone +15145550188");
    EXPECT_EQ(key("4:411"), "phone 411");
    EXPECT_EQ(key("1:bob@hotmail.example.com"), "skype 1:bob@hotmail.example.com");
    for (const char* nobody : {"", "8:", "28:concierge", "48:calllogs", "19:abc@thread.skype", "8:echo123"})
        EXPECT_EQ(key(nobody), "") << nobody;
}

TEST(SkypeCalls, AreReadWhateverTheirPartsLookLike) {
    const auto call = archive::read_skype_call(
        "<partlist alt=\"\" type=\"ended\"><part identity='bob'><name>Bob &amp; Co</name><duration>\n6.5\n"
        "</duration></part><part "
        "identity=\"8:ann\"><name>Ann</name><duration>4</duration></part></partlist>");
    EXPECT_EQ(call.event, archive::CallEvent::ended);
    EXPECT_EQ(call.duration, 6'500ms);
    EXPECT_FALSE(call.video);
    ASSERT_EQ(call.parts.size(), 2U);
    EXPECT_EQ(call.parts[0].id, "8:bob");
    EXPECT_EQ(call.parts[0].name, "Bob & Co");
    EXPECT_EQ(call.parts[1].id, "8:ann");
}

TEST(SkypeCalls, AreNoneWhereNothingSaysSo) {
    EXPECT_EQ(archive::read_skype_call("").event, archive::CallEvent::other);
    EXPECT_EQ(archive::read_skype_call("<partlist type=\"busy\"").event, archive::CallEvent::other);
    EXPECT_EQ(
        archive::read_skype_call("<partlist type=\"ended\"><part identity=\"a\"><duration>1e99</duration>"
                                 "</part>")
            .duration,
        0ms);
    EXPECT_TRUE(archive::read_skype_call("<partlist type=\"started\" kind=\"video\"></partlist>").video);
}

}  // namespace
}  // namespace vv::formats::testing
