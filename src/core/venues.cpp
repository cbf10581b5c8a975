#include "core/venues.h"

#include "base/plain_line.h"
#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace vv::core {
namespace {

constexpr std::size_t kLongestName = 200, kLongestAddress = 300;
constexpr double kCellsADegree = 100;

constexpr std::string_view kKinds[] = {"cafe", "restaurant", "bar", "park", "library", "coworking", "other"};

// Words, folded, that tell a kind. A longer text is read from its end: a "Restaurant Bar" is a bar, as an
// "Italian Restaurant" is a restaurant.
struct Word {
    std::string_view word;
    VenueKind kind;
};
constexpr Word kWords[] = {
    {"cafe", VenueKind::cafe},
    {"cafes", VenueKind::cafe},
    {"caffe", VenueKind::cafe},
    {"kafe", VenueKind::cafe},
    {"coffee", VenueKind::cafe},
    {"coffeehouse", VenueKind::cafe},
    {"coffeeshop", VenueKind::cafe},
    {"kaffee", VenueKind::cafe},
    {"kaffeehaus", VenueKind::cafe},
    {"espresso", VenueKind::cafe},
    {"bakery", VenueKind::cafe},
    {"boulangerie", VenueKind::cafe},
    {"patisserie", VenueKind::cafe},
    {"tearoom", VenueKind::cafe},
    {"teahouse", VenueKind::cafe},
    {"restaurant", VenueKind::restaurant},
    {"ristorante", VenueKind::restaurant},
    {"restaurante", VenueKind::restaurant},
    {"trattoria", VenueKind::restaurant},
    {"osteria", VenueKind::restaurant},
    {"pizzeria", VenueKind::restaurant},
    {"bistro", VenueKind::restaurant},
    {"brasserie", VenueKind::restaurant},
    {"diner", VenueKind::restaurant},
    {"steakhouse", VenueKind::restaurant},
    {"gastropub", VenueKind::restaurant},
    {"gasthaus", VenueKind::restaurant},
    {"bar", VenueKind::bar},
    {"pub", VenueKind::bar},
    {"brewery", VenueKind::bar},
    {"biergarten", VenueKind::bar},
    {"taproom", VenueKind::bar},
    {"park", VenueKind::park},
    {"parc", VenueKind::park},
    {"parque", VenueKind::park},
    {"parco", VenueKind::park},
    {"plaza", VenueKind::park},
    {"garden", VenueKind::park},
    {"gardens", VenueKind::park},
    {"library", VenueKind::library},
    {"bibliotheque", VenueKind::library},
    {"bibliothek", VenueKind::library},
    {"biblioteca", VenueKind::library},
    {"coworking", VenueKind::coworking},
};
// What makes a telling word tell nothing: a car park, a theme park, a salad bar.
constexpr std::string_view kSpoilers[] = {"car",    "parking", "theme", "trailer", "business", "industrial",
                                          "office", "snack",   "salad", "water",   "skate"};

bool holds(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::string_view to_string(VenueKind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<VenueKind> parse_venue_kind(std::string_view name) {
    const auto found = std::ranges::find(kKinds, name);
    if (found == std::end(kKinds)) return std::nullopt;
    return static_cast<VenueKind>(found - std::begin(kKinds));
}

std::uint32_t bit_of(VenueKind kind) {
    return std::uint32_t{1} << (8 + static_cast<unsigned>(kind));
}

Result<VenueEntry> tidy(VenueEntry entry) {
    const auto line = [](const std::string& text, std::size_t most) {
        return std::string(trim(truncate_utf8(trim(plain_line(text)), most)));
    };
    entry.name = line(entry.name, kLongestName);
    entry.address = line(entry.address, kLongestAddress);
    entry.features &= (std::uint32_t{1} << 8) - 1;
    if (entry.name.empty() || !is_utf8(entry.name))
        return Error(Fault::invalid, "venue.name", "A place needs a name.").at("name");
    if (!is_utf8(entry.address))
        return Error(Fault::invalid, "venue.address", "The address is not readable text.").at("address");
    if (!entry.at.is_valid())
        return Error(Fault::invalid, "venue.place",
                     "A place is [latitude, longitude] in degrees, as [48.85, 2.35].")
            .at("at");
    return entry;
}

VenueKind guess_venue_kind(std::string_view text) {
    const std::vector<std::string> words = folded_words(text);
    for (const std::string_view spoiler : kSpoilers)
        if (holds(words, spoiler)) return VenueKind::other;
    if (holds(words, "beer")) return VenueKind::bar;  // its garden is no park
    for (auto word = words.rbegin(); word != words.rend(); ++word)
        for (const Word& known : kWords)
            if (*word == known.word) return known.kind;
    return VenueKind::other;
}

std::uint32_t usual_features(VenueKind kind) {
    switch (kind) {
        case VenueKind::park:
            return venue_feature::is_public | venue_feature::outdoor;
        case VenueKind::library:
            return venue_feature::is_public | venue_feature::quiet;
        case VenueKind::other:
            return 0;
        default:
            return venue_feature::is_public;
    }
}

bool is_private_category(std::string_view category) {
    const std::vector<std::string> words = folded_words(category);
    for (const std::string_view word : {"home", "private", "office", "residential", "apartment"})
        if (holds(words, word)) return true;
    return false;
}

VenueCell venue_cell_of(LatLng at) {
    return {static_cast<int>(std::floor(at.lat * kCellsADegree)),
            static_cast<int>(std::floor(at.lng * kCellsADegree))};
}

std::int64_t number_of(VenueCell cell) {
    return (std::int64_t{cell.row} + 9'000) * 36'001 + cell.col + 18'000;
}

}  // namespace vv::core
