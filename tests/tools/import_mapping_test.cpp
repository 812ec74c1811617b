// A mapping is held against the commands that it names: every fault is told, with its place.
#include "tools/import_mapping.h"
#include "domain/contexts.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

namespace kontor::imports {
namespace {

const Catalog& catalog() {
    static const auto all = make_catalog();
    return *all;
}

// A mapping with one PostEntry, into which a test puts what it wants to see refused.
std::string with(const std::string& fields, const std::string& more = "",
                 const std::string& values = "") {
    return R"({"ids": "test", "values": {)" + values + R"(},
        "commands": [{"command": "PostEntry", "id": "{No}", "group_by": ["No"])" +
           more + R"(, "fields": {)" + fields + "}}]}";
}

const std::string head = R"("company": "ACME", "entry": "{No}", "journal": "GEN",
    "date": "2024-01-31")";
const std::string lines = R"("lines": [{"account": "4000", "side": "debit",
    "amount": {"amount": "{Net}", "currency": "EUR"}}])";

std::vector<std::string> faults(const std::string& mapping) {
    std::vector<std::string> all;
    for (const Fault& fault : read_mapping(catalog(), mapping, ".").faults)
        all.push_back(fault.pointer + " " + fault.problem);
    return all;
}

bool tells(const std::string& mapping, const std::string& pointer, const std::string& problem) {
    const auto all = read_mapping(catalog(), mapping, ".").faults;
    for (const Fault& fault : all)
        if (fault.pointer == pointer && fault.problem.find(problem) != std::string::npos)
            return true;
    for (const Fault& fault : all) UNSCOPED_INFO(fault.pointer << " " << fault.problem);
    return false;
}

TEST_CASE("a sound mapping has no faults, and knows the columns that it speaks of") {
    const ReadMapping read =
        read_mapping(catalog(),
                     "// comments are allowed\n" +
                         with(head + "," + lines, "", R"("Net": {"multiply": ["Price", "Count"]})"),
                     ".");
    CHECK(read.faults.empty());
    std::vector<std::string> columns;
    columns.reserve(3);
    for (const ColumnUse& use : read.mapping.columns) columns.push_back(use.name);
    CHECK(columns == std::vector<std::string>{"Price", "Count", "No"});
}

TEST_CASE("the shape of the command is checked against its description") {
    const std::string at = "/commands/0/fields";
    CHECK(tells(with(lines), at + "/company", "is missing"));
    CHECK(tells(with(lines), at + "/journal", "is missing"));
    CHECK(tells(with(head), at + "/lines", "is missing"));
    CHECK(tells(with(head + R"(, "colour": "red",)" + lines), at + "/colour",
                "is no field of PostEntry"));
    CHECK(tells(with(head + R"(, "lines": [{"account": "1", "side": "debit"}])"),
                at + "/lines/0/amount", "is missing"));
    CHECK(tells(with(head + R"(, "lines": {})"), at + "/lines", "must be a list"));
    CHECK(tells(with(head + R"(, "lines": ["x"])"), at + "/lines/0", "must be an object"));
    CHECK(tells(with(R"("company": "ACME", "entry": "{No}", "journal": "GEN",
                        "date": "31.01.2024",)" +
                     lines),
                at + "/date", "a day"));
    CHECK(tells(with(head + R"(, "lines": [{"account": "1", "side": "left",
                                "amount": {"amount": "1", "currency": "EUR"}}])"),
                at + "/lines/0/side", "debit"));
    CHECK(tells(with(head + R"(, "lines": [{"account": "1", "side": "debit",
                                "amount": {"amount": "{N}", "currency": "EURO"}}])"),
                at + "/lines/0/amount/currency", ""));
    CHECK(tells(with(head + R"(, "lines": [{"account": "1", "side": "debit",
                                "amount": {"amount": 1.5, "currency": "EUR"}}])"),
                at + "/lines/0/amount/amount", "in quotes"));
}

TEST_CASE("what a hole yields is checked against the type of the field") {
    const std::string at = "/commands/0/fields";
    CHECK(tells(
        with(R"("company": "ACME", "entry": "{No}", "journal": "GEN", "date": "{net}",)" + lines,
             "", R"("net": {"multiply": ["a", "b"]})"),
        at + "/date", "comes out as a number"));
    CHECK(tells(
        with(R"("company": "ACME", "entry": "{day}", "journal": "GEN", "date": "{day}",)" + lines,
             "", R"("day": {"date": "d"})"),
        at + "/entry", "comes out as a date"));
    CHECK(tells(with(head + R"(, "lines": [{"account": "1", "side": "{s}",
                                "amount": {"amount": "{N}", "currency": "EUR"}}])",
                     "", R"("s": {"sign": "N", "positive": "debit", "negative": "minus"})"),
                at + "/lines/0/side", "can come out as \"minus\""));
}

