// bench/resolution.cpp — how right and how fast "who is who" is, on data whose truth is known.
#include "resolution.h"

#include <string_view>

namespace {

constexpr const char* kUsage =
    "Usage: resolution [--answers N] [--explain | --reliability | --leave-one-out] WORLD…\n"
    "       resolution --pairs A.csv [B.csv] --key COLUMN [--ignore COLUMN]…\n"
    "       resolution --scale IDENTITIES [--seed N]";

struct Arguments {
    std::vector<std::string> paths, ignored;
    std::string key;
    int answers = 0, scale = 0, seed = 1;
    bool pairs = false, leave_one_out = false;
    vv::bench::Detail detail = vv::bench::Detail::figures;
};

Arguments read(int argc, char** argv) {
    Arguments out;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const auto value = [&] {
            if (i + 1 >= argc) vv::bench::fail(kUsage);
            return std::string(argv[++i]);
        };
        if (word == "--pairs")
            out.pairs = true;
        else if (word == "--leave-one-out")
            out.leave_one_out = true;
        else if (word == "--explain")
            out.detail = vv::bench::Detail::every_mistake;
        else if (word == "--reliability")
            out.detail = vv::bench::Detail::reliability;
        else if (word == "--key")
            out.key = value();
        else if (word == "--ignore")
            out.ignored.push_back(value());
        else if (word == "--answers")
            out.answers = std::atoi(value().c_str());
        else if (word == "--scale")
            out.scale = std::atoi(value().c_str());
        else if (word == "--seed")
            out.seed = std::atoi(value().c_str());
        else if (word.starts_with("--"))
            vv::bench::fail(kUsage);
        else
            out.paths.push_back(word);
    }
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    const auto arguments = read(argc, argv);
    if (arguments.scale > 0) {
        vv::bench::measure_scale(static_cast<std::size_t>(arguments.scale),
                                 static_cast<std::uint64_t>(arguments.seed));
        return 0;
    }
    if (arguments.paths.empty()) vv::bench::fail(kUsage);
    if (arguments.pairs)
        vv::bench::measure_pairs(arguments.paths, arguments.key, arguments.ignored);
    else if (arguments.leave_one_out)
        vv::bench::cross_validate(arguments.paths);
    else
        vv::bench::measure_worlds(arguments.paths, arguments.answers, arguments.detail);
    return 0;
}
