#include "server/config.h"

namespace vv::server {
namespace {

Kind text() {
    return {"text", 0, 0, {}};
}
Kind path() {
    return {"path", 0, 0, {}};
}
Kind secret() {
    return {"secret text", 0, 0, {}, true};
}
Kind yes_or_no() {
    return {"true or false", 0, 0, {}};
}
Kind list() {
    return {"list of texts", 0, 0, {}};
}
Kind number(std::int64_t least, std::int64_t most) {
    return {"number", least, most, {}};
}
Kind one_of(std::vector<std::string_view> choices) {
    return {"one of", 0, 0, std::move(choices)};
}

std::vector<Key> keys_of_data() {
    return {
        {"data", path(), "",
         "The data folder: media, uploads and, with SQLite, the database. Without it "
         "$XDG_DATA_HOME/visavis, else ~/.local/share/visavis.",
         &Config::data},
        {"database", secret(), "",
         "A PostgreSQL database (postgresql://USER:PASSWORD@HOST/NAME) instead of SQLite in the "
         "data folder.",
         &Config::database},
    };
}

std::vector<Key> keys_of_server() {
    return {
        {"server.listen", text(), "127.0.0.1:8080",
         "Where to listen, as ADDRESS:PORT; port 0 takes a free one.", &Config::listen},
        {"server.base_url", text(), "",
         "The address that people's browsers use, like https://example.org: for links in "
         "mails and for the check of a request's origin. Without it, what the server "
         "listens on.",
         &Config::base_url},
        {"server.tls_cert", path(), "", "A certificate chain (PEM), to serve HTTPS without a proxy.",
         &Config::tls_cert},
        {"server.tls_key", path(), "", "The certificate's private key (PEM).", &Config::tls_key},
        {"server.threads", number(0, 256), "0", "Network threads; 0 is one a core.", &Config::threads},
        {"server.trusted_proxies", list(), "",
         "Networks of the proxies in front, like 127.0.0.1/32, whose X-Forwarded-For "
         "and X-Forwarded-Proto are believed.",
         &Config::trusted_proxies},
        {"server.max_connections", number(1, 1'000'000), "4096",
         "Connections at one time, a quarter of them from one network that is no trusted proxy's; further "
         "ones are answered 503.",
         &Config::max_connections},
        {"server.max_upload_mb", number(1, 1'000'000), "20000",
         "The largest archive that may be uploaded, in megabytes.", &Config::max_upload_mb},
        {"server.kept_answers_mb", number(0, 65'536), "16",
         "Memory, in megabytes, for answers that may be given again for at most a second, until "
         "anything is written; 0 keeps none.",
         &Config::kept_answers_mb},
        {"server.clock", text(), "",
         "For demos and tests: the server's time starts at this moment (RFC 3339) and runs on.",
         &Config::clock},
        {"server.name", text(), "Visavis", "What this server is called, shown to everybody.",
         &Config::server_name},
        {"server.operator", text(), "", "Who runs this server and how to reach them, shown to everybody.",
         &Config::operator_text},
        {"metrics.from", list(), "127.0.0.1/32,::1/128", "Networks that may read /metrics.",
         &Config::metrics_from},
        {"accounts.sign_up", one_of({"open", "invited", "closed"}), "invited", "Who may make an account.",
         &Config::sign_up},
    };
}

std::vector<Key> keys_of_mail() {
    return {
        {"mail.url", text(), "",
         "The mail server: smtp://HOST:587 or smtps://HOST:465. Without it no mail is sent; what is about an "
         "account "
         "waits for one some hours.",
         &Config::mail_url},
        {"mail.user", text(), "", "The name to sign in to the mail server with.", &Config::mail_user},
        {"mail.password", secret(), "", "The password to it; better given as $VISAVIS_MAIL_PASSWORD.",
         &Config::mail_password},
        {"mail.from", text(), "visavis@localhost", "The address that mails come from.", &Config::mail_from},
        {"mail.tls", one_of({"required", "if_offered", "never"}), "required",
         "Whether smtp:// must turn to TLS (STARTTLS) "
         "before anything is sent.",
         &Config::mail_tls},
    };
}

std::vector<Key> keys_of_mailbox() {
    return {
        {"mailbox.url", text(), "",
         "The mailbox that answers to invitations come to: imaps://HOST:993 or imap://HOST:143. Without it "
         "they come in by the page.",
         &Config::mailbox_url},
        {"mailbox.user", text(), "", "The name to sign in to the mailbox with.", &Config::mailbox_user},
        {"mailbox.password", secret(), "", "The password to it; better given as $VISAVIS_MAILBOX_PASSWORD.",
         &Config::mailbox_password},
        {"mailbox.folder", text(), "INBOX", "The folder that is read.", &Config::mailbox_folder},
        {"mailbox.address", text(), "",
         "The mailbox's address, at which it also gets mail to NAME+TAG@HOST; mail.from unless set.",
         &Config::mailbox_address},
        {"mailbox.tls", one_of({"required", "if_offered", "never"}), "required",
         "Whether imap:// must turn to TLS (STARTTLS) before the password is sent.", &Config::mailbox_tls},
        {"mailbox.every_seconds", number(1, 86'400), "60", "How often it is looked into.",
         &Config::mailbox_every},
    };
}

std::vector<Key> keys_of_travel() {
    return {
        {"travel.url", text(), "",
         "A router that knows how long ways take, like http://127.0.0.1:5000: trips are then planned, and "
         "fair "
         "places found, by its times. It is told where people live, as coarsely as that is known. Without "
         "it, or when it doesn't "
         "answer, ways are estimated from their length.",
         &Config::travel_url},
        {"travel.router", one_of({"osrm", "valhalla"}), "osrm", "What kind of router that is.",
         &Config::travel_router},
        {"travel.by", one_of({"car", "bicycle", "foot"}), "car",
         "Whose ways are asked for; an OSRM server has been made for one of them.", &Config::travel_by},
        {"travel.timeout_seconds", number(1, 60), "5", "The longest that it may take to answer.",
         &Config::travel_timeout},
    };
}

std::vector<Key> keys_of_outbound_and_log() {
    return {
        {"outbound.allow_private", yes_or_no(), "false",
         "Whether requests to other servers may go to private, loopback and "
         "link-local addresses.",
         &Config::outbound_allow_private},
        {"outbound.timeout_seconds", number(1, 600), "20",
         "The longest that a request to another server may take.", &Config::outbound_timeout},
        {"log.level", one_of({"debug", "info", "warning", "error", "off"}), "info",
         "The least important events to log.", &Config::log_level},
        {"log.form", one_of({"text", "json"}), "text", "How events are written, one a line, on stderr.",
         &Config::log_form},
    };
}

}  // namespace

const std::vector<Key>& keys() {
    static const std::vector<Key> table = [] {
        std::vector<Key> all;
        for (const auto& section : {keys_of_data(), keys_of_server(), keys_of_mail(), keys_of_mailbox(),
                                    keys_of_travel(), keys_of_outbound_and_log()})
            all.insert(all.end(), section.begin(), section.end());
        return all;
    }();
    return table;
}

}  // namespace vv::server
