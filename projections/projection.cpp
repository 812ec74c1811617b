// What a read model could contradict in what it says of itself.
#include "projections/projection.h"

#include "domain/core/personal.h"

namespace kontor {

std::vector<std::string> faults_of(const std::vector<ReadModelSpec>& specs) {
    std::vector<std::string> faults;
    for (const ReadModelSpec& spec : specs)
        for (const QuerySpec& query : spec.queries) {
            const Type& type = *query.type;
            for (const TypeRef& answered : {type.row, type.totals})
                if (answered)
                    for (const std::string& fault : faults_of_personal(answered()))
                        faults.push_back("query " + std::string(type.name) + " answers " + fault);
        }
    return faults;
}

}  // namespace kontor
