// How returns find what they come back from.
#include "domain/inventory/returns.h"

#include "domain/core/catalog.h"
#include "domain/inventory/document_lines.h"

#include <utility>

namespace kontor::inventory {

namespace {

// The line that something comes back from, or null; and its document.
const MovedLine* line_at(const World& world, const CompanyCode& company, const StockLineRef& ref,
                         const StockDocument*& document) {
    document = world.of<StockDocuments>().find({company, ref.document});
    if (!document || document->reversed) return nullptr;
    return document->line(ref.line);
}

void name_source(MovedLine& line, const StockLineRef& ref, const StockDocument& document,
                 const MovedLine& source) {
    line.valuing = Valuing::of_source;
    line.source = ref;
    line.source_at = MoveOrder{document.date, document.second, ref.document, ref.line};
    line.counterpart = source.counterpart;
}

// Of a line that was added: whether what it comes back from has the same cost.
Objection fault_of_area(const MovedLine& line, const MovedLine& source) {
    if (line.area != source.area || line.costed_lot != source.costed_lot)
        return source_costed_apart.about(line.item, line.place.warehouse);
    return {};
}

class CustomerReturn {
public:
    CustomerReturn(const World& world, const TakeBackStock& take, DocumentLines& lines)
        : world_(world), take_(take), lines_(lines) {}

    Objection add(const CustomerReturnLine& asked) {
        MovedLine line;
        line.valuing = Valuing::by_formula;
        line.customer = take_.customer;
        if (Objection fault =
                lines_.find_goods(asked.item, {asked.warehouse, asked.location, asked.state},
                                  asked.lot, asked.quantity, LeastQuantity::above_zero, line))
            return fault;
        const MovedLine* source = nullptr;
        if (asked.issue)
            if (Objection fault = find_source(asked, line, source)) return fault;
        if (Objection fault = lines_.add(std::move(line), &StockAccounts::cost_of_sales))
            return fault;
        return source ? fault_of_area(lines_.last(), *source) : Objection();
    }

private:
    Objection find_source(const CustomerReturnLine& asked, MovedLine& line,
                          const MovedLine*& source) const {
        const StockDocument* document = nullptr;
        source = line_at(world_, take_.company, *asked.issue, document);
        if (!source) return source_line_unknown.about(asked.issue->document, asked.issue->line);
        const bool of_other = take_.customer && source->customer != take_.customer;
        if (document->kind != StockDocumentKind::issue || source->item != asked.item || of_other)
            return source_line_unfit.about(asked.item, asked.issue->document, asked.issue->line);
        name_source(line, *asked.issue, *document, *source);
        line.customer = source->customer;
        return {};
    }

    const World& world_;
    const TakeBackStock& take_;
    DocumentLines& lines_;
};

Objection add_supplier_return(const World& world, const SendBackStock& send,
                              const SupplierReturnLine& asked, DocumentLines& lines) {
    const StockDocument* document = nullptr;
    const MovedLine* source = line_at(world, send.company, asked.receipt, document);
    if (!source) return source_line_unknown.about(asked.receipt.document, asked.receipt.line);
    if (document->kind != StockDocumentKind::receipt)
        return source_line_unfit.about(source->item, asked.receipt.document, asked.receipt.line);
    MovedLine line;
    const WarehouseCode& warehouse = asked.warehouse ? *asked.warehouse : source->place.warehouse;
    const auto& location =
        asked.warehouse || asked.location ? asked.location : source->place.location;
    if (Objection fault =
            lines.find_goods(source->item, {warehouse, location, asked.state}, source->place.lot,
                             asked.quantity, LeastQuantity::above_zero, line))
        return fault;
    line.quantity = -line.quantity;
    name_source(line, asked.receipt, *document, *source);
    line.foreign = asked.foreign;
    if (asked.foreign && (asked.foreign->amount.currency == source->cost->currency ||
                          asked.foreign->base.currency != source->cost->currency ||
                          asked.foreign->base.minor > source->cost->minor))
        return foreign_share_unfit.about(line.item, asked.foreign->amount);
    if (Objection fault = lines.add(std::move(line), &StockAccounts::received)) return fault;
    return fault_of_area(lines.last(), *source);
}

}  // namespace

Decision<StockMoved> decide(const World& world, const TakeBackStock& take, const Context& context) {
    DocumentLines lines(world,
                        {take.company,
                         take.document,
                         StockDocumentKind::returned,
                         take.date.value_or(context.today),
                         take.second.value_or(second_of_returns),
                         take.text,
                         {},
                         {}},
                        take.counterpart);
    if (Objection fault = lines.fault()) return fault;
    if (take.customer)
        if (Objection fault = parties::fault_of_party(world, take.company, *take.customer))
            return fault;
    CustomerReturn coming(world, take, lines);
    for (std::size_t at = 0; at < take.lines.size(); ++at)
        if (Objection fault = coming.add(take.lines[at])) return std::move(fault).at("lines", at);
    if (Objection fault = lines.finish(context)) return fault;
    return std::move(lines).moved();
}

Decision<StockMoved> decide(const World& world, const SendBackStock& send, const Context& context) {
    DocumentLines lines(world,
                        {send.company,
                         send.document,
                         StockDocumentKind::returned,
                         send.date.value_or(context.today),
                         send.second.value_or(second_of_issues),
                         send.text,
                         {},
                         {}},
                        send.counterpart);
    if (Objection fault = lines.fault()) return fault;
    for (std::size_t at = 0; at < send.lines.size(); ++at)
        if (Objection fault = add_supplier_return(world, send, send.lines[at], lines))
            return std::move(fault).at("lines", at);
    if (Objection fault = lines.finish(context)) return fault;
    return std::move(lines).moved();
}

Part returns() { return Part().commands<TakeBackStock, SendBackStock>(); }

}  // namespace kontor::inventory
