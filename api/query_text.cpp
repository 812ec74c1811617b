// Addresses into described records and back.
#include "api/query_text.h"

#include "api/scalar_text.h"
#include "domain/core/ensure.h"
#include "domain/core/id.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kontor {
namespace {

constexpr Bounds unbounded{};

int hexadecimal(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

// Empty when a "%" is not followed by two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+') {
            plain += ' ';
        } else if (text[at] != '%') {
            plain += text[at];
        } else {
            const int high = at + 2 < text.size() ? hexadecimal(text[at + 1]) : -1;
            const int low = at + 2 < text.size() ? hexadecimal(text[at + 2]) : -1;
            if (high < 0 || low < 0) return {};
            plain += static_cast<char>(high * 16 + low);
            at += 2;
        }
    }
    return plain;
}

// Of a parameter that cannot be taken: its name, else what was written, in UTF-8 in any case.
std::string name_to_show(const std::optional<std::string>& name, std::string_view written) {
    if (name && is_utf8(*name)) return *name;
    if (is_utf8(written)) return std::string(written);
    std::string escaped;
    append_percent_encoded(written, escaped);
    return escaped;
}

// Name and key of "name[key]".
void split_key(UrlParameter& parameter) {
    const std::size_t open = parameter.name.find('[');
    if (open == std::string::npos || !parameter.name.ends_with(']')) return;
    parameter.key = parameter.name.substr(open + 1, parameter.name.size() - open - 2);
    parameter.name.resize(open);
}

const Type& inside(const Type& type) {
    return type.kind == Kind::optional ? inside(type.element()) : type;
}

// Reads the parameters of one field after the other.
class QueryReader {
public:
    QueryReader(const Type& type, const std::vector<UrlParameter>& parameters)
        : type_(type), parameters_(parameters), used_(parameters.size()) {}

    std::vector<Fault> faults;

    void pass_over(std::span<const std::string_view> elsewhere) {
        for (std::size_t at = 0; at < parameters_.size(); ++at)
            used_[at] = std::ranges::find(elsewhere, parameters_[at].name) != elsewhere.end();
    }
    void read(const Field& field, void* at);
    void tell_unknown();

private:
    std::vector<const UrlParameter*> take(std::string_view name);
    // The only value of a name; null when there is none or a fault.
    const std::string* one(std::string_view name);
    void fault(std::string_view name, std::string problem) {
        if (!problem.empty() && faults.size() < most_faults)
            faults.push_back({pointer_to({}, name), std::move(problem)});
    }
    bool absent(const Field& field, const Type& type, void* at);
    void read_list(const Field& field, const Type& type, void* at);
    void read_map(const Field& field, const Type& type, void* at);
    void read_amount(const Field& field, const Type& type, void* at);

    const Type& type_;
    const std::vector<UrlParameter>& parameters_;
    std::vector<char> used_;
};

std::vector<const UrlParameter*> QueryReader::take(std::string_view name) {
    std::vector<const UrlParameter*> found;
    for (std::size_t at = 0; at < parameters_.size(); ++at)
        if (!used_[at] && parameters_[at].name == name) {
            used_[at] = 1;
            found.push_back(&parameters_[at]);
        }
    return found;
}

const std::string* QueryReader::one(std::string_view name) {
    const auto found = take(name);
    if (found.empty()) return nullptr;
    if (found.front()->key) {
        fault(name, "takes no [key]");
        return nullptr;
    }
    if (found.size() > 1) {
        fault(name, "stands twice");
        return nullptr;
    }
    return &found.front()->value;
}

void* present(const Type& type, void* at) {
    if (type.kind != Kind::optional) return at;
    return present(type.element(), type.emplace(at));
}

// Nothing was said about the field: what that means. True when it is settled.
bool QueryReader::absent(const Field& field, const Type& type, void* at) {
    if (field.otherwise)
        type.assign(at, field.otherwise.get());
    else if (type.kind == Kind::optional)
        type.reset(at);
    else
        return false;
    return true;
}

