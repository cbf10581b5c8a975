#include "formats/csv.h"
#include "formats/text_stream.h"
#include "fuzz.h"

// Small limits, so that every way out is taken; lines only rise, and nothing is read twice as a row.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv::formats;
    ViewStream bytes(fuzz::view(data, size), 13);
    TextStream text(bytes);
    CsvLimits limits;
    limits.columns = 5;
    limits.row_bytes = 64;
    limits.recoveries = 3;
    CsvReader reader(text, limits);
    CsvRow row;
    std::int64_t line = 0;
    while (true) {
        const auto more = reader.next(row);
        VV_ASSERT(more.ok());
        if (!*more) break;
        VV_ASSERT(row.line > line || (row.line == line && row.problem == CsvProblem::none) || line == 0);
        VV_ASSERT(row.fields.size() <= limits.columns);
        line = row.line;
    }
    return 0;
}
