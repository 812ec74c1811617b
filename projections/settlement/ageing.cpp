// How sums by due day become age groups, a forecast, a statement and exposures.
#include "projections/settlement/ageing.h"

#include "projections/settlement/open_items.h"

#include <algorithm>
#include <array>

namespace kontor::settlement {

namespace {

std::int64_t narrow(Wide minor) { return static_cast<std::int64_t>(minor); }

// By how many days something has been due, as a group of days.
class AgeGroups {
public:
    AgeGroups(const std::vector<std::int64_t>& days, Date at) : at_(at), last_days_(days) {
        if (last_days_.empty()) last_days_ = {30, 60, 90};
        std::erase_if(last_days_, [](std::int64_t day) { return day < 1; });
        std::ranges::sort(last_days_);
        last_days_.erase(std::ranges::unique(last_days_).begin(), last_days_.end());
        std::int64_t first = 1;
        for (const std::int64_t last : last_days_) {
            names_.push_back(std::to_string(first) + "-" + std::to_string(last));
            first = last + 1;
        }
        names_.push_back(std::to_string(first) + "+");
    }
    std::map<std::string, Money> empty(Currency currency) const {
        std::map<std::string, Money> groups;
        for (const std::string& name : names_) groups[name] = {0, currency};
        return groups;
    }
    void add(Date due, Wide minor, Money& total, Money& not_due,
             std::map<std::string, Money>& overdue) const {
        total.minor += narrow(minor);
        const std::int64_t days = std::int64_t{at_.days} - due.days;
        if (days <= 0) {
            not_due.minor += narrow(minor);
            return;
        }
        const auto group = std::ranges::lower_bound(last_days_, days) - last_days_.begin();
        overdue[names_[static_cast<std::size_t>(group)]].minor += narrow(minor);
    }

private:
    Date at_;
    std::vector<std::int64_t> last_days_;
    std::vector<std::string> names_;
};

}  // namespace

void OpenItemModel::answer(const Ageing& query, const AsOf& as_of, Page<AgedBalance>& page) const {
    const Currency base = currency_of(as_of, query.company);
    const AgeGroups groups(query.days, as_of.corner.valid_at.value_or(latest_day));
    const std::int64_t sign = query.side == ItemSide::receivable ? 1 : -1;
    const std::string company_side = ordered_key(query.company) + ordered_key(query.side);

    AgedTotals totals{{0, base}, {0, base}, groups.empty(base)};
    const auto add_to_totals = [&](Date due, Wide minor) {
        groups.add(due, sign * minor, totals.total_base, totals.not_due_base, totals.overdue_base);
    };
    std::string begins_with = company_side;
    if (query.counterparty) {
        begins_with += ordered_key(*query.counterparty);
    } else {
        // Few rows, whatever the counterparties; those below are looked at for one page only.
        due_of_all_.for_each_sum(as_of.rows, company_side, {}, as_of.corner,
                                 [&](std::string_view octets, std::span<const Wide> sums) {
                                     octets.remove_prefix(company_side.size());
                                     taken<Currency>(octets);
                                     add_to_totals(taken<Date>(octets), sums[1]);
                                     return true;
                                 });
    }

    AgedBalance row;
    std::string of_row;
    bool any = false, full = false;
    const auto show = [&] {
        // What has been settled to nothing on every day is no row.
        if (any && !full) full = !page.add(of_row, row);
        any = false;
        return !full;
    };
    std::optional<std::string> after;
    if (!page.after().empty()) after = page.after() + "\xff\xff\xff\xff\xff";
    due_.for_each_sum(
        as_of.rows, begins_with,
        after && !query.counterparty ? std::optional<std::string_view>(*after) : std::nullopt,
        as_of.corner, [&](std::string_view key, std::span<const Wide> sums) {
            std::string_view octets = key.substr(company_side.size());
            const auto counterparty = taken<parties::CounterpartyCode>(octets);
            const auto contract = taken<std::optional<contracts::ContractCode>>(octets);
            const auto currency = taken<Currency>(octets);
            const std::string_view here = key.substr(0, key.size() - octets.size());
            if (here != of_row) {
                if (!show() && !query.counterparty) return false;
                of_row = here;
                row = {counterparty,  contract,      currency,
                       {0, currency}, {0, currency}, groups.empty(currency),
                       {0, base},     {0, base},     groups.empty(base)};
            }
            if (sums[0] == 0 && sums[1] == 0) return true;
            const auto due = taken<Date>(octets);
            groups.add(due, sign * sums[0], row.total, row.not_due, row.overdue);
            groups.add(due, sign * sums[1], row.total_base, row.not_due_base, row.overdue_base);
            if (query.counterparty) add_to_totals(due, sums[1]);
            if (of_row > page.after()) any = true;
            return true;
        });
    show();
    page.totals(std::move(totals));
}

void OpenItemModel::answer(const CashForecast& query, const AsOf& as_of,
                           Page<ForecastDay>& page) const {
    struct Due {
        Wide incoming = 0, outgoing = 0;
    };
    std::map<std::pair<Currency, Date>, Due> days;
    for (const ItemSide side : {ItemSide::receivable, ItemSide::payable}) {
        const std::string begins_with = ordered_key(query.company) + ordered_key(side);
        due_of_all_.for_each_sum(
            as_of.rows, begins_with, {}, as_of.corner,
            [&](std::string_view octets, std::span<const Wide> sums) {
                octets.remove_prefix(begins_with.size());
                const auto currency = taken<Currency>(octets);
                Date due = taken<Date>(octets);
                if (sums[0] == 0 || (query.currency && currency != *query.currency)) return true;
                if (query.from && due < *query.from) due = *query.from;
                Due& of_day = days[{currency, due}];
                if (side == ItemSide::receivable)
                    of_day.incoming += sums[0];
                else
                    of_day.outgoing -= sums[0];
                return true;
            });
    }
    Wide cumulated = 0;
    Currency before;
    for (const auto& [of, due] : days) {
        const auto& [currency, day] = of;
        if (currency != before) cumulated = 0;
        before = currency;
        const Wide net = due.incoming - due.outgoing;
        cumulated += net;
        std::string key = ordered_key(currency) + ordered_key(day);
        if (key <= page.after()) continue;
        if (!page.add(std::move(key), {currency,
                                       day,
                                       {narrow(due.incoming), currency},
                                       {narrow(due.outgoing), currency},
                                       {narrow(net), currency},
                                       {narrow(cumulated), currency}}))
            return;
    }
}

void OpenItemModel::answer(const CounterpartyStatement& query, const AsOf& as_of,
                           Page<StatementMovement>& page) const {
    MovementTotals totals;
    std::int64_t number = 0;
    bool full = false;
    movements_.each(
        as_of, ordered_key(query.company) + ordered_key(query.counterparty),
        [&](StatementMovement movement) {
            const Currency currency = movement.amount.currency;
            if ((query.party && movement.party != query.party) ||
                (query.side && movement.side != *query.side) ||
                (query.contract && movement.contract != query.contract) ||
                (query.currency && currency != *query.currency))
                return;
            const std::string name(currency.text());
            Money& closing = totals.closing.try_emplace(name, Money{0, currency}).first->second;
            Money& opening = totals.opening.try_emplace(name, Money{0, currency}).first->second;
            closing = closing + movement.amount;
            if (query.from && movement.date < *query.from) {
                opening = closing;
                return;
            }
            movement.balance = closing;
            std::string key = ordered_key(++number);
            if (!full && key > page.after()) full = !page.add(std::move(key), std::move(movement));
        });
    page.totals(std::move(totals));
}

void OpenItemModel::answer(const Exposures& query, const AsOf& as_of, Page<Exposure>& page) const {
    const std::string company = ordered_key(query.company);
    std::string begins_with = company;
    if (query.counterparty) begins_with += ordered_key(*query.counterparty);
    std::optional<std::string_view> after;
    if (!page.after().empty()) after = page.after();
    exposures_.for_each_sum(
        as_of.rows, begins_with, after, as_of.corner,
        [&](std::string_view key, std::span<const Wide> sums) {
            if (sums[0] == 0 && sums[1] == 0) return true;
            std::string_view octets = key.substr(company.size());
            const auto counterparty = taken<parties::CounterpartyCode>(octets);
            const auto contract = taken<std::optional<contracts::ContractCode>>(octets);
            const auto currency = taken<Currency>(octets);
            return page.add(std::string(key), {counterparty,
                                               contract,
                                               {narrow(sums[0]), currency},
                                               {narrow(sums[1]), currency},
                                               {narrow(sums[0] - sums[1]), currency}});
        });
}

}  // namespace kontor::settlement
