#include "app/handshakes.h"

#include "base/crypto.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/devices.h"
#include "store/people.h"
#include "world/databases.h"

#include <gtest/gtest.h>

namespace vv::app {
namespace {

constexpr const char* kHost = "example.org";

// An account with a phone in its hand.
struct Holder {
    core::AccountId account;
    core::DeviceId device;
    Ed25519Pair pair = make_ed25519();
    [[nodiscard]] std::string sign(const std::string& text) const {
        return base64url(sign_ed25519(pair.seed, text));
    }
};

class Handshakes : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        ann = add("ann", 1);
        ben = add("ben", 2);
        eve = add("eve", 3);
    }

    template <class F>
    auto write(F use_case) {
        return db().write_now(std::move(use_case));
    }
    Holder add(const std::string& handle, std::int64_t id) {
        Holder holder{{id}, {id + 100}};
        core::Account account;
        account.id = holder.account;
        account.handle = handle;
        account.email = handle + "@example.com";
        account.full_name = handle;
        account.created_at = now;
        core::Device device;
        device.account = holder.account;
        device.id = holder.device;
        device.name = "phone";
        device.public_key = base64url(holder.pair.key);
        device.created_at = now;
        const auto added = write([&](store::Tx& tx) -> Result<Done> {
            store::accounts::add(tx, account, "hash");
            store::devices::add(tx, device);
            return Done{};
        });
        EXPECT_TRUE(added);
        return holder;
    }

    [[nodiscard]] Caller as(const Holder& holder) const { return {holder.account, now, Zone()}; }

    Result<ShownCode> show(const Holder& who) {
        core::Offer offer{"", base64url(who.pair.key), base64url(random_bytes(16)), now, ""};
        offer.from = (who.account == ann.account   ? "ann"
                      : who.account == ben.account ? "ben"
                                                   : "eve") +
                     std::string("@") + kHost;
        const ShowOffer input{who.device, offer.nonce, now, who.sign(core::offer_text(offer)), kHost, place};
        return write([&](store::Tx& tx) { return show_offer(tx, as(who), input); });
    }
    Result<ReadCode> read(const Holder& who, const std::string& code, bool keep_place = false) {
        return write([&](store::Tx& tx) {
            return read_offer(tx, as(who), {code, "", who.device, keep_place, kHost});
        });
    }
    Result<HandshakeProgress> sign(const Holder& who, const std::string& nonce, const std::string& receipt) {
        const MeetingDesk desk{&ids, "http://example.org", ""};
        return write(
            [&](store::Tx& tx) { return sign_receipt(tx, as(who), nonce, who.sign(receipt), desk); });
    }

    IdSource ids;
    Instant now = *parse_rfc3339("2026-11-20T18:28:30Z");
    std::optional<LatLng> place;
    Holder ann, ben, eve;
};
VV_ON_EACH_DATABASE(Handshakes);

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "ok" : result.error().code;
}

TEST_P(Handshakes, OfTwoPhonesMakesAReceiptAndAnEncounterAtBothSides) {
    const auto shown = show(ann);
    ASSERT_TRUE(shown) << shown.error().detail;
    now += std::chrono::seconds(11);
    const auto code = read(ben, "https://example.org/h#" + shown->code);
    ASSERT_TRUE(code) << code.error().detail;
    EXPECT_EQ(code->with.handle, "ann");
    ASSERT_TRUE(sign(ben, code->nonce, code->receipt));
    const auto done = sign(ann, code->nonce, code->receipt);
    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_EQ(done->state, HandshakeState::done);
    for (const Holder& side : {ann, ben}) {
        const auto rows =
            db().read_now([&](store::Tx& tx) { return list_handshakes(tx, as(side), std::nullopt, 10); });
        ASSERT_EQ(rows->size(), 1U);
        EXPECT_TRUE(core::verify(rows->front().receipt)) << "each side keeps a receipt that verifies";
        EXPECT_TRUE(rows->front().is_first);
        ASSERT_TRUE(rows->front().person);
        const auto person = db().read_now([&](store::Tx& tx) -> Result<core::Person> {
            return *store::people::find(tx, side.account, *rows->front().person);
        });
        EXPECT_EQ(person->stage, core::Stage::met);
        EXPECT_EQ(person->encounters, 1);
    }
}

TEST_P(Handshakes, CodeIsReadOnceOnly) {
    const auto shown = show(ann);
    ASSERT_TRUE(read(ben, shown->code));
    EXPECT_EQ(code_of(read(eve, shown->code)), "handshake.used");
    EXPECT_EQ(code_of(read(ben, shown->code)), "handshake.used");
}

TEST_P(Handshakes, CodeIsGoodForAMinute) {
    const auto shown = show(ann);
    now += std::chrono::seconds(61);
    EXPECT_EQ(code_of(read(ben, shown->code)), "handshake.late");
}

