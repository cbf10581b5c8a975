#include "formats/paper/document.h"

namespace vv::formats::paper {
namespace {

constexpr double kMargin = 56;
constexpr double kWhen = 104;  // the left column
constexpr double kFoot = 28;

const Style kTitle{Style::Face::serif, 24, kInk, false, false, false};
const Style kLead{Style::Face::sans, 11, kMuted, false, false, false};
const Style kHeading{Style::Face::serif, 15, kMet, false, false, false};
const Style kTime{Style::Face::sans, 10.5, kInk, true, false, false};
const Style kName{Style::Face::serif, 13, kInk, false, false, false};
const Style kText{Style::Face::sans, 10, kMuted, false, false, false};
const Style kSmall{Style::Face::sans, 8, kMuted, false, false, false};

class Pages {
public:
    Pages(const Document& document, Size size, Instant made_at)
        : sheet_(size, document.title, made_at), foot_(document.foot) {
        begin();
    }

    void write(const Document& document) {
        sheet_.mark(kMargin + 13, y_ + 4, 9, kMet);
        y_ += 24;
        put(kMargin, document.title, kTitle, 6);
        if (!document.lead.empty()) put(kMargin, document.lead, kLead, 8);
        for (const Section& section : document.sections) write(section);
    }
    std::string take() { return sheet_.take(); }

private:
    void begin() {
        y_ = kMargin;
        sheet_.text(kMargin, sheet_.height() - kMargin + 8, sheet_.width() - 2 * kMargin, foot_, kSmall);
    }
    [[nodiscard]] double width_from(double x) const { return sheet_.width() - kMargin - x; }
    void make_room(double height) {
        const double bottom = sheet_.height() - kMargin - kFoot;
        if (y_ + height <= bottom || y_ <= kMargin) return;
        sheet_.turn();
        begin();
    }
    void put(double x, const std::string& text, const Style& style, double after) {
        make_room(sheet_.measure(width_from(x), text, style));
        y_ += sheet_.text(x, y_, width_from(x), text, style) + after;
    }

    double height_of(const Entry& entry) {
        double height =
            entry.title.empty() ? 0 : sheet_.measure(width_from(kMargin + kWhen), entry.title, kName);
        for (const auto& line : entry.lines)
            height += sheet_.measure(width_from(kMargin + kWhen), line, kText) + 1;
        return height;
    }
    void write(const Section& section) {
        y_ += 12;
        const double first = section.entries.empty() ? 0 : height_of(section.entries.front());
        make_room(sheet_.measure(width_from(kMargin), section.heading, kHeading) + first + 20);
        put(kMargin, section.heading, kHeading, 4);
        for (const Entry& entry : section.entries) write(entry);
    }
    void write(const Entry& entry) {
        make_room(height_of(entry) + 12);
        sheet_.line(kMargin, y_, sheet_.width() - kMargin, y_, kLine);
        y_ += 7;
        sheet_.text(kMargin, y_ + 2, kWhen - 12, entry.when, kTime);
        if (!entry.title.empty()) put(kMargin + kWhen, entry.title, kName, 0);
        for (const auto& line : entry.lines) put(kMargin + kWhen, line, kText, 1);
        y_ += 7;
    }

    Sheet sheet_;
    std::string foot_;
    double y_ = 0;
};

}  // namespace

std::string write_document(const Document& document, Size size, Instant made_at) {
    Pages pages(document, size, made_at);
    pages.write(document);
    return pages.take();
}

}  // namespace vv::formats::paper
