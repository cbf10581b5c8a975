#include "app/wall.h"

#include "app/texts.h"
#include "app/today.h"
#include "base/crypto.h"
#include "base/plain_line.h"
#include "base/text.h"
#include "store/accounts.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace vv::app {
namespace {

using formats::Fields;
namespace paper = formats::paper;

constexpr std::size_t kMost = 5;
constexpr std::size_t kMostCharacters = 160;

Error nothing_written() {
    return {Fault::conflict, "wall.empty", "There is no sentence yet; write one first."};
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// The first three letters: there is no room for more below a strip.
std::string short_month(const Texts& texts, int month) {
    const std::string whole = texts.say("month." + std::to_string(month));
    std::size_t end = 0;
    for (int letters = 0; end < whole.size() && letters < 3; ++letters) do
            ++end;
        while (end < whole.size() && (static_cast<unsigned char>(whole[end]) & 0xc0) == 0x80);
    return whole.substr(0, end);
}

Result<paper::Strip> strip_for(store::Tx& tx, const Caller& caller, const Texts& texts) {
    const int year = caller.zone.year_of(caller.now);
    TRY(const YearTally tally, tally_year(tx, caller, year));
    TRY(const auto marks, year_strip(tx, caller, year));
    paper::Strip strip;
    const std::string met = std::to_string(tally.tally.met);
    strip.caption = texts.say(tally.tally.met == 1 ? "paper.wall.one" : "paper.wall.many",
                              Fields().set("year", std::to_string(year)).set("met", met));
    for (int month = 1; month <= 12; ++month) strip.months.push_back(short_month(texts, month));
    for (const StripMark& mark : marks) strip.dots.push_back({mark.week, mark.relation, mark.is_planned});
    std::ranges::stable_sort(
        strip.dots, {}, [](const auto& dot) { return std::tuple(dot.week, dot.is_planned, dot.relation); });
    return strip;
}

Result<paper::Wall> sheet_of(store::Tx& tx, const Caller& caller, const core::Account& account,
                             const Wall& wall) {
    const Texts& texts = Texts::of(account.locale);
    paper::Wall sheet;
    sheet.title = texts.say("paper.wall.title");
    sheet.sentences = wall.sentences;
    if (wall.with_strip) {
        TRY(sheet.strip, strip_for(tx, caller, texts));
    }
    return sheet;
}

}  // namespace

Result<Wall> find_wall(store::Tx& tx, Caller caller) {
    return store::wall::find(tx, caller.account).value_or(Wall{});
}

Result<Wall> save_wall(store::Tx& tx, Caller caller, std::vector<std::string> sentences, bool with_strip) {
    std::vector<std::string> kept;
    for (const std::string& sentence : sentences) {
        const std::string_view text = trim(sentence);
        if (!is_utf8(text) || !is_plain_line(text) || characters(text) > kMostCharacters)
            return Error(Fault::invalid, "wall.sentence",
                         "A sentence is one line of at most 160 characters.");
        if (is_visible(text)) kept.emplace_back(text);
    }
    if (kept.size() > kMost)
        return Error(Fault::invalid, "wall.sentences", "Five sentences are enough; leave one out.");
    store::wall::save(tx, caller.account, kept, with_strip);
    return find_wall(tx, caller);
}

Result<std::string> share_wall(store::Tx& tx, Caller caller) {
    const auto wall = store::wall::find(tx, caller.account);
    if (!wall || wall->sentences.empty()) return nothing_written();
    std::string secret = random_token();
    store::wall::save_link(tx, caller.account, sha256_hex(secret));
    return secret;
}

Result<Done> unshare_wall(store::Tx& tx, Caller caller) {
    store::wall::save_link(tx, caller.account, std::nullopt);
    return Done{};
}

Result<paper::Wall> wall_sheet(store::Tx& tx, Caller caller) {
    const auto account = store::accounts::find(tx, caller.account);
    const auto wall = store::wall::find(tx, caller.account);
    if (!account || !wall || wall->sentences.empty()) return nothing_written();
    return sheet_of(tx, caller, *account, *wall);
}

Result<paper::Wall> shared_wall_sheet(store::Tx& tx, std::string secret, Instant now) {
    const auto owner = store::wall::find_by_link(tx, sha256_hex(secret));
    const auto account = owner ? store::accounts::find(tx, *owner) : std::nullopt;
    const auto wall = owner ? store::wall::find(tx, *owner) : std::nullopt;
    if (!account || !wall || wall->sentences.empty())
        return Error(Fault::not_found, "wall.unknown", "There is no sheet at this address (any more).");
    return sheet_of(tx, Caller{*owner, now, account->zone}, *account, *wall);
}

Result<std::string> wall_pdf(store::Tx& tx, Caller caller, paper::Size size) {
    TRY(const paper::Wall sheet, wall_sheet(tx, caller));
    return paper::write_wall(sheet, size, caller.now);
}

Result<std::string> shared_wall_pdf(store::Tx& tx, std::string secret, paper::Size size, Instant now) {
    TRY(const paper::Wall sheet, shared_wall_sheet(tx, std::move(secret), now));
    return paper::write_wall(sheet, size, now);
}

}  // namespace vv::app
