// The entries of a delivery: one for each journal that its lines are posted in.
#include "domain/flows/delivered_sale_earns_revenue.h"

#include <map>
#include <utility>

namespace kontor::flow {

namespace {

Decision<ledger::PostEntry> entries_of(const CompanyCode& company, const Uuid& document,
                                       std::string_view flow, Date date, const std::string& text,
                                       const std::vector<sales::DeliveredSaleLine>& lines) {
    std::map<ledger::JournalCode, std::vector<sales::SalePosting>> postings;
    for (const sales::DeliveredSaleLine& line : lines) {
        auto& posted = postings[line.journal];
        sales::add_postings(posted, line.accounts, line.position);
        posted.push_back({line.accounts.revenue, {-line.earned.amount, -line.earned.base}});
    }
    Decision<ledger::PostEntry> posts;
    std::uint64_t count = 0;
    for (const auto& [journal, posted] : postings) {
        ledger::PostEntry post;
        post.lines = sales::entry_lines(posted);
        if (post.lines.empty()) continue;  // what was given away earns nothing
        post.company = company;
        post.entry = {derived_uuid(document, flow, count++)};
        post.journal = journal;
        post.date = date;
        post.text = text;
        posts.add(std::move(post));
    }
    return posts;
}

}  // namespace

Decision<ledger::PostEntry> delivered_sale_earns_revenue(const sales::SaleDelivered& delivered,
                                                         const World&) {
    return entries_of(delivered.company, delivered.delivery.uuid, "delivered_sale_earns_revenue",
                      delivered.date, delivered.text.substr(0, 500), delivered.lines);
}

Decision<ledger::PostEntry> reversed_delivery_earns_nothing(
    const sales::SaleDeliveryReversed& reversed, const World&) {
    return entries_of(reversed.company, reversed.delivery.uuid, "reversed_delivery_earns_nothing",
                      reversed.date, reversed.reason, reversed.lines);
}

}  // namespace kontor::flow
