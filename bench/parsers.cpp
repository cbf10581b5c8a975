// bench/parsers.cpp — how fast archives are read, by format: from bytes in memory to facts that nobody keeps.
//
// A line a case: megabytes and facts a second on one core. A case is a line in kCases: what an export's file
// begins with, what it repeats, and what it ends with.
#include "formats/archive/parse.h"

#include <algorithm>
#include <array>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace vv;
using formats::archive::Kind;
using formats::archive::Role;

constexpr std::size_t kBytes = 32U << 20;

class Count final : public core::FactSink {
public:
    bool take(core::Fact fact) override {
        rejected += std::holds_alternative<core::Rejected>(fact.body) ? 1 : 0;
        ++facts;
        return true;
    }
    std::size_t facts = 0;
    std::size_t rejected = 0;
};

// "@" in a record stands for its number, with seven digits, "^" for the last two of them, as people come
// back, and "~" for "@".
struct Case {
    const char* name;
    Kind kind;
    Role role;
    const char* begin;
    const char* record;
    const char* between;
    const char* end;
};

constexpr std::array kCases = {
    Case{"linkedin connections", Kind::linkedin, Role::connections,
         "Notes:\n\"When exporting your connection data, you may notice that some of the email addresses are "
         "missing.\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
         "José,Hernández @,https://www.linkedin.com/in/jose-hernandez-@,,\"Umbra Systems, Inc.\",\"VP, "
         "Engineering\",26 Aug 2026\n",
         "", ""},
    Case{"linkedin messages", Kind::linkedin, Role::messages,
         "\"CONVERSATION ID\",\"CONVERSATION TITLE\",\"FROM\",\"SENDER PROFILE URL\",\"TO\",\"RECIPIENT "
         "PROFILE "
         "URLS\",\"DATE\",\"SUBJECT\",\"CONTENT\",\"FOLDER\",\"ATTACHMENTS\",\"IS MESSAGE DRAFT\",\"IS "
         "CONVERSATION "
         "DRAFT\"\n",
         "\"2-yK/@\",\"\",\"Tyrone Collins\",\"https://www.linkedin.com/in/tyrone-collins-@\",\"Ann "
         "Lee\",\"https://www.linkedin.com/in/ann-lee-1\",\"2026-11-16 22:50:14 UTC\",\"\",\"What about "
         "Thursday at "
         "half past twelve, at the café on the corner? They have a \"\"table\"\" by the "
         "window.\",\"INBOX\",\"\",\"No\",\"No\"\n",
         "", ""},
    Case{"google contacts", Kind::google_contacts, Role::whole,
         "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name "
         "Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization "
         "Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - "
         "Value\n",
         "Krzysztof,,Cieślak @,,,,,,,,Umbra Systems LLC,Managing Director,,,\"Met at the lake, says she "
         "\"\"hello\"\"\",,* myContacts,* Home,k@~example.net ::: c@~example.org,Mobile,1-215-555-0124\n",
         "", ""},
    Case{"vcard", Kind::vcard, Role::whole, "",
         "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//Address Book "
         "6.0//EN\r\nN:Müller;Jürgen;;;\r\nFN:Jürgen Müller\r\nORG:Umbra Systems;Research\r\nTITLE:VP\\, "
         "Engineering\r\nEMAIL;type=INTERNET;type=HOME;type=pref:juergen@~umbra-systems.examp\r\n "
         "le.org\r\nTEL;type=CELL:+49 30 2312@\r\nADR;type=HOME:;;Mock Row "
         "1;Berlin;;10115;Germany\r\nNOTE:Met at "
         "the lake\\, twice\r\nREV:2026-06-21T19:22:56Z\r\nUID:6AD7889A-7617-4000-8000-@\r\nEND:VCARD\r\n",
         "", ""},
    Case{"calendar", Kind::calendar, Role::whole,
         "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\n",
         "BEGIN:VEVENT\r\nDTSTART:20250312T163000Z\r\nDTEND:20250312T173000Z\r\nDTSTAMP:"
         "20261120T182830Z\r\nORGANIZER;"
         "CN=Ann "
         "Lee:mailto:ann.lee~example.com\r\nUID:wd9meuasm@~google.com\r\nATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-"
         "PARTICIPANT;PARTSTAT=ACCEPTED;CN=Bob Ito;X-NUM\r\n "
         "-GUESTS=0:mailto:bob^~example.org\r\nATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;CN=Ann "
         "Lee:mailto:ann.lee~example.com\r\nCREATED:20250301T050000Z\r\nDESCRIPTION:The table by the "
         "window\\, as ever\r\nLAST-MODIFIED:20250301T050000Z\r\nLOCATION:Café X\\, 1 Mock Row\\, "
         "Toronto\r\nSEQUENCE:0\r\nSTATUS:CONFIRMED\r\nSUMMARY:Lunch with "
         "Bob\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\n",
         "", "END:VCALENDAR\r\n"},
    Case{"facebook messages", Kind::facebook, Role::messages,
         "{\n  \"participants\": [\n    {\n      \"name\": \"J\\u00c3\\u00b8rn B\\u00c3\\u00b8rsen\"\n    "
         "},\n    {\n"
         "      \"name\": \"Ann Lee\"\n    }\n  ],\n  \"messages\": [\n",
         "    {\n      \"sender_name\": \"J\\u00c3\\u00b8rn B\\u00c3\\u00b8rsen\",\n      \"timestamp_ms\": "
         "150@000,\n      \"content\": \"What about Thursday at half past twelve, at the caf\\u00c3\\u00a9 "
         "on the "
         "corner? They have a table by the window.\",\n      \"reactions\": [\n        {\n          "
         "\"reaction\": "
         "\"\\u00e2\\u009d\\u00a4\",\n          \"actor\": \"Ann Lee\"\n        }\n      ],\n      "
         "\"is_geoblocked_for_viewer\": false\n    }",
         ",\n", "\n  ],\n  \"title\": \"x\",\n  \"thread_path\": \"inbox/x_1\",\n  \"magic_words\": []\n}\n"},
    Case{"facebook posts", Kind::facebook, Role::whole, "[\n",
         "  {\n    \"timestamp\": 150@,\n    \"attachments\": [\n      {\n        \"data\": [\n          {\n "
         "           "
         "\"place\": {\n              \"name\": \"Caf\\u00c3\\u00a9 X\",\n              \"coordinate\": {\n  "
         "           "
         "   \"latitude\": 45.5,\n                \"longitude\": -73.6\n              },\n              "
         "\"address\": "
         "\"1 Mock Row\",\n              \"url\": \"\"\n            }\n          }\n        ]\n      }\n    "
         "],\n    "
         "\"data\": [\n      {\n        \"post\": \"Lunch at Caf\\u00c3\\u00a9 X\"\n      }\n    ],\n    "
         "\"title\": "
         "\"Ann Lee was with Bob Ito at Caf\\u00c3\\u00a9 X.\",\n    \"tags\": [\n      {\n        \"name\": "
         "\"Bob "
         "Ito\"\n      }\n    ]\n  }",
         ",\n", "\n]\n"},
    Case{
        "skype", Kind::skype, Role::whole,
        R"({"userId": "live:ann", "exportDate": "2020-05-17T15:28", "conversations": [{"id": "8:bob", )"
        R"("displayName": "Bob", "properties": {"conversationblocked": false}, "threadProperties": null, )"
        R"("MessageList": [)",
        R"({"id": "150@000", "displayName": "Bob", "originalarrivaltime": "2010-11-23T18:28:30.123Z", )"
        R"("messagetype": "RichText", "version": 150@000, "content": "Спасибо, what about Thursday at half past )"
        R"(twelve? <ss type=\"smile\">:)</ss>", "conversationid": "8:bob", "from": "8:bob", "properties": null, )"
        R"("amsreferences": null})",
        ", ", "]}]}"},
    Case{
        "ning members", Kind::ning, Role::connections,
        R"(([{"createdDate": "2009-01-01T00:00:00.000Z", "fullName": "Ann Lee", "level": "owner", )"
        R"("contributorName": "0ann", "comments": []},)",
        R"({"createdDate": "2010-11-20T18:28:30.000Z", "fullName": "Käthe Ackermann @", "gender": "f", "location": )"
        R"("Wien", "country": "AT", "zip": "", "birthdate": "1978-06-21", "email": "k@@example.org", )"
        R"("profilePhoto": "members/@.png?width=80", "profileQuestions": {"About Me": "<p>See you at the lake</p>", )"
        R"("My interests": "cinema, education, social networks"}, "level": "member", "state": "active", )"
        R"("contributorName": "k@", "comments": [{"id": "3000168:Comment:@", "contributorName": "0ann", )"
        R"("description": "<p>Are you free next week?</p>", "createdDate": "2010-06-06T18:52:58.000Z"}]})",
        "", "]])"},
    Case{
        "ning discussions", Kind::ning, Role::connections,
        R"(([{"createdDate": "2009-01-01T00:00:00.000Z", "fullName": "Ann Lee", "level": "owner", )"
        R"("contributorName": "0ann", "comments": []},)",
        R"({"id": "2200024:Topic:@", "contributorName": "b@", "title": "Small worlds", "description": "<p>I am )"
        R"(travelling until Friday, and then we shall see who of us has {\"a\":1}{\"b\":2} in the end.</p>", )"
        R"("createdDate": "2010-07-06T17:19:14.000Z", "updatedDate": "2010-07-06T17:19:14.000Z", "comments": [{"id": )"
        R"("3000177:Comment:@", "contributorName": "q@", "description": "<p>Merci beaucoup, à bientôt</p>", )"
        R"("createdDate": "2010-10-31T17:37:00.000Z"}, {"id": "3000175:Comment:@", "contributorName": "0ann", )"
        R"("description": "<p>Let us catch up soon.</p>", "createdDate": "2010-10-06T22:03:30.000Z"}], "groupId": )"
        R"("2100009:Group:109"})",
        ",", "])"},
    Case{
        "phone calls", Kind::phone, Role::whole,
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<calls count=\"1\">\n",
        R"(  <call number="+19055550157" duration="582" date="150@000" type="2" presentation="1" subscription_id="null" )"
        R"(post_dial_digits="" subscription_component_name="null" readable_date="Jan 1, 2025 1:39:14 PM" )"
        R"(contact_name="Łukasz Łuczak" />)",
        "\n", "\n</calls>\n"},
    Case{
        "phone messages", Kind::phone, Role::whole,
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"1\">\n",
        R"(  <sms protocol="0" address="(905) 555-0157" date="150@000" type="1" subject="null" body="He said &quot;maybe&quot;, so, )"
        R"(well, maybe we should meet at the café on the corner? &#55357;&#56832;" toa="null" sc_toa="null" service_center="null" )"
        R"(read="1" status="-1" locked="0" date_sent="0" sub_id="-1" readable_date="Jan 1, 2025 9:57:10 PM" )"
        R"(contact_name="Łukasz Łuczak" />)",
        "\n", "\n</smses>\n"},
    Case{"wordpress", Kind::blog, Role::whole,
         "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\" "
         "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
         "xmlns:wp=\"http://wordpress.org/export/1.1/\">\n<channel>\n"
         "<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ann</"
         "wp:author_login><wp:author_email>ann~example.com"
         "</wp:author_email><wp:author_display_name><![CDATA[Ann "
         "Lee]]></wp:author_display_name></wp:author>\n",
         "<item>\n<title>A conference report</title>\n<link>http://lee-writes.example.org/@/</link>\n"
         "<pubDate>Mon, 23 Sep 2024 00:00:00 +0000</pubDate>\n<dc:creator><![CDATA[ann]]></dc:creator>\n"
         "<guid "
         "isPermaLink=\"false\">http://lee-writes.example.org/?p=@</guid>\n<content:encoded><![CDATA[<p>I am "
         "travelling until "
         "Friday, and then we shall see who of us has been to the lake, to the café on the corner and to the "
         "station. There was "
         "more to say than time to say it, as ever, and the talk about small worlds was the best of them "
         "all.</p>\n<p>Whom did you "
         "meet? I would like to read it below. x[y[0]]]]><![CDATA[> "
         "1</p>]]></content:encoded>\n<wp:post_id>@</wp:post_id>\n"
         "<wp:post_date>2024-09-22 20:00:00</wp:post_date>\n<wp:post_date_gmt>2024-09-23 "
         "00:00:00</wp:post_date_gmt>\n"
         "<wp:status>publish</wp:status>\n<wp:post_type>post</"
         "wp:post_type>\n<wp:comment>\n<wp:comment_id>6@</wp:comment_id>\n"
         "<wp:comment_author><![CDATA[Çağlar "
         "Çelik]]></wp:comment_author>\n<wp:comment_author_email>c@~example.net"
         "</wp:comment_author_email>\n<wp:comment_author_url>http://caglar.example.net/blog</"
         "wp:comment_author_url>\n"
         "<wp:comment_author_IP>192.0.2.6</wp:comment_author_IP>\n<wp:comment_date>2025-06-04 "
         "15:01:23</wp:comment_date>\n"
         "<wp:comment_date_gmt>2025-06-04 19:01:23</wp:comment_date_gmt>\n<wp:comment_content><![CDATA[Naïve "
         "question: who owns "
         "the data? I have thought about it since the "
         "talk.]]></wp:comment_content>\n<wp:comment_approved>1</wp:comment_approved>\n"
         "<wp:comment_type></wp:comment_type>\n<wp:comment_parent>0</"
         "wp:comment_parent>\n<wp:comment_user_id>0</wp:comment_user_id>\n"
         "</wp:comment>\n</item>\n",
         "", "</channel>\n</rss>\n"},
    Case{
        "whatsapp", Kind::whatsapp, Role::whole, "23/11/2010, 18:28 - Messages are end-to-end encrypted.\n",
        "23/11/2010, 18:29 - Bob: Great to hear from you, what about Thursday at the café?\nsecond line @\n"
        "23/11/2010, 18:30 - Ann Lee: The numbers look good, see attachment; I will send the draft tonight.\n"
        "23/11/2010, 18:31 - Bob: <Media omitted>\n",
        "", "\n"},
    Case{"mail", Kind::mail, Role::whole, "",
         "From bob~example.org Tue Nov 23 18:28:30 2010\nReturn-Path: <bob~example.org>\nReceived: from "
         "mx.example.org (mx.example.org "
         "[192.0.2.1])\n\tby mail.example.com; Tue, 23 Nov 2010 18:28:30 +0100\nDate: Tue, 23 Nov 2010 "
         "18:28:30 +0100\n"
         "From: =?UTF-8?Q?J=C3=BCrgen_M=C3=BCller?= <bob~example.org>\nTo: Ann Lee <ann.lee~example.com>, "
         "cid~example.net\n"
         "Subject: Lunch @\nMessage-ID: <@~example.org>\nMIME-Version: 1.0\nContent-Type: text/plain; "
         "charset=utf-8\n\n"
         "Great to hear from you. What about Thursday, at half past twelve,\nat the café on the corner? They "
         "have a table by the "
         "window, and\nthe soup was good last time.\n\nOn Mon, Ann Lee wrote:\n> I am travelling until "
         "Friday, and then we shall see "
         "who of us has been\n> to the lake, to the café on the corner and to the station. There was\n> more "
         "to say than time to say "
         "it, as ever, and the talk about small\n> worlds was the best of them all.\n>\n> Whom did you meet? "
         "I would like to read "
         "it.\n\nBest\nJürgen\n\n",
         "", "\n"},
    Case{"twitter tweets", Kind::twitter, Role::whole, "window.YTD.tweets.part0 = [\n",
         R"(  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "216@000"
          ],
          "editableUntil" : "2026-11-17T19:28:30.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : false
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"http://twitter.com\" rel=\"nofollow\">Twitter Web Client</a>",
      "entities" : {
        "hashtags" : [ ],
        "symbols" : [ ],
        "user_mentions" : [
          {
            "name" : "Käthe Ackermann",
            "screen_name" : "kaethe_87",
            "indices" : [
              "0",
              "10"
            ],
            "id_str" : "150499521",
            "id" : "150499521"
          }
        ],
        "urls" : [ ]
      },
      "display_text_range" : [
        "0",
        "66"
      ],
      "favorite_count" : "0",
      "in_reply_to_status_id_str" : "215@000",
      "id_str" : "216@000",
      "in_reply_to_user_id" : "150499521",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "216@000",
      "in_reply_to_status_id" : "215@000",
      "created_at" : "Tue Nov 17 18:28:30 +0000 2026",
      "favorited" : false,
      "full_text" : "\u0040kaethe_87 Merci beaucoup, à bientôt &amp; see you on Thursday",
      "lang" : "en",
      "in_reply_to_screen_name" : "kaethe_87",
      "in_reply_to_user_id_str" : "150499521"
    }
  })",
         ",\n", "\n]\n"},
    Case{"twitter messages", Kind::twitter, Role::messages, "window.YTD.direct_messages.part0 = [\n",
         R"(  {
    "dmConversation" : {
      "conversationId" : "111-22@",
      "messages" : [
        {
          "messageCreate" : {
            "recipientId" : "22@",
            "reactions" : [ ],
            "urls" : [ ],
            "text" : "What about Thursday at half past twelve?",
            "mediaUrls" : [ ],
            "senderId" : "111",
            "id" : "71@000",
            "createdAt" : "2026-07-14T01:44:44.000Z",
            "editHistory" : [ ]
          }
        }
      ]
    }
  })",
         ",\n", "\n]\n"},
    Case{"twitter followers", Kind::twitter, Role::whole, "window.YTD.follower.part0 = [\n",
         R"(  {
    "follower" : {
      "accountId" : "17@",
      "userLink" : "https://twitter.com/intent/user?user_id=17@"
    }
  })",
         ",\n", "\n]\n"},
    Case{
        "foursquare check-ins", Kind::foursquare, Role::whole, R"({"count": 127, "items": [)",
        R"({"id": "a77d114da305b27d@", "createdAt": "2026-05-31 13:10:30.000000", "type": "checkin", "entities": )"
        R"([{"indices": [5, 8], "type": "user", "id": "28@"}, {"indices": [13, 19], "type": "user", "id": "11@"}], )"
        R"("shout": "with Mal and Zoë", "timeZoneOffset": -240, "lat": 43.668107, "lng": -79.407739, "venue": )"
        R"({"id": "5bc3bb177d22cc54@", "name": "Iron Kettle", "url": "https://foursquare.com/v/5bc3bb177d22cc54@"}, )"
        R"("comments": {"count": 0}})",
        ", ", "]}"},
    Case{
        "mastodon outbox", Kind::mastodon, Role::whole,
        R"({"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "orderedItems": [)",
        R"({"id": "https://social.example.org/users/ann/statuses/@/activity", "type": "Create", "actor": )"
        R"("https://social.example.org/users/ann", "published": "2026-07-04T17:08:14Z", "to": )"
        R"(["https://www.w3.org/ns/activitystreams#Public"], "cc": ["https://social.example.org/users/ann/followers", )"
        R"("https://mastodon.example.net/users/bob"], "object": {"id": )"
        R"("https://social.example.org/users/ann/statuses/@", "type": "Note", "summary": null, "inReplyTo": null, )"
        R"("published": "2026-07-04T17:08:14Z", "url": "https://social.example.org/\u0040ann/@", "attributedTo": )"
        R"("https://social.example.org/users/ann", "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": )"
        R"(["https://social.example.org/users/ann/followers"], "sensitive": false, "content": "<p><span )"
        R"(class=\"h-card\"><a href=\"https://mastodon.example.net/\u0040bob\" class=\"u-url mention\">\u0040<span>)"
        R"(bob</span></a></span> à bientôt &amp; see you on Thursday</p>", "attachment": [], "tag": [{"type": )"
        R"("Mention", "href": "https://mastodon.example.net/users/bob", "name": "\u0040bob\u0040mastodon.example.net"}]}})",
        ", ", "]}"},
    Case{"timeline", Kind::timeline, Role::whole, "{\n \"timelineObjects\": [\n",
         R"(  {
   "placeVisit": {
    "location": {
     "latitudeE7": 436322480,
     "longitudeE7": -793773460,
     "placeId": "ChIJ@",
     "address": "193 Mock Row, Toronto",
     "name": "Golden Fig",
     "sourceInfo": {
      "deviceTag": 123456
     },
     "locationConfidence": 88.0
    },
    "duration": {
     "startTimestampMs": "123@000",
     "endTimestampMs": "923@000"
    },
    "placeConfidence": "HIGH_CONFIDENCE",
    "visitConfidence": 90,
    "otherCandidateLocations": [],
    "editConfirmationStatus": "NOT_CONFIRMED"
   }
  })",
         ",\n", "\n ]\n}\n"},
};

