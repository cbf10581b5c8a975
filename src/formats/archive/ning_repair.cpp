#include "formats/archive/ning_repair.h"

#include <cstring>
#include <utility>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kDeepest = 1'000;  // deeper than the JSON's reader goes

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_between_items(char c) {
    return c == '(' || c == ')' || c == '[' || c == ']' || c == ',' || c == ';';
}

}  // namespace

Result<std::string_view> NingRepair::next() {
    while (true) {
        if (state_ == State::done) return std::string_view{};
        TRY(const auto piece, source_.next());
        out_.resize(2 * piece.size() + 4);
        end_ = out_.data();
        if (state_ == State::before) {
            put('[');
            state_ = State::outside;
        }
        repair(piece);
        if (piece.empty()) {
            if (held_) put(']');
            if (open_.empty() && state_ == State::outside) put(']');
            state_ = State::done;
        }
        if (end_ != out_.data())
            return std::string_view(out_.data(), static_cast<std::size_t>(end_ - out_.data()));
    }
}

void NingRepair::repair(std::string_view piece) {
    std::size_t at = 0;
    while (at < piece.size()) {
        if (state_ == State::in_string || state_ == State::after_escape)
            at += take_string(piece.substr(at));
        else
            take(piece[at++]);
    }
}

// Copies up to the string's end, which may lie in a later piece. Returns how much that was.
std::size_t NingRepair::take_string(std::string_view rest) {
    std::size_t at = 0;
    if (state_ == State::after_escape) {
        state_ = State::in_string;
        ++at;
    }
    while (at < rest.size()) {
        if (rest[at] == '"') {
            state_ = State::outside;
            ++at;
            break;
        }
        if (rest[at] == '\\') {
            if (at + 1 == rest.size()) {
                state_ = State::after_escape;
                ++at;
                break;
            }
            ++at;
        }
        ++at;
    }
    std::memcpy(end_, rest.data(), at);
    end_ += at;
    return at;
}

void NingRepair::take(char c) {
    if (is_blank(c)) {
        put(c);
        return;
    }
    if (open_.empty())
        take_at_top(c);
    else
        take_inside(c);
}

// Between items: brackets and commas say nothing that is certain. A comma goes before every item but the
// first.
void NingRepair::take_at_top(char c) {
    const char before = std::exchange(last_, c);
    if (is_between_items(c)) return;
    if (any_item_ && (c == '{' || before == '}' || is_between_items(before))) put(',');
    any_item_ = true;
    put(c);
    if (c == '{') open_.push_back(c);
    if (c == '"') state_ = State::in_string;
}

void NingRepair::take_inside(char c) {
    if (held_) settle_held(c);
    if (c == ']' && open_.back() == '[') {
        held_ = true;
        last_ = c;
        return;
    }
    if (c == ']') return;  // of a list that a break has opened twice
    if (c == '[' && last_ == '}' && open_.back() == '[') return;
    if (c == '{' && (last_ == '}' || last_ == ']') && open_.back() == '[') put(',');
    put(c);
    last_ = c;
    if ((c == '{' || c == '[') && open_.size() < kDeepest) open_.push_back(c);
    if (c == '}' && open_.back() == '{') open_.pop_back();
    if (c == '"') state_ = State::in_string;
}

// A list that something is added to right after its end was not at its end.
void NingRepair::settle_held(char next) {
    held_ = false;
    if (next == '{') return;
    put(']');
    open_.pop_back();
}

}  // namespace vv::formats::archive
