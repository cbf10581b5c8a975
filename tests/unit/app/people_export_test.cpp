#include "app/people_export.h"

#include "app/people.h"
#include "app/resolution.h"
#include "base/text.h"
#include "core/resolution.h"
#include "formats/bytes.h"
#include "formats/contacts_csv.h"
#include "formats/emitter.h"
#include "formats/vcard.h"
#include "store/accounts.h"
#include "store/people.h"
#include "world/databases.h"

#include <gtest/gtest.h>
#include <map>

namespace vv::app {
namespace {

using core::Identity;
using core::Network;

const Instant kNoon = from_millis(1'700'000'000'000);
constexpr core::AccountId kAnn{7};

Identity identity(Network network, const std::string& key, const std::string& name,
                  const std::string& email = {}, const std::string& phone = {}) {
    Identity one;
    one.network = network;
    one.key = key;
    one.attributes.name.full = name;
    if (!email.empty()) one.attributes.emails = {email};
    if (!phone.empty()) one.attributes.phones = {phone};
    return one;
}

// Keeps the identities that a parser tells of.
class Seen final : public core::FactSink {
public:
    bool take(core::Fact fact) override {
        if (auto* seen = std::get_if<core::IdentitySeen>(&fact.body))
            identities.push_back({{}, seen->who.network, seen->who.key, seen->attributes});
        return true;
    }
    std::vector<Identity> identities;
};

class Export : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            for (const core::AccountId owner : {kAnn, core::AccountId{8}, core::AccountId{9}}) {
                core::Account account;
                account.id = owner;
                account.handle = "owner" + to_string(owner);
                account.email = account.handle + "@yarrow.example.com";
                account.full_name = "Owner";
                account.created_at = kNoon;
                EXPECT_TRUE(store::accounts::add(tx, account, "$hash"));
            }
            return Done{};
        }));
    }
    void bring(core::AccountId owner, std::vector<Identity> identities) {
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<ResolutionReport> {
            for (auto& one : identities) {
                one.id = {ids_.next(kNoon)};
                store::people::add_identity(tx, owner, core::PersonId{}, one);
            }
            return resolve_people(tx, owner, {}, kNoon, ids_);
        }));
    }
    std::multimap<std::string, core::Person> people(core::AccountId owner) {
        PeopleWanted wanted;
        wanted.limit = 1000;
        const auto found = db().read_now([&](store::Tx& tx) {
            return all_people(tx, Caller{owner, kNoon, {}}, wanted);
        });
        EXPECT_TRUE(found);
        std::multimap<std::string, core::Person> all;
        for (const auto& one : *found) all.emplace(one.person.name, one.person);
        return all;
    }
    std::string exported(PeopleFormat format) {
        const auto text = db().read_now([&](store::Tx& tx) {
            return export_people(tx, Caller{kAnn, kNoon, {}}, format);
        });
        EXPECT_TRUE(text);
        return text ? *text : "";
    }
    /// What an import of this file brings.
    static std::vector<Identity> read_again(const std::string& text, PeopleFormat format) {
        Seen seen;
        formats::Summary summary;
        formats::Emitter out(seen, summary);
        formats::ViewStream bytes(text);
        const formats::ParseOptions options;
        if (format == PeopleFormat::csv)
            EXPECT_TRUE(formats::read_contacts_csv(bytes, "people.csv", options, out));
        else
            EXPECT_TRUE(formats::read_vcards(bytes, "people.vcf", options, out));
        return seen.identities;
    }

    IdSource ids_{0};
};
VV_ON_EACH_DATABASE(Export);

TEST_P(Export, AndImportIntoAnEmptyAccountGiveTheSamePeople) {
    auto maria = identity(Network::linkedin, "maria-garcia", "María José García", "mj@mail.example.com");
    maria.attributes.organisation = "Ember; Press, \"Ltd\"";
    maria.attributes.title = "Editor";
    maria.attributes.place = "Toronto";
    maria.attributes.birthday = core::Birthday{0, 2, 29};
    maria.attributes.note = "Line one\nline two, with a comma";
    auto friend_of = identity(Network::vcard, "c1", "Robert Lee", "", "+14165550134");
    friend_of.attributes.labels = {"Friends"};
    bring(kAnn, {maria, friend_of, identity(Network::facebook, "name:Robert Lee", "Robert Lee"),
                 identity(Network::twitter, "90001", "", ""),
                 identity(Network::email, "x@mail.example.com", "", "x@mail.example.com"),
                 identity(Network::linkedin, "wei-zhang-1", "Wei Zhang"),
                 identity(Network::linkedin, "wei-zhang-2", "Wei Zhang"),
                 identity(Network::linkedin, "formula", "=HYPERLINK(\"https://example.org\")"),
                 identity(Network::linkedin, "quoted", "'=Ann Lee"),
                 identity(Network::phone, "+14165550199", "", "", "+14165550199")});
    // The owner's word on what nobody else would say: a friend's card is an acquaintance's, a contact a
    // stranger's.
    for (const auto& [name, relation] : {std::pair("Robert Lee", core::Relation::acquaintance),
                                         std::pair("María José García", core::Relation::stranger)}) {
        PersonEdit edit;
        edit.relation = relation;
        const auto id = people(kAnn).find(name)->second.id;
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) {
            return edit_person(tx, Caller{kAnn, kNoon, {}}, id, edit, &ids_);
        }));
    }
    PersonEdit promise;
    promise.next_step = "Send the photos; then lunch, with Zoë\n\"soon\"";
    const auto promised = people(kAnn).find("Robert Lee")->second.id;
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) {
        return edit_person(tx, Caller{kAnn, kNoon, {}}, promised, promise, &ids_);
    }));
    const auto before = people(kAnn);
    ASSERT_GE(before.size(), 7U);
    EXPECT_EQ(exported(PeopleFormat::csv).find("\"="), std::string::npos) << "a cell that computes";
    for (const auto format : {PeopleFormat::vcard, PeopleFormat::csv}) {
        const core::AccountId other{format == PeopleFormat::vcard ? 8 : 9};
        bring(other, read_again(exported(format), format));
        const auto after = people(other);
        ASSERT_EQ(after.size(), before.size());
        for (auto a = before.begin(), b = after.begin(); a != before.end(); ++a, ++b) {
            EXPECT_EQ(b->first, a->first);
            EXPECT_EQ(b->second.organisation, a->second.organisation);
            EXPECT_EQ(b->second.title, a->second.title);
            EXPECT_EQ(b->second.city, a->second.city);
            EXPECT_EQ(b->second.relation, a->second.relation);
            EXPECT_EQ(b->second.next_step, a->second.next_step);
        }
    }
}

TEST_P(Export, WritesCardsThatOtherProgramsRead) {
    auto long_name = identity(Network::vcard, "c1", "Ἀλέξανδρος " + std::string(60, 'x'), "a@example.com");
    bring(kAnn, {long_name});
    const std::string text = exported(PeopleFormat::vcard);
    EXPECT_TRUE(text.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n"));
    EXPECT_TRUE(text.ends_with("END:VCARD\r\n"));
    std::size_t start = 0;
    for (std::size_t end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n", start)) {
        EXPECT_LE(end - start, 75U);
        EXPECT_TRUE(is_utf8(text.substr(start, end - start)));
        start = end + 2;
    }
}

}  // namespace
}  // namespace vv::app
