#include "formats/emitter.h"

#include "base/text.h"

namespace vv::formats {
namespace {

constexpr std::size_t kExcerpt = 200;

}  // namespace

void Emitter::reject(std::int64_t line, std::string error, std::string_view excerpt) {
    ++summary_.rejected;
    const auto text = scrub_utf8(excerpt.substr(0, 2 * kExcerpt));
    // What went wrong may be said in the file's own bytes.
    emit(core::Rejected{scrub_utf8(error), std::string(truncate_utf8(text, kExcerpt))}, line);
}

}  // namespace vv::formats
