#include "server/commands.h"

#include "server/compose.h"
#include "server/config.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <ostream>

namespace vv::server {
namespace {

struct ServeOptions {
    std::optional<std::string> listen;
    std::optional<std::string> tls_cert;
    std::optional<std::string> tls_key;
    std::optional<std::string> clock;
};

std::string config_file(const cli::Globals& globals, const Environ& environ) {
    constexpr std::string_view kVariable = "VISAVIS_CONFIG=";
    if (!globals.config.empty()) return globals.config;
    for (const std::string& entry : environ)
        if (entry.starts_with(kVariable)) return entry.substr(kVariable.size());
    return {};
}

Result<Loaded> load(const cli::Globals& globals, Flags flags) {
    const Environ environ = process_environ();
    if (!globals.data.empty()) flags["data"] = {"--data", globals.data};
    if (!globals.database.empty()) flags["database"] = {"--database", globals.database};
    TRY(Loaded loaded, load_config(config_file(globals, environ), environ, flags));
    // --data means SQLite there, even where the file or the environment names a database.
    if (!globals.data.empty() && globals.database.empty()) loaded.config.database.clear();
    return loaded;
}

cli::DataPlace place_of(const Config& config) {
    const std::string file = (std::filesystem::path(config.data) / "visavis.db").string();
    return {config.data,
            config.database.empty() ? "sqlite:" + file : config.database,
            config.outbound_allow_private,
            std::chrono::seconds(config.outbound_timeout),
            config.base_url,
            config.mail_url.empty() ? std::string() : config.mail_from};
}

Result<cli::Exit> serve(cli::Environment& env, const ServeOptions& options) {
    Flags flags;
    if (options.listen) flags["server.listen"] = {"--listen", *options.listen};
    if (options.tls_cert) flags["server.tls_cert"] = {"--tls-cert", *options.tls_cert};
    if (options.tls_key) flags["server.tls_key"] = {"--tls-key", *options.tls_key};
    if (options.clock) flags["server.clock"] = {"--clock", *options.clock};
    TRY(const Loaded loaded, load(env.globals(), flags));
    for (const std::string& name : loaded.unknown)
        env.complain("$" + name + " is no setting; it was left aside.");
    TRY(const cli::DataPlace place, env.place());
    CHECK(run_server(loaded.config, place, env.out()));
    return cli::Exit::done;
}

std::string shown(const Setting& setting) {
    if (!setting.key->kind.secret) return setting.value;
    return setting.value.empty() ? "" : "(set)";
}

std::string kind_of(const Key& key) {
    std::string kind(key.kind.name);
    for (std::size_t i = 0; i < key.kind.choices.size(); ++i)
        kind += (i == 0 ? " " : ", ") + std::string(key.kind.choices[i]);
    if (key.kind.most > 0)
        kind += " " + std::to_string(key.kind.least) + " to " + std::to_string(key.kind.most);
    return kind;
}

Result<cli::Exit> check_config(cli::Environment& env) {
    TRY(const Loaded loaded, load(env.globals(), {}));
    for (const Setting& setting : loaded.settings) {
        if (env.json()) {
            boost::json::object line;
            line["key"] = setting.key->name;
            line["value"] = shown(setting);
            line["source"] = setting.source;
            line["type"] = kind_of(*setting.key);
            line["default"] = setting.key->fallback;
            line["meaning"] = setting.key->meaning;
            env.out() << boost::json::serialize(line) << '\n';
            continue;
        }
        env.out() << setting.key->name << " = " << (shown(setting).empty() ? "(none)" : shown(setting))
                  << "   [" << setting.source << "; " << kind_of(*setting.key) << "]\n    "
                  << setting.key->meaning << '\n';
    }
    for (const std::string& name : loaded.unknown)
        env.complain("$" + name + " is no setting; it was left aside.");
    return cli::Exit::done;
}

}  // namespace

Result<cli::DataPlace> locate_data(const cli::Globals& globals) {
    TRY(const Loaded loaded, load(globals, {}));
    return place_of(loaded.config);
}

void add_commands(cli::Command& root) {
    auto options = std::make_shared<ServeOptions>();
    cli::Command serving = root.add("serve", "Run the server");
    serving.option("--listen", options->listen, "Where to listen: ADDR:PORT");
    serving.option("--tls-cert", options->tls_cert, "A certificate chain (PEM), to serve HTTPS");
    serving.option("--tls-key", options->tls_key, "Its private key (PEM)");
    serving.option("--clock", options->clock,
                   "The server's time starts at this moment (RFC 3339) and runs on");
    serving.run([options](cli::Environment& env) { return serve(env, *options); });

    cli::Command config = root.add("config", "The configuration");
    config.add("check", "Print every setting with its value, source and meaning").run(check_config);
}

}  // namespace vv::server
