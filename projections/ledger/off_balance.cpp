// How off-balance accounts are summed and listed.
#include "projections/ledger/off_balance.h"

#include "projections/ledger/figures.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/ledger/summed_events.h"

#include <array>

namespace kontor::ledger {

namespace {

std::array<std::int64_t, 2> amounts_of(OffBalanceSide side, std::int64_t minor) {
    if (side == OffBalanceSide::comes) return {minor, 0};
    return {0, minor};
}

}  // namespace

void OffBalanceModel::on(const OffBalanceAccountOpened& opened, const Recorded& recorded) {
    accounts_.put(recorded, {opened.company, opened.account}, first_date,
                  {opened.account, opened.name});
}

void OffBalanceModel::on(const OffBalanceAccountRenamed& renamed, const Recorded& recorded) {
    accounts_.change(recorded, {renamed.company, renamed.account},
                     [&](NamedAccount& account) { account.name = renamed.name; });
}

void OffBalanceModel::on(const OffBalanceRecorded& made, const Recorded& recorded) {
    totals_.add(recorded.rows, ordered_key(OffBalanceAccountKey{made.company, made.account}),
                made.date, recorded.event, amounts_of(made.side, made.amount.minor));
    records_.put(recorded, {made.company, made.date, made.record}, made.date,
                 {made.record, made.date, made.account, made.side, made.amount, made.dimensions,
                  made.document, made.text});
}

void OffBalanceModel::on(const OffBalanceReversed& reversed, const Recorded& recorded) {
    totals_.add(recorded.rows,
                ordered_key(OffBalanceAccountKey{reversed.company, reversed.account}),
                reversed.date, recorded.event, amounts_of(reversed.side, -reversed.amount.minor));
    records_.erase(recorded, {reversed.company, reversed.date, reversed.record}, reversed.date);
}

OffBalanceRow OffBalanceModel::row_of(const OffBalanceSheet& query, const AsOf& as_of,
                                      const NamedAccount& account, Currency base) const {
    const std::string key = ordered_key(OffBalanceAccountKey{query.company, account.account});
    std::array<Wide, 2> through{}, earlier{};
    totals_.sum(as_of.rows, key, as_of.corner, through);
    if (query.from) totals_.sum(as_of.rows, key, before(as_of.corner, *query.from), earlier);
    return {account.account,
            account.name,
            money_of(earlier[0] - earlier[1], base),
            money_of(through[0] - earlier[0], base),
            money_of(through[1] - earlier[1], base),
            money_of(through[0] - through[1], base)};
}

void OffBalanceModel::answer(const OffBalanceSheet& query, const AsOf& as_of,
                             Page<OffBalanceRow>& page) const {
    const auto base = as_of.models.of<LedgerTotals>().base_currency(as_of, query.company);
    if (!base) return page.missing("No company has this code.");
    bool room = true;
    accounts_.each(as_of, ordered_key(query.company), [&](const NamedAccount& account) {
        std::string key = ordered_key(account.account);
        if (!room || key <= page.after()) return;
        room = page.add(std::move(key), row_of(query, as_of, account, *base));
    });
}

void OffBalanceModel::answer(const OffBalanceRecordList& query, const AsOf& as_of,
                             Page<ListedOffBalance>& page) const {
    bool room = true;
    records_.each(as_of, ordered_key(query.company), [&](ListedOffBalance listed) {
        if (query.account && listed.account != *query.account) return;
        if (query.from && listed.date < *query.from) return;
        std::string key = ordered_key(PlaceOfRecord{query.company, listed.date, listed.record});
        if (!room || key <= page.after()) return;
        room = page.add(std::move(key), std::move(listed));
    });
}

void OffBalanceModel::explain(const OffBalanceSheet& query, const ExplainedRow& row,
                              const AsOf& as_of, Explanation& why) const {
    const auto base = as_of.models.of<LedgerTotals>().base_currency(as_of, query.company);
    if (!base) return why.missing("No company has this code.");
    const OffBalanceAccountKey key{query.company, {row.row}};
    const auto account = accounts_.get(as_of.rows, key, as_of.corner);
    if (!account) return why.missing("The company has no off-balance account with this code.");
    const OffBalanceRow figures = row_of(query, as_of, *account, *base);
    const bool opening = row.field == "opening", closing = row.field == "closing";
    const bool came = row.field == "came", left = row.field == "left";
    if (!opening && !closing && !came && !left)
        return why.missing("Only the fields `opening`, `came`, `left` and `closing` are sums.");
    why.figure(Figure::of(opening   ? figures.opening
                          : closing ? figures.closing
                          : came    ? figures.came
                                    : figures.left));
    if (opening && !query.from) return;
    const Corner corner = opening ? before(as_of.corner, *query.from) : as_of.corner;
    const std::array<SummedKey, 1> keys{{{ordered_key(key), corner}}};
    explain_sum(
        totals_, as_of.rows, keys, *base,
        [&](const Posting& posting, std::size_t) -> std::optional<Wide> {
            if ((came || left) && query.from && posting.day < *query.from) return std::nullopt;
            if (came) return Wide{posting.amounts[0]};
            if (left) return Wide{posting.amounts[1]};
            return Wide{posting.amounts[0]} - posting.amounts[1];
        },
        why);
}

ReadModelSpec off_balance_model() {
    return ReadModelSpec::of<OffBalanceModel>("off_balance", 1, "ledger")
        .folding<OffBalanceModel, OffBalanceAccountOpened, OffBalanceAccountRenamed,
                 OffBalanceRecorded, OffBalanceReversed>()
        .answering<OffBalanceModel, OffBalanceSheet, OffBalanceRow>()
        .answering<OffBalanceModel, OffBalanceRecordList, ListedOffBalance>();
}

}  // namespace kontor::ledger