void QueryReader::read(const Field& field, void* at) {
    const Type& type = field.type();
    const Type& inner = inside(type);
    if (inner.kind == Kind::list) return read_list(field, type, at);
    if (inner.kind == Kind::map) return read_map(field, type, at);
    if (is_measured(inner.kind)) return read_amount(field, type, at);
    const std::size_t told = faults.size();
    if (const std::string* text = one(field.name))
        fault(field.name, read_scalar(inner, field.bounds, *text, present(type, at)));
    else if (faults.size() == told && !absent(field, type, at))
        fault(field.name, "is missing");
}

void QueryReader::read_list(const Field& field, const Type& type, void* at) {
    const auto found = take(field.name);
    if (found.empty() && absent(field, type, at)) return;
    const Type& list = inside(type);
    void* const place = present(type, at);
    list.clear(place);
    fault(field.name, fault_of_count(found.size(), field.bounds));
    Bounds bounds = field.bounds;
    bounds.shortest = unbounded.shortest;
    bounds.longest = unbounded.longest;
    for (const UrlParameter* parameter : found) {
        if (parameter->key)
            fault(field.name, "takes no [key]");
        else
            fault(field.name, read_scalar(inside(list.element()), bounds, parameter->value,
                                          present(list.element(), list.grow(place))));
    }
}

void QueryReader::read_map(const Field& field, const Type& type, void* at) {
    const auto found = take(field.name);
    if (found.empty() && absent(field, type, at)) return;
    const Type& map = inside(type);
    void* const place = present(type, at);
    map.clear(place);
    fault(field.name, fault_of_count(found.size(), field.bounds));
    Bounds bounds = field.bounds;
    bounds.shortest = unbounded.shortest;
    bounds.longest = unbounded.longest;
    for (const UrlParameter* parameter : found) {
        if (!parameter->key) {
            fault(field.name, "needs a [key]");
            continue;
        }
        const std::string member = std::string(field.name) + "[" + *parameter->key + "]";
        const Box key = box(map.key());
        if (std::string problem = read_scalar(map.key(), unbounded, *parameter->key, key.get());
            !problem.empty()) {
            fault(member, "has a key that " + problem);
        } else if (void* const item = map.insert(place, key.get())) {
            fault(member, read_scalar(inside(map.element()), bounds, parameter->value,
                                      present(map.element(), item)));
        } else {
            fault(member, "stands twice");
        }
    }
}

void QueryReader::read_amount(const Field& field, const Type& type, void* at) {
    const Type& inner = inside(type);
    const std::string measure_field =
        std::string(field.name) + "_" + std::string(measure_name(inner.kind));
    const std::size_t told = faults.size();
    const std::string* const amount = one(field.name);
    const std::string* const measure = one(measure_field);
    if (faults.size() > told) return;
    if (!amount && !measure && absent(field, type, at)) return;
    for (Fault& found : read_measured(inner, field.bounds, amount, measure, present(type, at)))
        fault(found.pointer == "/amount" ? field.name : std::string_view(measure_field),
              std::move(found.problem));
}

void QueryReader::tell_unknown() {
    for (std::size_t at = 0; at < parameters_.size(); ++at)
        if (!used_[at])
            fault(parameters_[at].name, "is not a parameter of " + std::string(type_.name));
}

bool fits(const Type& type) {
    const Type& inner = inside(type);
    switch (inner.kind) {
        case Kind::list: return is_scalar(inside(inner.element()).kind);
        case Kind::map:
            return is_scalar(inner.key().kind) && is_scalar(inside(inner.element()).kind);
        default: return is_scalar(inner.kind) || is_measured(inner.kind);
    }
}

const void* held(const Type& type, const void* value) {
    if (type.kind != Kind::optional || !value) return value;
    const void* const inner = type.held(value);
    return inner ? held(type.element(), inner) : nullptr;
}

using MapKey = std::optional<std::string>;

