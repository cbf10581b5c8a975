// world/contract.h — docs/openapi.json as a judge: does an answer say what the document promises?
//
// Knows the part of JSON Schema that the document uses, and says so when the document uses more. Stricter
// than a schema in one way: a key that the document doesn't name is a fault, so that nothing is answered
// undocumented.
#pragma once

#include "net/request.h"
#include "net/response.h"

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::world {

class Contract {
public:
    /// Throws when the text is no JSON.
    explicit Contract(std::string_view text);
    /// The project's own.
    static const Contract& own();

    /// Every documented ("get", "/people/{id}"), as they stand.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> operations() const;
    /// "/api/visavis/v1/people/:id" → "/people/{id}"; empty for a route of another family.
    static std::string path_of(std::string_view pattern);

    /// What is wrong with an answer to `method` on a route; empty when it is as documented.
    [[nodiscard]] std::string fault_of(net::Method method, std::string_view pattern,
                                       const net::Response& response) const;
    /// What is wrong with the document itself: a reference to nothing, a keyword that is not understood here.
    [[nodiscard]] std::vector<std::string> own_faults() const;

private:
    [[nodiscard]] const boost::json::object* find_operation(net::Method method,
                                                            std::string_view pattern) const;

    boost::json::value document_;
};

}  // namespace vv::world
