#include "cli/accounts.h"

#include "app/accounts.h"
#include "app/leaving.h"
#include "app/passwords.h"
#include "base/crypto.h"
#include "base/text.h"
#include "cli/command.h"
#include "core/cities.h"
#include "jobs/leaving.h"
#include "store/database.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <istream>
#include <memory>
#include <ostream>

namespace vv::cli {
namespace {

namespace json = boost::json;

struct AddOptions {
    std::string handle;
    std::string email;
    std::optional<std::string> name;
    std::optional<std::string> zone;
    std::optional<std::string> home;
    bool is_admin = false;
    bool findable = false;
};

struct Password {
    std::string text;
    bool is_made = false;  // then its owner must be told
};

// From stdin when that is not a terminal and not empty, else made.
Password take_password(Environment& env) {
    std::string line;
    if (!env.in_is_terminal() && std::getline(env.in(), line)) {
        if (line.ends_with('\r')) line.pop_back();
        if (!line.empty()) return {line, false};
    }
    return {random_token(15), true};
}

Result<LatLng> parse_home(std::string_view text) {
    const Error wrong(Fault::invalid, "account.home_invalid",
                      "--home is LAT,LON in degrees, like 48.85,2.35.");
    const auto parts = split(text, ',');
    if (parts.size() != 2) return wrong;
    LatLng at;
    for (const auto& [part, into] :
         {std::pair{trim(parts[0]), &at.lat}, std::pair{trim(parts[1]), &at.lng}}) {
        const auto [end, failed] = std::from_chars(part.data(), part.data() + part.size(), *into);
        if (failed != std::errc() || end != part.data() + part.size()) return wrong;
    }
    if (!at.is_valid()) return wrong;
    return at;
}

// A home without a name and a zone takes those of the city that is there.
Result<app::AccountForm> make_form(const AddOptions& options, const std::string& password) {
    app::AccountForm form;
    form.handle = options.handle;
    form.email = options.email;
    form.full_name = options.name.value_or(options.handle);
    form.password = password;
    form.zone = options.zone.value_or("UTC");
    if (!options.home) return form;
    TRY(const LatLng at, parse_home(*options.home));
    const auto city = core::nearest_city(at, 50);
    form.home = core::Home{city ? city->name : "", at};
    if (city && !options.zone) form.zone = city->zone;
    return form;
}

Result<Exit> add_account(Environment& env, const AddOptions& options) {
    const Password password = take_password(env);
    TRY(const app::AccountForm form, make_form(options, password.text));
    TRY(core::Account account, app::check_form(form));
    account.id = core::AccountId{env.ids().next(env.now())};
    account.created_at = env.now();
    account.is_admin = options.is_admin;
    account.findable = options.findable;
    TRY(store::Database* const db, env.database());
    const app::NewAccount created{std::move(account), hash_password(password.text)};
    TRY(const core::Account added,
        db->write_now([&](store::Tx& tx) { return app::add_account(tx, created); }));
    if (env.json()) {
        json::object line;
        line["id"] = to_string(added.id);
        line["handle"] = added.handle;
        line["email"] = added.email;
        line["password"] = password.is_made ? json::value(password.text) : json::value();
        env.out() << json::serialize(line) << '\n';
    } else {
        env.out() << "Account " << added.handle << " <" << added.email << "> is made.\n";
        if (password.is_made) env.out() << "Password: " << password.text << '\n';
    }
    return Exit::done;
}

json::object render(const core::Account& account) {
    json::object line;
    line["id"] = to_string(account.id);
    line["handle"] = account.handle;
    line["name"] = account.full_name;
    line["email"] = account.email;
    line["email_verified"] = account.email_verified_at.has_value();
    line["zone"] = account.zone.name();
    line["admin"] = account.is_admin;
    line["created_at"] = format_rfc3339(account.created_at);
    return line;
}

void print(std::ostream& out, const core::Account& account) {
    const auto column = [&](std::string text, std::size_t width) {
        out << text << std::string(text.size() < width ? width - text.size() : 1, ' ');
    };
    column(account.handle, 20);
    column(account.email + (account.email_verified_at ? "" : " (unproven)"), 40);
    column(account.zone.name(), 24);
    out << account.full_name << (account.is_admin ? " (runs the server)" : "") << '\n';
}

Result<Exit> list_accounts(Environment& env) {
    constexpr int kPage = 500;
    TRY(store::Database* const db, env.database());
    std::string after;
    while (true) {
        TRY(const auto page,
            db->read_now([&](store::Tx& tx) { return app::list_accounts(tx, after, kPage); }));
        for (const core::Account& account : page) {
            if (env.json())
                env.out() << json::serialize(render(account)) << '\n';
            else
                print(env.out(), account);
        }
        if (page.size() < kPage) return Exit::done;
        after = page.back().handle;
    }
}

Result<Exit> set_password(Environment& env, const std::string& handle) {
    TRY(store::Database* const db, env.database());
    TRY(const core::Account account,
        db->read_now([&](store::Tx& tx) { return app::account_of_any_handle(tx, handle); }));
    const Password password = take_password(env);
    CHECK(core::check_password(password.text, account.handle, account.email));
    const std::string hash = hash_password(password.text);
    CHECK(db->write_now([&](store::Tx& tx) { return app::set_password(tx, account.id, hash); }));
    if (env.json()) {
        json::object line;
        line["handle"] = account.handle;
        line["password"] = password.is_made ? json::value(password.text) : json::value();
        env.out() << json::serialize(line) << '\n';
    } else {
        env.out() << "Account " << account.handle << " has a new password and is signed out everywhere.\n";
        if (password.is_made) env.out() << "Password: " << password.text << '\n';
    }
    return Exit::done;
}

struct DeleteOptions {
    std::string handle;
    bool at_once = false;
};

// Mails that tell others wait in the outbox for the server, which sends them.
Result<Exit> delete_account(Environment& env, const DeleteOptions& options) {
    TRY(store::Database* const db, env.database());
    TRY(const core::Account account,
        db->read_now([&](store::Tx& tx) { return app::account_of_any_handle(tx, options.handle); }));
    const app::Caller caller{account.id, env.now(), account.zone};
    TRY(const DataPlace place, env.place());
    const app::DismissAccount how{options.at_once, {&env.ids(), place.base_url, place.mail_from}};
    TRY(const Instant at,
        db->write_now([&](store::Tx& tx) { return app::dismiss_account(tx, caller, how); }));
    if (options.at_once) CHECK(jobs::erase_account(*db, account.id, env.now()));
    if (env.json()) {
        json::object line;
        line["handle"] = account.handle;
        line["leaves_at"] = format_rfc3339(at);
        env.out() << json::serialize(line) << '\n';
    } else if (options.at_once) {
        env.out() << "Account " << account.handle << " and everything in it is deleted.\n";
    } else {
        env.out() << "Account " << account.handle << " is signed out, and will be deleted on "
                  << format_date(account.zone.date_of(at)) << "; \"visavis account keep " << account.handle
                  << "\" keeps it.\n";
    }
    return Exit::done;
}

Result<Exit> keep_account(Environment& env, const std::string& handle) {
    TRY(store::Database* const db, env.database());
    TRY(const core::Account account,
        db->read_now([&](store::Tx& tx) { return app::account_of_any_handle(tx, handle); }));
    const app::Caller caller{account.id, env.now(), account.zone};
    CHECK(db->write_now([&](store::Tx& tx) { return app::keep_account(tx, caller); }));
    if (!env.json()) env.out() << "Account " << account.handle << " stays.\n";
    return Exit::done;
}

}  // namespace

void add_account_commands(Command& root) {
    Command account = root.add("account", "Accounts on this server");

    auto adding = std::make_shared<AddOptions>();
    Command add =
        account.add("add", "Makes an account; its password is read from stdin, else made and printed");
    add.required("NAME", adding->handle, "The handle: letters a to z, digits and _");
    add.required("--email", adding->email, "The e-mail address; your word is its proof");
    add.option("--name", adding->name, "The full name; the handle without it");
    add.option("--zone", adding->zone, "The time zone, like Europe/Paris; without it the home's, else UTC");
    add.option("--home", adding->home, "Where they live, LAT,LON; kept to about 10 km");
    add.flag("--admin", adding->is_admin, "They run this server");
    add.flag("--findable", adding->findable, "Who knows their e-mail address is offered the link to them");
    add.run([adding](Environment& env) { return add_account(env, *adding); });

    Command list = account.add("list", "Every account, by handle");
    list.run([](Environment& env) { return list_accounts(env); });

    auto handle = std::make_shared<std::string>();
    Command password = account.add("password", "Sets a password, read from stdin, else made and printed");
    password.required("NAME", *handle, "The handle");
    password.run([handle](Environment& env) { return set_password(env, *handle); });

    auto leaving = std::make_shared<DeleteOptions>();
    Command remove =
        account.add("delete", "Signs an account out and deletes it with all its data in two weeks");
    remove.required("NAME", leaving->handle, "The handle");
    remove.flag("--at-once", leaving->at_once, "Delete it now; it can't be taken back");
    remove.run([leaving](Environment& env) { return delete_account(env, *leaving); });

    auto kept = std::make_shared<std::string>();
    Command keep = account.add("keep", "Keeps an account that is to be deleted");
    keep.required("NAME", *kept, "The handle");
    keep.run([kept](Environment& env) { return keep_account(env, *kept); });
}

}  // namespace vv::cli
