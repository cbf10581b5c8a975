// formats/paper/wall.h — the owner's five sentences on one sheet, to tape to a wall.
#pragma once

#include "core/people.h"
#include "formats/paper/sheet.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::formats::paper {

/// The year as a strip of 52 weeks, a dot for each encounter.
struct Strip {
    struct Dot {
        int week = 1;  // 1 … 52
        core::Relation relation = core::Relation::acquaintance;
        bool is_planned = false;
    };
    std::string caption;
    std::vector<std::string> months;  // twelve names
    std::vector<Dot> dots;            // the lowest of a week first
};

struct Wall {
    std::string title;
    std::vector<std::string> sentences;
    std::optional<Strip> strip;
};

/// The sentences as large as the sheet lets them be.
std::string write_wall(const Wall& wall, Size size, Instant made_at);

}  // namespace vv::formats::paper
