#include "core/encounters.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv::core {
namespace {

using namespace std::chrono_literals;

constexpr IdentityId kOwner{1}, kAnn{2}, kBen{3};

Instant at(const char* text) {
    return *parse_rfc3339(text);
}

Gathering lunch() {
    Gathering g;
    g.title = "Lunch w/ Jon";
    g.start = at("2026-03-05T17:00:00Z");
    g.end = g.start + 1h;
    g.place = "Silver Lion, 115 Invented Street, Toronto";
    g.attendees = {{kOwner, Response::accepted},
                   {kBen, Response::none},
                   {kAnn, Response::accepted},
                   {kAnn, Response::none}};
    return g;
}

std::vector<IdentityId> met(const Gathering& g) {
    return met_at(g, std::vector{kOwner});
}

TEST(MetAt, CountsWhoDidNotDecline) {
    EXPECT_EQ(met(lunch()), (std::vector{kAnn, kBen}));
    Gathering g = lunch();
    g.attendees = {{kAnn, Response::declined}, {kBen, Response::tentative}};
    EXPECT_EQ(met(g), std::vector{kBen});
}

TEST(MetAt, NeverCountsCancelledDeclinedVideoOrAllDay) {
    Gathering cancelled = lunch();
    cancelled.cancelled = true;
    EXPECT_TRUE(met(cancelled).empty());
    Gathering declined = lunch();
    declined.owner = Response::declined;
    EXPECT_TRUE(met(declined).empty());
    Gathering by_own_address = lunch();
    by_own_address.attendees[0].response = Response::declined;
    EXPECT_TRUE(met(by_own_address).empty());
    Gathering video = lunch();
    video.presence = Presence::video;
    EXPECT_TRUE(met(video).empty());
    Gathering holiday = lunch();
    holiday.all_day = true;
    EXPECT_TRUE(met(holiday).empty());
    Gathering nowhere = lunch();
    nowhere.place = " ";
    EXPECT_TRUE(met(nowhere).empty());
    nowhere.at = LatLng{43.6, -79.4};
    EXPECT_EQ(met(nowhere).size(), 2U);
}

TEST(OnlinePlace, IsToldFromARoom) {
    for (const char* online :
         {"online", "Skype", "phone", "Videoconference", "Microsoft Teams Meeting", "Zoom: 123 456 789",
          "https://zoom.us/j/123?pwd=x", "Google Meet (link in invite)", "Teams / phone"})
        EXPECT_TRUE(is_online_place(online)) << online;
    for (const char* place :
         {"Silver Lion, 115 Invented Street, Toronto", "Room 4 / Zoom", "Telephone Museum", "",
          "Veridian Labs office; https://meet.google.com/abc", "Café Online Köln"})
        EXPECT_FALSE(is_online_place(place)) << place;
}

TEST(ResourceAddress, IsNobody) {
    EXPECT_TRUE(is_resource_address("room4@resource.calendar.example.com"));
    EXPECT_TRUE(is_resource_address("No-Reply@example.com"));
    EXPECT_TRUE(is_resource_address("abc@group.calendar.google.com"));
    EXPECT_FALSE(is_resource_address("calendar.girl@example.com"));
    EXPECT_FALSE(is_resource_address("not an address"));
}

TEST(GuessKind, GoesByTitleThenByHour) {
    const Zone toronto = *Zone::find("America/Toronto");
    const auto kind = [&](const char* title, const char* start, std::chrono::minutes length) {
        Gathering g;
        g.title = title;
        g.start = at(start);
        g.end = g.start + length;
        g.attendees = {{kAnn, Response::accepted}};
        return guess_kind(g, toronto);
    };
    EXPECT_EQ(kind("Lunch w/ Jon", "2026-03-05T22:00:00Z", 60min), EncounterKind::lunch);
    EXPECT_EQ(kind("Family dinner Sam", "2026-03-05T22:00:00Z", 60min), EncounterKind::dinner);
    EXPECT_EQ(kind("Monday stand-up", "2026-03-02T17:00:00Z", 30min), EncounterKind::gathering);
    EXPECT_EQ(kind("UX Camp 2025, Zürich", "2026-03-02T14:00:00Z", 480min), EncounterKind::conference);
    EXPECT_EQ(kind("Café: Ann", "2026-03-02T20:00:00Z", 60min), EncounterKind::coffee);
    EXPECT_EQ(kind("Ann", "2026-03-02T17:30:00Z", 60min), EncounterKind::lunch);    // 12:30 in Toronto
    EXPECT_EQ(kind("Ann", "2026-03-02T23:30:00Z", 120min), EncounterKind::dinner);  // 18:30
    EXPECT_EQ(kind("Ann", "2026-03-02T15:00:00Z", 45min), EncounterKind::coffee);   // 10:00
    EXPECT_EQ(kind("Ann", "2026-03-02T05:00:00Z", 45min), EncounterKind::gathering);
}

Encounter encounter(std::int64_t id, const char* start, std::vector<PersonId> people, Evidence evidence,
                    const char* source) {
    Encounter e;
    e.id = EncounterId{id};
    e.start = at(start);
    e.end = e.start + 1h;
    e.people = std::move(people);
    e.evidence = evidence;
    e.sources = {source};
    return e;
}

TEST(JoinEncounters, MakesOneOfACalendarEntryAndItsHandshake) {
    const auto joined = join_encounters({
        encounter(1, "2026-03-05T17:00:00Z", {PersonId{1}, PersonId{2}}, Evidence::imported, "calendar"),
        encounter(2, "2026-03-05T17:20:00Z", {PersonId{1}}, Evidence::handshake, "handshake"),
        encounter(3, "2026-03-05T17:20:00Z", {PersonId{3}}, Evidence::claimed, "owner"),
        encounter(4, "2026-03-05T19:00:00Z", {PersonId{1}}, Evidence::claimed, "owner"),
    });
    ASSERT_EQ(joined.size(), 3U);
    EXPECT_EQ(joined[0].id, EncounterId{2});
    EXPECT_EQ(joined[0].evidence, Evidence::handshake);
    EXPECT_EQ(joined[0].people, (std::vector{PersonId{1}, PersonId{2}}));
    EXPECT_EQ(joined[0].sources, (std::vector<std::string>{"calendar", "handshake"}));
}

TEST(JoinEncounters, KeepsTwoEventsOfOneCalendarApart) {
    const auto two = join_encounters({
        encounter(1, "2026-03-05T17:00:00Z", {PersonId{1}}, Evidence::imported, "calendar"),
        encounter(2, "2026-03-05T17:30:00Z", {PersonId{1}}, Evidence::imported, "calendar"),
    });
    EXPECT_EQ(two.size(), 2U);
    const auto same = join_encounters({
        encounter(1, "2026-03-05T17:00:00Z", {PersonId{1}}, Evidence::imported, "calendar"),
        encounter(2, "2026-03-05T17:00:00Z", {PersonId{1}}, Evidence::imported, "calendar"),
    });
    EXPECT_EQ(same.size(), 1U);
}

TEST(JoinEncounters, KnowsOneOutingByItsPlaceWhereTheNamesDiffer) {
    auto event = encounter(1, "2026-03-05T17:00:00Z", {PersonId{1}}, Evidence::imported, "calendar");
    event.place = "Golden Fig, 193 Mock Row, Toronto";
    event.end = event.start + std::chrono::hours(2);
    auto check_in = encounter(2, "2026-03-05T17:20:00Z", {PersonId{2}}, Evidence::imported, "check-in");
    check_in.place = "golden fig";
    check_in.end = std::nullopt;
    auto post = encounter(3, "2026-03-05T17:50:00Z", {PersonId{3}}, Evidence::imported, "check-in");
    post.place = "Golden Fig";
    post.end = std::nullopt;
    EXPECT_EQ(join_encounters({event, check_in}).size(), 1U);
    EXPECT_EQ(join_encounters({post, check_in}).size(), 1U);
    const auto all = join_encounters({event, check_in, post});
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].people, (std::vector{PersonId{1}, PersonId{2}, PersonId{3}}));

    auto elsewhere = check_in;
    elsewhere.place = "Iron Olive";
    EXPECT_EQ(join_encounters({event, elsewhere}).size(), 2U);
    event.at = LatLng{43.66, -79.40};
    check_in.at = LatLng{43.80, -79.40};
    EXPECT_EQ(join_encounters({event, check_in}).size(), 2U) << "another branch of one name";
    check_in.at = std::nullopt;
    check_in.start += std::chrono::hours(3);
    EXPECT_EQ(join_encounters({event, check_in}).size(), 2U) << "later on the same day";
}

