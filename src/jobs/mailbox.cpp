#include "jobs/mailbox.h"

#include "app/mailed_answers.h"
#include "base/log.h"
#include "formats/calendar_reply.h"

namespace vv::jobs {
namespace {

constexpr std::chrono::seconds kPatience{10};  // the router waits for this one
constexpr std::size_t kAtOnce = 100;

Result<app::MailedAnswer> take(store::Database& db, const net::MailboxMail& mail,
                               const app::MeetingDesk& desk, Instant now) {
    if (mail.is_cut) return Error(Fault::invalid, "reply.too_large", "The mail is too large for an answer.");
    TRY(const formats::CalendarReply reply, formats::read_calendar_reply(mail.text, Zone()));
    return db.write_now([&](store::Tx& tx) { return app::take_mailed_answer(tx, reply, desk, now); });
}

Result<Done> read_one(store::Database& db, net::Mailbox& mailbox, std::uint32_t number,
                      const app::MeetingDesk& desk, Instant now) {
    TRY(const net::MailboxMail mail, mailbox.fetch(number, formats::kLongestMail));
    const Result<app::MailedAnswer> taken = take(db, mail, desk, now);
    if (taken) {
        log::info("mailbox.answer", {{"what", app::to_string(*taken)}});
        return mailbox.remove(number);
    }
    if (taken.error().fault == Fault::unavailable) {
        CHECK(mailbox.put_back(number));
        return taken.error();
    }
    log::warning("mailbox.refused",
                 {{"why", taken.error().code}, {"bytes", static_cast<std::int64_t>(mail.text.size())}});
    return Done{};
}

}  // namespace

Result<Done> read_mailbox(store::Database& db, net::Mailbox& mailbox, const app::MeetingDesk& desk,
                          Instant now, std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    TRY(const auto numbers, mailbox.unread(kAtOnce));
    for (const std::uint32_t number : numbers) {
        CHECK(read_one(db, mailbox, number, desk, now));
        if (std::chrono::steady_clock::now() >= until) break;
    }
    return Done{};
}

void add_mailbox_jobs(Runner& runner, const Services& services) {
    if (!services.mailbox) return;
    const auto look = [&services, &runner](store::Database& db, Instant now) -> Result<Done> {
        const Result<Done> read = read_mailbox(db, *services.mailbox, meeting_desk(services), now, kPatience);
        runner.wake();  // what was answered is told by mail
        return read;
    };
    runner.every("mailbox", services.mailbox_every, look, Lane::outward);
}

}  // namespace vv::jobs
