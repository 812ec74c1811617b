// How lines that are asked for become lines of an entry, and where in the calendar it comes to lie.
#include "domain/ledger/posting.h"

#include "domain/core/sorted_once.h"
#include "domain/ledger/deferrals.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

// What a line comes to in base currency.
struct Converted {
    Money base;
    std::optional<LineRate> rate;
};

// No entry may come to so much: `fault_of_balance` says so when its turn is.
Money beyond_all(Currency base_currency) { return {most_money + 1, base_currency}; }

Money at_rate(Money amount, const FoundRate& found, Currency base_currency) {
    return converted(amount, found.rate, base_currency).value_or(beyond_all(base_currency));
}

// The line says its rate.
Objection find_base_at(const EntryLine& line, Currency base_currency, Converted& into) {
    if (line.rate->units <= 0) return rate_not_positive;
    const auto at_rate = converted(line.amount, *line.rate, base_currency, Rounding::half_up);
    const bool foreign = line.amount.currency != base_currency;
    const auto said = foreign ? line.base : line.amount;
    if (said && said != at_rate) return rate_contradicts_base.about(at_rate);
    into.base = at_rate.value_or(beyond_all(base_currency));
    if (foreign) into.rate = LineRate{line.rate, {}, {}};
    return {};
}

// What the client says counts; what it does not say is looked up.
Objection find_base(const World& world, const CompanyCode& company, Currency base_currency,
                    Date date, const EntryLine& line, Converted& into) {
    const bool foreign = line.amount.currency != base_currency;
    if (line.base && line.base->currency != base_currency)
        return base_not_in_base_currency.about(base_currency);
    if (line.base && !foreign && line.amount != *line.base) return base_contradicts_amount;
    if (line.base && line.base->minor < 0) return base_negative;
    if (line.rate) return find_base_at(line, base_currency, into);
    if (line.base || !foreign) {
        into = {line.base.value_or(line.amount), std::nullopt};
        return {};
    }
    const RateType type = line.rate_type.value_or(policy_of(world, company).rate_type);
    const auto found = rate_on(world, company, type, line.amount.currency, base_currency, date);
    if (!found) return rate_unknown.about(type, line.amount.currency, date);
    into = {at_rate(line.amount, *found, base_currency),
            LineRate{rounded(found->rate), type, found->date}};
    return {};
}

Objection fault_of_counterpart(const World& world, const CompanyCode& company,
                               const std::optional<CompanyCode>& counterpart) {
    if (!counterpart) return {};
    if (!world.of<companies::Companies>().find(*counterpart))
        return counterpart_unknown.about(*counterpart);
    if (*counterpart == company) return counterpart_is_itself;
    return {};
}

Objection find_line(const World& world, const CompanyCode& company, Currency base_currency,
                    Date date, const EntryLine& line, const Context& context, Converted& into) {
    if (line.amount.minor <= 0) return amount_not_positive.about(line.account);
    if (const Objection fault =
            fault_of_account(world, company, line.account, line.amount.currency, context))
        return fault;
    if (const Objection fault = find_base(world, company, base_currency, date, line, into))
        return fault;
    if (const Objection fault = fault_of_dimensions(world, company, line.account, line.dimensions))
        return fault;
    return fault_of_counterpart(world, company, line.counterpart);
}

// What the debits are above the credits; below zero when they are less.
Wide left_open(std::span<const PostedLine> lines) {
    Wide open = 0;
    for (const PostedLine& line : lines)
        open += line.side == Side::debit ? Wide{line.base.minor} : -Wide{line.base.minor};
    return open;
}

// Small letters alone, so that one file has one hash.
bool to_small_hexadecimal(std::string& digits) {
    for (char& digit : digits) {
        if (digit >= 'A' && digit <= 'F') digit = static_cast<char>(digit - 'A' + 'a');
        if (!(digit >= '0' && digit <= '9') && !(digit >= 'a' && digit <= 'f')) return false;
    }
    return digits.size() == 64;
}

constexpr Side other(Side side) { return side == Side::debit ? Side::credit : Side::debit; }

// What a line weighs where approval is asked for; beyond all where nobody can tell.
Wide weight_of(const World& world, const EntryPosted& entry, const PostedLine& line) {
    const Currency base = line.base.currency;
    const RateType type = policy_of(world, entry.company).rate_type;
    if (line.amount.currency == base || (line.rate && line.rate->type == type))
        return line.base.minor;
    const auto found = rate_on(world, entry.company, type, line.amount.currency, base,
                               entry.belongs_to.value_or(entry.date));
    if (!found) return beyond_all(base).minor;
    return std::max(line.base.minor, at_rate(line.amount, *found, base).minor);
}

