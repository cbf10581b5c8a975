// formats/archive/kinds.h — the kinds of archive there are, by the contract's names, and the files they
// consist of.
#pragma once

#include <string_view>

namespace vv::formats::archive {

/// Where an archive comes from. The order is the contract's.
enum class Kind {
    linkedin,
    facebook,
    twitter,
    foursquare,
    ning,
    blog,
    mastodon,
    vcard,
    google_contacts,
    outlook,
    calendar,
    phone,
    skype,
    whatsapp,
    timeline,
    mail,
};
/// The contract's name of a network: "google-contacts".
std::string_view to_string(Kind kind);
/// "Facebook", as a sentence says it.
std::string_view title(Kind kind);

/// What a file is within its kind; `whole` for kinds of one kind of file.
enum class Role {
    whole,
    connections,  // friends, members
    messages,
    invitations,
    profile,
    email_addresses,
    phone_numbers,  // LinkedIn
    headers,        // X: messages without their text
    table,          // X before 2018: tweets.csv, which tells less than the scripts beside it
    following,
    followers,
    blocked,
    lists,    // Mastodon
    by_file,  // belongs to the export and holds nothing to import: a viewer, a picture, a list of settings
    html,     // the export's pages for people instead of its data
};

}  // namespace vv::formats::archive
