#include "server/paper_fonts.h"

#include "base/log.h"
#include "formats/paper/sheet.h"

#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace vv::server {
namespace {

// Fontconfig and FreeType want files: one in memory, which has a name for this process alone. Kept open to
// its end.
std::string file_of(std::string_view bytes) {
    const int file = ::memfd_create("visavis-font", MFD_CLOEXEC);
    if (file < 0) return {};
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written <= 0) {
            ::close(file);
            return {};
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return "/proc/self/fd/" + std::to_string(file);
}

}  // namespace

void offer_paper_fonts() {
    std::vector<std::string> files;
    for (const std::string_view font : embedded_fonts()) {
        std::string file = file_of(font);
        if (file.empty())
            log::warning("fonts.kept_out",
                         {{"why", "no file in memory; paper is set in the system's fonts"}});
        else
            files.push_back(std::move(file));
    }
    formats::paper::use_fonts(std::move(files));
}

}  // namespace vv::server
