#include "world/plans.h"

#include <gtest/gtest.h>
#include <map>
#include <mutex>
#include <set>
#include <sqlite3.h>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::world {
namespace {

/// What ran, by its text; each is looked at once in a process.
class Statements {
public:
    void note(const char* text) {
        const std::lock_guard lock(mutex_);
        if (known_.insert(text).second) fresh_.emplace_back(text);
    }
    std::vector<std::string> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(fresh_, {});
    }
    static Statements& all() {
        static Statements statements;
        return statements;
    }

private:
    std::mutex mutex_;
    std::set<std::string> known_;
    std::vector<std::string> fresh_;
};

int note_statement(unsigned, void*, void* statement, void*) {
    if (const char* text = sqlite3_sql(static_cast<sqlite3_stmt*>(statement))) Statements::all().note(text);
    return 0;
}

int watch(sqlite3* connection, const char**, const sqlite3_api_routines*) {
    return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, &note_statement, nullptr);
}

struct Step {
    int parent = 0;
    std::string text;
};
using Plan = std::map<int, Step>;  // by number, in the order of nesting

Plan plan_of(sqlite3* database, const std::string& statement) {
    Plan plan;
    sqlite3_stmt* explain = nullptr;
    const std::string text = "EXPLAIN QUERY PLAN " + statement;
    // What does not compile here belongs to a test's own tables.
    if (sqlite3_prepare_v2(database, text.c_str(), -1, &explain, nullptr) != SQLITE_OK) return plan;
    while (sqlite3_step(explain) == SQLITE_ROW)
        plan[sqlite3_column_int(explain, 0)] = {
            sqlite3_column_int(explain, 1), reinterpret_cast<const char*>(sqlite3_column_text(explain, 3))};
    sqlite3_finalize(explain);
    return plan;
}

bool is_loop(std::string_view step) {
    return step.starts_with("SCAN ") || step.starts_with("SEARCH ");
}

/// Whether the step walks over more than what its key leads to. A list within a row that was reached (a
/// virtual table with a path, "INDEX 3") is as long as what the row says; store/search calls the few words of
/// a question w.
bool is_walk(std::string_view step) {
    if (step.starts_with("SCAN w VIRTUAL TABLE INDEX 1")) return false;
    if (step.find("VIRTUAL TABLE INDEX 3") != step.npos) return false;
    if (step.starts_with("SCAN ")) return step.find("CONSTANT ROW") == step.npos;
    return step.ends_with("(owner_id=?)") || step.find(" AUTOMATIC ") != step.npos;
}

/// What goes with one account by reference is looked for once, table by table; the plan lists it as if in a
/// loop. A table without an index for that is still walked over.
bool is_reference(std::string_view statement, std::string_view step) {
    return statement.starts_with("DELETE FROM accounts WHERE id = ") && step.starts_with("SEARCH ");
}

/// What is worked out once, wherever it stands.
bool is_kept(std::string_view step) {
    return step.starts_with("LIST SUBQUERY") || step.starts_with("SCALAR SUBQUERY") ||
           step.starts_with("MATERIALIZE ");
}

/// Whether the step runs again for each row of another: it stands behind one, or in what is worked out for
/// each row.
bool is_repeated(const Plan& plan, int number) {
    for (int at = number; at != 0; at = plan.at(at).parent) {
        const Step& step = plan.at(at);
        if (step.text.starts_with("CORRELATED ")) return true;
        if (is_kept(step.text)) return false;
        if (!is_loop(step.text) && step.text != "MULTI-INDEX OR") continue;
        for (const auto& [other, before] : plan)
            if (other < at && before.parent == step.parent && is_loop(before.text)) return true;
    }
    return false;
}

}  // namespace

void note_statements() {
    static const int added = sqlite3_auto_extension(reinterpret_cast<void (*)()>(&watch));
    EXPECT_EQ(added, SQLITE_OK);
}

void expect_good_plans(const std::string& database_file) {
    const auto statements = Statements::all().take();
    sqlite3* database = nullptr;
    if (sqlite3_open_v2(database_file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK)
        for (const std::string& statement : statements) {
            const Plan plan = plan_of(database, statement);
            for (const auto& [number, step] : plan)
                if (is_loop(step.text) && is_walk(step.text) && is_repeated(plan, number) &&
                    !is_reference(statement, step.text))
                    ADD_FAILURE() << "“" << step.text << "” for each row of another in: " << statement;
        }
    sqlite3_close(database);
}

}  // namespace vv::world