// The entry that is to be replaced, if one is named; why it cannot be.
Objection find_replaced(const World& world, const PostEntry& post, const Entry*& replaced) {
    if (!post.replaces) return {};
    replaced = world.of<Entries>().find({post.company, *post.replaces});
    if (!replaced) return replaced_unknown.about(*post.replaces);
    if (!replaced->reversed) return replaced_not_reversed.about(*post.replaces);
    return {};
}

// What an entry takes over from the one that it replaces. An opening balance stays one, and what
// closes a year does so still. What
// releases a deferral does so still, as long as it takes from where that is held, and no more than
// is left there.
void inherit(const World& world, const Entry& replaced, EntryPosted& entry) {
    entry.kind = replaced.kind;
    if (!replaced.origin) return;
    if (replaced.origin->rule == EntryRule::closing) entry.origin = replaced.origin;
    if (replaced.origin->rule != EntryRule::deferral) return;
    const Deferral* deferral = world.of<Deferrals>().find({entry.company, {replaced.origin->of}});
    const std::int64_t before = debit_on(deferral->held_on, replaced.lines);
    const std::int64_t now = debit_on(deferral->held_on, entry.lines);
    const std::int64_t left = deferral->amount.minor - deferral->released.minor;
    const bool same_side = (before < 0 && now < 0) || (before > 0 && now > 0);
    if (same_side && (now < 0 ? -now : now) <= left) entry.origin = replaced.origin;
}

// Why lines that were ready cannot be posted any more; none when they can.
Objection fault_of_ready(const World& world, const CompanyCode& company,
                         std::span<const PostedLine> lines, const Context& context) {
    for (const PostedLine& line : lines) {
        if (const Objection fault =
                fault_of_account(world, company, line.account, line.amount.currency, context))
            return fault;
        if (const Objection fault =
                fault_of_dimensions(world, company, line.account, line.dimensions))
            return fault;
        if (const Objection fault = fault_of_counterpart(world, company, line.counterpart))
            return fault;
    }
    return {};
}

}  // namespace

Objection fault_of_account(const World& world, const CompanyCode& company, const AccountCode& code,
                           Currency currency, const Context& context) {
    const Account* account = world.of<Accounts>().find({company, code});
    if (!account) return account_unknown.about(code);
    if (account->summary) return account_is_summary.about(code);
    if (account->blocked) return account_blocked.about(code);
    if (account->control && !context.by_flow) return account_is_control.about(code);
    if (account->currency && *account->currency != currency)
        return account_currency_differs.about(code, *account->currency);
    return {};
}

Objection fault_of_dimensions(const World& world, const CompanyCode& company,
                              const AccountCode& code,
                              const std::map<DimensionCode, DimensionValueCode>& dimensions) {
    const Account* account = world.of<Accounts>().find({company, code});
    for (const DimensionCode& required : account->required_dimensions)
        if (!dimensions.contains(required)) return dimension_missing.about(code, required);
    for (const auto& [dimension, value] : dimensions)
        if (const Objection fault = fault_of_value(world, company, dimension, value)) return fault;
    return {};
}

Objection fault_of_value(const World& world, const CompanyCode& company, const DimensionCode& code,
                         const DimensionValueCode& value) {
    const Dimension* dimension = world.of<Dimensions>().find({company, code});
    if (!dimension) return dimension_unknown.about(code);
    const DimensionValue* known = world.of<DimensionValues>().find({company, code, value});
    if (!known && dimension->values == ValueRule::listed)
        return dimension_value_unknown.about(code, value);
    if (known && known->blocked) return dimension_value_blocked.about(code, value);
    return {};
}

Objection find_place(const World& world, const CompanyCode& company, Date date,
                     const std::optional<std::int64_t>& period, const Context& context,
                     Placed& placed) {
    auto found = fiscal_day(world, company, date);
    if (!found) return date_outside_calendar.about(date);
    if (period) found = fiscal_period(world, company, date, *period);
    if (!found) return date_outside_period.about(date, "period " + std::to_string(*period));
    placed.date = date;
    if (Objection closed = closed_for(world, company, *found, context.actor)) {
        closed.add(to_text(date));
        if (policy_of(world, company).late_entries == LateEntries::refused) return closed;
        const auto next = next_open_day(world, company, date, context.actor);
        if (!next) return closed;
        found = fiscal_day(world, company, *next);
        placed.date = *next;
        placed.belongs_to = date;
    }
    placed.in = *found;
    return {};
}