RC_GTEST_PROP(JoinEncounters, DoesNotDependOnTheOrderAndLosesNobody, ()) {
    std::vector<Encounter> encounters;
    const auto count = *rc::gen::inRange(0, 12);
    for (int i = 0; i < count; ++i) {
        Encounter e = encounter(i + 1, "2026-03-05T17:00:00Z", {}, Evidence::imported, "calendar");
        e.start += std::chrono::minutes(*rc::gen::inRange(0, 20) * 10);
        e.end = e.start + std::chrono::minutes(*rc::gen::inRange(1, 9) * 10);
        e.people = {PersonId{*rc::gen::inRange(1, 4)}};
        e.sources = {*rc::gen::element<std::string>("calendar", "handshake", "owner")};
        e.evidence = *rc::gen::element(Evidence::claimed, Evidence::imported, Evidence::handshake);
        encounters.push_back(e);
    }
    const auto joined = join_encounters(encounters);
    std::vector<Encounter> reversed(encounters.rbegin(), encounters.rend());
    RC_ASSERT(join_encounters(reversed) == joined);
    RC_ASSERT(joined.size() <= encounters.size());
    for (const Encounter& e : encounters)
        RC_ASSERT(std::any_of(joined.begin(), joined.end(), [&](const Encounter& j) {
            return std::binary_search(j.people.begin(), j.people.end(), e.people[0]) &&
                   j.evidence >= e.evidence;
        }));
}

}  // namespace
}  // namespace vv::core
