// What a description gathers about a type, one statement at a time.
#include "domain/core/describe.h"

#include "domain/core/ensure.h"

namespace kontor {

const Field* Type::field(std::string_view wanted) const {
    for (const Field& field : fields)
        if (field.name == wanted && !field.retired) return &field;
    return nullptr;
}

Box box(const Type& type) {
    ensure(type.make != nullptr, "a type made from a stored schema has no C++ value");
    return Box(type.make(), type.destroy);
}

Box copied(const Type& type, const void* value) {
    Box copy = box(type);
    type.assign(copy.get(), value);
    return copy;
}

Describer& Describer::record(std::string_view name, std::string_view doc) {
    type_.name = name;
    type_.doc = doc;
    return *this;
}

Describer& Describer::field_at(std::string_view name, std::string_view doc, TypeRef type,
                               std::size_t offset) {
    type_.fields.push_back({name, doc, type, offset});
    assignable_ = type;
    return *this;
}

Describer& Describer::refuses_all(std::initializer_list<const Reason*> reasons) {
    type_.reasons.insert(type_.reasons.end(), reasons);
    return *this;
}

Describer& Describer::otherwise_is(TypeRef wanted, TypeRef given, const void* value) {
    ensure(!type_.fields.empty() && &wanted() == &given(),
           "otherwise() follows a field of the same type");
    type_.fields.back().otherwise = copied(wanted(), value);
    return *this;
}

Describer& Describer::otherwise_empty() {
    ensure(!type_.fields.empty(), "otherwise_empty() follows a field");
    type_.fields.back().otherwise = box(assignable_());
    return *this;
}

Describer& Describer::least(std::int64_t least) {
    type_.fields.back().bounds.least = least;
    return *this;
}

Describer& Describer::most(std::int64_t most) {
    type_.fields.back().bounds.most = most;
    return *this;
}

Describer& Describer::shortest(std::size_t shortest) {
    type_.fields.back().bounds.shortest = shortest;
    return *this;
}

Describer& Describer::longest(std::size_t longest) {
    type_.fields.back().bounds.longest = longest;
    return *this;
}

Describer& Describer::retired(std::string_view name) {
    Field field;
    field.name = name;
    field.retired = true;
    type_.fields.push_back(std::move(field));
    return *this;
}

Describer& Describer::personal_of(Member subject, std::string_view meaning) {
    type_.fields.back().subject = subject;
    type_.fields.back().meaning = meaning;
    return *this;
}

Describer& Describer::every_company() {
    type_.every_company = true;
    return *this;
}

Describer& Describer::no_stream() {
    type_.no_stream = true;
    return *this;
}

Describer& Describer::on_recorded_day() {
    type_.on_recorded_day = true;
    return *this;
}

Describer& Describer::example(std::string_view json) {
    type_.example = json;
    return *this;
}

Describer& Describer::choice(std::string_view name, std::string_view doc) {
    return record(name, doc);
}

Describer& Describer::value(std::string_view name, std::string_view doc) {
    type_.choices.push_back({name, doc});
    return *this;
}

}  // namespace kontor
