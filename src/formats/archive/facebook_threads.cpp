#include "formats/archive/facebook_threads.h"

#include "formats/archive/facebook_files.h"
#include "formats/archive/facebook_text.h"
#include "formats/json_fields.h"
#include "formats/text_stream.h"

#include <algorithm>
#include <boost/json/array.hpp>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kMostNames = 1'000;

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(0, slash);
}

}  // namespace

Result<Step> FacebookThreads::visit(Entry& entry) {
    current_ = {folder_of(entry.path()), {}, 0};
    participants_read_ = message_read_ = false;
    first_.reset();
    TextStream text(entry);
    const auto read = read_json(text, facebook_paths(), *this);
    if (!read && line_of(read.error()) == 0) return read.error();
    owner_.add_thread(current_.names);
    if (const auto* name = namesake(); name && first_) friends_.add_thread(current_.folder, *name, *first_);
    threads_[entry.id()] = std::move(current_);
    return Step::go_on;
}

// Participants stand before the messages but in files that other programs have sorted.
bool FacebookThreads::take(const JsonRecord& record) {
    const auto part = facebook_part(record.path);
    if (part == FacebookPart::participants) {
        read_participants(record.value);
        participants_read_ = true;
    }
    if (part == FacebookPart::message) {
        message_read_ = true;
        auto at = facebook_time(record.value, "timestamp_ms");
        if (!at) at = facebook_time(record.value, "timestamp");
        if (at) first_ = std::min(first_.value_or(*at), *at);
    }
    return !participants_read_ || !message_read_ || namesake() != nullptr;
}

void FacebookThreads::read_participants(const boost::json::value& list) {
    const auto* items = list.if_array();
    if (!items) return;
    current_.people = items->size();
    for (const auto& item : *items) {
        if (current_.names.size() == kMostNames) return;
        const auto plain = text_of(item);
        current_.names.push_back(facebook_name(plain.empty() ? text_at(item, "name") : plain));
    }
}

// The name at the other end of a thread of two, when several friends have it.
const std::string* FacebookThreads::namesake() const {
    if (current_.names.size() != 2) return nullptr;
    for (const auto& name : current_.names)
        if (!owner_.is(name) && friends_.are_several(name)) return &name;
    return nullptr;
}

const FacebookThread& FacebookThreads::at(EntryId file) const {
    static const FacebookThread kNobody;
    const auto found = threads_.find(file);
    return found == threads_.end() ? kNobody : found->second;
}

}  // namespace vv::formats::archive
