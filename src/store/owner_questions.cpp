#include "store/owner_questions.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

namespace vv::store::owner_questions {
namespace {

namespace json = boost::json;
using core::AccountId;
using core::IdentityKey;
using core::OwnerCandidate;
using soci::into;
using soci::use;

std::string to_json(const std::vector<OwnerCandidate>& candidates) {
    json::array list;
    for (const OwnerCandidate& one : candidates)
        list.push_back({{"network", core::to_string(one.key.network)},
                        {"key", one.key.key},
                        {"name", one.name},
                        {"evidence", core::to_string(one.evidence)},
                        {"count", one.count}});
    return json::serialize(list);
}

std::vector<OwnerCandidate> parse_candidates(const std::string& text) {
    std::vector<OwnerCandidate> candidates;
    const json::value parsed = json::parse(text);
    for (const json::value& value : parsed.as_array()) {
        const auto at = [&](const char* name) {
            return json::value_to<std::string>(value.as_object().at(name));
        };
        candidates.push_back(
            {{core::parse_network(at("network")).value_or(core::Network::manual), at("key")},
             at("name"),
             core::parse_owner_evidence(at("evidence")).value_or(core::OwnerEvidence::stated),
             value.as_object().at("count").as_int64()});
    }
    return candidates;
}

/// One of them is the owner, or all of them are not.
void read_answer(OwnerQuestion& question, const std::map<IdentityKey, bool>& said) {
    std::size_t denied = 0;
    for (const OwnerCandidate& one : question.unsure.candidates) {
        const auto found = said.find(one.key);
        if (found == said.end()) continue;
        if (found->second) question.said = one.key;
        denied += found->second ? 0 : 1;
    }
    question.none = !question.said && denied == question.unsure.candidates.size();
}

}  // namespace

void put(Tx& tx, AccountId owner, ImportId import, const OwnerQuestion& question) {
    const std::string candidates = to_json(question.unsure.candidates);
    remove(tx, owner, import, question.archive, question.network);
    run(tx,
        "INSERT INTO owner_questions (owner_id, import_id, archive, network, taken, candidates)"
        " VALUES (:owner, :import, :archive, :network, :taken, :candidates)",
        use(owner, "owner"), use(import, "import"), use(question.archive, "archive"),
        use(question.network, "network"), use(question.unsure.taken, "taken"), use(candidates, "candidates"));
}

void remove(Tx& tx, AccountId owner, ImportId import, const std::string& archive,
            const std::string& network) {
    run(tx,
        "DELETE FROM owner_questions WHERE owner_id = :owner AND import_id = :import AND archive = :archive"
        " AND network = :network",
        use(owner, "owner"), use(import, "import"), use(archive, "archive"), use(network, "network"));
}

void remove(Tx& tx, AccountId owner, ImportId import) {
    run(tx, "DELETE FROM owner_questions WHERE owner_id = :owner AND import_id = :import",
        use(owner, "owner"), use(import, "import"));
}

void fill(Tx& tx, AccountId owner, std::vector<imports::Import>& imports) {
    std::vector<ImportId> ids;
    for (const auto& import : imports) ids.push_back(import.id);
    const std::string list = id_list(ids);
    ImportId import;
    OwnerQuestion row;
    std::string candidates;
    Prepared select(
        tx,
        "SELECT import_id, archive, network, taken, candidates FROM owner_questions WHERE owner_id "
        "= :owner AND import_id IN " +
            ids_in(tx.dialect()) + " ORDER BY import_id, archive, network",
        into(import), into(row.archive), into(row.network), into(row.unsure.taken), into(candidates),
        use(owner, "owner"), use(list, "ids"));
    std::map<ImportId, std::vector<OwnerQuestion>> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.unsure.candidates = parse_candidates(candidates);
        found[import].push_back(row);
    }
    if (found.empty()) return;
    std::map<IdentityKey, bool> said;
    for (const Answer& one : answers(tx, owner)) said.emplace(one.key, one.is_owner);
    for (auto& one : imports) {
        one.questions = std::move(found[one.id]);
        for (OwnerQuestion& question : one.questions) read_answer(question, said);
    }
}

std::vector<Answer> answers(Tx& tx, AccountId owner) {
    std::string network;
    Answer row;
    Prepared select(tx, "SELECT network, key, is_owner FROM owner_answers WHERE owner_id = :owner",
                    into(network), into(row.key.key), into(row.is_owner), use(owner, "owner"));
    std::vector<Answer> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.key.network = core::parse_network(network).value_or(core::Network::manual);
        found.push_back(row);
    }
    return found;
}

void answer(Tx& tx, AccountId owner, const std::vector<OwnerCandidate>& asked,
            const std::vector<Answer>& said, Instant now) {
    for (const OwnerCandidate& one : asked) {
        const std::string network(core::to_string(one.key.network));
        run(tx, "DELETE FROM owner_answers WHERE owner_id = :owner AND network = :network AND key = :key",
            use(owner, "owner"), use(network, "network"), use(one.key.key, "key"));
    }
    for (const Answer& one : said) {
        const std::string network(core::to_string(one.key.network));
        run(tx,
            "INSERT INTO owner_answers (owner_id, network, key, is_owner, answered_at)"
            " VALUES (:owner, :network, :key, :is_owner, :now)",
            use(owner, "owner"), use(network, "network"), use(one.key.key, "key"),
            use(one.is_owner, "is_owner"), use(now, "now"));
    }
}

}  // namespace vv::store::owner_questions
