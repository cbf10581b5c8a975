#include "jobs/import_archive.h"

#include "app/encounters.h"
#include "base/plain_line.h"
#include "store/free_time.h"
#include "store/statements.h"
#include "world/databases.h"
#include "world/imports.h"
#include "world/small_disk.h"

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <random>

namespace vv::jobs {
namespace {

using store::imports::State;
using world::write_file;
using Lines = std::vector<std::string>;

const std::string kSamples = VV_SAMPLES;
const std::string kCalendar = kSamples + "/calendar.zip";
const std::string kLinkedIn = kSamples + "/Complete_LinkedInDataExport_11-20-2026.zip";
const std::string kContacts = kSamples + "/contacts.zip";
const Error kCancelled(Fault::conflict, "job.cancelled", "This was cancelled.");
const Error kInterrupted(Fault::unavailable, "job.interrupted", "This goes on after the restart.");

class Imports : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (!IsSkipped()) importer_ = std::make_unique<world::Importer>(db());
    }
    [[nodiscard]] world::Importer& importer() { return *importer_; }
    [[nodiscard]] std::string folder(const std::string& name) const { return folder_.path() + "/" + name; }

    /// A calendar with one lunch on a March day, as an export of it.
    static std::string lunch(const std::string& more, const std::string& guests = "PARTSTAT=ACCEPTED") {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//"
               "EN\r\nBEGIN:VEVENT\r\nUID:lunch@example.com\r\n"
               "DTSTART:20260305T170000Z\r\nDTEND:20260305T180000Z\r\nSUMMARY:Lunch\r\nLOCATION:Silver "
               "Lion\\, Toronto\r\n"
               "ATTENDEE;" +
               guests + ";CN=Ann Lee:mailto:ann.lee@example.com\r\n" + more +
               "END:VEVENT\r\nEND:VCALENDAR\r\n";
    }
    Lines encounters() {
        Lines found = importer().record();
        std::erase_if(found, [](const std::string& line) { return !line.starts_with("encounter "); });
        return found;
    }

private:
    world::TempFolder folder_;
    std::unique_ptr<world::Importer> importer_;
};
VV_ON_EACH_DATABASE(Imports);

/// A fresh account in a fresh database of the same kind, for comparison.
struct Elsewhere {
    explicit Elsewhere(store::Dialect dialect) : fresh(dialect), db(fresh.open()), importer(*db) {}
    world::FreshDatabase fresh;
    std::unique_ptr<store::Database> db;
    world::Importer importer;
};

/// What does not depend on which file said it last.
Lines without_sources(Lines lines) {
    std::erase_if(lines, [](const std::string& line) {
        return line.starts_with("source ") || line.starts_with("tie ");
    });
    return lines;
}

TEST_P(Imports, ReadTheSampleAndReportEachArchive) {
    const auto import = importer().import(kLinkedIn);
    ASSERT_EQ(import.state, State::done);
    ASSERT_EQ(import.report->lines.size(), 1U);
    const auto& line = import.report->lines.front();
    EXPECT_EQ(line.archive, "Complete_LinkedInDataExport_11-20-2026.zip");
    EXPECT_EQ(line.network, "linkedin");
    EXPECT_GT(line.identities, 70);
    EXPECT_GT(line.contacts, 300);
    EXPECT_EQ(importer().count("contacts"), line.contacts);
    EXPECT_GT(import.report->people, 0);
    EXPECT_EQ(importer().count("identities WHERE is_stale = 1"), 0);
}

TEST_P(Imports, OfTheSameArchiveTwiceChangeNothing) {
    for (const std::string& path : {kCalendar, kLinkedIn, kContacts}) importer().import(path);
    const Lines once = importer().record();
    for (const std::string& path : {kCalendar, kLinkedIn, kContacts}) {
        const auto again = importer().import(path);
        EXPECT_EQ(again.state, State::done);
        for (const auto& line : again.report->lines) EXPECT_GT(line.unchanged, 0) << line.network;
        EXPECT_EQ(again.report->created, 0);
    }
    EXPECT_EQ(importer().record(), once);
    EXPECT_EQ(importer().count("contact_copies"), 0);
}

