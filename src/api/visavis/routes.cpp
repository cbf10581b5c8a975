#include "api/visavis/routes.h"

#include "api/visavis/accounts.h"
#include "api/visavis/asks.h"
#include "api/visavis/blocks.h"
#include "api/visavis/check_ins.h"
#include "api/visavis/cities.h"
#include "api/visavis/communities.h"
#include "api/visavis/devices.h"
#include "api/visavis/encounters.h"
#include "api/visavis/free_time.h"
#include "api/visavis/free_to_meet.h"
#include "api/visavis/guests.h"
#include "api/visavis/handshakes.h"
#include "api/visavis/imports.h"
#include "api/visavis/introductions.h"
#include "api/visavis/invites.h"
#include "api/visavis/leaving.h"
#include "api/visavis/links.h"
#include "api/visavis/lookouts.h"
#include "api/visavis/meetings.h"
#include "api/visavis/mutual_ties.h"
#include "api/visavis/network_asks.h"
#include "api/visavis/passwords.h"
#include "api/visavis/people.h"
#include "api/visavis/people_lists.h"
#include "api/visavis/photos.h"
#include "api/visavis/polls.h"
#include "api/visavis/push.h"
#include "api/visavis/reminders.h"
#include "api/visavis/review.h"
#include "api/visavis/sessions.h"
#include "api/visavis/subscriptions.h"
#include "api/visavis/suggestions.h"
#include "api/visavis/tally.h"
#include "api/visavis/today.h"
#include "api/visavis/trips.h"
#include "api/visavis/venues.h"
#include "api/visavis/wall.h"

namespace vv::api::visavis {

// One line a feature: add_<stem>_routes(router, context), from api/visavis/<stem>.h.
void add_routes(net::Router& router, Context& context) {
    add_accounts_routes(router, context);
    add_asks_routes(router, context);
    add_blocks_routes(router, context);
    add_check_in_routes(router, context);
    add_cities_routes(router, context);
    add_communities_routes(router, context);
    add_devices_routes(router, context);
    add_encounters_routes(router, context);
    add_free_time_routes(router, context);
    add_free_to_meet_routes(router, context);
    add_guests_routes(router, context);
    add_handshakes_routes(router, context);
    add_imports_routes(router, context);
    add_introductions_routes(router, context);
    add_invites_routes(router, context);
    add_leaving_routes(router, context);
    add_links_routes(router, context);
    add_lookouts_routes(router, context);
    add_meetings_routes(router, context);
    add_mutual_ties_routes(router, context);
    add_network_asks_routes(router, context);
    add_passwords_routes(router, context);
    add_people_routes(router, context);
    add_photos_routes(router, context);
    add_people_lists_routes(router, context);
    add_polls_routes(router, context);
    add_push_routes(router, context);
    add_reminders_routes(router, context);
    add_review_routes(router, context);
    add_sessions_routes(router, context);
    add_subscriptions_routes(router, context);
    add_suggestions_routes(router, context);
    add_tally_routes(router, context);
    add_today_routes(router, context);
    add_trips_routes(router, context);
    add_venue_routes(router, context);
    add_wall_routes(router, context);
}

}  // namespace vv::api::visavis
