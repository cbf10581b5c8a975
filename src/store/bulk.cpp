#include "store/bulk.h"

#include <algorithm>
#include <charconv>
#include <soci/sqlite3/soci-sqlite3.h>

namespace vv::store {
namespace {

/// PostgreSQL: rows in one message. More save no round trips worth having and cost memory.
constexpr std::size_t kRowsSent = 4000;

constexpr const char* kArrayType[] = {"bigint[]", "double precision[]", "text[]"};

sqlite_api::sqlite3_stmt* statement(void* raw) {
    return static_cast<sqlite_api::sqlite3_stmt*>(raw);
}

bool is_name_part(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The columns of `r` in an expression, as "r.name" or plainly, become parameters of the same name; what
/// stands in quotes or belongs to another table stays.
std::string with_parameters(std::string_view text, const std::vector<std::string_view>& names,
                            bool is_qualified) {
    std::string out;
    bool in_quotes = false;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (!in_quotes && end < text.size() && is_name_part(text[end])) ++end;
        if (end == i) {
            in_quotes = in_quotes != (text[i] == '\'');
            out += text[i++];
            continue;
        }
        std::string_view word = text.substr(i, end - i);
        const bool is_others = out.ends_with('.');
        const bool is_relation = word == "r" && text.substr(end).starts_with(".");
        if (is_relation) {
            const std::size_t from = ++end;
            while (end < text.size() && is_name_part(text[end])) ++end;
            word = text.substr(from, end - from);
        }
        const bool is_column =
            !is_others && (is_relation || (!is_qualified && std::ranges::count(names, word) != 0));
        out += (is_column ? ":" : "") + std::string(word);
        i = end;
    }
    return out;
}

/// SQLite's one row needs no relation where nothing is joined to it: "SELECT a, b FROM r" becomes
/// "VALUES (:a, :b)", "SET a = r.a FROM r WHERE id = r.id" becomes "SET a = :a WHERE id = :id". A statement
/// that reads from anything may touch many rows, so SQLite keeps a copy of each page that it changes.
std::optional<std::string> of_one_row(const std::vector<std::string_view>& names, std::string_view sql) {
    constexpr std::string_view kSelect = " SELECT ";
    constexpr std::string_view kFrom = " FROM r";
    const auto from = sql.find(kFrom);
    if (from == std::string_view::npos) return std::nullopt;
    std::string_view rest = sql.substr(from + kFrom.size());
    if (sql.starts_with("UPDATE ") && rest.starts_with(" WHERE "))
        return with_parameters(sql.substr(0, from), names, true) + with_parameters(rest, names, true);
    const auto select = sql.find(kSelect);
    if (select > from || !(rest.empty() || rest.starts_with(" WHERE true"))) return std::nullopt;
    if (!rest.empty()) rest.remove_prefix(std::string_view(" WHERE true").size());
    const auto values = sql.substr(select + kSelect.size(), from - select - kSelect.size());
    return std::string(sql.substr(0, select)) + " VALUES (" + with_parameters(values, names, false) + ")" +
           std::string(rest);
}

/// The relation `r` in front of the statement.
std::string with_rows(Dialect dialect, std::initializer_list<Bulk::Column> columns, std::string_view sql) {
    if (dialect == Dialect::sqlite) {
        std::vector<std::string_view> all;
        for (const Bulk::Column& column : columns) all.emplace_back(column.name);
        if (auto plain = of_one_row(all, sql)) return *std::move(plain);
    }
    std::string names;
    std::string values;
    for (const Bulk::Column& column : columns) {
        const char* comma = names.empty() ? "" : ", ";
        names += std::string(comma) + column.name;
        values += dialect == Dialect::sqlite
                      ? std::string(comma) + ":" + column.name
                      : std::string(comma) + "CAST(:" + column.name + " AS " + kArrayType[column.type] + ")";
    }
    const std::string rows =
        dialect == Dialect::sqlite ? "VALUES (" + values + ")" : "SELECT * FROM unnest(" + values + ")";
    return "WITH r (" + names + ") AS (" + rows + ") " + std::string(sql);
}

/// Throws as SOCI would, so that the database's one translation of errors holds.
void check(sqlite_api::sqlite3_stmt* stmt, int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    sqlite_api::sqlite3* db = sqlite_api::sqlite3_db_handle(stmt);
    const soci::sqlite3_soci_error error(sqlite_api::sqlite3_errmsg(db), code);
    sqlite_api::sqlite3_reset(stmt);
    throw error;
}

}  // namespace

Bulk::Bulk(Tx& tx, std::initializer_list<Column> columns, std::string_view sql)
    : dialect_(tx.dialect()), cache_(tx.statements()), slot_(cache_.take(with_rows(dialect_, columns, sql))) {
    for (const Column& column : columns) types_.push_back(column.type);
    if (dialect_ == Dialect::sqlite) {
        raw_ = static_cast<soci::sqlite3_statement_backend*>(slot_->statement.get_backend())->stmt_;
        for (const Column& column : columns)
            places_.push_back(sqlite_api::sqlite3_bind_parameter_index(
                statement(raw_), (std::string(":") + column.name).c_str()));
    } else {
        arrays_.assign(types_.size(), "{");
    }
}

Bulk::~Bulk() {
    cache_.give_back(*slot_);
}

void Bulk::put(std::int64_t value) {
    const std::size_t column = column_++;
    if (raw_) {
        const int at = places_[column];
        if (at != 0) check(statement(raw_), sqlite_api::sqlite3_bind_int64(statement(raw_), at, value));
        return;
    }
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    arrays_[column].append(digits, end);
}

void Bulk::put(double value) {
    const std::size_t column = column_++;
    if (raw_) {
        const int at = places_[column];
        if (at != 0) check(statement(raw_), sqlite_api::sqlite3_bind_double(statement(raw_), at, value));
        return;
    }
    char digits[40];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    arrays_[column].append(digits, end);
}

void Bulk::put(std::string_view value) {
    const std::size_t column = column_++;
    if (raw_) {
        const int at = places_[column];
        if (at != 0)
            check(statement(raw_), sqlite_api::sqlite3_bind_text(statement(raw_), at, value.data(),
                                                                 static_cast<int>(value.size()),
                                                                 nullptr /* stepped before it goes */));
        return;
    }
    std::string& array = arrays_[column];
    array += '"';
    for (const char c : value) {
        if (c == '\0') continue;  // PostgreSQL's text can't hold it
        if (c == '"' || c == '\\') array += '\\';
        array += c;
    }
    array += '"';
}

void Bulk::put(std::nullopt_t) {
    const std::size_t column = column_++;
    if (raw_) {
        const int at = places_[column];
        if (at != 0) check(statement(raw_), sqlite_api::sqlite3_bind_null(statement(raw_), at));
        return;
    }
    arrays_[column] += "NULL";
}

void Bulk::end_row() {
    VV_ASSERT(column_ == types_.size());
    column_ = 0;
    if (raw_) {
        check(statement(raw_), sqlite_api::sqlite3_step(statement(raw_)));
        changed_ += sqlite_api::sqlite3_changes(sqlite_api::sqlite3_db_handle(statement(raw_)));
        check(statement(raw_), sqlite_api::sqlite3_reset(statement(raw_)));
        return;
    }
    for (std::string& array : arrays_) array += ',';
    if (++rows_ == kRowsSent) send_arrays();
}

void Bulk::send_arrays() {
    if (rows_ == 0) return;
    for (std::string& array : arrays_) array.back() = '}';
    soci::statement& sql = slot_->statement;
    for (const std::string& array : arrays_) sql.exchange(soci::use(array));
    sql.define_and_bind();
    sql.execute(true);
    changed_ += sql.get_affected_rows();
    sql.bind_clean_up();
    for (std::string& array : arrays_) array.assign("{");
    rows_ = 0;
}

std::int64_t Bulk::finish() {
    if (!raw_) send_arrays();
    return changed_;
}

}  // namespace vv::store
