// The list of targets, and what several of them ask.
#include "tests/fuzz/targets.h"

#include "api/problem.h"
#include "domain/contexts.h"
#include "eventstore/commit.h"
#include "tests/support/dossier.h"
#include "tests/support/kitchen_sink.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace kontor::fuzz {
namespace {

constexpr std::size_t kilobyte = 1024;

const Catalog& program() {
    static const auto catalog = make_catalog();
    return *catalog;
}

std::vector<const Type*> commands_and_kinds() {
    std::vector<const Type*> types = {&type_of<test::KitchenSink>(), &type_of<test::Node>(),
                                      &type_of<test::Dossier>()};
    for (const Catalog::Command& command : program().commands())
        types.push_back(command.spec->type);
    return types;
}

std::vector<const Type*> all_messages() {
    std::vector<const Type*> types = commands_and_kinds();
    types.push_back(&type_of<Commit>());
    for (const Catalog::Event& event : program().events()) types.push_back(event.spec->type);
    for (const TableSpec& table : program().tables()) {
        if (table.key().kind == Kind::record) types.push_back(&table.key());
        types.push_back(&table.row());
    }
    return types;
}

// "/" before each name; in a name, "~" only as "~0" or "~1".
bool is_pointer(std::string_view pointer) {
    if (!pointer.empty() && pointer.front() != '/') return false;
    for (std::size_t at = 0; at < pointer.size(); ++at)
        if (pointer[at] == '~' &&
            (at + 1 == pointer.size() || (pointer[at + 1] != '0' && pointer[at + 1] != '1')))
            return false;
    return true;
}

}  // namespace

const std::vector<Target>& targets() {
    static const std::vector<Target> all = {
        {"json", json, 4 * kilobyte, 256 * kilobyte},
        {"wire", wire, 4 * kilobyte, 256 * kilobyte},
        {"schema", schema, 4 * kilobyte, 256 * kilobyte},
        {"envelope", envelope, 4 * kilobyte, 256 * kilobyte},
        {"csv", csv, 4 * kilobyte, 2048 * kilobyte},
        {"http", http, 4 * kilobyte, 256 * kilobyte},
        {"query", query, 4 * kilobyte, 256 * kilobyte},
        {"cursor", cursor, 4 * kilobyte, 256 * kilobyte},
        {"batch", batch, 4 * kilobyte, 256 * kilobyte},
    };
    return all;
}

Addressed addressed(std::string_view octets) {
    const std::size_t end = std::min(octets.find('\n'), octets.size());
    return {octets.substr(0, end), octets.substr(std::min(end + 1, octets.size()))};
}

const Type& called(const std::vector<const Type*>& types, std::string_view name) {
    const auto found = std::ranges::find(types, name, [](const Type* type) { return type->name; });
    if (found != types.end()) return **found;
    std::size_t sum = 0;
    for (const char letter : name) sum += static_cast<unsigned char>(letter);
    return *types[sum % types.size()];
}

const std::vector<const Type*>& messages() {
    static const std::vector<const Type*> all = all_messages();
    return all;
}

const std::vector<const Type*>& inputs() {
    static const std::vector<const Type*> all = commands_and_kinds();
    return all;
}

void check_faults(const std::vector<Fault>& faults) {
    holds(faults.size() <= most_faults, "no more faults are told than promised");
    for (const Fault& fault : faults) {
        holds(is_pointer(fault.pointer), "a fault has a JSON pointer");
        holds(!fault.problem.empty(), "a fault says what is wrong");
        holds(is_utf8(fault.problem) && is_utf8(fault.pointer), "faults are told in UTF-8");
        holds(fault.pointer.size() + fault.problem.size() < 16 * kilobyte, "faults are short");
    }
    if (!faults.empty())
        holds(nlohmann::json::accept(problem_json(malformed(faults))), "a no is JSON");
}

}  // namespace kontor::fuzz
