#include "server/config.h"

#include "base/text.h"
#include "base/time.h"
#include "net/networks.h"
#include "net/server.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <toml++/toml.h>
#include <unistd.h>

namespace vv::server {
namespace {

Error wrong(const std::string& source, std::string_view name, const std::string& why) {
    return Error(Fault::invalid, "config.invalid", source + ": " + std::string(name) + " " + why)
        .at(std::string(name));
}

const Key* find_key(std::string_view name) {
    const auto found =
        std::find_if(keys().begin(), keys().end(), [name](const Key& key) { return key.name == name; });
    return found == keys().end() ? nullptr : &*found;
}

std::string variable_of(std::string_view key) {
    std::string name = "VISAVIS_";
    for (const char c : key)
        name += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    return name;
}

std::string join(const std::vector<std::string_view>& words) {
    std::string out;
    for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + std::string(word);
    return out;
}

// Puts a setting's text into the configuration; what is wrong with it otherwise ("must be …").
std::optional<std::string> put(const Key& key, const std::string& value, Config& config) {
    if (const auto* text = std::get_if<std::string Config::*>(&key.into)) {
        const auto& choices = key.kind.choices;
        if (!choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end())
            return "must be one of " + join(choices) + ".";
        config.*(*text) = value;
    } else if (const auto* number = std::get_if<std::int64_t Config::*>(&key.into)) {
        std::int64_t parsed = 0;
        const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), parsed);
        if (failed != std::errc() || end != value.data() + value.size() || parsed < key.kind.least ||
            parsed > key.kind.most)
            return "must be a number from " + std::to_string(key.kind.least) + " to " +
                   std::to_string(key.kind.most) + ".";
        config.*(*number) = parsed;
    } else if (const auto* yes = std::get_if<bool Config::*>(&key.into)) {
        if (value != "true" && value != "false") return "must be true or false.";
        config.*(*yes) = value == "true";
    } else {
        std::vector<std::string> items;
        for (const std::string_view item : split(value, ','))
            if (!trim(item).empty()) items.emplace_back(trim(item));
        config.*std::get<std::vector<std::string> Config::*>(key.into) = std::move(items);
    }
    return std::nullopt;
}

// A TOML value as the text that a variable or flag would have; nothing when its type does not fit the key.
std::optional<std::string> text_of(const Key& key, const toml::node& node) {
    const bool wants_number = std::holds_alternative<std::int64_t Config::*>(key.into);
    const bool wants_bool = std::holds_alternative<bool Config::*>(key.into);
    const bool wants_list = std::holds_alternative<std::vector<std::string> Config::*>(key.into);
    if (wants_number) {
        if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
    } else if (wants_bool) {
        if (const auto yes = node.value_exact<bool>()) return *yes ? "true" : "false";
    } else if (wants_list) {
        const toml::array* array = node.as_array();
        if (!array) return std::nullopt;
        std::string joined;
        for (const toml::node& item : *array) {
            const auto text = item.value_exact<std::string>();
            if (!text) return std::nullopt;
            joined += (joined.empty() ? "" : ",") + *text;
        }
        return joined;
    } else if (const auto text = node.value_exact<std::string>()) {
        return *text;
    }
    return std::nullopt;
}

bool is_section(const std::string& prefix) {
    return std::any_of(keys().begin(), keys().end(),
                       [&](const Key& key) { return key.name.starts_with(prefix); });
}

using Found = std::map<std::string_view, Setting>;

Result<Done> read_table(const std::string& file, const toml::table& table, const std::string& prefix,
                        Found& found) {
    for (const auto& [part, node] : table) {
        const std::string name = prefix + std::string(part.str());
        const std::string where = file + ":" + std::to_string(node.source().begin.line);
        const Key* key = find_key(name);
        if (!key && node.is_table() && is_section(name + ".")) {
            CHECK(read_table(file, *node.as_table(), name + ".", found));
            continue;
        }
        if (!key)
            return wrong(where, name,
                         "is no setting; `visavis config check` without the file lists them all.");
        const std::optional<std::string> value = text_of(*key, node);
        if (!value) return wrong(where, name, "must be: " + std::string(key->kind.name) + ".");
        found[key->name] = {key, *value, where};
    }
    return Done{};
}

std::optional<std::string_view> variable(const Environ& environ, const std::string& name) {
    for (const std::string& entry : environ)
        if (entry.size() > name.size() && entry.starts_with(name) && entry[name.size()] == '=')
            return std::string_view(entry).substr(name.size() + 1);
    return std::nullopt;
}

void read_environ(const Environ& environ, Found& found) {
    for (const Key& key : keys()) {
        const std::string name = variable_of(key.name);
        if (const auto value = variable(environ, name))
            found[key.name] = {&key, std::string(*value), "$" + name};
    }
}

