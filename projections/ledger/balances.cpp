// How sums by account and dimension values become rows and columns, and which events are in them.
#include "projections/ledger/balances.h"

#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/ledger_totals.h"

#include <algorithm>
#include <functional>

namespace kontor::ledger {

namespace {

// Empty: what carries no value.
DimensionValueCode value_of(const DimensionFilter& dimensions, const DimensionCode& dimension) {
    const auto found = dimensions.find(dimension);
    return found == dimensions.end() ? DimensionValueCode{} : found->second;
}

// What a row is of; parts that the question does not name are empty.
struct RowOf {
    AccountCode account;
    std::vector<DimensionValueCode> values;
    auto operator<=>(const RowOf&) const = default;
};

std::string name_of(const Balances& query, const RowOf& of) {
    std::string name;
    const auto add = [&](std::string_view code) {
        for (const char letter : code) {
            if (letter == '/' || letter == '\\') name += '\\';
            name += letter;
        }
        name += '/';
    };
    if (query.by_account) add(of.account.text);
    for (const DimensionValueCode& value : of.values) add(value.text);
    // Without a name are all rows together.
    if (name.size() > 1) name.pop_back();
    return name;
}

// By account, then by values; what carries none is last.
std::string key_of(const RowOf& of) {
    std::string key = ordered_key(of.account);
    for (const DimensionValueCode& value : of.values)
        key += (value.text.empty() ? '\1' : '\0') + ordered_key(value);
    return key;
}

struct Sums {
    Wide opening = 0;
    Turnover since;
    std::map<std::string, Wide> columns;  // without those of zero

