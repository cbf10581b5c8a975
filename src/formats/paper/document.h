// formats/paper/document.h — what is taken along on paper: a trip's plan, a meeting's brief.
#pragma once

#include "formats/paper/sheet.h"

#include <string>
#include <vector>

namespace vv::formats::paper {

struct Entry {
    std::string when;  // in the left column, may be empty
    std::string title;
    std::vector<std::string> lines;
};
struct Section {
    std::string heading;
    std::vector<Entry> entries;
};
struct Document {
    std::string title;
    std::string lead;
    std::vector<Section> sections;
    std::string foot;  // on every sheet
};

/// On as many sheets as it takes; an entry stays in one piece where it can.
std::string write_document(const Document& document, Size size, Instant made_at);

}  // namespace vv::formats::paper
