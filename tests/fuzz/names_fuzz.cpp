#include "core/resolution/names.h"
#include "fuzz.h"

// A name in anybody's words, a line for each part: it is read into words, and shown as text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv;
    using namespace vv::core;
    const auto text = formats::fuzz::view(data, size);
    if (!is_utf8(text)) return 0;  // the formats let nothing else through
    Attributes attributes;
    Name& name = attributes.name;
    std::string* const parts[] = {&name.full,     &name.given,  &name.family, &name.additional,
                                  &name.nickname, &name.maiden, &name.prefix, &name.suffix};
    const auto lines = split(text, '\n');
    for (std::size_t i = 0; i < lines.size() && i < std::size(parts); ++i) *parts[i] = lines[i];
    for (const auto& form : resolution::read_names(attributes).forms) {
        VV_ASSERT(!form.given.empty() || !form.family.empty());
        for (const auto* words : {&form.given, &form.family})
            for (const auto& word : *words) VV_ASSERT(!word.empty() && is_utf8(word));
    }
    const auto shown = resolution::readable_name(text);
    VV_ASSERT(is_utf8(shown));
    return 0;
}
