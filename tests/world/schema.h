// world/schema.h — the part of JSON Schema 2020-12 that docs/openapi.json uses.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace vv::world {

class Schema {
public:
    /// `root` holds what references point into, and outlives this.
    explicit Schema(const boost::json::value& root) : root_(root) {}

    /// What is wrong with a value, with its place ("$.items[2].id"); empty when it fits.
    [[nodiscard]] std::string fault_of(const boost::json::value& value, const boost::json::value& schema,
                                       const std::string& where = "$") const;
    /// Keywords and references below a schema that can't be followed.
    void own_faults(const boost::json::value& schema, const std::string& where,
                    std::vector<std::string>& faults) const;
    /// What "#/components/…" names; null when it names nothing.
    [[nodiscard]] const boost::json::value* resolve(std::string_view reference) const;

private:
    [[nodiscard]] std::string object_fault(const boost::json::object& value,
                                           const boost::json::object& schema, const std::string& where) const;
    [[nodiscard]] std::string array_fault(const boost::json::array& value, const boost::json::object& schema,
                                          const std::string& where) const;

    const boost::json::value& root_;
};

}  // namespace vv::world
