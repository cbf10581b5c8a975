// formats/archive/whatsapp_chat.h — who takes part in a chat, and which of them is the owner: no file says
// so.
#pragma once

#include "formats/archive/whatsapp_lines.h"
#include "formats/options.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vv::formats::archive {

/// Whom a file or its folder says the chat is with: "WhatsApp Chat with Bob.txt", "WhatsApp Chat -
/// Bob/_chat.txt". Empty where it does not. `archive` is the archive's own name.
std::string chat_title(std::string_view path, std::string_view archive);

/// Whether two names are one but for marks, blanks and signs that file names can't hold.
bool same_name(std::string_view a, std::string_view b);

/// A message's sender and what it begins with, parted at ": "; nothing for a line of the system.
struct ChatMessage {
    std::string_view sender;  // as written, marks and all
    std::string_view text;
};

/// One chat after its first reading.
class Chat {
public:
    Chat(std::string title, Instant now) : title_(std::move(title)), order_(now) {}

    /// Every head of the file, in its order.
    void add(const ChatHead& head);
    /// After the last one: which names hold a colon.
    void settle();

    /// Parts what follows a head. A name may hold ": " itself.
    [[nodiscard]] std::optional<ChatMessage> part(std::string_view rest) const;

    [[nodiscard]] const std::string& title() const { return title_; }
    [[nodiscard]] const OrderEvidence& order() const { return order_; }
    [[nodiscard]] bool is_empty() const { return heads_ == 0; }
    /// Plain names of all who wrote.
    [[nodiscard]] std::vector<std::string> senders() const;

private:
    struct Sender {
        std::int64_t messages = 0;
        std::map<std::string, std::int64_t> longer;  // the same with the next part up to a colon
    };
    std::string title_;
    OrderEvidence order_;
    std::int64_t heads_ = 0;
    std::map<std::string, Sender, std::less<>> senders_;  // as written up to the first ": "
    std::map<std::string, std::string, std::less<>> with_colon_;
};

/// What a chat is once the owner is known.
struct ChatRoles {
    enum class Form { unknown, one_to_one, group, alone };
    Form form = Form::unknown;
    std::string other;                         // one to one: the plain name
    std::set<std::string, std::less<>> owner;  // plain names that are the owner's here
    std::vector<std::string> others;           // plain names of the others who wrote
    int people = 2;
};

/// Finds the owner's name over all chats.
class ChatOwner {
public:
    explicit ChatOwner(const ParseOptions& options);  // which outlives this
    void add(const Chat& chat);
    void settle();
    /// Those among whom it can't be told; empty when it can.
    [[nodiscard]] const core::OwnerUnsure& unsure() const { return unsure_; }

    [[nodiscard]] ChatRoles roles_in(const Chat& chat) const;
    /// The name found, when it is none of those known before; may be empty.
    [[nodiscard]] const std::string& found() const { return found_; }

private:
    [[nodiscard]] bool is(const std::string& name) const;
    [[nodiscard]] std::string ask();

    const ParseOptions& options_;
    std::set<std::string> names_;       // folded
    std::map<std::string, int> votes_;  // of chats in which it can only be the owner
    std::string found_;
    core::OwnerUnsure unsure_;
};

}  // namespace vv::formats::archive