Objection find_lines(const World& world, const CompanyCode& company, Currency base_currency,
                     Date date, std::span<const EntryLine> asked, const Context& context,
                     std::vector<PostedLine>& lines) {
    lines.reserve(asked.size());
    for (const EntryLine& line : asked) {
        Converted into;
        if (Objection fault = find_line(world, company, base_currency, date, line, context, into))
            return std::move(fault).at("lines", lines.size());
        lines.push_back({line.account, line.side, line.amount, into.base, line.text,
                         line.dimensions, into.rate, false, line.counterpart});
    }
    return {};
}

Objection find_attachments(std::span<const Attachment> asked, std::vector<Attachment>& files) {
    for (Attachment file : asked) {
        if (!to_small_hexadecimal(file.sha256)) return attachment_hash_malformed.about(file.name);
        if (std::ranges::find(files, file.sha256, &Attachment::sha256) != files.end())
            return attachment_exists.about(file.name);
        files.push_back(std::move(file));
    }
    return {};
}

bool on_control_account(const World& world, const CompanyCode& company, const Entry& entry) {
    return std::ranges::any_of(entry.lines, [&](const PostedLine& line) {
        return world.of<Accounts>().find({company, line.account})->control;
    });
}

Objection fault_of_balance(std::span<const PostedLine> lines) {
    Wide debits = 0;
    Wide credits = 0;
    for (const PostedLine& line : lines)
        (line.side == Side::debit ? debits : credits) += line.base.minor;
    if (debits > most_money || credits > most_money) return entry_too_large;
    if (debits != credits) {
        const auto sum = [&](std::string_view side, Wide minor) {
            const Money amount{static_cast<std::int64_t>(minor), lines.front().base.currency};
            return std::string(side) + ' ' + to_text(amount);
        };
        return entry_unbalanced.about(sum("debits", debits), sum("credits", credits));
    }
    return {};
}

Objection round_off(const World& world, const CompanyCode& company, Currency base_currency,
                    const Context& context, std::vector<PostedLine>& lines) {
    const LedgerPolicy& policy = policy_of(world, company);
    const bool uses_rates =
        std::ranges::any_of(lines, [](const PostedLine& line) { return line.rate.has_value(); });
    const Wide open = left_open(lines);
    const Wide distance = open < 0 ? -open : open;
    if (open == 0 || !uses_rates || distance > policy.rounding_tolerance) return {};
    PostedLine line{*policy.rounding_account,
                    open < 0 ? Side::debit : Side::credit,
                    Money{static_cast<std::int64_t>(distance), base_currency},
                    {},
                    {},
                    {}};
    line.base = line.amount;
    line.rounding = true;
    if (const Objection fault =
            fault_of_account(world, company, line.account, base_currency, context))
        return fault;
    if (const Objection fault = fault_of_dimensions(world, company, line.account, {})) return fault;
    lines.push_back(std::move(line));
    return {};
}

bool needs_approval(const World& world, const EntryPosted& entry) {
    const auto& above = policy_of(world, entry.company).four_eyes_above;
    if (!above) return false;
    Wide debits = 0, credits = 0;
    for (const PostedLine& line : entry.lines)
        (line.side == Side::debit ? debits : credits) += weight_of(world, entry, line);
    return std::max(debits, credits) > above->minor;
}

std::int64_t next_number(const World& world, const CompanyCode& company, const JournalCode& code,
                         const FiscalYearCode& year) {
    const Journal* journal = world.of<Journals>().find({company, code});
    ensure(journal != nullptr, "an entry's journal is there");
    const auto last = journal->last_numbers.find(year);
    return last == journal->last_numbers.end() ? 1 : last->second + 1;
}

std::vector<PostedLine> taken_back(const World& world, const CompanyCode& company,
                                   std::vector<PostedLine> lines) {
    const bool storno = policy_of(world, company).reversals == ReversalStyle::storno;
    for (PostedLine& line : lines) {
        if (storno) {
            line.amount = -line.amount;
            line.base = -line.base;
        } else {
            line.side = other(line.side);
        }
    }
    return lines;
}

