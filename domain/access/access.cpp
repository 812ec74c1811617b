// The aggregates of the access context.
#include "domain/access/access.h"

#include "domain/access/keys.h"
#include "domain/access/roles.h"

namespace kontor::access {

BusinessContext access() {
    BusinessContext context{"access", "Keys, roles and grants: who may do what.", {}};
    context.parts.push_back(keys());
    context.parts.push_back(roles());
    return context;
}

}  // namespace kontor::access