    Wide balance() const { return opening + since.balance(); }
    bool nothing() const {
        return opening == 0 && since.debit == 0 && since.credit == 0 && columns.empty();
    }
    Sums& operator+=(const Sums& more) {
        opening += more.opening;
        since += more.since;
        for (const auto& [column, figure] : more.columns) columns[column] += figure;
        return *this;
    }
};

std::map<std::string, Money> columns_of(const Sums& sums, const std::set<std::string>& columns,
                                        Currency base) {
    std::map<std::string, Money> figures;
    for (const std::string& column : columns) {
        const auto found = sums.columns.find(column);
        figures[column] = money_of(found == sums.columns.end() ? 0 : found->second, base);
    }
    return figures;
}

}  // namespace

// A question with everything found that it names.
struct LedgerTotals::AskedBalances {
    Currency base;
    Scope scope;
    std::optional<std::set<AccountCode>> accounts;  // empty: all
    std::map<std::string, Sums> sums;               // by key of the row
    std::map<std::string, RowOf> rows;
    std::set<std::string> columns;
};

std::optional<std::string> LedgerTotals::find(const Balances& query, const AsOf& as_of,
                                              AskedBalances& asked) const {
    const auto base = base_currency(as_of, query.company);
    if (auto words = unknown(as_of, base, query, asked.scope)) return words;
    asked.base = *base;
    std::vector<DimensionCode> dimensions = query.by;
    if (query.columns) dimensions.push_back(*query.columns);
    const auto& books = as_of.models.of<BooksModel>();
    for (std::size_t at = 0; at < dimensions.size(); ++at) {
        if (!books.has_dimension(as_of, {query.company, dimensions[at]}))
            return "The company has no dimension " + dimensions[at].text + ".";
        if (std::find(dimensions.begin(), dimensions.begin() + static_cast<std::ptrdiff_t>(at),
                      dimensions[at]) != dimensions.begin() + static_cast<std::ptrdiff_t>(at))
            return "The dimension " + dimensions[at].text + " is named twice.";
    }
    if (query.account) {
        asked.accounts = as_of.models.of<ChartModel>().below(as_of, query.company, *query.account);
        if (asked.accounts->empty()) return "The company has no account with this code.";
    }
    const auto add = [&](const Scope& scope, bool early) {
        for (const auto& [group, turnover] :
             by_values(as_of, query.company, dimensions, query.dimensions, scope, asked.accounts)) {
            RowOf of{query.by_account ? group.account : AccountCode{}, group.values};
            std::string column;
            if (query.columns) {
                column = of.values.back().text;
                of.values.pop_back();
            }
            const std::string key = key_of(of);
            Sums& sums = asked.sums[key];
            asked.rows.emplace(key, std::move(of));
            if (early) {
                sums.opening += turnover.balance();
                sums.since -= turnover;
            } else {
                sums.since += turnover;
            }
            if (!query.columns) continue;
            Wide& figure = sums.columns[column];
            figure += early ? -turnover.balance() : turnover.balance();
            if (figure == 0) sums.columns.erase(column);
        }
    };
    add(asked.scope, false);
    if (query.from) add(before(asked.scope, *query.from), true);
    std::erase_if(asked.sums, [](const auto& pair) { return pair.second.nothing(); });
    for (const auto& [key, sums] : asked.sums)
        for (const auto& [column, figure] : sums.columns) asked.columns.insert(column);
    if (asked.columns.size() > most_columns)
        return "There would be over 200 columns; ask for the dimension with `by`.";
    return std::nullopt;
}

namespace {

// Calls with the rows behind a page's last, until it answers false, and adds up all of them.
Sums sum_of(const std::map<std::string, Sums>& rows, const std::string& after,
            const std::function<bool(const std::string& key)>& call) {
    Sums all;
    bool room = true;
    for (const auto& [key, sums] : rows) {
        all += sums;
        room = room && (key <= after || call(key));
    }
    return all;
}

// One of several companies.
Balances asked_of(const CombinedBalances& query, const CompanyCode& company) {
    Balances of;
    of.company = company;
    of.by = query.by;
    of.columns = query.columns;
    of.by_account = query.by_account;
    of.account = query.account;
    of.from = query.from;
    of.dimensions = query.dimensions;
    of.closing_entries = query.closing_entries;
    return of;
}

}  // namespace

// With the names that the first company has for what the row is of.
BalanceRow LedgerTotals::row_of(const Balances& query, const AsOf& as_of,
                                const AskedBalances& asked, const std::string& key,
                                const std::vector<CompanyCode>& companies) const {
    const RowOf& of = asked.rows.at(key);
    const Sums& sums = asked.sums.at(key);
    const auto money = [&](Wide minor) { return money_of(minor, asked.base); };
    BalanceRow row;
    row.row = name_of(query, of);
    if (query.by_account) row.account = of.account;
    for (const CompanyCode& company : companies) {
        if (!query.by_account || !row.account_name.empty()) break;
        const auto known =
            as_of.models.of<ChartModel>().find(as_of.rows, company, of.account, as_of.corner);
        if (known) row.account_name = known->name;
    }
    const auto say = [&](std::size_t at, std::optional<DimensionValueCode>& value,
                         std::string& name) {
        if (at >= of.values.size() || of.values[at].text.empty()) return;
        value = of.values[at];
        for (const CompanyCode& company : companies)
            if (name.empty())
                name = as_of.models.of<BooksModel>().name_of(
                    as_of, {company, query.by[at], of.values[at]});
    };
    say(0, row.value, row.value_name);
    say(1, row.second_value, row.second_value_name);
    row.opening = money(sums.opening);
    row.debit = money(sums.since.debit);
    row.credit = money(sums.since.credit);
    row.balance = money(sums.balance());
    row.columns = columns_of(sums, asked.columns, asked.base);
    return row;
}

void LedgerTotals::answer(const Balances& query, const AsOf& as_of, Page<BalanceRow>& page) const {
    AskedBalances asked;
    if (const auto words = find(query, as_of, asked)) return page.missing(*words);
    const auto money = [&](Wide minor) { return money_of(minor, asked.base); };
    const Sums all = sum_of(asked.sums, page.after(), [&](const std::string& key) {
        return page.add(key, row_of(query, as_of, asked, key, {query.company}));
    });
    page.totals(BalanceTotals{money(all.opening), money(all.since.debit), money(all.since.credit),
                              money(all.balance()), columns_of(all, asked.columns, asked.base)});
}

void LedgerTotals::answer(const CombinedBalances& query, const AsOf& as_of,
                          Page<BalanceRow>& page) const {
    AskedBalances asked;
    std::optional<Currency> currency;
    const auto companies = companies_of(as_of, query.companies);
    const auto words =
        each_company(as_of, companies,
                     [&](const CompanyCode& company, Currency base) -> std::optional<std::string> {
                         if (currency && *currency != base)
                             return "Its books are in " + std::string(base.text()) +
                                    " and others in " + std::string(currency->text()) +
                                    "; what is translated is the whole and not "
                                    "a dimension.";
                         currency = base;
                         AskedBalances own;
                         if (auto unknown = find(asked_of(query, company), as_of, own))
                             return unknown;
                         asked.base = base;
                         for (const auto& [key, sums] : own.sums) asked.sums[key] += sums;
                         asked.rows.merge(own.rows);
                         asked.columns.merge(own.columns);
                         return std::nullopt;
                     });
    if (words) return page.missing(*words);
    if (asked.columns.size() > most_columns)
        return page.missing("There would be over 200 columns; ask for the dimension with `by`.");
    const auto money = [&](Wide minor) { return money_of(minor, asked.base); };
    const Balances of = asked_of(query, companies.front());
    const Sums all = sum_of(asked.sums, page.after(), [&](const std::string& key) {
        return page.add(key, row_of(of, as_of, asked, key, companies));
    });
    page.totals(CombinedBalancesTotals{
        combined_basis, companies, money(all.opening), money(all.since.debit),
        money(all.since.credit), money(all.balance()), columns_of(all, asked.columns, asked.base)});
}

// Each company explains its part; a page is the first events of all of them.
void LedgerTotals::explain(const CombinedBalances& query, const ExplainedRow& row,
                           const AsOf& as_of, Explanation& why) const {
    Figure figure;
    std::map<EventRef, Figure> events;
    std::optional<std::string> last_words;
    const auto words =
        each_company(as_of, companies_of(as_of, query.companies),
                     [&](const CompanyCode& company, Currency) -> std::optional<std::string> {
                         Explanation own(why.limit() + 1, why.after());
                         explain(asked_of(query, company), row, as_of, own);
                         if (own.missing()) {
                             last_words = own.missing();  // the row may be another company's
                             return std::nullopt;
                         }
                         const Wide so_far = figure.units;
                         figure = *own.explained();
                         figure.units += so_far;
                         for (const Explanation::Item& item : own.items())
                             events[item.event] = item.amount;
                         return std::nullopt;
                     });
    if (words) return why.missing(*words);
    if (figure.unit.empty()) return why.missing(*last_words);
    why.figure(figure);
    for (const auto& [event, amount] : events)
        if (!why.add(event, amount)) return;
}

void LedgerTotals::explain(const Balances& query, const ExplainedRow& row, const AsOf& as_of,
                           Explanation& why) const {
    AskedBalances asked;
    if (const auto words = find(query, as_of, asked)) return why.missing(*words);
    const auto named = std::ranges::find_if(asked.sums, [&](const auto& pair) {
        return name_of(query, asked.rows.at(pair.first)) == row.row;
    });
    const bool all = row.row.empty();
    if (named == asked.sums.end() && !all) return why.missing("The balances have no such row.");
    const RowOf of = all ? RowOf{} : asked.rows.at(named->first);
    Sums sums;
    if (all)
        for (const auto& [key, each] : asked.sums) sums += each;
    else
        sums = named->second;
    const auto column = query.columns ? column_named(row.field) : std::nullopt;
    if (column && !asked.columns.contains(*column))
        return why.missing("The balances have no such column.");
    Wide figure = 0;
    if (column) {
        const auto found = sums.columns.find(*column);
        figure = found == sums.columns.end() ? 0 : found->second;
    } else if (row.field == "opening") {
        figure = sums.opening;
    } else if (row.field == "debit") {
        figure = sums.since.debit;
    } else if (row.field == "credit") {
        figure = sums.since.credit;
    } else if (row.field == "balance") {
        figure = sums.balance();
    } else {
        return why.missing(
            "Figures of balances are `opening`, `debit`, `credit`, `balance` and `columns[...]`.");
    }
    why.figure(Figure::of(money_of(figure, asked.base)));

    // What its lines carry for certain; what they must not carry is seen in the entries.
    DimensionFilter wanted = query.dimensions;
    for (std::size_t at = 0; at < of.values.size(); ++at)
        if (!of.values[at].text.empty()) wanted[query.by[at]] = of.values[at];
    if (column && !column->empty()) wanted[*query.columns] = {*column};
    const auto adds = [&](const EntryPosted& entry, const PostedLine& line) -> Wide {
        if (query.by_account && !all ? line.account != of.account
                                     : asked.accounts && !asked.accounts->contains(line.account))
            return 0;
        if (!carries(line.dimensions, wanted)) return 0;
        for (std::size_t at = 0; at < of.values.size(); ++at)
            if (value_of(line.dimensions, query.by[at]) != of.values[at]) return 0;
        if (column && value_of(line.dimensions, *query.columns).text != *column) return 0;
        const bool early = query.from && entry.date < *query.from;
        const bool debit = line.side == Side::debit;
        const Wide net = debit ? line.base.minor : -Wide{line.base.minor};
        if (row.field == "balance") return net;
        if (row.field == "opening") return early ? net : 0;
        if (early) return 0;
        if (column) return net;
        return debit == (row.field == "debit") ? Wide{line.base.minor} : 0;
    };
    std::set<AccountCode> accounts;
    if (query.by_account && !all)
        accounts = {of.account};
    else if (asked.accounts)
        accounts = *asked.accounts;
    else
        for (const auto& [account, turnover] :
             by_account(as_of, query.company, wanted, asked.scope))
            accounts.insert(account);
    explain_lines(as_of, keys_of_all(as_of, query.company, accounts, wanted, asked.scope).keys,
                  asked.scope, asked.base, adds, why);
}

}  // namespace kontor::ledger
