#include "net/mailbox.h"

#include "net/curl.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace vv::net {
namespace {

constexpr std::size_t kLongestAnswer = 1'000'000;  // of a command: a hundred thousand numbers

/// What came so far, and how much may.
struct Answer {
    std::string text;
    std::size_t most = 0;
};

std::size_t take(char* bytes, std::size_t, std::size_t length, void* into) {
    auto& answer = *static_cast<Answer*>(into);
    const std::size_t room = answer.most - std::min(answer.most, answer.text.size());
    answer.text.append(bytes, std::min(room, length));
    return length;  // what is too much is read and dropped: the connection stays in step
}

// Called about once a second; anything but 0 ends the transfer.
int is_over(void* given_up, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::atomic<bool>*>(given_up)->load() ? 1 : 0;
}

void prepare(CURL* curl, const MailboxOptions& options, const std::atomic<bool>& given_up) {
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "imap,imaps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    curl_easy_setopt(curl, CURLOPT_USE_SSL, use_ssl(options.tls));
    if (!options.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_USERNAME, options.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, options.password.c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_over);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &given_up);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

// A folder's name as a part of an address.
std::string escaped(CURL* curl, const std::string& folder) {
    char* const text = curl_easy_escape(curl, folder.data(), static_cast<int>(folder.size()));
    if (!text) return {};
    std::string out(text);
    curl_free(text);
    return out;
}

// "* SEARCH 2 3 5", once or more.
std::vector<std::uint32_t> numbers_in(std::string_view answer) {
    std::vector<std::uint32_t> numbers;
    for (std::size_t at = answer.find("SEARCH"); at != std::string_view::npos;
         at = answer.find("SEARCH", at)) {
        at += std::string_view("SEARCH").size();
        while (at < answer.size() && answer[at] == ' ') {
            ++at;
            std::uint32_t number = 0;
            const auto [end, fault] =
                std::from_chars(answer.data() + at, answer.data() + answer.size(), number);
            if (fault != std::errc()) break;
            if (number > 0) numbers.push_back(number);
            at = static_cast<std::size_t>(end - answer.data());
        }
    }
    return numbers;
}

}  // namespace

struct ImapMailbox::Connection {
    CurlHandle curl = make_curl();
};

ImapMailbox::ImapMailbox(MailboxOptions options)
    : options_(std::move(options)), connection_(std::make_unique<Connection>()) {
    if (connection_->curl) prepare(connection_->curl.get(), options_, given_up_);
}
ImapMailbox::~ImapMailbox() = default;

// One handle for all: libcurl keeps its connection and the folder that is selected.
Result<std::string> ImapMailbox::ask(const std::string& where, const std::string& command,
                                     std::size_t most_bytes) {
    CURL* const curl = connection_->curl.get();
    if (!curl) return Error(Fault::unavailable, "mailbox.later", "The mail client can't be started.");
    Answer answer{{}, most_bytes};
    const std::string base = options_.url.ends_with('/') ? options_.url : options_.url + "/";
    const std::string url = base + escaped(curl, options_.folder) + where;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, command.empty() ? nullptr : command.c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    const CURLcode code = curl_easy_perform(curl);
    if (code == CURLE_OK) return std::move(answer.text);
    return Error(Fault::unavailable, "mailbox.later",
                 "The mailbox can't be read: " + std::string(curl_easy_strerror(code)) + ".");
}

Result<std::vector<std::uint32_t>> ImapMailbox::unread(std::size_t most) {
    TRY(const std::string answer, ask("", "UID SEARCH UNSEEN UNDELETED", kLongestAnswer));
    std::vector<std::uint32_t> numbers = numbers_in(answer);
    std::ranges::sort(numbers);
    if (numbers.size() > most) numbers.resize(most);
    return numbers;
}

Result<MailboxMail> ImapMailbox::fetch(std::uint32_t number, std::size_t most_bytes) {
    const std::string part = ";PARTIAL=0." + std::to_string(most_bytes + 1);
    TRY(std::string text, ask("/;UID=" + std::to_string(number) + part, "", most_bytes + 1));
    MailboxMail mail;
    mail.is_cut = text.size() > most_bytes;
    mail.text = std::move(text);
    return mail;
}

Result<Done> ImapMailbox::put_back(std::uint32_t number) {
    CHECK(ask("", "UID STORE " + std::to_string(number) + " -FLAGS.SILENT (\\Seen)", kLongestAnswer));
    return Done{};
}

Result<Done> ImapMailbox::remove(std::uint32_t number) {
    CHECK(ask("", "UID STORE " + std::to_string(number) + " +FLAGS.SILENT (\\Deleted)", kLongestAnswer));
    CHECK(ask("", "EXPUNGE", kLongestAnswer));
    return Done{};
}

}  // namespace vv::net
