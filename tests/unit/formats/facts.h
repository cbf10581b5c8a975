// Facts as one line of text each, for golden files and for tests that say what they expect in words.
#pragma once

#include "base/files.h"
#include "formats/archive/parse.h"

#include <string>
#include <vector>

namespace vv::formats::testing {

/// "identity linkedin:theogrant name='Theo Grant' org='Contoso, Ltd.' @Connections.csv:5"
std::string describe(const core::Fact& fact);

/// Keeps the facts, and topics apart; asks to stop after `most` facts.
class Collected final : public core::FactSink, public core::TopicSink {
public:
    explicit Collected(std::size_t most = static_cast<std::size_t>(-1)) : most_(most) {}
    bool take(core::Fact fact) override {
        facts.push_back(std::move(fact));
        return facts.size() < most_;
    }
    void take(core::TopicSeen seen) override { topics.push_back(std::move(seen)); }
    [[nodiscard]] std::vector<std::string> lines() const;
    /// "topic ning:0bob wrote 'Small worlds' @ning-blogs.json:1"
    [[nodiscard]] std::vector<std::string> topic_lines() const;
    template <class Body>
    [[nodiscard]] std::vector<Body> all() const {
        std::vector<Body> out;
        for (const auto& fact : facts)
            if (const auto* body = std::get_if<Body>(&fact.body)) out.push_back(*body);
        return out;
    }

    std::vector<core::Fact> facts;
    std::vector<core::TopicSeen> topics;

private:
    std::size_t most_;
};

/// The time at which all invented archives end.
ParseOptions options_of_tests();

/// Files held in memory, as an owner might have given them. The files must outlive what is made of them.
struct MemoryFile {
    std::string path;
    std::string bytes;
};
std::vector<archive::InputFile> inputs(const std::vector<MemoryFile>& files);
archive::Archive loose(const std::vector<MemoryFile>& files);
/// The one archive that these bytes are.
archive::Archive packed(const MemoryFile& file);

/// A zip of these files, made with libarchive.
std::string zip(const std::vector<MemoryFile>& files);

/// Everything that comes out of one archive: its facts, then "unsupported …" lines and errors, in words.
std::string report(const archive::Archive& archive, const ParseOptions& options = options_of_tests());

/// Survey and parse of loose files, expecting no error.
Collected facts_of(const std::vector<MemoryFile>& files, const ParseOptions& options = options_of_tests());

}  // namespace vv::formats::testing
