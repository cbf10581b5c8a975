// store/asks_meant.h — whether the full-text index would find somebody, told from the words it was given.
//
// Where many are meant it is cheaper to look at people one by one, from the warmest on, than to have the
// index gather all of them first.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vv::store::asks {

class Meant {
public:
    /// Folded words: who has all of one of the alternatives is meant. They must outlive this.
    explicit Meant(const std::vector<std::vector<std::string>>& alternatives);

    /// Whether it can tell at all: the index has its own mind about what is a letter outside of ASCII.
    [[nodiscard]] bool can_tell() const { return can_tell_; }
    /// Of somebody with these texts, as the index has them.
    [[nodiscard]] bool operator()(std::string_view words, std::string_view own) const;

private:
    using Alternative = std::vector<std::string>;
    std::unordered_map<std::string_view, std::vector<const Alternative*>> by_first_;
    bool can_tell_ = true;
};

}  // namespace vv::store::asks
