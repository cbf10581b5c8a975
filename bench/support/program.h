// support/program.h — the real program, run and measured as a child process.
//
// Whatever goes wrong ends the benchmark with a sentence: a figure from a program that failed is none.
#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

namespace vv::bench {

[[noreturn]] void fail(const std::string& sentence);

/// build/release/visavis, beside the folder of the benchmarks.
std::string program_path();

/// A folder of this benchmark's own beside it, on the disk that the build is on; removed at the end.
class Folder {
public:
    explicit Folder(const std::string& name);
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

struct Ended {
    int status = -1;
    double seconds = 0;      // from its start to its end
    double cpu_seconds = 0;  // of all its threads
    double peak_memory = 0;  // MB, the most that was resident
    std::string out;
};

/// Runs a program to its end with `input` on its stdin; its stderr is ours.
Ended run(std::vector<std::string> words, const std::string& input = {});
/// `visavis --data DATA WORDS…`; one that refuses ends the benchmark.
Ended run_visavis(const std::string& data, std::vector<std::string> words, const std::string& input = {});

/// `visavis serve` on a free loopback port, for as long as it lives.
class RunningServer {
public:
    RunningServer(const std::string& data, const std::string& clock);
    /// Stops it as an operator does, and waits.
    ~RunningServer();
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    [[nodiscard]] const std::string& url() const { return url_; }
    /// From its start until it said that it is ready.
    [[nodiscard]] double start_seconds() const { return start_seconds_; }
    /// MB now.
    [[nodiscard]] double resident_memory() const;
    /// That all its threads have spent so far, whatever else the machine does.
    [[nodiscard]] double cpu_milliseconds() const;

private:
    pid_t child_ = -1;
    int out_ = -1;
    std::string url_;
    double start_seconds_ = 0;
};

}  // namespace vv::bench
