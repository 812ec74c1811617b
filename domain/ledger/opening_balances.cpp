// How opening balances are balanced by the opening account.
#include "domain/ledger/opening_balances.h"

#include "domain/core/catalog.h"
#include "domain/ledger/posting.h"

#include <algorithm>
#include <utility>

namespace kontor::ledger {

namespace {

EntryLine line_on(const AccountCode& account, Wide debit, Currency base) {
    EntryLine line;
    line.account = account;
    line.side = debit < 0 ? Side::credit : Side::debit;
    line.amount = {static_cast<std::int64_t>(debit < 0 ? -debit : debit), base};
    return line;
}

}  // namespace

Decision<EntryPosted> decide(const World& world, const PostOpeningBalances& post,
                             const Context& context) {
    const auto* company = world.of<companies::Companies>().find(post.company);
    if (!company) return companies::company_unknown.about(post.company);
    const Currency base = company->base_currency;
    const auto& opening = policy_of(world, post.company).opening_account;
    if (!opening) return opening_account_missing;
    if (std::ranges::find(post.lines, *opening, &EntryLine::account) != post.lines.end())
        return opening_account_repeated.about(*opening);

    // With any amount on the opening account, so that all but the balance is looked at first.
    PostEntry asked{post.company, post.entry,   post.journal,    post.date,
                    post.text,    std::nullopt, post.lines,      std::nullopt,
                    std::nullopt, post.books,   post.attachments};
    asked.lines.push_back(line_on(*opening, 1, base));
    EntryPosted entry;
    Objection fault = make_entry(world, asked, context, entry);
    if (fault && fault.reason != &entry_unbalanced) return fault;
    std::vector<PostedLine> lines;
    if ((fault = find_lines(world, post.company, base, post.date, post.lines, context, lines)))
        return fault;
    Wide debits = 0;
    for (const PostedLine& line : lines)
        debits += line.side == Side::debit ? line.base.minor : -line.base.minor;
    asked.lines.pop_back();
    if (debits != 0) asked.lines.push_back(line_on(*opening, -debits, base));
    if ((fault = make_entry(world, asked, context, entry))) return fault;
    entry.kind = EntryKind::opening;
    if (!context.by_flow && needs_approval(world, entry)) return approval_required;
    return entry;
}

Objection add_opening_line(const World& world, const CompanyCode& company, Currency base,
                           std::vector<PostedLine>& lines) {
    const auto& opening = policy_of(world, company).opening_account;
    if (!opening) return opening_account_missing;
    Wide debits = 0;
    for (const PostedLine& line : lines) {
        if (line.account == *opening) return opening_account_repeated.about(*opening);
        debits += line.side == Side::debit ? line.base.minor : -line.base.minor;
    }
    if (debits == 0) return {};
    const EntryLine rest = line_on(*opening, -debits, base);
    lines.push_back({rest.account, rest.side, rest.amount, rest.amount, {}, {}});
    return {};
}

Part opening_balances() { return Part().commands<PostOpeningBalances>(); }

}  // namespace kontor::ledger
