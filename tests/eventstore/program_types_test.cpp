// Every message, key and row that the program has, found through the list of contexts: a new one
// is tested without a word. And each context's schema stands beside it, as it was released.
#include "domain/contexts.h"
#include "eventstore/commit.h"
#include "eventstore/placement.h"
#include "eventstore/schemas.h"
#include "eventstore/wire_schema.h"
#include "tests/support/described_types.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace kontor {
namespace {

const Catalog& the_catalog() {
    static const auto catalog = make_catalog();
    return *catalog;
}

// A company whose name needs escaping in a stream.
struct Example {
    CompanyCode company;
    CompanyCode part;
    static void describe(auto& example) {
        example.record("Example", "For this test.")
            .company(&Example::company)
            .stream(&Example::part)
            .field("company", &Example::company, "Whose.")
            .field("part", &Example::part, "Which.");
    }
};

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::filesystem::path> released_schemas(std::string_view context) {
    std::vector<std::filesystem::path> found;
    const std::filesystem::path folder =
        std::filesystem::path(KONTOR_SOURCE_DIR) / "domain" / context / "released";
    if (std::filesystem::exists(folder))
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == ".fbs") found.push_back(entry.path());
    return found;
}

}  // namespace

TEST_CASE("the program's catalog is sound") {
    for (const std::string& fault : the_catalog().faults()) FAIL_CHECK(fault);
    CHECK(the_catalog().commands().size() > 10);
    CHECK(the_catalog().events().size() > 10);
}

TEST_CASE("every message, key and row goes to the wire and back, and no damage harms") {
    std::set<const Type*> types = {&type_of<Commit>()};
    for (const Catalog::Command& command : the_catalog().commands())
        types.insert(command.spec->type);
    for (const Catalog::Event& event : the_catalog().events()) types.insert(event.spec->type);
    for (const TableSpec& table : the_catalog().tables()) {
        if (table.key().kind == Kind::record) types.insert(&table.key());
        types.insert(&table.row());
    }
    CHECK(types.size() > 30);
    for (const Type* type : types) {
        INFO(std::string(type->name));
        CHECK(test::check_described_type(*type, 1, 20) == "");
    }
}

TEST_CASE("every field of every message is documented") {
    const auto check = [](const Type& type) {
        INFO(std::string(type.name));
        CHECK_FALSE(type.doc.empty());
        for (const Field& field : type.fields) {
            INFO(std::string(field.name));
            CHECK((field.retired || !field.doc.empty()));
        }
    };
    for (const Catalog::Command& command : the_catalog().commands()) check(*command.spec->type);
    for (const Catalog::Event& event : the_catalog().events()) check(*event.spec->type);
}

// KONTOR_UPDATE=1 writes the schemas anew; the difference is then read in the commit.
TEST_CASE("each context's schema is committed beside it") {
    for (const BusinessContext& context : the_catalog().contexts()) {
        INFO(std::string(context.name));
        const std::filesystem::path path = std::filesystem::path(KONTOR_SOURCE_DIR) / "domain" /
                                           context.name / (std::string(context.name) + ".fbs");
        const std::string emitted = fbs_of(the_catalog(), context);
        if (std::getenv("KONTOR_UPDATE")) std::ofstream(path, std::ios::binary) << emitted;
        CHECK(text_of(path) == emitted);
    }
}

// Nobody stored a command: what one had to say and may now leave out breaks nothing.
TEST_CASE("every released schema is still readable") {
    const auto only_asked_less = [](const std::string& broken) {
        const std::size_t point = broken.find('.');
        const auto was = broken.find(" was "), is = broken.find(" and is optional ");
        return the_catalog().command(broken.substr(0, point)) != nullptr &&
               was != std::string::npos && is != std::string::npos &&
               broken.substr(was + 5, is - was - 5) == broken.substr(is + 17);
    };
    for (const BusinessContext& context : the_catalog().contexts()) {
        const auto now = StoredSchema::read(schema_binary(fbs_of(the_catalog(), context)));
        REQUIRE(now);
        CHECK_FALSE(released_schemas(context.name).empty());
        for (const auto& path : released_schemas(context.name)) {
            const auto released = StoredSchema::read(schema_binary(text_of(path)));
            REQUIRE(released);
            for (const std::string& broken : schema_breaks(*released, *now))
                if (!only_asked_less(broken)) FAIL_CHECK(path.string() + ": " + broken);
        }
    }
}

TEST_CASE("a message says where it belongs") {
    const Example example{{"A/C"}, {"50%"}};
    CHECK(company_of(type_of<Example>(), &example) == "A/C");
    CHECK(stream_of(type_of<Example>(), &example) == "company/A%2FC/50%25");
}

}  // namespace kontor