TEST_P(Imports, OfAFileThatIsOfTheSameNameAndSizeOnlyAreRead) {
    const auto card = [](const std::string& name) {
        return "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:" + name + "\r\nEMAIL:" + name +
               "@example.com\r\nEND:VCARD\r\n";
    };
    write_file(folder("a/cards.vcf"), card("Ann"));
    write_file(folder("b/cards.vcf"), card("Ben"));
    write_file(folder("c/cards.vcf"), card("Ann"));
    importer().import(folder("a"));
    EXPECT_EQ(importer().import(folder("b")).report->lines.front().unchanged, 0);
    EXPECT_EQ(importer().import(folder("c")).report->lines.front().unchanged, 1);
    EXPECT_EQ(importer().count("identities WHERE name = 'Ben'"), 1);
    EXPECT_EQ(importer().count("import_files WHERE sha256 = ''"), 0);
}

TEST_P(Imports, DoNotDependOnTheirOrder) {
    for (const std::string& path : {kCalendar, kLinkedIn, kContacts}) importer().import(path);
    Elsewhere other(GetParam());
    for (const std::string& path : {kContacts, kLinkedIn, kCalendar}) other.importer.import(path);
    EXPECT_EQ(without_sources(importer().record()), without_sources(other.importer.record()));
}

TEST_P(Imports, TakenOutLeaveTheRest) {
    importer().import(kLinkedIn);
    const Lines before = importer().record();
    const auto calendar = importer().import(kCalendar);
    EXPECT_NE(importer().record(), before);
    ASSERT_TRUE(importer().take_out(calendar.id));
    EXPECT_EQ(importer().record(), before);
    EXPECT_EQ(importer().find(calendar.id).state, State::undone);
    EXPECT_EQ(importer().count("gatherings"), 0);
    EXPECT_EQ(importer().count("import_files"),
              importer().count("import_files WHERE archive LIKE 'Complete%'"));
}

TEST_P(Imports, TakenOutLeaveWhatAnotherArchiveHasToo) {
    const auto first = importer().import(kLinkedIn);
    importer().import(kLinkedIn);
    ASSERT_TRUE(importer().take_out(first.id));
    Elsewhere other(GetParam());
    other.importer.import(kLinkedIn);
    EXPECT_EQ(importer().record(), other.importer.record());
}

TEST_P(Imports, OfALaterExportUpdateAndCancel) {
    write_file(folder("a/home.ics"), lunch(""));
    const auto first = importer().import(folder("a"));
    EXPECT_EQ(first.report->lines.front().encounters, 1);
    EXPECT_THAT(encounters(), testing::ElementsAre(testing::HasSubstr("Silver Lion")));

    write_file(folder("b/home.ics"), lunch("DESCRIPTION:with cake\r\n", "PARTSTAT=DECLINED"));
    const auto declined = importer().import(folder("b"));
    EXPECT_TRUE(encounters().empty());
    ASSERT_TRUE(importer().take_out(declined.id));
    EXPECT_EQ(encounters().size(), 1U);

    write_file(folder("c/home.ics"), lunch("STATUS:CANCELLED\r\n"));
    importer().import(folder("c"));
    EXPECT_TRUE(encounters().empty());
}

TEST_P(Imports, OfAnOlderExportChangeNothingNewer) {
    write_file(folder("new/home.ics"), lunch("STATUS:CANCELLED\r\nLAST-MODIFIED:20260302T000000Z\r\n"));
    importer().import(folder("new"));
    write_file(folder("old/home.ics"), lunch("LAST-MODIFIED:20260301T000000Z\r\n"));
    importer().import(folder("old"));
    EXPECT_TRUE(encounters().empty());
}

TEST_P(Imports, DoNotForgetThatTheOwnerSaidItDidNotHappen) {
    write_file(folder("a/home.ics"), lunch(""));
    importer().import(folder("a"));
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        TRY(const auto list, app::list_encounters(tx, importer().caller(), std::nullopt, app::Include::past));
        CHECK(app::deny_encounter(tx, importer().caller(), list.encounters.front().id, &importer().ids()));
        return Done{};
    }));
    write_file(folder("b/home.ics"), lunch("DESCRIPTION:with cake\r\n"));
    importer().import(folder("b"));
    const auto list = db().read_now([&](store::Tx& tx) {
        return app::list_encounters(tx, importer().caller(), std::nullopt, app::Include::past);
    });
    EXPECT_TRUE(list->encounters.empty());
}

