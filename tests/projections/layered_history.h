// A random history of entries with dimensions, in two books, with adjustments of the year's last
// day and entries that close it, remembered line by line so that a test can sum it plainly.
#pragma once

#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/ledger_totals.h"
#include "tests/projections/reading.h"
#include "tests/support/dice.h"

#include <catch2/catch.hpp>

namespace kontor::test {

struct LayeredHistory {
    // The year 2025 has two months and an adjustment period, the third, on its last day.
    static constexpr int ordinary_periods = 2;
    static Date first_day() { return day("2025-01-01"); }
    static Date last_day() { return day("2025-02-28"); }
    static Date end_of(std::int64_t period) { return period == 1 ? day("2025-01-31") : last_day(); }
    static Money eur(Wide minor) { return {static_cast<std::int64_t>(minor), currency("EUR")}; }

    struct Line {
        EventRef event;
        ledger::EntryPosted posted;
        ledger::PostedLine line;
        Wide net() const {
            return line.side == ledger::Side::debit ? line.base.minor : -line.base.minor;
        }
        std::string value(const std::string& dimension) const {
            const auto found = line.dimensions.find({dimension});
            return found == line.dimensions.end() ? "" : found->second.text;
        }
    };

    explicit LayeredHistory(std::uint64_t seed, int length) : dice(seed) {
        const auto happened = [&](const auto& event) { books.happened(event, first_day()); };
        happened(companies::CompanyCreated{acme, "Acme", currency("EUR"), "UTC", 1, 2025,
                                           companies::Chart::none});
        happened(ledger::JournalOpened{acme, {"GEN"}, "General"});
        happened(ledger::JournalOpened{acme, {"SAL"}, "Sales"});
        happened(ledger::BookOpened{acme, {"IFRS"}, "IFRS", true});
        happened(ledger::BookOpened{acme, {"LOCAL"}, "Local", false});
        ledger::FiscalYearOpened year{acme, {"2025"}, first_day(), ordinary_periods};
        year.adjustment_periods = 1;
        happened(year);
        for (const char* dimension : {"country", "customer", "project"})
            happened(
                ledger::DimensionDefined{acme, {dimension}, dimension, ledger::ValueRule::any});
        open("H", {}, ledger::AccountKind::asset, true);
        for (const auto& [code, kind] : accounts())
            open(code, code == "A0" || code == "A1" ? "H" : "", kind, false);
        known_from = books.position();
        for (int number = 1; number <= length; ++number) post(number);
    }
    // A0 and A1 stand below the heading H.
    static const std::map<std::string, ledger::AccountKind>& accounts() {
        using enum ledger::AccountKind;
        static const std::map<std::string, ledger::AccountKind> all{
            {"A0", asset},  {"A1", asset},  {"L0", liability}, {"Q0", equity},
            {"Q1", equity}, {"Q2", equity}, {"I0", income},    {"X0", expense}};
        return all;
    }
    void open(const std::string& code, const std::string& parent, ledger::AccountKind kind,
              bool summary) {
        ledger::AccountOpened opened;
        opened.company = acme;
        opened.account = {code};
        opened.name = "Account " + code;
        opened.kind = kind;
        opened.summary = summary;
        if (!parent.empty()) opened.parent = ledger::AccountCode{parent};
        books.happened(opened, first_day());
    }
    void post(int number) {
        ledger::EntryPosted posted;
        posted.company = acme;
        posted.entry = nth<ledger::EntryId>(static_cast<std::uint64_t>(number));
        posted.journal = {dice.one_in(3) ? "SAL" : "GEN"};
        posted.number = number;
        posted.date = first_day() + static_cast<int>(dice.between(-20, 58));
        posted.fiscal_year = {posted.date < first_day() ? "2024" : "2025"};
        posted.text = "Entry " + std::to_string(number);
        if (dice.one_in(6)) posted.document = "D-" + std::to_string(dice.below(20));
        if (dice.one_in(4)) posted.books = {{dice.one_in(2) ? "IFRS" : "LOCAL"}};
        if (dice.one_in(6)) {
            posted.date = last_day();
            posted.fiscal_year = {"2025"};
            posted.adjustment = 1;
        }
        if (dice.one_in(6)) posted.kind = ledger::EntryKind::closing;
        Wide open = 0;
        for (std::uint64_t left = dice.below(4) + 1; left > 0; --left) {
            const std::int64_t minor = dice.between(1, 10'000);
            const bool debit = dice.one_in(2);
            open += debit ? minor : -minor;
            posted.lines.push_back(line(debit ? ledger::Side::debit : ledger::Side::credit, minor));
        }
        if (open == 0) {
            posted.lines.push_back(line(ledger::Side::debit, 1));
            open = 1;
        }
        posted.lines.push_back(line(open > 0 ? ledger::Side::credit : ledger::Side::debit,
                                    static_cast<std::int64_t>(open > 0 ? open : -open)));
        const bool beside = dice.one_in(5);
        const EventRef event = books.happened(
            posted, posted.date,
            beside ? Reading::In::the_last_commit : Reading::In::a_commit_of_its_own);
        for (const ledger::PostedLine& each : posted.lines) lines.push_back({event, posted, each});
        entries.emplace_back(event, posted);
    }
    ledger::PostedLine line(ledger::Side side, std::int64_t minor) {
        auto account = accounts().begin();
        std::advance(account, dice.below(accounts().size()));
        ledger::PostedLine line{{account->first}, side, eur(minor), eur(minor), {}, {}};
        for (const char* dimension : {"country", "customer", "project"})
            if (dice.one_in(3)) line.dimensions[{dimension}] = {std::to_string(dice.below(3))};
        return line;
    }
    Corner corner() {
        Corner corner;
        if (!dice.one_in(3))
            corner.valid_at = first_day() + static_cast<int>(dice.between(-21, 60));
        if (dice.one_in(2))
            corner.known_at = known_from + dice.below(books.position() - known_from + 1);
        return corner;
    }
    ledger::DimensionFilter filter() {
        ledger::DimensionFilter filter;
        for (const char* dimension : {"country", "customer", "project"})
            if (dice.one_in(4)) filter[{dimension}] = {std::to_string(dice.below(3))};
        return filter;
    }
    // What a question asks for beside its own fields.
    template <class Query>
    void draw_scope(Query& query) {
        query.dimensions = filter();
        if (dice.one_in(3)) query.book = ledger::BookCode{dice.one_in(2) ? "LOCAL" : "IFRS"};
        if (dice.one_in(3)) query.closing_entries = ledger::ClosingEntries::excluded;
    }
    template <class Query>
    bool shows(const Query& query, const ledger::EntryPosted& posted, const EventRef& event,
               const Corner& corner, std::optional<std::int64_t> through_period) const {
        if (event.position > corner.known_at) return false;
        if (corner.valid_at && posted.date > *corner.valid_at) return false;
        const ledger::BookCode book = query.book.value_or(ledger::BookCode{"IFRS"});
        if (!posted.books.empty() && posted.books[0] != book) return false;
        if (query.closing_entries == ledger::ClosingEntries::excluded &&
            posted.kind == ledger::EntryKind::closing)
            return false;
        if (!through_period) return true;
        // A corner before the period's end asks for the day, adjustments and all.
        return posted.date <= end_of(*through_period) &&
               (posted.adjustment == 0 || *through_period > ordinary_periods ||
                posted.date < end_of(*through_period));
    }
    template <class Query>
    std::vector<const Line*> shown(const Query& query, const Corner& corner,
                                   std::optional<std::int64_t> through_period) const {
        std::vector<const Line*> shown;
        for (const Line& line : lines) {
            if (!shows(query, line.posted, line.event, corner, through_period)) continue;
            bool carries = true;
            for (const auto& [dimension, value] : query.dimensions)
                carries = carries && line.value(dimension.text) == value.text;
            if (carries) shown.push_back(&line);
        }
        return shown;
    }

    const CompanyCode acme{"ACME"};
    Dice dice;
    Reading books;
    std::uint64_t known_from = 0;
    std::vector<Line> lines;
    std::vector<std::pair<EventRef, ledger::EntryPosted>> entries;
};

}  // namespace kontor::test
