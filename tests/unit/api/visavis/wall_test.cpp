#include "world/api.h"

#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

class WallApi : public world::ForEachApi {};
VV_ON_EACH_DATABASE(WallApi);

bool is_pdf(const world::Answer& answer) {
    return answer.status == 200 && answer.response.body.starts_with("%PDF-");
}

TEST_P(WallApi, KeepsFiveSentences) {
    world::Visitor ann = signed_in("ann");
    EXPECT_TRUE(ann.get("/wall").at("/sentences").as_array().empty());
    const auto kept =
        ann.put("/wall", R"({"sentences":["Call before you write."," ","\ufeff","Lunch is a meeting. "],
                                           "strip":false})");
    ASSERT_EQ(kept.status, 200);
    EXPECT_EQ(kept.at("/sentences").as_array().size(), 2U);
    EXPECT_EQ(ann.get("/wall").text("/sentences/1"), "Lunch is a meeting.");
    EXPECT_FALSE(ann.get("/wall").at("/strip").as_bool());
    EXPECT_TRUE(signed_in("bob").get("/wall").at("/sentences").as_array().empty());
}

TEST_P(WallApi, RefusesWhatIsNoSentence) {
    world::Visitor ann = signed_in("ann");
    EXPECT_EQ(ann.put("/wall", R"({"sentences":["1","2","3","4","5","6"],"strip":true})").code(),
              "wall.sentences");
    EXPECT_EQ(ann.put("/wall", R"({"sentences":["two\nlines"],"strip":true})").code(), "wall.sentence");
    EXPECT_EQ(ann.put("/wall", R"({"sentences":[")" + std::string(161, 'a') + R"("],"strip":true})").code(),
              "wall.sentence");
    EXPECT_EQ(ann.put("/wall", R"({"sentences":"one","strip":true})").status, 400);
}

TEST_P(WallApi, IsPrintedOnEitherPaper) {
    world::Visitor ann = signed_in("ann");
    EXPECT_EQ(ann.get("/wall/sheet").code(), "wall.empty");
    ann.put("/wall", R"({"sentences":["Call before you write."],"strip":true})");
    EXPECT_TRUE(is_pdf(ann.get("/wall/sheet")));
    EXPECT_TRUE(is_pdf(ann.get("/wall/sheet?paper=letter")));
    EXPECT_EQ(ann.get("/wall/sheet?paper=a3").status, 400);
    EXPECT_EQ(visitor().get("/wall/sheet").status, 401);
}

TEST_P(WallApi, IsSharedByAnAddressThatCanBeTakenBack) {
    world::Visitor ann = signed_in("ann");
    EXPECT_EQ(ann.post("/wall/link").code(), "wall.empty");
    ann.put("/wall", R"({"sentences":["Call before you write."],"strip":true})");
    EXPECT_FALSE(ann.get("/wall").at("/shared").as_bool());
    const auto path_of = [](const world::Answer& made) {
        const std::string url = made.text("/url");
        return url.substr(url.find("/wall/"));
    };
    const std::string first = path_of(ann.post("/wall/link"));
    world::Client stranger(router);
    EXPECT_TRUE(stranger.get(first).body.starts_with("%PDF-"));
    EXPECT_TRUE(stranger.get(first + "?paper=letter").body.starts_with("%PDF-"));
    EXPECT_TRUE(ann.get("/wall").at("/shared").as_bool());
    const std::string second = path_of(ann.post("/wall/link"));
    EXPECT_EQ(stranger.get(first).status, 404);
    EXPECT_EQ(stranger.get(second).status, 200);
    EXPECT_EQ(ann.remove("/wall/link").status, 204);
    EXPECT_EQ(stranger.get(second).status, 404);
    EXPECT_EQ(stranger.get("/wall/nothing.pdf").status, 404);
}

TEST_P(WallApi, AMeetingsBriefIsPrintedForItsTwoSidesAlone) {
    world::Visitor ann = signed_in("ann");
    const std::string person = ann.post("/people", R"({"name":"Jon Lee"})").text("/id");
    ann.patch("/people/" + person, R"({"note":"Sails.","next_step":"Send the photographs"})");
    const auto meeting = ann.post("/meetings", R"({"person":")" + person + R"(","kind":"lunch",
        "slots":[{"start":"2027-01-15T17:00:00Z","end":"2027-01-15T18:00:00Z"}],
        "places":[{"name":"Silver Lantern","public":true}],"zone":"America/Toronto","purpose":"","message":""})");
    ASSERT_EQ(meeting.status, 201);
    const std::string path = "/meetings/" + meeting.text("/id") + "/sheet";
    EXPECT_TRUE(is_pdf(ann.get(path)));
    EXPECT_EQ(signed_in("bob").get(path).code(), "meeting.unknown");
    EXPECT_EQ(ann.get("/trips/1/sheet").code(), "trip.unknown");
}

}  // namespace
}  // namespace vv::api::visavis