TEST_P(Imports, DoNotForgetWhoAcceptedAndDidNotCome) {
    const std::string two = "ATTENDEE;PARTSTAT=ACCEPTED;CN=Bob Ray:mailto:bob@example.com\r\n";
    write_file(folder("a/home.ics"), lunch(two));
    importer().import(folder("a"));
    const auto list = [&] {
        return *db().read_now([&](store::Tx& tx) {
            return app::list_encounters(tx, importer().caller(), std::nullopt, app::Include::past);
        });
    };
    const auto both = list();
    ASSERT_EQ(both.encounters.size(), 1U);
    ASSERT_EQ(both.encounters[0].people.size(), 2U);
    const auto bob =
        std::ranges::find_if(both.people, [](const auto& one) { return one.second.name == "Bob Ray"; });
    ASSERT_NE(bob, both.people.end());
    const auto act = db().write_now([&](store::Tx& tx) {
        return app::miss_encounter(tx, importer().caller(), both.encounters[0].id, bob->first,
                                   &importer().ids());
    });
    ASSERT_TRUE(act) << act.error().detail;
    EXPECT_EQ(list().encounters.at(0).people.size(), 1U);
    write_file(folder("b/home.ics"), lunch(two + "DESCRIPTION:with cake\r\n"));
    importer().import(folder("b"));
    EXPECT_EQ(list().encounters.at(0).people.size(), 1U) << "the newer export has him again";
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) { return app::undo_act(tx, importer().caller(), *act); }));
    EXPECT_EQ(list().encounters.at(0).people.size(), 2U);

    // The last one who was there: then it did not happen.
    std::vector<core::ActId> acts;
    for (const auto person : both.encounters[0].people) {
        const auto missed = db().write_now([&](store::Tx& tx) {
            return app::miss_encounter(tx, importer().caller(), both.encounters[0].id, person,
                                       &importer().ids());
        });
        ASSERT_TRUE(missed);
        acts.push_back(*missed);
    }
    EXPECT_TRUE(list().encounters.empty());
    for (auto last = acts.rbegin(); last != acts.rend(); ++last)
        ASSERT_TRUE(
            db().write_now([&](store::Tx& tx) { return app::undo_act(tx, importer().caller(), *last); }));
    EXPECT_EQ(list().encounters.at(0).people.size(), 2U);
}

TEST_P(Imports, CancelledLeaveNothing) {
    importer().import(kContacts);
    const Lines before = importer().record();
    int patience = 0;  // at each place where it asks whether to go on, until it is through
    for (;; ++patience) {
        const auto id = importer().next_id();
        const auto result = importer().import_until(id, kCalendar, patience, kCancelled);
        if (result) break;
        EXPECT_EQ(result.error().code, "job.cancelled");
        EXPECT_EQ(importer().find(id).state, State::cancelled);
        EXPECT_EQ(importer().record(), before);
        EXPECT_EQ(importer().count("import_files WHERE archive = 'calendar.zip'"), 0);
    }
    EXPECT_GT(patience, 3);
}

TEST_P(Imports, OfMorePeopleThanOneAccountMayHoldLeaveNothing) {
    importer().import(kContacts);
    const Lines before = importer().record();
    importer().most_identities = importer().count("identities") + 20;
    const auto id = importer().next_id();
    const auto result = importer().import_until(id, kLinkedIn, 1'000'000, kInterrupted);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "import.too_many");
    EXPECT_EQ(importer().find(id).state, State::failed);
    EXPECT_THAT(importer().find(id).error, testing::HasSubstr("import a part"));
    EXPECT_EQ(importer().record(), before);
    EXPECT_EQ(importer().import(kContacts).state, State::done) << "nothing new";
}

TEST_P(Imports, InterruptedGoOnWhereTheyWere) {
    Elsewhere other(GetParam());
    other.importer.import(kSamples + "/contacts.zip");
    const auto id = importer().next_id();
    for (const int patience : {1, 3, 5, 7}) {
        const auto result = importer().import_until(id, kContacts, patience, kInterrupted);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, "job.interrupted");
        EXPECT_EQ(importer().find(id).state, State::running);
    }
    ASSERT_TRUE(importer().import_until(id, kContacts, 1'000'000, kInterrupted));
    EXPECT_EQ(importer().find(id).state, State::done);
    EXPECT_EQ(importer().record(), other.importer.record());
}

