// Stock as it is asked for: over seeded facts, the ledger has what moves have posted and the card
// ends at the replayed value, at every corner of the two times.
#include "projections/inventory/stock.h"

#include "tests/domain/inventory/stock_facts.h"
#include "tests/projections/reading.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

struct StockReading : test::Reading {
    // Each command is a commit.
    void fold(const std::vector<std::vector<Message>>& commits) {
        for (const auto& events : commits) {
            In in = In::a_commit_of_its_own;
            for (const Message& event : events) {
                const auto* entry = event.as<ledger::EntryPosted>();
                happened(event, entry ? entry->date : day("2026-02-01"), in);
                in = In::the_last_commit;
            }
        }
    }
};

// Money of the card's lines, and pieces; the last line says the same.
void card_adds_up(StockReading& reading, const Corner& corner, const ValuedStock* valued) {
    const auto card = reading.ask<CardLine>(StockCard{acme, {"mug"}}, corner, 7);
    std::int64_t value = 0, micro = 0;
    for (const CardLine& line : card.rows) {
        value += line.value.minor;
        micro += line.quantity.micro;
        CHECK(line.value_after.minor == value);
        CHECK(line.quantity_after.micro == micro);
    }
    CHECK(value == (valued ? valued->replayed.minor : 0));
    CHECK(micro == (valued ? valued->quantity.micro : 0));
}

// What is left of the card's lines when what came first goes first, by bands of days.
std::map<std::int64_t, std::int64_t> ages_by_card(StockReading& reading, const Corner& corner,
                                                  const std::vector<std::int64_t>& bounds) {
    std::deque<std::pair<Date, std::int64_t>> lain;
    std::int64_t missing = 0;
    Date newest = first_date;
    for (const CardLine& line : reading.ask<CardLine>(StockCard{acme, {"mug"}}, corner).rows) {
        if (line.document) newest = line.date;
        if (line.kind == StockDocumentKind::transfer ||
            line.kind == StockDocumentKind::state_change)
            continue;
        std::int64_t in = std::max<std::int64_t>(line.quantity.micro, 0);
        const std::int64_t covered = std::min(missing, in);
        missing -= covered;
        in -= covered;
        if (in > 0) lain.push_back({line.date, in});
        std::int64_t out = std::max<std::int64_t>(-line.quantity.micro, 0);
        while (out > 0 && !lain.empty()) {
            const std::int64_t taken = std::min(out, lain.front().second);
            out -= taken;
            if ((lain.front().second -= taken) == 0) lain.pop_front();
        }
        missing += out;
    }
    std::map<std::int64_t, std::int64_t> bands;
    for (const auto& [since, quantity] : lain) {
        std::int64_t from = 0;
        for (const std::int64_t bound : bounds)
            if (corner.valid_at.value_or(newest).days - since.days > bound) from = bound + 1;
        bands[from] += quantity;
    }
    return bands;
}

}  // namespace

TEST_CASE("stock is what the ledger has, and what its card ends at, at every corner") {
    for (const auto method : {items::CostingMethod::fifo, items::CostingMethod::moving_average,
                              items::CostingMethod::standard})
        for (std::uint64_t seed = 101; seed <= 103; ++seed) {
            CAPTURE(static_cast<int>(method), seed);
            Books books(method);
            prepare(books);
            const auto facts = Facts(seed).draw();
            for (std::size_t at = 0; at < facts.size(); ++at) {
                if (at == facts.size() / 2) books.must(ledger::ClosePeriod{acme, {"2026"}, 1});
                facts[at].tell(books);
            }
            StockReading reading;
            reading.fold(books.events());
            test::Dice dice(seed);
            for (int corners = 0; corners < 25; ++corners) {
                Corner corner;
                corner.known_at = 1 + dice.below(reading.position());
                if (!dice.one_in(4)) corner.valid_at = day(date_of(dice.between(1, 40)));
                CAPTURE(corner.known_at);
                for (const ReconciledStock& row :
                     reading.ask<ReconciledStock>(StockReconciliation{acme, {}}, corner).rows)
                    CHECK(row.difference.minor == 0);
                const auto valued = reading.ask<ValuedStock>(StockValue{acme, {}}, corner).rows;
                card_adds_up(reading, corner, valued.empty() ? nullptr : &valued.front());
                std::int64_t aged = 0, micro = 0;
                std::map<std::int64_t, std::int64_t> bands;
                for (const AgedStock& band :
                     reading.ask<AgedStock>(StockAgeing{acme, {}, {3, 9}}, corner).rows) {
                    aged += band.value.minor;
                    micro += band.quantity.micro;
                    bands[band.days_from] += band.quantity.micro;
                }
                if (!valued.empty() && valued.front().quantity.micro > 0) {
                    CHECK(aged == valued.front().replayed.minor);
                    CHECK(micro == valued.front().quantity.micro);
                    CHECK(bands == ages_by_card(reading, corner, {3, 9}));
                }
            }
        }
}

TEST_CASE("stock is aged by what came first going first") {
    Books books;
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(receive(2, "2026-01-20", "10", "200.00"));
    books.must(issue(3, "2026-01-21", "8"));
    StockReading reading;
    reading.fold(books.events());
    Corner corner;
    corner.valid_at = day("2026-02-05");
    const auto rows = reading.ask<AgedStock>(StockAgeing{acme, {}, {}}, corner).rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].days_to == 30);
    CHECK(rows[0].quantity == pcs("10"));
    CHECK(rows[0].value == eur("150.00"));
    CHECK(rows[1].days_from == 31);
    CHECK(rows[1].quantity == pcs("2"));
}
