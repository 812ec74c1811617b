// The rules of the ledger written a second time, and the sums by adding up.
#include "tests/simulation/books.h"

#include <algorithm>

namespace kontor::simulation {
namespace {

using namespace ledger;

constexpr Ruling good{};
Ruling missing(std::string_view code) { return {404, code}; }
Ruling conflict(std::string_view code) { return {409, code}; }
Ruling invalid(std::string_view code) { return {422, code}; }

bool is_good(const Ruling& ruling) { return ruling.status == 200; }

constexpr std::array<std::string_view, 4> journals_of_a_company = {"GEN", "SAL", "PUR", "BNK"};

std::string stream_of_account(const std::string& company, const std::string& account) {
    return "account/" + company + "/" + account;
}
// A slash in a code is written %2F in the name of a stream.
std::string stream_of_year(const std::string& company, std::string year) {
    if (const auto slash = year.find('/'); slash != std::string::npos)
        year.replace(slash, 1, "%2F");
    return "fiscal_year/" + company + "/" + year;
}
std::string stream_of_entry(const std::string& company, const Uuid& entry) {
    return "entry/" + company + "/" + to_text(entry);
}

// A correction is a reversal and a new entry.
ReverseEntry reversal_of(const CorrectEntry& correct) {
    return {correct.company, correct.reversal, correct.corrects, correct.reversal_date,
            correct.text};
}
PostEntry replacement_of(const CorrectEntry& correct) {
    const Replacement& right = correct.replacement;
    return {correct.company, right.entry,    right.journal, right.date,
            right.text,      right.document, right.lines,   correct.corrects};
}

}  // namespace

const PaperEntry* PaperCompany::entry(const Uuid& id) const {
    for (const PaperEntry& entry : entries)
        if (entry.id == id) return &entry;
    return nullptr;
}

bool PaperCompany::reversed(const Uuid& id) const {
    return std::ranges::any_of(entries,
                               [&](const PaperEntry& entry) { return entry.reverses == id; });
}

std::int64_t PaperCompany::period_of(Date date) const {
    for (int period = 1; period <= 12; ++period)
        if (date >= plus_months(first_day, period - 1) && date < plus_months(first_day, period))
            return period;
    return 0;
}

std::int64_t PaperCompany::posted_in(const std::string& journal) const {
    return std::ranges::count_if(entries,
                                 [&](const PaperEntry& entry) { return entry.journal == journal; });
}

const PaperCompany* Books::company(const CompanyCode& code) const {
    const auto found = companies_.find(code.text);
    return found == companies_.end() ? nullptr : &found->second;
}

std::int64_t Books::version_of(const std::string& stream) const {
    const auto found = versions_.find(stream);
    return found == versions_.end() ? 0 : found->second;
}

Ruling Books::judge(const Command& command) const {
    return std::visit([this](const auto& one) { return judge(one); }, command);
}

Ruling Books::judge(const companies::CreateCompany& create) const {
    return company(create.company) ? conflict("company_exists") : good;
}

Ruling Books::judge(const OpenAccount& open) const {
    const auto* books = company(open.company);
    if (!books) return missing("company_unknown");
    if (books->accounts.contains(open.account.text)) return conflict("account_exists");
    if (open.parent) {
        const auto parent = books->accounts.find(open.parent->text);
        if (parent == books->accounts.end()) return missing("parent_unknown");
        if (open.summary && !parent->second.summary) return invalid("parent_not_summary");
        if (parent->second.kind != open.kind) return invalid("parent_of_other_kind");
    }
    return good;
}

Ruling Books::judge(const RenameAccount& rename) const {
    const auto* books = company(rename.company);
    return books && books->accounts.contains(rename.account.text) ? good
                                                                  : missing("account_unknown");
}

Ruling Books::judge(const BlockAccount& block) const {
    const auto* books = company(block.company);
    if (!books || !books->accounts.contains(block.account.text)) return missing("account_unknown");
    return books->accounts.at(block.account.text).blocked ? conflict("account_blocked") : good;
}

Ruling Books::judge(const UnblockAccount& unblock) const {
    const auto* books = company(unblock.company);
    if (!books || !books->accounts.contains(unblock.account.text))
        return missing("account_unknown");
    return books->accounts.at(unblock.account.text).blocked ? good
                                                            : conflict("account_not_blocked");
}

Ruling Books::judge(const ClosePeriod& close) const {
    const auto* books = company(close.company);
    if (!books || books->year != close.year.text) return missing("fiscal_year_unknown");
    if (close.period > 12) return missing("period_unknown");
    return books->closed.contains(close.period) ? conflict("period_closed") : good;
}

Ruling Books::judge(const ReopenPeriod& reopen) const {
    const auto* books = company(reopen.company);
    if (!books || books->year != reopen.year.text) return missing("fiscal_year_unknown");
    if (reopen.period > 12) return missing("period_unknown");
    return books->closed.contains(reopen.period) ? good : conflict("period_open");
}

Ruling Books::judge(const PostEntry& post) const {
    const auto* books = company(post.company);
    if (!books) return missing("company_unknown");
    if (books->entry(post.entry.uuid)) return conflict("entry_exists");
    if (std::ranges::find(journals_of_a_company, post.journal.text) == journals_of_a_company.end())
        return missing("journal_unknown");
    if (post.lines.size() < 2) return invalid("too_few_lines");
    const std::int64_t period = books->period_of(*post.date);
    if (period == 0) return invalid("date_outside_calendar");
    if (books->closed.contains(period)) return conflict("period_closed");
    if (post.document && books->documents.contains({post.journal.text, *post.document}))
        return conflict("document_exists");
    if (post.replaces) {
        if (!books->entry(post.replaces->uuid)) return missing("replaced_unknown");
        if (!books->reversed(post.replaces->uuid)) return conflict("replaced_not_reversed");
    }
    std::int64_t debits = 0, credits = 0;
    for (const EntryLine& line : post.lines) {
        if (line.amount.minor <= 0) return invalid("amount_not_positive");
        const auto account = books->accounts.find(line.account.text);
        if (account == books->accounts.end()) return missing("account_unknown");
        if (account->second.summary) return invalid("account_is_summary");
        if (account->second.blocked) return conflict("account_blocked");
        (line.side == Side::debit ? debits : credits) += line.amount.minor;
    }
    return debits == credits ? good : invalid("entry_unbalanced");
}

Ruling Books::judge(const ReverseEntry& reverse) const {
    const auto* books = company(reverse.company);
    const PaperEntry* entry = books ? books->entry(reverse.reverses.uuid) : nullptr;
    if (!entry) return missing("entry_unknown");
    if (books->entry(reverse.entry.uuid)) return conflict("entry_exists");
    if (entry->reverses) return conflict("entry_is_reversal");
    if (books->reversed(entry->id)) return conflict("entry_reversed");
    const Date date = reverse.date.value_or(entry->date);
    if (date < entry->date) return invalid("reversal_before_entry");
    const std::int64_t period = books->period_of(date);
    if (period == 0) return invalid("date_outside_calendar");
    return books->closed.contains(period) ? conflict("period_closed") : good;
}

Ruling Books::judge(const CorrectEntry& correct) const {
    const auto* books = company(correct.company);
    const PaperEntry* wrong = books ? books->entry(correct.corrects.uuid) : nullptr;
    if (wrong && correct.reversal_date && *correct.reversal_date > wrong->date &&
        correct.replacement.date < *correct.reversal_date)
        return invalid("replacement_before_reversal");
    const ReverseEntry reversal = reversal_of(correct);
    const Ruling ruling = judge(reversal);
    if (!is_good(ruling)) return ruling;
    Books after = *this;
    std::uint32_t n = 0;
    after.enter(reversal, 0, n);
    return after.judge(replacement_of(correct));
}

void Books::happen(Entering& into, std::string stream) {
    const std::int64_t version = ++versions_[stream];
    into.due.push_back({std::move(stream), version});
    ++into.n;
}

std::vector<DueEvent> Books::enter(const Command& command, Position position, std::uint32_t& n) {
    Entering into{position, n, {}};
    std::visit([&](const auto& one) { enter(one, into); }, command);
    return std::move(into.due);
}

// The chart is left empty; the year, the journals and two dimensions come with the company.
void Books::enter(const companies::CreateCompany& create, Entering& into) {
    const std::string& code = create.company.text;
    PaperCompany& books = companies_[code];
    const auto year = static_cast<int>(create.first_fiscal_year);
    books.first_day = *date_of(year, static_cast<int>(create.fiscal_year_start_month), 1);
    books.year = std::to_string(year);
    if (create.fiscal_year_start_month != 1) books.year += "/" + std::to_string((year + 1) % 100);
    happen(into, "company/" + code);
    happen(into, stream_of_year(code, books.year));
    for (const std::string_view journal : journals_of_a_company)
        happen(into, "journal/" + code + "/" + std::string(journal));
    for (const char* dimension : {"cost_centre", "project"})
        happen(into, "dimension/" + code + "/" + dimension);
}

void Books::enter(const OpenAccount& open, Entering& into) {
    companies_.at(open.company.text).accounts[open.account.text] = {open.kind, open.summary, false};
    happen(into, stream_of_account(open.company.text, open.account.text));
}

void Books::enter(const RenameAccount& rename, Entering& into) {
    happen(into, stream_of_account(rename.company.text, rename.account.text));
}

void Books::enter(const BlockAccount& block, Entering& into) {
    companies_.at(block.company.text).accounts.at(block.account.text).blocked = true;
    happen(into, stream_of_account(block.company.text, block.account.text));
}

void Books::enter(const UnblockAccount& unblock, Entering& into) {
    companies_.at(unblock.company.text).accounts.at(unblock.account.text).blocked = false;
    happen(into, stream_of_account(unblock.company.text, unblock.account.text));
}

void Books::enter(const ClosePeriod& close, Entering& into) {
    companies_.at(close.company.text).closed.insert(close.period);
    happen(into, stream_named_by(close));
}

void Books::enter(const ReopenPeriod& reopen, Entering& into) {
    companies_.at(reopen.company.text).closed.erase(reopen.period);
    happen(into, stream_named_by(reopen));
}

void Books::enter(const PostEntry& post, Entering& into) {
    PaperCompany& books = companies_.at(post.company.text);
    PaperEntry entry;
    entry.position = into.position;
    entry.n = into.n;
    entry.id = post.entry.uuid;
    entry.journal = post.journal.text;
    entry.number = books.posted_in(entry.journal) + 1;
    entry.date = *post.date;
    entry.text = post.text;
    entry.document = post.document;
    for (const EntryLine& line : post.lines) {
        const bool debit = line.side == Side::debit;
        entry.lines.push_back({line.account.text, debit ? line.amount.minor : 0,
                               debit ? 0 : line.amount.minor, line.text});
    }
    if (post.replaces) entry.replaces = post.replaces->uuid;
    if (post.document) books.documents.insert({entry.journal, *post.document});
    books.entries.push_back(std::move(entry));
    happen(into, stream_of_entry(post.company.text, post.entry.uuid));
}

void Books::enter(const ReverseEntry& reverse, Entering& into) {
    PaperCompany& books = companies_.at(reverse.company.text);
    PaperEntry entry = *books.entry(reverse.reverses.uuid);
    entry.position = into.position;
    entry.n = into.n;
    entry.date = reverse.date.value_or(entry.date);
    entry.text = reverse.text;
    entry.number = books.posted_in(entry.journal) + 1;
    entry.reverses = std::exchange(entry.id, reverse.entry.uuid);
    entry.replaces.reset();
    for (PaperLine& line : entry.lines) std::swap(line.debit, line.credit);
    if (entry.document) books.documents.erase({entry.journal, *entry.document});
    books.entries.push_back(std::move(entry));
    happen(into, stream_of_entry(reverse.company.text, reverse.entry.uuid));
}

void Books::enter(const CorrectEntry& correct, Entering& into) {
    enter(reversal_of(correct), into);
    enter(replacement_of(correct), into);
}

const std::string& company_named_by(const Command& command) {
    return std::visit([](const auto& one) -> const std::string& { return one.company.text; },
                      command);
}

std::string stream_named_by(const Command& command) {
    const std::string& company = company_named_by(command);
    return std::visit(
        [&](const auto& one) {
            if constexpr (requires { one.corrects; })
                return stream_of_entry(company, one.corrects.uuid);
            else if constexpr (requires { one.reverses; })
                return stream_of_entry(company, one.reverses.uuid);
            else if constexpr (requires { one.entry; })
                return stream_of_entry(company, one.entry.uuid);
            else if constexpr (requires { one.period; })
                return stream_of_year(company, one.year.text);
            else if constexpr (requires { one.account; })
                return stream_of_account(company, one.account.text);
            else
                return "company/" + company;
        },
        command);
}

}  // namespace kontor::simulation
