// The command line's help on messages speaks of everything that the program can be asked.
#include "tools/describe.h"
#include "domain/contexts.h"

#include <catch2/catch.hpp>

namespace kontor {
namespace {

bool speaks_of(const std::string& text, std::string_view word) {
    return text.find(word) != std::string::npos;
}

}  // namespace

TEST_CASE("the overview names every command and query") {
    const auto catalog = make_catalog();
    const auto models = read_models();
    const std::string text = overview(*catalog, models);
    for (const Catalog::Command& command : catalog->commands())
        CHECK(speaks_of(text, "  " + std::string(command.spec->type->name) + " "));
    for (const ReadModelSpec& model : models)
        for (const QuerySpec& query : model.queries)
            CHECK(speaks_of(text, "  " + std::string(query.type->name) + " "));
}

TEST_CASE("a command is told with its fields, parts, refusals and example") {
    const auto catalog = make_catalog();
    const auto models = read_models();
    for (const Catalog::Command& command : catalog->commands()) {
        const Type& type = *command.spec->type;
        const std::string text = described(*catalog, models, type.name);
        INFO(text);
        for (const Field& field : type.fields)
            CHECK(speaks_of(text, "  " + std::string(field.name) + ": "));
        for (const Reason* reason : command.own_reasons) CHECK(speaks_of(text, reason->code));
        for (const auto& reached : command.flow_reasons)
            CHECK(speaks_of(text, reached.reason->code));
        CHECK(speaks_of(text, type.example));
    }
    const std::string post = described(*catalog, models, "PostEntry");
    CHECK(speaks_of(post, "lines: list of EntryLine"));
    CHECK(speaks_of(post, "side: Side"));
    CHECK(speaks_of(post, "  debit\n"));
    CHECK(speaks_of(post, "document: optional text"));
}

TEST_CASE("a query is told with its rows, times and totals; what is unknown, not at all") {
    const auto catalog = make_catalog();
    const auto models = read_models();
    const std::string balance = described(*catalog, models, "trial_balance");
    CHECK(speaks_of(balance, "Asked at valid_at and known_at"));
    CHECK(speaks_of(balance, "TrialBalanceRow"));
    CHECK(speaks_of(balance, "explain"));
    CHECK(speaks_of(described(*catalog, models, "EntryPosted"), "fiscal_year"));
    CHECK(described(*catalog, models, "Unheard").empty());
}

}  // namespace kontor
