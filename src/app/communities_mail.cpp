#include "app/communities.h"
#include "app/introductions_mail.h"
#include "app/push.h"
#include "app/texts.h"
#include "store/accounts.h"
#include "store/blocks.h"

namespace vv::app {
namespace {

constexpr int kMostTold = 5;  // that wait for one account

}  // namespace

void tell_invited(store::Tx& tx, const core::Account& to, const store::communities::Community& community,
                  const MeetingDesk& desk, Instant now) {
    // An invitation that a block keeps away comes before nobody; whoever has many waiting finds it on the
    // page.
    if (store::blocks::between(tx, to.id, community.organiser.id)) return;
    if (store::communities::waiting_for(tx, to.id) > kMostTold) return;
    const std::string path = "/communities/" + to_string(community.id);
    const std::string key = "community/" + to_string(community.id) + "/invited/" + to_string(to.id);
    AccountLetter letter;
    letter.key = "mail.community_invited";
    letter.from = community.organiser.name;
    letter.gaps.set("organiser", community.organiser.name).set("community", community.name);
    letter.link = desk.base_url + path;
    const std::string subject = Texts::of(to.locale).say("mail.community_invited.subject", letter.gaps);
    push_notice(tx, to.id, to.zone, {key, "community", subject, path}, now);
    if (desk.mail_from.empty() || !to.email_verified_at) return;
    send_mail(tx, key, community.organiser.id, write_account_letter(to, letter, desk), Recipient::anyone,
              now);
}

}  // namespace vv::app
