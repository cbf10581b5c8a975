#include "formats/archive/whatsapp_chat.h"

#include "base/phone.h"
#include "base/text.h"
#include "formats/owner_choice.h"

#include <algorithm>
#include <array>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kSenders = 5'000;
constexpr std::size_t kLongerNames = 50;
constexpr std::int64_t kEnoughOfOneName = 3;

constexpr auto kBeforeTitle = std::to_array<std::string_view>(
    {"WhatsApp Chat with ", "WhatsApp Chat - ", "WhatsApp-Chat mit ", "WhatsApp Chat mit ",
     "Chat de WhatsApp con ", "Chat WhatsApp con ", "Discussion WhatsApp avec ", "Conversa do WhatsApp com ",
     "WhatsApp-chat met ", "WhatsApp Chat met ", "Chat z WhatsApp: ", "Czat WhatsApp z użytkownikiem ",
     "WhatsApp-chat med ", "WhatsApp-keskustelu: "});

// What WhatsApp calls the owner, folded.
constexpr auto kYou =
    std::to_array<std::string_view>({"you", "du", "vous", "tu", "voce", "lei", "jij", "u", "sie"});

// What stands in lines of the system and in no name.
bool is_system(std::string_view name) {
    static constexpr std::array<std::string_view, 12> kSaid = {
        " changed ", " added ", " removed ", " created ", " joined ",       " left",
        "\"",        "“",       "”",         "«",         " security code", "encrypted"};
    return std::any_of(kSaid.begin(), kSaid.end(),
                       [&](auto said) { return name.find(said) != std::string_view::npos; });
}

// Letters and digits only: file names lose the rest.
std::string letters_of(std::string_view name) {
    std::string out;
    for (const auto& word : folded_words(name)) out += word;
    return out;
}

// "Jo (2)": the second chat of that name in one folder.
std::string_view without_number(std::string_view title) {
    if (!title.ends_with(')')) return title;
    const auto open = title.rfind(" (");
    if (open == std::string_view::npos || open == 0) return title;
    const auto number = title.substr(open + 2, title.size() - open - 3);
    const bool digits =
        !number.empty() && number.size() <= 3 &&
        std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits ? title.substr(0, open) : title;
}

std::string_view without_ending(std::string_view name, std::string_view ending) {
    if (name.size() > ending.size() && ascii_lower(name.substr(name.size() - ending.size())) == ending)
        name.remove_suffix(ending.size());
    return name;
}

core::IdentityKey key_of(const std::string& name) {
    return {core::Network::whatsapp, "name:" + name};
}

}  // namespace

std::string chat_title(std::string_view path, std::string_view archive) {
    const auto slash = path.rfind('/');
    auto name = without_ending(path.substr(slash == std::string_view::npos ? 0 : slash + 1), ".txt");
    if (name == "_chat") {  // iOS: the folder or the zip has the name
        const auto folder = slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
        name = folder.empty() ? without_ending(archive, ".zip") : folder.substr(folder.rfind('/') + 1);
    }
    for (const auto before : kBeforeTitle)
        if (name.size() > before.size() && ascii_lower(name.substr(0, before.size())) == ascii_lower(before))
            return plain_name(without_number(trim(name.substr(before.size()))));
    return {};
}

bool same_name(std::string_view a, std::string_view b) {
    if (a == b) return true;
    const auto letters = letters_of(a);
    return !letters.empty() && letters == letters_of(b);
}

void Chat::add(const ChatHead& head) {
    ++heads_;
    order_.add(head);
    const auto first = head.rest.find(": ");
    const auto end =
        first == std::string_view::npos && head.rest.ends_with(':') ? head.rest.size() - 1 : first;
    if (end == std::string_view::npos || end == 0 || end > kLongestName) return;
    const auto name = head.rest.substr(0, end);
    auto found = senders_.find(name);
    if (found == senders_.end()) {
        if (senders_.size() >= kSenders || is_system(name)) return;
        found = senders_.emplace(std::string(name), Sender{}).first;
    }
    ++found->second.messages;
    const auto second = head.rest.find(": ", end + 2);
    if (second == std::string_view::npos || second > kLongestName) return;
    if (found->second.longer.size() < kLongerNames)
        ++found->second.longer[std::string(head.rest.substr(0, second))];
}

// "Ann: work" is a name when all that Ann writes goes on with "work: ", or when the file is called so.
void Chat::settle() {
    for (const auto& [name, sender] : senders_) {
        for (const auto& [longer, messages] : sender.longer) {
            const bool always = messages == sender.messages && messages >= kEnoughOfOneName;
            const bool titled = !title_.empty() && same_name(plain_name(longer), title_);
            if (messages == sender.messages && (always || titled)) with_colon_.emplace(name, longer);
        }
    }
}

