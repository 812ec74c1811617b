// How edits of series are tried, and their differences become lines of entries.
#include "domain/inventory/moving.h"

#include "domain/inventory/consequences.h"
#include "domain/inventory/stock_documents.h"
#include "domain/inventory/stock_policy.h"
#include "domain/ledger/calendar.h"

#include <algorithm>
#include <map>
#include <set>

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
        const Rewritten rewritten = rewrite(part, edits);
        if (rewritten.obstacle != Obstacle::none)
            return reason_of(rewritten.obstacle).about(series.item, rewritten.obstructed.day);
        const Bearers& bearers = rewritten.end.stock.bearers;
        const StockPosting* posting =
            stock_posting_of(world_, company_, series.item, context_.today);
        if (!posting) return stock_accounts_missing.about(series.item);
        for (const auto& [day, difference] : rewritten.differences) {
            const auto date = day_of_entry(world_, company_, day, context_);
            if (!date) return stock_day_closed.about(day);
            const std::optional<Date> moved_on = *date == day ? std::nullopt : std::optional(day);
            sums_[{*date, posting->journal, bearers.stock, series.item, moved_on, {}}].base +=
                difference.stock;
            for (const auto& [counterpart, amount] : difference.shares)
                sums_[{*date, posting->journal, counterpart, {}, {}, {}}].base += amount;
        }
        return {};
    }
    // Of what counterparts get, the part that is owed in another currency gets a line of its own.
    void carry(const LineEdit& edit) {
        if (edit.was) carry(edit.at.day, *edit.was, -1);
        if (edit.becomes) carry(edit.at.day, *edit.becomes, +1);
    }
    std::vector<StockEntryLine> postings() const {
        std::vector<StockEntryLine> lines;
        for (const auto& [of, debit] : sums_) {
            if (debit.base == 0 && debit.foreign == 0) continue;
            StockEntryLine line{of.date,
                                of.journal,
                                of.account,
                                of.item,
                                {static_cast<std::int64_t>(debit.base), base_},
                                of.moved_on};
            if (of.foreign)
                line.foreign = Money{static_cast<std::int64_t>(debit.foreign), *of.foreign};
            lines.push_back(std::move(line));
        }
        return lines;
    }

private:
    struct Sum {
        Date date;
        ledger::JournalCode journal;
        ledger::AccountCode account;
        std::optional<items::ItemCode> item;
        std::optional<Date> moved_on;
        std::optional<Currency> foreign;
        auto operator<=>(const Sum&) const = default;
    };
    struct Debit {
        Wide base = 0;
        Wide foreign = 0;
    };

    void carry(Date day, const MovedLine& line, int sign) {
        if (!line.foreign) return;
        const auto date = day_of_entry(world_, company_, day, context_);
        const StockPosting* posting = stock_posting_of(world_, company_, line.item, context_.today);
        if (line.quantity.micro > 0) sign = -sign;  // what came in is owed
        const ForeignShare& share = *line.foreign;
        Sum of{*date, posting->journal, line.counterpart, {}, {}, {}};
        sums_[of].base -= sign * share.base.minor;
        of.foreign = share.amount.currency;
        sums_[of].base += sign * share.base.minor;
        sums_[of].foreign += sign * share.amount.minor;
    }

    // Why a place would have less than nothing after one of the moves that are looked at, and less
    // than before. A line stays at its place.
    Objection fault_of_places(const SeriesKey& series, const SeriesPart& part,
                              const std::vector<Edit>& edits) const {
        std::map<StockPlace, std::int64_t> changed;
        std::set<StockPlace> taken_from, put_elsewhere;
        for (const Edit& edit : edits) {
            const std::int64_t was = edit.was ? edit.was->quantity : 0;
            const std::int64_t becomes = edit.becomes ? edit.becomes->quantity : 0;
            const StockPlace& place = edit.becomes ? edit.becomes->place : edit.was->place;
            changed[place] += becomes - was;
            if (becomes < was) taken_from.insert(place);
            const Move& move = edit.becomes ? *edit.becomes : *edit.was;
            if (move.valuing == Valuing::relocates) put_elsewhere.insert(place);
        }
        for (const StockPlace& place : taken_from) {
            // Only what is used up may be there later than it is used.
            if (place.state == StockState::free && !put_elsewhere.contains(place) &&
                negative_stock_of(world_, company_, place.warehouse) == NegativeStock::provisional)
                continue;
            const OnHand* there = world_.of<StocksOnHand>().find({company_, series.item, place});
            const std::int64_t was = there ? there->quantity : 0;
            const auto shortage = shortage_at(place, was, part, edits);
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

    // The earliest shortage; `was` is there after all moves.
    static std::optional<Shortage> shortage_at(const StockPlace& place, std::int64_t was,
                                               const SeriesPart& part,
                                               const std::vector<Edit>& edits) {
        // What is there before them all.
        for (const MoveBlock& block : part.blocks)
            for (MoveReader reader(block); const KeptMove* kept = reader.next();)
                if (kept->move.place == place) was -= kept->move.quantity;
        std::int64_t left = was;
        std::optional<Shortage> earliest;
        const auto step = [&](const Move* before, const Move* now) {
            const Move& move = now ? *now : *before;
            if (move.place != place) return;
            if (before) was += before->quantity;
            if (now) left += now->quantity;
            if (!earliest && left < 0 && left < was) earliest = Shortage{move.at.day, left};
        };
        auto edit = edits.begin();
        const auto step_edit = [&] {
            step(edit->was ? &*edit->was : nullptr, edit->becomes ? &*edit->becomes : nullptr);
            ++edit;
        };
        for (const MoveBlock& block : part.blocks)
            for (MoveReader reader(block); const KeptMove* kept = reader.next();) {
                while (edit != edits.end() && edit->at < kept->move.at) step_edit();
                if (edit != edits.end() && edit->at == kept->move.at)
                    step_edit();
                else
                    step(&kept->move, &kept->move);
                if (earliest) return earliest;
            }
        while (edit != edits.end()) step_edit();
        return earliest;
    }

    const World& world_;
    const CompanyCode& company_;
    const Context& context_;
    Currency base_;
    std::map<Sum, Debit> sums_;
};

}  // namespace

