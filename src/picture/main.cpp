// visavis-picture: makes strangers' pictures small and harmless. Started by the server
// (base/picture_shrinker) with a socket as its input and output; it ends when that is closed.
#include "picture/confine.h"
#include "picture/shrink.h"

#include <cstring>
#include <unistd.h>

namespace {

using vv::picture::Look;
using vv::picture::Small;
using vv::picture::Verdict;

bool read_all(char* into, std::size_t size) {
    while (size > 0) {
        const ssize_t got = read(STDIN_FILENO, into, size);
        if (got <= 0) return false;
        into += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool write_all(const char* from, std::size_t size) {
    while (size > 0) {
        const ssize_t put = write(STDOUT_FILENO, from, size);
        if (put <= 0) return false;
        from += put;
        size -= static_cast<std::size_t>(put);
    }
    return true;
}

bool answer(Verdict verdict, const Small& small) {
    std::string head(1 + sizeof(Look) + sizeof(std::uint32_t), static_cast<char>(verdict));
    const auto size = static_cast<std::uint32_t>(small.jpeg.size());
    std::memcpy(head.data() + 1, &small.look, sizeof small.look);
    std::memcpy(head.data() + 1 + sizeof small.look, &size, sizeof size);
    return write_all(head.data(), head.size()) && write_all(small.jpeg.data(), small.jpeg.size());
}

}  // namespace

int main(int, char** argv) {
    if (!vv::picture::limit_resources() || !vv::picture::prepare(argv[0]) || !vv::picture::give_up_the_rest())
        return 1;
    if (!write_all(&vv::picture::kReady, 1)) return 1;
    std::string picture;
    std::uint32_t size = 0;
    while (read_all(reinterpret_cast<char*>(&size), sizeof size) && size <= vv::picture::kMostBytes) {
        picture.resize(size);
        if (!read_all(picture.data(), size)) break;
        Small small;
        const Verdict verdict = vv::picture::shrink(picture, small);
        if (verdict != Verdict::done) small = {};
        if (!answer(verdict, small)) break;
    }
    return 0;
}
