// Which layouts of financial statements make sense.
#include "domain/ledger/statement_layouts.h"

#include "domain/core/catalog.h"

#include <set>

namespace kontor::ledger {

Decision<StatementDefined> decide(const World& world, const DefineStatement& define,
                                  const Context&) {
    if (!world.of<companies::Companies>().find(define.company)) return companies::company_unknown;
    std::set<StatementLineCode> above;
    std::set<AccountCode> named;
    for (const StatementLine& line : define.lines) {
        if (above.contains(line.line)) return statement_line_twice;
        if (!line.accounts.empty() && !line.adds.empty()) return statement_line_of_two_kinds;
        for (const StatementLineCode& added : line.adds)
            if (!above.contains(added)) return statement_line_unknown;
        for (const AccountCode& account : line.accounts) {
            if (!named.insert(account).second) return account_in_two_lines;
            if (!world.of<Accounts>().find({define.company, account}))
                return statement_account_unknown;
        }
        above.insert(line.line);
    }
    return StatementDefined{define.company, define.statement, define.name, define.kind,
                            define.lines};
}

void evolve(Statements& statements, const StatementDefined& defined) {
    statements.put({defined.company, defined.statement}, {defined.kind});
}

Part statement_layouts() {
    return Part()
        .table<Statements>("ledger.statements")
        .commands<DefineStatement>()
        .event<StatementDefined, Statements>();
}

}  // namespace kontor::ledger
