// How transactions become entries: accounts found, amounts in base currency, assertions held.
#include "tools/journal_commands.h"

#include "tools/import_rows.h"
#include "tools/journal_escapes.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace kontor::hledger {
namespace {

using namespace ledger;

// Thrown where something is wrong, told with a line.
struct Wrong {
    std::uint64_t line;
    std::string problem;
};

std::string_view last_part(std::string_view name) {
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::optional<AccountKind> kind_from(std::string_view type) {
    if (type == "A" || type == "Asset" || type == "C" || type == "Cash") return AccountKind::asset;
    if (type == "L" || type == "Liability") return AccountKind::liability;
    if (type == "E" || type == "Equity" || type == "V" || type == "Conversion")
        return AccountKind::equity;
    if (type == "R" || type == "Revenue") return AccountKind::income;
    if (type == "X" || type == "Expense") return AccountKind::expense;
    return std::nullopt;
}

// At most so many octets, whole characters.
std::string at_most(std::string_view text, std::size_t octets) {
    while (text.size() > octets || !is_utf8(text)) text.remove_suffix(1);
    return std::string(text);
}

// Whole units of 10^-digits; empty where the number has more digits or does not fit.
std::optional<std::int64_t> units_of(const Exact& number, int digits) {
    const Exact as_units = rounded(number, digits, Rounding::down);
    const auto rest = sum_of(number, negated(as_units));
    if (!rest || sign_of(*rest) != 0) return std::nullopt;
    Wide units = as_units.units;
    for (int scale = as_units.scale; scale < digits; ++scale) {
        if (units > most_money * Wide{1'000} || units < -most_money * Wide{1'000})
            return std::nullopt;
        units *= 10;
    }
    if (units > INT64_MAX || units < -INT64_MAX) return std::nullopt;
    return static_cast<std::int64_t>(units);
}

// A posting on its way to be a line; what it moves is positive for debits.
struct Move {
    const WrittenPosting* posting = nullptr;
    Money amount;
    std::optional<std::int64_t> base;  // in smallest units, signed as the amount
    std::optional<Rate> rate;
};

// A transaction on its way to be an entry.
struct Dated {
    const WrittenTransaction* transaction = nullptr;
    Date date;
    std::vector<Move> moves = {};
};

bool takes_back(const Dated& later, const Dated& earlier) {
    return std::ranges::equal(later.moves, earlier.moves, [](const Move& one, const Move& other) {
        return one.posting->account == other.posting->account && one.amount == -other.amount &&
               one.base && other.base && *one.base == -*other.base;
    });
}

std::string tag_of(const WrittenTransaction& transaction, const char* name) {
    const auto tag = transaction.tags.find(name);
    return tag == transaction.tags.end() ? std::string() : tag->second;
}

class Making {
public:
    Making(const Journal& journal, const CompanyBooks& books, const JournalWishes& wishes)
        : journal_(journal), books_(books), wishes_(wishes) {
        for (const DeclaredAccount& account : journal.accounts)
            declared_.emplace(account.name, &account);
    }

    JournalCommands made() {
        for (const WrittenPrice& price : journal_.prices) tried([&] { add(price); });
        for (auto& [key, set] : rates_) {
            const auto known = books_.rates.find(key);
            if (known != books_.rates.end() && known->second == set.command.rate)
                ++made_.known_rates;
            else
                made_.rates.push_back(set);
        }
        if (journal_.exported && wishes_.open_accounts)
            for (const DeclaredAccount& account : journal_.accounts)
                tried([&] { open_if_new(account); });
        std::vector<Dated> transactions;
        for (const WrittenTransaction& transaction : journal_.transactions)
            tried([&] { transactions.push_back({&transaction, date_of(transaction)}); });
        std::ranges::stable_sort(transactions, {}, &Dated::date);
        for (Dated& each : transactions)
            tried([&] {
                each.moves = moves_of(*each.transaction);
                for (const Move& move : each.moves) hold_to(move);
            });
        // In the order in which they were posted, where the file has that.
        if (journal_.exported)
            std::ranges::sort(transactions, {},
                              [](const Dated& each) { return each.transaction->line; });
        if (journal_.exported) find_closings(transactions);
        for (Dated& each : transactions)
            if (!each.moves.empty()) tried([&] { add(each); });
        std::ranges::stable_sort(made_.faults, {}, &JournalFault::line);
        return std::move(made_);
    }

private:
    void tried(const auto& work) {
        try {
            work();
        } catch (const Wrong& wrong) {
            made_.faults.push_back({wrong.line, wrong.problem});
        }
    }

    Currency currency_of(const std::string& commodity, std::uint64_t line) const {
        const auto said = wishes_.commodities.find(commodity);
        const std::string& code = said == wishes_.commodities.end() ? commodity : said->second;
        if (code.empty()) return books_.base_currency;
        const auto currency = currency_from(code);
        if (!currency)
            throw Wrong{line, code +
                                  " is no currency of ISO 4217; say which one it is by "
                                  "--commodity " +
                                  commodity + "=EUR"};
        return *currency;
    }
    Money money_of(const WrittenAmount& amount, std::uint64_t line) const {
        const Currency currency = currency_of(amount.commodity, line);
        const auto minor = units_of(amount.number, minor_digits(currency));
        if (!minor)
            throw Wrong{line, to_text(amount.number) + " has more digits than " +
                                  std::string(currency.text()) + " has"};
        if (*minor > most_money || *minor < -most_money)
            throw Wrong{line, to_text(amount.number) + " is too large"};
        return {*minor, currency};
    }
    static Rate rate_of(const WrittenAmount& amount, std::uint64_t line) {
        const auto units = units_of(amount.number, Rate::digits);
        if (!units || *units <= 0)
            throw Wrong{line, to_text(amount.number) +
                                  " is no rate: above zero, with at most ten digits after the "
                                  "point"};
        return {*units};
    }

    void add(const WrittenPrice& price) {
        const Currency from = currency_of(price.commodity, price.line);
        const Currency to = currency_of(price.amount.commodity, price.line);
        if (from == to) throw Wrong{price.line, "the price is of a commodity in itself"};
        // The last one of a day counts.
        rates_[{from, to, price.date}] = {
            price.line, SetRate{books_.company, RateType::spot, from, to, price.date,
                                rate_of(price.amount, price.line)}};
    }

    // An entry is of one day: where all postings say another one than their transaction, it is of
    // that. Over an account between them, two days would be two entries, which nobody has written.
    static Date date_of(const WrittenTransaction& transaction) {
        std::optional<Date> date;
        for (const WrittenPosting& posting : transaction.postings) {
            const Date own = posting.date.value_or(transaction.date);
            if (date.value_or(own) != own)
                throw Wrong{posting.line,
                            "the posting is of " + kontor::to_text(own) + " and one above it of " +
                                kontor::to_text(*date) +
                                "; an entry is of one day, so write two transactions, with an "
                                "account between them"};
            date = own;
        }
        return date.value_or(transaction.date);
    }

    void add(Dated& dated) {
        const WrittenTransaction& transaction = *dated.transaction;
        std::vector<Move>& moves = dated.moves;
        std::erase_if(moves, [](const Move& move) { return move.amount.minor == 0; });
        if (moves.empty()) {
            ++made_.empty;
            return;
        }
        if (moves.size() < 2)
            throw Wrong{transaction.line, "only one posting of the transaction has an amount"};
        if (moves.size() > most_lines)
            throw Wrong{transaction.line, "the transaction has more than 1,000 postings"};
        if (closing_.contains(&transaction)) return add_closing(dated);
        const Uuid said = id_of(transaction, dated.date);
        const auto own = id_in_export(transaction);
        const bool known = books_.entries.contains(said) || (own && books_.entries.contains(*own));
        const EntryId id{own.value_or(said)};
        std::vector<EntryLine> lines;
        for (const Move& move : moves) lines.push_back(line_of(move));
        if (journal_.exported && transaction.tags.contains("belongs_to")) ++made_.left_links;
        EntryCommand command = command_of(dated, id, std::move(lines));
        if (own && (!known || books_.entries.contains(*own))) exported_[*own] = &dated;
        if (known)
            ++made_.known_entries;
        else
            made_.entries.push_back({transaction.line, std::move(command)});
    }

    EntryCommand command_of(const Dated& dated, EntryId id, std::vector<EntryLine> lines) {
        const WrittenTransaction& transaction = *dated.transaction;
        const std::string text = at_most(transaction.text, 500);
        const JournalCode journal = journal_of(transaction);
        const auto period = period_of(transaction);
        if (const auto reversed = taken_back_by(dated))
            return ReverseEntry{books_.company, id, {*reversed}, dated.date, text, period};
        if (journal_.exported && tag_of(transaction, "kind") == "opening" &&
            !transaction.tags.contains("reverses")) {
            const auto opening = std::ranges::count_if(lines, [&](const EntryLine& line) {
                return line.account.text == books_.opening_account;
            });
            if (books_.opening_account && opening <= 1 && !period) {
                std::erase_if(lines, [&](const EntryLine& line) {
                    return line.account.text == *books_.opening_account;
                });
                return PostOpeningBalances{books_.company,   id, journal, dated.date, text,
                                           std::move(lines), {}, {}};
            }
            ++made_.ordinary_openings;
        }
        return PostEntry{books_.company,   id, journal, dated.date, text, document_of(transaction),
                         std::move(lines), {}, period};
    }

    // What our own export says of a transaction in its tags and its code.
    std::optional<Uuid> id_in_export(const WrittenTransaction& transaction) const {
        if (!journal_.exported) return std::nullopt;
        return uuid_from(tag_of(transaction, "entry"));
    }
    JournalCode journal_of(const WrittenTransaction& transaction) const {
        // <journal>/<year>/<number>, and both codes may have a / of their own.
        std::string found;
        if (journal_.exported)
            for (const std::string& journal : books_.journals)
                if (transaction.code.starts_with(journal + "/") && journal.size() > found.size())
                    found = journal;
        return found.empty() ? wishes_.journal : JournalCode{found};
    }
    std::optional<std::int64_t> period_of(const WrittenTransaction& transaction) const {
        const std::string period = tag_of(transaction, "period");
        if (!journal_.exported || !period.starts_with('P')) return std::nullopt;
        const auto number = integer_from(std::string_view(period).substr(1));
        return number && *number >= 1 && *number <= most_periods ? number : std::nullopt;
    }
    // The entry that a transaction of our own export takes back, where it does no more and no less.
    std::optional<Uuid> taken_back_by(const Dated& dated) {
        if (!journal_.exported) return std::nullopt;
        const auto reversed = uuid_from(tag_of(*dated.transaction, "reverses"));
        const auto earlier = reversed ? exported_.find(*reversed) : exported_.end();
        if (earlier == exported_.end() || earlier->second->transaction->tags.contains("reverses") ||
            dated.date < earlier->second->date || !takes_back(dated, *earlier->second))
            return std::nullopt;
        if (!reversed_.insert(*reversed).second) return std::nullopt;
        documents_.erase(tag_of(*earlier->second->transaction, "document"));
        return reversed;
    }

    // Entries that close a year are made anew by the company; those that were taken back again are
    // left out with what took them back.
    void find_closings(const std::vector<Dated>& transactions) {
        std::set<std::string> undone;
        for (const Dated& each : transactions)
            if (tag_of(*each.transaction, "kind") == "closing") {
                closing_.insert(each.transaction);
                const std::string reverses = tag_of(*each.transaction, "reverses");
                if (!reverses.empty()) undone.insert(reverses);
            }
        for (const Dated& each : transactions) {
            const WrittenTransaction& transaction = *each.transaction;
            if (!closing_.contains(&transaction) || transaction.tags.contains("reverses") ||
                undone.contains(tag_of(transaction, "entry")))
                continue;
            closes_[each.date].push_back(&each);
        }
    }
    void add_closing(const Dated& dated) {
        const auto group = closes_.find(dated.date);
        const bool counts =
            group != closes_.end() && std::ranges::find(group->second, dated.transaction,
                                                        &Dated::transaction) != group->second.end();
        if (!counts || wishes_.closing == ClosingWish::leave_out) {
            ++made_.left_closing_entries;
            return;
        }
        // All that closes a year is one command, where the last of it stands.
        if (group->second.back()->transaction == dated.transaction) close(group->second);
    }
    void close(const std::vector<const Dated*>& entries) {
        const WrittenTransaction& first = *entries.front()->transaction;
        const Date day = entries.front()->date;
        const auto year =
            std::ranges::find(books_.fiscal_years, day, &CompanyBooks::FiscalYear::last_day);
        if (year == books_.fiscal_years.end())
            throw Wrong{first.line,
                        "the entry closes a year, and no fiscal year of the company "
                        "ends on " +
                            kontor::to_text(day) +
                            "; open that year, or leave such entries out "
                            "(--closing-entries leave-out)"};
        std::optional<Uuid> id;
        for (const Dated* entry : entries) {
            const Uuid own =
                id_in_export(*entry->transaction).value_or(id_of(*entry->transaction, entry->date));
            if (books_.entries.contains(own)) {
                ++made_.known_entries;
                continue;
            }
            ++made_.closing_entries;
            if (!id) id = own;
        }
        if (!id) return;
        made_.entries.push_back({first.line, CloseFiscalYear{books_.company,
                                                             year->code,
                                                             {*id},
                                                             journal_of(first),
                                                             equity_of(entries),
                                                             period_of(first),
                                                             at_most(first.text, 500)}});
    }
    // The account that takes the result, where the entries name one of equity and no other.
    std::optional<AccountCode> equity_of(const std::vector<const Dated*>& entries) {
        std::set<std::string> found;
        for (const Dated* entry : entries)
            for (const Move& move : entry->moves) {
                if (move.amount.minor == 0) continue;
                const std::string code = code_of(*move.posting, move.amount.currency);
                if (kind_of(code) == AccountKind::equity) found.insert(code);
            }
        return found.size() == 1 ? std::optional(AccountCode{*found.begin()}) : std::nullopt;
    }
    std::optional<AccountKind> kind_of(const std::string& code) const {
        if (const auto known = books_.accounts.find(code); known != books_.accounts.end())
            return known->second.kind;
        const auto opened = opened_.find(code);
        return opened == opened_.end() ? std::nullopt : std::optional(opened->second);
    }

    std::vector<Move> moves_of(const WrittenTransaction& transaction) const {
        std::vector<Move> moves;
        std::size_t missing = transaction.postings.size();
        for (const WrittenPosting& posting : transaction.postings) {
            if (!posting.amount && missing != transaction.postings.size())
                throw Wrong{posting.line, "two postings of the transaction have no amount"};
            if (!posting.amount) missing = moves.size();
            moves.push_back(posting.amount ? move_of(posting) : Move{&posting, {}, {}, {}});
        }
        if (moves.empty()) throw Wrong{transaction.line, "the transaction has no postings"};
        missing < moves.size() ? fill_in(transaction, moves, moves[missing])
                               : balance(transaction, moves);
        return moves;
    }
    Move move_of(const WrittenPosting& posting) const {
        Move move{&posting, money_of(*posting.amount, posting.line), {}, {}};
        if (move.amount.currency == books_.base_currency) {
            move.base = move.amount.minor;
        } else if (posting.cost) {
            const WrittenAmount& cost = posting.cost->amount;
            if (currency_of(cost.commodity, posting.line) != books_.base_currency)
                throw Wrong{posting.line, "the cost is not in the company's base currency, " +
                                              std::string(books_.base_currency.text())};
            const bool negative = move.amount.minor < 0;
            const Money size = negative ? -move.amount : move.amount;
            Money base = posting.cost->of_all ? money_of(cost, posting.line) : Money{};
            if (base.minor < 0) base = -base;
            if (!posting.cost->of_all) {
                move.rate = rate_of(cost, posting.line);
                const auto at_rate =
                    converted(size, *move.rate, books_.base_currency, Rounding::half_up);
                if (!at_rate) throw Wrong{posting.line, "the cost is too large"};
                base = *at_rate;
            }
            move.base = negative ? -base.minor : base.minor;
        }
        return move;
    }

    // What is known in base currency; and, by currency, what the company's rates are to tell.
    struct Sums {
        Wide base = 0;
        std::size_t with_base = 0;
        std::map<Currency, Wide> open;

        bool balances_by_currency() const {
            return std::ranges::all_of(open, [](const auto& sum) { return sum.second == 0; });
        }
    };
    static Sums sums_of(const std::vector<Move>& moves) {
        Sums sums;
        for (const Move& move : moves) {
            if (move.base) {
                sums.base += *move.base;
                ++sums.with_base;
            } else if (move.amount.currency != Currency{}) {
                sums.open[move.amount.currency] += move.amount.minor;
            }
        }
        return sums;
    }
    static std::int64_t fitting(Wide minor, std::uint64_t line) {
        if (minor > most_money || minor < -most_money)
            throw Wrong{line, "the amounts add up to more than an entry may have"};
        return static_cast<std::int64_t>(minor);
    }

    void fill_in(const WrittenTransaction& transaction, const std::vector<Move>& moves,
                 Move& missing) const {
        const Sums sums = sums_of(moves);
        if (sums.balances_by_currency()) {
            missing.base = fitting(-sums.base, transaction.line);
            missing.amount = {*missing.base, books_.base_currency};
        } else if (sums.with_base == 0 && sums.open.size() == 1) {
            const auto& [currency, open] = *sums.open.begin();
            missing.amount = {fitting(-open, transaction.line), currency};
        } else {
            throw Wrong{missing.posting->line,
                        "the amount that is left out would be in several currencies; write it"};
        }
    }

    void balance(const WrittenTransaction& transaction, std::vector<Move>& moves) const {
        const Sums sums = sums_of(moves);
        if (sums.balances_by_currency()) {
            // What unit costs leave open is the company's to round.
            const bool uses_rates =
                std::ranges::any_of(moves, [](const Move& move) { return move.rate.has_value(); });
            if (sums.base == 0 || uses_rates) return;
            throw Wrong{transaction.line,
                        "the transaction does not balance: " +
                            decimal_text(sums.base, minor_digits(books_.base_currency)) + " " +
                            std::string(books_.base_currency.text()) + " are left over"};
        }
        if (sums.open.size() != 1 || sums.with_base == 0)
            throw Wrong{transaction.line,
                        "the transaction does not balance in any one currency; say what its "
                        "amounts cost in " +
                            std::string(books_.base_currency.text())};
        give_costs(transaction, moves, sums.base);
    }
    // One other currency without costs: it costs what the rest comes to.
    void give_costs(const WrittenTransaction& transaction, std::vector<Move>& moves,
                    Wide base) const {
        std::vector<Move*> open;
        std::vector<std::int64_t> weights;
        for (Move& move : moves)
            if (!move.base) {
                open.push_back(&move);
                weights.push_back(move.amount.minor < 0 ? -move.amount.minor : move.amount.minor);
            }
        const bool negative = base > 0;
        if (std::ranges::any_of(open, [&](const Move* move) {
                return move->amount.minor != 0 && (move->amount.minor < 0) != negative;
            }))
            throw Wrong{transaction.line,
                        "what the amounts cost cannot be told from the others; say it with @@"};
        const auto shares =
            allocate({fitting(-base, transaction.line), books_.base_currency}, weights);
        for (std::size_t at = 0; at < open.size(); ++at) open[at]->base = shares[at].minor;
    }

    // Balances that the file asserts, by the file alone.
    void hold_to(const Move& move) {
        const WrittenPosting& posting = *move.posting;
        balances_[posting.account][move.amount.currency] += move.amount.minor;
        if (!posting.assertion) return;
        const Assertion& assertion = *posting.assertion;
        ++made_.assertions;
        const Money said = money_of(assertion.amount, posting.line);
        Wide found = 0;
        const auto count = [&](const std::map<Currency, Wide>& amounts) {
            for (const auto& [currency, minor] : amounts) {
                if (currency == said.currency)
                    found += minor;
                else if (assertion.nothing_else && minor != 0)
                    throw Wrong{posting.line,
                                posting.account + " has " + shown(minor, currency) +
                                    " besides, and the file asserts that it has nothing else"};
            }
        };
        // Accounts below another one stand behind it.
        for (auto at = balances_.find(posting.account);
             at != balances_.end() && at->first.starts_with(posting.account); ++at)
            if (at->first == posting.account ||
                (assertion.with_below && at->first.starts_with(posting.account + ":")))
                count(at->second);
        if (found != said.minor)
            throw Wrong{posting.line, "the file asserts that " + posting.account + " has " +
                                          shown(said.minor, said.currency) + ", and it has " +
                                          shown(found, said.currency)};
    }
    static std::string shown(Wide minor, Currency currency) {
        return decimal_text(minor, minor_digits(currency)) + " " + std::string(currency.text());
    }

    EntryLine line_of(const Move& move) {
        const WrittenPosting& posting = *move.posting;
        EntryLine line;
        line.account = {code_of(posting, move.amount.currency)};
        line.side = move.amount.minor < 0 ? Side::credit : Side::debit;
        line.amount = move.amount.minor < 0 ? -move.amount : move.amount;
        if (move.rate)
            line.rate = move.rate;
        else if (move.base && move.amount.currency != books_.base_currency)
            line.base = Money{*move.base < 0 ? -*move.base : *move.base, books_.base_currency};
        line.text = at_most(posting.comment, 200);
        for (const auto& [tag, value] : posting.tags)
            if (wishes_.dimensions.contains(tag) || books_.dimensions.contains(tag))
                line.dimensions[{tag}] = {value};
            else if (journal_.exported)
                made_.left_dimensions.insert(tag);
        return line;
    }

    std::string code_of(const WrittenPosting& posting, Currency currency) {
        const std::string& code = found_code(posting);
        const auto known = books_.accounts.find(code);
        if (known == books_.accounts.end()) return code;  // it is opened with this import
        const CompanyBooks::Account& account = known->second;
        const auto refuse = [&](const char* why) {
            throw Wrong{posting.line, "the account " + code + " " + why};
        };
        if (account.heading) refuse("is a heading; nothing is posted on it");
        if (account.blocked) refuse("is blocked");
        if (account.control) refuse("is a control account, which no import may move");
        if (account.currency && *account.currency != currency)
            refuse("takes another currency only");
        return code;
    }
    const std::string& found_code(const WrittenPosting& posting) {
        const auto known = codes_.find(posting.account);
        if (known != codes_.end()) return known->second;
        auto code = looked_up(posting);
        return codes_.emplace(posting.account, std::move(code)).first->second;
    }
    std::string looked_up(const WrittenPosting& posting) {
        const std::string& name = posting.account;
        const auto known = [&](const std::string& code) {
            return books_.accounts.find(code) != books_.accounts.end();
        };
        const auto declared = declared_.find(name);
        const auto said = wishes_.accounts.find(name);
        std::optional<std::string> code;
        if (said != wishes_.accounts.end()) code = said->second;
        if (!code && declared != declared_.end()) {
            const auto tag = declared->second->tags.find("code");
            if (tag != declared->second->tags.end()) code = tag->second;
        }
        if (code && !known(*code) && !opened_.contains(*code)) {
            if (wishes_.open_accounts && declared != declared_.end())
                return opened(*declared->second, *code);
            throw Wrong{posting.line,
                        "the chart has no account " + *code + ", which " + name + " is said to be"};
        }
        if (code) return *code;
        for (const std::string& own : {name, unescaped(name)})
            if (known(own) || opened_.contains(own)) return own;
        for (const auto& [own, account] : books_.accounts) {
            if (account.heading || (account.name != name && account.name != last_part(name)))
                continue;
            if (code)
                throw Wrong{posting.line, "two accounts of the chart, " + *code + " and " + own +
                                              ", have the name of " + name};
            code = own;
        }
        if (code) return *code;
        if (wishes_.open_accounts && declared != declared_.end())
            return opened(*declared->second, unescaped(name));
        throw Wrong{posting.line, "the chart has no account with the code or name " + name +
                                      "; say which one it is (--accounts, or account " + name +
                                      "  ; code:1000)"};
    }
    void open_if_new(const DeclaredAccount& declared) {
        const auto tag = declared.tags.find("code");
        const std::string code =
            tag == declared.tags.end() ? unescaped(declared.name) : tag->second;
        if (declared.tags.contains("type") && !wishes_.accounts.contains(declared.name) &&
            !books_.accounts.contains(code) && !opened_.contains(code))
            opened(declared, code);
    }
    std::string opened(const DeclaredAccount& declared, const std::string& code) {
        const auto type = declared.tags.find("type");
        const auto kind = kind_from(type == declared.tags.end() ? "" : type->second);
        if (!kind)
            throw Wrong{declared.line, "the account " + declared.name +
                                           " needs a type to be opened: type:A, L, E, R or X"};
        if (const auto fault = fault_of_code(code); !fault.empty())
            throw Wrong{declared.line,
                        "as the code of an account " + code + " " + std::string(fault)};
        OpenAccount open;
        open.company = books_.company;
        open.account = {code};
        const std::string name = unescaped(declared.name);
        open.name = at_most(declared.said.empty() ? last_part(name) : declared.said, 200);
        open.kind = *kind;
        // Foreign balances of the one are revalued; in base currency it makes no difference.
        open.monetary = *kind == AccountKind::asset || *kind == AccountKind::liability;
        opened_.emplace(code, *kind);
        made_.accounts.push_back({declared.line, std::move(open)});
        return code;
    }

    std::optional<std::string> document_of(const WrittenTransaction& transaction) {
        const auto tag = transaction.tags.find("document");
        std::string document = tag != transaction.tags.end() ? tag->second : transaction.code;
        // In our own export the code is the entry's number, and a reversal repeats the document.
        if (tag == transaction.tags.end() && transaction.tags.contains("entry")) document.clear();
        if (document.empty() || transaction.tags.contains("reverses")) return std::nullopt;
        if (document.size() > 64 || !documents_.insert(document).second) {
            ++made_.left_documents;
            return std::nullopt;
        }
        return document;
    }

    Uuid id_of(const WrittenTransaction& transaction, Date date) {
        static const Uuid all_journals = named_uuid({}, "kontor import of journals");
        std::string said = books_.company.text;
        const auto add = [&](std::string_view part) { said.append(1, '\n').append(part); };
        add(kontor::to_text(transaction.date));
        add(transaction.code);
        add(transaction.text);
        if (date != transaction.date) add(kontor::to_text(date));
        for (const WrittenPosting& posting : transaction.postings) {
            add(posting.account);
            for (const auto* amount : {posting.amount ? &*posting.amount : nullptr,
                                       posting.cost ? &posting.cost->amount : nullptr})
                add(amount ? to_text(amount->number) + ' ' + amount->commodity : "");
        }
        add(std::to_string(++same_[said]));
        return imports::at_day(named_uuid(all_journals, said), date);
    }

    const Journal& journal_;
    const CompanyBooks& books_;
    const JournalWishes& wishes_;
    JournalCommands made_;
    std::map<std::string, const DeclaredAccount*> declared_;
    std::map<std::string, std::string> codes_;
    std::map<CompanyBooks::RateKey, OfLine<SetRate>> rates_;
    std::map<std::string, std::map<Currency, Wide>> balances_;
    std::set<std::string> documents_;
    std::map<std::string, std::uint64_t> same_;
    std::map<std::string, AccountKind> opened_;  // by code
    // Of our own export: entries by id, those that another one took back, those that close.
    std::map<Uuid, const Dated*> exported_;
    std::set<Uuid> reversed_;
    std::set<const WrittenTransaction*> closing_;
    std::map<Date, std::vector<const Dated*>> closes_;
};

}  // namespace

JournalCommands commands_of(const Journal& journal, const CompanyBooks& books,
                            const JournalWishes& wishes) {
    return Making(journal, books, wishes).made();
}

}  // namespace kontor::hledger
