#include "formats/paper/wall.h"

#include <algorithm>
#include <array>

namespace vv::formats::paper {
namespace {

constexpr double kMargin = 62;
constexpr double kNumber = 34;      // of the column with the sentences' numbers
constexpr double kStripRoom = 120;  // below the sentences
constexpr double kLargest = 30, kSmallest = 9;
constexpr int kMostDots = 7;  // of a week

Colour colour_of(core::Relation relation) {
    switch (relation) {
        case core::Relation::relative:
            return {0.478, 0.133, 0.588};
        case core::Relation::friend_:
            return {0.710, 0.451, 0.020};
        case core::Relation::customer:
            return {0.047, 0.565, 0.588};
        case core::Relation::colleague:
            return {0.110, 0.322, 0.800};
        default:
            return kMuted;
    }
}

Style sentence_style(double points) {
    return {Style::Face::serif, points, kInk, false, false, false};
}

double height_of(Sheet& sheet, const Wall& wall, double width, double points) {
    double all = 0;
    for (const auto& sentence : wall.sentences) all += sheet.measure(width, sentence, sentence_style(points));
    return all;
}

// The largest size in which all of them fit with some air between them.
double fitting_size(Sheet& sheet, const Wall& wall, double width, double room) {
    double points = kLargest;
    const double gaps = static_cast<double>(wall.sentences.size() + 1);
    while (points > kSmallest && height_of(sheet, wall, width, points) + gaps * points * 1.1 > room)
        points -= 0.5;
    return points;
}

void draw_sentences(Sheet& sheet, const Wall& wall, double top, double bottom) {
    const double width = sheet.width() - 2 * kMargin - kNumber;
    const double points = fitting_size(sheet, wall, width, bottom - top);
    const double used = height_of(sheet, wall, width, points);
    const double gap = (bottom - top - used) / static_cast<double>(wall.sentences.size() + 1);
    double y = top + gap;
    int number = 0;
    for (const auto& sentence : wall.sentences) {
        if (++number > 1)
            sheet.line(kMargin + kNumber, y - gap / 2, sheet.width() - kMargin, y - gap / 2, kLine);
        const Style style{Style::Face::serif, points, kMet, false, false, false};
        sheet.text(kMargin, y, kNumber, std::to_string(number), style);
        y += sheet.text(kMargin + kNumber, y, width, sentence, sentence_style(points)) + gap;
    }
}

void draw_strip(Sheet& sheet, const Strip& strip, double axis) {
    const double width = sheet.width() - 2 * kMargin;
    const double week = width / 52;
    const double radius = week * 0.36;
    sheet.line(kMargin, axis, sheet.width() - kMargin, axis, kMuted);
    std::array<int, 53> stacked{};
    for (const auto& dot : strip.dots) {
        const auto at = static_cast<std::size_t>(std::clamp(dot.week, 1, 52));
        if (stacked.at(at) >= kMostDots) continue;
        const double y = axis - radius * 1.6 - stacked.at(at) * radius * 2.35;
        const double x = kMargin + (static_cast<double>(at) - 0.5) * week;
        sheet.dot(x, y, radius, dot.is_planned ? kAccent : colour_of(dot.relation), !dot.is_planned);
        ++stacked.at(at);
    }
    const Style small{Style::Face::sans, 7.5, kMuted, false, false, false};
    for (std::size_t month = 0; month < strip.months.size(); ++month)
        sheet.text(kMargin + static_cast<double>(month) * width / 12, axis + 4, width / 12,
                   strip.months[month], small);
    const Style caption{Style::Face::sans, 10, kInk, false, false, false};
    sheet.text(kMargin, axis + 20, width, strip.caption, caption);
}

}  // namespace

std::string write_wall(const Wall& wall, Size size, Instant made_at) {
    Sheet sheet(size, wall.title, made_at);
    sheet.mark(kMargin + 15, kMargin + 4, 11, kMet);
    const double top = kMargin + 24;
    const double bottom = sheet.height() - kMargin - (wall.strip ? kStripRoom : 0);
    if (!wall.sentences.empty()) draw_sentences(sheet, wall, top, bottom);
    if (wall.strip) draw_strip(sheet, *wall.strip, sheet.height() - kMargin - 34);
    return sheet.take();
}

}  // namespace vv::formats::paper
