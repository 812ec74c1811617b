// Steps of one commit: what is left out where it is refused, and what refuses all.
#include "eventstore/deciding.h"

#include "domain/core/id.h"
#include "domain/core/table.h"

#include <catch2/catch.hpp>

using namespace kontor;

namespace jars {

struct JarThing {
    static constexpr Thing thing{"jar", "jars"};
};
using JarCode = Code<JarThing>;

inline constexpr Reason jar_full{Refusal::conflict, "jar_full", "The jar holds ten."};
inline constexpr Reason jar_cracks{Refusal::conflict, "jar_cracks", "Seven at once crack it."};

struct Filled {
    CompanyCode company;
    JarCode jar;
    std::int64_t by = 0;
    static void describe(auto& event) {
        event.record("Filled", "There is more in the jar.")
            .company(&Filled::company)
            .stream(&Filled::jar)
            .on_recorded_day()
            .field("company", &Filled::company, "Whose.")
            .field("jar", &Filled::jar, "Which.")
            .field("by", &Filled::by, "How much.");
    }
};
struct Fill {
    CompanyCode company;
    JarCode jar;
    std::int64_t by = 0;
    static void describe(auto& command) {
        command.record("Fill", "Fills a jar.")
            .company(&Fill::company)
            .stream(&Fill::jar)
            .field("company", &Fill::company, "Whose.")
            .field("jar", &Fill::jar, "Which.")
            .field("by", &Fill::by, "How much.")
            .refuses(jar_full);
    }
};
// Fills one jar by each amount, as far as they fit, or altogether.
struct FillWhatFits {
    CompanyCode company;
    std::vector<std::int64_t> amounts;
    static void describe(auto& command) {
        command.record("FillWhatFits", "Fills a jar as far as it goes.")
            .company(&FillWhatFits::company)
            .no_stream()
            .field("company", &FillWhatFits::company, "Whose.")
            .field("amounts", &FillWhatFits::amounts, "How much, one after the other.");
    }
};
struct FillAll {
    CompanyCode company;
    std::vector<std::int64_t> amounts;
    static void describe(auto& command) {
        command.record("FillAll", "Fills a jar by all or nothing.")
            .company(&FillAll::company)
            .no_stream()
            .field("company", &FillAll::company, "Whose.")
            .field("amounts", &FillAll::amounts, "How much, one after the other.");
    }
};
struct Labelled {
    CompanyCode company;
    static void describe(auto& event) {
        event.record("Labelled", "A jar has a label.")
            .company(&Labelled::company)
            .no_stream()
            .on_recorded_day()
            .field("company", &Labelled::company, "Whose.");
    }
};
struct Label {
    CompanyCode company;
    static void describe(auto& command) {
        command.record("Label", "Labels a jar.")
            .company(&Label::company)
            .no_stream()
            .field("company", &Label::company, "Whose.");
    }
};
struct Content {
    std::int64_t much = 0;
    static void describe(auto& record) {
        record.record("Content", "What is in a jar.").field("much", &Content::much, "How much.");
    }
};
using Jars = Table<JarCode, Content>;
const JarCode jar{"jam"};

Decision<Filled> decide(const World& world, const Fill& fill, const Context&) {
    const Content* content = world.of<Jars>().find(fill.jar);
    if ((content ? content->much : 0) + fill.by > 10) return jar_full;
    return Filled{fill.company, fill.jar, fill.by};
}
Decision<Labelled> decide(const World&, const Label& label, const Context&) {
    return Labelled{label.company};
}
StepsAsAccepted<Fill> decide(const World&, const FillWhatFits& fill, const Context&) {
    StepsAsAccepted<Fill> steps;
    for (const std::int64_t amount : fill.amounts) steps.add(Fill{fill.company, jar, amount});
    return steps;
}
Steps<Fill> decide(const World&, const FillAll& fill, const Context&) {
    Steps<Fill> steps;
    for (const std::int64_t amount : fill.amounts) steps.add(Fill{fill.company, jar, amount});
    return steps;
}
void evolve(Jars& jars, const Filled& filled) {
    const Content* content = jars.find(filled.jar);
    jars.put(filled.jar, {(content ? content->much : 0) + filled.by});
}
Decision<Label> seven_crack_the_jar(const Filled& filled, const World&) {
    if (filled.by == 7) return jar_cracks;
    return {};
}

std::vector<BusinessContext> contexts() {
    return {{"jars",
             "Jars.",
             {Part()
                  .table<Jars>("jars")
                  .commands<Fill, FillWhatFits, FillAll, Label>()
                  .event<Labelled>()
                  .event<Filled, Jars>()}}};
}

}  // namespace jars

namespace {

using namespace jars;

// What is in the jar afterwards; empty when all is refused.
template <class Command>
std::optional<std::int64_t> filled(std::vector<std::int64_t> amounts) {
    const Catalog catalog(contexts(), {on<seven_crack_the_jar>().refuses(jar_cracks)});
    State state(catalog);
    Deciding deciding(catalog, state);
    const Command command{{"ACME"}, std::move(amounts)};
    if (deciding.decide(*catalog.command(&type_of<Command>()), &command, {})) return std::nullopt;
    const Content* content = state.world().template of<Jars>().find(jar);
    return content ? content->much : 0;
}

}  // namespace

TEST_CASE("steps are all or nothing") {
    CHECK(filled<FillAll>({3, 4}) == 7);
    CHECK(filled<FillAll>({3, 8, 1}) == std::nullopt);
}

TEST_CASE("of steps as accepted, what is refused after earlier ones is left out") {
    CHECK(filled<FillWhatFits>({3, 8, 1}) == 4);
    CHECK(filled<FillWhatFits>({11, 12}) == 0);
    CHECK(filled<FillWhatFits>({3, 7, 1}) == std::nullopt);  // the flow refuses what is in the jar
}

TEST_CASE("a command whose steps are left out has only the reasons of their flows") {
    const Catalog catalog(contexts(), {on<seven_crack_the_jar>().refuses(jar_cracks)});
    REQUIRE(catalog.faults() == std::vector<std::string>{});
    CHECK(catalog.command("FillAll")->own_reasons.size() == 1);
    CHECK(catalog.command("FillWhatFits")->own_reasons.empty());
    CHECK(catalog.command("FillWhatFits")->flow_reasons.size() == 1);
}
