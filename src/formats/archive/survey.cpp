#include "formats/archive/detect.h"
#include "formats/archive/parse.h"

#include <algorithm>
#include <array>
#include <map>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kUnknownNamed = 20;
constexpr std::size_t kUnreadableNamed = 100;

// Exports of one network are a package: what lies beside their data belongs to them.
bool is_package(Kind kind) {
    static constexpr std::array kPackages = {Kind::linkedin, Kind::facebook, Kind::twitter, Kind::foursquare,
                                             Kind::ning,     Kind::mastodon, Kind::skype,   Kind::timeline};
    return std::find(kPackages.begin(), kPackages.end(), kind) != kPackages.end();
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string{} : path.substr(0, slash);
}

class Surveyor final : public Visitor {
public:
    Surveyor(const std::string& archive, const Limits& limits) : archive_(archive), limits_(limits) {}

    Result<Step> visit(Entry& entry) override {
        std::string head;
        while (head.size() < kHeadSize) {
            TRY(const auto piece, entry.next());
            if (piece.empty()) break;
            head += piece;
        }
        ++files_;
        if (head.empty()) {
            empty_.push_back(entry.path());
            return Step::go_on;
        }
        const auto found = detect(entry.path(), std::string_view(head).substr(0, kHeadSize));
        if (found.kind)
            add(*found.kind, found.role, entry);
        else if (found.role != Role::by_file)
            unknown_.push_back(entry.path());
        if (readable_ > limits_.readable)
            return Error{Fault::too_many, "archive.too_many_files",
                         archive_ + ": it holds more than " + std::to_string(limits_.readable) +
                             " files that could be read; give it in several parts."};
        return Step::go_on;
    }

    // However many there are: a hundred of them tell enough.
    void unreadable(Unreadable file) override {
        if (++unreadable_ <= kUnreadableNamed) survey_.unsupported.push_back({file.path, {}, file.error});
        if (unreadable_ == kUnreadableNamed + 1) next_unreadable_ = std::move(file.path);
    }

    Survey finish() {
        for (auto& [kind, group] : groups_) {
            if (std::any_of(group.files.begin(), group.files.end(), is_data))
                settle_readable(group);
            else
                settle_unread(group);
        }
        name_the_rest();
        if (unreadable_ > kUnreadableNamed)
            survey_.unsupported.push_back({next_unreadable_,
                                           {},
                                           "This and " + std::to_string(unreadable_ - kUnreadableNamed - 1) +
                                               " more files can't be read either."});
        if (survey_.groups.empty() && survey_.unsupported.empty())
            survey_.unsupported.push_back(
                {archive_,
                 {},
                 files_ == 0 ? "it holds no files." : "it holds nothing that could be imported."});
        return std::move(survey_);
    }

private:
    static bool is_data(const File& file) { return file.role != Role::by_file && file.role != Role::html; }

    void add(Kind kind, Role role, const Entry& entry) {
        auto& group = groups_[kind];
        group.kind = kind;
        group.files.push_back({entry.id(), entry.path(), role, entry.size()});
        if (is_data(group.files.back())) {
            group.bytes += entry.size();
            ++readable_;
        }
        auto& kinds = folders_[folder_of(entry.path())];
        kinds.push_back(kind);
    }

    void settle_readable(Group& group) {
        if (group.kind == Kind::calendar) refuse_tables(group);
        std::erase_if(group.files, [](const File& file) { return !is_data(file); });
        survey_.groups.push_back(std::move(group));
    }

    // Outlook's calendar as a table is known and not read.
    void refuse_tables(const Group& group) {
        for (const auto& file : group.files)
            if (!is_data(file))
                survey_.unsupported.push_back(
                    {file.path, Kind::calendar,
                     "calendars as CSV can't be read; export this one as iCalendar (.ics)."});
    }

    void settle_unread(const Group& group) {
        if (group.kind == Kind::calendar) return refuse_tables(group);
        if (group.files.front().role != Role::html) return;
        survey_.unsupported.push_back(
            {group.files.front().path, group.kind,
             std::string(title(group.kind)) + "'s export was made as HTML; ask for it again as JSON."});
    }

    // Unknown files beside a network's data are that export's; the others are named, up to a number.
    void name_the_rest() {
        std::erase_if(unknown_, [&](const std::string& path) { return lies_in_package(folder_of(path)); });
        for (std::size_t i = 0; i < std::min(unknown_.size(), kUnknownNamed); ++i)
            survey_.unsupported.push_back(
                {unknown_[i],
                 {},
                 "This is no file of a kind that is known; see the list of formats that can be imported."});
        if (unknown_.size() > kUnknownNamed)
            survey_.unsupported.push_back({unknown_[kUnknownNamed],
                                           {},
                                           "This and " + std::to_string(unknown_.size() - kUnknownNamed - 1) +
                                               " more files are of no kind that is known."});
        std::erase_if(empty_, [&](const std::string& path) { return lies_in_package(folder_of(path)); });
        for (std::size_t i = 0; i < std::min(empty_.size(), kUnknownNamed); ++i)
            survey_.unsupported.push_back({empty_[i], {}, "The file is empty; export or download it again."});
        if (empty_.size() > kUnknownNamed)
            survey_.unsupported.push_back(
                {empty_[kUnknownNamed],
                 {},
                 "This and " + std::to_string(empty_.size() - kUnknownNamed - 1) + " more files are empty."});
    }

    // The nearest folder above that holds known files must hold those of one package only.
    [[nodiscard]] bool lies_in_package(std::string folder) const {
        while (true) {
            std::vector<Kind> kinds;
            for (const auto& [path, found] : folders_)
                if (folder.empty() || path == folder || path.starts_with(folder + "/"))
                    kinds.insert(kinds.end(), found.begin(), found.end());
            if (!kinds.empty())
                return is_package(kinds.front()) && std::all_of(kinds.begin(), kinds.end(), [&](Kind kind) {
                           return kind == kinds.front();
                       });
            if (folder.empty()) return false;
            folder = folder_of(folder);
        }
    }

    Survey survey_;
    std::map<Kind, Group> groups_;
    std::map<std::string, std::vector<Kind>> folders_;
    std::vector<std::string> unknown_;
    std::vector<std::string> empty_;
    const std::string& archive_;
    const Limits& limits_;
    std::size_t files_ = 0;
    std::size_t readable_ = 0;
    std::size_t unreadable_ = 0;
    std::string next_unreadable_;
};

}  // namespace

Result<Survey> survey(const Archive& archive, const Limits& limits) {
    Surveyor surveyor(archive.name, limits);
    CHECK(walk(archive, limits, surveyor));
    return surveyor.finish();
}

}  // namespace vv::formats::archive