void append_parameter(std::string_view name, const MapKey& key, std::string_view value,
                      std::string& out) {
    if (!out.empty()) out += '&';
    append_percent_encoded(name, out);
    if (key) {
        out += '[';
        append_percent_encoded(*key, out);
        out += ']';
    }
    out += '=';
    append_percent_encoded(value, out);
}

void append_scalar_parameter(std::string_view name, const MapKey& key, const Type& type,
                             const void* value, std::string& out) {
    const void* const inner = held(type, value);
    if (!inner) return;
    std::string text;
    append_scalar(inside(type), inner, text);
    append_parameter(name, key, text, out);
}

void append_map_parameters(std::string_view name, const Type& type, const void* value,
                           std::string& out) {
    struct Walk {
        std::string_view name;
        const Type& type;
        std::string& out;
    } walk{name, type, out};
    type.each(value, &walk, [](void* to, const void* key, const void* item) {
        const Walk& at = *static_cast<Walk*>(to);
        std::string key_text;
        append_scalar(at.type.key(), key, key_text);
        append_scalar_parameter(at.name, key_text, at.type.element(), item, at.out);
    });
}

void append_field(const Field& field, const void* value, std::string& out) {
    const Type& inner = inside(field.type());
    const void* const at = held(field.type(), value);
    if (!at) return;
    if (inner.kind == Kind::list) {
        for (std::size_t n = 0; n < inner.count(at); ++n)
            append_scalar_parameter(field.name, {}, inner.element(),
                                    inner.item(const_cast<void*>(at), n), out);
    } else if (inner.kind == Kind::map) {
        append_map_parameters(field.name, inner, at, out);
    } else if (is_measured(inner.kind)) {
        append_parameter(field.name, {}, amount_of(inner, at), out);
        append_parameter(std::string(field.name) + "_" + std::string(measure_name(inner.kind)), {},
                         measure_of(inner, at), out);
    } else {
        append_scalar_parameter(field.name, {}, inner, at, out);
    }
}

}  // namespace

std::vector<UrlParameter> url_parameters(std::string_view query, std::vector<Fault>& faults) {
    std::vector<UrlParameter> parameters;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const auto name = percent_decoded(pair.substr(0, equals));
        const auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())));
        const bool sound = name && value && is_utf8(*name) && is_utf8(*value);
        if (!sound && faults.size() < most_faults)
            faults.push_back({pointer_to({}, name_to_show(name, pair.substr(0, equals))),
                              name && value ? "is not UTF-8"
                                            : "has a % without two hexadecimal digits behind it"});
        if (!sound) continue;
        UrlParameter parameter;
        parameter.name = *name;
        parameter.value = *value;
        split_key(parameter);
        parameters.push_back(std::move(parameter));
    }
    return parameters;
}

bool fits_in_address(const Type& type) {
    return type.kind == Kind::record && std::ranges::all_of(type.fields, [](const Field& field) {
               return field.retired || fits(field.type());
           });
}

std::vector<Fault> read_query(const Type& type, const std::vector<UrlParameter>& parameters,
                              std::span<const std::string_view> elsewhere, void* value) {
    ensure(fits_in_address(type), "a query is flat: scalars, amounts, lists and maps of scalars");
    QueryReader reader(type, parameters);
    reader.pass_over(elsewhere);
    for (const Field& field : type.fields)
        if (!field.retired) reader.read(field, field.in(value));
    reader.tell_unknown();
    return std::move(reader.faults);
}

std::string query_text(const Type& type, const void* value) {
    ensure(fits_in_address(type), "a query is flat: scalars, amounts, lists and maps of scalars");
    std::string out;
    for (const Field& field : type.fields)
        if (!field.retired) append_field(field, field.in(value), out);
    return out;
}

void append_percent_octet(char octet, std::string& out) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(octet);
    out += '%';
    out += hex[byte >> 4];
    out += hex[byte & 15];
}

void append_percent_encoded(std::string_view text, std::string& out) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (const char letter : text)
        if (plain.find(letter) != plain.npos)
            out += letter;
        else
            append_percent_octet(letter, out);
}

}  // namespace kontor
