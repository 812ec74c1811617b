// The list of all rules that cross contexts, in the order in which they run.
#include "domain/flows/flows.h"

#include "domain/flows/created_company_gets_its_books.h"

namespace kontor {

std::vector<FlowSpec> flows() {
    using namespace flow;
    return {
        on<created_company_gets_its_books>(),
    };
}

}  // namespace kontor
