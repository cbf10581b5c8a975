// unit/server/program.h — the real program, run as a child process.
#pragma once

#include <chrono>
#include <string>
#include <sys/types.h>
#include <vector>

namespace vv::server {

struct Ended {
    int status = -1;  // the exit status; 128 + the signal's number when one ended it
    std::string out;
    std::string err;
};

class Program {
public:
    /// Starts `visavis WORDS…` with an empty environment but for `variables`.
    explicit Program(std::vector<std::string> words, std::vector<std::string> variables = {});
    /// Kills it when it still runs.
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    [[nodiscard]] pid_t id() const { return child_; }
    void signal(int number) const;
    /// Reads stdout up to and with a line that begins with `beginning`; that line, or nothing when the
    /// program ended.
    std::string wait_for_line(const std::string& beginning);
    /// Waits for its end.
    Ended wait();

private:
    pid_t child_ = -1;
    int out_ = -1;
    int err_ = -1;
    std::string read_;
};

/// Runs it to its end.
Ended run(std::vector<std::string> words, std::vector<std::string> variables = {});

}  // namespace vv::server
