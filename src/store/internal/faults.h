// store/internal/faults.h — what a database's exceptions mean.
#pragma once

#include "base/result.h"

#include <exception>
#include <stdexcept>
#include <utility>

namespace vv::store {

/// A refusal of our own that travels where the database's exceptions do.
class Refusal : public std::runtime_error {
public:
    explicit Refusal(Error error) : std::runtime_error(error.detail), error_(std::move(error)) {}
    [[nodiscard]] const Error& error() const { return error_; }

private:
    Error error_;
};

enum class Trouble {
    none,           // no database error at all
    duplicate,      // a unique key
    reference,      // a foreign key
    constraint,     // another constraint: a bug of ours
    serialization,  // run the transaction again
    busy,           // another process holds the data
    full,           // no room to write
    lost,           // the database can't be reached or written
    damaged,        // what should be a database is none
    other,
};
Trouble trouble_of(const std::exception_ptr& failure);

/// The fault for the caller; what nobody can expect is logged, without parameters. Rethrows what is no
/// database error.
Error translate(const std::exception_ptr& failure);

}  // namespace vv::store