std::optional<Date> day_of_entry(const World& world, const CompanyCode& company, Date day,
                                 const Context& context) {
    if (late_posting_of(world, company) == LatePosting::forward)
        if (const auto learned = ledger::days_of_period(world, company, context.today))
            day = std::max(day, learned->first);
    const auto place = ledger::fiscal_day(world, company, day);
    if (place && !ledger::closed_for(world, company, *place, context.actor)) return day;
    return ledger::next_open_day(world, company, day, context.actor);
}

Objection find_postings(const World& world, const CompanyCode& company, const EditsBySeries& edits,
                        const Context& context, std::vector<StockEntryLine>& postings) {
    Trying trying(world, company, context);
    for (const auto& [series, of_series] : edits)
        if (Objection fault = trying.add(series, of_series)) return fault;
    postings = trying.postings();
    return {};
}

namespace {

Objection find_postings(const World& world, const CompanyCode& company,
                        const std::vector<LineEdit>& edits, const Context& context,
                        std::vector<StockEntryLine>& postings) {
    Trying trying(world, company, context);
    for (const auto& [series, of_series] : edits_of(company, edits))
        if (Objection fault = trying.add(series, of_series)) return fault;
    for (const LineEdit& edit : edits) trying.carry(edit);
    postings = trying.postings();
    return {};
}

}  // namespace

Objection settle(const World& world, const Context& context, StockMoved& moved) {
    std::vector<LineEdit> own = line_edits_of(moved);
    moved.others = consequences_of(world, moved.company, own);
    for (std::size_t at = 0; at < own.size(); ++at) moved.lines[at] = *own[at].becomes;
    return find_postings(world, moved.company, line_edits_of(moved), context, moved.postings);
}

Objection settle(const World& world, const Context& context, StockLineCorrected& corrected) {
    std::vector<LineEdit> own = line_edits_of(corrected);
    corrected.others = consequences_of(world, corrected.company, own);
    corrected.becomes = *own.front().becomes;
    return find_postings(world, corrected.company, line_edits_of(corrected), context,
                         corrected.postings);
}

Objection settle(const World& world, const Context& context, StockDocumentReversed& reversed) {
    std::vector<LineEdit> own = line_edits_of(reversed);
    reversed.others = consequences_of(world, reversed.company, own);
    return find_postings(world, reversed.company, line_edits_of(reversed), context,
                         reversed.postings);
}

}  // namespace kontor::inventory