TEST_P(Imports, OfADeadProcessAreTakenOutByTheNext) {
    ASSERT_FALSE(importer().import_until(importer().next_id(), kContacts, 3, kInterrupted));
    importer().import(kLinkedIn);
    Elsewhere other(GetParam());
    other.importer.import(kLinkedIn);
    EXPECT_EQ(importer().record(), other.importer.record());
}

// A command that was killed leaves a job that looks alive until its lease is over, and is nobody's then.
TEST_P(Imports, OfAKilledCommandHoldNobodyUp) {
    const auto id = importer().next_id();
    auto job = app::import_job(importer().caller().account, id, importer().now, importer().ids());
    const auto lease = importer().now + std::chrono::seconds(30);
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        store::jobs::add_claimed(tx, job, "command/1", importer().now, lease);
        return Done{};
    }));
    ASSERT_FALSE(importer().import_job_until(job, kContacts, 3, kInterrupted));
    EXPECT_EQ(importer().import_until(importer().next_id(), kLinkedIn, 1'000'000, kInterrupted).error().code,
              "import.busy");
    importer().now = lease + std::chrono::seconds(1);
    EXPECT_EQ(importer().import(kLinkedIn).state, State::done);
    EXPECT_EQ(importer().find(id).error_code, "import.interrupted");
    EXPECT_EQ(importer().count("jobs WHERE state = 'failed'"), 1);
    EXPECT_EQ(importer().import(kCalendar).state, State::done);
}

TEST_P(Imports, LeaveNoUploadsBehind) {
    const auto name = [](const std::string& path) { return std::filesystem::path(path).filename(); };
    const auto kept = folder("import-1"), stray = folder("import-2"), young = folder("import-3");
    for (const auto& path : {kept, stray, young}) write_file(path, "x");
    const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(2);
    for (const auto& path : {kept, stray}) std::filesystem::last_write_time(path, long_ago);
    app::NewImport wanted;
    wanted.id = importer().next_id();
    wanted.name = "a.zip";
    wanted.path = "elsewhere/" + name(kept).string();
    wanted.is_upload = true;
    ASSERT_TRUE(db().write_now(
        [&](store::Tx& tx) { return app::add_import(tx, importer().caller(), wanted, &importer().ids()); }));
    ASSERT_TRUE(remove_stray_uploads(db(), folder("")));
    EXPECT_TRUE(std::filesystem::exists(kept)) << "it is to be read";
    EXPECT_FALSE(std::filesystem::exists(stray));
    EXPECT_TRUE(std::filesystem::exists(young)) << "perhaps about to be written down";
}

TEST_P(Imports, OfWhatIsNotThereSayWhy) {
    const auto nothing = importer().import(folder("nothing.zip"));
    EXPECT_EQ(nothing.state, State::failed);
    EXPECT_THAT(nothing.error, testing::HasSubstr("nothing.zip"));
}

TEST_P(Imports, KeepNoMessageBodies) {
    write_file(folder("a/messages.csv"),
               "\"CONVERSATION ID\",\"CONVERSATION TITLE\",\"FROM\",\"SENDER PROFILE "
               "URL\",\"TO\",\"RECIPIENT PROFILE URLS\","
               "\"DATE\",\"SUBJECT\",\"CONTENT\",\"FOLDER\"\n"
               "\"2-a\",\"\",\"Ann Lee\",\"https://www.linkedin.com/in/ann-lee\",\"Catherine Hollingsworth\","
               "\"https://www.linkedin.com/in/catherine-h\",\"2026-03-05 10:00:00 "
               "UTC\",\"subjectword\",\"bodyword\",\"INBOX\"\n"
               "\"2-b\",\"\",\"Ben Ode\",\"https://www.linkedin.com/in/ben-ode\",\"Catherine Hollingsworth\","
               "\"https://www.linkedin.com/in/catherine-h\",\"2026-03-05 10:00:00 "
               "UTC\",\"subjectword\",\"bodyword\",\"INBOX\"\n");
    const auto import = importer().import(folder("a"));
    EXPECT_EQ(import.report->lines.front().contacts, 2);
    for (const std::string& line : importer().record()) {
        EXPECT_THAT(line, testing::Not(testing::HasSubstr("bodyword")));
        EXPECT_THAT(line, testing::Not(testing::HasSubstr("subjectword")));
    }
}

