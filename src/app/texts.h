// app/texts.h — what the server itself writes, in the reader's language: mails, and pages for guests.
//
// A catalogue is data/texts/LANGUAGE.txt. English is always there and stands in for what is missing.
#pragma once

#include "base/time.h"
#include "formats/template.h"

#include <map>
#include <string>
#include <string_view>

namespace vv::app {

class Texts {
public:
    /// The catalogue of a locale ("en-CA" → "en"); English when there is none. Lives as long as the program.
    static const Texts& of(std::string_view locale);

    /// The text with its gaps filled, unescaped. A key that is in no catalogue is a bug of ours.
    [[nodiscard]] std::string say(std::string_view key) const;
    [[nodiscard]] std::string say(std::string_view key, const formats::Fields& fields) const;
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const { return texts_; }

    /// Reads a catalogue's file.
    explicit Texts(std::string_view file);

private:
    std::map<std::string, std::string, std::less<>> texts_;
};

/// How people say when: "Thursday 3 December, 12:30 to 14:00", with the year only when it isn't the one of
/// `now`.
std::string say_when(const Texts& texts, Span when, const Zone& zone, Instant now);
/// "Thursday 3 December"
std::string say_day(const Texts& texts, Instant at, const Zone& zone, Instant now);
/// "12:30 to 14:00"; to another day as say_when() without the first day.
std::string say_hours(const Texts& texts, Span when, const Zone& zone, Instant now);
/// "Thursday 3 December, 12:30"
std::string say_moment(const Texts& texts, Instant at, const Zone& zone, Instant now);
/// The city that stands for a zone: "America/New_York" → "New York".
std::string city_of(const Zone& zone);

}  // namespace vv::app
