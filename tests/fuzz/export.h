// Exports of several files that know of each other: the first byte says how the rest parts into two of them.
#pragma once

#include "fuzz.h"

#include <array>

namespace vv::formats::fuzz {

/// Parses the bytes as two files of this kind, with roles that the first byte chooses among `roles`.
template <std::size_t n>
void import_two(archive::Kind kind, const std::array<archive::Role, n>& roles, const std::uint8_t* data,
                std::size_t size) {
    if (size == 0) return;
    const auto all = view(data + 1, size - 1);
    const auto cut = all.size() * data[0] / 256;
    const auto source = [](std::string_view bytes) {
        return [bytes]() -> Result<std::unique_ptr<ByteSource>> { return view_bytes(bytes); };
    };
    const archive::Archive given{
        "export",
        {{"a", cut, source(all.substr(0, cut))}, {"b", all.size() - cut, source(all.substr(cut))}},
        false};
    archive::Group group;
    group.kind = kind;
    group.files = {{{0}, "a", roles.at(data[0] % n)}, {{1}, "b", roles.at(data[0] / n % n)}};
    StrictSink sink;
    VV_ASSERT(archive::parse(given, group, options(&sink), sink).ok());
}

}  // namespace vv::formats::fuzz
