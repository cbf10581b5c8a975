#include "support/archives.h"

#include "base/text.h"
#include "base/time.h"
#include "support/program.h"

#include <archive.h>
#include <archive_entry.h>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>
#include <vector>

namespace vv::bench {
namespace {

constexpr const char* kOwnerSlug = "catherine-hollingsworth-bench";
const Instant kNow = *parse_rfc3339(kArchivesEnd);

/// Numbers that are the same with every standard library.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t below(std::uint64_t end) { return engine_() % end; }
    /// Few are drawn often, most seldom: the square of an even draw.
    std::uint64_t skewed(std::uint64_t end) {
        const double u = static_cast<double>(engine_() >> 11) * 0x1.0p-53;
        return static_cast<std::uint64_t>(u * u * static_cast<double>(end));
    }
    template <std::size_t N>
    const char* one_of(const char* const (&words)[N]) {
        return words[below(N)];
    }

private:
    std::mt19937_64 engine_;
};

constexpr const char* kGiven[] = {"Ann",   "Ben",  "Chloe",  "Dmitri",  "Élodie", "Farid", "Grace", "Hiro",
                                  "Ines",  "Jon",  "Kofi",   "Lena",    "Mateo",  "Nadia", "Oskar", "Priya",
                                  "Quinn", "Rosa", "Sven",   "Tara",    "Umar",   "Vera",  "Wei",   "Ximena",
                                  "Yusuf", "Zoë",  "Anders", "Beatriz", "Carlos", "Dana"};
constexpr const char* kFamily[] = {
    "Abara",  "Berg",     "Castillo",  "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad",  "Ito",
    "Jensen", "Kowalski", "Lindqvist", "Moreau", "Novak",   "Okafor",  "Petrov", "Quist",   "Rossi",
    "Sato",   "Tanaka",   "Ueda",      "Vogel",  "Wang",    "Yilmaz",  "Zhou",   "Adeyemi", "Brandt"};
constexpr const char* kTitles[] = {"Analyst", "Engineer",         "Product Manager",
                                   "Editor",  "Head of Research", "Consultant"};
constexpr const char* kWords[] = {"the",     "meeting",  "project", "thanks",  "tomorrow", "report",
                                  "idea",    "coffee",   "about",   "team",    "please",   "later",
                                  "working", "question", "great",   "summary", "budget",   "call"};

constexpr const char* kCities[] = {"Toronto",  "Toronto", "Toronto",  "Montreal", "Ottawa",
                                   "London",   "Berlin",  "Paris",    "New York", "Chicago",
                                   "Hamilton", "Boston",  "Edinburgh"};

class ZipWriter {
public:
    explicit ZipWriter(const std::string& path) : zip_(archive_write_new()) {
        archive_write_set_format_zip(zip_);
        check(archive_write_open_filename(zip_, path.c_str()));
    }
    ~ZipWriter() {
        archive_write_close(zip_);
        archive_write_free(zip_);
    }
    ZipWriter(const ZipWriter&) = delete;
    ZipWriter& operator=(const ZipWriter&) = delete;

    void begin(const char* name) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        check(archive_write_header(zip_, entry));
        archive_entry_free(entry);
    }
    void add(const std::string& text) {
        if (archive_write_data(zip_, text.data(), text.size()) < 0) check(ARCHIVE_FATAL);
    }

private:
    void check(int code) {
        if (code >= ARCHIVE_WARN) return;
        fail(archive_error_string(zip_));
    }
    archive* zip_;
};

struct Connection {
    std::string given, family, slug;
};

