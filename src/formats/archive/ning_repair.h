// formats/archive/ning_repair.h — the JSON that Ning's archiver writes, brought to what JSON is.
//
// The archiver wraps its lists in brackets, forgets commas between items, closes and opens lists where a
// download went on after a break, and closes them twice. Only what stands outside strings is touched.
#pragma once

#include "formats/bytes.h"

#include <string>
#include <vector>

namespace vv::formats::archive {

/// One list of everything at the top; within items, commas and lists that a break has torn are mended. Line
/// breaks stay where they are. What is broken in another way passes as it is, for the JSON's reader to
/// refuse.
class NingRepair final : public ByteStream {
public:
    explicit NingRepair(ByteStream& source) : source_(source) {}
    Result<std::string_view> next() override;

private:
    enum class State { before, outside, in_string, after_escape, done };

    void repair(std::string_view piece);
    void take(char c);
    void take_at_top(char c);
    void take_inside(char c);
    void settle_held(char next);
    std::size_t take_string(std::string_view rest);
    void put(char c) { *end_++ = c; }

    ByteStream& source_;
    State state_ = State::before;
    std::string out_;         // room for twice the piece: no more than one character goes before each
    char* end_ = nullptr;     // of what stands in it
    std::vector<char> open_;  // brackets within the item that is being read
    bool any_item_ = false;   // something stands in the list at the top
    bool held_ = false;       // a ']' within an item waits for what follows it
    char last_ = 0;           // the last character that is neither blank nor in a string
};

}  // namespace vv::formats::archive
