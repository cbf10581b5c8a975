#include "core/resolution/runs.h"

#include <algorithm>

namespace vv::core::resolution {

bool runs_another(Word compact, const Form& shown, const Background& background) {
    constexpr std::size_t kLeast = 4;  // letters
    const auto run = background.text(compact), family = background.text(shown.family);
    if (family.size() < 2 || run.size() < family.size() + kLeast) return false;
    if (!run.ends_with(family) && !run.starts_with(family)) return false;
    const auto rest =
        run.ends_with(family) ? run.substr(0, run.size() - family.size()) : run.substr(family.size());
    const auto given = background.text(shown.given);
    const auto names = resolution::full_names(rest);
    const bool known = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
        const auto fulls = background.full_names(shown.given);
        return std::any_of(fulls.begin(), fulls.end(),
                           [&](Word full) { return background.text(full) == name; });
    });
    return !known && !is_shortened(rest, given) && !is_similar(Spelling(rest), Spelling(given));
}

bool another_initial(const Profile& a, const Profile& b, const Background& background) {
    for (const auto* side : {&a, &b}) {
        const auto& other = side == &a ? b : a;
        if (other.forms.empty() || other.forms.front().source != Source::display) continue;
        const auto& shown = other.forms.front();
        if (shown.given == 0 || shown.family == 0) continue;
        const auto family = background.text(shown.family);
        for (const auto word : side->compacts) {
            const auto run = background.text(word);
            if (run.size() == family.size() + 1 && run.ends_with(family) &&
                run.front() != background.text(shown.given).front())
                return true;
        }
    }
    return false;
}

}  // namespace vv::core::resolution
