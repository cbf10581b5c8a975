#include "formats/archive/phone_numbers.h"

#include "base/phone.h"
#include "base/text.h"

#include <algorithm>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kKnown = 100'000;
constexpr std::size_t kShortCode = 6;  // digits: no number of a person has so few

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9') digits += c;
    return digits;
}

}  // namespace

std::string_view PhoneNumbers::key_of(std::string_view written) {
    asked_ = written;
    const auto found = known_.find(asked_);
    if (found != known_.end()) return found->second;
    if (known_.size() >= kKnown) known_.clear();
    return known_.emplace(asked_, read(written)).first->second;
}

std::string PhoneNumbers::read(std::string_view written) const {
    if (written.starts_with("tel:")) written.remove_prefix(4);
    written = trim(written);
    const bool service = std::any_of(written.begin(), written.end(),
                                     [](char c) { return is_letter(c) || c == '@' || c == '*' || c == '#'; });
    if (service) return {};
    auto digits = digits_of(written);
    const auto phone = parse_phone(written, region_);
    if (phone && phone->kind == PhoneKind::service) return {};
    // A short code may look like a local number.
    if (phone && (digits.size() > kShortCode || written.starts_with('+') || digits.empty()))
        return phone->e164;
    return digits.size() > kShortCode ? digits : std::string{};
}

}  // namespace vv::formats::archive
