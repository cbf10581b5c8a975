#include "api/visavis/routes.h"

#include "api/visavis/cities.h"
#include "api/visavis/people.h"
#include "api/visavis/suggestions.h"

namespace vv::api::visavis {

// One line a feature: add_<stem>_routes(router, context), from api/visavis/<stem>.h.
void add_routes(net::Router& router, Context& context) {
    add_cities_routes(router, context);
    add_people_routes(router, context);
    add_suggestions_routes(router, context);
}

}  // namespace vv::api::visavis
