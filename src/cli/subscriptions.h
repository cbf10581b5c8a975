// cli/subscriptions.h — `visavis subscribe` and `visavis subscriptions`: what is read again and again.
#pragma once

namespace vv::cli {

class Command;

void add_subscription_commands(Command& root);

}  // namespace vv::cli
