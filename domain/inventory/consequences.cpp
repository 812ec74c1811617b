// How counts, returns that name no line and landed costs follow from the moves.
#include "domain/inventory/consequences.h"

#include "domain/inventory/landed_costs.h"

#include <algorithm>
#include <map>
#include <set>

namespace kontor::inventory {

namespace {

class Following {
public:
    Following(const World& world, const CompanyCode& company, std::vector<LineEdit>& own)
        : world_(world), company_(company), own_(own) {}

    std::vector<ChangedLine> all() {
        match_returns();
        find_counts();
        spread_costs();
        return std::move(others_);
    }

private:
    using OwnEdits = std::vector<LineEdit*>;  // in business order

    // A line of a document that is not this fact's own.
    const MovedLine& line_of(const StockDocumentId& document, std::int64_t line) const {
        const StockDocument* found = world_.of<StockDocuments>().find({company_, document});
        ensure(found && found->line(line), "a line that follows is there");
        return *found->line(line);
    }
    LineEdit* own_at(const MoveOrder& at) {
        const auto own = std::ranges::find(own_, at, &LineEdit::at);
        return own == own_.end() ? nullptr : &*own;
    }
    void change(const MoveOrder& at, MovedLine becomes) {
        others_.push_back(
            {at.document, at.day, at.second, line_of(at.document, at.line), std::move(becomes)});
    }

    // Returns that name no line come back from the customer's oldest issues that are not back yet.
    void match_returns() {
        std::set<std::pair<SeriesKey, parties::PartyCode>> touched;
        for (const LineEdit& edit : own_)
            if (edit.line().customer)
                touched.emplace(series_of(company_, edit.line()), *edit.line().customer);
        for (const auto& [series, customer] : touched) match_returns(series, customer);
    }
    void match_returns(const SeriesKey& series, const parties::PartyCode& customer) {
        std::map<MoveOrder, CustomerMove> moves;
        world_.of<CustomerMoves>().each_from(
            {series, customer, {first_date, 0, {}, 0}},
            [&](const CustomerMoveKey& key, const CustomerMove& move) {
                if (key.series != series || key.customer != customer) return false;
                moves.emplace(key.at, move);
                return true;
            });
        for (const LineEdit& edit : own_) {
            if (series_of(company_, edit.line()) != series || edit.line().customer != customer)
                continue;
            moves.erase(edit.at);
            if (edit.becomes)
                moves[edit.at] = {edit.becomes->quantity.micro, edit.becomes->source_at};
        }
        std::map<MoveOrder, std::int64_t> left;  // of issues
        for (const auto& [at, move] : moves)
            if (move.quantity < 0) left[at] = -move.quantity;
        for (const auto& [at, move] : moves)
            if (move.source && move.quantity > 0)
                if (const auto of = left.find(*move.source); of != left.end())
                    of->second -= std::min(of->second, move.quantity);
        auto oldest = left.begin();
        for (const auto& [at, move] : moves) {
            if (move.quantity <= 0 || move.source) continue;
            std::vector<SourcePart> parts;
            std::int64_t rest = move.quantity;
            while (rest > 0 && oldest != left.end() && oldest->first < at) {
                const std::int64_t taken = std::min(rest, oldest->second);
                if (taken > 0) parts.push_back({oldest->first, taken});
                rest -= taken;
                oldest->second -= taken;
                if (oldest->second == 0) ++oldest;
            }
            set_parts(at, parts);
        }
    }
    void set_parts(const MoveOrder& at, const std::vector<SourcePart>& parts) {
        LineEdit* own = own_at(at);
        const MovedLine& was = own ? *own->becomes : line_of(at.document, at.line);
        MovedLine line = was;
        line.parts.clear();
        for (const SourcePart& part : parts)
            line.parts.push_back(
                {{part.of.document, part.of.line}, part.of, {part.quantity, line.quantity.unit}});
        line.valuing = parts.empty() ? Valuing::by_formula : Valuing::of_source;
        if (own)
            own->becomes = std::move(line);
        else if (line != was)
            change(at, std::move(line));
    }

