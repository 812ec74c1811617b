// What strangers may send: each target takes any octets whatever and states what must hold of them.
//
// Under libFuzzer (preset `fuzz`, door.cpp) they meet octets that nobody thought of; over the
// committed inputs (corpus/<target>/) they run with all other tests.
#pragma once

#include "api/json.h"
#include "domain/core/describe.h"
#include "domain/core/id.h"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::fuzz {

// What must hold did not. Nobody catches it under libFuzzer, which keeps the input then.
struct Broken : std::logic_error {
    using std::logic_error::logic_error;
};

inline void holds(bool it_does, const char* sentence) {
    if (!it_does) throw Broken(sentence);
}

struct Target {
    std::string_view name;  // of its folder under corpus/
    void (*take)(std::string_view octets);
    // What one input may make the program allocate in all, in octets: so many for each of its own,
    // and so many whatever it is. A tenth more would be no news; a hundredfold is an attack.
    std::size_t allocates_each, allocates_anyway;
};
const std::vector<Target>& targets();

// One for each file of that name.
void json(std::string_view octets);
void wire(std::string_view octets);
void schema(std::string_view octets);
void envelope(std::string_view octets);
void csv(std::string_view octets);
void http(std::string_view octets);
void query(std::string_view octets);
void cursor(std::string_view octets);
void batch(std::string_view octets);

// Most inputs begin with a line that says what the rest is to be taken for.
struct Addressed {
    std::string_view to, rest;
};
Addressed addressed(std::string_view octets);

// The one that is called so; for any other name, one of them all the same.
const Type& called(const std::vector<const Type*>& types, std::string_view name);

// Every command, event, key and row of the program, and types of every kind that there is.
const std::vector<const Type*>& messages();
// The commands among them, and the types of every kind.
const std::vector<const Type*>& inputs();

// A copy whose end is the end of its memory, so that a reading past it is seen.
class Exactly {
public:
    explicit Exactly(std::string_view octets) : octets_(octets.begin(), octets.end()) {}
    std::string_view view() const { return {octets_.data(), octets_.size()}; }

private:
    std::vector<char> octets_;
};

// Every fault has words, and a pointer that is one (RFC 6901); there are few; and the problem that
// tells them is JSON.
void check_faults(const std::vector<Fault>& faults);

}  // namespace kontor::fuzz
