#include "formats/calendar_reply.h"

#include "base/text.h"
#include "formats/calendar/event.h"
#include "formats/content_lines.h"
#include "formats/gmime.h"
#include "formats/mail_headers.h"

#include <charconv>
#include <gmime/gmime.h>
#include <memory>
#include <utility>

namespace vv::formats {
namespace {

constexpr std::size_t kMostLines = 5'000;
constexpr std::size_t kMostAddresses = 20;

Error refuse(std::string code, std::string detail) {
    return {Fault::invalid, "reply." + std::move(code), std::move(detail)};
}

struct Free {
    template <class Object>
    void operator()(Object* object) const {
        g_object_unref(object);
    }
};
template <class Object>
using Held = std::unique_ptr<Object, Free>;

Held<GMimeMessage> parse_mail(std::string_view mail) {
    start_gmime();
    const Held<GMimeStream> bytes(g_mime_stream_mem_new_with_buffer(mail.data(), mail.size()));
    const Held<GMimeParser> parser(g_mime_parser_new_with_stream(bytes.get()));
    return Held<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

bool is_calendar(GMimeObject* part) {
    GMimeContentType* const type = g_mime_object_get_content_type(part);
    return type != nullptr && (g_mime_content_type_is_type(type, "text", "calendar") ||
                               g_mime_content_type_is_type(type, "application", "ics"));
}

// A part's text as UTF-8; empty when it is longer than a calendar may be.
std::string text_of(GMimePart* part) {
    GMimeDataWrapper* const content = g_mime_part_get_content(part);
    if (content == nullptr) return {};
    const Held<GMimeStream> out(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, out.get());
    const GByteArray* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
    if (bytes == nullptr || bytes->len > kLongestCalendar) return {};
    const std::string_view raw(reinterpret_cast<const char*>(bytes->data), bytes->len);
    const char* const charset =
        g_mime_object_get_content_type_parameter(reinterpret_cast<GMimeObject*>(part), "charset");
    if (charset != nullptr)
        if (Result<std::string> decoded = to_utf8(raw, charset)) return *std::move(decoded);
    return decode_text(raw);
}

// The first calendar among the mail's own parts; a mail within the mail is somebody else's.
std::optional<std::string> calendar_in(GMimeMessage* message) {
    GMimeObject* const whole = g_mime_message_get_mime_part(message);
    if (whole == nullptr) return std::nullopt;
    std::vector<GMimeObject*> waiting{whole};
    for (int looked = 0; !waiting.empty() && looked < kMostParts; ++looked) {
        GMimeObject* const part = waiting.back();
        waiting.pop_back();
        if (GMIME_IS_MULTIPART(part)) {
            auto* const several = reinterpret_cast<GMimeMultipart*>(part);
            const int count = std::min(g_mime_multipart_get_count(several), kMostParts);
            for (int i = count; i > 0; --i)
                if (GMimeObject* const child = g_mime_multipart_get_part(several, i - 1))
                    waiting.push_back(child);
        } else if (GMIME_IS_PART(part) && is_calendar(part)) {
            return text_of(reinterpret_cast<GMimePart*>(part));
        }
    }
    return std::nullopt;
}

std::vector<std::string> addresses(GMimeMessage* message, const char* header) {
    const char* const value = g_mime_object_get_header(reinterpret_cast<GMimeObject*>(message), header);
    std::vector<std::string> found;
    if (value == nullptr) return found;
    for (const MailAddress& one : parse_mail_addresses(value, kMostAddresses)) found.push_back(one.email);
    return found;
}

/// What a calendar holds of an answer, line by line.
class Lines {
public:
    explicit Lines(CalendarReply& reply, const Zone& home) : reply_(reply), zones_(home, "") {}

    Result<Done> read(std::string_view calendar) {
        ViewStream bytes(calendar);
        ContentLines lines(bytes, LineDialect::icalendar);
        ContentLine line;
        ContentProperty property;
        for (std::size_t i = 0;; ++i) {
            TRY(const bool more, lines.next(line));
            if (!more) break;
            if (i >= kMostLines || line.cut) return unreadable();
            if (split_property(line, property)) CHECK(take(line, property));
        }
        return finish();
    }

private:
    static Error unreadable() {
        return refuse("calendar_unreadable", "The calendar in the mail can't be read.");
    }

    Result<Done> take(const ContentLine& line, const ContentProperty& property) {
        if (same_word(property.name, "BEGIN")) return begin(trim(property.value));
        if (same_word(property.name, "END")) {
            end(trim(property.value));
            return Done{};
        }
        if (in_zone_) {
            if (same_word(property.name, "TZID")) zone_id_ = trim(property.value);
            zone_lines_.emplace_back(line.text);
        } else if (is_in_event_ && inner_ == 0) {
            return take_property(line, property);
        } else if (same_word(property.name, "METHOD") && !is_in_event_) {
            method_ = ascii_lower(trim(property.value));
        }
        return Done{};
    }

    Result<Done> begin(std::string_view what) {
        if (in_zone_) {
            zone_lines_.push_back("BEGIN:" + std::string(what));
        } else if (is_in_event_) {
            ++inner_;  // an alarm
        } else if (same_word(what, "VTIMEZONE")) {
            in_zone_ = true;
            zone_lines_.clear();
            zone_id_.clear();
        } else if (same_word(what, "VEVENT")) {
            if (++events_ > 1) return unreadable();
            is_in_event_ = true;
        } else if (!same_word(what, "VCALENDAR") || ++calendars_ > 1) {
            return unreadable();
        }
        return Done{};
    }

    void end(std::string_view what) {
        if (in_zone_) {
            in_zone_ = !same_word(what, "VTIMEZONE");
            if (in_zone_)
                zone_lines_.push_back("END:" + std::string(what));
            else
                zones_.define(zone_id_, zone_lines_);
        } else if (is_in_event_) {
            if (inner_ > 0)
                --inner_;
            else
                is_in_event_ = false;
        }
    }

    Result<Done> take_property(const ContentLine& line, const ContentProperty& property) {
        if (const auto take = calendar::taker(property.name, calendar::Reading::whole))
            take(event_, line, property);
        if (same_word(property.name, "ATTENDEE")) {
            ++attendees_;
            reply_.attendee = calendar::address_of(property);
        } else if (same_word(property.name, "ORGANIZER")) {
            const std::string address = calendar::address_of(property);
            if (!address.empty()) reply_.to.push_back(address);
        } else if (same_word(property.name, "SEQUENCE")) {
            const auto value = trim(property.value);
            const auto [end, fault] =
                std::from_chars(value.data(), value.data() + value.size(), reply_.sequence);
            if (fault != std::errc() || end != value.data() + value.size()) return unreadable();
        } else if (same_word(property.name, "COMMENT")) {
            reply_.comment = calendar::text_value(property.value);
        }
        return Done{};
    }

    Result<Done> finish() {
        if (method_ != "reply" && method_ != "counter")
            return refuse("method", "The calendar in the mail is no answer.");
        reply_.method = method_ == "reply" ? CalendarReply::Method::reply : CalendarReply::Method::counter;
        if (events_ != 1 || is_in_event_ || event_.uid.empty()) return unreadable();
        reply_.uid = event_.uid;
        if (attendees_ != 1 || reply_.attendee.empty())
            return refuse("attendee", "The answer does not say whose it is.");
        if (event_.recurrence_id || event_.recurrence.repeats())
            return refuse("recurring", "The answer is to an event that repeats; none of ours does.");
        if (!event_.guests.empty()) reply_.answer = event_.guests.front().response;
        if (reply_.method == CalendarReply::Method::counter) return set_time();
        return Done{};
    }

    static bool is_near(const calendar::Time& time) {
        const auto day = std::chrono::floor<std::chrono::days>(time.wall);
        const int year = static_cast<int>(Date(std::chrono::local_days(day)).year());
        return year >= 1970 && year <= 2200;
    }

    Result<Done> set_time() {
        if (!event_.start || event_.all_day() || !is_near(*event_.start)) return unreadable();
        if (event_.end && !is_near(*event_.end)) return unreadable();
        if (event_.duration && *event_.duration > std::chrono::days(366)) return unreadable();
        Span when;
        when.start = zones_.to_utc(*event_.start);
        if (event_.end)
            when.end = zones_.to_utc(*event_.end);
        else if (event_.duration)
            when.end = when.start + *event_.duration;
        if (when.end <= when.start) return unreadable();
        reply_.when = when;
        return Done{};
    }

    CalendarReply& reply_;
    calendar::Zones zones_;
    calendar::Event event_;
    std::string method_, zone_id_;
    std::vector<std::string> zone_lines_;
    int calendars_ = 0, events_ = 0, attendees_ = 0, inner_ = 0;
    bool in_zone_ = false, is_in_event_ = false;
};

}  // namespace

Result<CalendarReply> read_calendar_reply(std::string_view mail, const Zone& home) {
    if (mail.size() > kLongestMail) return refuse("too_large", "The mail is too large for an answer.");
    if (has_deep_groups(mail)) return refuse("unreadable", "The mail names groups within groups.");
    const Held<GMimeMessage> message = parse_mail(mail);
    if (!message) return refuse("unreadable", "The mail can't be read.");
    CalendarReply reply;
    const std::vector<std::string> from = addresses(message.get(), "From");
    if (from.size() != 1) return refuse("unreadable", "The mail does not have one sender.");
    reply.from = from.front();
    for (const char* header : {"To", "Cc", "Delivered-To", "X-Original-To"})
        for (std::string& address : addresses(message.get(), header)) reply.to.push_back(std::move(address));
    const std::optional<std::string> calendar = calendar_in(message.get());
    if (!calendar) return refuse("no_calendar", "The mail holds no calendar.");
    CHECK(Lines(reply, home).read(*calendar));
    return reply;
}

}  // namespace vv::formats
