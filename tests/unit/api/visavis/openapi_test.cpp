// docs/openapi.json and the handlers describe each other. That answers are as documented is tested with every
// case of this family (world/api.h); here is what no single case can tell.
#include "api/visavis/routes.h"
#include "world/api.h"
#include "world/contract.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <set>

namespace vv::api::visavis {
namespace {

using Operations = std::set<std::pair<std::string, std::string>>;

// Documented before their handlers are there, by the first part of their path; empty once all are.
const std::set<std::string> kToCome = {"decisions", "encounters", "goals", "imports",
                                       "people",    "review",     "tally", "today"};

class OpenApi : public world::ForEachApi {
protected:
    Operations registered() const {
        Operations found;
        for (const net::Router::Route* route : router.routes()) {
            std::string method(net::to_string(route->method));
            std::ranges::transform(method, method.begin(), [](unsigned char c) { return std::tolower(c); });
            const std::string path = world::Contract::path_of(route->pattern);
            if (!path.empty()) found.emplace(method, path);
        }
        return found;
    }
};
INSTANTIATE_TEST_SUITE_P(On, OpenApi, testing::Values(store::Dialect::sqlite), world::name_of);

TEST(OpenApiDocument, HoldsTogether) {
    for (const std::string& fault : world::Contract::own().own_faults()) ADD_FAILURE() << fault;
}

TEST_P(OpenApi, NamesEveryRouteAndNoOther) {
    const auto operations = world::Contract::own().operations();
    const Operations documented(operations.begin(), operations.end());
    for (const auto& [method, path] : registered())
        EXPECT_TRUE(documented.contains({method, path}))
            << method << " " << path << " is not in docs/openapi.json";
    for (const auto& [method, path] : documented) {
        if (registered().contains({method, path})) continue;
        const std::string part = path.substr(1, path.find('/', 1) - 1);
        EXPECT_TRUE(kToCome.contains(part)) << method << " " << path << " has no handler";
    }
}

// The judge itself: it must be able to say no.
TEST(Contract, FindsWhatAnAnswerLacksAndWhatItHasTooMuch) {
    const world::Contract contract(R"({"paths": {"/a": {"get": {"responses": {
        "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}},
        "204": {"description": "Nothing."}}}}},
        "components": {"schemas": {"A": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string", "pattern": "^[0-9]+$"},
            "kind": {"type": "string", "enum": ["x", "y"]},
            "at": {"type": ["string", "null"], "format": "date-time"},
            "b": {"oneOf": [{"type": "null"}, {"type": "array", "maxItems": 1, "items": {"type": "integer", "minimum": 2}}]}}}}}})");
    const auto fault = [&](int status, const char* body) {
        return contract.fault_of(net::Method::get, "/api/visavis/v1/a",
                                 net::Response(status, "application/json", body));
    };
    EXPECT_EQ(fault(200, R"({"id":"7","kind":"x","at":null,"b":[2]})"), "");
    EXPECT_EQ(fault(200, R"({"kind":"x"})"), "$: \"id\" is missing");
    EXPECT_EQ(fault(200, R"({"id":"7","name":"Ann"})"), "$.name: is not in the document");
    EXPECT_NE(fault(200, R"({"id":7})"), "");
    EXPECT_NE(fault(200, R"({"id":"x7"})"), "");
    EXPECT_NE(fault(200, R"({"id":"7","kind":"z"})"), "");
    EXPECT_NE(fault(200, R"({"id":"7","at":"yesterday"})"), "");
    EXPECT_NE(fault(200, R"({"id":"7","b":[1]})"), "");
    EXPECT_NE(fault(200, R"({"id":"7","b":[2,3]})"), "");
    EXPECT_NE(fault(200, "{"), "");
    EXPECT_NE(fault(204, "{}"), "");
    EXPECT_NE(fault(201, R"({"id":"7"})"), "");
    EXPECT_NE(contract.fault_of(net::Method::post, "/api/visavis/v1/a", {}), "");
    EXPECT_FALSE(world::Contract(R"({"schema": {"allOf": []}})").own_faults().empty());
    EXPECT_FALSE(world::Contract(R"({"schema": {"$ref": "#/nowhere"}})").own_faults().empty());
}

}  // namespace
}  // namespace vv::api::visavis
