// Over random histories of receipts, invoices, returns and credit notes, in two currencies, goods
// and services: what is received and not invoiced, line by line, is its account.
#include "tests/domain/purchasing/buying_company.h"

#include <random>

using namespace kontor;
using namespace kontor::purchasing;
using namespace kontor::purchasing::buying;

namespace {

// What lines of receipts and orders say that the account has; what is owed is above zero.
Valued of_all_lines(const World& world) {
    Valued sum;
    world.of<PurchaseReceipts>().each_from(
        {}, [&](const PurchaseReceiptKey&, const PurchaseReceipt& receipt) {
            if (receipt.reversed) return true;
            for (const ReceiptLineState& line : receipt.lines) {
                sum += line.open;
                sum.amount -= line.open_prepaid.amount;
                sum -= line.credit;
            }
            return true;
        });
    world.of<PurchaseOrders>().each_from({},
                                         [&](const PurchaseOrderKey&, const PurchaseOrder& order) {
                                             for (const OrderLineState& line : order.lines)
                                                 sum -= line.ahead;
                                             return true;
                                         });
    return sum;
}

class History {
public:
    explicit History(std::uint64_t seed) : dice_(seed), buyer_(method()) {
        for (const char* date : {"2026-01-01", "2026-01-08", "2026-01-15", "2026-01-22"})
            buyer_.know_rate(
                date,
                ("0." + std::to_string(roll(8'000, 9'999)) + std::to_string(roll(1, 9))).c_str());
        SetPurchasePolicy policy;
        policy.company = acme;
        policy.dearer = policy.more = MatchTolerance{percent("2"), eur("50.00")};
        buyer_.must(policy);
        for (std::uint64_t n = 1; n <= 3; ++n) buyer_.must(order(n));
    }

    void live(int steps) {
        for (int at = 0; at < steps; ++at) {
            next();
            const Valued lines = of_all_lines(buyer_.world());
            CAPTURE(at);
            REQUIRE(buyer_.at_end("2200") == -lines.base);
        }
    }

private:
    items::CostingMethod method() {
        return roll(0, 1) ? items::CostingMethod::fifo : items::CostingMethod::moving_average;
    }
    std::int64_t roll(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(dice_);
    }
    std::string date() {
        const std::string day = std::to_string(roll(1, 28));
        return "2026-01-" + (day.size() == 1 ? "0" + day : day);
    }
    Quantity some(std::int64_t most) { return pcs(std::to_string(roll(1, most))); }
    UnitPrice near(std::string_view code) {
        return {roll(9'900'000, 10'400'000), test::currency(code)};
    }
    PlacePurchaseOrder order(std::uint64_t number) {
        const char* code = number == 1 ? "EUR" : "USD";
        auto line = mugs("40", "10", code);
        line.price = near(code);
        line.over_receipt = percent("10");
        PurchaseLine service;
        service.item = items::ItemCode{"carriage"};
        service.quantity = pcs("30");
        service.price = near(code);
        return place(number, number == 1 ? "WICK" : "YANKEE", {line, service}, "2026-01-01");
    }

    // Whatever is refused must be so for a declared reason, which tries() does not look at; a
    // document that is blocked must say why, and one that is within its tolerance is not blocked.
    template <class Command>
    void attempt(const Command& command) {
        const test::Played played = buyer_.tries(Message::of(command));
        if (played.refused) {
            const auto& known = *test::the_catalog().command(&type_of<Command>());
            bool declared = std::ranges::find(known.own_reasons, played.refused.reason) !=
                            known.own_reasons.end();
            for (const auto& reached : known.flow_reasons)
                declared = declared || reached.reason == played.refused.reason;
            INFO(played.refused.text());
            REQUIRE(declared);
            return;
        }
        for (const Message& event : played.events)
            if (const auto* invoiced = event.as<SupplierInvoiced>(); invoiced && !invoiced->credit)
                looks_right(*invoiced);
    }
    void looks_right(const SupplierInvoiced& invoiced) {
        for (const InvoicedLine& line : invoiced.lines) {
            const LineProgress& progress = buyer_.world()
                                               .of<PurchaseOrders>()
                                               .find({acme, line.order})
                                               ->line(line.order_line)
                                               ->progress;
            const std::int64_t more = progress.invoiced - progress.accepted();
            if (more * 100 > progress.accepted() * 2) REQUIRE_FALSE(invoiced.faults.empty());
            const std::int64_t dearer = progress.invoiced_minor - progress.ordered_minor;
            if (dearer * 100 > progress.ordered_minor * 2) REQUIRE_FALSE(invoiced.faults.empty());
        }
    }

    void next() {
        const auto number = static_cast<std::uint64_t>(++documents_);
        const auto of_order = static_cast<std::uint64_t>(roll(1, 3));
        const std::int64_t line = roll(1, 2);
        switch (roll(0, 9)) {
            case 0:
            case 1:
            case 2: {
                auto command = receive(number, of_order, some(15), {}, date());
                command.lines[0].line = line;
                if (roll(0, 3) == 0) command.lines[0].rejected = pcs("1");
                attempt(command);
                receipts_.push_back(number);
                break;
            }
            case 3:
            case 4:
            case 5: {
                auto command = invoice(number, of_order, some(12),
                                       near(of_order == 1 ? "EUR" : "USD"), date());
                command.lines[0].line = line;
                attempt(command);
                break;
            }
            case 6: attempt(invoice(number, of_order, {}, {}, date())); break;
            case 7:
                if (!receipts_.empty())
                    attempt(send_back(
                        number,
                        receipts_[static_cast<std::size_t>(roll(0, std::ssize(receipts_) - 1))],
                        std::to_string(roll(1, 4)), "2026-01-29"));
                break;
            case 8: attempt(credit_note(number, of_order, {}, "2026-01-30")); break;
            default:
                if (!receipts_.empty() && roll(0, 2) == 0)
                    attempt(ReversePurchaseReceipt{
                        acme,
                        nth<PurchaseReceiptId>(receipts_[static_cast<std::size_t>(
                            roll(0, std::ssize(receipts_) - 1))]),
                        "A mistake"});
                else
                    attempt(PrepayOrder{acme, nth<PurchaseOrderId>(2), usd("7.77"), eur("6.66")});
        }
    }

    std::mt19937_64 dice_;
    Buyer buyer_;
    std::vector<std::uint64_t> receipts_;
    int documents_ = 0;
};

}  // namespace

TEST_CASE("received and not invoiced is its account, line by line, in every history") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        History(seed).live(60);
    }
}
