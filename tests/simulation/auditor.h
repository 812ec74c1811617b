// The auditor: holds answers, log and figures against books of its own.
//
// What was acknowledged must be there once; what was refused under an id stays refused, with the
// same answer; what had an unknown outcome may be there or not, but wholly. Whatever differs is
// thrown as a Difference.
#pragma once

#include "projections/projector.h"
#include "tests/simulation/books.h"
#include "tests/simulation/difference.h"
#include "tests/support/dice.h"

#include <map>
#include <string>
#include <vector>

namespace kontor::simulation {

struct AuditCounts {
    std::uint64_t commands = 0;  // lines of requests that were answered
    std::uint64_t repeats = 0;   // answered from the log
    std::uint64_t refusals = 0;  // of the business
    std::uint64_t others = 0;    // wrong versions, ids of other input, batches turned away
    std::uint64_t kept_unanswered = 0;
    std::uint64_t corners = 0;

    void add(const AuditCounts& more);
};

class Auditor {
public:
    const Books& books() const { return books_; }
    Position tail() const { return tail_; }
    const AuditCounts& counts() const { return counts_; }

    // A request that was answered; requests are told in the order in which they were decided.
    void answered(const Exchange& exchange);
    // What had no answer, in the order of decision, and the log as it came back. `tried` is what
    // was given to it: all octets by position, and where groups ended.
    void came_back(const EventLog& log, const std::vector<Request>& unanswered,
                   const std::map<Position, std::string>& tried,
                   const std::vector<Position>& ends_of_groups);
    // Every commit of the log: ids and positions as they were answered, octets as they were given.
    void check_log(const EventLog& log) const;
    // The figures of every company at a corner of the two times, or all there is.
    void check_figures(const Projector& projector, test::Dice& dice);
    void check_figures_at(const ReadView& view, const Corner& corner, std::size_t page);

private:
    struct Told {
        std::uint64_t input = 0;
        int status = 200;
        std::string code;
        Position position = 0;
        std::vector<DueEvent> events;
    };
    struct Due {
        bool commits = false;  // a commit is appended
        std::vector<Told> lines;
        bool replayed = false;
        Books after;  // where it commits
    };
    using Name = std::pair<std::string, std::string>;  // actor and id

    Due due(const Request& request) const;
    bool repeats(const Request& request, Due& due) const;
    void decide(const Request& request, Due& due) const;
    void take(const Request& request, Due due);
    void check_answer(const Request& request, const Due& due, std::size_t line,
                      const Answered& answer) const;
    bool is_of(const Request& request, const Due& due, const Commit& commit) const;
    void check_company(const ReadView& view, const std::string& code, const PaperCompany& company,
                       const Corner& corner, std::size_t page);
    void check_statement(const ReadView& view, const std::string& code, const std::string& account,
                         const PaperCompany& company, const Corner& corner, std::size_t page);
    void check_journal(const ReadView& view, const std::string& code, const std::string& journal,
                       const PaperCompany& company, const Corner& corner, std::size_t page);

    Books books_;
    Position tail_ = 0;
    Timestamp last_time_{};
    std::map<Name, Told> told_;
    std::map<Position, std::string> octets_;  // of every commit that is known to be there
    AuditCounts counts_;
};

}  // namespace kontor::simulation
