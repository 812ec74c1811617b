// FlatBuffers schemas: what a context's messages look like to others, and to us in years to come.
//
// A context's schema is emitted from the descriptions, committed beside the context, and stored in
// the log in binary under its hash. From the stored form come Types again, so that a message is
// readable without the code that wrote it. What FlatBuffers has no word for rides in attributes:
//
//   message    on a table: one that was asked for by name, not only part of another
//   shape      on a table: "variant", "pair" (of a map), "wrapped" (a value that a vector or an
//              optional cannot hold itself, in slot 0), "sealed" (PersonalText, a core value)
//   kind       "code": a string that names master data
//   thing      what a code or id names
//   optional   where `= null` cannot say it
//   otherwise  what absence means, as JSON
//   about      the field with the id of the person whom what is personal in this one is about
//   sealed_as  what a personal value in it is sealed as, where it is not the field's name
#pragma once

#include "domain/core/describe.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// The schema of the roots (records and variants, the messages of a context) and of all that they
// are made of: dependencies first, then as they appear; the same on every run.
std::string to_fbs(std::string_view context, const std::vector<const Type*>& roots);

// The binary form (.bfbs), comments included. The schema is one of ours, so it is sound.
std::string schema_binary(const std::string& fbs);

// The types of a stored schema. They have no C++ value (`size` is 0) and live as long as this.
class StoredSchema {
public:
    // Null when the octets are no schema of ours: they may be hostile.
    static std::unique_ptr<const StoredSchema> read(std::string_view binary);

    StoredSchema() = default;
    StoredSchema(const StoredSchema&) = delete;
    StoredSchema& operator=(const StoredSchema&) = delete;

    // A record or variant by its name, with or without the context before it; null when unknown.
    const Type* find(std::string_view table) const;
    // The tables that were asked for by name, by name.
    const std::vector<const Type*>& messages() const { return messages_; }
    // All records, variants and choices, by name.
    const std::map<std::string_view, const Type*>& types() const { return types_; }
    // The JSON of what the absence of a field means; empty when nothing was said.
    std::string_view otherwise(const Field& field) const;
    // The field that says whom what is personal in this one is about; empty when none does.
    std::string_view about(const Field& field) const;

private:
    friend class SchemaIntake;
    std::deque<std::string> texts_;
    std::deque<Type> made_;
    std::map<std::string_view, const Type*> types_;
    std::vector<const Type*> messages_;
    std::map<const Field*, std::string_view> otherwise_, about_;
};

// What a program with the schema `now` could no longer read of what was written under `released`, a
// sentence each; empty when all stays readable. Every released message is still there; fields keep
// their slots, names and types or are retired; what was appended is optional or says what its
// absence means; what is personal is about the same and sealed as the same; choices and
// alternatives are only appended.
std::vector<std::string> schema_breaks(const StoredSchema& released, const StoredSchema& now);

}  // namespace kontor
