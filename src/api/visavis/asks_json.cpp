#include "api/visavis/asks_json.h"

#include "api/visavis/people.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

json::array to_array(const std::vector<std::string>& list) {
    json::array out;
    for (const auto& one : list) out.emplace_back(one);
    return out;
}

// What an ask says, to whoever may read it; relations are between its writer and hers.
json::object parts(const core::Ask& ask) {
    json::object out;
    out["text"] = ask.text;
    out["titles"] = to_array(ask.titles);
    out["topics"] = to_array(ask.topics);
    out["organisations"] = to_array(ask.organisations);
    out["purpose"] = ask.purpose;
    out["count"] = ask.count ? json::value(*ask.count) : json::value(nullptr);
    out["city"] = ask.place ? json::value(ask.place->name) : json::value(nullptr);
    out["by"] = ask.by ? json::value(format_date(*ask.by)) : json::value(nullptr);
    out["in_return"] = ask.in_return;
    return out;
}

json::object name_of(const core::AccountName& account) {
    return {{"handle", account.handle}, {"name", account.name}};
}

template <class AnyId>
json::value id_or_null(const std::optional<AnyId>& id) {
    return id ? json::value(to_string(*id)) : json::value(nullptr);
}

json::object render(const app::MatchedPerson& one, const core::Ask& ask, std::size_t rank) {
    json::array reasons;
    for (const core::Reason& reason : one.match.reasons)
        reasons.push_back({{"kind", reason.kind}, {"text", reason.text}, {"weight", reason.weight}});
    return {{"rank", rank},
            {"person", render_row(one.person)},
            {"fit", one.match.fit},
            {"warmth", one.match.warmth},
            {"score", one.match.score},
            {"path", json::array{{{"name", one.person.name}, {"trust", one.person.trust}}}},
            {"reasons", std::move(reasons)},
            {"draft", app::ask_message(ask, one.person)}};
}

}  // namespace

json::object render_ask(const app::AskView& view) {
    json::object out = parts(view.ask.ask);
    json::array relations;
    for (const auto relation : view.ask.ask.relations) relations.emplace_back(core::to_string(relation));
    out["id"] = to_string(view.ask.id);
    out["relations"] = std::move(relations);
    out["state"] = core::to_string(view.state);
    out["progress"] = {
        {"asked", view.progress.asked}, {"yes", view.progress.yes}, {"met", view.progress.met}};
    out["result_url"] = text_or_null(view.ask.result_url);
    out["created_at"] = format_rfc3339(view.ask.created_at);
    return out;
}

json::array render_fitting(const std::vector<app::MatchedPerson>& people, const core::Ask& ask) {
    json::array fitting;
    for (const auto& one : people) fitting.push_back(render(one, ask, fitting.size() + 1));
    return fitting;
}

json::object render_received(const app::ReceivedAsk& received) {
    json::object out = parts(received.ask);
    out["id"] = to_string(received.id);
    out["asker"] = name_of(received.by);
    out["person"] = id_or_null(received.person);
    out["community"] = text_or_null(received.community);
    out["open"] = received.is_open;
    out["result_url"] = text_or_null(received.result_url);
    out["received_at"] = format_rfc3339(received.shown_at);
    out["expires_at"] = format_rfc3339(received.expires_at);
    return out;
}

json::object render_introduction(const app::IntroductionView& view) {
    const core::Introduction& introduction = view.introduction;
    const bool is_target = view.role == core::Role::target;
    json::object out;
    out["id"] = to_string(introduction.id);
    out["role"] = core::to_string(view.role);
    out["state"] = core::to_string(view.state);
    out["answer"] = core::to_string(view.own_answer);
    out["broker"] = name_of(view.broker);
    out["asker"] = view.asker ? json::value(name_of(*view.asker)) : json::value(nullptr);
    out["target"] = nullptr;
    if (!view.target_name.empty())
        out["target"] = {{"name", view.target_name}, {"handle", text_or_null(view.target_handle)}};
    out["person"] = id_or_null(view.person);
    out["ask"] = text_or_null(view.ask);
    out["to_target"] = text_or_null(introduction.to_target);
    out["to_asker"] = text_or_null(introduction.to_asker);
    out["contact"] = text_or_null(view.contact);
    out["asker_thanks"] = text_or_null(introduction.asker_thanks);
    out["target_thanks"] = text_or_null(introduction.target_thanks);
    out["result_url"] = text_or_null(view.result_url);
    out["created_at"] = format_rfc3339(introduction.created_at);
    out["expires_at"] = format_rfc3339(introduction.expires_at);
    out["made_at"] = to_json(introduction.made_at);
    out["met_at"] = is_target ? json::value(nullptr) : to_json(introduction.met_at);
    out["link"] = text_or_null(view.link);
    return out;
}

json::array render_introductions(const std::vector<app::IntroductionView>& views) {
    json::array list;
    for (const auto& view : views) list.push_back(render_introduction(view));
    return list;
}

json::array render_sent(const std::vector<app::SentTo>& sent) {
    json::array list;
    for (const auto& one : sent)
        list.push_back({{"person", render_row(one.person)},
                        {"state", app::to_string(one.state)},
                        {"sent_at", format_rfc3339(one.at)}});
    return list;
}

json::array render_asked(const std::vector<store::communities::Asked>& communities) {
    json::array list;
    for (const auto& one : communities)
        list.push_back({{"id", to_string(one.id)}, {"name", one.name}, {"asked_at", format_rfc3339(one.at)}});
    return list;
}

}  // namespace vv::api::visavis
