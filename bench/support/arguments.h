// support/arguments.h — a benchmark's command line, word by word; what is wrong with it ends it with a
// sentence.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

namespace vv::bench {

[[noreturn]] inline void fail(const std::string& sentence) {
    std::cerr << sentence << "\n";
    std::exit(2);
}

class CommandLine {
public:
    CommandLine(int argc, char** argv, const char* usage) : argc_(argc), argv_(argv), usage_(usage) {}

    /// Moves to the next word; false at the end.
    bool next() {
        if (at_ + 1 >= argc_) return false;
        word_ = argv_[++at_];
        return true;
    }
    [[nodiscard]] const std::string& word() const { return word_; }

    /// What follows the word.
    std::string value() {
        if (at_ + 1 >= argc_) refuse();
        return argv_[++at_];
    }
    int number(int least) {
        const int n = std::atoi(value().c_str());
        if (n < least) fail(word_ + " wants a number of at least " + std::to_string(least) + ".");
        return n;
    }
    double real() { return std::atof(value().c_str()); }
    std::uint64_t natural() { return std::strtoull(value().c_str(), nullptr, 10); }

    /// The usage, when there is no such word.
    [[noreturn]] void refuse() const { fail(usage_); }

private:
    int argc_;
    char** argv_;
    const char* usage_;
    int at_ = 0;
    std::string word_;
};

}  // namespace vv::bench
