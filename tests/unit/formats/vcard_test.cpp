#include "formats/vcard.h"

#include "base/picture_protocol.h"
#include "formats/vcard_values.h"
#include "unit/formats/facts.h"

#include <fstream>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv::formats::testing {
namespace {

// A card whose picture never ends up in memory, however long it is.
class PictureStream final : public ByteStream {
public:
    explicit PictureStream(std::size_t lines) : lines_(lines) {}
    Result<std::string_view> next() override {
        if (at_ == 0)
            piece_ = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n";
        if (at_ > 0 && at_ <= lines_) piece_ = " " + std::string(72, 'A') + "\r\n";
        if (at_ == lines_ + 1) piece_ = "NOTE:after\r\nEND:VCARD\r\n";
        if (at_++ > lines_ + 1) return std::string_view{};
        return std::string_view(piece_);
    }

private:
    std::size_t lines_;
    std::size_t at_ = 0;
    std::string piece_;
};

std::size_t resident_kib() {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line))
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
    return 0;
}

Collected read(ByteStream& bytes) {
    Collected sink;
    Summary summary;
    Emitter out(sink, summary);
    const auto options = options_of_tests();
    EXPECT_TRUE(read_vcards(bytes, "contacts.vcf", options, out).ok());
    return sink;
}

TEST(ReadVcards, LetsAPictureOf50MbPassBy) {
    PictureStream bytes(50'000'000 / 72);
    const auto before = resident_kib();
    const auto cards = read(bytes).all<core::IdentitySeen>();
    EXPECT_LT(resident_kib(),
              before + 2 * picture::kMostBytes / 1024);  // as much is held until it is known to be more
    ASSERT_EQ(cards.size(), 1U);
    EXPECT_EQ(cards[0].attributes.note, "after");
    EXPECT_EQ(cards[0].attributes.photo_hash.size(), 64U);
}

TEST(ReadVcards, CutsALineThatIsTooLong) {
    const std::string text =
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nNOTE:" + std::string(10'000'000, 'x') + "\nEND:VCARD\n";
    ViewStream bytes(text);
    const auto cards = read(bytes).all<core::IdentitySeen>();
    ASSERT_EQ(cards.size(), 1U);
    EXPECT_EQ(cards[0].attributes.note.size(), 4'000U);
}

TEST(ReadVcards, TakesABrokenPictureTheSameWhereverPiecesAreCut) {
    const std::string text =
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ann\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAB\r\n" +
        std::string(400, 'A') + ":A\r\n\r\nNOTE:after\r\nEND:VCARD\r\n";
    ViewStream whole(text);
    const auto expected = read(whole).lines();
    for (const std::size_t piece : {1, 7, 64, 300}) {
        ViewStream bytes(text, piece);
        EXPECT_EQ(read(bytes).lines(), expected) << piece;
    }
}

TEST(ReadVcards, TakesTheOwnersOwnCardForTheOwner) {
    auto options = options_of_tests();
    options.owner_emails = {"Ann@Example.com"};
    options.owner_names = {"Ann Lee"};
    const std::string card = "BEGIN:VCARD\nFN:%\nEMAIL:ann@example.com\nEND:VCARD\n";
    const auto named = [&](const std::string& name) {
        auto text = card;
        text.replace(text.find('%'), 1, name);
        return facts_of({{"a.vcf", text}}, options);
    };
    EXPECT_EQ(named("Ann Lee").all<core::OwnerSeen>().size(), 1U);
    EXPECT_EQ(named("Bob Lee").all<core::OwnerSeen>().size(), 0U);  // who shares the address
}

TEST(CardBirthday, KnowsEveryForm) {
    const auto born = [](const char* text) {
        const auto day = card_birthday(text);
        return day ? std::to_string(day->year) + "-" + std::to_string(day->month) + "-" +
                         std::to_string(day->day)
                   : "";
    };
    EXPECT_EQ(born("1982-11-15"), "1982-11-15");
    EXPECT_EQ(born("19821115"), "1982-11-15");
    EXPECT_EQ(born("1996-10-22T14:00:00Z"), "1996-10-22");
    EXPECT_EQ(born("1604-02-29"), "0-2-29");
    EXPECT_EQ(born("--0203"), "0-2-3");
    EXPECT_EQ(born("--02-03"), "0-2-3");
    for (const char* text : {"", "1985-04", "circa 1800", "19821315", "1983-02-29", "--0230", "---15"})
        EXPECT_EQ(born(text), "") << text;
}

TEST(CardPlace, KnowsBothForms) {
    EXPECT_EQ(card_place("geo:43.6532,-79.3832;u=35"), (LatLng{43.6532, -79.3832}));
    EXPECT_EQ(card_place("43.6532;-79.3832"), (LatLng{43.6532, -79.3832}));
    for (const char* text : {"", "geo:", "here", "91,0", "1;2x"})
        EXPECT_EQ(card_place(text), std::nullopt) << text;
}

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == ',' || c == ';' || c == '\\') out += '\\';
        out += c == '\n' ? "\\n" : std::string(1, c);
    }
    return out;
}

// Folded anywhere, also inside characters, and cut anywhere: what was written is read.
RC_GTEST_PROP(ReadVcards, GivesBackTheNameThatWasWritten, ()) {
    const auto letters = rc::gen::elementOf(
        std::vector<std::string>{"a", "Z", "é", "朱", "😀", ",", ";", "\\", ":", "\"", "=", " x"});
    const auto parts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(letters));
    std::string name = "N";
    for (const auto& part : parts) name += part;
    name += ".";
    std::string line = "FN:" + escaped(name);
    std::string folded;
    const auto width = *rc::gen::inRange<std::size_t>(1, 20);
    for (std::size_t i = 0; i < line.size(); i += width)
        folded += (i == 0 ? "" : "\r\n ") + line.substr(i, width);
    const std::string text =
        "BEGIN:VCARD\r\nVERSION:4.0\r\n" + folded + "\r\nTEL:+14165550100\r\nEND:VCARD\r\n";
    ViewStream bytes(text, *rc::gen::inRange<std::size_t>(1, 40));
    const auto cards = read(bytes).all<core::IdentitySeen>();
    RC_ASSERT(cards.size() == 1U);
    RC_ASSERT(cards[0].attributes.name.full == name);
}

}  // namespace
}  // namespace vv::formats::testing
