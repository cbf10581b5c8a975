// server/config.h — every setting, where it came from, and what it means.
//
// A setting comes from, in rising order of precedence: its default, the TOML file (--config or
// $VISAVIS_CONFIG), the environment (server.listen is $VISAVIS_SERVER_LISTEN), and flags. config_keys.cpp
// holds the one table of them.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vv::server {

struct Config {
    std::string data;
    std::string database;

    std::string listen;
    std::string base_url;
    std::string tls_cert;
    std::string tls_key;
    std::int64_t threads = 0;
    std::vector<std::string> trusted_proxies;
    std::int64_t max_connections = 0;
    std::int64_t max_upload_mb = 0;
    std::int64_t kept_answers_mb = 0;
    std::string clock;
    std::string server_name;
    std::string operator_text;
    std::vector<std::string> metrics_from;

    std::string sign_up;

    std::string mail_url;
    std::string mail_user;
    std::string mail_password;
    std::string mail_from;
    std::string mail_tls;

    std::string mailbox_url;
    std::string mailbox_user;
    std::string mailbox_password;
    std::string mailbox_folder;
    std::string mailbox_address;
    std::string mailbox_tls;
    std::int64_t mailbox_every = 0;

    std::string travel_url;
    std::string travel_router;
    std::string travel_by;
    std::int64_t travel_timeout = 0;

    bool outbound_allow_private = false;
    std::int64_t outbound_timeout = 0;

    std::string log_level;
    std::string log_form;
};

/// What a setting's text must be like.
struct Kind {
    std::string_view name;  // "text", "path", "number", "yes or no", "list", "one of a, b"
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::vector<std::string_view> choices;
    bool secret = false;  // never printed
};

struct Key {
    using Into = std::variant<std::string Config::*, std::int64_t Config::*, bool Config::*,
                              std::vector<std::string> Config::*>;
    std::string_view name;  // as in the file: "server.listen"
    Kind kind;
    std::string fallback;  // the default, as text
    std::string_view meaning;
    Into into;
};
/// The table: every key there is, in the order in which `config check` prints them.
const std::vector<Key>& keys();

/// A setting as it was found.
struct Setting {
    const Key* key = nullptr;
    std::string value;
    std::string source;  // "default", "visavis.toml:12", "$VISAVIS_SERVER_LISTEN", "--listen"
};

struct Loaded {
    Config config;
    std::vector<Setting> settings;  // one a key, in the table's order
    std::vector<std::string>
        unknown;  // VISAVIS_* variables that are no setting; a warning, as other programs' may be
};

/// What the command line gave: a setting's name → the flag's name and its value.
struct Flag {
    std::string name;  // "--listen"
    std::string value;
};
using Flags = std::map<std::string, Flag>;
/// As std::getenv; an argument so that tests need not touch the process's own.
using Environ = std::vector<std::string>;  // "NAME=value"

/// `file` is empty when none was named. `invalid` names the key, and its file and line, variable or flag: for
/// a key that doesn't exist, a value of the wrong kind, a file that can't be read.
Result<Loaded> load_config(const std::string& file, const Environ& environ, const Flags& flags);

/// The process's environment.
Environ process_environ();

}  // namespace vv::server
