// The command line about keys: the secret is drawn here, shown once, and only its hash leaves.
#include "tools/key.h"

#include "api/first_start.h"
#include "api/json.h"
#include "domain/access/roles.h"
#include "eventstore/hashes.h"
#include "projections/projection.h"
#include "tools/command_line.h"
#include "tools/key_office.h"

#include <algorithm>
#include <iostream>
#include <set>

#include <CLI/CLI.hpp>

namespace kontor {
namespace {

struct Wishes {
    std::string data, secret;
    std::string name, actor, role, company;
};

template <class C>
AskedCommand asked(const C& command) {
    return {std::string(type_of<C>().name), write_json(type_of<C>(), &command)};
}

// Roles that everybody means the same by; they are defined when first granted.
std::optional<access::DefineRole> usual_role(const std::string& name) {
    if (name == "administrator") return access::DefineRole{{name}, {"*"}};
    if (name != "reader") return std::nullopt;
    std::set<std::string> permissions = {"events"};
    for (const ReadModelSpec& spec : read_models())
        for (const QuerySpec& query : spec.queries) permissions.emplace(query.type->name);
    return access::DefineRole{{name}, {permissions.begin(), permissions.end()}};
}

access::CreateKey new_key(const Wishes& wishes, const std::string& secret) {
    const Hash hash = sha256(secret);
    const std::string& actor = wishes.actor.empty() ? wishes.name : wishes.actor;
    // Without a name, one that tells keys of an actor apart and says nothing of the secret.
    const std::string name =
        wishes.name.empty() ? actor + '-' + new_secret().substr(7, 8) : wishes.name;
    return {{name}, {actor}, {{hash.begin(), hash.end()}}};
}

int create(const Wishes& wishes) {
    const std::string secret = new_secret();
    const access::CreateKey key = new_key(wishes, secret);
    const auto office = key_office(wishes.data, wishes.secret);
    const bool grants = !wishes.role.empty();
    std::optional<CompanyCode> company;
    if (!wishes.company.empty()) company = CompanyCode{wishes.company};
    const auto create = asked(key);
    const auto grant = asked(access::GrantRole{key.actor, {wishes.role}, company});
    KeyAnswer answer = grants ? office->ask({create, grant}) : office->ask({create});
    if (answer.code == "role_unknown")
        if (const auto define = usual_role(wishes.role))
            answer = office->ask({asked(*define), create, grant});
    // Who has the role already needs only the key.
    if (answer.code == "grant_exists") answer = office->ask({create});
    if (!answer.done) throw Unable(answer.text);
    std::cerr << "Key " << key.key.text << " of " << key.actor.text;
    if (grants)
        std::cerr << ", " << wishes.role << " in "
                  << (company ? "company " + company->text : std::string("all companies"));
    else
        std::cerr << ", with the roles that " << key.actor.text << " has already and no other";
    std::cerr << ". Its secret is shown this once:\n";
    std::cout << secret << '\n';
    return exit_done;
}

int list(const Wishes& wishes) {
    const auto keys = key_office(wishes.data, wishes.secret)->keys();
    std::size_t names = 4, actors = 6;
    for (const KnownKey& key : keys) {
        names = std::max(names, key.key.size());
        actors = std::max(actors, key.actor.size());
    }
    const auto cell = [](const std::string& text, std::size_t width) {
        return text + std::string(width - text.size() + 2, ' ');
    };
    std::cout << cell("name", names) << cell("actor", actors) << cell("state", 7) << "roles\n";
    for (const KnownKey& key : keys) {
        std::cout << cell(key.key, names) << cell(key.actor, actors)
                  << cell(key.revoked ? "revoked" : "valid", 7);
        for (std::size_t at = 0; at < key.roles.size(); ++at)
            std::cout << (at ? ", " : "") << key.roles[at];
        std::cout << '\n';
    }
    return exit_done;
}

int revoke(const Wishes& wishes) {
    const KeyAnswer answer =
        key_office(wishes.data, wishes.secret)->ask({asked(access::RevokeKey{{wishes.name}})});
    if (!answer.done) throw Unable(answer.text);
    std::cout << "Key " << wishes.name << " opens nothing any more.\n";
    return exit_done;
}

void describe(CLI::App& app, Wishes& wishes) {
    app.require_subcommand(1);
    auto* create = app.add_subcommand("create", "Makes a key and prints its secret once");
    auto* list = app.add_subcommand("list", "Lists all keys with what their actors may do");
    auto* revoke = app.add_subcommand("revoke", "Makes a key worthless from now on");
    for (CLI::App* sub : {create, list, revoke}) {
        sub->add_option("--data", wishes.data, "Data directory")->required();
        sub->add_option("--key", wishes.secret,
                        "Secret of the key to ask a running server with; else that in admin.key");
    }
    auto* name = create->add_option("--name", wishes.name, "Name of the key; else made up");
    auto* actor = create->add_option("--actor", wishes.actor,
                                     "The person or program that it is for; else its name");
    auto* role = create->add_option("--role", wishes.role,
                                    "What the actor may do: administrator, reader or another role");
    create->add_option("--company", wishes.company, "Where the role holds; else everywhere")
        ->needs(role);
    create->callback([name, actor] {
        if (name->count() == 0 && actor->count() == 0)
            throw CLI::RequiredError("--name or --actor");
    });
    revoke->add_option("name", wishes.name, "Name of the key")->required();
}

}  // namespace

int key(int argc, char** argv) {
    Wishes wishes;
    CLI::App app("Makes, lists and revokes keys", "kontor key");
    describe(app, wishes);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_done : exit_usage;
    }
    const std::pair<const char*, int (*)(const Wishes&)> words[] = {
        {"create", create}, {"list", list}, {"revoke", revoke}};
    for (const auto& [word, work] : words)
        if (app.got_subcommand(word))
            return run_command(std::string("key ") + word, [&] { return work(wishes); });
    return exit_usage;
}

}  // namespace kontor
