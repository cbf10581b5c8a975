#include "formats/archive/phone.h"

#include "base/text.h"
#include "formats/archive/phone_numbers.h"
#include "formats/hash.h"
#include "formats/xml_stream.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace vv::formats::archive {
namespace {

using core::Channel;
using core::Direction;
using core::IdentityKey;
using core::Network;
using namespace std::chrono_literals;

constexpr std::size_t kAddresses = 1'000;  // of one message
constexpr std::string_view kOwner = "insert-address-token";

// What an address is to a message: the numbers of MMS headers.
enum class AddressType { bcc = 129, cc = 130, from = 137, to = 151 };

// The app writes what it does not know as a word.
std::string_view value_of(const XmlTag& tag, std::string_view name) {
    const auto value = trim(tag.attribute(name));
    return value == "null" ? std::string_view{} : value;
}

std::optional<std::int64_t> number_of(const XmlTag& tag, std::string_view name) {
    const auto text = value_of(tag, name);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// "(Unknown)", in whatever language.
bool is_unknown(std::string_view name) {
    return name.empty() || (name.starts_with('(') && name.ends_with(')'));
}

struct Address {
    std::string key;  // empty: nobody, or the owner
    bool owner = false;
    bool sender = false;
};

// An MMS while its addresses are read.
struct Mms {
    std::int64_t line = 0;
    std::optional<Instant> at;
    Direction direction = Direction::in;
    std::vector<std::string> others;  // keys
    std::vector<std::string> names;   // of the others, in their order; empty when they can't be told apart
    std::vector<Address> addresses;
};

// Tells messages of one second apart by their place among their like. The same message as SMS and as MMS is
// at the same place of each and so counts once.
class Places {
public:
    std::int64_t place_of(std::string_view key, Direction direction, Instant at) {
        const auto second = std::chrono::floor<std::chrono::seconds>(at);
        if (second != second_) {
            second_ = second;
            seen_.clear();
        }
        const auto who = Hash64().add(key).add(std::int64_t{direction == Direction::in}).value();
        std::int64_t place = 0;
        for (const auto& [other, when] : seen_) {
            if (other != who) continue;
            if (when == at) return place;
            ++place;
        }
        if (seen_.size() < kMost) seen_.emplace_back(who, at);
        return place;
    }

private:
    static constexpr std::size_t kMost = 1'000;
    std::chrono::sys_seconds second_;
    std::vector<std::pair<std::uint64_t, Instant>> seen_;
};

class PhoneReader final : public XmlVisitor {
public:
    PhoneReader(const ParseOptions& options, Emitter& out) : numbers_(options.region), out_(out) {}

    bool open(const XmlTag& tag) override {
        const auto name = tag.name.local;
        if (name == "call" || name == "sms" || name == "mms") {
            if (mms_) finish_mms();
            out_.count_record();
            if (!is_whole(tag)) return !out_.stopped();
            if (name == "call") read_call(tag);
            if (name == "sms") read_sms(tag);
            if (name == "mms") begin_mms(tag);
        } else if (name == "addr" && mms_) {
            add_address(tag);
        }
        return !out_.stopped();
    }

    bool close(const XmlName& name) override {
        if (name.local == "mms" && mms_) finish_mms();
        return !out_.stopped();
    }

    void text(std::string_view) override {}

    void broken(std::int64_t line, std::string_view error) override {
        if (line == rejected_line_ || broken_) return;  // one fault, several complaints
        broken_.emplace(line, std::string(truncate_utf8(scrub_utf8(error), 200)));
    }

    void finish() {
        if (mms_) finish_mms();
        if (broken_) reject_broken("the file is broken here");
    }

private:
    bool is_whole(const XmlTag& tag) {
        if (!broken_) return true;
        reject_broken("this record is no well-formed XML and was left out", value_of(tag, "contact_name"));
        return false;
    }
    void reject_broken(const std::string& what, std::string_view excerpt = {}) {
        rejected_line_ = broken_->first;
        out_.reject(broken_->first, what + ": " + broken_->second + ".", excerpt);
        broken_.reset();
    }

    std::optional<Instant> time_of(const XmlTag& tag) {
        const auto date = number_of(tag, "date");
        // Before mobile telephones, or beyond the year 3000: no date.
        if (date && *date > 0 && *date < 32'503'680'000'000) return from_millis(*date);
        out_.reject(tag.line, "the record has no date that can be read; it was left out.",
                    value_of(tag, "address"));
        return std::nullopt;
    }

    void read_call(const XmlTag& tag) {
        const auto type = number_of(tag, "type");
        // 1 incoming, 2 outgoing, 3 missed, 4 voicemail, 5 rejected, 6 refused, 7 answered on another device
        if (!type || *type < 1 || *type > 7)
            return out_.reject(tag.line, "the call is of no type that is known; it was left out.",
                               value_of(tag, "type"));
        const auto at = time_of(tag);
        if (!at) return;
        const auto who = numbers_.key_of(value_of(tag, "number"));
        if (who.empty()) return;
        core::ContactMade call;
        call.who = {Network::phone, std::string(who)};
        call.channel = Channel::call;
        call.direction = *type == 2 ? Direction::out : Direction::in;
        call.at = *at;
        call.content_hash = Hash64().add("call").add(std::int64_t{call.direction == Direction::in}).value();
        see(call.who, value_of(tag, "contact_name"), tag.line);
        out_.emit(std::move(call), tag.line);
    }

    void read_sms(const XmlTag& tag) {
        const auto type = number_of(tag, "type");
        if (!type)
            return out_.reject(tag.line,
                               "the message does not say whether it was received or sent; it was left out.",
                               value_of(tag, "address"));
        if (*type != 1 && *type != 2) return;  // a draft, not sent yet, or never
        const auto at = time_of(tag);
        if (!at) return;
        const auto who = numbers_.key_of(value_of(tag, "address"));
        if (who.empty()) return;
        const IdentityKey key{Network::phone, std::string(who)};
        see(key, value_of(tag, "contact_name"), tag.line);
        put_text(key, *type == 1 ? Direction::in : Direction::out, *at, 2, sms_, tag.line);
    }

    void put_text(const IdentityKey& who, Direction direction, Instant at, int people, Places& places,
                  std::int64_t line) {
        core::ContactMade made;
        made.who = who;
        made.channel = Channel::text;
        made.direction = direction;
        made.at = std::chrono::floor<std::chrono::seconds>(at);  // all that MMS keep
        made.people = people;
        made.content_hash = Hash64()
                                .add("text")
                                .add(std::int64_t{direction == Direction::in})
                                .add(places.place_of(who.key, direction, at))
                                .value();
        out_.emit(std::move(made), line);
    }

    void begin_mms(const XmlTag& tag) {
        const auto box = number_of(tag, "msg_box");
        const auto type = number_of(tag, "m_type").value_or(0);
        if (!box)
            return out_.reject(tag.line,
                               "the message does not say whether it was received or sent; it was left out.",
                               value_of(tag, "address"));
        // Drafts and the like; reports of delivery and of reading.
        if ((*box != 1 && *box != 2) || type == 134 || type == 135 || type == 136) return;
        const auto at = time_of(tag);
        if (!at) return;
        Mms mms;
        mms.line = tag.line;
        mms.at = at;
        mms.direction = *box == 1 ? Direction::in : Direction::out;
        for (const auto address : split(value_of(tag, "address"), '~'))
            if (mms.others.size() < kAddresses) mms.others.emplace_back(numbers_.key_of(trim(address)));
        mms.names = names_of(value_of(tag, "contact_name"), mms.others.size());
        mms_ = std::move(mms);
    }

    // "Ann Lee, Bob" are two names only where there are two addresses.
    static std::vector<std::string> names_of(std::string_view written, std::size_t count) {
        if (count == 1) return {std::string(written)};
        std::vector<std::string> names;
        for (const auto name : split(written, ',')) names.emplace_back(trim(name));
        if (names.size() != count) names.clear();
        return names;
    }

    void add_address(const XmlTag& tag) {
        if (mms_->addresses.size() >= kAddresses) return;
        const auto written = value_of(tag, "address");
        Address address;
        address.owner = written == kOwner;
        address.sender = number_of(tag, "type") == static_cast<std::int64_t>(AddressType::from);
        if (!address.owner) address.key = numbers_.key_of(written);
        if (address.owner || !address.key.empty()) mms_->addresses.push_back(std::move(address));
    }

    void finish_mms() {
        const Mms mms = *std::exchange(mms_, std::nullopt);
        if (broken_) return reject_broken("this message is no well-formed XML and was left out");
        const int people = people_of(mms);
        if (mms.direction == Direction::in) return receive(mms, people);
        for (const auto& address : mms.addresses)
            if (address.sender && !address.key.empty()) see_owner(address.key, mms.line);
        std::vector<std::string> recipients;
        for (const auto& address : mms.addresses)
            if (!address.sender && !address.owner) recipients.push_back(address.key);
        if (recipients.empty()) recipients = mms.others;
        std::sort(recipients.begin(), recipients.end());
        recipients.erase(std::unique(recipients.begin(), recipients.end()), recipients.end());
        for (const auto& key : recipients)
            if (!key.empty()) exchange_with(key, mms, people);
    }

    void receive(const Mms& mms, int people) {
        const auto sender = std::find_if(mms.addresses.begin(), mms.addresses.end(),
                                         [](const Address& a) { return a.sender && !a.owner; });
        if (sender != mms.addresses.end()) return exchange_with(sender->key, mms, people);
        if (mms.others.size() == 1 && !mms.others[0].empty())
            return exchange_with(mms.others[0], mms, people);
        if (mms.others.size() > 1)
            out_.reject(mms.line, "the message to several does not say who sent it; it was left out.", "");
    }

    // The sender and all recipients; the owner is among them, as a token or as one more number.
    static int people_of(const Mms& mms) {
        std::vector<std::string> all;
        for (const auto& address : mms.addresses)
            all.push_back(address.owner ? std::string(kOwner) : address.key);
        if (all.empty()) {
            all = mms.others;
            all.emplace_back(kOwner);
        }
        std::sort(all.begin(), all.end());
        const auto count = std::unique(all.begin(), all.end()) - all.begin();
        return static_cast<int>(std::max<std::ptrdiff_t>(count, 2));
    }

    void exchange_with(const std::string& key, const Mms& mms, int people) {
        const IdentityKey who{Network::phone, key};
        const auto at = std::find(mms.others.begin(), mms.others.end(), key);
        const auto index = static_cast<std::size_t>(at - mms.others.begin());
        see(who, index < mms.names.size() ? std::string_view(mms.names[index]) : std::string_view{},
            mms.line);
        put_text(who, mms.direction, *mms.at, people, mms_places_, mms.line);
    }

    void see_owner(const std::string& key, std::int64_t line) {
        if (!owner_.insert(key).second || !key.starts_with('+')) return;
        core::OwnerSeen seen{{}, {{Network::phone, key}}};
        seen.attributes.phones.push_back(key);
        out_.emit(std::move(seen), line);
    }

    void see(const IdentityKey& who, std::string_view name, std::int64_t line) {
        if (is_unknown(name) || !numbers_.key_of(name).empty()) name = {};
        if (!seen_.insert(Hash64().add(who.key).add(name).value()).second) return;
        core::IdentitySeen seen{who, {}};
        seen.attributes.name.full = truncate_utf8(name, 1'000);
        seen.attributes.phones.push_back(who.key);
        out_.emit(std::move(seen), line);
    }

    PhoneNumbers numbers_;
    Emitter& out_;
    std::optional<Mms> mms_;
    Places sms_;
    Places mms_places_;
    std::unordered_set<std::uint64_t> seen_;                      // numbers and names that have been put out
    std::unordered_set<std::string> owner_;                       // the owner's own numbers
    std::optional<std::pair<std::int64_t, std::string>> broken_;  // a fault that no record has answered for
    std::int64_t rejected_line_ = -1;
};

}  // namespace

Result<Done> read_phone(ByteStream& bytes, std::string_view, const ParseOptions& options, Emitter& out) {
    PhoneReader reader(options, out);
    CHECK(read_xml(bytes, reader));
    reader.finish();
    return Done{};
}

}  // namespace vv::formats::archive
