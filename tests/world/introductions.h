// world/introductions.h — accounts that know each other, for everything about asks and introductions.
#pragma once

#include "world/api.h"

#include <string>
#include <vector>

namespace vv::world {

/// wim asks; cate brokers and knows wim, dora (an account, a chief executive) and people without an account.
class ForEachNetwork : public ForEachApi {
protected:
    void SetUp() override;
    /// Among `owner`'s people from now on, linked as after both agreed; the person's id.
    std::string link(const std::string& owner, const std::string& other);
    /// A person without an account, with a title.
    static std::string add(Visitor& who, const std::string& name, const std::string& title);
    static std::string id_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }
    /// wim's ask; its path.
    std::string ask(const std::string& text = "two chief executives to interview for an article");
    /// Sends it to cate; the path of it before her.
    std::string send(const std::string& path);
    /// cate introduces for the ask before her.
    Answer introduce(const std::string& received, const std::string& person,
                     const std::string& more = R"("to_target":"You two should meet","to_asker":"Meet her")");
    static Answer say(Visitor& who, const std::string& introduction, const std::string& answer);
    net::Response open(const std::string& page) { return visitor().client().get(page); }
    net::Response post(const std::string& page, std::string form);
    /// What an account reads anywhere of asks and introductions, as one text.
    std::string all_that(Visitor& who);

    std::optional<Visitor> wim, cate, dora;
    std::string wims_cate, cates_wim, cates_dora;  // persons
};

}  // namespace vv::world
