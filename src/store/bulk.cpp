#include "store/bulk.h"

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

/// SQLite's one row needs no relation where it is taken as it is: "SELECT a, b FROM r WHERE true" becomes
/// "VALUES (:a, :b)", which takes half the time.
std::optional<std::string> as_values(const std::string& names, const std::string& values,
                                     std::string_view sql) {
    const std::string taken = "SELECT " + names + " FROM r WHERE true";
    const auto at = sql.find(taken);
    if (at == std::string_view::npos || sql.find(" r ", at + taken.size()) != std::string_view::npos)
        return std::nullopt;
    return std::string(sql).replace(at, taken.size(), "VALUES (" + values + ")");
}

/// The relation `r` in front of the statement.
std::string with_rows(Dialect dialect, std::initializer_list<Bulk::Column> columns, std::string_view sql) {
    std::string names;
    std::string values;
    for (const Bulk::Column& column : columns) {
        const char* comma = names.empty() ? "" : ", ";
        names += std::string(comma) + column.name;
        values += dialect == Dialect::sqlite
                      ? std::string(comma) + ":" + column.name
                      : std::string(comma) + "CAST(:" + column.name + " AS " + kArrayType[column.type] + ")";
    }
    if (dialect == Dialect::sqlite)
        if (auto plain = as_values(names, values, sql)) return *std::move(plain);
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
    if (dialect_ == Dialect::sqlite)
        raw_ = static_cast<soci::sqlite3_statement_backend*>(slot_->statement.get_backend())->stmt_;
    else
        arrays_.assign(types_.size(), "{");
}

Bulk::~Bulk() {
    cache_.give_back(*slot_);
}

void Bulk::put(std::int64_t value) {
    const std::size_t column = column_++;
    if (raw_)
        return check(statement(raw_),
                     sqlite_api::sqlite3_bind_int64(statement(raw_), static_cast<int>(column + 1), value));
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    arrays_[column].append(digits, end);
}

void Bulk::put(double value) {
    const std::size_t column = column_++;
    if (raw_)
        return check(statement(raw_),
                     sqlite_api::sqlite3_bind_double(statement(raw_), static_cast<int>(column + 1), value));
    char digits[40];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    arrays_[column].append(digits, end);
}

void Bulk::put(std::string_view value) {
    const std::size_t column = column_++;
    if (raw_)
        return check(statement(raw_),
                     sqlite_api::sqlite3_bind_text(statement(raw_), static_cast<int>(column + 1),
                                                   value.data(), static_cast<int>(value.size()),
                                                   nullptr /* stepped before it goes */));
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
    if (raw_)
        return check(statement(raw_),
                     sqlite_api::sqlite3_bind_null(statement(raw_), static_cast<int>(column + 1)));
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
