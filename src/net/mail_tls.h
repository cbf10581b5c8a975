// net/mail_tls.h — whether a mail server must speak TLS.
#pragma once

namespace vv::net {

/// For smtp:// and imap://, which begin in the clear: STARTTLS required, taken where it is offered, or never.
enum class MailTls { required, if_offered, never };

}  // namespace vv::net