TEST_P(Imports, LetNoNameLeaveItsLineOrSteerATerminal) {
    write_file(folder("cards.vcf"),
               "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ben\\nBcc: Ode\x1b[31m \u202eedO\r\nORG:Acme\\n\x07Ltd\r\n"
               "EMAIL:ben@example.com\r\nEND:VCARD\r\n");
    importer().import(folder("cards.vcf"));
    const Lines record = importer().record();
    EXPECT_THAT(record, testing::Contains(testing::HasSubstr("Ben Bcc: Ode")));
    for (const std::string& line : record) EXPECT_TRUE(is_plain_line(line)) << line;
}

/// A small random LinkedIn export: a window of one long history, as exports made at different times are.
std::string random_export(std::mt19937& dice, int from, int to) {
    std::string text =
        "\"CONVERSATION ID\",\"CONVERSATION TITLE\",\"FROM\",\"SENDER PROFILE URL\",\"TO\",\"RECIPIENT "
        "PROFILE URLS\","
        "\"DATE\",\"SUBJECT\",\"CONTENT\",\"FOLDER\"\n";
    const std::string owner = "\"Catherine Hollingsworth\",\"https://www.linkedin.com/in/catherine-h\"";
    for (int i = to; i-- > from;) {
        const int who = (i * 7919) % 13;
        const std::string other = "\"Person " + std::to_string(who) + "\",\"https://www.linkedin.com/in/p" +
                                  std::to_string(who) + "\"";
        const bool is_out = (i * 31) % 3 == 0;
        text += "\"2-" + std::to_string(who) + "\",\"\"," +
                (is_out ? owner + "," + other : other + "," + owner) + ",\"2026-03-" +
                std::to_string(10 + i / 60 % 19) + " 10:" + std::to_string(10 + i % 50) +
                ":00 UTC\",\"\",\"" + std::to_string(dice()) + "\",\"INBOX\"\n";
    }
    return text;
}

TEST_P(Imports, OfOverlappingExportsAddUpInAnyOrderAndComeApartAgain) {
    std::mt19937 dice(20261120);
    for (int round = 0; round < 3; ++round) {
        std::vector<std::string> paths;
        for (int i = 0; i < 3; ++i) {
            const int from = static_cast<int>(dice() % 60);
            paths.push_back(folder(std::to_string(round) + "-" + std::to_string(i)));
            write_file(paths.back() + "/messages.csv",
                       random_export(dice, from, from + 20 + static_cast<int>(dice() % 60)));
        }
        Elsewhere forward(GetParam());
        Elsewhere backward(GetParam());
        std::vector<app::ImportId> ids;
        for (const std::string& path : paths) ids.push_back(forward.importer.import(path).id);
        for (auto path = paths.rbegin(); path != paths.rend(); ++path) backward.importer.import(*path);
        EXPECT_EQ(without_sources(forward.importer.record()), without_sources(backward.importer.record()));

        const std::size_t gone = dice() % paths.size();
        ASSERT_TRUE(forward.importer.take_out(ids[gone]));
        Elsewhere rest(GetParam());
        for (std::size_t i = 0; i < paths.size(); ++i)
            if (i != gone) rest.importer.import(paths[i]);
        EXPECT_EQ(without_sources(forward.importer.record()), without_sources(rest.importer.record()));
    }
}

/// The spans that a calendar takes in December 2026, and its whole days.
std::string december(store::Database& db, const app::Caller& caller) {
    const Span month{*parse_rfc3339("2026-12-01T00:00:00Z"), *parse_rfc3339("2027-01-01T00:00:00Z")};
    const auto busy = db.read_now([&](store::Tx& tx) -> Result<store::free_time::Busy> {
        return store::free_time::busy(tx, caller.account, month);
    });
    std::string text;
    for (const Span& span : busy->spans) text += format_rfc3339(span.start).substr(8, 8) + " ";
    for (const core::DayRange& day : busy->days)
        text += format_date(day.first) + ".." + format_date(day.last) + " ";
    return text;
}

std::string december_calendar(const std::string& more) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
           "BEGIN:VEVENT\r\nUID:weekly\r\nDTSTART;TZID=Europe/Paris:20250106T090000\r\nDURATION:PT1H\r\n"
           "RRULE:FREQ=WEEKLY\r\nSUMMARY:For ever\r\n" +
           more +
           "END:VEVENT\r\n"
           "BEGIN:VEVENT\r\nUID:off\r\nDTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:"
           "Off\r\n"
           "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