Connection connection(int i, Dice& dice) {
    Connection one{dice.one_of(kGiven), dice.one_of(kFamily), {}};
    one.slug = ascii_lower(one.given) + "-" + ascii_lower(one.family) + "-" + std::to_string(100'000 + i);
    for (char& c : one.slug)
        if (static_cast<unsigned char>(c) >= 0x80) c = 'e';
    return one;
}

std::string stamp(Instant at) {
    std::string text = format_rfc3339(at);
    text[10] = ' ';
    text.pop_back();
    return text + " UTC";
}

void write_connections(ZipWriter& zip, const std::vector<Connection>& connections, Dice& dice) {
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    zip.begin("Connections.csv");
    zip.add("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
    for (const Connection& one : connections) {
        char date[24];
        std::snprintf(date, sizeof date, "%02d %s %d", static_cast<int>(1 + dice.below(28)),
                      dice.one_of(kMonths), static_cast<int>(2008 + dice.below(18)));
        zip.add(one.given + "," + one.family + ",https://www.linkedin.com/in/" + one.slug + ",,\"" +
                dice.one_of(kFamily) + " & Co, Ltd.\"," + dice.one_of(kTitles) + "," + date + "\n");
    }
}

void write_messages(ZipWriter& zip, const std::vector<Connection>& connections, int messages, Dice& dice) {
    zip.begin("messages.csv");
    zip.add(
        "\"CONVERSATION ID\",\"CONVERSATION TITLE\",\"FROM\",\"SENDER PROFILE URL\",\"TO\",\"RECIPIENT "
        "PROFILE URLS\","
        "\"DATE\",\"SUBJECT\",\"CONTENT\",\"FOLDER\",\"ATTACHMENTS\",\"IS MESSAGE DRAFT\",\"IS CONVERSATION "
        "DRAFT\"\n");
    const std::string owner =
        std::string("\"") + kOwnerName + "\",\"https://www.linkedin.com/in/" + kOwnerSlug + "\"";
    Instant at = kNow - std::chrono::hours(5);
    const auto pause =
        std::chrono::milliseconds(std::chrono::hours(24 * 365 * 15)) / messages;  // newest first
    for (int i = 0; i < messages; ++i) {
        at -= std::chrono::milliseconds(dice.below(2 * static_cast<std::uint64_t>(pause.count())));
        const std::size_t who = dice.skewed(connections.size());
        const Connection& one = connections[who];
        const std::string other =
            "\"" + one.given + " " + one.family + "\",\"https://www.linkedin.com/in/" + one.slug + "\"";
        const bool is_out = dice.below(2) == 0;
        std::string text;
        for (std::uint64_t words = 4 + dice.below(30); words > 0; --words)
            text += std::string(dice.one_of(kWords)) + " ";
        zip.add("\"2-" + std::to_string(1'000'000 + who) + "==\",\"\"," +
                (is_out ? owner + "," + other : other + "," + owner) + ",\"" + stamp(at) + "\",\"\",\"" +
                text + "\",\"INBOX\",\"\",\"No\",\"No\"\n");
    }
}

std::vector<Connection> all_connections(const ArchiveSize& size, Dice& dice) {
    std::vector<Connection> connections;
    for (int i = 0; i < size.connections; ++i) connections.push_back(connection(i, dice));
    return connections;
}

constexpr int kEveryCard = 3;

std::string email_of(const Connection& one) {
    return one.slug + "@mail.example.com";
}

}  // namespace

void write_linkedin(const std::string& path, const ArchiveSize& size) {
    Dice dice(size.seed);
    const std::vector<Connection> connections = all_connections(size, dice);
    ZipWriter zip(path);
    zip.begin("Profile.csv");
    zip.add(
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo "
        "Location,Twitter "
        "Handles,Websites,Instant Messengers\nCatherine,Hollingsworth,,,,,,,,\"Toronto, Canada\",,,\n");
    write_connections(zip, connections, dice);
    write_messages(zip, connections, size.messages, dice);
}

void write_contacts(const std::string& path, const ArchiveSize& size) {
    Dice dice(size.seed);
    const std::vector<Connection> connections = all_connections(size, dice);
    std::ofstream file(path);
    for (std::size_t i = 0; i < connections.size(); i += kEveryCard) {
        const Connection& one = connections[i];
        file << "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-" << i << "\r\nN:" << one.family << ';' << one.given
             << ";;;\r\nFN:" << one.given << ' ' << one.family << "\r\nEMAIL:" << email_of(one)
             << "\r\nURL:https://www.linkedin.com/in/" << one.slug << "\r\nADR;TYPE=HOME:;;;"
             << dice.one_of(kCities) << ";;;\r\nEND:VCARD\r\n";
    }
    if (!file.flush()) fail(path + " can't be written.");
}

void write_calendar(const std::string& path, const ArchiveSize& size) {
    Dice dice(size.seed);
    const std::vector<Connection> connections = all_connections(size, dice);
    std::ofstream file(path);
    file << "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Visavis//Benchmark//EN\r\n";
    for (int day = 3; day < 4 * 365; day += 3) {
        const std::size_t card = dice.skewed(connections.size() / kEveryCard) * kEveryCard;
        const std::string date = format_rfc3339(kNow - std::chrono::hours(24 * day)).substr(0, 10);
        const std::string digits = date.substr(0, 4) + date.substr(5, 2) + date.substr(8, 2);
        file << "BEGIN:VEVENT\r\nUID:lunch-" << day << "@bench.example\r\nDTSTAMP:" << digits
             << "T080000Z\r\nDTSTART:" << digits << "T170000Z\r\nDTEND:" << digits
             << "T180000Z\r\nSUMMARY:Lunch\r\nLOCATION:Café\r\nATTENDEE;PARTSTAT=ACCEPTED;CN="
             << connections[card].given << ' ' << connections[card].family
             << ":mailto:" << email_of(connections[card]) << "\r\nEND:VEVENT\r\n";
    }
    file << "END:VCALENDAR\r\n";
    if (!file.flush()) fail(path + " can't be written.");
}

}  // namespace vv::bench
