// world/api.h — our whole API over a fresh database, asked as browsers would ask, each answer held against
// the document.
//
//     class Blocks : public world::ForEachApi {};
//     VV_ON_EACH_DATABASE(Blocks);
//     TEST_P(Blocks, AreListed) {
//         world::Visitor ann = signed_in("ann");
//         EXPECT_EQ(ann.put("/blocks/bob").status, 204);
//     }
#pragma once

#include "api/http/context.h"
#include "app/outgoing_mail.h"
#include "core/accounts.h"
#include "net/router.h"
#include "world/client.h"
#include "world/databases.h"

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::world {

struct Answer {
    int status = 0;
    boost::json::value body;  // null when there is none
    net::Response response;

    /// A member of the body, by JSON pointer: "/items/0/id". Fails the test and gives null when there is
    /// none.
    [[nodiscard]] boost::json::value at(std::string_view pointer) const;
    /// The same as a text.
    [[nodiscard]] std::string text(std::string_view pointer) const;
    /// Of an error.
    [[nodiscard]] std::string code() const { return text("/error/code"); }
    [[nodiscard]] std::string header(std::string_view name) const;
};

/// A browser. Paths are those of the document ("/account"), below /api/visavis/v1. An answer that the
/// document doesn't allow fails the test.
class Visitor {
public:
    explicit Visitor(const net::Router& router) : router_(&router), client_(router) {}

    Answer get(std::string_view path) { return send(net::Method::get, path, {}); }
    Answer post(std::string_view path, std::string json = {}) {
        return send(net::Method::post, path, std::move(json));
    }
    Answer put(std::string_view path, std::string json = {}) {
        return send(net::Method::put, path, std::move(json));
    }
    Answer patch(std::string_view path, std::string json) {
        return send(net::Method::patch, path, std::move(json));
    }
    Answer remove(std::string_view path) { return send(net::Method::delete_, path, {}); }
    /// With headers of one's own.
    Answer send(std::string_view path, net::Request request);

    Client& client() { return client_; }

private:
    Answer send(net::Method method, std::string_view path, std::string json);

    const net::Router* router_;
    Client client_;
};

class ForEachApi : public ForEachDatabase {
protected:
    void SetUp() override;
    /// An account made without a question, its address proved. Its password is kPassword when
    /// `with_password`, which takes a hash's time; else none fits.
    core::AccountId add_account(const std::string& handle, bool with_password = false);
    /// A browser signed in as this account, which is made when there is none.
    Visitor signed_in(const std::string& handle);
    [[nodiscard]] Visitor visitor() const { return Visitor(router); }
    /// The mails that went into the outbox since the last call, in no order.
    std::vector<app::OutgoingMail> take_mails();

    static constexpr const char* kPassword = "four random words";
    IdSource ids;
    Instant now = *parse_rfc3339("2026-11-20T18:00:00Z");  // tests move it
    std::optional<api::Context> context;
    net::Router router;
};

}  // namespace vv::world
