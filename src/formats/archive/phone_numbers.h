// formats/archive/phone_numbers.h — whose number it is: keys of the phone network from numbers as written.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace vv::formats::archive {

/// Remembers what it was asked, as telephone numbers repeat and are slow to read.
class PhoneNumbers {
public:
    /// `region` (ISO 3166; may be empty) is the owner's.
    explicit PhoneNumbers(std::string_view region) : region_(region) {}

    /// E.164 where it can be told, else the digits as written. Empty for what is nobody: short codes, senders
    /// with letters, services (*100#, free and premium numbers), withheld numbers. Valid until the next call.
    std::string_view key_of(std::string_view written);

private:
    [[nodiscard]] std::string read(std::string_view written) const;

    std::string region_;
    std::unordered_map<std::string, std::string> known_;
    std::string asked_;
};

}  // namespace vv::formats::archive
