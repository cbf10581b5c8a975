// Photos in address books: made small, kept with the person, gone with the import.
#include "app/photos.h"

#include "base/crypto.h"
#include "jobs/import_archive.h"
#include "world/databases.h"
#include "world/imports.h"

#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace vv::jobs {
namespace {

std::string picture(const std::string& name) {
    std::ifstream in(std::string(VV_TEST_DATA) + "/pictures/" + name, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// A card as address books write it, its photo in base64.
std::string card(const std::string& name, const std::string& bytes) {
    std::string text = base64url(bytes);
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
    return "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:" + name + "\r\nFN:" + name +
           "\r\nPHOTO;ENCODING=b;TYPE=JPEG:" + text + "\r\nEND:VCARD\r\n";
}

class Photos : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        importer_ = std::make_unique<world::Importer>(db());
        importer_->pictures = VV_PICTURE;
    }
    [[nodiscard]] world::Importer& importer() { return *importer_; }
    app::Import import(const std::string& name, const std::string& cards) {
        world::write_file(folder_.path() + "/" + name, cards);
        return importer().import(folder_.path() + "/" + name);
    }
    core::Person person(const std::string& name) {
        app::PeopleWanted wanted;
        wanted.query = name;
        const auto page =
            db().read_now([&](store::Tx& tx) { return app::list_people(tx, importer().caller(), wanted); });
        EXPECT_TRUE(page && page->people.size() == 1) << name;
        return page && !page->people.empty() ? page->people.front() : core::Person{};
    }
    std::string photo(const core::Person& of) {
        const auto found =
            db().read_now([&](store::Tx& tx) { return app::person_photo(tx, importer().caller(), of.id); });
        return found ? found->jpeg : found.error().code;
    }

private:
    world::TempFolder folder_;
    std::unique_ptr<world::Importer> importer_;
};
VV_ON_EACH_DATABASE(Photos);

TEST_P(Photos, OfAnAddressBookAreMadeSmallAndGoWithTheImport) {
    const std::string face = picture("face.jpg");
    const auto done = import("cards.vcf", card("Ann Lee", face) + card("Bob Ray", face));
    EXPECT_EQ(done.report->lines.at(0).rejected, 0);
    EXPECT_EQ(importer().count("photos"), 1) << "one picture is kept once";
    const auto ann = person("Ann Lee");
    EXPECT_EQ(ann.photo_hash, sha256_hex(face));
    EXPECT_TRUE(photo(ann).starts_with("\xff\xd8"));
    EXPECT_LT(photo(ann).size(), face.size());
    EXPECT_EQ(photo(ann).find("Taken at"), std::string::npos);
    ASSERT_TRUE(importer().take_out(done.id));
    EXPECT_EQ(importer().count("photos"), 0);
}

TEST_P(Photos, ThatAreNoneLeaveTheirCardsInAndAreToldClearly) {
    const auto done =
        import("cards.vcf", card("Ann Lee", picture("cut.jpg")) + card("Bob Ray", picture("bomb.png")) +
                                card("Cee Day", picture("drawing.svg")) +
                                card("Dee Fox", std::string(12 << 20, 'x')) +
                                card("Eve Orr", picture("also_a_zip.jpg")));
    EXPECT_EQ(done.report->lines.at(0).identities, 5);
    EXPECT_EQ(done.report->lines.at(0).rejected, 4);
    const auto said = db().read_now(
        [&](store::Tx& tx) { return app::import_rejections(tx, importer().caller(), done.id, 0, 10); });
    ASSERT_TRUE(said);
    ASSERT_EQ(said->size(), 4U);
    EXPECT_THAT((*said)[0].error, testing::HasSubstr("damaged"));
    EXPECT_THAT((*said)[1].error, testing::HasSubstr("50 million pixels"));
    EXPECT_THAT((*said)[2].error, testing::HasSubstr("neither JPEG"));
    EXPECT_THAT((*said)[3].error, testing::HasSubstr("larger than 10 MB"));
    EXPECT_EQ(importer().count("photos"), 1);
    EXPECT_EQ(person("Ann Lee").photo_hash, "") << "a picture that is not there is not promised";
    EXPECT_EQ(photo(person("Ann Lee")), "person.no_photo");
    EXPECT_NE(person("Eve Orr").photo_hash, "");
}

TEST_P(Photos, AreLeftOutWithOneWordWhereTheirProgramIsMissing) {
    importer().pictures = "/nowhere/visavis-picture";
    const auto done =
        import("cards.vcf", card("Ann Lee", picture("face.jpg")) + card("Bob Ray", picture("clear.png")));
    EXPECT_EQ(done.report->lines.at(0).identities, 2);
    EXPECT_EQ(done.report->lines.at(0).rejected, 1);
}

TEST_P(Photos, SetByHandWinAreTakenAwayAndUndone) {
    import("cards.vcf", card("Ann Lee", picture("face.jpg")));
    const auto ann = person("Ann Lee");
    const auto from_card = photo(ann);
    const auto set = db().write_now([&](store::Tx& tx) {
        return app::set_photo(tx, importer().caller(), ann.id, {std::string(64, 'a'), "small"},
                              &importer().ids());
    });
    ASSERT_TRUE(set) << set.error().detail;
    EXPECT_EQ(photo(ann), "small");
    const auto away = db().write_now(
        [&](store::Tx& tx) { return app::remove_photo(tx, importer().caller(), ann.id, &importer().ids()); });
    ASSERT_TRUE(away);
    EXPECT_EQ(photo(ann), from_card);
    ASSERT_TRUE(db().write_now(
        [&](store::Tx& tx) { return app::undo_act(tx, importer().caller(), away->act.value()); }));
    EXPECT_EQ(photo(ann), "small");
    ASSERT_TRUE(db().write_now(
        [&](store::Tx& tx) { return app::undo_act(tx, importer().caller(), set->act.value()); }));
    EXPECT_EQ(photo(ann), from_card);
}

TEST_P(Photos, OfANewerExportShowAndTheOlderOnesComeBackWhenItGoes) {
    import("cards.vcf", card("Ann Lee", picture("face.jpg")));
    importer().now += std::chrono::hours(1);
    const auto newer = import("cards.vcf", card("Ann Lee", picture("clear.png")));
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) { return app::forget_photos(tx, importer().now); }));
    EXPECT_EQ(importer().count("photos"), 2);
    EXPECT_EQ(person("Ann Lee").photo_hash, sha256_hex(picture("clear.png")));
    ASSERT_TRUE(importer().take_out(newer.id));
    EXPECT_EQ(person("Ann Lee").photo_hash, sha256_hex(picture("face.jpg")));
    EXPECT_EQ(importer().count("photos"), 1);
}

TEST_P(Photos, AreNobodyElses) {
    import("cards.vcf", card("Ann Lee", picture("face.jpg")));
    app::Caller stranger = importer().caller();
    stranger.account = core::AccountId{2};
    const auto ann = person("Ann Lee");
    const auto seen = db().read_now([&](store::Tx& tx) { return app::person_photo(tx, stranger, ann.id); });
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().code, "person.no_photo");
}

}  // namespace
}  // namespace vv::jobs
