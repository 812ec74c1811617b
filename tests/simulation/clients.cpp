// How clients draw what they ask: mostly sensible, often late, repeated, or wrong.
#include "tests/simulation/clients.h"

namespace kontor::simulation {
namespace {

using namespace ledger;

constexpr Currency euro{{'E', 'U', 'R', 0}};
constexpr std::array<const char*, 3> actors = {"ann", "bob", "cyd"};
constexpr std::array<const char*, 4> journals = {"GEN", "SAL", "PUR", "BNK"};

const PaperCompany* books_of(const Books& books, const std::string& company) {
    const auto found = books.companies().find(company);
    return found == books.companies().end() ? nullptr : &found->second;
}

}  // namespace

Clients::Clients(test::Dice& dice) : dice_(dice) {
    const std::uint64_t count = 1 + dice_.below(3);
    for (std::uint64_t at = 0; at < count; ++at)
        companies_.push_back(std::string(1, static_cast<char>('A' + at)));
}

Request Clients::from_anybody() {
    Request request;
    request.lane = dice_.below(actors.size());
    request.actor = actors[request.lane];
    return request;
}

Line Clients::named(Line line) {
    line.id = "c" + std::to_string(++ids_);
    return line;
}

std::vector<Request> Clients::opening() {
    std::vector<Request> requests;
    for (const std::string& company : companies_) {
        Request request = from_anybody();
        companies::CreateCompany create;
        create.company = {company};
        create.name = "Company " + company;
        create.base_currency = euro;
        create.time_zone = "UTC";
        create.fiscal_year_start_month = dice_.one_in(3) ? 4 : 1;
        create.first_fiscal_year = 2026;
        create.chart = companies::Chart::none;
        request.lines.push_back(named({create, ++inputs_, {}, {}}));
        for (const char* code : {"1", "1000", "1010", "4000", "5000"}) {
            OpenAccount open;
            open.company = {company};
            open.account = {code};
            open.name = "Account";
            open.kind = code[0] == '1'   ? AccountKind::asset
                        : code[0] == '4' ? AccountKind::income
                                         : AccountKind::expense;
            open.summary = open.account.text == "1";
            if (code[0] == '1' && !open.summary) open.parent = AccountCode{"1"};
            request.lines.push_back(named({open, ++inputs_, {}, {}}));
        }
        requests.push_back(std::move(request));
    }
    return requests;
}

Request Clients::refused() {
    Request request = from_anybody();
    request.lines.push_back(
        named({RenameAccount{{"NOWHERE"}, {"1000"}, "Never"}, ++inputs_, {}, {}}));
    return request;
}

std::vector<Request> Clients::burst(const Books& books) {
    std::vector<Request> requests;
    const std::uint64_t count = 1 + dice_.below(12);
    while (requests.size() < count) {
        Request request = from_anybody();
        request.dry_run = dice_.one_in(12);
        if (dice_.one_in(8)) {
            requests.push_back(batch(books, std::move(request)));
            continue;
        }
        if (dice_.one_in(8) && !asked_.empty()) {
            request.lines.push_back(repeat(books, request));
        } else {
            Line line = fresh(books);
            if (!dice_.one_in(6)) line = named(std::move(line));
            request.lines.push_back(std::move(line));
        }
        if (request.lines.front().id) asked_.push_back({request.actor, request.lines.front()});
        requests.push_back(std::move(request));
    }
    return requests;
}

// Several lines that take effect together; sometimes one is known already, or an id stands twice.
Request Clients::batch(const Books& books, Request request) {
    const std::uint64_t count = 2 + dice_.below(4);
    while (request.lines.size() < count) {
        if (dice_.one_in(12) && !asked_.empty()) {
            const Asked& asked = asked_[dice_.below(asked_.size())];
            request.lines.push_back(asked.line);
        } else {
            request.lines.push_back(fresh(books));
            if (!dice_.one_in(6)) request.lines.back() = named(request.lines.back());
        }
        if (dice_.one_in(40)) request.lines.push_back(request.lines.back());
    }
    if (!dice_.one_in(3)) return request;
    for (const Line& line : request.lines)
        if (line.id) asked_.push_back({request.actor, line});
    return request;
}

// An id that was used before: for the same, for something else, or by somebody else.
Line Clients::repeat(const Books& books, Request& request) {
    const Asked asked = asked_[dice_.below(asked_.size())];
    request.actor = asked.actor;
    Line line = asked.line;
    if (dice_.one_in(5)) {
        line.command = RenameAccount{{any_company()},
                                     {any_account(books_of(books, companies_.front()))},
                                     "Name " + std::to_string(++inputs_)};
        line.input = inputs_;
    } else if (dice_.one_in(6)) {
        request.actor = actors[dice_.below(actors.size())];
    }
    return line;
}

Line Clients::fresh(const Books& books) {
    Line line{command(books), ++inputs_, {}, {}};
    if (dice_.one_in(4)) {
        line.if_match = books.version_of(stream_named_by(line.command));
        if (dice_.one_in(3)) *line.if_match += dice_.between(-1, 2);
    }
    return line;
}

Command Clients::command(const Books& books) {
    const std::string company = any_company();
    const std::uint64_t drawn = dice_.below(100);
    if (drawn < 45) return post(company, books);
    if (drawn < 57) return reverse(company, books);
    if (drawn < 69) return correct(company, books);
    if (drawn < 86) return of_account(company, books);
    if (drawn < 98) return of_period(company, books);
    companies::CreateCompany create;
    create.company = {company};
    create.name = "Once more";
    create.base_currency = euro;
    create.time_zone = "UTC";
    create.first_fiscal_year = 2026;
    create.chart = companies::Chart::none;
    return create;
}

PostEntry Clients::post(const std::string& company, const Books& books) {
    const PaperCompany* paper = books_of(books, company);
    PostEntry post;
    post.company = {company};
    post.entry = dice_.one_in(25) ? known_entry(paper) : new_entry();
    post.journal = {dice_.one_in(40) ? "XXX" : journals[dice_.below(journals.size())]};
    post.date = day(paper);
    post.text = "Entry " + std::to_string(inputs_);
    post.document = document();
    post.lines = lines(paper);
    if (dice_.one_in(30)) post.replaces = known_entry(paper);
    return post;
}

Command Clients::reverse(const std::string& company, const Books& books) {
    const PaperCompany* paper = books_of(books, company);
    ReverseEntry reverse;
    reverse.company = {company};
    reverse.entry = dice_.one_in(25) ? known_entry(paper) : new_entry();
    reverse.reverses = known_entry(paper);
    if (dice_.one_in(2)) reverse.date = day(paper);
    reverse.text = "Reversal " + std::to_string(inputs_);
    return reverse;
}

Command Clients::correct(const std::string& company, const Books& books) {
    const PaperCompany* paper = books_of(books, company);
    const PostEntry right = post(company, books);
    CorrectEntry correct;
    correct.company = {company};
    correct.corrects = known_entry(paper);
    correct.reversal = new_entry();
    if (dice_.one_in(3)) correct.reversal_date = day(paper);
    correct.text = "Correction " + std::to_string(inputs_);
    correct.replacement = {right.entry, right.journal,  *right.date,
                           right.text,  right.document, right.lines};
    return correct;
}

Command Clients::of_account(const std::string& company, const Books& books) {
    const AccountCode code{any_account(books_of(books, company))};
    switch (dice_.below(5)) {
        case 0: return account(company);
        case 1: return RenameAccount{{company}, code, "Name " + std::to_string(inputs_)};
        case 2: return BlockAccount{{company}, code};
        default: return UnblockAccount{{company}, code};
    }
}

Command Clients::of_period(const std::string& company, const Books& books) {
    const PaperCompany* paper = books_of(books, company);
    const FiscalYearCode year{paper && !dice_.one_in(20) ? paper->year : "1999"};
    const std::int64_t period = 1 + static_cast<std::int64_t>(dice_.below(13));
    if (dice_.one_in(3)) return ClosePeriod{{company}, year, period};
    const bool closed = paper && !paper->closed.empty();
    return ReopenPeriod{{company}, year, closed ? *paper->closed.begin() : period, "A late bill"};
}

OpenAccount Clients::account(const std::string& company) {
    OpenAccount open;
    open.company = {company};
    open.account = {std::to_string(1001 + dice_.below(8))};
    open.name = "Another";
    open.kind = dice_.one_in(4) ? AccountKind::expense : AccountKind::asset;
    if (dice_.one_in(2)) open.parent = AccountCode{dice_.one_in(4) ? "1000" : "1"};
    if (dice_.one_in(10)) open.parent = AccountCode{"777"};
    return open;
}

std::vector<EntryLine> Clients::lines(const PaperCompany* books) {
    std::vector<EntryLine> lines;
    std::int64_t sum = 0;
    const std::uint64_t count = 1 + dice_.below(3);
    const Side side = dice_.one_in(2) ? Side::debit : Side::credit;
    const auto add = [&](Side of, std::int64_t minor) {
        EntryLine line;
        line.account = {any_account(books)};
        line.side = of;
        line.amount = {minor, euro};
        if (dice_.one_in(3)) line.text = "Line " + std::to_string(lines.size());
        lines.push_back(std::move(line));
    };
    for (std::uint64_t at = 0; at < count; ++at) {
        const std::int64_t minor = dice_.one_in(60) ? 0 : dice_.between(1, 100'000);
        sum += minor;
        add(side, minor);
    }
    if (dice_.one_in(40)) ++sum;
    if (!dice_.one_in(40)) add(side == Side::debit ? Side::credit : Side::debit, sum);
    return lines;
}

Date Clients::day(const PaperCompany* books) {
    const Date first = books ? books->first_day : *date_of(2026, 1, 1);
    return first +
           static_cast<int>(dice_.one_in(12) ? dice_.between(-15, 380) : dice_.between(0, 360));
}

EntryId Clients::known_entry(const PaperCompany* books) {
    if (!books || books->entries.empty() || dice_.one_in(30)) return new_entry();
    const std::size_t count = books->entries.size();
    // Mostly of late, as people do.
    const std::size_t back = dice_.below(dice_.one_in(3) ? count : std::min<std::size_t>(count, 4));
    return {books->entries[count - 1 - back].id};
}

std::optional<std::string> Clients::document() {
    if (!dice_.one_in(4)) return std::nullopt;
    return "D" + std::to_string(dice_.below(20));
}

EntryId Clients::new_entry() {
    ++entries_;
    return {Uuid{0x0198'0000'0000'7000 | entries_ << 16, 0x8000'0000'0000'0000 | entries_}};
}

std::string Clients::any_company() {
    return dice_.one_in(60) ? "NOBODY" : companies_[dice_.below(companies_.size())];
}

std::string Clients::any_account(const PaperCompany* books) {
    if (dice_.one_in(30)) return dice_.one_in(2) ? "1" : "9999";
    if (!books || books->accounts.empty()) return "1000";
    auto account = books->accounts.begin();
    std::advance(account, static_cast<std::ptrdiff_t>(dice_.below(books->accounts.size())));
    return account->first;
}

}  // namespace kontor::simulation