std::optional<ChatMessage> Chat::part(std::string_view rest) const {
    auto end = rest.find(": ");
    if (end == std::string_view::npos && rest.ends_with(':')) end = rest.size() - 1;
    if (end == std::string_view::npos) return std::nullopt;
    auto name = rest.substr(0, end);
    if (senders_.find(name) == senders_.end()) return std::nullopt;
    if (const auto longer = with_colon_.find(name); longer != with_colon_.end())
        name = rest.substr(0, longer->second.size());
    return ChatMessage{name, rest.substr(std::min(rest.size(), name.size() + 2))};
}

std::vector<std::string> Chat::senders() const {
    std::set<std::string> names;
    for (const auto& [name, sender] : senders_) {
        const auto longer = with_colon_.find(name);
        auto plain = plain_name(longer == with_colon_.end() ? name : longer->second);
        if (!plain.empty()) names.insert(std::move(plain));
    }
    return {names.begin(), names.end()};
}

ChatOwner::ChatOwner(const ParseOptions& options) : options_(options) {
    for (const auto& name : options.owner_names) names_.insert(fold(name));
    for (const auto you : kYou) names_.emplace(you);
}

bool ChatOwner::is(const std::string& name) const {
    return names_.contains(fold(name));
}

void ChatOwner::add(const Chat& chat) {
    const auto senders = chat.senders();
    if (senders.size() != 2 || chat.title().empty()) return;
    const bool first = same_name(senders[0], chat.title());
    const bool second = same_name(senders[1], chat.title());
    if (first != second) ++votes_[senders[first ? 1 : 0]];
}

// No name is the owner's in most chats, or the one that is has been denied.
std::string ChatOwner::ask() {
    std::vector<core::OwnerCandidate> candidates;
    for (const auto& [name, votes] : votes_)
        candidates.push_back({key_of(name), name, core::OwnerEvidence::most, votes});
    unsure_ = choose_owner(options_, std::move(candidates));
    const auto taken = std::find_if(votes_.begin(), votes_.end(), [&](const auto& vote) {
        return key_of(vote.first).key == unsure_.taken;
    });
    return taken == votes_.end() ? std::string{} : taken->first;
}

void ChatOwner::settle() {
    int most = 0;
    int all = 0;
    std::string name;
    for (const auto& [candidate, votes] : votes_) {
        all += votes;
        if (votes > most) name = candidate;
        most = std::max(most, votes);
    }
    if (name.empty() || is(name)) return;
    const bool is_told = most * 2 > all && !is_denied(options_, key_of(name));
    if (!is_told) name = ask();
    if (name.empty()) return;
    found_ = name;
    names_.insert(fold(name));
}

ChatRoles ChatOwner::roles_in(const Chat& chat) const {
    ChatRoles roles;
    const auto senders = chat.senders();
    const auto is_title = [&](const std::string& name) {
        return !chat.title().empty() && same_name(name, chat.title());
    };
    for (const auto& name : senders)
        (is(name) && !is_title(name) ? void(roles.owner.insert(name)) : roles.others.push_back(name));
    // Of two, of whom one has the chat's name, the other one is the owner, whatever she is called.
    if (roles.owner.empty() && roles.others.size() == 2 &&
        is_title(roles.others[0]) != is_title(roles.others[1])) {
        const auto own = std::find_if_not(roles.others.begin(), roles.others.end(), is_title);
        roles.owner.insert(*own);
        roles.others.erase(own);
    }
    if (roles.others.size() == 1 && roles.owner.empty() && is(roles.others[0])) {
        roles.form = ChatRoles::Form::alone;  // notes to oneself
    } else if (roles.others.empty()) {
        roles.form = chat.title().empty() ? ChatRoles::Form::unknown : ChatRoles::Form::one_to_one;
        roles.other = chat.title();
    } else if (roles.others.size() == 1 && (chat.title().empty() || is_title(roles.others[0]))) {
        roles.form = ChatRoles::Form::one_to_one;
        roles.other = roles.others[0];
    } else if (roles.others.size() == 2 && roles.owner.empty() && chat.title().empty()) {
        roles.form = ChatRoles::Form::unknown;
    } else {
        roles.form = ChatRoles::Form::group;
        std::erase_if(roles.others, is_title);  // the group speaks under its own name of who came and went
        roles.people = std::max(3, static_cast<int>(roles.others.size()) + 1);
    }
    return roles;
}

}  // namespace vv::formats::archive
