#include "core/resolution/in_common.h"

#include <algorithm>

namespace vv::core::resolution {

bool shares(const Few<Word>& a, const Few<Word>& b) {
    return std::any_of(a.begin(), a.end(),
                       [&](Word w) { return std::find(b.begin(), b.end(), w) != b.end(); });
}

bool shares_number(const Profile& a, const Profile& b) {
    for (const auto& x : a.phones)
        for (const auto& y : b.phones)
            if (x.number == y.number && !x.shared) return true;
    return false;
}

bool numbers_differ(const Profile& a, const Profile& b) {
    if (a.network == Network::phone || b.network == Network::phone) return false;
    bool own_a = false, own_b = false;
    for (const auto& x : a.phones) own_a = own_a || !x.shared;
    for (const auto& y : b.phones) own_b = own_b || !y.shared;
    for (const auto& x : a.phones)
        for (const auto& y : b.phones)
            if (x.number == y.number) return false;
    return own_a && own_b;
}

bool emails_differ(const Profile& a, const Profile& b) {
    return a.network != Network::email && b.network != Network::email && !a.private_emails.empty() &&
           !b.private_emails.empty() && !shares(a.private_emails, b.private_emails);
}

}  // namespace vv::core::resolution