std::string numbered(std::string_view record, std::size_t n) {
    const auto digits = std::to_string(1'000'000 + n % 9'000'000);
    std::string out;
    for (const char c : record) {
        if (c == '@')
            out += digits;
        else if (c == '^')
            out += digits.substr(5);
        else
            out += c == '~' ? '@' : c;
    }
    return out;
}

std::string text_of(const Case& one) {
    std::string text = one.begin;
    for (std::size_t n = 0; text.size() < kBytes; ++n) {
        if (n > 0) text += one.between;
        text += numbered(one.record, n);
    }
    return text + one.end;
}

void read(benchmark::State& state, const Case& one) {
    const std::string bytes = text_of(one);
    const formats::archive::Archive archive{
        "archive",
        {{"file", bytes.size(), [&]() -> Result<std::unique_ptr<ByteSource>> { return view_bytes(bytes); }}},
        false};
    const formats::archive::Group group{one.kind, {{{0}, "file", one.role}}, bytes.size()};
    formats::ParseOptions options;
    options.now = *parse_rfc3339("2026-11-20T18:28:30Z");
    options.owner_names = {"Ann Lee"};
    options.owner_emails = {"ann.lee@example.com"};
    Count sink;
    for (auto _ : state)
        if (!formats::archive::parse(archive, group, options, sink)) std::abort();
    // A case must be what its format is; a timeline alone makes no fact.
    if (sink.rejected > 0 || (sink.facts == 0 && one.kind != Kind::timeline)) std::abort();
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
    state.SetItemsProcessed(static_cast<std::int64_t>(sink.facts));
}

