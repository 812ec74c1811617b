// The command line's help on messages: the same descriptions that the API is made of, as text.
#include "tools/describe.h"

#include "domain/contexts.h"
#include "tools/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <set>

namespace kontor {
namespace {

// "list of EntryLine", "optional date", "map of dimension to dimension value".
std::string type_words(const Type& type) {
    switch (type.kind) {
        case Kind::optional: return "optional " + type_words(type.element());
        case Kind::list: return "list of " + type_words(type.element());
        case Kind::map:
            return "map of " + type_words(type.key()) + " to " + type_words(type.element());
        case Kind::id: return "id of " + std::string(type.thing.name);
        case Kind::code: return "code of " + std::string(type.thing.name);
        case Kind::date: return "date";
        case Kind::timestamp: return "instant";
        case Kind::personal: return "personal text, which is sealed";
        default: return std::string(type.name);
    }
}

const Type& innermost(const Type& type) {
    const bool holds =
        type.kind == Kind::optional || type.kind == Kind::list || type.kind == Kind::map;
    return holds ? innermost(type.element()) : type;
}

void append_fields(const Type& record, std::string& out, std::vector<const Type*>& parts) {
    for (const Field& field : record.fields) {
        if (field.retired) continue;
        const Type& type = field.type();
        const bool required = type.kind != Kind::optional && !field.otherwise;
        out += "  " + std::string(field.name) + ": " + type_words(type) +
               (required                      ? ""
                : type.kind == Kind::optional ? ""
                                              : ", may be left out") +
               "\n";
        if (!field.doc.empty()) out += "      " + std::string(field.doc) + "\n";
        const Type& inner = innermost(type);
        const bool has_parts =
            inner.kind == Kind::record || inner.kind == Kind::choice || inner.kind == Kind::variant;
        if (has_parts && std::ranges::find(parts, &inner) == parts.end()) parts.push_back(&inner);
    }
}

// The message, then everything that it is made of, each once.
std::string with_parts(const Type& message) {
    std::string out = std::string(message.name) + "\n" + std::string(message.doc) + "\n\n";
    std::vector<const Type*> parts;
    append_fields(message, out, parts);
    for (std::size_t at = 0; at < parts.size(); ++at) {
        const Type& part = *parts[at];
        if (&part == &message) continue;
        out += "\n" + std::string(part.name) + ": " + std::string(part.doc) + "\n";
        for (const Choice& choice : part.choices)
            out += "  " + std::string(choice.name) + "\n      " + std::string(choice.doc) + "\n";
        for (const TypeRef& alternative : part.alternatives) parts.push_back(&alternative());
        append_fields(part, out, parts);
    }
    return out;
}

std::string command_text(const Catalog::Command& command) {
    const Type& type = *command.spec->type;
    std::string out = with_parts(type);
    if (!command.own_reasons.empty() || !command.flow_reasons.empty())
        out += "\nIt is refused as\n";
    for (const Reason* reason : command.own_reasons)
        out += "  " + std::string(reason->code) + "\n      " + std::string(reason->doc) + "\n";
    for (const auto& [reason, flow] : command.flow_reasons)
        out += "  " + std::string(reason->code) + ", by " + std::string(flow) + "\n      " +
               std::string(reason->doc) + "\n";
    if (!type.example.empty())
        out +=
            "\nPOST /commands/" + std::string(type.name) + "\n" + std::string(type.example) + "\n";
    return out;
}

std::string query_text_of(const QuerySpec& query) {
    const Type& type = *query.type;
    std::string out = with_parts(type);
    switch (type.times) {
        case Times::both: out += "\nAsked at valid_at and known_at. A row:\n"; break;
        case Times::known_at: out += "\nAsked at known_at. A row:\n"; break;
        case Times::none: out += "\nA row:\n"; break;
    }
    out += with_parts(type.row());
    if (type.totals) out += "\nTotals:\n" + with_parts(type.totals());
    if (query.explain)
        out += "\nIts figures explain themselves: GET /queries/" + std::string(type.name) +
               "/explain?...&row=&field=\n";
    return out;
}

}  // namespace

std::string overview(const Catalog& catalog, const std::vector<ReadModelSpec>& read_models) {
    std::string out;
    const auto line = [&](const Type& type) {
        std::string name = "  " + std::string(type.name);
        name.resize(std::max<std::size_t>(name.size() + 1, 28), ' ');
        out += name + std::string(type.doc.substr(0, type.doc.find('.') + 1)) + "\n";
    };
    for (const BusinessContext& context : catalog.contexts()) {
        out += std::string(context.name) + ": " + std::string(context.doc) + "\n";
        for (const Catalog::Command& command : catalog.commands())
            if (command.context == &context) line(*command.spec->type);
        for (const ReadModelSpec& model : read_models)
            if (model.context == context.name)
                for (const QuerySpec& query : model.queries) line(*query.type);
        out += "\n";
    }
    return out;
}

std::string described(const Catalog& catalog, const std::vector<ReadModelSpec>& read_models,
                      std::string_view name) {
    if (const auto* command = catalog.command(name)) return command_text(*command);
    if (const auto* event = catalog.event(name)) return with_parts(*event->spec->type);
    for (const ReadModelSpec& model : read_models)
        for (const QuerySpec& query : model.queries)
            if (query.type->name == name) return query_text_of(query);
    return {};
}

int describe(int argc, char** argv) {
    CLI::App app{"Says what a command, event or query is and takes; without a name, lists them.",
                 "kontor describe"};
    std::string name;
    app.add_option("name", name, "such as PostEntry or trial_balance");
    CLI11_PARSE(app, argc, argv);
    return run_command("describe", [&] {
        const auto catalog = make_catalog();
        const auto models = read_models();
        const std::string text =
            name.empty() ? overview(*catalog, models) : described(*catalog, models, name);
        if (text.empty())
            throw Unable("There is no command, event or query " + name +
                         "; `kontor describe` lists them");
        std::fputs(text.c_str(), stdout);
        return exit_done;
    });
}

}  // namespace kontor
