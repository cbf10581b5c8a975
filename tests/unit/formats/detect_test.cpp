#include "formats/archive/detect.h"

#include "unit/formats/facts.h"

#include <gtest/gtest.h>

namespace vv::formats::testing {
namespace {

using archive::detect;
using archive::Kind;
using archive::Role;

std::string kind_of(std::string_view head, std::string_view name = "file.bin") {
    const auto found = detect(name, head);
    if (!found.kind) return found.role == Role::by_file ? "by-file" : "unknown";
    return std::string(to_string(*found.kind)) + (found.role == Role::by_file ? " by-file"
                                                  : found.role == Role::html  ? " html"
                                                                              : "");
}

TEST(Detect, TellsEveryKindByHowItBegins) {
    const std::vector<std::pair<std::string, std::string>> kinds = {
        {"linkedin",
         "Notes:\n\"When exporting\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected "
         "On\n"},
        {"linkedin",
         "\"CONVERSATION ID\",\"CONVERSATION TITLE\",\"FROM\",\"SENDER PROFILE URL\",\"TO\",\"DATE\"\n"},
        {"facebook", "{\"friends_v2\":[{\"name\":\"A\",\"timestamp\":1}]}"},
        {"facebook",
         "{\"participants\":[{\"name\":\"A\"}],\"messages\":[{\"sender_name\":\"A\",\"timestamp_ms\":1}]}"},
        {"facebook", "{\"participants\":[\"A\",\"B\"],\"threadName\":\"x\",\"messages\":[]}"},
        {"facebook", "[{\"timestamp\":1,\"attachments\":[],\"data\":[{\"post\":\"x\"}]}]"},
        {"facebook html", "<html><head><title>Facebook</title>"},
        {"twitter", "window.YTD.tweets.part0 = [ {\n \"tweet\": {"},
        {"twitter", "window.YTD.tweet.part0 = [ {\n \"source\":\"x\",\"id_str\":\"1\",\"created_at\":\"y\"}"},
        {"twitter", "window.YTD.follower.part0 = [\n  {\n    \"follower\" : {"},
        {"twitter", "window.__THAR_CONFIG = {"},
        {"twitter by-file", "window.YTD.deleted_tweets.part0 = [ { \"tweet\" : {"},
        {"twitter by-file", "window.YTD.ad_impressions.part0 = [ { \"ad\" : {"},
        {"twitter by-file", "window.YTD.block.part0 = []"},
        {"twitter", "\"tweet_id\",\"in_reply_to_status_id\",\"timestamp\"\n\"1\",\"\",\"x\"\n"},
        {"foursquare",
         "{\"count\":1,\"items\":[{\"id\":\"1\",\"createdAt\":\"2023-11-14\",\"timeZoneOffset\":-480}]}"},
        {"foursquare",
         "{\"response\":{\"checkins\":{\"items\":[{\"createdAt\":1,\"venue\":{\"id\":\"x\"}}]}}}"},
        {"ning", "([{\"createdDate\":\"2009-05-04T14:11:35.000Z\",\"contributorName\":\"2q\"}"},
        {"ning", "([])"},
        {"blog",
         "<?xml version=\"1.0\"?>\n<!-- This is a WordPress eXtended RSS file -->\n<rss version=\"2.0\">"},
        {"blog", "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">"},
        {"blog", "<opml version=\"1.0\">"},
        {"mastodon", "Account address,Show boosts\nann@social.example.org,true\n"},
        {"mastodon", "Account address,Hide notifications\nann@social.example.org,true\n"},
        {"mastodon", "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"Person\"}"},
        {"vcard", "\xef\xbb\xbf\r\nbegin:vcard\r\nVERSION:3.0\r\n"},
        {"google-contacts",
         "Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Value\nA,B,,C,,\n"},
        {"google-contacts",
         "First Name,Middle Name,Last Name,File As,Labels,E-mail 1 - Label,E-mail 1 - Value\n"},
        {"outlook",
         "\"Title\",\"First Name\",\"Middle Name\",\"Last Name\",\"Suffix\",\"Company\",\"Job "
         "Title\",\"E-mail Address\"\n"},
        {"calendar", "BEGIN:VCALENDAR\nVERSION:2.0\n"},
        {"calendar by-file", "\"Subject\",\"Start Date\",\"Start Time\",\"End Date\",\"End Time\"\n"},
        {"phone", "<?xml version='1.0'?><!--File Created By SMS Backup & Restore v10--><calls count=\"1\">"},
        {"phone", "<smses count=\"1\">"},
        {"skype", "{\"userId\":\"live:ann\",\"exportDate\":\"2020-05-17T15:28\",\"conversations\":[]}"},
        {"whatsapp", "23/11/2010, 18:28 - Messages are end-to-end encrypted.\n23/11/2010, 18:29 - Bob: Hi\n"},
        {"whatsapp", "\u200e[11/23/10, 6:28:05\u202fPM] Bob: Hi\n"},
        {"whatsapp", "23.11.10, 18:28 - Bob: Hi\n"},
        {"whatsapp", "2010-11-23 18:28 - Bob: Hi\nsecond line\n"},
        {"whatsapp", "[12.3.2022 klo 14.08.18] Bob: Moi\n"},
        {"timeline", "{\"timelineObjects\":[{\"placeVisit\":{"},
        {"timeline", "{\"semanticSegments\":[{\"startTime\":\"2024-04-03T08:13:57.000+02:00\""},
        {"timeline", "[{\"endTime\":\"2024\",\"startTime\":\"2024\",\"visit\":{\"hierarchyLevel\":\"0\"}}]"},
        {"mail", "From ann@example.com Mon Nov 23 18:28:30 2010\nFrom: Ann\nSubject: Hi\nDate: Mon\n"},
        {"mail", "X-Mailer: x\r\nDate: Mon\r\nSubject: Hi\r\nFrom: Ann\r\n\r\nHi\r\n"},
        {"unknown", "Note: a list\nFrom: me\n\nTo: do\nDate: never\n"},
        {"whatsapp", "2010. 11. 23. \uc624\ud6c4 6:28 - Bob: Hi\n"},
        {"by-file",
         "\xff\xd8\xff\xe0"
         "JFIF"},
        {"by-file", "<!DOCTYPE html><title>Your archive</title>"},
        {"by-file", "%PDF-1.4"},
        {"unknown", "Dear diary, today"},
        {"unknown", "a,b,c\n1,2,3\n"},
        {"unknown", "{\"hello\":\"world\"}"},
        {"unknown",
         "\x7f"
         "ELF\x02\x01\x01\0\0\0"},
    };
    for (const auto& [kind, head] : kinds) EXPECT_EQ(kind_of(head), kind) << head;
}

TEST(Detect, TellsListsOfAccountsWithoutAHeaderByTheirNames) {
    EXPECT_EQ(kind_of("ann@social.example.org\nbob@toot.example.com\n", "blocked_accounts.csv"), "mastodon");
    EXPECT_EQ(detect("blocked_accounts.csv", "ann@social.example.org\n").role, Role::blocked);
    EXPECT_EQ(detect("following_accounts.csv", "ann@social.example.org,true,false,\n").role, Role::following);
    EXPECT_EQ(detect("lists.csv", "Close friends,ann@social.example.org\n").role, Role::lists);
    EXPECT_EQ(kind_of("ann@social.example.org\nbob@toot.example.com\n", "names.csv"), "unknown");
    EXPECT_EQ(kind_of("bad.example.com\n", "blocked_domains.csv"), "unknown");
}

TEST(Detect, NeverBelievesAName) {
    EXPECT_EQ(kind_of("BEGIN:VCARD\nVERSION:3.0\n", "Connections.csv"), "vcard");
    EXPECT_EQ(kind_of("Dear diary", "messages.csv"), "unknown");
    EXPECT_EQ(kind_of("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n", "x.ics"),
              "linkedin");
}

TEST(Detect, ReadsUtf16AndOtherEncodings) {
    std::string wide = "\xff\xfe";
    for (const char c : std::string("BEGIN:VCARD\r\n")) wide += {c, '\0'};
    EXPECT_EQ(kind_of(wide), "vcard");
    EXPECT_EQ(kind_of("Pr\xe9nom,Nom,URL,Adresse e-mail,Entreprise,Poste,Date de connexion\n"), "linkedin");
}

TEST(Detect, IsNotKeptBusyByAMillionColumns) {
    EXPECT_EQ(kind_of("a" + std::string(1'000'000, ',')), "unknown");
}

archive::Survey survey_of(const std::vector<MemoryFile>& files) {
    const auto found = archive::survey(loose(files));
    EXPECT_TRUE(found.ok());
    return *found;
}

TEST(Survey, PartsAMixedFolderByNetwork) {
    const auto found =
        survey_of({{"a.vcf", "BEGIN:VCARD\n"}, {"b.ics", "BEGIN:VCALENDAR\n"}, {"c.vcf", "BEGIN:VCARD\n"}});
    ASSERT_EQ(found.groups.size(), 2U);
    EXPECT_EQ(found.groups[0].kind, Kind::vcard);
    EXPECT_EQ(found.groups[0].files.size(), 2U);
    EXPECT_EQ(found.groups[0].bytes, 24U);
    EXPECT_EQ(found.groups[1].kind, Kind::calendar);
    EXPECT_TRUE(found.unsupported.empty());
}

TEST(Survey, PassesOverWhatLiesBesideANetworksOwnFiles) {
    const auto found = survey_of({{"maps/a.json", "{\"timelineObjects\":[]}"},
                                  {"maps/b.json", "{\"semanticSegments\":[]}"},
                                  {"maps/other.json", "{\"x\":1}"},
                                  {"maps/pic.jpg", "\xff\xd8\xff\xe0"},
                                  {"other.json", "{\"x\":1}"}});
    ASSERT_EQ(found.groups.size(), 1U);
    EXPECT_EQ(found.groups[0].kind, Kind::timeline);
    EXPECT_EQ(found.groups[0].files.size(), 2U);
    EXPECT_TRUE(found.unsupported.empty());
}

TEST(Survey, NamesUnknownAndEmptyFilesAndCountsBeyondTwenty) {
    const auto one = survey_of({{"diary.txt", "Dear diary"}, {"empty.csv", ""}});
    ASSERT_EQ(one.unsupported.size(), 2U);
    EXPECT_EQ(one.unsupported[0].file, "diary.txt");
    EXPECT_EQ(one.unsupported[0].kind, std::nullopt);
    EXPECT_EQ(one.unsupported[1].error, "The file is empty; export or download it again.");
    std::vector<MemoryFile> many;
    for (int i = 0; i < 50; ++i) many.push_back({"u" + std::to_string(i), "?"});
    const auto found = survey_of(many);
    EXPECT_EQ(found.unsupported.size(), 21U);
    EXPECT_NE(found.unsupported.back().error.find("29 more"), std::string::npos);
    for (MemoryFile& file : many) file.bytes.clear();
    const auto hollow = survey_of(many);
    EXPECT_EQ(hollow.unsupported.size(), 21U);
    EXPECT_EQ(hollow.unsupported.back().error, "This and 29 more files are empty.");
}

TEST(Survey, SaysSoWhenNothingIsThere) {
    EXPECT_EQ(survey_of({{"pic.jpg", "\xff\xd8\xff\xe0"}}).unsupported.at(0).error,
              "it holds nothing that could be imported.");
    EXPECT_EQ(survey_of({{"message_1.html", "<html><title>Facebook</title>"}}).unsupported.at(0).error,
              "Facebook's export was made as HTML; ask for it again as JSON.");
    const MemoryFile empty{"empty.zip", zip({})};
    const auto found = archive::survey(packed(empty));
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->unsupported.at(0).error, "it holds no files.");
}

}  // namespace
}  // namespace vv::formats::testing