EntryPosted reversal_of(const World& world, const EntryKey& of, const Entry& entry,
                        const EntryId& as, const Placed& placed, const std::string& text) {
    EntryPosted reversal{of.company,
                         as,
                         entry.journal,
                         placed.in.year,
                         next_number(world, of.company, entry.journal, placed.in.year),
                         placed.date,
                         text,
                         entry.document,
                         taken_back(world, of.company, entry.lines),
                         of.entry,
                         std::nullopt,
                         placed.in.period,
                         placed.belongs_to,
                         placed.in.adjustment,
                         entry.books,
                         entry.kind,
                         entry.origin};
    reversal.pairs = pairs_of(world, of.company, reversal.lines);
    return reversal;
}

std::vector<LinePair> pairs_of(const World& world, const CompanyCode& company,
                               std::span<const PostedLine> lines) {
    std::vector<LinePair> pairs;
    if (!policy_of(world, company).pairs_lines) return pairs;
    // What is left of the first line of each side that has not found all of its other side.
    struct Rest {
        Side side;
        std::size_t line = 0;
        std::int64_t left = 0;
    };
    Rest debit{Side::debit}, credit{Side::credit};
    const auto fill = [&](Rest& rest) {
        while (rest.left == 0 && rest.line < lines.size()) {
            const PostedLine& line = lines[rest.line++];
            if (line.side == rest.side) rest.left = line.base.minor;
        }
        return rest.left != 0;
    };
    while (fill(debit) && fill(credit)) {
        // In a storno both are below zero.
        const std::int64_t part =
            debit.left < 0 ? std::max(debit.left, credit.left) : std::min(debit.left, credit.left);
        pairs.push_back({static_cast<std::int64_t>(debit.line),
                         static_cast<std::int64_t>(credit.line),
                         {part, lines[debit.line - 1].base.currency}});
        debit.left -= part;
        credit.left -= part;
    }
    return pairs;
}

Objection make_entry(const World& world, const PostEntry& post, const Context& context,
                     EntryPosted& entry) {
    return make_entry(world, post, context, {}, entry);
}

Objection make_entry(const World& world, const PostEntry& post, const Context& context,
                     std::vector<PostedLine> lines, EntryPosted& entry) {
    const auto* company = world.of<companies::Companies>().find(post.company);
    if (!company) return companies::company_unknown.about(post.company);
    if (world.of<Entries>().find({post.company, post.entry})) return entry_exists.about(post.entry);
    if (!world.of<Journals>().find({post.company, post.journal}))
        return journal_unknown.about(post.journal);
    if (Objection unknown = unknown_book(world, post.company, post.books)) return unknown;
    if (post.lines.size() < 2) return too_few_lines;
    if (post.lines.size() > most_lines) return too_many_lines;
    const Date date = post.date.value_or(context.today);
    Placed placed;
    if (const Objection fault = find_place(world, post.company, date, post.period, context, placed))
        return fault;
    if (post.document && world.of<Documents>().find({post.company, post.journal, *post.document}))
        return document_exists.about(*post.document);
    const Entry* replaced = nullptr;
    if (const Objection fault = find_replaced(world, post, replaced)) return fault;
    std::vector<Attachment> attachments;
    if (const Objection fault = find_attachments(post.attachments, attachments)) return fault;
    const Currency base_currency = company->base_currency;
    if (!lines.empty()) {
        if (const Objection fault = fault_of_ready(world, post.company, lines, context))
            return fault;
    } else {
        if (const Objection fault =
                find_lines(world, post.company, base_currency, date, post.lines, context, lines))
            return fault;
        if (const Objection fault = round_off(world, post.company, base_currency, context, lines))
            return fault;
    }
    if (const Objection fault = fault_of_balance(lines)) return fault;
    entry = EntryPosted{post.company,
                        post.entry,
                        post.journal,
                        placed.in.year,
                        next_number(world, post.company, post.journal, placed.in.year),
                        placed.date,
                        post.text,
                        post.document,
                        std::move(lines),
                        std::nullopt,
                        post.replaces,
                        placed.in.period,
                        placed.belongs_to,
                        placed.in.adjustment,
                        sorted_once(post.books)};
    if (replaced) inherit(world, *replaced, entry);
    entry.pairs = pairs_of(world, post.company, entry.lines);
    entry.attachments = std::move(attachments);
    return {};
}

}  // namespace kontor::ledger
