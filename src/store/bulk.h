// store/bulk.h — one statement for many rows: stepped row by row on SQLite, sent as arrays on PostgreSQL.
//
//     Bulk insert(tx, {{"owner_id"}, {"name", Bulk::text}}, "INSERT INTO people (owner_id, name)"
//                     " SELECT owner_id, name FROM r WHERE true ON CONFLICT DO NOTHING");
//     for (…) insert.add(owner, name);
//     const auto written = insert.finish();
//
// The SQL reads its rows from the relation `r`, whose columns are the ones named. Under ON CONFLICT DO UPDATE
// no two rows of one Bulk may have the same key.
#pragma once

#include "base/ids.h"
#include "base/time.h"
#include "store/statements.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::store {

class Bulk {
public:
    enum Type { integer, real, text };
    struct Column {
        const char* name;
        Type type = integer;
    };

    /// `sql` holds no parameters of its own.
    Bulk(Tx& tx, std::initializer_list<Column> columns, std::string_view sql);
    ~Bulk();
    Bulk(const Bulk&) = delete;
    Bulk& operator=(const Bulk&) = delete;

    /// One row: a value for each column, in order. Text is copied before this returns.
    template <class... Values>
    void add(const Values&... values) {
        (put(values), ...);
        end_row();
    }
    /// Sends what is left; how many rows were changed in all.
    std::int64_t finish();

private:
    void put(std::int64_t value);
    void put(double value);
    void put(std::string_view value);
    void put(const std::string& value) { put(std::string_view(value)); }
    void put(const char* value) { put(std::string_view(value)); }
    void put(int value) { put(static_cast<std::int64_t>(value)); }
    void put(bool value) { put(static_cast<std::int64_t>(value)); }
    void put(Instant value) { put(millis(value)); }
    void put(std::nullopt_t);
    template <class Tag>
    void put(Id<Tag> value) {
        put(value.value);
    }
    template <class T>
    void put(const std::optional<T>& value) {
        value ? put(*value) : put(std::nullopt);
    }
    void end_row();
    void send_arrays();

    Dialect dialect_;
    StatementCache& cache_;
    std::shared_ptr<StatementCache::Slot> slot_;
    void* raw_ = nullptr;              // SQLite's statement
    std::vector<int> places_;          // a column's parameter in it; 0: the SQL does not use it
    std::vector<std::string> arrays_;  // PostgreSQL: a column's values as an array's text
    std::vector<Type> types_;
    std::size_t column_ = 0;
    std::size_t rows_ = 0;  // not yet sent
    std::int64_t changed_ = 0;
};

}  // namespace vv::store
