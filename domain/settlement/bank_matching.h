// How lines of bank statements are recognized: by our own ids, by numbers of documents, by the
// accounts of counterparties and what is open of them.
#pragma once

#include "domain/settlement/bank_statements.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace kontor::settlement {

// Recognizes the lines of one statement, one after the other: no item and no payment twice.
class BankMatching {
public:
    BankMatching(const World&, const CompanyCode&, const HouseBank&);

    // What a line is, and whether it settles that by the rules of the account; none where nobody
    // can tell.
    std::optional<RecognizedLine> recognize(const BankLineAsk&, bool& settles);

private:
    std::optional<RecognizedLine> by_own_payment(const BankLineAsk&) const;
    std::optional<RecognizedLine> by_document(const BankLineAsk&) const;
    std::optional<RecognizedLine> by_counterparty(const BankLineAsk&) const;
    std::optional<parties::CounterpartyCode> owner_of(const std::string& iban) const;
    // Whether the amount can be put against an item as it stands.
    bool settles_item(const BankLineAsk&, const OpenItemId&, ItemSide) const;

    const World& world_;
    const CompanyCode company_;
    const HouseBank& bank_;
    // Of legal entities; what persons are paid to is sealed, and they are known by documents.
    std::map<std::string, parties::CounterpartyCode> owners_;
    std::set<OpenItemId> used_;
};

// The words of a text that can be numbers of documents.
std::vector<std::string> document_words(const std::string& text);

}  // namespace kontor::settlement
