#include "app/outgoing_mail.h"

#include "app/stop_links.h"
#include "world/databases.h"

#include <gtest/gtest.h>

namespace vv::app {
namespace {

const Instant kNoon = from_millis(1'700'000'000'000);

class OutgoingMails : public world::ForEachDatabase {};
VV_ON_EACH_DATABASE(OutgoingMails);

TEST(MailOf, IsWhatWentIntoTheOutbox) {
    OutgoingMail mail;
    mail.to = "ann@example.com";
    mail.subject = "Lunch, \"as we said\"";
    mail.text = "Line one\nLine two\n";
    mail.ics = "BEGIN:VCALENDAR\r\n";
    mail.from_name = "Bob Stone via Visavis";
    mail.about = "meeting/1/2";
    mail.ics_method = "REQUEST";
    const store::Payload payload = to_payload(mail);
    EXPECT_EQ(payload.count("html"), 0U);
    const auto back = mail_of(payload);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->to, mail.to);
    EXPECT_EQ(back->subject, mail.subject);
    EXPECT_EQ(back->text, mail.text);
    EXPECT_EQ(back->ics, mail.ics);
    EXPECT_EQ(back->ics_method, mail.ics_method);
    EXPECT_EQ(back->from_name, mail.from_name);
    EXPECT_EQ(back->about, mail.about);
    EXPECT_EQ(back->html, "");
    EXPECT_FALSE(mail_of({}));
}

TEST_P(OutgoingMails, NeverGoToAnAddressThatStoppedThem) {
    ASSERT_TRUE(db().write_now([](store::Tx& tx) -> Result<Done> {
        OutgoingMail mail;
        mail.to = "ann@example.com";
        mail.subject = "Lunch";
        mail.text = "Lunch?\n";
        EXPECT_FALSE(is_mail_stopped(tx, "ann@example.com"));
        EXPECT_TRUE(send_mail(tx, "k1", {}, mail, Recipient::anyone, kNoon));
        EXPECT_FALSE(send_mail(tx, "k1", {}, mail, Recipient::anyone, kNoon))
            << "the same key is the same mail";
        EXPECT_TRUE(stop_by_link(tx, stop_token(tx, " Ann@Example.com"), kNoon));
        EXPECT_TRUE(stop_by_link(tx, stop_token(tx, "ann@example.com"), kNoon));
        EXPECT_TRUE(is_mail_stopped(tx, "ANN@example.com"));
        EXPECT_FALSE(send_mail(tx, "k2", {}, mail, Recipient::anyone, kNoon));
        EXPECT_TRUE(send_mail(tx, "k3", {}, mail, Recipient::holder, kNoon));
        return Done{};
    }));
}

}  // namespace
}  // namespace vv::app
