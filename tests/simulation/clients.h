// The clients of a simulated history: what they ask next, drawn from the dice and what they know.
#pragma once

#include "tests/simulation/books.h"
#include "tests/support/dice.h"

#include <string>
#include <vector>

namespace kontor::simulation {

class Clients {
public:
    explicit Clients(test::Dice& dice);

    // Companies with a few accounts each.
    std::vector<Request> opening();
    // A command that is always refused, and recorded under its id.
    Request refused();
    // What several clients ask at about the same time.
    std::vector<Request> burst(const Books& books);

    const std::vector<std::string>& companies() const { return companies_; }

private:
    Request from_anybody();
    Line fresh(const Books& books);
    Line named(Line line);
    Line repeat(const Books& books, Request& request);
    Request batch(const Books& books, Request request);
    Command command(const Books& books);
    ledger::PostEntry post(const std::string& company, const Books& books);
    Command reverse(const std::string& company, const Books& books);
    Command correct(const std::string& company, const Books& books);
    Command of_account(const std::string& company, const Books& books);
    Command of_period(const std::string& company, const Books& books);
    ledger::OpenAccount account(const std::string& company);
    std::vector<ledger::EntryLine> lines(const PaperCompany* books);
    Date day(const PaperCompany* books);
    ledger::EntryId known_entry(const PaperCompany* books);
    std::optional<std::string> document();
    ledger::EntryId new_entry();
    std::string any_company();
    std::string any_account(const PaperCompany* books);

    test::Dice& dice_;
    std::vector<std::string> companies_;
    std::uint64_t inputs_ = 0, ids_ = 0, entries_ = 0;
    struct Asked {
        std::string actor;
        Line line;
    };
    std::vector<Asked> asked_;  // under ids
};

}  // namespace kontor::simulation
