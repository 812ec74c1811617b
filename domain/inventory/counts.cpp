// How a count is entered.
#include "domain/inventory/counts.h"

#include "domain/core/catalog.h"
#include "domain/inventory/document_lines.h"

#include <utility>

namespace kontor::inventory {

Decision<StockMoved> decide(const World& world, const CountStock& count, const Context& context) {
    DocumentLines lines(world,
                        {count.company,
                         count.document,
                         StockDocumentKind::count,
                         count.date.value_or(context.today),
                         count.second.value_or(second_of_counts),
                         count.text,
                         {},
                         {}},
                        count.counterpart);
    if (Objection fault = lines.fault()) return fault;
    std::set<std::pair<items::ItemCode, StockPlace>> counted;
    for (const CountLine& asked : count.lines) {
        MovedLine line;
        line.valuing = Valuing::by_formula;
        Objection fault =
            lines.find_goods(asked.item, {asked.warehouse, asked.location, asked.state}, asked.lot,
                             asked.counted, LeastQuantity::zero, line);
        if (!fault && !counted.emplace(line.item, line.place).second)
            fault = counted_twice.about(line.item, words_of(line.place));
        line.counted = line.quantity;
        if (!fault) fault = lines.add(std::move(line), &StockAccounts::difference);
        if (fault) return std::move(fault).at("lines", lines.size());
    }
    if (Objection fault = lines.finish(context)) return fault;
    return std::move(lines).moved();
}

Part counts() { return Part().commands<CountStock>(); }

}  // namespace kontor::inventory
