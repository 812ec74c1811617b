// How the commands are drawn: mostly such as an accountant could mean.
#include "tests/support/random_ledger.h"

#include "domain/ledger/opening_balances.h"
#include "domain/ledger/revaluation.h"

#include <utility>

namespace kontor::test {

using namespace ledger;

namespace {

// Most money comes in through income and goes out through expenses, as it does in companies.
constexpr std::string_view debited[] = {"bank", "bank", "stock", "rent", "power", "wages", "loans"};
constexpr std::string_view credited[] = {"sales", "sales", "loans", "capital", "bank", "fees"};

}  // namespace

const CompanyCode RandomLedger::company{"ACME"};
const DimensionCode RandomLedger::centre_{"centre"};
const DimensionCode RandomLedger::country_{"country"};

// Fiscal periods are calendar months, or begin on the sixth as in some countries.
RandomLedger::RandomLedger(std::uint64_t seed)
    : dice_(seed), first_day_(*date_of(2025, 1, dice_.one_in(2) ? 1 : 6)) {
    years_ = {{{"first"}, first_day_}, {{"second"}, plus_months(first_day_, months_of_a_year)}};
}

std::vector<Message> RandomLedger::founding() {
    std::vector<Message> past;
    const auto happened = [&](auto event) { past.push_back(Message::of(std::move(event))); };
    happened(companies::CompanyCreated{company, "Acme", currency_of("EUR"), "UTC", 1, 2025,
                                       companies::Chart::none});
    for (const Year& each : years_) {
        FiscalYearOpened opened{company, each.code, each.first_day, months_of_a_year};
        opened.adjustment_periods = 1;
        happened(opened);
    }
    for (const char* code : {"GEN", "RUN"}) happened(JournalOpened{company, {code}, code});
    happened(BookOpened{company, {"IFRS"}, "IFRS", true});
    happened(BookOpened{company, {"LOCAL"}, "Local", false});
    happened(DimensionDefined{company, centre_, "Cost centre", ValueRule::listed});
    happened(DimensionDefined{company, country_, "Country", ValueRule::any});
    happened(DimensionValuesAdded{company, centre_, {{{"A"}, "A"}, {{"B"}, "B"}, {{"C"}, "C"}}});
    const auto account = [&](const char* code, AccountKind kind, auto change) {
        AccountOpened opened;
        opened.company = company;
        opened.account = {code};
        opened.name = code;
        opened.kind = kind;
        opened.normal_side = normal_side_of(kind);
        change(opened);
        happened(opened);
    };
    const auto plain = [](AccountOpened&) {};
    const auto monetary = [](AccountOpened& opened) { opened.monetary = true; };
    account("bank", AccountKind::asset, monetary);
    account("dollars", AccountKind::asset, [](AccountOpened& opened) {
        opened.monetary = true;
        opened.currency = currency_of("USD");
    });
    account("receivables", AccountKind::asset,
            [](AccountOpened& opened) { opened.monetary = opened.control = true; });
    for (const char* code : {"receivables+", "stock", "prepaid"})
        account(code, AccountKind::asset, plain);
    account("loans", AccountKind::liability, monetary);
    for (const char* code : {"advances", "accrued"}) account(code, AccountKind::liability, plain);
    for (const char* code : {"capital", "retained", "opening"})
        account(code, AccountKind::equity, plain);
    for (const char* code : {"sales", "fees", "gains"}) account(code, AccountKind::income, plain);
    for (const char* code : {"rent", "power", "bonus", "losses", "rounding"})
        account(code, AccountKind::expense, plain);
    account("wages", AccountKind::expense,
            [](AccountOpened& opened) { opened.required_dimensions = {centre_}; });
    happened(AdjustmentAccountSet{company, {"receivables"}, {"receivables+"}});
    LedgerPolicySet set{company, {}};
    set.policy.retained_earnings = AccountCode{"retained"};
    set.policy.opening_account = AccountCode{"opening"};
    set.policy.exchange_gains = AccountCode{"gains"};
    set.policy.exchange_losses = AccountCode{"losses"};
    set.policy.rounding_account = AccountCode{"rounding"};
    set.policy.rounding_tolerance = 2;
    set.policy.four_eyes_above = eur(150'000);
    happened(set);
    // Dollars are quoted in euros, and euros in yen.
    for (int month = 0; month < 2 * months_of_a_year; ++month)
        for (const RateType type : {RateType::spot, RateType::closing}) {
            const Date on = plus_months(first_day_, month);
            happened(RateSet{company, type, currency_of("USD"), currency_of("EUR"), on,
                             Rate{dice_.between(8'000'000'000, 9'999'999'999)}});
            happened(RateSet{company, type, currency_of("EUR"), currency_of("JPY"), on,
                             Rate{dice_.between(1'500'000'000'000, 1'700'000'000'000)}});
        }
    return past;
}

RandomLedger::Drawn RandomLedger::next() {
    using Draw = Message (RandomLedger::*)();
    struct Weighed {
        std::uint64_t weight;
        Draw draw;
    };
    static constexpr Weighed draws[] = {
        {40, &RandomLedger::post},
        {4, &RandomLedger::post_on_control},
        {1, &RandomLedger::post_opening_balances},
        {6, &RandomLedger::reverse},
        {4, &RandomLedger::correct},
        {5, &RandomLedger::post_accrual},
        {3, &RandomLedger::reverse_accrual},
        {6, &RandomLedger::save_draft},
        {8, &RandomLedger::approve_draft},
        {1, &RandomLedger::reject_draft},
        {1, &RandomLedger::discard_draft},
        {6, &RandomLedger::post_draft},
        {3, &RandomLedger::define_recurring},
        {3, &RandomLedger::approve_recurring},
        {2, &RandomLedger::pause_recurring},
        {4, &RandomLedger::resume_recurring},
        {1, &RandomLedger::end_recurring},
        {8, &RandomLedger::post_recurring},
        {2, &RandomLedger::post_due},
        {4, &RandomLedger::defer},
        {2, &RandomLedger::approve_deferral},
        {10, &RandomLedger::release},
        {1, &RandomLedger::end_deferral},
        {3, &RandomLedger::define_allocation},
        {10, &RandomLedger::allocate},
        {8, &RandomLedger::revalue},
        {3, &RandomLedger::close_year},
        {2, &RandomLedger::reopen_year},
        {2, &RandomLedger::close_period},
        {5, &RandomLedger::reopen_period},
        {2, &RandomLedger::set_policy},
        {1, &RandomLedger::set_adjustment_account},
        {2, &RandomLedger::set_closing_account},
        {5, &RandomLedger::set_rate},
        {1, &RandomLedger::withdraw_rate},
        {1, &RandomLedger::block},
        {3, &RandomLedger::unblock},
    };
    static const std::uint64_t all = [] {
        std::uint64_t sum = 0;
        for (const Weighed& each : draws) sum += each.weight;
        return sum;
    }();
    std::uint64_t left = dice_.below(all);
    const Weighed* drawn = draws;
    while (left >= drawn->weight) left -= (drawn++)->weight;
    Context context;
    context.today = day();
    context.actor = dice_.one_in(2) ? "ann" : "bob";
    context.by_flow = drawn->draw == &RandomLedger::post_on_control;
    return {(this->*drawn->draw)(), context};
}

void RandomLedger::saw(const Message& event) {
    if (const auto* posted = event.as<EntryPosted>()) entries_.push_back(posted->entry);
    if (const auto* posted = event.as<AccrualPosted>()) accruals_.push_back(posted->entry);
    if (const auto* deferred = event.as<AmountDeferred>()) deferrals_.push_back(*deferred);
    if (const auto* defined = event.as<RecurringDefined>()) recurring_.push_back(*defined);
}

Money RandomLedger::eur(std::int64_t minor) const { return {minor, currency_of("EUR")}; }

std::int64_t RandomLedger::cents() {
    return dice_.one_in(4) ? dice_.between(1, 40) : dice_.between(41, 200'000);
}

EntryId RandomLedger::new_entry() { return {Uuid{0, ++ids_}}; }

// Now and then just outside of the calendar.
Date RandomLedger::day() {
    const int last = last_day(years_.back()) - first_day_;
    return first_day_ + static_cast<int>(dice_.between(-2, last + 2));
}

std::optional<Date> RandomLedger::maybe_day() {
    if (dice_.one_in(2)) return std::nullopt;
    return day();
}

const RandomLedger::Year& RandomLedger::year() { return years_[dice_.below(years_.size())]; }

Date RandomLedger::last_day(const Year& year) const {
    return plus_months(year.first_day, months_of_a_year) - 1;
}

Date RandomLedger::last_of_a_period() {
    return plus_months(first_day_, static_cast<int>(dice_.between(1, 2 * months_of_a_year))) - 1;
}

JournalCode RandomLedger::journal() { return {dice_.one_in(3) ? "RUN" : "GEN"}; }

std::vector<BookCode> RandomLedger::books() {
    if (!dice_.one_in(3)) return {};
    if (dice_.one_in(3)) return {{"LOCAL"}, {"IFRS"}};
    return {{dice_.one_in(2) ? "LOCAL" : "IFRS"}};
}

RandomLedger::Dimensions RandomLedger::dimensions_for(std::string_view account) {
    Dimensions dimensions;
    if (account == "wages" || dice_.one_in(4))
        dimensions[centre_] = {std::string(one_of({"A", "B", "C"}))};
    if (dice_.one_in(8)) dimensions[country_] = {std::string(one_of({"DE", "FR"}))};
    return dimensions;
}

std::string_view RandomLedger::one_of(std::initializer_list<std::string_view> texts) {
    return texts.begin()[dice_.below(texts.size())];
}

EntryId RandomLedger::seen_entry() {
    return entries_.empty() ? new_entry() : entries_[dice_.below(entries_.size())];
}

// The newest ones mostly, as something is still to be done with them.
DraftId RandomLedger::seen_draft() {
    const std::uint64_t back = dice_.below(4);
    return {Uuid{1, back < last_draft_ ? last_draft_ - back : 1}};
}

RecurringCode RandomLedger::recurring() {
    return recurring_.empty() ? RecurringCode{"R0"}
                              : recurring_[dice_.below(recurring_.size())].recurring;
}

DeferralCode RandomLedger::deferral() {
    return deferrals_.empty() ? DeferralCode{"D0"}
                              : deferrals_[dice_.below(deferrals_.size())].deferral;
}

EntryLine RandomLedger::line(std::string_view account, Side side, Money amount) {
    EntryLine line;
    line.account = {std::string(account)};
    line.side = side;
    line.amount = amount;
    line.dimensions = dimensions_for(account);
    return line;
}

// A debit and what is credited for it: in base currency; in another one at looked-up rates, and
// then in two parts that may lose a cent; or in another one whose worth is said.
void RandomLedger::add_pair(std::vector<EntryLine>& lines) {
    const std::string_view debit = debited[dice_.below(std::size(debited))];
    const std::string_view credit = credited[dice_.below(std::size(credited))];
    const std::int64_t minor = cents();
    if (dice_.one_in(2)) {
        lines.push_back(line(debit, Side::debit, eur(minor)));
        lines.push_back(line(credit, Side::credit, eur(minor)));
        return;
    }
    const bool dollars = dice_.one_in(2);
    const Money foreign{minor, currency_of(dollars ? "USD" : "JPY")};
    const std::string_view held = dollars && dice_.one_in(2) ? "dollars" : debit;
    if (dice_.one_in(2)) {
        lines.push_back(line(held, Side::debit, foreign));
        lines.back().base = eur(cents());
        lines.push_back(line(credit, Side::credit, *lines.back().base));
        return;
    }
    std::optional<RateType> type;
    if (dice_.one_in(3)) type = RateType::closing;
    const std::int64_t part = dice_.between(0, minor - 1);
    lines.push_back(line(held, Side::debit, foreign));
    lines.back().rate_type = type;
    for (const std::int64_t each : {part, minor - part}) {
        if (each == 0) continue;
        lines.push_back(line(credit, Side::credit, {each, foreign.currency}));
        lines.back().rate_type = type;
    }
}

std::vector<EntryLine> RandomLedger::entry_lines() {
    std::vector<EntryLine> lines;
    for (std::uint64_t pairs = 1 + dice_.below(2); pairs > 0; --pairs) add_pair(lines);
    if (dice_.one_in(30)) lines.front().amount.minor += 100;
    return lines;
}

PostEntry RandomLedger::entry() {
    PostEntry post;
    post.company = company;
    post.entry = new_entry();
    post.journal = journal();
    post.date = day();
    post.text = "Entry";
    post.lines = entry_lines();
    post.books = books();
    if (dice_.one_in(8)) {
        post.date = last_day(year());
        post.period = periods_of_a_year;
    }
    return post;
}

Message RandomLedger::post() { return Message::of(entry()); }

// What a flow posts, such as an invoice in dollars.
Message RandomLedger::post_on_control() {
    PostEntry post = entry();
    const Money dollars{cents(), currency_of("USD")};
    post.lines = {line("receivables", Side::debit, dollars), line("sales", Side::credit, dollars)};
    if (dice_.one_in(3)) std::swap(post.lines[0].side, post.lines[1].side);
    return Message::of(post);
}

Message RandomLedger::post_opening_balances() {
    PostOpeningBalances post;
    post.company = company;
    post.entry = new_entry();
    post.journal = journal();
    post.date = dice_.one_in(2) ? first_day_ : day();
    post.lines = {line("bank", Side::debit, eur(cents())),
                  line("loans", Side::credit, {cents(), currency_of("USD")})};
    post.books = books();
    return Message::of(post);
}

Message RandomLedger::reverse() {
    ReverseEntry reverse{company, new_entry(), seen_entry(), maybe_day(), "Wrong"};
    if (dice_.one_in(8)) reverse.period = periods_of_a_year;
    return Message::of(reverse);
}

Message RandomLedger::correct() {
    const PostEntry right = entry();
    return Message::of(CorrectEntry{company,
                                    seen_entry(),
                                    new_entry(),
                                    {},
                                    "Wrong",
                                    {right.entry,
                                     right.journal,
                                     *right.date,
                                     right.text,
                                     {},
                                     right.lines,
                                     right.period,
                                     right.books}});
}

Message RandomLedger::post_accrual() {
    const PostEntry post = entry();
    const Date date = dice_.one_in(2) ? last_of_a_period() : *post.date;
    return Message::of(PostAccrual{company,
                                   post.entry,
                                   new_entry(),
                                   post.journal,
                                   date,
                                   "Accrual",
                                   {},
                                   post.lines,
                                   {},
                                   post.books,
                                   {}});
}

Message RandomLedger::reverse_accrual() {
    const EntryId accrual =
        accruals_.empty() ? new_entry() : accruals_[dice_.below(accruals_.size())];
    return Message::of(
        ReverseAccrual{company, accrual, new_entry(), new_entry(), maybe_day(), "Wrong"});
}

Message RandomLedger::save_draft() {
    const PostEntry post = entry();
    const DraftId draft = dice_.one_in(4) ? seen_draft() : DraftId{Uuid{1, ++last_draft_}};
    return Message::of(SaveDraft{
        company,
        draft,
        {post.journal, post.date, post.text, {}, post.lines, {}, post.period, post.books, {}}});
}

Message RandomLedger::approve_draft() { return Message::of(ApproveDraft{company, seen_draft()}); }
Message RandomLedger::reject_draft() {
    return Message::of(RejectDraft{company, seen_draft(), "No bill"});
}
Message RandomLedger::discard_draft() { return Message::of(DiscardDraft{company, seen_draft()}); }

Message RandomLedger::post_draft() {
    PostDraft post{company, seen_draft(), new_entry()};
    if (dice_.one_in(4)) post.reversal = new_entry();
    return Message::of(post);
}

Currency RandomLedger::currency_of(const char* code) { return *currency_from(code); }

}  // namespace kontor::test
