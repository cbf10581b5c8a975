#include "cli/handshakes.h"

#include "app/handshakes.h"
#include "cli/caller.h"
#include "cli/command.h"
#include "formats/receipt.h"
#include "store/database.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>

namespace vv::cli {
namespace {

namespace json = boost::json;

constexpr std::streamsize kMostRead = 1 << 20;

struct ExportOptions {
    std::string account, id, out;
};

Result<Exit> export_receipt(Environment& env, const ExportOptions& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(const std::int64_t id, parse_id(options.id));
    TRY(store::Database * db, env.database());
    TRY(const app::HandshakeRow row,
        db->read_now([&](store::Tx& tx) { return app::find_handshake(tx, caller, id); }));
    std::ofstream file(options.out, std::ios::binary);
    file << formats::write_receipt(row.receipt);
    if (!file.flush())
        return Error(Fault::invalid, "handshake.out", options.out + " can't be written; name another file.");
    return Exit::done;
}

// As much of a file as is certainly too much for a receipt: what never ends is refused by its size.
Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string content(kMostRead, '\0');
    if (!file || (!file.read(content.data(), kMostRead) && file.gcount() == 0))
        return Error(Fault::invalid, "handshake.file",
                     "it can't be read or is empty; name the file that `handshake export` wrote.");
    content.resize(static_cast<std::size_t>(file.gcount()));
    return content;
}

void print_verified(Environment& env, const core::Receipt& receipt) {
    if (env.json()) {
        env.out() << json::serialize(json::object{{"valid", true},
                                                  {"a", receipt.a},
                                                  {"b", receipt.b},
                                                  {"at", format_rfc3339(receipt.at)},
                                                  {"a_key", receipt.a_key},
                                                  {"b_key", receipt.b_key}})
                  << "\n";
        return;
    }
    env.out() << "Both signatures hold: " << receipt.a << " and " << receipt.b << " shook hands at "
              << format_rfc3339(receipt.at) << ".\nKeys: " << receipt.a_key << " and " << receipt.b_key
              << "; each account's list of devices says whose they are.\n";
}

// A file that can't be read ends with 2, one whose signatures do not hold with 4.
Result<Exit> verify_receipt(Environment& env, const std::string& path) {
    const auto content = read_file(path);
    const auto receipt =
        content ? formats::read_receipt(*content) : Result<core::SignedReceipt>(content.error());
    if (!receipt) {
        env.complain(path + ": " + receipt.error().detail);
        return Exit::unreadable;
    }
    if (const auto holds = core::verify(*receipt); !holds) {
        env.complain(path + ": " + holds.error().detail);
        return Exit::refused;
    }
    print_verified(env, receipt->receipt);
    return Exit::done;
}

}  // namespace

void add_handshake_commands(Command& root) {
    Command handshake = root.add("handshake", "Receipts of handshakes");
    auto options = std::make_shared<ExportOptions>();
    Command save = handshake.add("export", "Write one's receipt to a file");
    save.required("--account", options->account, "Whose handshake");
    save.required("ID", options->id, "The handshake");
    save.required("--out", options->out, "The file");
    save.run([options](Environment& env) { return export_receipt(env, *options); });
    auto path = std::make_shared<std::string>();
    Command verify = handshake.add("verify", "Check a receipt offline");
    verify.required("FILE", *path, "The receipt");
    verify.run([path](Environment& env) { return verify_receipt(env, *path); });
}

}  // namespace vv::cli
