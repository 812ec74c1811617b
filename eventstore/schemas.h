// The schemas of all events, kept in the log under their hashes, so that what was written once can
// be read without the code that wrote it.
#pragma once

#include "domain/core/catalog.h"
#include "eventstore/event_log.h"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace kontor {

// The FlatBuffers schema of a context's commands and events: what <context>.fbs holds.
std::string fbs_of(const Catalog& catalog, const BusinessContext& context);

// The number by which events name their schema: the first eight octets of its SHA-256, big-endian.
std::int64_t schema_number(std::string_view binary);
// The key of a schema's row in the log.
std::string schema_key(std::int64_t number);

// Stores the schemas that the log lacks and answers the number of each event type's schema.
std::unordered_map<const Type*, std::int64_t> store_schemas(const Catalog& catalog, EventLog& log);

}  // namespace kontor
