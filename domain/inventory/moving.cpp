// How edits of series are tried, and their differences become lines of entries.
#include "domain/inventory/moving.h"

#include "domain/inventory/stock_documents.h"
#include "domain/ledger/calendar.h"

#include <map>

namespace kontor::inventory {

namespace {

const Reason& reason_of(Obstacle obstacle) {
    switch (obstacle) {
        case Obstacle::no_cost: return cost_missing;
        case Obstacle::before_source: return returned_before_source;
        case Obstacle::over_returned: return returned_beyond_source;
        default: return stock_too_large;
    }
}

// What is there after a move, where it is less than nothing.
struct Shortage {
    Date day;
    std::int64_t left = 0;
};

class Trying {
public:
    Trying(const World& world, const CompanyCode& company, const Context& context)
        : world_(world),
          company_(company),
          context_(context),
          base_(world.of<companies::Companies>().find(company)->base_currency) {}

    Objection add(const SeriesKey& series, const std::vector<Edit>& edits) {
        const auto part = series_from(world_.of<StockBlocks>(), series, first_touched(edits));
        if (Objection fault = fault_of_places(series, part, edits)) return fault;
        const Rewritten rewritten = rewrite(part.blocks, part.end, edits);
        if (rewritten.obstacle != Obstacle::none)
            return reason_of(rewritten.obstacle).about(series.item, rewritten.obstructed.day);
        const Bearers& bearers = rewritten.end.stock.bearers;
        const StockPosting* posting =
            stock_posting_of(world_, company_, series.item, context_.today);
        if (!posting) return stock_accounts_missing.about(series.item);
        for (const auto& [day, difference] : rewritten.differences) {
            const auto date = day_of_entry(day);
            if (!date) return stock_day_closed.about(day);
            const auto put = [&](const ledger::AccountCode& account, std::int64_t debit,
                                 const std::optional<items::ItemCode>& item) {
                sums_[{*date, posting->journal, account, item}] += debit;
            };
            put(bearers.stock, difference.stock, series.item);
            for (const auto& [counterpart, amount] : difference.shares)
                put(counterpart, amount, std::nullopt);
        }
        return {};
    }
    std::vector<StockEntryLine> postings() const {
        std::vector<StockEntryLine> lines;
        for (const auto& [of, debit] : sums_)
            if (debit != 0)
                lines.push_back({of.date,
                                 of.journal,
                                 of.account,
                                 of.item,
                                 {static_cast<std::int64_t>(debit), base_}});
        return lines;
    }

private:
    struct Sum {
        Date date;
        ledger::JournalCode journal;
        ledger::AccountCode account;
        std::optional<items::ItemCode> item;
        auto operator<=>(const Sum&) const = default;
    };

    // The day itself, or the first one after it that is open; quantities keep theirs.
    std::optional<Date> day_of_entry(Date day) const {
        const auto place = ledger::fiscal_day(world_, company_, day);
        if (place && !ledger::closed_for(world_, company_, *place, context_.actor)) return day;
        return ledger::next_open_day(world_, company_, day, context_.actor);
    }

    // Why a place would have less than nothing after one of the moves that are looked at; what
    // takes nothing from a place never does that. A line stays at its place.
    Objection fault_of_places(const SeriesKey& series, const SeriesPart& part,
                              const std::vector<Edit>& edits) const {
        struct Change {
            std::int64_t more = 0;
            bool takes = false;
        };
        std::map<StockPlace, Change> changed;
        for (const Edit& edit : edits) {
            const std::int64_t was = edit.was ? edit.was->quantity : 0;
            const std::int64_t becomes = edit.becomes ? edit.becomes->quantity : 0;
            Change& change = changed[edit.becomes ? edit.becomes->place : edit.was->place];
            change.more += becomes - was;
            change.takes = change.takes || becomes < was;
        }
        for (const auto& [place, change] : changed) {
            if (!change.takes) continue;
            const OnHand* there = world_.of<StocksOnHand>().find({company_, series.item, place});
            const std::int64_t left = (there ? there->quantity : 0) + change.more;
            const auto shortage = shortage_at(place, left, part, edits);
            if (shortage)
                return stock_insufficient.about(series.item, words_of(place),
                                                amount_of(series, shortage->left), shortage->day);
        }
        return {};
    }
    std::string amount_of(const SeriesKey& series, std::int64_t micro) const {
        const auto* item = world_.of<items::Items>().find({company_, series.item});
        return to_text(Quantity{micro, item->base_unit});
    }

    // Walks back from what is left after all moves to the place of the first edit: the earliest
    // shortage.
    static std::optional<Shortage> shortage_at(const StockPlace& place, std::int64_t left,
                                               const SeriesPart& part,
                                               const std::vector<Edit>& edits) {
        std::optional<Shortage> earliest;
        const auto step_back = [&](const Move& move) {
            if (move.place != place || move.quantity == 0) return;
            if (left < 0) earliest = Shortage{move.at.day, left};
            left -= move.quantity;
        };
        auto edit = edits.rbegin();
        const auto step_back_to = [&](const MoveOrder& at) {
            for (; edit != edits.rend() && at < edit->at; ++edit)
                if (edit->becomes) step_back(*edit->becomes);
        };
        for (auto block = part.blocks.rbegin(); block != part.blocks.rend(); ++block)
            for (auto kept = block->moves.rbegin(); kept != block->moves.rend(); ++kept) {
                step_back_to(kept->move.at);
                if (edit == edits.rend()) return earliest;
                if (edit->at != kept->move.at) {
                    step_back(kept->move);
                    continue;
                }
                if (edit->becomes) step_back(*edit->becomes);
                ++edit;
            }
        step_back_to({first_date, -1});
        return earliest;
    }

    const World& world_;
    const CompanyCode& company_;
    const Context& context_;
    Currency base_;
    std::map<Sum, Wide> sums_;
};

}  // namespace

Objection find_postings(const World& world, const CompanyCode& company, const EditsBySeries& edits,
                        const Context& context, std::vector<StockEntryLine>& postings) {
    Trying trying(world, company, context);
    for (const auto& [series, of_series] : edits)
        if (Objection fault = trying.add(series, of_series)) return fault;
    postings = trying.postings();
    return {};
}

}  // namespace kontor::inventory