TEST_P(Handshakes, WithOneselfIsRefused) {
    const auto shown = show(ann);
    EXPECT_EQ(code_of(read(ann, shown->code)), "handshake.oneself");
}

TEST_P(Handshakes, WithABlockedAccountLooksLikeNoCode) {
    const auto shown = show(ann);
    ASSERT_TRUE(write([&](store::Tx& tx) -> Result<Done> {
        store::blocks::add(tx, ann.account, std::vector{ben.account}, now);
        return Done{};
    }));
    EXPECT_EQ(code_of(read(ben, shown->code)), "handshake.code");
}

TEST_P(Handshakes, CodeOfARevokedDeviceIsNone) {
    const auto shown = show(ann);
    ASSERT_TRUE(write([&](store::Tx& tx) -> Result<Done> {
        store::devices::revoke(tx, ann.account, ann.device, now);
        return Done{};
    }));
    EXPECT_EQ(code_of(read(ben, shown->code)), "handshake.code");
}

TEST_P(Handshakes, SignatureOfAnotherPhoneIsRefused) {
    const auto shown = show(ann);
    const auto code = read(ben, shown->code);
    const MeetingDesk desk{&ids, "http://example.org", ""};
    const auto forged = write(
        [&](store::Tx& tx) { return sign_receipt(tx, as(ben), code->nonce, eve.sign(code->receipt), desk); });
    EXPECT_EQ(code_of(forged), "handshake.signature");
    EXPECT_EQ(code_of(sign(ann, code->nonce, code->receipt)), "handshake.unsigned");
    EXPECT_EQ(code_of(sign(eve, code->nonce, code->receipt)), "handshake.code");
}

TEST_P(Handshakes, LateSecondSignatureIsRefused) {
    const auto shown = show(ann);
    const auto code = read(ben, shown->code);
    ASSERT_TRUE(sign(ben, code->nonce, code->receipt));
    now += std::chrono::seconds(301);
    EXPECT_EQ(code_of(sign(ann, code->nonce, code->receipt)), "handshake.late");
}

TEST_P(Handshakes, SigningTwiceChangesNothing) {
    const auto shown = show(ann);
    const auto code = read(ben, shown->code);
    ASSERT_TRUE(sign(ben, code->nonce, code->receipt));
    ASSERT_TRUE(sign(ann, code->nonce, code->receipt));
    EXPECT_EQ(sign(ann, code->nonce, code->receipt)->state, HandshakeState::done);
    const auto rows =
        db().read_now([&](store::Tx& tx) { return list_handshakes(tx, as(ann), std::nullopt, 10); });
    EXPECT_EQ(rows->size(), 1U);
}

TEST_P(Handshakes, WordsStandForTheCode) {
    const auto shown = show(ann);
    const std::string words = shown->words[0] + " " + shown->words[1] + " " + shown->words[2];
    const auto code = write([&](store::Tx& tx) {
        return read_offer(tx, as(ben), {"", words, ben.device, false, kHost});
    });
    ASSERT_TRUE(code) << code.error().detail;
    EXPECT_EQ(code->nonce, shown->nonce);
}

TEST_P(Handshakes, ShortCodeStandsForTheOneThatItsServerKnows) {
    const auto shown = show(ann);
    const std::string code = core::encode_known_offer(shown->nonce);
    EXPECT_EQ(code_of(read(ann, code)), "handshake.oneself");
    EXPECT_EQ(code_of(read(ben, core::encode_known_offer(base64url(random_bytes(16))))), "handshake.code");
    const auto got = read(ben, "https://example.org/h#" + code);
    ASSERT_TRUE(got) << got.error().detail;
    EXPECT_EQ(got->nonce, shown->nonce);
    EXPECT_EQ(code_of(read(eve, code)), "handshake.used");
    EXPECT_EQ(code_of(read(eve, shown->code)), "handshake.used") << "it is the same code";
    const auto late = show(ann);
    now += std::chrono::seconds(61);
    EXPECT_EQ(code_of(read(ben, core::encode_known_offer(late->nonce))), "handshake.late");
}

TEST_P(Handshakes, PlaceStandsThereOnlyWhenBothAgree) {
    place = LatLng{43.6532, -79.3832};
    EXPECT_NE(read(ben, show(ann)->code, true)->receipt.find("place: 43.65,-79.35\n"), std::string::npos);
    EXPECT_NE(read(ben, show(ann)->code, false)->receipt.find("place: -\n"), std::string::npos);
}

TEST_P(Handshakes, CodeOfAPhoneWithoutNetworkIsRegisteredByItsReader) {
    core::Offer offer{"ann@example.org", base64url(ann.pair.key), base64url(random_bytes(16)), now, ""};
    offer.signature = ann.sign(core::offer_text(offer));
    EXPECT_TRUE(read(ben, core::encode_offer(offer)));
    EXPECT_EQ(code_of(read(eve, core::encode_offer(offer))), "handshake.used");
}

}  // namespace
}  // namespace vv::app
