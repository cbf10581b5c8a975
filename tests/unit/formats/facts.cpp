#include "unit/formats/facts.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <sstream>

namespace vv::formats::testing {
namespace {

using namespace core;

std::string key(const IdentityKey& who) {
    return std::string(to_string(who.network)) + ":" + who.key;
}

void put(std::ostream& out, const char* name, const std::string& value) {
    if (value.empty()) return;
    out << ' ' << name << "='";
    for (const char c : value) c == '\n' ? out << "\\n" : out << c;
    out << '\'';
}

void put(std::ostream& out, const char* name, const std::vector<std::string>& values) {
    for (const auto& value : values) put(out, name, value);
}

void put(std::ostream& out, const Attributes& a) {
    put(out, "name", a.name.full);
    put(out, "given", a.name.given);
    put(out, "additional", a.name.additional);
    put(out, "family", a.name.family);
    put(out, "prefix", a.name.prefix);
    put(out, "suffix", a.name.suffix);
    put(out, "nickname", a.name.nickname);
    put(out, "maiden", a.name.maiden);
    put(out, "other", a.other_names);
    put(out, "email", a.emails);
    put(out, "phone", a.phones);
    put(out, "url", a.urls);
    put(out, "handle", a.handles);
    put(out, "org", a.organisation);
    put(out, "title", a.title);
    put(out, "place", a.place);
    if (a.at) out << " at=" << a.at->lat << ',' << a.at->lng;
    if (a.birthday) out << " born=" << a.birthday->year << '-' << a.birthday->month << '-' << a.birthday->day;
    put(out, "note", a.note);
    put(out, "next step", a.next_step);
    put(out, "photo", a.photo_hash.substr(0, 8));
    put(out, "label", a.labels);
}

const char* word(TieKind kind) {
    constexpr std::array kWords = {"connected", "follows", "followed_by", "invited", "invited_by", "member"};
    return kWords.at(static_cast<std::size_t>(kind));
}
const char* word(Response response) {
    constexpr std::array kWords = {"accepted", "declined", "tentative", "none"};
    return kWords.at(static_cast<std::size_t>(response));
}
const char* word(Presence presence) {
    constexpr std::array kWords = {"physical", "video", "unknown"};
    return kWords.at(static_cast<std::size_t>(presence));
}

struct Describe {
    std::ostream& out;
    void operator()(const IdentitySeen& seen) const {
        out << "identity " << key(seen.who);
        put(out, seen.attributes);
    }
    void operator()(const TieDeclared& tie) const {
        out << "tie " << key(tie.who) << ' ' << word(tie.kind);
        if (tie.since) out << " since " << format_rfc3339(*tie.since);
    }
    void operator()(const ContactMade& made) const {
        out << "contact " << key(made.who) << ' ' << to_string(made.channel)
            << (made.direction == Direction::in ? " in " : " out ") << format_rfc3339(made.at)
            << " people=" << made.people;
    }
    void operator()(const GatheringRecorded& gathering) const {
        out << "gathering " << gathering.key;
        put(out, "title", gathering.title);
        out << ' ' << format_rfc3339(gathering.start) << '/'
            << (gathering.end ? format_rfc3339(*gathering.end) : "");
        if (gathering.all_day) out << " all-day";
        put(out, "place", gathering.place);
        if (gathering.at) out << " at=" << gathering.at->lat << ',' << gathering.at->lng;
        out << ' ' << word(gathering.presence);
        if (gathering.cancelled) out << " cancelled";
        out << " owner=" << word(gathering.owner);
        for (const auto& p : gathering.participants) {
            out << " with " << p.who.key << '(' << word(p.response) << ')';
            put(out, "name", p.name);
        }
    }
    void operator()(const Busy& busy) const {
        out << "busy " << busy.key << ' ' << format_rfc3339(busy.when.start) << '/'
            << format_rfc3339(busy.when.end);
        if (busy.days)
            out << " days " << format_date(busy.days->first) << '/' << format_date(busy.days->last);
    }
    void operator()(const VenueSeen& seen) const {
        out << "venue " << seen.key << ' ' << to_string(seen.venue.kind);
        put(out, "name", seen.venue.name);
        put(out, "address", seen.venue.address);
        out << " at=" << seen.venue.at.lat << ',' << seen.venue.at.lng << " features=" << seen.venue.features;
    }
    void operator()(const PostWritten& post) const { out << "post " << post.key; }
    void operator()(const BlockRecorded& block) const { out << "block " << key(block.who); }
    void operator()(const PhotoSeen& photo) const {
        out << "photo " << photo.hash.substr(0, 8) << ' ' << photo.bytes.size() << " bytes";
    }
    void operator()(const OwnerUnsure& unsure) const {
        out << "unsure taken='" << unsure.taken << '\'';
        for (const auto& one : unsure.candidates) {
            out << ' ' << key(one.key) << '(' << to_string(one.evidence) << ' ' << one.count << ')';
            put(out, "name", one.name);
        }
    }
    void operator()(const OwnerSeen& owner) const {
        out << "owner";
        for (const auto& k : owner.keys) out << ' ' << key(k);
        put(out, owner.attributes);
    }
    void operator()(const Rejected& rejected) const {
        out << "rejected " << rejected.error;
        put(out, "excerpt", rejected.excerpt);
    }
};

void write_zip(struct ::archive* to, const MemoryFile& file) {
    auto* entry = archive_entry_new();
    archive_entry_set_pathname(entry, file.path.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(file.bytes.size()));
    ASSERT_EQ(archive_write_header(to, entry), ARCHIVE_OK) << archive_error_string(to);
    ASSERT_EQ(archive_write_data(to, file.bytes.data(), file.bytes.size()),
              static_cast<la_ssize_t>(file.bytes.size()));
    archive_entry_free(entry);
}

}  // namespace

std::string describe(const Fact& fact) {
    std::ostringstream out;
    std::visit(Describe{out}, fact.body);
    out << " @" << fact.from.file << ':' << fact.from.line;
    return out.str();
}

std::vector<std::string> Collected::lines() const {
    std::vector<std::string> out;
    for (const auto& fact : facts) out.push_back(describe(fact));
    return out;
}

std::vector<std::string> Collected::topic_lines() const {
    std::vector<std::string> out;
    for (const auto& seen : topics)
        out.push_back("topic " + key(seen.who) + " " + std::string(to_string(seen.topic.kind)) + " '" +
                      seen.topic.text + "' @" + seen.from.file + ":" + std::to_string(seen.from.line));
    return out;
}

ParseOptions options_of_tests() {
    ParseOptions options;
    options.now = *parse_rfc3339("2026-11-20T18:28:30Z");
    options.region = "CA";
    options.zone = *Zone::find("America/Toronto");
    return options;
}

std::vector<archive::InputFile> inputs(const std::vector<MemoryFile>& files) {
    std::vector<archive::InputFile> out;
    for (const auto& file : files)
        out.push_back({file.path, file.bytes.size(),
                       [&file]() -> Result<std::unique_ptr<ByteSource>> { return view_bytes(file.bytes); }});
    return out;
}

archive::Archive loose(const std::vector<MemoryFile>& files) {
    return {"folder", inputs(files), false};
}

archive::Archive packed(const MemoryFile& file) {
    auto source = [&file]() -> Result<std::unique_ptr<ByteSource>> { return view_bytes(file.bytes); };
    return {file.path, {{file.path, file.bytes.size(), source}}, true};
}

std::string zip(const std::vector<MemoryFile>& files) {
    std::string bytes(1 << 16, '\0');
    for (const auto& file : files) bytes.resize(bytes.size() + file.bytes.size() + 1'000);
    std::size_t used = 0;
    auto* to = archive_write_new();
    archive_write_set_format_zip(to);
    archive_write_set_options(to, "zip:compression=deflate");
    EXPECT_EQ(archive_write_open_memory(to, bytes.data(), bytes.size(), &used), ARCHIVE_OK);
    for (const auto& file : files) write_zip(to, file);
    EXPECT_EQ(archive_write_close(to), ARCHIVE_OK) << archive_error_string(to);
    archive_write_free(to);
    bytes.resize(used);
    return bytes;
}

std::string report(const archive::Archive& archive, const ParseOptions& options) {
    std::ostringstream out;
    const auto found = archive::survey(archive);
    if (!found) {
        out << "error " << found.error().code << ' ' << found.error().detail << '\n';
        return out.str();
    }
    for (const auto& unsupported : found->unsupported)
        out << "unsupported " << unsupported.file << ' '
            << (unsupported.kind ? archive::to_string(*unsupported.kind) : std::string_view("null")) << ' '
            << unsupported.error << '\n';
    for (const auto& group : found->groups) {
        out << "== " << archive::to_string(group.kind) << '\n';
        Collected sink;
        ParseOptions with_topics = options;
        with_topics.topics = &sink;
        const auto parsed = archive::parse(archive, group, with_topics, sink);
        for (const auto& line : sink.lines()) out << line << '\n';
        for (const auto& line : sink.topic_lines()) out << line << '\n';
        if (!parsed) out << "error " << parsed.error().code << ' ' << parsed.error().detail << '\n';
    }
    return out.str();
}

Collected facts_of(const std::vector<MemoryFile>& files, const ParseOptions& options) {
    Collected sink;
    const auto archive = loose(files);
    const auto found = archive::survey(archive);
    EXPECT_TRUE(found.ok());
    if (!found.ok()) return sink;
    ParseOptions with_topics = options;
    with_topics.topics = &sink;
    for (const auto& group : found->groups)
        EXPECT_TRUE(archive::parse(archive, group, with_topics, sink).ok());
    return sink;
}

}  // namespace vv::formats::testing