TEST_P(Imports, TakeAnOwnersTimeAndGiveItBack) {
    write_file(folder("1/work.ics"), december_calendar(""));
    importer().import(folder("1/work.ics"));
    EXPECT_EQ(december(db(), importer().caller()),
              "07T08:00 14T08:00 21T08:00 28T08:00 2026-12-24..2026-12-26 ");
    write_file(folder("2/work.ics"), december_calendar("TRANSP:TRANSPARENT\r\n"));
    importer().import(folder("2/work.ics"));
    EXPECT_EQ(december(db(), importer().caller()), "2026-12-24..2026-12-26 ")
        << "the newer file says it is free";
}

/// A LinkedIn export with this many messages, a minute apart.
std::string large_export(int messages) {
    std::string text =
        "\"CONVERSATION ID\",\"FROM\",\"SENDER PROFILE URL\",\"TO\",\"RECIPIENT PROFILE URLS\",\"DATE\","
        "\"SUBJECT\",\"CONTENT\",\"FOLDER\"\n";
    for (int i = 0; i < messages; ++i) {
        std::string stamp = format_rfc3339(world::kSampleNow - std::chrono::minutes(i + 1));
        stamp[10] = ' ';
        stamp.pop_back();
        text += "2-" + std::to_string(i % 13) + ",Person " + std::to_string(i % 13) +
                ",https://www.linkedin.com/in/p" + std::to_string(i % 13) +
                ",Catherine Hollingsworth,https://www.linkedin.com/in/catherine-h," + stamp +
                " UTC,,hello,INBOX\n";
    }
    return text;
}

/// An import for which there is no room: over, with a word that says what to do, and gone.
void expect_no_room(world::Importer& importer, const std::string& path) {
    const Lines before = importer.record();
    const auto files = importer.count("import_files");
    const auto id = importer.next_id();
    const auto result = importer.import_until(id, path, 1'000'000, kInterrupted);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fault, Fault::conflict);  // not tried again by itself
    EXPECT_EQ(result.error().code, "import.no_room");
    const auto import = importer.find(id);
    EXPECT_EQ(import.state, State::failed);
    EXPECT_EQ(import.error_code, "import.no_room");
    EXPECT_THAT(import.error, testing::HasSubstr("make room"));
    EXPECT_EQ(importer.record(), before);
    EXPECT_EQ(importer.count("import_files"), files);
    EXPECT_EQ(importer.count("identities WHERE is_stale = 1"), 0);
}

Result<Done> limit_growth(store::Tx& tx, int pages) {
    int now = 0;
    int limit = 0;
    store::run(tx, "PRAGMA page_count", soci::into(now));
    tx.sql() << "PRAGMA max_page_count = " + std::to_string(now + pages), soci::into(limit);
    return Done{};
}

TEST(ImportsWithoutRoom, EndAndLeaveNothing) {
    const world::FreshDatabase fresh(store::Dialect::sqlite);
    const auto db = fresh.open();
    const world::TempFolder folder;
    write_file(folder.path() + "/large/messages.csv", large_export(30'000));
    world::Importer importer(*db);
    importer.import(kContacts);
    for (const int pages : {2, 50, 250}) {  // it breaks off at different places
        ASSERT_TRUE(db->write_now([&](store::Tx& tx) { return limit_growth(tx, pages); }));
        expect_no_room(importer, folder.path() + "/large");
    }
    ASSERT_TRUE(db->write_now([](store::Tx& tx) { return limit_growth(tx, 1'000'000); }));
    EXPECT_EQ(importer.import(folder.path() + "/large").report->lines.front().contacts, 30'000);
}

TEST(ImportsWithoutRoom, OnAFullDiskEndAndLeaveNothing) {
    const world::SmallDisk disk(6);
    if (!disk.is_there()) GTEST_SKIP() << "only root can mount a small disk";
    store::DatabaseOptions options;
    options.url = "sqlite:" + disk.path() + "/visavis.db";
    const auto opened = store::Database::open(options);
    ASSERT_TRUE(opened) << opened.error().detail;
    const world::TempFolder folder;
    write_file(folder.path() + "/large/messages.csv", large_export(120'000));
    world::Importer importer(**opened);
    importer.import(kContacts);
    expect_no_room(importer, folder.path() + "/large");
    importer.import(kCalendar);  // a small one has room still
}

}  // namespace
}  // namespace vv::jobs
