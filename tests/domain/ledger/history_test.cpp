// Any history: whatever is tried, what was accepted balances, is numbered without a gap, and what
// was refused was refused for a declared reason and left nothing.
#include "domain/ledger/closing.h"
#include "tests/domain/ledger/books.h"
#include "tests/support/dice.h"

#include <map>
#include <set>

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;

namespace {

// Draws commands, good and bad, for a company that the flow has given its books.
class Trier {
public:
    explicit Trier(std::uint64_t seed) : dice_(seed) {}

    Message next() {
        switch (dice_.below(44)) {
            case 0: return Message::of(ClosePeriod{acme, year(), dice_.between(0, 13)});
            case 1: return Message::of(ReopenPeriod{acme, year(), dice_.between(0, 13), "why"});
            case 2: return Message::of(BlockAccount{acme, account()});
            case 3:
            case 4:
            case 13:
            case 14: return Message::of(UnblockAccount{acme, account()});
            case 5: return Message::of(OpenFiscalYear{acme, year(), day(), 12});
            case 6: return Message::of(RequireDimensions{acme, account(), required()});
            case 7:
            case 8: return Message::of(ReverseEntry{acme, id(), id(), maybe_day(), "why"});
            case 9: return Message::of(correction());
            case 10:
                return Message::of(AddDimensionValues{acme, {"project"}, {{value(), "Project"}}});
            case 11: return Message::of(BlockDimensionValue{acme, {"project"}, value()});
            case 12: return Message::of(UnblockDimensionValue{acme, {"project"}, value()});
            case 15:
                return Message::of(CloseFiscalYear{
                    acme, year(), id(), {"GEN"}, AccountCode{"3100"}, {}, "Result"});
            case 16: return Message::of(ReopenFiscalYear{acme, year(), "why"});
            case 17: return Message::of(policy());
            case 18:
            case 19: return Message::of(rate());
            case 20: return Message::of(rounding());
            default: return Message::of(post());
        }
    }

private:
    FiscalYearCode year() { return {std::to_string(dice_.between(2024, 2028))}; }
    Date day() { return test::day("2025-11-15") + static_cast<int>(dice_.between(0, 450)); }
    std::optional<Date> maybe_day() {
        return dice_.one_in(2) ? std::optional<Date>() : std::optional(day());
    }
    EntryId id() { return entry(static_cast<std::uint64_t>(dice_.between(1, 300))); }
    AccountCode account() {
        static const char* const codes[] = {"1000", "1010", "1100", "4000", "5100"};
        static const char* const wrong[] = {"1", "9999"};
        return {dice_.one_in(40) ? wrong[dice_.below(2)] : codes[dice_.below(5)]};
    }
    DimensionValueCode value() { return {"P" + std::to_string(dice_.between(1, 9))}; }
    // Near one for one, so that what is converted is nearly balanced.
    SetRate rate() {
        return {acme,
                RateType::spot,
                test::currency("USD"),
                test::currency("EUR"),
                day(),
                {10'000'000'000 + dice_.between(-200'000, 200'000)}};
    }
    SetLedgerPolicy rounding() {
        SetLedgerPolicy set{acme, {}, {}};
        set.rate_days = 400;
        set.rounding_account = account();
        set.rounding_tolerance = dice_.between(0, 5);
        return set;
    }
    std::vector<DimensionCode> required() {
        if (dice_.one_in(6)) return {{"project"}};
        return {};
    }
    std::vector<EntryLine> lines() {
        std::vector<EntryLine> lines;
        std::int64_t open = 0;
        const auto count = static_cast<std::size_t>(dice_.between(1, 5));
        for (std::size_t at = 0; at < count; ++at) {
            const std::int64_t minor = dice_.between(dice_.one_in(30) ? -5 : 1, 100'000);
            const bool debit = dice_.one_in(2);
            open += debit ? minor : -minor;
            lines.push_back(line(debit ? Side::debit : Side::credit, minor));
        }
        // Mostly the last line settles what is open.
        if (open != 0 && !dice_.one_in(10))
            lines.push_back(line(open > 0 ? Side::credit : Side::debit, open > 0 ? open : -open));
        return lines;
    }
    EntryLine line(Side side, std::int64_t minor) {
        EntryLine line{account(), side, {minor, test::currency("EUR")}, {}, {}, {}};
        if (dice_.one_in(6)) {
            if (dice_.one_in(2)) line.base = line.amount;
            line.amount.currency = test::currency("USD");
        }
        if (dice_.one_in(4)) line.dimensions[{"project"}] = value();
        return line;
    }
    SetLedgerPolicy policy() {
        SetLedgerPolicy set{acme, {}, {}};
        set.late_entries = dice_.one_in(2) ? LateEntries::refused : LateEntries::first_open_period;
        set.reversals = dice_.one_in(2) ? ReversalStyle::storno : ReversalStyle::swapped_sides;
        set.pairs_lines = dice_.one_in(2);
        return set;
    }
    PostEntry post() {
        PostEntry post{acme, id(), {"GEN"}, day(), "", {}, lines(), {}};
        if (dice_.one_in(3)) post.journal = {dice_.one_in(10) ? "XXX" : "SAL"};
        if (dice_.one_in(3)) post.document = "R-" + std::to_string(dice_.below(60));
        return post;
    }
    CorrectEntry correction() {
        const PostEntry right = post();
        return {acme,
                id(),
                id(),
                maybe_day(),
                "why",
                {right.entry, right.journal, *right.date, right.text, right.document, right.lines}};
    }

    test::Dice dice_;
};

// Where pairs are kept, each line is in pairs as a whole, on its own side.
void check_pairs(const EntryPosted& posted) {
    if (posted.pairs.empty()) return;
    std::map<std::int64_t, std::int64_t> paired;
    for (const LinePair& pair : posted.pairs) {
        paired[pair.debit] += pair.base.minor;
        paired[pair.credit] += pair.base.minor;
        CHECK(posted.lines.at(static_cast<std::size_t>(pair.debit - 1)).side == Side::debit);
        CHECK(posted.lines.at(static_cast<std::size_t>(pair.credit - 1)).side == Side::credit);
    }
    for (std::size_t at = 0; at < posted.lines.size(); ++at)
        CHECK(paired[static_cast<std::int64_t>(at + 1)] == posted.lines[at].base.minor);
}

// What an auditor who knows nothing of the ledger's state keeps.
struct Auditor {
    std::map<std::pair<JournalCode, FiscalYearCode>, std::int64_t> last_numbers;
    std::map<AccountCode, std::int64_t> balances;
    std::map<BalanceKey, std::pair<std::int64_t, std::int64_t>> by_period;  // base, amount
    std::map<std::pair<JournalCode, std::string>, int> documents;
    std::set<EntryId> entries, reversed;
    std::size_t rounded = 0;

    void see(const EntryPosted& posted) {
        CHECK(posted.number == ++last_numbers[{posted.journal, posted.fiscal_year}]);
        CHECK(entries.insert(posted.entry).second);
        Wide open = 0;
        for (const PostedLine& line : posted.lines) {
            const std::int64_t signed_minor =
                line.side == Side::debit ? line.base.minor : -line.base.minor;
            open += signed_minor;
            balances[line.account] += signed_minor;
            auto& [base, amount] = by_period[{acme,
                                              posted.fiscal_year,
                                              line.account,
                                              line.amount.currency,
                                              {},
                                              dimension_text(line.dimensions),
                                              posted.kind,
                                              posted.period,
                                              {}}];
            base += signed_minor;
            amount += line.side == Side::debit ? line.amount.minor : -line.amount.minor;
            if (!line.rounding) continue;
            CHECK(line.base.minor * line.base.minor <= 25);
            ++rounded;
        }
        CHECK(open == 0);
        check_pairs(posted);
        if (posted.reverses) CHECK(reversed.insert(*posted.reverses).second);
        if (posted.replaces) CHECK(reversed.contains(*posted.replaces));
        if (posted.document) {
            const int more = posted.reverses ? -1 : 1;
            const int holders = documents[{posted.journal, *posted.document}] += more;
            CHECK((holders == 0 || holders == 1));
        }
    }
    std::int64_t balance() const {
        std::int64_t sum = 0;
        for (const auto& [account, balance] : balances) sum += balance;
        return sum;
    }
};

// The ledger's sums by period are the auditor's.
void check_sums(const State& state, const Auditor& auditor) {
    auto expected = auditor.by_period;
    std::erase_if(expected, [](const auto& sum) { return sum.second == std::pair(0l, 0l); });
    std::size_t rows = 0;
    state.world().of<PeriodBalances>().each([&](const void* key, const void* row) {
        const auto& of = *static_cast<const BalanceKey*>(key);
        const auto& balance = *static_cast<const PeriodBalance*>(row);
        CHECK(expected[of] == std::pair(balance.base, balance.amount));
        ++rows;
    });
    CHECK(rows == expected.size());
}

// After a close nothing is left in the year's income and expenses; reopened, all is as before.
void close_and_reopen(test::Play& play, State& state, Auditor& auditor) {
    const auto before = auditor.by_period;
    const auto see = [&](const test::Played& played) {
        for (const Message& event : played.events)
            if (const auto* entry = event.as<EntryPosted>()) auditor.see(*entry);
        state.keep();
    };
    for (std::int64_t period = 1; period <= 12; ++period)
        if (play.run(Message::of(ReopenPeriod{acme, {"2026"}, period, "why"})).refused)
            state.take_back();
        else
            state.keep();
    const test::Played closed = play.run(Message::of(
        CloseFiscalYear{acme, {"2026"}, entry(9'999), {"GEN"}, AccountCode{"3100"}, {}, {}}));
    REQUIRE_FALSE(closed.refused);
    see(closed);
    check_sums(state, auditor);
    std::map<AccountCode, std::int64_t> left;
    for (const auto& [key, sum] : auditor.by_period)
        if (key.fiscal_year.text == "2026" && key.account.text >= "4")
            left[key.account] += sum.first;
    CHECK(!left.empty());
    for (const auto& [account, sum] : left) CHECK(sum == 0);
    const test::Played reopened = play.run(Message::of(ReopenFiscalYear{acme, {"2026"}, "why"}));
    INFO("reopening: " << (reopened.refused ? reopened.refused.reason->code : "accepted"));
    see(reopened);
    check_sums(state, auditor);
    std::map<AccountCode, std::int64_t> now, then;
    // Other years may have been closed on the way.
    for (const auto& [key, sum] : before)
        if (key.kind == EntryKind::ordinary || key.fiscal_year.text != "2026")
            then[key.account] += sum.first;
    for (const auto& [key, sum] : auditor.by_period) now[key.account] += sum.first;
    std::erase_if(now, [](const auto& sum) { return sum.second == 0; });
    std::erase_if(then, [](const auto& sum) { return sum.second == 0; });
    CHECK(now == then);
}

std::vector<std::string> rows_of(const State& state) {
    std::vector<std::string> rows;
    for (const State::Named& named : state.tables())
        named.table->each([&](const void* key, const void* row) {
            rows.push_back(test::shown(named.table->key_type(), key) + " " +
                           test::shown(named.table->row_type(), row));
        });
    return rows;
}

// How many lines were made to bring conversions into balance.
std::size_t one_history(std::uint64_t seed) {
    CAPTURE(seed);
    const Catalog& catalog = test::the_catalog();
    State state(catalog);
    test::Play play(catalog, state, test::Flows::run, {});
    const companies::CreateCompany create{acme, "Acme", test::currency("EUR"),     "UTC",
                                          1,    2026,   companies::Chart::standard};
    REQUIRE_FALSE(play.run(Message::of(create)).refused);
    state.keep();
    Trier trier(seed);
    Auditor auditor;
    std::size_t posted = 0, refused = 0;
    for (int attempt = 0; attempt < 1'500; ++attempt) {
        const bool compare = attempt % 50 == 0;
        const auto before = compare ? rows_of(state) : std::vector<std::string>();
        const Message command = trier.next();
        const test::Played played = play.run(command);
        if (played.refused) {
            const auto& declared = catalog.command(command.type)->own_reasons;
            INFO(command.type->name << " was refused by " << played.refused.reason->code);
            CHECK(std::ranges::find(declared, played.refused.reason) != declared.end());
            state.take_back();
            if (compare) CHECK(rows_of(state) == before);
            ++refused;
            continue;
        }
        state.keep();
        for (const Message& event : played.events) {
            const auto* entry = event.as<EntryPosted>();
            if (!entry) continue;
            auditor.see(*entry);
            ++posted;
        }
        CHECK(auditor.balance() == 0);
    }
    check_sums(state, auditor);
    close_and_reopen(play, state, auditor);
    // The history was worth the name: much of both happened.
    CHECK(posted > 40);
    CHECK(refused > 200);
    CHECK(!auditor.reversed.empty());
    return auditor.rounded;
}

}  // namespace

TEST_CASE("any accepted history balances and is numbered without a gap") {
    std::size_t rounded = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) rounded += one_history(seed);
    CHECK(rounded > 20);
}