    // A count says what was there: what it is more than the moves before it leave follows from
    // them.
    void find_counts() {
        std::map<std::pair<items::ItemCode, StockPlace>, OwnEdits> by_place;
        for (LineEdit& edit : own_)
            by_place[{edit.line().item, edit.line().place}].push_back(&edit);
        for (auto& [place, edits] : by_place) {
            std::ranges::sort(edits, {}, &LineEdit::at);
            find_counts(place.first, place.second, edits);
        }
    }
    void find_counts(const items::ItemCode& item, const StockPlace& place, const OwnEdits& edits) {
        std::int64_t more = 0;  // than was known to be there, at each place in business order
        for (std::size_t at = 0; at < edits.size(); ++at) {
            more = more_after(*edits[at], place, more);
            const MoveOrder* next = at + 1 < edits.size() ? &edits[at + 1]->at : nullptr;
            if (more != 0 && take_up(item, place, edits[at]->at, next, more)) more = 0;
        }
    }
    // By how much more is there after a line of this fact; completes counts.
    std::int64_t more_after(LineEdit& edit, const StockPlace& place, std::int64_t more) const {
        const std::int64_t was = edit.was ? edit.was->quantity.micro : 0;
        if (!edit.line().counted) {
            const std::int64_t is = edit.becomes ? edit.becomes->quantity.micro : 0;
            return more + is - was;
        }
        const std::int64_t before =
            edit.was ? edit.was->counted->micro - was : known_before(edit, place);
        if (!edit.becomes) return more - was;
        edit.becomes->quantity = {edit.becomes->counted->micro - before - more,
                                  edit.becomes->counted->unit};
        return edit.becomes->counted->micro - (before + was);
    }
    // What was there before a place in business order, as far as is known without this fact.
    std::int64_t known_before(const LineEdit& edit, const StockPlace& place) const {
        const OnHand* there = world_.of<StocksOnHand>().find({company_, edit.line().item, place});
        std::int64_t before = there ? there->quantity : 0;
        const auto part =
            series_from(world_.of<StockBlocks>(), series_of(company_, edit.line()), edit.at);
        for (const MoveBlock& block : part.blocks)
            for (MoveReader reader(block); const KeptMove* kept = reader.next();)
                if (edit.at < kept->move.at && kept->move.place == place)
                    before -= kept->move.quantity;
        return before;
    }
    // The first count of the place behind `after`, and before `next` where there is one, finds so
    // much less.
    bool take_up(const items::ItemCode& item, const StockPlace& place, const MoveOrder& after,
                 const MoveOrder* next, std::int64_t more) {
        std::optional<MoveOrder> count;
        world_.of<CountsOfStock>().each_from(
            {company_, item, place, after}, [&](const CountKey& key, const Count&) {
                if (key.company != company_ || key.item != item || key.place != place) return false;
                if (own_at(key.at)) return key.at == after;
                count = key.at;
                return false;
            });
        if (!count || (next && *next < *count)) return false;
        MovedLine line = line_of(count->document, count->line);
        line.quantity.micro -= more;
        change(*count, std::move(line));
        return true;
    }

    // Landed costs are borne by what was kept, so they follow what comes and goes back.
    void spread_costs() {
        std::set<LandedCostId> touched;
        const auto touch = [&](const MovedLine& line) {
            for (const LandedShare& share : line.landed) touched.insert(share.landed_cost);
        };
        for (const LineEdit& edit : own_) {
            touch(edit.line());
            if (edit.line().source && edit.line().quantity.micro < 0)
                touch(line_of(edit.line().source->document, edit.line().source->line));
        }
        for (const LandedCostId& id : touched) spread_cost(id);
    }
    void spread_cost(const LandedCostId& id) {
        const LandedCost& cost = *world_.of<LandedCosts>().find({company_, id});
        std::vector<BearingLine> bearing;
        for (const LandedLine& of : cost.lines) {
            const MovedLine& line = now(of.line);
            bearing.push_back({line.quantity.micro, sent_back(of.line),
                               line.cost ? line.cost->minor : 0, of.measure});
        }
        const auto parts = spread(cost.amount, cost.basis, bearing);
        for (std::size_t at = 0; at < parts.size(); ++at) {
            MovedLine line = now(cost.lines[at].line);
            line.goes_back = Quantity{bearing[at].sent_back, line.quantity.unit};
            for (LandedShare& share : line.landed)
                if (share.landed_cost == id) {
                    share.cost.minor = parts[at].cost;
                    share.beyond.minor = parts[at].beyond;
                }
            set_line(cost.lines[at].line, std::move(line));
        }
    }
    std::int64_t sent_back(const StockLineRef& of) const {
        const SentBack* sent = world_.of<StockSentBack>().find({company_, of});
        std::int64_t quantity = sent ? sent->quantity : 0;
        for (const LineEdit& edit : own_) {
            if (edit.line().source != of || edit.line().quantity.micro >= 0) continue;
            if (edit.was) quantity += edit.was->quantity.micro;
            if (edit.becomes) quantity -= edit.becomes->quantity.micro;
        }
        return quantity;
    }
    // A line as it is with this fact.
    const MovedLine& now(const StockLineRef& of) const {
        for (const LineEdit& edit : own_)
            if (edit.at.document == of.document && edit.at.line == of.line) return edit.line();
        for (const ChangedLine& other : others_)
            if (other.document == of.document && other.was.line == of.line) return other.becomes;
        return line_of(of.document, of.line);
    }
    void set_line(const StockLineRef& of, MovedLine line) {
        for (LineEdit& edit : own_)
            if (edit.at.document == of.document && edit.at.line == of.line) {
                if (edit.becomes) edit.becomes = std::move(line);
                return;
            }
        for (ChangedLine& other : others_)
            if (other.document == of.document && other.was.line == of.line) {
                other.becomes = std::move(line);
                return;
            }
        const MovedLine& was = line_of(of.document, of.line);
        if (was == line) return;
        const StockDocument& document = *world_.of<StockDocuments>().find({company_, of.document});
        change({document.date, document.second, of.document, of.line}, std::move(line));
    }

    const World& world_;
    const CompanyCode& company_;
    std::vector<LineEdit>& own_;
    std::vector<ChangedLine> others_;
};

}  // namespace

std::vector<ChangedLine> consequences_of(const World& world, const CompanyCode& company,
                                         std::vector<LineEdit>& own) {
    return Following(world, company, own).all();
}

}  // namespace kontor::inventory
