// bench/product.h — the product as a benchmark drives it: one account in a new database, archives imported by
// the same job and asked through the same use cases as the program's commands.
#pragma once

#include "app/caller.h"
#include "app/imports.h"
#include "base/ids.h"
#include "core/accounts.h"
#include "store/database.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace vv::bench {

/// The value, or the end of the program with the error's sentence on stderr.
template <class T>
T must(Result<T> result) {
    if (result) return *std::move(result);
    std::fprintf(stderr, "%s: %s\n", result.error().code.c_str(), result.error().detail.c_str());
    std::exit(2);
}

/// A folder that goes with its owner.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class Product {
public:
    /// SQLite in a scratch folder. `account` needs no id; the time is `now` throughout.
    Product(core::Account account, Instant now);

    /// Imports a file, a zip or a folder, as `visavis import` does.
    store::imports::Report import(const std::filesystem::path& path);

    template <class Read>
    auto read(Read&& read) {
        return must(db_->read_now(std::forward<Read>(read)));
    }
    [[nodiscard]] const app::Caller& caller() const { return caller_; }

private:
    ScratchFolder folder_;
    IdSource ids_;
    app::Caller caller_;
    std::unique_ptr<store::Database> db_;
};

}  // namespace vv::bench
