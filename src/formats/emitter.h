// formats/emitter.h — puts a parser's facts into the sink with where each was read, and counts them.
#pragma once

#include "core/facts.h"
#include "formats/options.h"

#include <string_view>
#include <utility>

namespace vv::formats {

class Emitter {
public:
    Emitter(core::FactSink& sink, Summary& summary, core::TopicSink* topics = nullptr)
        : sink_(sink), summary_(summary), topics_(topics) {}

    /// The file whose facts follow, by its path inside the archive.
    void enter(std::string_view file) { file_ = file; }

    /// `body` is one of a FactBody's: it is moved but once, and some are large.
    template <class Body>
    void emit(Body body, std::int64_t line) {
        if (!sink_.take({std::move(body), {file_, line}})) summary_.stopped = true;
    }
    void put(const core::IdentityKey& who, core::Topic topic, std::int64_t line) {
        if (topics_) topics_->take({who, std::move(topic), {file_, line}});
    }
    void count_record() { ++summary_.records; }
    /// A record that can't be read; `error` is one sentence, `excerpt` its beginning in any encoding.
    void reject(std::int64_t line, std::string error, std::string_view excerpt);

    /// True once the sink has asked to stop: the parser leaves at its next record.
    [[nodiscard]] bool stopped() const { return summary_.stopped; }

private:
    core::FactSink& sink_;
    Summary& summary_;
    core::TopicSink* topics_;
    std::string file_;
};

}  // namespace vv::formats
