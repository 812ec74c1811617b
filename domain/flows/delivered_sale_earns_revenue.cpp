// The entries of a delivery: one for each journal that its lines are posted in.
#include "domain/flows/delivered_sale_earns_revenue.h"

#include <map>
#include <string_view>
#include <utility>

namespace kontor::flow {

namespace {

// Lines of a delivery or of a return.
template <class Line>
std::vector<ledger::PostEntry> posts_of(const CompanyCode& company, const Uuid& document,
                                        std::string_view flow, Date date, const std::string& text,
                                        const std::vector<Line>& lines) {
    std::map<ledger::JournalCode, std::vector<sales::SalePosting>> postings;
    for (const Line& line : lines) {
        auto& posted = postings[line.journal];
        sales::add_postings(posted, line.accounts, line.position);
        posted.push_back({line.accounts.revenue, {-line.earned.amount, -line.earned.base}});
    }
    std::vector<ledger::PostEntry> posts;
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
        posts.push_back(std::move(post));
    }
    return posts;
}

Decision<ledger::PostEntry> sent(std::vector<ledger::PostEntry> posts) {
    Decision<ledger::PostEntry> decision;
    for (ledger::PostEntry& post : posts) decision.add(std::move(post));
    return decision;
}

std::vector<ledger::PostEntry> posts_of(const sales::SaleDelivered& delivered) {
    return posts_of(delivered.company, delivered.delivery.uuid, "delivered_sale_earns_revenue",
                    delivered.date, delivered.text.substr(0, 500), delivered.lines);
}

}  // namespace

std::vector<ledger::EntryId> revenue_entries_of(const sales::SaleDelivered& delivered) {
    std::vector<ledger::EntryId> entries;
    for (const ledger::PostEntry& post : posts_of(delivered)) entries.push_back(post.entry);
    return entries;
}

Decision<ledger::PostEntry> delivered_sale_earns_revenue(const sales::SaleDelivered& delivered,
                                                         const World&) {
    return sent(posts_of(delivered));
}

Decision<ledger::PostEntry> returned_sale_earns_less(const sales::SaleReturned& returned,
                                                     const World&) {
    return sent(posts_of(returned.company, returned.sale_return.uuid, "returned_sale_earns_less",
                         returned.date, returned.reason, returned.lines));
}

Decision<ledger::PostEntry> reversed_delivery_earns_nothing(
    const sales::SaleDeliveryReversed& reversed, const World&) {
    return sent(posts_of(reversed.company, reversed.delivery.uuid,
                         "reversed_delivery_earns_nothing", reversed.date, reversed.reason,
                         reversed.lines));
}

}  // namespace kontor::flow
