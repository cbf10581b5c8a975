#include "jobs/mailbox.h"

#include "world/databases.h"

#include <gtest/gtest.h>
#include <map>

namespace vv::jobs {
namespace {

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:00Z");

/// A mailbox in memory: what is read, put back and removed, as a server would keep it.
class Shelf final : public net::Mailbox {
public:
    struct Mail {
        std::string text;
        bool is_read = false;
    };
    std::map<std::uint32_t, Mail> mails;
    int fetched = 0;
    std::optional<Error> fails;

    Result<std::vector<std::uint32_t>> unread(std::size_t most) override {
        if (fails) return *fails;
        std::vector<std::uint32_t> numbers;
        for (const auto& [number, mail] : mails)
            if (!mail.is_read && numbers.size() < most) numbers.push_back(number);
        return numbers;
    }
    Result<net::MailboxMail> fetch(std::uint32_t number, std::size_t most_bytes) override {
        ++fetched;
        mails.at(number).is_read = true;
        const std::string& text = mails.at(number).text;
        return net::MailboxMail{text.substr(0, most_bytes), text.size() > most_bytes};
    }
    Result<Done> put_back(std::uint32_t number) override {
        mails.at(number).is_read = false;
        return Done{};
    }
    Result<Done> remove(std::uint32_t number) override {
        mails.erase(number);
        return Done{};
    }
    void give_up() override {}
};

class Mailboxes : public world::ForEachDatabase {
protected:
    Result<Done> look(std::chrono::milliseconds patience = std::chrono::seconds(10)) {
        return read_mailbox(db(), shelf, {&ids, "https://visavis.example", "v@visavis.example"}, kNow,
                            patience);
    }
    IdSource ids;
    Shelf shelf;
};
VV_ON_EACH_DATABASE(Mailboxes);

const std::string kReply =
    "From: wei@example.com\r\nTo: a+b@c.d\r\nContent-Type: text/calendar\r\n\r\n"
    "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x\r\n"
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:wei@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

TEST_P(Mailboxes, KeepWhatIsNoAnswerAsReadAndGoOn) {
    shelf.mails = {{1, {"From: a@b.c\r\n\r\nSee you!\r\n"}},
                   {2, {std::string(3'000'000, 'x')}},
                   {3, {std::string("\0\xff\xfe", 3)}},
                   {4, {kReply}}};
    EXPECT_TRUE(look().ok());
    EXPECT_EQ(shelf.fetched, 4);
    for (const auto& [number, mail] : shelf.mails) EXPECT_TRUE(mail.is_read) << number;
    EXPECT_EQ(shelf.mails.size(), 4U);
    EXPECT_TRUE(look().ok());
    EXPECT_EQ(shelf.fetched, 4);  // nothing twice
}

TEST_P(Mailboxes, LoseNothingWhileTheDatabaseIsAway) {
    shelf.mails = {{1, {kReply}}};
    db().close();
    EXPECT_EQ(look().error().fault, Fault::unavailable);
    EXPECT_FALSE(shelf.mails.at(1).is_read);
}

TEST_P(Mailboxes, EndALookAfterAWhile) {
    for (std::uint32_t number = 1; number <= 10; ++number)
        shelf.mails[number] = {"From: a@b.c\r\n\r\nHello\r\n"};
    EXPECT_TRUE(look(std::chrono::milliseconds(0)).ok());
    EXPECT_EQ(shelf.fetched, 1);
}

TEST_P(Mailboxes, SayThatTheyCantBeRead) {
    shelf.fails = Error(Fault::unavailable, "mailbox.later", "");
    EXPECT_EQ(look().error().code, "mailbox.later");
}

}  // namespace
}  // namespace vv::jobs
