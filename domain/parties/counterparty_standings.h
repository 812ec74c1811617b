// Whether the company deals with a legal entity: refused, former, taken back, each with the reason.
#pragma once

#include "domain/parties/counterparty.h"

namespace kontor {
class Part;
}

namespace kontor::parties {

struct CounterpartyRefused {
    CompanyCode company;
    CounterpartyCode counterparty;
    std::string reason;
    Date since;

    bool operator==(const CounterpartyRefused&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyRefused", "The company will not deal with a counterparty.")
            .company(&CounterpartyRefused::company)
            .stream(&CounterpartyRefused::counterparty)
            .on(&CounterpartyRefused::since)
            .field("company", &CounterpartyRefused::company, "Whose counterparty.")
            .field("counterparty", &CounterpartyRefused::counterparty, "The counterparty.")
            .field("reason", &CounterpartyRefused::reason, "Why.")
            .field("since", &CounterpartyRefused::since, "The first day.");
    }
};

struct CounterpartyRetired {
    CompanyCode company;
    CounterpartyCode counterparty;
    std::string reason;
    Date since;

    bool operator==(const CounterpartyRetired&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyRetired", "A counterparty is a former one.")
            .company(&CounterpartyRetired::company)
            .stream(&CounterpartyRetired::counterparty)
            .on(&CounterpartyRetired::since)
            .field("company", &CounterpartyRetired::company, "Whose counterparty.")
            .field("counterparty", &CounterpartyRetired::counterparty, "The counterparty.")
            .field("reason", &CounterpartyRetired::reason, "Why.")
            .field("since", &CounterpartyRetired::since, "The first day.");
    }
};

struct CounterpartyReinstated {
    CompanyCode company;
    CounterpartyCode counterparty;
    std::string reason;
    Date since;

    bool operator==(const CounterpartyReinstated&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyReinstated", "The company deals with a counterparty again.")
            .company(&CounterpartyReinstated::company)
            .stream(&CounterpartyReinstated::counterparty)
            .on(&CounterpartyReinstated::since)
            .field("company", &CounterpartyReinstated::company, "Whose counterparty.")
            .field("counterparty", &CounterpartyReinstated::counterparty, "The counterparty.")
            .field("reason", &CounterpartyReinstated::reason, "Why.")
            .field("since", &CounterpartyReinstated::since, "The first day.");
    }
};

struct RefuseCounterparty {
    CompanyCode company;
    CounterpartyCode counterparty;
    std::string reason;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record(
                "RefuseCounterparty",
                "Puts a counterparty on the black list: no new document names it from that day on. "
                "It stays with all that was, and with the reason.")
            .company(&RefuseCounterparty::company)
            .stream(&RefuseCounterparty::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "reason":
                "Three bills unpaid"})")
            .field("company", &RefuseCounterparty::company, "Whose counterparty.")
            .field("counterparty", &RefuseCounterparty::counterparty, "A counterparty.")
            .field("reason", &RefuseCounterparty::reason,
                   "Why; whoever meets the refusal reads it.")
            .shortest(1)
            .longest(500)
            .field("since", &RefuseCounterparty::since, "The first day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, standing_unchanged,
                     standing_changed_later);
    }
};

struct RetireCounterparty {
    CompanyCode company;
    CounterpartyCode counterparty;
    std::string reason;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record("RetireCounterparty",
                    "Makes a counterparty a former one, such as a company struck off. It stays "
                    "with all that was; no new document names it from that day on.")
            .company(&RetireCounterparty::company)
            .stream(&RetireCounterparty::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "reason":
                "Struck off the register"})")
            .field("company", &RetireCounterparty::company, "Whose counterparty.")
            .field("counterparty", &RetireCounterparty::counterparty, "A counterparty.")
            .field("reason", &RetireCounterparty::reason, "Why.")
            .shortest(1)
            .longest(500)
            .field("since", &RetireCounterparty::since, "The first day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, standing_unchanged,
                     standing_changed_later);
    }
};

struct ReinstateCounterparty {
    CompanyCode company;
    CounterpartyCode counterparty;
    std::string reason;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record("ReinstateCounterparty",
                    "Deals again with a counterparty that was refused or is a former one.")
            .company(&ReinstateCounterparty::company)
            .stream(&ReinstateCounterparty::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "reason":
                "Paid what it owed"})")
            .field("company", &ReinstateCounterparty::company, "Whose counterparty.")
            .field("counterparty", &ReinstateCounterparty::counterparty,
                   "A counterparty that is refused or a former one.")
            .field("reason", &ReinstateCounterparty::reason, "Why.")
            .shortest(1)
            .longest(500)
            .field("since", &ReinstateCounterparty::since, "The first day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, standing_unchanged,
                     standing_changed_later);
    }
};

Decision<CounterpartyRefused> decide(const World&, const RefuseCounterparty&, const Context&);
Decision<CounterpartyRetired> decide(const World&, const RetireCounterparty&, const Context&);
Decision<CounterpartyReinstated> decide(const World&, const ReinstateCounterparty&, const Context&);
void evolve(Counterparties&, const CounterpartyRefused&);
void evolve(Counterparties&, const CounterpartyRetired&);
void evolve(Counterparties&, const CounterpartyReinstated&);

Part counterparty_standings();

}  // namespace kontor::parties
