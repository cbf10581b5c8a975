// base/program_output.h — another program's standard output, read in pieces while it runs.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace vv {

/// Not safe to share between threads. A program that is not read to its end is killed with this object.
class ProgramOutput {
public:
    /// The program by name, as the shell finds it, and its arguments; there is no shell in between. Its input
    /// is empty. `unavailable` program.missing when there is none of that name.
    static Result<std::unique_ptr<ProgramOutput>> start(std::vector<std::string> command);
    ~ProgramOutput();
    ProgramOutput(const ProgramOutput&) = delete;
    ProgramOutput& operator=(const ProgramOutput&) = delete;

    /// Up to `size` bytes; 0 at the end.
    Result<std::size_t> read(char* buffer, std::size_t size);
    /// Waits for its end. `invalid` program.failed with the last line of its complaint when it did not
    /// succeed.
    Result<Done> finish();

private:
    ProgramOutput(std::string name, pid_t process, int output, int complaint)
        : name_(std::move(name)), process_(process), output_(output), complaint_(complaint) {}

    std::string name_;
    pid_t process_;
    int output_, complaint_;
};

}  // namespace vv
