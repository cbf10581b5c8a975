#include "app/mutual_ties.h"

#include "store/mutual_ties.h"

namespace vv::app {

Result<bool> shows_ties(store::Tx& tx, Caller caller) {
    return store::mutual_ties::shows(tx, caller.account);
}

Result<bool> set_shows_ties(store::Tx& tx, Caller caller, bool shows) {
    store::mutual_ties::set_shows(tx, caller.account, shows);
    return shows;
}

}  // namespace vv::app
