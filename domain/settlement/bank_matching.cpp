// The rules in their order, and what makes a find too weak to settle anything by itself.
#include "domain/settlement/bank_matching.h"

#include "domain/parties/bank_accounts.h"
#include "domain/parties/check_digits.h"
#include "domain/parties/dealings.h"
#include "domain/settlement/bank_lines.h"

#include <algorithm>

namespace kontor::settlement {

namespace {

// A payment's id without its hyphens, as payment files name it: 35 characters are all there are.
std::optional<OpenItemId> payment_named(const std::string& end_to_end) {
    std::string text = end_to_end;
    if (text.size() != 32) return std::nullopt;
    for (const std::size_t at : {8u, 13u, 18u, 23u}) text.insert(at, 1, '-');
    const std::optional<Uuid> uuid = uuid_from(text);
    if (!uuid) return std::nullopt;
    return OpenItemId{*uuid};
}

ItemSide side_of(PaymentWay way) {
    return way == PaymentWay::received ? ItemSide::receivable : ItemSide::payable;
}

// So short a number stands in many texts by chance.
constexpr std::size_t shortest_number = 4;

}  // namespace

std::vector<std::string> document_words(const std::string& text) {
    constexpr std::string_view between = " \t\r\n,;:()";
    constexpr std::string_view around = ".-/#'\"+";
    std::vector<std::string> words;
    for (std::size_t at = 0; (at = text.find_first_not_of(between, at)) != std::string::npos;) {
        std::size_t end = text.find_first_of(between, at);
        if (end == std::string::npos) end = text.size();
        const std::string word = text.substr(at, end - at);
        const std::size_t first = word.find_first_not_of(around);
        if (first != std::string::npos)
            words.push_back(word.substr(first, word.find_last_not_of(around) - first + 1));
        at = end;
    }
    return words;
}

BankMatching::BankMatching(const World& world, const CompanyCode& company, const HouseBank& bank)
    : world_(world), company_(company), bank_(bank) {
    for (const auto& [key, account] : world.of<parties::BankAccounts>().from({company, {}, {}})) {
        if (key.company != company) break;
        if (account.details.iban.empty() || account.term.until) continue;
        const auto whose = parties::resolved(world, company, key.counterparty);
        const auto [place, added] = owners_.emplace(account.details.iban, whose);
        // An account of two firms is nobody's proof.
        if (!added && place->second != whose) place->second = {};
    }
}

std::optional<parties::CounterpartyCode> BankMatching::owner_of(const std::string& iban) const {
    const auto found = owners_.find(parties::compacted(iban));
    if (found == owners_.end() || found->second.text.empty()) return std::nullopt;
    return found->second;
}

bool BankMatching::settles_item(const BankLineAsk& ask, const OpenItemId& id, ItemSide side) const {
    const KeptItem* item = world_.of<OpenItems>().find({company_, id});
    if (!item || item->side != side || item->reversed || used_.contains(id)) return false;
    const ledger::Side owed =
        ask.way == PaymentWay::received ? ledger::Side::debit : ledger::Side::credit;
    if (item->direction != owed || item->blocked || ask.date < item->date) return false;
    if (item->amount.currency != ask.amount.currency) return false;
    Wide room = 0;
    for (std::size_t at = 1; at <= item->instalments.size(); ++at)
        room += room_on(*item, static_cast<std::int64_t>(at), ask.date).minor;
    return room > 0;
}

std::optional<RecognizedLine> BankMatching::by_own_payment(const BankLineAsk& ask) const {
    if (!ask.end_to_end) return std::nullopt;
    const auto id = payment_named(*ask.end_to_end);
    if (!id || used_.contains(*id)) return std::nullopt;
    const KeptItem* payment = world_.of<OpenItems>().find({company_, *id});
    if (!payment || !is_payment_like(*payment, ask.way, ask.amount)) return std::nullopt;
    if (world_.of<ClearedPayments>().find({company_, *id})) return std::nullopt;
    RecognizedLine found;
    found.by = BankMatch::own_payment;
    found.payment = *id;
    found.counterparty = payment->counterparty;
    found.side = payment->side;
    return found;
}

std::optional<RecognizedLine> BankMatching::by_document(const BankLineAsk& ask) const {
    const ItemSide side = side_of(ask.way);
    const auto owner = owner_of(ask.iban);
    // A supplier numbers as it likes: its number says something beside its account only.
    if (side == ItemSide::payable && !owner) return std::nullopt;
    RecognizedLine found;
    found.by = BankMatch::document;
    found.side = side;
    for (const std::string& word : document_words(ask.words)) {
        const ItemDocument* document = world_.of<ItemDocuments>().find(
            {company_, side, ItemKind::invoice,
             side == ItemSide::payable ? *owner : parties::CounterpartyCode{}, word});
        if (!document || !settles_item(ask, document->item, side)) continue;
        const KeptItem& item = *world_.of<OpenItems>().find({company_, document->item});
        const auto whose = parties::resolved(world_, company_, item.counterparty);
        const bool sure = word.size() >= shortest_number || item.open() == ask.amount ||
                          (owner && *owner == whose);
        if (!sure || (found.counterparty && *found.counterparty != whose)) continue;
        if (std::ranges::find(found.items, document->item) != found.items.end()) continue;
        found.counterparty = whose;
        found.items.push_back(document->item);
    }
    if (found.items.empty()) return std::nullopt;
    return found;
}

std::optional<RecognizedLine> BankMatching::by_counterparty(const BankLineAsk& ask) const {
    const auto owner = owner_of(ask.iban);
    if (!owner) return std::nullopt;
    RecognizedLine found;
    found.by = BankMatch::counterparty;
    found.counterparty = owner;
    found.side = side_of(ask.way);
    std::vector<OpenItemId> alike;
    world_.of<DueInstalments>().each_from(
        {company_, *found.side, *owner, first_date, {}, 0},
        [&](const DueKey& key, const DueAmount& due) {
            if (key.company != company_ || key.side != *found.side || key.counterparty != *owner)
                return false;
            const bool fits = due.open == ask.amount && settles_item(ask, key.item, *found.side);
            if (fits) alike.push_back(key.item);
            return true;
        });
    if (alike.size() == 1) {
        found.by = BankMatch::open_amount;
        found.items = alike;
    }
    return found;
}

std::optional<RecognizedLine> BankMatching::recognize(const BankLineAsk& ask, bool& settles) {
    settles = false;
    std::optional<RecognizedLine> found = by_own_payment(ask);
    if (!found) found = by_document(ask);
    if (!found) found = by_counterparty(ask);
    if (!found) return found;
    settles = bank_.settles(found->by);
    // Somebody else than who owes it pays: a person looks at that.
    if (const auto owner = owner_of(ask.iban); owner && *owner != *found->counterparty)
        settles = false;
    if (settles) {
        if (found->payment) used_.insert(*found->payment);
        used_.insert(found->items.begin(), found->items.end());
    }
    return found;
}

}  // namespace kontor::settlement
