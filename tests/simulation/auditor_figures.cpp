// The figures of the read models against sums that are added up line by line.
#include "projections/ledger/journal.h"
#include "projections/ledger/statement_of_account.h"
#include "projections/ledger/trial_balance.h"
#include "tests/simulation/auditor.h"

#include <algorithm>
#include <tuple>

namespace kontor::simulation {
namespace {

using namespace ledger;

std::string text_of(const Corner& corner) {
    std::string text = "as known at ";
    text += corner.known_at == UINT64_MAX ? "the end" : std::to_string(corner.known_at);
    if (corner.valid_at) text += " and valid at " + to_text(*corner.valid_at);
    return text;
}

bool is_in(const Corner& corner, const PaperEntry& entry) {
    return entry.position <= corner.known_at &&
           (!corner.valid_at || entry.date <= *corner.valid_at);
}

template <class Row>
struct Listed {
    std::vector<Row> rows;
    std::optional<Message> totals;
    bool missing = false;
};

// All pages of an answer.
template <class Row, class Query>
Listed<Row> ask(const ReadView& view, const Query& query, const Corner& corner, std::size_t limit) {
    const ReadView::Model* model = nullptr;
    const QuerySpec* spec = nullptr;
    for (const ReadView::Model& each : view.models)
        for (const QuerySpec& one : each.spec->queries)
            if (one.type == &type_of<Query>()) {
                model = &each;
                spec = &one;
            }
    require(spec && model->model && model->stopped.empty(),
            "nobody answers " + std::string(type_of<Query>().name));
    Listed<Row> listed;
    for (std::string after;;) {
        AnyPage page(limit, after);
        spec->answer(model->model.get(), &query, AsOf{corner, view.position, *view.rows, view},
                     page);
        for (const Message& row : page.rows()) listed.rows.push_back(*row.as<Row>());
        listed.totals = page.totals();
        listed.missing = page.missing().has_value();
        if (!page.more()) return listed;
        after = page.last();
    }
}

// The entries of a corner, by day and then as they were posted.
std::vector<const PaperEntry*> by_day(const PaperCompany& company, const Corner& corner) {
    std::vector<const PaperEntry*> entries;
    for (const PaperEntry& entry : company.entries)
        if (is_in(corner, entry)) entries.push_back(&entry);
    std::ranges::stable_sort(entries, {}, [](const PaperEntry* entry) { return entry->date; });
    return entries;
}

std::int64_t debits_of(const PaperEntry& entry) {
    std::int64_t sum = 0;
    for (const PaperLine& line : entry.lines) sum += line.debit;
    return sum;
}

}  // namespace

void Auditor::check_figures(const Projector& projector, test::Dice& dice) {
    const auto view = projector.view();
    require(view->position == tail_, "the read models stand at " + std::to_string(view->position) +
                                         " and the log at " + std::to_string(tail_));
    for (int drawn = 0; drawn < 3; ++drawn) {
        Corner corner;
        if (!dice.one_in(3)) corner.known_at = dice.below(tail_ + 1);
        if (!dice.one_in(3))
            corner.valid_at = *date_of(2026, 1, 1) + static_cast<int>(dice.between(-20, 480));
        check_figures_at(*view, corner, dice.one_in(2) ? 1'000 : 1 + dice.below(5));
    }
    check_figures_at(*view, {}, 1'000);
}

void Auditor::check_figures_at(const ReadView& view, const Corner& corner, std::size_t page) {
    for (const auto& [code, company] : books_.companies())
        check_company(view, code, company, corner, page);
}

void Auditor::check_company(const ReadView& view, const std::string& code,
                            const PaperCompany& company, const Corner& corner, std::size_t page) {
    const std::string where = "the trial balance of " + code + " " + text_of(corner);
    ++counts_.corners;
    std::map<std::string, std::int64_t> balances;
    for (const PaperEntry& entry : company.entries)
        if (is_in(corner, entry))
            for (const PaperLine& line : entry.lines)
                balances[line.account] += line.debit - line.credit;
    const auto listed = ask<TrialBalanceRow>(view, TrialBalance{{code}, {}}, corner, page);
    require(!listed.missing, where + " is missing");
    std::int64_t debits = 0, credits = 0;
    for (const TrialBalanceRow& row : listed.rows) {
        const auto balance = balances.find(row.account.text);
        const std::int64_t on_paper = balance == balances.end() ? 0 : balance->second;
        const std::int64_t figure = row.debit.minor - row.credit.minor;
        require(figure == on_paper, where + " says " + std::to_string(figure) + " for account " +
                                        row.account.text + "; by the books it is " +
                                        std::to_string(on_paper));
        debits += row.debit.minor;
        credits += row.credit.minor;
    }
    for (const auto& [account, balance] : balances)
        require(std::ranges::any_of(
                    listed.rows,
                    [&](const TrialBalanceRow& row) { return row.account.text == account; }),
                where + " lacks account " + account + ", which was posted on");
    require(debits == credits, where + " does not balance");
    const auto* totals = listed.totals ? listed.totals->as<TrialBalanceTotals>() : nullptr;
    require(totals && totals->debit.minor == debits && totals->credit.minor == credits,
            where + " adds up to other totals");
    for (const auto& [account, about] : company.accounts)
        if (!about.summary) check_statement(view, code, account, company, corner, page);
    for (const char* journal : {"GEN", "SAL", "PUR", "BNK"})
        check_journal(view, code, journal, company, corner, page);
}

void Auditor::check_statement(const ReadView& view, const std::string& code,
                              const std::string& account, const PaperCompany& company,
                              const Corner& corner, std::size_t page) {
    StatementOfAccount query;
    query.company = {code};
    query.account = {account};
    const auto listed = ask<StatementRow>(view, query, corner, page);
    const std::string where =
        "the statement of account " + account + " of " + code + " " + text_of(corner);
    using Seen = std::tuple<Uuid, Date, std::int64_t, std::int64_t, std::int64_t>;
    std::vector<Seen> rows, paper;
    for (const StatementRow& row : listed.rows)
        rows.emplace_back(row.entry.uuid, row.date, row.number, row.debit.minor - row.credit.minor,
                          row.balance.minor);
    std::int64_t balance = 0;
    for (const PaperEntry* entry : by_day(company, corner))
        for (const PaperLine& line : entry->lines) {
            if (line.account != account) continue;
            balance += line.debit - line.credit;
            paper.emplace_back(entry->id, entry->date, entry->number, line.debit - line.credit,
                               balance);
        }
    // An account that was opened later is not there yet; then nothing lies on it either.
    require(!listed.missing || paper.empty(), where + " is missing");
    require(rows == paper, where +
                               " has other lines than the books: " + std::to_string(rows.size()) +
                               " and not " + std::to_string(paper.size()));
    if (listed.missing) return;
    const auto* totals = listed.totals ? listed.totals->as<StatementTotals>() : nullptr;
    require(totals && totals->opening.minor == 0 && totals->closing.minor == balance,
            where + " closes with another balance");
}

void Auditor::check_journal(const ReadView& view, const std::string& code,
                            const std::string& journal, const PaperCompany& company,
                            const Corner& corner, std::size_t page) {
    using Seen = std::tuple<Uuid, std::int64_t, Date, std::int64_t, std::optional<Uuid>,
                            std::optional<Uuid>, std::optional<Uuid>>;
    const std::string where = "journal " + journal + " of " + code + " " + text_of(corner);
    const auto uuid = [](const std::optional<EntryId>& id) {
        return id ? std::optional<Uuid>(id->uuid) : std::nullopt;
    };
    std::vector<Seen> paper;
    std::int64_t total = 0;
    for (const PaperEntry* entry : by_day(company, corner)) {
        if (entry->journal != journal) continue;
        std::optional<Uuid> reversed_by;
        for (const PaperEntry& later : company.entries)
            if (later.reverses == entry->id && is_in(corner, later)) reversed_by = later.id;
        total += debits_of(*entry);
        paper.emplace_back(entry->id, entry->number, entry->date, debits_of(*entry),
                           entry->reverses, entry->replaces, reversed_by);
    }
    for (const JournalOrder order : {JournalOrder::date, JournalOrder::number}) {
        if (order == JournalOrder::number)
            std::ranges::sort(paper, {}, [](const Seen& seen) { return std::get<1>(seen); });
        JournalListing query;
        query.company = {code};
        query.journal = {journal};
        query.order = order;
        const auto listed = ask<JournalEntry>(view, query, corner, page);
        std::vector<Seen> rows;
        for (const JournalEntry& row : listed.rows)
            rows.emplace_back(row.entry.uuid, row.number, row.date, row.total.minor,
                              uuid(row.reverses), uuid(row.replaces), uuid(row.reversed_by));
        require(!listed.missing || paper.empty(), where + " is missing");
        require(rows == paper,
                where + " has other entries than the books: " + std::to_string(rows.size()) +
                    " and not " + std::to_string(paper.size()));
        if (listed.missing) continue;
        const auto* totals = listed.totals ? listed.totals->as<JournalTotals>() : nullptr;
        require(!totals || (totals->total.minor == total &&
                            totals->entries == static_cast<std::int64_t>(paper.size())),
                where + " adds up to other totals");
    }
}

}  // namespace kontor::simulation
