// core/resolution/lexicon.h — what is known of names before any archive is read: short forms, particles,
// titles.
//
// Every word is folded (base/text.h). The tables are immutable and safe from any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vv::core::resolution {

/// The full names that a given name may stand for, itself first ("bob" → bob, robert). A short form of
/// several names has several; a full name that is also a short form has both.
std::vector<std::string_view> full_names(std::string_view given);
/// The everyday forms of a full name ("robert" → rob, bob, …), without itself.
std::span<const std::string_view> short_forms(std::string_view given);

/// "van", "de", "zu", "al", "bin": part of a family name, never one by itself.
bool is_particle(std::string_view word);
/// What a word beside a name is when it is no part of one: "dr", "prof" before it; "phd", "mba" after it;
/// "mum", "papa", a place in a family; "home", "office", which of somebody's numbers a card is about.
enum class WordKind : unsigned char { name, title, credential, kin, place };
WordKind kind_of(std::string_view word);
/// A title or a credential.
inline bool is_around_name(std::string_view word) {
    const auto kind = kind_of(word);
    return kind == WordKind::title || kind == WordKind::credential;
}
/// "chan", "kun": said after a given name by those who like its bearer.
bool is_endearment(std::string_view word);
/// "gmbh", "inc", "ltd": what a company's name means the same without.
bool is_legal_form(std::string_view word);
/// "info", "sales", "office": the part before @ of an address that many people read.
bool is_role(std::string_view local);
/// "gmail.com", "gmx.de": a domain whose addresses tell no employer.
bool is_mail_provider(std::string_view domain);

/// Which of a family's bearers of one name: tells father and son apart. `none` says nothing.
enum class Generation : unsigned char { none, first, junior, third, fourth };
Generation parse_generation(std::string_view word);

}  // namespace vv::core::resolution
