#include "base/phone.h"

#include <mutex>
#include <phonenumbers/phonenumberutil.h>
#include <shared_mutex>
#include <unordered_map>

namespace vv {
namespace {

namespace pn = i18n::phonenumbers;

constexpr std::size_t kLongest = 250;          // as libphonenumber's own limit
constexpr std::size_t kWorthRemembering = 40;  // bytes; what is longer is hardly a number

PhoneKind kind_of(pn::PhoneNumberUtil::PhoneNumberType type) {
    using Util = pn::PhoneNumberUtil;
    switch (type) {
        case Util::FIXED_LINE:
            return PhoneKind::fixed;
        case Util::MOBILE:
            return PhoneKind::mobile;
        case Util::FIXED_LINE_OR_MOBILE:
            return PhoneKind::either;
        case Util::TOLL_FREE:
        case Util::PREMIUM_RATE:
        case Util::SHARED_COST:
        case Util::UAN:
        case Util::VOICEMAIL:
            return PhoneKind::service;
        default:
            return PhoneKind::other;
    }
}

// Possible rather than valid: numbering plans grow faster than the library's tables are updated.
bool parse_possible(std::string_view text, const std::string& home, pn::PhoneNumber& number) {
    const auto& util = *pn::PhoneNumberUtil::GetInstance();
    return util.Parse(std::string(text), home, &number) == pn::PhoneNumberUtil::NO_PARSING_ERROR &&
           util.IsPossibleNumberWithReason(number) == pn::PhoneNumberUtil::IS_POSSIBLE;
}

// Whether it reads the same from its own E.164: "00 84 002…" holds a trunk zero that a second reading drops.
bool is_settled(const pn::PhoneNumber& number) {
    const auto& util = *pn::PhoneNumberUtil::GetInstance();
    std::string written, rewritten;
    util.Format(number, pn::PhoneNumberUtil::E164, &written);
    pn::PhoneNumber again;
    if (!parse_possible(written, "ZZ", again)) return false;
    util.Format(again, pn::PhoneNumberUtil::E164, &rewritten);
    return rewritten == written;
}

std::optional<Phone> read_number(std::string_view text, std::string_view region) {
    const auto& util = *pn::PhoneNumberUtil::GetInstance();
    pn::PhoneNumber number;
    const std::string home = region.empty() ? "ZZ" : std::string(region);
    if (!parse_possible(text, home, number)) {
        // Most of the world dials abroad with 00, wherever the book is read.
        if (!text.starts_with("00") || !parse_possible("+" + std::string(text.substr(2)), "ZZ", number))
            return std::nullopt;
    }
    if (!is_settled(number)) return std::nullopt;
    Phone phone;
    util.Format(number, pn::PhoneNumberUtil::E164, &phone.e164);
    phone.extension = number.extension();
    phone.kind = kind_of(util.GetNumberType(number));
    return phone;
}

// What was read lately. Emptied when full: what is asked for again comes back soon.
class Memory {
public:
    std::optional<std::optional<Phone>> find(const std::string& key) {
        const std::shared_lock lock(mutex_);
        const auto known = known_.find(key);
        if (known == known_.end()) return std::nullopt;
        return known->second;
    }
    void keep(std::string key, const std::optional<Phone>& phone) {
        const std::unique_lock lock(mutex_);
        if (known_.size() >= kMost) known_.clear();
        known_.emplace(std::move(key), phone);
    }

private:
    static constexpr std::size_t kMost = 100'000;  // 20 MB
    std::shared_mutex mutex_;
    std::unordered_map<std::string, std::optional<Phone>> known_;
};

}  // namespace

std::optional<Phone> parse_phone(std::string_view text, std::string_view region) {
    if (text.empty() || text.size() > kLongest) return std::nullopt;
    static Memory memory;
    auto key = std::string(region) + ' ' + std::string(text);
    if (auto known = memory.find(key)) return *std::move(known);
    auto phone = read_number(text, region);
    if (text.size() <= kWorthRemembering) memory.keep(std::move(key), phone);
    return phone;
}

std::optional<std::string> to_e164(std::string_view text, std::string_view region) {
    auto phone = parse_phone(text, region);
    if (!phone) return std::nullopt;
    return std::move(phone->e164);
}

std::string region_of(std::string_view e164) {
    pn::PhoneNumber number;
    if (!e164.starts_with('+') || e164.size() > kLongest || !parse_possible(e164, "ZZ", number)) return {};
    const auto& util = *pn::PhoneNumberUtil::GetInstance();
    std::string region;
    util.GetRegionCodeForNumber(number, &region);
    if (region == "ZZ") util.GetRegionCodeForCountryCode(number.country_code(), &region);
    return region == "ZZ" || region == "001" ? std::string{} : region;
}

}  // namespace vv
