// JSON Schema 2020-12 of described types, as the components of one OpenAPI document.
#pragma once

#include "domain/core/describe.h"

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kontor {

using Json = nlohmann::ordered_json;

// Gives each type its component at its first use.
class Components {
public:
    // Said of every message first: which context it belongs to.
    void belongs(const Type& type, std::string_view context);
    // Said of every message then, lower floors first: what it is made of belongs there too, unless
    // it is a message or was part of an earlier one.
    void belongs_within(const Type& type, std::string_view context);

    // A reference to the component of a record or value, or the schema itself of what has none: as
    // clients send it, and as they get it back, which differs in what is personal.
    Json reference(const Type& type, std::string_view context);
    Json answered(const Type& type, std::string_view context);
    // What a field may hold, with its description and bounds.
    Json field(const Field& field, std::string_view context);
    // "ledger.PostEntry"
    std::string name(const Type& type, std::string_view context);
    // All components that were referred to, with everything they refer to, sorted by name.
    Json all();

private:
    struct Component {
        const Type* type;
        std::string context;
        bool answered;
        std::string name;
    };
    // Where a schema stands.
    struct Use {
        std::string_view context;
        bool answered;
    };
    Json referred(const Type& type, const Use& use);
    Json bounded(const Type& type, const Bounds& bounds, const Use& use);
    Json field_schema(const Field& field, const Use& use);
    void is_used_by(const Type& type, std::string_view context);
    Json name_schema(const Type& key, const Use& use);
    Json item(const Type& type, const Bounds& bounds, const Use& use);
    Json schema(const Component& component);
    Json record(const Component& component);
    Json variant(const Type& type, const Use& use);
    const Component& component(const Type& type, const Use& use);

    std::map<const Type*, std::string> contexts_;
    std::map<std::pair<const Type*, bool>, std::size_t> known_;
    std::vector<Component> components_;
};

// What `field` says in words where no keyword can: bounds of decimals in quotes.
std::string bounds_in_words(const Type& type, const Bounds& bounds);

}  // namespace kontor
