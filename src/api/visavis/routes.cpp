#include "api/visavis/routes.h"

namespace vv::api::visavis {

// One line a feature: add_<stem>_routes(router, context), from api/visavis/<stem>.h.
void add_routes([[maybe_unused]] net::Router& router, [[maybe_unused]] Context& context) {}

}  // namespace vv::api::visavis
