#include "world/introductions.h"

#include "app/links.h"
#include "store/accounts.h"
#include "store/people.h"

#include <boost/json/array.hpp>
#include <gtest/gtest.h>

namespace vv::world {

void ForEachNetwork::SetUp() {
    ForEachApi::SetUp();
    if (IsSkipped()) return;
    context->mail_from = "visavis@visavis.example";
    wim.emplace(signed_in("wim"));
    cate.emplace(signed_in("cate"));
    dora.emplace(signed_in("dora"));
    wims_cate = link("wim", "cate");
    cates_wim = link("cate", "wim");
    cates_dora = link("cate", "dora");
    EXPECT_EQ(cate->patch("/people/" + cates_dora, R"({"title":"Chief Executive"})").status, 200);
}

std::string ForEachNetwork::link(const std::string& owner, const std::string& other) {
    const auto person = db().write_now([&](store::Tx& tx) -> Result<core::PersonId> {
        const auto mine = store::accounts::find_by_handle(tx, owner);
        const auto theirs = store::accounts::find_by_handle(tx, other);
        app::link_person(tx, mine->id, theirs->id, now, ids);
        return *store::people::find_by_account(tx, mine->id, theirs->id);
    });
    EXPECT_TRUE(person.ok());
    return to_string(*person);
}

std::string ForEachNetwork::add(Visitor& who, const std::string& name, const std::string& title) {
    const auto person = who.post("/people", R"({"name":")" + name + R"("})");
    EXPECT_EQ(person.status, 201);
    const std::string id = person.text("/id");
    EXPECT_EQ(who.patch("/people/" + id, R"({"title":")" + title + R"("})").status, 200);
    return id;
}

std::string ForEachNetwork::ask(const std::string& text) {
    const auto made = wim->post("/asks", R"({"text":")" + text + R"("})");
    EXPECT_EQ(made.status, 201);
    return "/asks/" + made.text("/id");
}

std::string ForEachNetwork::send(const std::string& path) {
    EXPECT_EQ(wim->post(path + "/sends", R"({"people":[")" + wims_cate + R"("]})").status, 200);
    const auto list = cate->get("/asks/received");
    if (list.at("/items").as_array().empty()) return {};
    return "/asks/received/" + list.text("/items/0/id");
}

Answer ForEachNetwork::introduce(const std::string& received, const std::string& person,
                                 const std::string& more) {
    return cate->post("/introductions",
                      R"({"ask":")" + id_of(received) + R"(","person":")" + person + R"(",)" + more + "}");
}

Answer ForEachNetwork::say(Visitor& who, const std::string& introduction, const std::string& answer) {
    return who.post("/introductions/" + introduction + "/answer", R"({"answer":")" + answer + R"("})");
}

net::Response ForEachNetwork::post(const std::string& page, std::string form) {
    net::Request request;
    request.method = net::Method::post;
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    request.body = std::move(form);
    return visitor().client().send(page, std::move(request));
}

std::string ForEachNetwork::all_that(Visitor& who) {
    std::string all;
    const auto read = [&](const std::string& path) {
        auto answer = who.get(path);
        all += path + ": " + answer.response.body + "\n";
        return answer;
    };
    for (const char* list : {"/asks", "/asks/received", "/introductions"}) {
        const auto items = read(list).at("/items").as_array();
        for (std::size_t i = 0; i < items.size(); ++i)
            read(std::string(list) + "/" + std::string(items[i].at("id").as_string()));
    }
    for (const char* page : {"/people", "/today", "/meetings", "/encounters", "/reminders"}) read(page);
    return all;
}

}  // namespace vv::world
