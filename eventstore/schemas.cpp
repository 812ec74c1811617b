// How a context's schema comes to lie in the log before the first event that needs it.
#include "eventstore/schemas.h"

#include "eventstore/hashes.h"
#include "eventstore/ordered_key.h"
#include "eventstore/wire_schema.h"

namespace kontor {

std::string fbs_of(const Catalog& catalog, const BusinessContext& context) {
    std::vector<const Type*> roots;
    for (const Catalog::Command& command : catalog.commands())
        if (command.context == &context) roots.push_back(command.spec->type);
    for (const Catalog::Event& event : catalog.events())
        if (event.context == &context) roots.push_back(event.spec->type);
    return to_fbs(context.name, roots);
}

std::int64_t schema_number(std::string_view binary) {
    const Hash hash = sha256(binary);
    std::uint64_t number = 0;
    for (std::size_t at = 0; at < 8; ++at) number = number << 8 | hash[at];
    return static_cast<std::int64_t>(number);
}

std::string schema_key(std::int64_t number) {
    std::string key;
    for (int shift = 56; shift >= 0; shift -= 8)
        key += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff);
    return key;
}

std::unordered_map<const Type*, std::int64_t> store_schemas(const Catalog& catalog, EventLog& log) {
    std::unordered_map<const Type*, std::int64_t> numbers;
    Group group;
    for (const BusinessContext& context : catalog.contexts()) {
        const std::string binary = schema_binary(fbs_of(catalog, context));
        const std::int64_t number = schema_number(binary);
        for (const Catalog::Event& event : catalog.events())
            if (event.context == &context) numbers.emplace(event.spec->type, number);
        const std::string key = schema_key(number);
        if (!log.row(LocalRow::Family::schemas, key))
            group.rows.push_back({LocalRow::Family::schemas, key, binary});
    }
    if (!group.rows.empty() && !log.append_if(log.tail().position, group))
        throw StorageBroken("the log was appended to by somebody else at start");
    return numbers;
}

}  // namespace kontor
