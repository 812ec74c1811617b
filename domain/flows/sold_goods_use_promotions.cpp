// What an order tells the promotions that it uses.
#include "domain/flows/sold_goods_use_promotions.h"

#include <map>

namespace kontor::flow {

namespace {

using Given = std::map<pricing::PromotionCode, Money>;

void add(Given& given, const sales::SoldLine& line) {
    for (const sales::LinePromotion& each : line.promotions) {
        auto [sum, first] = given.try_emplace(each.promotion, each.amount);
        if (!first) sum->second = sum->second + each.amount;
    }
}

Decision<pricing::UsePromotion, pricing::TakeBackPromotion> changes(
    const World& world, const CompanyCode& company, const sales::SalesOrderId& id,
    const std::vector<sales::SoldLine>& looked_at) {
    const sales::SalesOrder& order = *world.of<sales::SalesOrders>().find({company, id});
    Given given;
    for (const sales::SalesLineState& line : order.lines)
        if (!line.closed || line.progress.delivered != 0) add(given, line.sold);
    // Promotions that no line uses any more are those of lines as they were.
    Given before;
    for (const sales::SoldLine& line : looked_at) add(before, line);
    for (const auto& [promotion, amount] : before)
        given.try_emplace(promotion, Money{0, order.currency});
    Decision<pricing::UsePromotion, pricing::TakeBackPromotion> sent;
    const pricing::UsingDocumentId document{id.uuid};
    for (const auto& [promotion, amount] : given) {
        const auto* used = world.of<pricing::PromotionUses>().find({company, promotion, document});
        if (used ? used->amount == amount : amount.minor == 0) continue;
        if (amount.minor == 0)
            sent.add(pricing::TakeBackPromotion{company, promotion, document});
        else
            sent.add(pricing::UsePromotion{company, promotion, document, order.customer, order.date,
                                           amount});
    }
    return sent;
}

std::vector<sales::SoldLine> lines_of(const World& world, const CompanyCode& company,
                                      const sales::SalesOrderId& id) {
    std::vector<sales::SoldLine> lines;
    for (const sales::SalesLineState& line :
         world.of<sales::SalesOrders>().find({company, id})->lines)
        lines.push_back(line.sold);
    return lines;
}

}  // namespace

Decision<pricing::UsePromotion> sold_goods_use_promotions(const sales::SalesOrderPlaced& placed,
                                                          const World&) {
    Given given;
    for (const sales::SoldLine& line : placed.lines) add(given, line);
    Decision<pricing::UsePromotion> uses;
    for (const auto& [promotion, amount] : given)
        uses.add(pricing::UsePromotion{placed.company, promotion,
                                       pricing::UsingDocumentId{placed.order.uuid}, placed.customer,
                                       placed.date, amount});
    return uses;
}

Decision<pricing::UsePromotion, pricing::TakeBackPromotion> amended_sale_uses_promotions(
    const sales::SalesOrderAmended& amended, const World& world) {
    return changes(world, amended.company, amended.order, amended.was);
}

Decision<pricing::UsePromotion, pricing::TakeBackPromotion> closed_sale_uses_promotions(
    const sales::SalesLinesClosed& closed, const World& world) {
    return changes(world, closed.company, closed.order,
                   lines_of(world, closed.company, closed.order));
}

Decision<pricing::UsePromotion, pricing::TakeBackPromotion> reopened_sale_uses_promotions(
    const sales::SalesLinesReopened& reopened, const World& world) {
    return changes(world, reopened.company, reopened.order,
                   lines_of(world, reopened.company, reopened.order));
}

}  // namespace kontor::flow