// JSON Lines, as every benchmark here.
class Lines final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const auto& run : runs) tell(run);
    }
    void Finalize() override {
        std::printf("{\"least_json\":%.0f,\"least_other\":%.0f}\n", least_json_, least_other_);
    }

private:
    void tell(const Run& run) {
        const double speed = run.counters.at("bytes_per_second").value / 1e6;
        std::printf("{\"parser\":\"%s\",\"mb_per_second\":%.0f,\"facts_per_second\":%.0f}\n",
                    run.benchmark_name().c_str(), speed, run.counters.at("items_per_second").value);
        std::fflush(stdout);
        const auto found = std::find_if(kCases.begin(), kCases.end(),
                                        [&](const Case& one) { return one.name == run.benchmark_name(); });
        auto& least = is_json(found->kind) ? least_json_ : least_other_;
        least = least == 0 ? speed : std::min(least, speed);
    }
    static bool is_json(Kind kind) {
        constexpr std::array kOthers = {
            Kind::linkedin, Kind::google_contacts, Kind::vcard, Kind::calendar, Kind::phone,
            Kind::blog,     Kind::whatsapp,        Kind::mail};
        return std::find(kOthers.begin(), kOthers.end(), kind) == kOthers.end();
    }

    double least_json_ = 0, least_other_ = 0;  // megabytes a second
};

}  // namespace

int main(int argc, char** argv) {
    for (const auto& one : kCases)
        benchmark::RegisterBenchmark(one.name, [&one](benchmark::State& state) { read(state, one); });
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    Lines lines;
    benchmark::RunSpecifiedBenchmarks(&lines);
    return 0;
}
