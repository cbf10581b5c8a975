#include "formats/archive/parse.h"

#include "formats/archive/blog.h"
#include "formats/archive/facebook.h"
#include "formats/archive/foursquare.h"
#include "formats/archive/linkedin.h"
#include "formats/archive/mail.h"
#include "formats/archive/mastodon.h"
#include "formats/archive/metered.h"
#include "formats/archive/ning.h"
#include "formats/archive/phone.h"
#include "formats/archive/skype.h"
#include "formats/archive/timeline.h"
#include "formats/archive/twitter.h"
#include "formats/archive/whatsapp.h"
#include "formats/contacts_csv.h"
#include "formats/emitter.h"
#include "formats/icalendar_read.h"
#include "formats/owner_choice.h"
#include "formats/vcard.h"

#include <algorithm>

namespace vv::formats::archive {
namespace {

using ReadFile = Result<Done> (*)(ByteStream&, std::string_view, const ParseOptions&, Emitter&);

// Reads file after file of a kind whose files know nothing of each other.
class FileReader final : public Visitor {
public:
    FileReader(ReadFile read, const ParseOptions& options, Emitter& out)
        : read_(read), options_(options), out_(out) {}

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        Metered bytes(entry, options_, total_);
        CHECK(read_(bytes, entry.path(), options_, out_));
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

private:
    ReadFile read_;
    const ParseOptions& options_;
    Emitter& out_;
    std::uint64_t total_ = 0;
};

Result<Done> read_files(ReadFile read, const Archive& archive, const Group& group,
                        const ParseOptions& options, Emitter& out, const Limits& limits) {
    FileReader reader(read, options, out);
    return walk(archive, limits, group.ids(), reader);
}

// Calendars are read twice: who the owner is and what was moved must be known before the first event goes
// out.
class CalendarPass final : public Visitor {
public:
    enum class Which { scan, read };
    CalendarPass(CalendarReader& reader, Which which, const ParseOptions& options, const Emitter& out)
        : reader_(reader), which_(which), options_(options), out_(out) {}

    Result<Step> visit(Entry& entry) override {
        if (which_ == Which::scan) {
            CHECK(reader_.scan(entry, entry.path()));
            return Step::go_on;
        }
        Metered bytes(entry, options_, total_);
        CHECK(reader_.read(bytes, entry.path()));
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

private:
    CalendarReader& reader_;
    Which which_;
    const ParseOptions& options_;
    const Emitter& out_;
    std::uint64_t total_ = 0;
};

Result<Done> read_calendars(const Archive& archive, const Group& group, const ParseOptions& options,
                            Emitter& out, const Limits& limits) {
    CalendarReader reader(options, out);
    const auto ids = group.ids();
    CalendarPass scan(reader, CalendarPass::Which::scan, options, out);
    CHECK(walk(archive, limits, ids, scan));
    CalendarPass read(reader, CalendarPass::Which::read, options, out);
    return walk(archive, limits, ids, read);
}

Result<Done> read_group(const Archive& archive, const Group& group, const ParseOptions& options, Emitter& out,
                        const Limits& limits) {
    switch (group.kind) {
        case Kind::linkedin:
            return read_linkedin(archive, group, options, out, limits);
        case Kind::twitter:
            return read_twitter(archive, group, options, out, limits);
        case Kind::foursquare:
            return read_foursquare(archive, group, options, out, limits);
        case Kind::facebook:
            return read_facebook(archive, group, options, out, limits);
        case Kind::ning:
            return read_ning(archive, group, options, out, limits);
        case Kind::skype:
            return read_skype(archive, group, options, out, limits);
        case Kind::mastodon:
            return read_mastodon(archive, group, options, out, limits);
        case Kind::timeline:
            return read_files(&read_timeline, archive, group, options, out, limits);
        case Kind::vcard:
            return read_files(&read_vcards, archive, group, options, out, limits);
        case Kind::google_contacts:
        case Kind::outlook:
            return read_files(&read_contacts_csv, archive, group, options, out, limits);
        case Kind::calendar:
            return read_calendars(archive, group, options, out, limits);
        case Kind::blog:
            return read_blogs(archive, group, options, out, limits);
        case Kind::whatsapp:
            return read_whatsapp(archive, group, options, out, limits);
        case Kind::mail:
            return read_mail(archive, group, options, out, limits);
        case Kind::phone:
            break;
    }
    return read_files(&read_phone, archive, group, options, out, limits);
}

core::Network network_of(Kind kind) {
    switch (kind) {
        case Kind::calendar:
        case Kind::mail:
        case Kind::timeline:
            return core::Network::email;
        default:
            return core::parse_network(to_string(kind)).value_or(core::Network::manual);
    }
}

}  // namespace

std::vector<EntryId> Group::ids() const {
    std::vector<EntryId> ids;
    for (const auto& file : files) ids.push_back(file.id);
    return ids;
}

std::vector<EntryId> Group::ids(std::initializer_list<Role> roles) const {
    std::vector<EntryId> ids;
    for (const auto& file : files)
        if (std::find(roles.begin(), roles.end(), file.role) != roles.end()) ids.push_back(file.id);
    return ids;
}

Result<Summary> parse(const Archive& archive, const Group& group, const ParseOptions& options,
                      core::FactSink& sink, const Limits& limits) {
    Summary summary;
    OwnerWatch watched(sink, options, network_of(group.kind));
    Emitter out(watched, summary, options.topics);
    // What no file tells alone, such as who the owner is, is told as the first one's.
    if (!group.files.empty()) out.enter(group.files.front().path);
    CHECK(read_group(archive, group, options, out, limits));
    return summary;
}

}  // namespace vv::formats::archive
