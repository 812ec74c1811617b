// How a secret becomes a visitor.
#include "api/backend.h"

#include "eventstore/hashes.h"

#include <algorithm>
#include <cctype>

namespace kontor {

std::optional<Visitor> visitor_of(const Engine& engine, const std::string* authorization) {
    constexpr std::string_view scheme = "bearer ";
    if (!authorization || authorization->size() <= scheme.size()) return std::nullopt;
    const bool bearer = std::equal(
        scheme.begin(), scheme.end(), authorization->begin(), [](char wanted, char given) {
            return wanted == std::tolower(static_cast<unsigned char>(given));
        });
    if (!bearer) return std::nullopt;
    std::shared_ptr<const access::Rights> rights = engine.rights();
    if (!rights) return std::nullopt;
    const Hash hash = sha256(std::string_view(*authorization).substr(scheme.size()));
    const auto* who = rights->who({reinterpret_cast<const char*>(hash.data()), hash.size()});
    if (!who) return std::nullopt;
    return Visitor{who->actor, who->key, std::move(rights)};
}

}  // namespace kontor