TEST_CASE("values are checked by their operation") {
    const auto value = [](const std::string& rule) {
        return with(head + "," + lines, "", R"("v": )" + rule);
    };
    CHECK(tells(value(R"({"frobnicate": "a"})"), "/values/v", "one of these operations"));
    CHECK(tells(value(R"({"text": "a", "date": "b"})"), "/values/v", "two operations"));
    CHECK(tells(value(R"({"text": "a", "digits": 2})"), "/values/v/digits", "means nothing"));
    CHECK(tells(value(R"({"multiply": ["a"]})"), "/values/v/multiply", "at least two"));
    CHECK(tells(value(R"({"round": "a", "digits": 2, "rounding": "nicely"})"), "/values/v/rounding",
                "half_even"));
    CHECK(tells(value(R"({"round": "a", "digits": 2})"), "/values/v/rounding", "is missing"));
    CHECK(tells(value(R"({"date": "a", "pattern": "MM/DD"})"), "/values/v/pattern", "no Y"));
    CHECK(tells(value(R"({"lookup": "{a}", "in": "nothing"})"), "/values/v/in", "names no table"));
    CHECK(tells(value(R"({"text": "{a"})"), "/values/v/text", "without its }"));
    CHECK(tells(value(R"({"constant": 1.5})"), "/values/v/constant", "in quotes"));
    CHECK(tells(value(R"({"cut": "a", "from": 0})"), "/values/v/from", "from 1"));
}

TEST_CASE("commands are checked: names, ids, groups, conditions") {
    CHECK(tells(R"({"ids": "a", "commands": [{"command": "Fly", "id": "{a}", "fields": {}}]})",
                "/commands/0/command", "is no command"));
    CHECK(tells(with(head + "," + lines, R"(, "once_per": ["No"])"), "/commands/0",
                "both once_per and group_by"));
    CHECK(tells(with(head + "," + lines, R"(, "when": {"value": "a"})"), "/commands/0/when",
                "must have one of"));
    CHECK(tells(with(head + "," + lines, R"(, "when": {"value": "a", "sign": "odd"})"),
                "/commands/0/when/sign", "negative, zero or positive"));
    CHECK(tells(R"({"ids": "a b", "commands": []})", "/ids", "letters"));
    CHECK(tells(R"({"ids": "a", "commands": []})", "/commands", "at least one"));
    CHECK(tells(R"({"commands": []})", "/ids", "is missing"));
    CHECK(tells(R"({"ids": "a", "ids": "b"})", "", "twice"));
    CHECK(tells("{\"ids\": \"a\",\n oops}", "", "line 2"));
    CHECK(tells(R"({"ids": "a", "csv": {"encoding": "ebcdic"}, "commands": []})", "/csv/encoding",
                "utf-8"));
    CHECK(tells(R"({"ids": "a", "csv": {"delimiter": ";;"}, "commands": []})", "/csv/delimiter",
                "one ASCII character"));
    CHECK(tells(R"({"ids": "a", "csv": {"columns": ["No"]}, "commands": [{"command": "OpenJournal",
        "id": "{No}", "fields": {"company": "{Whose}", "journal": "A", "name": "A"}}]})",
                "/commands/0/fields/company", "none of /csv/columns"));
}

TEST_CASE("all faults are told at once") {
    CHECK(faults(R"({"ids": "", "csv": {"quote": ","}, "dates": "?", "nonsense": 1,
                     "commands": [{"command": "PostEntry", "id": "x", "fields": {}}]})")
              .size() >= 9);
}

std::string file(const std::string& name) {
    std::ifstream in(KONTOR_SOURCE_DIR "/" + name);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST_CASE("the mapping of the real input is sound") {
    CHECK(faults(file("tools/real/online_retail.json")).empty());
}

TEST_CASE("the example of the reference is sound, and the reference names every operation") {
    const std::string reference = file("docs/import.md");
    const std::size_t start = reference.find("\n    {\n");
    const std::size_t end = reference.find("\n    }\n", start);
    REQUIRE(start < end);
    CHECK(faults(reference.substr(start, end + 7 - start)).empty());
    // A mapping without an operation is told all that there are.
    const auto told =
        read_mapping(catalog(), R"({"ids": "a", "values": {"v": {}}, "commands": []})", ".").faults;
    REQUIRE(told.size() == 2);
    std::istringstream names(told[0].problem.substr(told[0].problem.find(':') + 1));
    std::size_t count = 0;
    for (std::string name; names >> name; ++count) {
        if (name.ends_with(',')) name.pop_back();
        CHECK_THAT(reference, Catch::Contains("{\"" + name + "\": "));
    }
    CHECK(count == 17);
}

}  // namespace
}  // namespace kontor::imports
