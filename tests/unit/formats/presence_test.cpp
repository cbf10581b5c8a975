#include "formats/calendar/presence.h"

#include <gtest/gtest.h>

namespace vv::formats::calendar {
namespace {

using core::Presence;

Presence at(std::string_view location, std::string_view title = "Lunch", bool coordinates = false,
            bool conference = false) {
    return presence_of({location, title, coordinates, conference});
}

TEST(PresenceOf, APlaceIsPhysical) {
    for (const char* place :
         {"Red Fig, 186 Mock Row, Toronto", "Station Loft", "Room 4B", "Home", "Café Nuage",
          "Tamarack office, 1 Invented Street", "Zoom Coffee, 12 Mock Row, Toronto", "会議室 3",
          "Conference Centre", "Vision Works", "https://maps.google.com/?q=43.6,-79.3",
          "Room 4B; Microsoft Teams Meeting", "Videotheek De Film", "TeamSpace Loft"})
        EXPECT_EQ(at(place), Presence::physical) << place;
}

TEST(PresenceOf, ACallIsVideoInEveryLanguageOfTheExports) {
    for (const char* place : {"Skype",
                              "Skype Meeting",
                              "Microsoft Teams Meeting",
                              "Microsoft Teams-Besprechung",
                              "Réunion Microsoft Teams",
                              "https://zoom.us/j/123",
                              "Zoom",
                              "zoom.us/j/123456",
                              "Google Meet",
                              "Google Hangouts",
                              "online",
                              "Online (Link folgt)",
                              "Videoconference",
                              "Videokonferenz",
                              "Visioconférence",
                              "Conference room 9 (video)",
                              "phone",
                              "Telefon",
                              "Call +14165550169",
                              "+1 416 555 0169",
                              "+49 30 23125 955;ext=3",
                              "Webex",
                              "https://meet.example.com/ab",
                              "virtual",
                              "Dial-in: 555 0100",
                              "www.example.com/call",
                              "Telefonkonferenz",
                              "llamada",
                              "WhatsApp"})
        EXPECT_EQ(at(place), Presence::video) << place;
}

TEST(PresenceOf, WithoutAPlaceTheConferenceOrTheTitleTells) {
    EXPECT_EQ(at("", "Status", false, true), Presence::video);
    for (const char* title : {"Call with Ann", "Skype Sally", "Ann - phone", "Videocall: Bob", "Zoom",
                              "Telefonat Jörg", "Video call Ann"})
        EXPECT_EQ(at("", title), Presence::video) << title;
    for (const char* title : {"Lunch with Ann", "", "Phonetics workshop"})
        EXPECT_EQ(at("", title), Presence::unknown) << title;
    EXPECT_EQ(at("TBD"), Presence::unknown);
    EXPECT_EQ(at("?"), Presence::unknown);
}

TEST(PresenceOf, ATitleThatSaysCallOutweighsADeskButNotCoordinates) {
    EXPECT_EQ(at("My office", "Call with Ann"), Presence::video);
    EXPECT_EQ(at("Red Fig, Toronto", "Call with Ann", true), Presence::physical);
    EXPECT_EQ(at("Red Fig, Toronto", "Lunch", false, true), Presence::physical);
}

TEST(HoldsConference, KnowsTheAddressesOfConferences) {
    EXPECT_TRUE(holds_conference("Join: https://meet.google.com/abc-defg"));
    EXPECT_TRUE(holds_conference("HTTPS://TEAMS.MICROSOFT.COM/l/meetup-join/19"));
    EXPECT_TRUE(holds_conference("https://meet.example.com/x"));
    EXPECT_FALSE(holds_conference("Menu: https://redfig.example.com"));
    EXPECT_FALSE(holds_conference(""));
}

}  // namespace
}  // namespace vv::formats::calendar
