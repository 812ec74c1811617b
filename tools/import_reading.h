// What the parts of the mapping's reader share: where one is in the file, what was wrong so far,
// and what the names met so far stand for.
#pragma once

#include "tools/import_mapping.h"

#include <nlohmann/json_fwd.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::imports {

using Json = nlohmann::ordered_json;

class MappingReading {
public:
    MappingReading(Mapping& read, std::vector<Fault>& found) : mapping(read), faults(found) {}

    Mapping& mapping;
    std::vector<Fault>& faults;

    void fault(const std::string& pointer, std::string problem);
    // Whether it is an object with no other members than these; tells what is wrong.
    bool object(const Json& json, const std::string& pointer,
                std::initializer_list<std::string_view> members);
    // The member, or null; tells when it is missing though required.
    const Json* member(const Json& json, const std::string& pointer, std::string_view name,
                       bool required = false);
    // A text that is not empty; tells and answers empty otherwise.
    std::string word(const Json& json, const std::string& pointer);
    // One text or a list of them.
    std::vector<std::string> words(const Json& json, const std::string& pointer);
    std::int64_t integer(const Json& json, const std::string& pointer, std::int64_t least,
                         std::int64_t most);
    // One character, or none where `may_be_empty`.
    char character(const Json& json, const std::string& pointer, bool may_be_empty);

    Ref ref(std::string_view name, const std::string& pointer);
    std::vector<Ref> refs(const Json& json, const std::string& pointer);
    // A text with holes.
    Text text(const Json& json, const std::string& pointer);
    Text text(const std::string& written, const std::string& pointer);
    Conditions conditions(const Json& json, const std::string& pointer);
    std::vector<LeftOut> left_out(const Json& json, const std::string& pointer);
    NumberFormat number_format(const Json& json, const std::string& pointer, NumberFormat usual);
    // Adds a rule of "values".
    void value(const std::string& name, const Json& json, const std::string& pointer);

    Yields yields(Ref ref) const;
    bool gathers(Ref ref) const;
    // Every text that the hole can come out as, where they can be listed; empty otherwise.
    std::vector<std::string> outcomes(Ref ref) const;

    // The shape of a value of that type, held against its description.
    Template shape(const Type& type, const Bounds& bounds, const Json& json,
                   const std::string& pointer);

    std::string dates;  // the usual pattern

private:
    Condition condition(const Json& json, const std::string& pointer);
    void operation(ValueRule& rule, std::string_view op, const Json& operand, const Json& json);
    void signs(ValueRule& rule, const Json& json);
    void depends(ValueRule& rule, const std::vector<Ref>& refs) const;
    void depends(ValueRule& rule, const Text& text) const;
    void must_be_number(Ref ref, const std::string& pointer);

    Template record_shape(const Type& type, const Json& json, const std::string& pointer);
    Template measured_shape(const Type& type, const Bounds& bounds, const Json& json,
                            const std::string& pointer);
    Template list_shape(const Type& type, const Json& json, const std::string& pointer);
    Template map_shape(const Type& type, const Json& json, const std::string& pointer);
    Template variant_shape(const Type& type, const Json& json, const std::string& pointer);
    Template scalar_shape(const Type& type, const Bounds& bounds, const Json& json,
                          const std::string& pointer);
    void add_member(Template& shape, std::string_view name, Template part, bool required);
};

}  // namespace kontor::imports
