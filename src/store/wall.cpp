#include "store/wall.h"

#include "base/text.h"
#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::wall {

using soci::into;
using soci::use;

std::optional<Row> find(Tx& tx, core::AccountId owner) {
    Row row;
    std::string sentences;
    std::optional<std::string> hash;
    if (!run(tx, "SELECT sentences, with_strip, link_hash FROM walls WHERE owner_id = :owner",
             into(sentences), into(row.with_strip), into(hash), use(owner, "owner")))
        return std::nullopt;
    for (const auto sentence : split(sentences, '\n'))
        if (!sentence.empty()) row.sentences.emplace_back(sentence);
    row.is_shared = hash.has_value();
    return row;
}

void save(Tx& tx, core::AccountId owner, const std::vector<std::string>& sentences, bool with_strip) {
    std::string lines;
    for (const auto& sentence : sentences) lines += (lines.empty() ? "" : "\n") + sentence;
    run(tx,
        "INSERT INTO walls (owner_id, sentences, with_strip) VALUES (:owner, :sentences, :strip)"
        " ON CONFLICT (owner_id) DO UPDATE SET sentences = excluded.sentences, with_strip = "
        "excluded.with_strip",
        use(owner, "owner"), use(lines, "sentences"), use(with_strip, "strip"));
}

void save_link(Tx& tx, core::AccountId owner, const std::optional<std::string>& hash) {
    run(tx, "UPDATE walls SET link_hash = :hash WHERE owner_id = :owner", use(hash, "hash"),
        use(owner, "owner"));
}

std::optional<core::AccountId> find_by_link(Tx& tx, const std::string& hash) {
    core::AccountId owner;
    if (!run(tx, "SELECT owner_id FROM walls WHERE link_hash = :hash", into(owner), use(hash, "hash")))
        return std::nullopt;
    return owner;
}

}  // namespace vv::store::wall
