#include "formats/archive/facebook.h"

#include "formats/archive/facebook_files.h"
#include "formats/archive/facebook_posts.h"
#include "formats/archive/facebook_text.h"
#include "unit/formats/facts.h"

#include <gtest/gtest.h>
#include <set>

namespace vv::formats::testing {
namespace {

using archive::Role;

TEST(FacebookText, IsReadBackWhereItsBytesWereWrittenAsCodePoints) {
    using archive::facebook_text;
    EXPECT_EQ(facebook_text("B\u00c3\u00b8rsen"), "Børsen");
    EXPECT_EQ(facebook_text("\u00e6\u009d\u008e\u00e7\u00a7\u0080"), "李秀");
    EXPECT_EQ(facebook_text("plain"), "plain");
    EXPECT_EQ(facebook_text(""), "");
}

TEST(FacebookText, IsLeftWhereItIsRightAlready) {
    using archive::facebook_text;
    for (const char* right : {"Børsen", "李秀英", "Ã la mode ø", "\u00c3\u00b8 and 李", "é"})
        EXPECT_EQ(facebook_text(right), right);
    EXPECT_EQ(facebook_text(facebook_text("B\u00c3\u00b8rsen")), "Børsen");
    EXPECT_EQ(facebook_text("cut \xc3"), "cut \xc3");
}

TEST(FacebookPosts, NameWhoWasThereInTheirTitle) {
    using archive::companions_in;
    using Names = std::vector<std::string>;
    EXPECT_EQ(companions_in("Ann was with Bob Ito at Café X.", "Café X"), Names{"Bob Ito"});
    EXPECT_EQ(companions_in("Ann is with Bob Ito, Cid Roy and Dee Fox in Paris.", "Paris"),
              (Names{"Bob Ito", "Cid Roy", "Dee Fox"}));
    EXPECT_EQ(companions_in("Ann was with Bob Ito and 3 others at X.", "X"), Names{"Bob Ito"});
    EXPECT_EQ(companions_in("Ann was with Bob Ito at Y.", "X"), Names{});
    EXPECT_EQ(companions_in("Ann was with Bob Ito.", ""), Names{});
    EXPECT_EQ(companions_in("Ann updated her status.", "X"), Names{});
}

TEST(FacebookPosts, NameWhoseTheyAreOfOthers) {
    using archive::whose_post;
    EXPECT_EQ(whose_post("Ann commented on Bob Ito's photo."), "Bob Ito");
    EXPECT_EQ(whose_post("Ann replied to Bob Ito’s comment."), "Bob Ito");
    EXPECT_EQ(whose_post("Ann likes Bob Ito's post."), "Bob Ito");
    EXPECT_EQ(whose_post("Ann commented on her own post."), "");
    EXPECT_EQ(whose_post("Ann hat das kommentiert."), "");
}

TEST(FacebookFiles, AreToldByTheirMembersInEveryYear) {
    const auto role = [](std::string_view text, std::string_view name = "a.json") {
        return archive::facebook_role(text, name);
    };
    EXPECT_EQ(role(R"({"friends_v2": [{"name": "A", "timestamp": 1}]})"), Role::connections);
    EXPECT_EQ(role(R"({"friends":[{"name":"A","timestamp":1}]})"), Role::connections);
    EXPECT_EQ(role(R"({"friends":[]})", "friends.json"), Role::connections);
    EXPECT_EQ(role(R"({"friends":{"count":2,"items":[]}})", "friends.json"), std::nullopt);
    EXPECT_EQ(role(R"({"participants":[{"name":"A"},)"), Role::messages);
    EXPECT_EQ(role(R"({"messages":[{"content":"x","sender_name":"A","timestamp_ms":1}]})"), Role::messages);
    EXPECT_EQ(role(R"({"profile":{"name":{"full_name":"A"}}})"), Role::profile);
    EXPECT_EQ(role(R"({"deleted_friends_v2":[]})"), Role::whole);
    EXPECT_EQ(role(R"([{"timestamp":1,"data":[{"post":"x"}]}])"), Role::whole);
    EXPECT_EQ(role(R"({"cookies_v2":[]})"), std::nullopt);
    EXPECT_EQ(role(""), std::nullopt);
}

std::string thread(const std::string& folder, const std::string& owner, const std::string& messages) {
    return R"({"participants":[{"name":"Bob"},{"name":")" + owner + R"("}],"messages":[)" + messages +
           R"(],"title":"Bob","thread_path":"inbox/)" + folder + R"("})";
}
std::string message(const std::string& from, const std::string& at) {
    return R"({"sender_name":")" + from + R"(","timestamp_ms":)" + at + R"(,"content":"x"})";
}
std::string profile(const std::string& name) {
    return R"({"profile_v2":{"name":{"full_name":")" + name + R"("}}})";
}

using Keys = std::set<std::tuple<std::string, std::int64_t, std::uint64_t>>;
Keys contacts_of(const std::vector<MemoryFile>& files) {
    Keys keys;
    for (const auto& contact : facts_of(files).all<core::ContactMade>())
        keys.emplace(contact.who.key, millis(contact.at), contact.content_hash);
    return keys;
}

// Years later the thread has moved, has more in it, and the owner has married.
TEST(FacebookMessages, KeepTheirNaturalKeysFromExportToExport) {
    const auto a = message("Ann Moss", "1500000001000") + "," + message("Ann Moss", "1500000001000");
    const auto first =
        contacts_of({{"p.json", profile("Ann Moss")},
                     {"messages/inbox/bob_x/message.json",
                      thread("bob_x", "Ann Moss", a + "," + message("Bob", "1500000000000"))}});
    const auto b = message("Ann Lee", "1500000001000") + "," + message("Ann Lee", "1500000001000");
    const auto second = contacts_of({{"p.json", profile("Ann Lee")},
                                     {"activity/messages/archived_threads/bob_17/message_1.json",
                                      thread("bob_17", "Ann Lee", message("Bob", "1600000000000") + "," + b)},
                                     {"activity/messages/archived_threads/bob_17/message_2.json",
                                      thread("bob_17", "Ann Lee", message("Bob", "1500000000000"))}});
    EXPECT_EQ(first.size(), 3U);
    EXPECT_EQ(second.size(), 4U);
    for (const auto& key : first) EXPECT_TRUE(second.contains(key)) << std::get<1>(key);
}

TEST(FacebookFriends, OfOneNameAreNumberedFromTheTopOfEachFile) {
    const std::string friends =
        R"({"friends_v2":[{"name":"Bob","timestamp":1500000000},{"name":"Bob","timestamp":1400000000},)"
        R"({"name":"Bob","timestamp":1300000000}]})";
    std::vector<std::string> keys;
    for (const auto& seen : facts_of({{"a/your_friends.json", friends}, {"b/your_friends.json", friends}})
                                .all<core::IdentitySeen>())
        keys.push_back(seen.who.key);
    const std::vector<std::string> once{"name:Bob", "name:Bob#2", "name:Bob#3"};
    auto twice = once;
    twice.insert(twice.end(), once.begin(), once.end());
    EXPECT_EQ(keys, twice);
}

// A friend may bear the owner's own name; then that key is the friend's.
TEST(FacebookOwner, IsNotTheFriendOfTheSameName) {
    const auto facts =
        facts_of({{"p.json", profile("Ann Lee")},
                  {"f.json", R"({"friends_v2":[{"name":"Ann Lee","timestamp":1500000000}]})"}});
    EXPECT_TRUE(facts.all<core::OwnerSeen>().at(0).keys.empty());
    EXPECT_EQ(facts.all<core::IdentitySeen>().at(0).who.key, "name:Ann Lee");
}

}  // namespace
}  // namespace vv::formats::testing
