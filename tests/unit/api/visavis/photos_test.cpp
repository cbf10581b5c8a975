#include "api/visavis/people.h"
#include "base/picture_protocol.h"
#include "world/api.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace vv::api::visavis {
namespace {

std::string picture(const std::string& name) {
    std::ifstream in(std::string(VV_TEST_DATA) + "/pictures/" + name, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

class Photos : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (!IsSkipped()) context->pictures = std::make_unique<PictureDesk>(VV_PICTURE);
    }
    static world::Answer put(world::Visitor& who, const std::string& id, std::string bytes) {
        net::Request request;
        request.method = net::Method::put;
        request.headers = {{"content-type", "application/octet-stream"}};
        request.body = std::move(bytes);
        return who.send("/people/" + id + "/photo", std::move(request));
    }
};
VV_ON_EACH_DATABASE(Photos);

TEST_P(Photos, AreSetShownAndTakenAway) {
    auto ann = signed_in("ann");
    const std::string id = ann.post("/people", R"({"name":"Bob Ray"})").text("/id");
    EXPECT_TRUE(ann.get("/people/" + id).at("/photo").is_null());
    EXPECT_EQ(ann.get("/people/" + id + "/photo").status, 404);

    const auto set = put(ann, id, picture("face.jpg"));
    ASSERT_EQ(set.status, 200);
    EXPECT_TRUE(set.at("/photo_by_hand").as_bool());
    EXPECT_FALSE(set.at("/act").is_null());
    const std::string at = set.text("/photo");
    ASSERT_TRUE(at.starts_with("/api/visavis/v1/people/" + id + "/photo?v=")) << at;
    EXPECT_EQ(ann.get("/people").text("/items/0/photo"), at);

    const auto shown = ann.get("/people/" + id + "/photo");
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.header("content-type"), "image/jpeg");
    EXPECT_EQ(shown.header("cache-control"), "private, max-age=86400");
    EXPECT_TRUE(shown.response.body.starts_with("\xff\xd8"));
    EXPECT_EQ(shown.response.body.find("Taken at"), std::string::npos);

    const auto away = ann.remove("/people/" + id + "/photo");
    EXPECT_TRUE(away.at("/photo").is_null());
    EXPECT_FALSE(away.at("/photo_by_hand").as_bool());
}

TEST_P(Photos, ThatAreNoneChangeNothing) {
    auto ann = signed_in("ann");
    const std::string id = ann.post("/people", R"({"name":"Bob Ray"})").text("/id");
    EXPECT_EQ(put(ann, id, picture("cut.jpg")).code(), "picture.unreadable");
    EXPECT_EQ(put(ann, id, picture("drawing.svg")).code(), "picture.unreadable");
    EXPECT_EQ(put(ann, id, picture("bomb.png")).code(), "picture.too_many_pixels");
    EXPECT_TRUE(ann.get("/people/" + id).at("/photo").is_null());
    EXPECT_EQ(put(ann, "12345", picture("face.jpg")).code(), "person.unknown");
}

TEST_P(Photos, AreSeenAndSetByTheOwnerAlone) {
    auto ann = signed_in("ann");
    auto eve = signed_in("eve");
    auto nobody = visitor();
    const std::string id = ann.post("/people", R"({"name":"Bob Ray"})").text("/id");
    ASSERT_EQ(put(ann, id, picture("face.jpg")).status, 200);
    EXPECT_EQ(eve.get("/people/" + id + "/photo").status, 404);
    EXPECT_EQ(put(eve, id, picture("face.jpg")).status, 404);
    EXPECT_EQ(eve.remove("/people/" + id + "/photo").status, 404);
    EXPECT_EQ(nobody.get("/people/" + id + "/photo").status, 401);
    EXPECT_EQ(put(nobody, id, picture("face.jpg")).status, 401);
}

}  // namespace
}  // namespace vv::api::visavis