// Other programs may have variables of that prefix too (a test's, a packager's), so they are only pointed
// out.
std::vector<std::string> unknown_variables(const Environ& environ) {
    std::vector<std::string> unknown;
    for (const std::string& entry : environ) {
        const std::string name = entry.substr(0, entry.find('='));
        if (!name.starts_with("VISAVIS_") || name == "VISAVIS_CONFIG") continue;
        const bool known = std::any_of(keys().begin(), keys().end(),
                                       [&](const Key& key) { return variable_of(key.name) == name; });
        if (!known) unknown.push_back(name);
    }
    return unknown;
}

std::string default_data(const Environ& environ) {
    if (const auto data_home = variable(environ, "XDG_DATA_HOME"); data_home && !data_home->empty())
        return std::string(*data_home) + "/visavis";
    return std::string(variable(environ, "HOME").value_or(".")) + "/.local/share/visavis";
}

// What the table's kinds can't say.
Result<Done> check_sense(const Loaded& loaded) {
    const Config& config = loaded.config;
    const auto source = [&](std::string_view name) -> const std::string& {
        return std::find_if(loaded.settings.begin(), loaded.settings.end(),
                            [name](const Setting& setting) { return setting.key->name == name; })
            ->source;
    };
    if (config.tls_cert.empty() != config.tls_key.empty()) {
        const std::string_view given = config.tls_cert.empty() ? "server.tls_key" : "server.tls_cert";
        return wrong(source(given), given,
                     "needs the other of server.tls_cert and server.tls_key beside it.");
    }
    if (!config.clock.empty())
        if (const auto clock = parse_rfc3339(config.clock); !clock)
            return wrong(source("server.clock"), "server.clock", "is no time: " + clock.error().detail);
    if (const auto listen = net::check_listen(config.listen); !listen)
        return wrong(source("server.listen"), "server.listen", "is wrong: " + listen.error().detail);
    if (const std::string& url = config.base_url; !url.empty())
        if (!(url.starts_with("https://") || url.starts_with("http://")) || url.ends_with('/'))
            return wrong(source("server.base_url"), "server.base_url",
                         "must begin with https:// or http:// and have no slash at its end.");
    if (const std::string& url = config.database; !url.empty() && !url.starts_with("postgresql://"))
        return wrong(source("database"), "database",
                     "must begin with postgresql://; SQLite needs only the data folder.");
    for (const auto& [name, networks] : {std::pair("metrics.from", &config.metrics_from),
                                         std::pair("server.trusted_proxies", &config.trusted_proxies)})
        if (const auto parsed = net::Networks::parse(*networks); !parsed)
            return wrong(source(name), name, "is wrong: " + parsed.error().detail);
    if (const std::string& url = config.mail_url; !url.empty())
        if (!url.starts_with("smtp://") && !url.starts_with("smtps://"))
            return wrong(source("mail.url"), "mail.url", "must begin with smtp:// or smtps://.");
    if (const std::string& url = config.mailbox_url; !url.empty())
        if (!url.starts_with("imap://") && !url.starts_with("imaps://"))
            return wrong(source("mailbox.url"), "mailbox.url", "must begin with imaps:// or imap://.");
    if (const std::string& url = config.travel_url; !url.empty())
        if (!url.starts_with("https://") && !url.starts_with("http://"))
            return wrong(source("travel.url"), "travel.url", "must begin with https:// or http://.");
    return Done{};
}

}  // namespace

Result<Loaded> load_config(const std::string& file, const Environ& environ, const Flags& flags) try {
    Found found;
    if (!file.empty()) CHECK(read_table(file, toml::parse_file(file), "", found));
    read_environ(environ, found);
    for (const auto& [name, flag] : flags)
        found[find_key(name)->name] = {find_key(name), flag.value, flag.name};
    Loaded loaded;
    loaded.unknown = unknown_variables(environ);
    for (const Key& key : keys()) {
        const auto given = found.find(key.name);
        Setting setting = given != found.end() ? given->second : Setting{&key, key.fallback, "default"};
        if (key.name == "data" && setting.value.empty()) setting.value = default_data(environ);
        if (const auto why = put(key, setting.value, loaded.config))
            return wrong(setting.source, key.name, *why);
        loaded.settings.push_back(std::move(setting));
    }
    CHECK(check_sense(loaded));
    return loaded;
} catch (const toml::parse_error& broken) {
    const auto line = broken.source().begin.line;
    const std::string where = line == 0 ? file : file + ":" + std::to_string(line);
    return Error(Fault::invalid, "config.file", where + ": " + std::string(broken.description()));
}

Environ process_environ() {
    Environ out;
    for (char** entry = ::environ; *entry != nullptr; ++entry) out.emplace_back(*entry);
    return out;
}

}  // namespace vv::server
