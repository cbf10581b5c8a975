#include "store/attributes.h"

#include "core/attributes.h"

#include <gtest/gtest.h>

namespace vv::store {
namespace {

core::Attributes full() {
    core::Attributes a;
    a.name = {"Dr Ann Lee", "Ann", "B.", "Lee", "Dr", "PhD", "Annie", "Kim"};
    a.other_names = {"A. Lee"};
    a.emails = {"ann@example.com", "\"quoted\\\"@example.com"};
    a.phones = {"+1 555 0100"};
    a.urls = {"https://example.com/ann"};
    a.handles = {"twitter:ann"};
    a.organisation = "Contoso, Ltd.";
    a.title = "Analyst";
    a.place = "Zürich";
    a.at = LatLng{47.37, 8.54};
    a.birthday = core::Birthday{0, 2, 29};
    a.note = "line\nbreak";
    a.photo_hash = "ab";
    a.labels = {"Friends"};
    return a;
}

TEST(AttributesJson, GivesBackWhatItTook) {
    EXPECT_EQ(attributes_from_json(attributes_to_json(full())), full());
    EXPECT_EQ(attributes_to_json({}), "{}");
    EXPECT_EQ(attributes_from_json("not json"), core::Attributes{});
    EXPECT_EQ(attributes_from_json(R"({"emails":3,"at":[1],"name":[]})"), core::Attributes{});
}

TEST(JoinAttributes, TakesTheNewestWordAndKeepsTheOlderNames) {
    core::Attributes old = full();
    core::Attributes now;
    now.name.full = "Ann Lee-Gray";
    now.organisation = "Fabrikam";
    now.emails = {"ann@example.net", "ann@example.com"};
    const auto joined = core::join_attributes(core::Network::linkedin, std::vector{now, old});
    EXPECT_EQ(joined.name.full, "Ann Lee-Gray");
    EXPECT_EQ(joined.organisation, "Fabrikam");
    EXPECT_EQ(joined.title, "Analyst");
    EXPECT_EQ(joined.other_names, (std::vector<std::string>{"Dr Ann Lee", "A. Lee"}));
    EXPECT_EQ(joined.emails.size(), 3U);
}

TEST(JoinAttributes, NamesAnAddressTheSameInAnyOrder) {
    core::Attributes a, b, c;
    a.name.full = "ann.lee@example.com";
    b.name.full = "Ann Lee";
    c.name.full = "Annie";
    for (const auto& order : {std::vector{a, b, c}, std::vector{c, b, a}, std::vector{b, a, c}}) {
        const auto joined = core::join_attributes(core::Network::email, order);
        EXPECT_EQ(joined.name.full, "Ann Lee");
        EXPECT_EQ(joined.other_names, (std::vector<std::string>{"Annie", "ann.lee@example.com"}));
    }
}

}  // namespace
}  // namespace vv::store
