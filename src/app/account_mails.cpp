#include "app/account_mails.h"

namespace vv::app {
namespace {

OutgoingMail mail_to(std::string address, std::string subject, std::string text) {
    OutgoingMail mail;
    mail.to = std::move(address);
    mail.subject = std::move(subject);
    mail.text = std::move(text);
    return mail;
}

std::string greeting(const core::Account& account) {
    return "Hello " + account.full_name + ",\n\n";
}

}  // namespace

OutgoingMail confirm_address_mail(const core::Account& account, const std::string& address,
                                  const std::string& link) {
    return mail_to(
        address, "Confirm your e-mail address",
        "Hello,\n\nthe account @" + account.handle +
            " says that this is its e-mail address. If that is you, open this link within three days:\n\n" +
            link + "\n\nIf it isn't, do nothing: the address stays unconfirmed.\n");
}

OutgoingMail address_in_use_mail(const core::Account& account, const std::string& base_url) {
    return mail_to(
        account.email, "You have an account already",
        greeting(account) +
            "somebody has just made a new account with this e-mail address. You have one already, @" +
            account.handle +
            ", and the address stays with it.\n\nIf it was you: sign in with your account, or ask for a new "
            "password if you have forgotten it:\n\n" +
            base_url + "/sign-in\n" + base_url +
            "/forgotten\n\nIf it wasn't you, there is nothing to do: nobody has got into your account.\n");
}

OutgoingMail reset_password_mail(const core::Account& account, const std::string& link) {
    return mail_to(account.email, "A new password",
                   greeting(account) + "to set a new password for @" + account.handle +
                       ", open this link within an hour:\n\n" + link +
                       "\n\nIf you didn't ask for it, do nothing: your password stays as it is.\n");
}

OutgoingMail password_changed_mail(const core::Account& account, const std::string& base_url) {
    return mail_to(
        account.email, "Your password has been changed",
        greeting(account) + "the password of @" + account.handle +
            " has just been changed, and every other session has been ended.\n\nIf it wasn't you, set a new "
            "one at once:\n\n" +
            base_url + "/forgotten\n");
}

OutgoingMail leaving_mail(const core::Account& account, Instant at, const std::string& base_url) {
    const std::string day = format_date(account.zone.date_of(at));
    return mail_to(
        account.email, "Your account will be deleted",
        greeting(account) + "@" + account.handle + " is on its way out: on " + day +
            " everything in it will be deleted. What was open with others has been called off, and they were "
            "told.\n\nUntil then you can sign in, take your people out as a file, or keep the account:\n\n" +
            base_url + "/sign-in\n\nIf it wasn't you, keep it and set a new password at once:\n\n" +
            base_url + "/forgotten\n");
}

OutgoingMail address_changing_mail(const core::Account& account, const std::string& base_url) {
    return mail_to(
        account.email, "Your e-mail address is being changed",
        greeting(account) + "somebody who knows the password of @" + account.handle +
            " has asked to change the account's e-mail address. It will be changed once the new one is "
            "confirmed.\n\nIf it wasn't you, set a new password at once, which also stops the change:\n\n" +
            base_url + "/forgotten\n");
}

}  // namespace vv::app
