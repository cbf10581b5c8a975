#include "cli/commands.h"

#include "cli/accounts.h"
#include "cli/asks.h"
#include "cli/command.h"
#include "cli/export.h"
#include "cli/handshakes.h"
#include "cli/import.h"
#include "cli/people.h"
#include "cli/review.h"
#include "cli/subscriptions.h"
#include "cli/suggestions.h"
#include "cli/tally.h"
#include "cli/trips.h"
#include "cli/venues.h"

namespace vv::cli {

// One line a feature: add_<stem>_commands(root).
void add_commands(Command& root) {
    add_account_commands(root);
    add_handshake_commands(root);
    Command people = add_people_commands(root);
    add_review_commands(people);
    add_import_commands(root);
    add_export_commands(root);
    add_subscription_commands(root);
    add_suggestions_commands(root);
    add_asks_commands(root);
    add_tally_commands(root);
    add_trips_commands(root);
    add_venue_commands(root);
}

}  // namespace vv::cli
