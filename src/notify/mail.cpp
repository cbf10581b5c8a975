#include "notify/mail.h"

#include "app/meetings.h"
#include "app/outgoing_mail.h"
#include "base/crypto.h"

namespace vv::notify {
namespace {

net::Mail letter_of(const app::OutgoingMail& mail, const std::string& key, Instant now) {
    net::Mail letter;
    letter.to = mail.to;
    letter.from_name = mail.from_name;
    letter.reply_to = mail.reply_to;
    letter.subject = mail.subject;
    letter.text = mail.text;
    letter.html = mail.html;
    letter.ics = mail.ics;
    letter.ics_method = mail.ics_method;
    letter.list_unsubscribe = mail.list_unsubscribe;
    letter.id = sha256_hex(key).substr(0, 40);  // the same at every attempt
    letter.date = now;
    return letter;
}

}  // namespace

Result<Done> deliver_mail(store::Database& db, net::Mailer& mailer, const store::outbox::Claimed& effect,
                          Instant now) {
    TRY(const app::OutgoingMail mail, app::mail_of(effect.payload));
    if (app::is_for_anyone(effect.payload)) {
        TRY(const bool is_stopped,
            db.write_now([&](store::Tx& tx) -> Result<bool> { return app::is_mail_stopped(tx, mail.to); }));
        if (is_stopped) return Done{};
    }
    Result<Done> sent = mailer.send(letter_of(mail, effect.key, now));
    if (!sent && sent.error().fault == Fault::invalid && !mail.about.empty()) {
        CHECK(db.write_now([&](store::Tx& tx) { return app::note_refused_mail(tx, mail.about, now); }));
    }
    return sent;
}

}  // namespace vv::notify
