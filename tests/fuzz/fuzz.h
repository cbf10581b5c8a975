// What every fuzz target needs: options, and a sink that holds each fact to what its readers rely on.
#pragma once

#include "base/picture_protocol.h"
#include "base/text.h"
#include "core/facts.h"
#include "formats/archive/parse.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vv::formats::fuzz {

inline void must_be_text(const std::string& text, std::size_t most) {
    VV_ASSERT(is_utf8(text));
    VV_ASSERT(text.size() <= most);
}

/// Aborts on a fact that is not what core/facts.h says.
class StrictSink final : public core::FactSink, public core::TopicSink {
public:
    bool take(core::Fact fact) override {
        VV_ASSERT(fact.from.line >= 0);
        std::visit([](const auto& body) { check(body); }, fact.body);
        return ++count_ < 100'000;
    }
    void take(core::TopicSeen seen) override {
        check(seen.who);
        VV_ASSERT(!seen.topic.text.empty() && seen.from.line >= 0);
        must_be_text(seen.topic.text, core::kLongestTopic);
    }

private:
    static void check(const core::IdentityKey& who) {
        VV_ASSERT(!who.key.empty());
        VV_ASSERT(is_utf8(who.key));
    }
    static void check(const core::Attributes& attributes) {
        must_be_text(attributes.name.full, 1 << 20);
        must_be_text(attributes.organisation, 1 << 20);
        must_be_text(attributes.note, 4'000);
        VV_ASSERT(attributes.emails.size() <= 200 && attributes.phones.size() <= 200 &&
                  attributes.labels.size() <= 200);
        for (const auto& email : attributes.emails) must_be_text(email, 1 << 20);
        if (attributes.at) VV_ASSERT(attributes.at->is_valid());
        if (attributes.birthday)
            VV_ASSERT(attributes.birthday->month >= 1 && attributes.birthday->month <= 12);
    }
    static void check(const core::IdentitySeen& seen) {
        check(seen.who);
        check(seen.attributes);
    }
    static void check(const core::TieDeclared& tie) { check(tie.who); }
    static void check(const core::ContactMade& contact) {
        check(contact.who);
        VV_ASSERT(contact.people >= 1);
    }
    static void check(const core::GatheringRecorded& gathering) {
        VV_ASSERT(!gathering.key.empty());
        must_be_text(gathering.title, 500);
        must_be_text(gathering.place, 500);
        if (gathering.end) VV_ASSERT(*gathering.end >= gathering.start);
        for (const auto& participant : gathering.participants) {
            check(participant.who);
            must_be_text(participant.name, 200);
        }
    }
    static void check(const core::Busy& busy) { VV_ASSERT(busy.when.end >= busy.when.start); }
    static void check(const core::VenueSeen& seen) {
        VV_ASSERT(!seen.key.empty() && !seen.venue.name.empty() && seen.venue.at.is_valid());
        must_be_text(seen.venue.name, 200);
        must_be_text(seen.venue.address, 300);
    }
    static void check(const core::PostWritten&) {}
    static void check(const core::BlockRecorded& block) { check(block.who); }
    static void check(const core::PhotoSeen& photo) {
        VV_ASSERT(photo.hash.size() == 64);
        VV_ASSERT(!photo.bytes.empty() && photo.bytes.size() <= picture::kMostBytes);
    }
    static void check(const core::OwnerUnsure& unsure) {
        for (const auto& candidate : unsure.candidates) check(candidate.key);
    }
    static void check(const core::OwnerSeen& owner) { check(owner.attributes); }
    static void check(const core::Rejected& rejected) {
        VV_ASSERT(!rejected.error.empty());
        must_be_text(rejected.excerpt, 200);
        must_be_text(rejected.error, 1'000);
    }

    std::size_t count_ = 0;
};

inline ParseOptions options(core::TopicSink* topics = nullptr) {
    ParseOptions options;
    options.now = *parse_rfc3339("2026-11-20T18:28:30Z");
    options.region = "CA";
    options.owner_emails = {"ann.lee@example.com"};
    options.owner_names = {"Ann Lee"};
    options.topics = topics;
    return options;
}

/// The bytes as one loose file of this name, through detection and whatever parser they ask for.
inline void import_file(const std::string& name, std::string_view bytes) {
    const archive::InputFile file{
        name, bytes.size(), [bytes]() -> Result<std::unique_ptr<ByteSource>> { return view_bytes(bytes); }};
    const auto archives = archive::gather("given", {file});
    VV_ASSERT(archives.ok());
    archive::Limits limits;
    limits.ratio_floor = 1 << 20;
    for (const auto& archive : *archives) {
        const auto found = archive::survey(archive, limits);
        if (!found) continue;
        for (const auto& group : found->groups) {
            StrictSink sink;
            static_cast<void>(archive::parse(archive, group, options(&sink), sink, limits));
        }
    }
}

inline std::string_view view(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

}  // namespace vv::formats::fuzz
