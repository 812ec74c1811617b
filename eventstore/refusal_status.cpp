// One table for what is recorded and what is told.
#include "eventstore/refusal_status.h"

namespace kontor {

int status_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::invalid: return 422;
        case Refusal::missing: return 404;
        case Refusal::conflict: return 409;
    }
    ensure(false, "every refusal has a status");
    return 500;
}

}  // namespace kontor
