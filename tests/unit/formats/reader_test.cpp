#include "formats/archive/reader.h"

#include "formats/hash.h"
#include "unit/formats/facts.h"

#include <gtest/gtest.h>

namespace vv::formats::testing {
namespace {

using archive::Limits;

struct Seen final : archive::Visitor {
    Result<archive::Step> visit(archive::Entry& entry) override {
        std::string text;
        while (true) {
            TRY(const auto piece, entry.next());
            if (piece.empty()) break;
            if (text.size() < 100) text += piece.substr(0, 100);
        }
        files.push_back(entry.path() + "=" + text);
        ids.push_back(entry.id());
        return archive::Step::go_on;
    }
    void unreadable(archive::Unreadable file) override { left.push_back(file.path + ": " + file.error); }

    std::vector<std::string> files;
    std::vector<archive::EntryId> ids;
    std::vector<std::string> left;
};

// The files of a packed archive, or the error's code and detail.
std::string code_of(const MemoryFile& file, Seen& seen, const Limits& limits = {}) {
    const auto done = walk(packed(file), limits, seen);
    return done ? "" : done.error().code + " " + done.error().detail;
}

using Names = std::vector<std::string>;

TEST(Walk, GivesEveryFileOfAZipAndOfAZipInIt) {
    const MemoryFile inner{"inner.zip", zip({{"c/d.txt", "D"}})};
    const MemoryFile outer{"outer.zip", zip({{"a.txt", "A"}, inner, {"Zoë.txt", "Z"}})};
    Seen seen;
    EXPECT_EQ(code_of(outer, seen), "");
    EXPECT_EQ(seen.files, (Names{"a.txt=A", "inner.zip/c/d.txt=D", "Zoë.txt=Z"}));
}

TEST(Walk, GivesOnlyTheFilesThatAreWanted) {
    const MemoryFile inner{"inner.zip", zip({{"c.txt", "C"}, {"d.txt", "D"}})};
    const MemoryFile outer{"outer.zip", zip({{"a.txt", "A"}, inner, {"b.txt", "B"}})};
    Seen all;
    ASSERT_EQ(code_of(outer, all), "");
    Seen some;
    const std::vector wanted = {all.ids[2], all.ids[3]};
    ASSERT_TRUE(walk(packed(outer), Limits{}, wanted, some).ok());
    EXPECT_EQ(some.files, (Names{"inner.zip/d.txt=D", "b.txt=B"}));
}

TEST(Walk, RefusesZipsNestedTwoDeepAndReadsTheRest) {
    const MemoryFile deepest{"deepest.zip", zip({{"x.txt", "X"}})};
    const MemoryFile inner{"inner.zip", zip({deepest, {"c.txt", "C"}})};
    const MemoryFile outer{"outer.zip", zip({inner})};
    Seen seen;
    EXPECT_EQ(code_of(outer, seen), "");
    EXPECT_EQ(seen.files, (Names{"inner.zip/c.txt=C"}));
    ASSERT_EQ(seen.left.size(), 1U);
    EXPECT_EQ(seen.left[0], "inner.zip/deepest.zip: zips are nested too deep; unpack the outer one first.");
}

TEST(Walk, RefusesAnArchiveWhoseNamesLeadOutOfIt) {
    for (const char* path : {"../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\Windows\\x", "..\\..\\x"}) {
        const MemoryFile file{"evil.zip", zip({{"fine.txt", "1"}, {path, "root"}})};
        Seen seen;
        const auto code = code_of(file, seen);
        EXPECT_TRUE(code.starts_with("archive.path evil.zip: the name '")) << path << code;
    }
}

TEST(Walk, RefusesABombByItsRatioWithoutUnpackingAll) {
    const MemoryFile file{"bomb.zip", zip({{"zeros.csv", std::string(64 << 20, '\0')}})};
    Seen seen;
    const auto code = code_of(file, seen);
    EXPECT_EQ(
        code,
        "archive.bomb bomb.zip: zeros.csv: it unpacks to more than 100 times its packed size; the archive "
        "was not read.");
    const MemoryFile outer{"outer.zip", zip({file})};
    EXPECT_TRUE(code_of(outer, seen).starts_with("archive.bomb outer.zip/bomb.zip"));
}

std::string little(std::uint64_t number, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(number >> (8 * i) & 0xff);
    return text;
}

std::uint32_t crc_of(std::string_view text) {
    std::uint32_t crc = ~0U;
    for (const char c : text) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xedb8'8320U : 0U);
    }
    return ~crc;
}

// Files that share one file's bytes: each one's header hides those after it in a field of its own.
std::string overlapping_zip(const std::string& content, unsigned files) {
    const std::string sizes =
        little(crc_of(content), 4) + little(content.size(), 4) + little(content.size(), 4);
    const unsigned header = 30 + 8 + 4;
    std::string local, list;
    for (unsigned i = 0; i < files; ++i) {
        const unsigned after = (files - 1 - i) * header;
        const std::string name = std::to_string(1000 + i) + ".txt";
        const std::string common =
            little(20, 2) + little(0, 4) + little(0x5c21'0000, 4) + sizes + little(8, 2);
        local += "PK\x03\x04" + common + little(4 + after, 2) + name + little(0x9999, 2) + little(after, 2);
        list += "PK\x01\x02" + little(20, 2) + common + std::string(12, '\0') + little(i * header, 4) + name;
    }
    const std::size_t at = local.size() + content.size();
    return local + content + list + "PK\x05\x06" + little(0, 4) + little(files, 2) + little(files, 2) +
           little(list.size(), 4) + little(at, 4) + little(0, 2);
}

TEST(Walk, RefusesManyFilesOfTheSameBytes) {
    const MemoryFile file{"shared.zip", overlapping_zip(std::string(40'000, 'x'), 1'000)};
    Limits limits;
    Seen seen;
    EXPECT_EQ(code_of(file, seen, limits), "") << "so few bytes are no matter";
    EXPECT_EQ(seen.files.size(), 1'000U);
    limits.whole_floor = 10'000'000;
    EXPECT_EQ(
        code_of(file, seen, limits),
        "archive.bomb shared.zip: 1508.txt: it unpacks to more than 100 times the archive's size in all; "
        "the archive was not read.");
}

TEST(Walk, HoldsEachOfItsLimits) {
    std::string noise;
    for (unsigned i = 0, x = 1; i < 200'000; ++i, x = x * 1'664'525 + 1'013'904'223)
        noise += static_cast<char>(x >> 24);
    const MemoryFile file{"big.zip", zip({{"a.bin", noise}, {"b.bin", noise}, {"deep/er/c.txt", "C"}})};
    const auto with = [&](auto change) {
        Limits limits;
        change(limits);
        Seen seen;
        auto code = code_of(file, seen, limits);
        return code.empty() && !seen.left.empty() ? seen.left[0] : code;
    };
    EXPECT_EQ(with([](Limits&) {}), "");
    EXPECT_TRUE(with([](Limits& l) { l.entry_bytes = 100'000; }).starts_with("archive.bomb big.zip: a.bin"));
    EXPECT_TRUE(with([](Limits& l) { l.total_bytes = 300'000; }).starts_with("archive.bomb big.zip: b.bin"));
    EXPECT_TRUE(with([](Limits& l) { l.entries = 2; }).starts_with("archive.too_many_files big.zip"));
    EXPECT_TRUE(
        with([](Limits& l) { l.directory_bytes = 100; }).starts_with("archive.too_many_files big.zip"));
    EXPECT_EQ(with([](Limits& l) { l.path_depth = 2; }),
              "deep/er/c.txt: it lies in too many folders; it was left out.");
    EXPECT_EQ(with([](Limits& l) { l.path_bytes = 6; }),
              "deep/er/c.txt: its name is too long; it was left out.");
}

TEST(Walk, TellsATruncatedZipFromAWholeOne) {
    const auto whole = zip({{"a.txt", std::string(10'000, 'a')}, {"b.txt", "B"}});
    for (const std::size_t size : {whole.size() - 1, whole.size() - 30, whole.size() / 2, std::size_t{30}}) {
        const MemoryFile file{"cut.zip", whole.substr(0, size)};
        Seen seen;
        EXPECT_TRUE(code_of(file, seen).starts_with("archive.damaged cut.zip")) << size;
    }
}

TEST(Walk, ReadsNamesInTheCodePageOfDos) {
    auto bytes = zip({{"Zoe.txt", "Z"}});
    for (auto at = bytes.find("Zoe.txt"); at != std::string::npos; at = bytes.find("Zoe.txt", at))
        bytes[at + 2] = '\x89';
    Seen seen;
    EXPECT_EQ(code_of({"dos.zip", bytes}, seen), "");
    EXPECT_EQ(seen.files, (Names{"Zoë.txt=Z"}));
}

TEST(Walk, LeavesOutEncryptedFiles) {
    auto bytes = zip({{"secret.csv", "S"}, {"open.csv", "O"}});
    // Bit 0 of the flags, in the local header and in the directory.
    bytes[6] = static_cast<char>(bytes[6] | 1);
    const auto directory = bytes.find("PK\x01\x02");
    bytes[directory + 8] = static_cast<char>(bytes[directory + 8] | 1);
    Seen seen;
    EXPECT_EQ(code_of({"secret.zip", bytes}, seen), "");
    EXPECT_EQ(seen.files, (Names{"open.csv=O"}));
    EXPECT_EQ(seen.left, (Names{"secret.csv: it is encrypted; pack it again without a password."}));
}

TEST(Walk, LeavesOutLinks) {
    auto bytes = zip({{"link", "/etc/passwd"}, {"open.csv", "O"}});
    const auto directory = bytes.find("PK\x01\x02");
    bytes[directory + 41] = '\xa1';  // external attributes: a symbolic link of Unix
    bytes[directory + 40] = '\xff';
    Seen seen;
    EXPECT_EQ(code_of({"link.zip", bytes}, seen), "");
    EXPECT_EQ(seen.files, (Names{"open.csv=O"}));
    EXPECT_EQ(seen.left, (Names{"link: it is a link or a device, not a file; it was left out."}));
}

TEST(Gather, TakesEachPackedFileForAnArchiveAndTheOthersTogether) {
    const std::vector<MemoryFile> files = {
        {"a.vcf", "BEGIN:VCARD"}, {"sub/b.zip", zip({{"x", "X"}})}, {"c.csv", "1,2"}, {"e", ""}};
    const auto archives = archive::gather("folder", inputs(files));
    ASSERT_TRUE(archives.ok());
    ASSERT_EQ(archives->size(), 2U);
    EXPECT_EQ((*archives)[0].name, "folder");
    EXPECT_EQ((*archives)[0].files.size(), 3U);
    EXPECT_EQ((*archives)[1].name, "sub/b.zip");
    EXPECT_TRUE((*archives)[1].packed);
}

// Notes what it sees: "id:bytes." for a file that was read to its end.
class Notes final : public archive::Witness {
public:
    void begin(archive::EntryId file) override { text += std::to_string(file.outer) + ":"; }
    void see(std::string_view piece) override { text += piece; }
    void end() override { text += "."; }
    std::string text;
};

// Reads the first file to its end, leaves the second, and the third after a piece.
class Leaving final : public archive::Visitor {
public:
    Result<archive::Step> visit(archive::Entry& entry) override {
        const int file = files_++;
        while (file != 1) {
            TRY(const auto piece, entry.next());
            if (piece.empty() || file == 2) break;
        }
        return archive::Step::go_on;
    }
    void unreadable(archive::Unreadable) override {}

private:
    int files_ = 0;
};

TEST(Walk, LetsAWitnessSeeWhatItsVisitorReads) {
    const std::vector<MemoryFile> files = {{"a", "AA"}, {"b", "BB"}, {"c", "CC"}};
    const MemoryFile zipped{"d.zip", zip({{"a", "AA"}, {"b", "BB"}, {"c", "CC"}})};
    for (auto archive : {loose(files), packed(zipped)}) {
        Notes notes;
        Leaving leaving;
        archive.witness = &notes;
        ASSERT_TRUE(archive::walk(archive, {}, leaving).ok());
        EXPECT_EQ(notes.text, "0:AA.1:2:CC");
    }
}

TEST(Survey, CountsTheFilesThatCouldBeRead) {
    const std::vector<MemoryFile> files = {{"a.vcf", "BEGIN:VCARD\n"},
                                           {"b.ics", "BEGIN:VCALENDAR\n"},
                                           {"c.jpg", "\xff\xd8\xff"},
                                           {"d.vcf", "BEGIN:VCARD\n"}};
    Limits limits;
    limits.readable = 3;
    EXPECT_TRUE(archive::survey(loose(files), limits).ok());
    limits.readable = 2;
    const auto found = archive::survey(loose(files), limits);
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().code, "archive.too_many_files");
    EXPECT_EQ(found.error().detail.substr(found.error().detail.find(": ")),
              ": it holds more than 2 files that could be read; give it in several parts.");
}

TEST(Hashes, AreNewOnce) {
    HashSet64 seen;
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(seen.insert(0), round == 0);
        for (std::int64_t i = 0; i < 5'000; ++i) {
            EXPECT_EQ(seen.insert(Hash64().add(i).value()), round == 0);
            EXPECT_EQ(seen.insert(static_cast<std::uint64_t>(i + 1) << 40),
                      round == 0);  // all meet in one slot
        }
    }
}

TEST(Parse, StopsWhenTheSinkAsks) {
    const std::vector<MemoryFile> files = {
        {"a.vcf", "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n"},
        {"b.vcf", "BEGIN:VCARD\nFN:C\nEND:VCARD\n"}};
    const auto archive = loose(files);
    const auto found = archive::survey(archive);
    Collected sink(1);
    const auto parsed = archive::parse(archive, found->groups.at(0), options_of_tests(), sink);
    ASSERT_TRUE(parsed.ok());
    EXPECT_TRUE(parsed->stopped);
    EXPECT_EQ(sink.facts.size(), 1U);
}

TEST(Parse, TellsHowFarItIs) {
    const std::vector<MemoryFile> files = {{"a.vcf", "BEGIN:VCARD\nFN:A\nTEL:1\nEND:VCARD\n"}};
    const auto archive = loose(files);
    const auto found = archive::survey(archive);
    auto options = options_of_tests();
    std::uint64_t told = 0;
    options.progress = [&](std::uint64_t bytes) { told = bytes; };
    Collected sink;
    ASSERT_TRUE(archive::parse(archive, found->groups.at(0), options, sink).ok());
    EXPECT_EQ(told, found->groups[0].bytes);
}

}  // namespace
}  // namespace vv::formats::testing
