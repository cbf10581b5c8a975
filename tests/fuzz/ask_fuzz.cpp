#include "core/asks.h"
#include "fuzz.h"

// An ask in anybody's words: its parts are words of bounded length, and to check them twice changes nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv;
    using namespace vv::core;
    static const Date kToday = *parse_date("2026-11-20");
    const auto ask = read_ask(formats::fuzz::view(data, size), kToday);
    if (!ask) {
        VV_ASSERT(ask.error().fault == Fault::invalid && ask.error().code.starts_with("ask."));
        return 0;
    }
    for (const auto* list : {&ask->titles, &ask->topics, &ask->organisations})
        for (const auto& word : *list) formats::fuzz::must_be_text(word, kLongestAsk);
    formats::fuzz::must_be_text(ask->purpose, kLongestAsk);
    formats::fuzz::must_be_text(ask->in_return, kLongestAsk);
    VV_ASSERT(!ask->count || (*ask->count >= 1 && *ask->count <= kMostWanted));
    const auto checked = check_ask(*ask);
    if (!checked) return 0;
    const auto again = check_ask(*checked);
    VV_ASSERT(again.ok() && *again == *checked);
    return 0;
}
