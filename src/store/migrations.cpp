#include "store/migrations.h"

namespace vv::store {
namespace {

Error broken(const Migration& migration, std::string_view why) {
    return {Fault::invalid, "database.migration",
            "Migration " + std::string(migration.name) + ": " + std::string(why)};
}

}  // namespace

Result<std::string> render_migration(const Migration& migration, Dialect dialect) {
    const std::string_view own = dialect == Dialect::sqlite ? "sqlite" : "postgresql";
    std::string out;
    std::string_view rest = migration.text;
    std::string_view block;  // the open {{sqlite}} or {{postgresql}}
    while (true) {
        const auto open = rest.find("{{");
        if (block.empty() || block == own) out += rest.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = rest.find("}}", open);
        if (close == std::string_view::npos) return broken(migration, "a '{{' has no '}}'.");
        const std::string_view word = rest.substr(open + 2, close - open - 2);
        rest.remove_prefix(close + 2);
        if (word == "without_rowid") {
            if (dialect == Dialect::sqlite && (block.empty() || block == own)) out += " WITHOUT ROWID";
        } else if ((word == "sqlite" || word == "postgresql") && block.empty()) {
            block = word;
        } else if (word == "end" && !block.empty()) {
            block = {};
        } else {
            return broken(migration, "'{{" + std::string(word) + "}}' means nothing here.");
        }
    }
    if (!block.empty()) return broken(migration, "'{{" + std::string(block) + "}}' has no '{{end}}'.");
    return out;
}

}  // namespace vv::store
