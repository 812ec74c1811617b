// Facts of every kind that can be true of stock, drawn from a seed: they can be told in any order
// in which what one names is told before it.
#pragma once

#include "tests/domain/inventory/stocked_company.h"
#include "tests/support/dice.h"

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kontor::inventory::stocked {

inline constexpr int last_day_of_facts = 27;

inline std::string date_of(std::int64_t day_of_january) {
    return to_text(day("2026-01-01") + static_cast<int>(day_of_january - 1));
}

// A fact, and those that must be known before it.
struct Fact {
    std::function<void(Books&)> tell;
    std::vector<std::size_t> after;
};

class Facts {
public:
    explicit Facts(std::uint64_t seed) : dice_(seed) {}

    std::vector<Fact> draw() {
        opening();
        const std::size_t many = 14 + dice_.below(12);
        for (std::size_t at = 0; at < many; ++at) one();
        return std::move(facts_);
    }

private:
    template <class Command>
    std::size_t tell(Command command, std::vector<std::size_t> after = {}) {
        facts_.push_back({[command](Books& books) { books.must(command); }, std::move(after)});
        return facts_.size() - 1;
    }
    std::string quantity(std::int64_t least, std::int64_t most) {
        return std::to_string(dice_.between(least, most));
    }
    Money money(std::int64_t most_cents) {
        return {dice_.between(1, most_cents), test::currency("EUR")};
    }
    std::string any_day() { return date_of(dice_.between(2, last_day_of_facts)); }
    const char* place() { return dice_.one_in(3) ? "SHOP" : "MAIN"; }

    // First of all days, so that all that comes back or is found has a cost.
    void opening() {
        ReceiveStock first = receive(next_++, "2026-01-01", "5", "50.00");
        first.lines[0].cost = money(90'00);
        tell(first);
    }
    void one() {
        switch (dice_.below(8)) {
            case 0:
            case 1: return received();
            case 2:
            case 3: return issued();
            case 4: return counted();
            case 5: return came_back();
            case 6: return dice_.one_in(2) ? went_back() : landed();
            default: return dice_.one_in(2) ? standards() : corrected();
        }
    }
    void received() {
        const std::int64_t pieces = dice_.between(4, 12);
        ReceiveStock command = receive(next_, any_day(), std::to_string(pieces), "1.00");
        command.lines[0].cost = money(200'00);
        command.lines[0].warehouse = {place()};
        receipts_.push_back({next_++, *command.date, pieces - 1, tell(command)});
    }
    void issued() {
        const std::int64_t pieces = dice_.between(1, 9);
        IssueStock command = issue(next_, any_day(), std::to_string(pieces));
        command.lines[0].warehouse = {place()};
        if (dice_.one_in(2)) command.customer = parties::PartyCode{dice_.one_in(2) ? "ANN" : "BEN"};
        if (dice_.one_in(3)) command.counterpart = ledger::AccountCode{"5100"};
        issues_.push_back({next_++, *command.date, pieces, tell(command)});
    }
    void counted() {
        CountStock command = count(next_++, any_day(), quantity(0, 15));
        command.lines[0].warehouse = {place()};
        command.counterpart = ledger::AccountCode{"5200"};
        tell(command);
    }
    struct Came {
        std::uint64_t document;
        Date date;
        std::int64_t left;
        std::size_t fact;
    };
    void came_back() {
        TakeBackStock command = take_back(next_, any_day(), "1");
        command.lines[0].warehouse = {place()};
        if (dice_.one_in(2) && !issues_.empty()) {
            Came& of = issues_[dice_.below(issues_.size())];
            if (of.left == 0) return;
            const std::int64_t pieces = dice_.between(1, of.left);
            of.left -= pieces;
            command.lines[0].quantity = pcs(std::to_string(pieces));
            command.lines[0].issue = line_of(of.document);
            command.date = of.date + static_cast<int>(dice_.below(5));
            ++next_;
            tell(command, {of.fact});
            return;
        }
        command.lines[0].quantity = pcs(quantity(1, 6));
        command.customer = parties::PartyCode{dice_.one_in(2) ? "ANN" : "BEN"};
        ++next_;
        tell(command);
    }
    void went_back() {
        if (receipts_.empty()) return;
        Came& of = receipts_[dice_.below(receipts_.size())];
        if (of.left == 0) return;
        const std::int64_t pieces = dice_.between(1, of.left);
        of.left -= pieces;
        tell(send_back(next_++, to_text(of.date + static_cast<int>(dice_.below(9))), of.document,
                       std::to_string(pieces)),
             {of.fact});
    }
    void landed() {
        if (receipts_.size() < 2) return;
        const std::size_t first = dice_.below(receipts_.size() - 1);
        const Came &one = receipts_[first], &other = receipts_[first + 1];
        AddLandedCost command = land(next_++, static_cast<LandedBasis>(dice_.below(2)), "1.00",
                                     {line_of(one.document), line_of(other.document)});
        if (dice_.one_in(3)) command.basis = LandedBasis::value;
        command.amount = money(50'00);
        tell(command, {one.fact, other.fact});
    }
    void standards() {
        SetStandardCost command = standard(any_day(), "1.00");
        if (!set_.insert(*command.from).second) return;
        command.cost = money(30'00);
        tell(command);
    }
    void corrected() {
        if (receipts_.empty()) return;
        const Came& of = receipts_[dice_.below(receipts_.size())];
        if (!corrected_.insert(of.document).second) return;
        CorrectStockLine command = correct_cost(of.document, "1.00");
        command.cost = money(200'00);
        facts_.push_back({[command](Books& books) {
                              // It may be what was drawn before.
                              books.tries(Message::of(command));
                          },
                          {of.fact}});
    }

    test::Dice dice_;
    std::vector<Fact> facts_;
    std::vector<Came> receipts_, issues_;
    std::set<Date> set_;
    std::set<std::uint64_t> corrected_;
    std::uint64_t next_ = 1;
};

inline void prepare(Books& books) {
    SetStockAccounts set{acme, {}, Books::accounts(), {"GEN"}};
    set.accounts.variance = {"5300"};
    books.must(set);
    books.must(customer("ANN"));
    books.must(customer("BEN"));
    books.must(OpenWarehouse{acme, {"SHOP"}, "Shop"});
    books.must(SetNegativeStock{acme, {}, NegativeStock::provisional});
}

}  // namespace kontor::inventory::stocked
