// A question as it stands behind the "?" of an address, for every query that there is.
#include "api/query_text.h"

#include "eventstore/canonical.h"
#include "projections/projection.h"
#include "tests/fuzz/targets.h"

namespace kontor::fuzz {
namespace {

const std::vector<const Type*>& queries() {
    static const std::vector<const Type*> all = [] {
        std::vector<const Type*> types;
        for (const ReadModelSpec& model : read_models())
            for (const QuerySpec& asked : model.queries) types.push_back(asked.type);
        return types;
    }();
    return all;
}

}  // namespace

void query(std::string_view octets) {
    const auto [name, rest] = addressed(octets);
    const Type& type = called(queries(), name);
    const Exactly text(rest);
    std::vector<Fault> faults;
    const auto parameters = url_parameters(text.view(), faults);
    const Box value = box(type);
    const auto more = read_query(type, parameters, {}, value.get());
    check_faults(more);
    check_faults(faults);
    for (const UrlParameter& parameter : parameters)
        holds(is_utf8(parameter.name) && is_utf8(parameter.value), "parameters are UTF-8");
    if (!faults.empty() || !more.empty()) return;

    const std::string written = query_text(type, value.get());
    const auto again = url_parameters(written, faults);
    holds(faults.empty(), "what was written can be taken apart");
    const Box back = box(type);
    holds(read_query(type, again, {}, back.get()).empty(), "a question that was written is read");
    holds(query_text(type, back.get()) == written, "as the same question");
}

}  // namespace kontor::fuzz
