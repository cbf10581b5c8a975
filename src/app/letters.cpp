#include "app/letters.h"

extern "C" const char vv_letter_text[];
extern "C" const char vv_letter_text_end[];
extern "C" const char vv_letter_html[];
extern "C" const char vv_letter_html_end[];

namespace vv::app {
namespace {

// What is left out of a letter leaves its blank lines behind: never more than one in a row.
std::string tidy(const std::string& text) {
    std::string out;
    int breaks = 0;
    for (const char c : text) {
        breaks = c == '\n' ? breaks + 1 : 0;
        if (breaks <= 2) out += c;
    }
    while (out.ends_with('\n')) out.pop_back();
    return out + '\n';
}

}  // namespace

void set_letter(OutgoingMail& mail, const formats::Fields& fields) {
    mail.text = tidy(formats::fill_text(
        {vv_letter_text, static_cast<std::size_t>(vv_letter_text_end - vv_letter_text)}, fields));
    mail.html = formats::fill_html(
        {vv_letter_html, static_cast<std::size_t>(vv_letter_html_end - vv_letter_html)}, fields);
}

std::string host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    return std::string(scheme == std::string_view::npos ? url : url.substr(scheme + 3));
}

}  // namespace vv::app
