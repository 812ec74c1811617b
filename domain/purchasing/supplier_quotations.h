// Requests for quotation to several suppliers, what they quote, and whom the company awards.
#pragma once

#include "domain/core/exact_rate.h"
#include "domain/parties/dealings.h"
#include "domain/purchasing/requisitions.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kontor::purchasing {

struct QuotationRequestThing {
    static constexpr Thing thing{"quotation_request", {}};
};
using QuotationRequestId = Id<QuotationRequestThing>;

struct SupplierQuotationThing {
    static constexpr Thing thing{"supplier_quotation", {}};
};
using SupplierQuotationId = Id<SupplierQuotationThing>;

inline constexpr Reason quotation_request_exists{
    Refusal::conflict, "quotation_request_exists",
    "The company has a request for quotation with this id already."};
inline constexpr Reason quotation_request_unknown{
    Refusal::missing, "quotation_request_unknown",
    "The company has no request for quotation with this id."};
inline constexpr Reason quotation_request_awarded{
    Refusal::conflict, "quotation_request_awarded",
    "The request is awarded; nothing more is quoted or awarded by it."};
inline constexpr Reason supplier_quotation_exists{
    Refusal::conflict, "supplier_quotation_exists",
    "The company has a quotation of a supplier with this id already."};
inline constexpr Reason supplier_quotation_unknown{
    Refusal::missing, "supplier_quotation_unknown",
    "The company has no quotation of a supplier with this id."};
inline constexpr Reason quotation_line_unknown{
    Refusal::missing, "quotation_line_unknown",
    "The request has no line with this number, or the quotation does not answer it."};
inline constexpr Reason quotation_line_twice{Refusal::invalid, "quotation_line_twice",
                                             "A line of the request is named twice."};
inline constexpr Reason quotation_ends_before{
    Refusal::invalid, "quotation_ends_before",
    "The quotation would end before the day on which it was made."};
inline constexpr Reason quoted_price_unfit{
    Refusal::invalid, "quoted_price_unfit",
    "A quotation is in one currency, its freight too, and no price is below zero."};
inline constexpr Reason quoted_too_large{
    Refusal::invalid, "quoted_too_large",
    "What is requested would come to more than any amount at this price."};
inline constexpr Reason minimum_of_other_unit{
    Refusal::invalid, "minimum_of_other_unit",
    "The smallest quantity is told in the unit that was requested, as the price is."};
inline constexpr Reason quotation_of_other_request{Refusal::invalid, "quotation_of_other_request",
                                                   "The quotation answers another request."};
inline constexpr Reason quotation_expired{Refusal::conflict, "quotation_expired",
                                          "The quotation has ended; ask the supplier anew."};
inline constexpr Reason quotation_minimum_missed{
    Refusal::conflict, "quotation_minimum_missed",
    "The supplier quotes for a larger quantity than this one."};
inline constexpr Reason quotation_rate_unknown{
    Refusal::missing, "quotation_rate_unknown",
    "Quotations are compared in the base currency, and no rate of the day is known for one."};
inline constexpr Reason award_not_best{
    Refusal::conflict, "award_not_best",
    "Another quotation that holds costs less, freight included; say the reason for this one."};

struct LineToQuote {
    items::ItemCode item;
    Quantity quantity;
    std::optional<Date> needed_by;
    std::optional<RequisitionLineRef> requisition;

    bool operator==(const LineToQuote&) const = default;
    static void describe(auto& line) {
        line.record("LineToQuote", "Something that suppliers are to quote.")
            .field("item", &LineToQuote::item, "An item that can be bought.")
            .field("quantity", &LineToQuote::quantity,
                   "Above zero, in any unit of the item; prices are for one of this unit.")
            .field("needed_by", &LineToQuote::needed_by, "When. Absent: no day is said.")
            .field("requisition", &LineToQuote::requisition, "The requisition that it is for.");
    }
};

struct QuotedLine {
    std::int64_t line = 1;
    UnitPrice price;
    std::int64_t lead_time_days = 0;
    std::optional<Quantity> minimum;

    bool operator==(const QuotedLine&) const = default;
    static void describe(auto& line) {
        line.record("QuotedLine", "What a supplier quotes for a line of a request.")
            .field("line", &QuotedLine::line, "Number of the line of the request, from 1.")
            .least(1)
            .field("price", &QuotedLine::price,
                   "Of one of the unit that was requested, without tax.")
            .field("lead_time_days", &QuotedLine::lead_time_days,
                   "Days from the order until it comes.")
            .otherwise(std::int64_t{0})
            .least(0)
            .most(3'660)
            .field("minimum", &QuotedLine::minimum,
                   "The smallest quantity at this price. Absent: any.")
            .least(0);
    }
};

struct Award {
    std::int64_t line = 1;
    SupplierQuotationId quotation;

    bool operator==(const Award&) const = default;
    static void describe(auto& record) {
        record.record("Award", "Who is awarded a line of a request.")
            .field("line", &Award::line, "Number of the line of the request, from 1.")
            .least(1)
            .field("quotation", &Award::quotation, "A quotation that answers it.");
    }
};

// An award with what it was compared with on its day.
struct ComparedAward {
    std::int64_t line = 1;
    SupplierQuotationId quotation;
    Money landed;
    SupplierQuotationId best;
    Money best_landed;

    bool operator==(const ComparedAward&) const = default;
    static void describe(auto& record) {
        record.record("ComparedAward", "An award, with the best quotation of its day.")
            .field("line", &ComparedAward::line, "Number of the line of the request.")
            .field("quotation", &ComparedAward::quotation, "The quotation that is awarded.")
            .field("landed", &ComparedAward::landed,
                   "What the line costs by it with its share of freight, in base currency.")
            .field("best", &ComparedAward::best, "The quotation by which it costs least.")
            .field("best_landed", &ComparedAward::best_landed, "What it costs by that.");
    }
};

struct QuotationsRequested {
    CompanyCode company;
    QuotationRequestId request;
    std::vector<LineToQuote> lines;
    std::vector<parties::PartyCode> suppliers;
    std::optional<Date> answer_by;
    std::string text;

    bool operator==(const QuotationsRequested&) const = default;
    static void describe(auto& event) {
        event.record("QuotationsRequested", "Suppliers are asked for their prices.")
            .company(&QuotationsRequested::company)
            .stream(&QuotationsRequested::request)
            .on_recorded_day()
            .field("company", &QuotationsRequested::company, "Who asks.")
            .field("request", &QuotationsRequested::request, "The request.")
            .field("lines", &QuotationsRequested::lines, "What is to be quoted.")
            .field("suppliers", &QuotationsRequested::suppliers, "Who is asked, sorted.")
            .field("answer_by", &QuotationsRequested::answer_by, "Until when.")
            .field("text", &QuotationsRequested::text, "What they are told.");
    }
};

struct SupplierQuoted {
    CompanyCode company;
    SupplierQuotationId quotation;
    QuotationRequestId request;
    parties::PartyCode supplier;
    Date date;
    std::optional<Date> valid_until;
    std::vector<QuotedLine> lines;
    std::optional<Money> freight;
    std::string reference;

    bool operator==(const SupplierQuoted&) const = default;
    static void describe(auto& event) {
        event.record("SupplierQuoted", "A supplier has said its prices.")
            .company(&SupplierQuoted::company)
            .stream(&SupplierQuoted::quotation)
            .on(&SupplierQuoted::date)
            .field("company", &SupplierQuoted::company, "Who asked.")
            .field("quotation", &SupplierQuoted::quotation, "The quotation.")
            .field("request", &SupplierQuoted::request, "The request that it answers.")
            .field("supplier", &SupplierQuoted::supplier, "Who quotes.")
            .field("date", &SupplierQuoted::date, "Its day.")
            .field("valid_until", &SupplierQuoted::valid_until, "The last day that it holds.")
            .field("lines", &SupplierQuoted::lines, "The prices.")
            .field("freight", &SupplierQuoted::freight, "What carriage of all of it costs.")
            .field("reference", &SupplierQuoted::reference, "The supplier's own number of it.");
    }
};

struct QuotationsAwarded {
    CompanyCode company;
    QuotationRequestId request;
    std::vector<ComparedAward> awards;
    std::string reason;

    bool operator==(const QuotationsAwarded&) const = default;
    static void describe(auto& event) {
        event.record("QuotationsAwarded", "It is said who gets which line of a request.")
            .company(&QuotationsAwarded::company)
            .stream(&QuotationsAwarded::request)
            .on_recorded_day()
            .field("company", &QuotationsAwarded::company, "Who awards.")
            .field("request", &QuotationsAwarded::request, "The request.")
            .field("awards", &QuotationsAwarded::awards, "Who gets what.")
            .field("reason", &QuotationsAwarded::reason, "Why, where it is not the best.");
    }
};

struct RequestQuotations {
    CompanyCode company;
    QuotationRequestId request;
    std::vector<LineToQuote> lines;
    std::vector<parties::PartyCode> suppliers;
    std::optional<Date> answer_by;
    std::string text;

    static void describe(auto& command) {
        command
            .record("RequestQuotations", "Asks suppliers for their prices. Others may quote too.")
            .company(&RequestQuotations::company)
            .stream(&RequestQuotations::request)
            .example(R"({"company": "DEMO", "request": "01980000-0000-7000-8000-000000000603",
                "lines": [{"item": "CANDLE", "quantity": {"amount": "240", "unit": "ea"}}],
                "suppliers": ["WICK"]})")
            .field("company", &RequestQuotations::company, "Who asks.")
            .field("request", &RequestQuotations::request, "A new id, chosen by the client.")
            .field("lines", &RequestQuotations::lines, "What is to be quoted.")
            .shortest(1)
            .longest(1'000)
            .field("suppliers", &RequestQuotations::suppliers, "Parties that are suppliers.")
            .shortest(1)
            .longest(100)
            .field("answer_by", &RequestQuotations::answer_by, "Until when.")
            .field("text", &RequestQuotations::text, "What they are told.")
            .otherwise_empty()
            .longest(2'000)
            .refuses(companies::company_unknown, quotation_request_exists, items::item_unknown,
                     items::item_is_template, items::item_is_draft, items::item_phased_out,
                     items::item_discontinued, items::item_use_blocked, item_not_bought,
                     inventory::quantity_not_positive, inventory::quantity_not_whole,
                     requisition_unknown, requisition_line_unknown, requisition_rejected,
                     requisition_not_approved, requisition_item_differs, parties::party_unknown,
                     parties::party_merged, parties::party_refused, parties::party_former,
                     parties::party_lacks_role);
    }
};

struct RecordSupplierQuotation {
    CompanyCode company;
    SupplierQuotationId quotation;
    QuotationRequestId request;
    parties::PartyCode supplier;
    std::optional<Date> date;
    std::optional<Date> valid_until;
    std::vector<QuotedLine> lines;
    std::optional<Money> freight;
    std::string reference;

    static void describe(auto& command) {
        command
            .record("RecordSupplierQuotation",
                    "Says what a supplier quotes for lines of a request. It may leave lines out.")
            .company(&RecordSupplierQuotation::company)
            .stream(&RecordSupplierQuotation::quotation)
            .example(R"({"company": "DEMO", "quotation": "01980000-0000-7000-8000-000000000604",
                "request": "01980000-0000-7000-8000-000000000603", "supplier": "WICK", "lines":
                [{"line": 1, "price": {"amount": "1.45", "currency": "EUR"}, "lead_time_days":
                14}], "freight": {"amount": "18.00", "currency": "EUR"}})")
            .field("company", &RecordSupplierQuotation::company, "Who asked.")
            .field("quotation", &RecordSupplierQuotation::quotation,
                   "A new id, chosen by the client.")
            .field("request", &RecordSupplierQuotation::request, "The request that it answers.")
            .field("supplier", &RecordSupplierQuotation::supplier, "A party that is a supplier.")
            .field("date", &RecordSupplierQuotation::date, "Its day. Absent: the company's today.")
            .field("valid_until", &RecordSupplierQuotation::valid_until,
                   "The last day that it holds. Absent: no end is said.")
            .field("lines", &RecordSupplierQuotation::lines, "The prices, all in one currency.")
            .shortest(1)
            .longest(1'000)
            .field("freight", &RecordSupplierQuotation::freight,
                   "What carriage of all of it costs beside the prices, in their currency.")
            .least(0)
            .field("reference", &RecordSupplierQuotation::reference,
                   "The supplier's own number of it.")
            .otherwise_empty()
            .longest(64)
            .refuses(quotation_request_unknown, quotation_request_awarded,
                     supplier_quotation_exists, parties::party_unknown, parties::party_merged,
                     parties::party_refused, parties::party_former, parties::party_lacks_role,
                     quotation_ends_before, quotation_line_unknown, quotation_line_twice,
                     quoted_price_unfit, minimum_of_other_unit, quoted_too_large);
    }
};

struct AwardQuotations {
    CompanyCode company;
    QuotationRequestId request;
    std::vector<Award> awards;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("AwardQuotations",
                    "Says who gets which line of a request. The best quotation is the one by which "
                    "the line costs least in base currency at today's rates, with its share of "
                    "freight by value, among those that hold today and quote for so little.")
            .company(&AwardQuotations::company)
            .stream(&AwardQuotations::request)
            .example(R"({"company": "DEMO", "request": "01980000-0000-7000-8000-000000000603",
                "awards": [{"line": 1, "quotation": "01980000-0000-7000-8000-000000000604"}]})")
            .field("company", &AwardQuotations::company, "Who awards.")
            .field("request", &AwardQuotations::request, "A request that is not awarded.")
            .field("awards", &AwardQuotations::awards,
                   "Who gets what; lines that are not named are bought from nobody.")
            .shortest(1)
            .longest(1'000)
            .field("reason", &AwardQuotations::reason,
                   "Why; needed where it is not the best quotation.")
            .otherwise_empty()
            .longest(500)
            .refuses(quotation_request_unknown, quotation_request_awarded,
                     supplier_quotation_unknown, quotation_of_other_request, quotation_line_unknown,
                     quotation_line_twice, quotation_expired, quotation_minimum_missed,
                     quotation_rate_unknown, award_not_best);
    }
};

struct QuotationRequestKey {
    CompanyCode company;
    QuotationRequestId request;

    auto operator<=>(const QuotationRequestKey&) const = default;
    static void describe(auto& key) {
        key.record("QuotationRequestKey", "A request for quotation.")
            .field("company", &QuotationRequestKey::company, "Whose.")
            .field("request", &QuotationRequestKey::request, "Its id.");
    }
};

struct QuotationRequest {
    std::vector<LineToQuote> lines;
    std::vector<SupplierQuotationId> quotations;
    std::vector<Award> awards;

    static void describe(auto& record) {
        record.record("QuotationRequest", "A request for quotation as decisions know it.")
            .field("lines", &QuotationRequest::lines, "What is to be quoted.")
            .field("quotations", &QuotationRequest::quotations, "What answers it, in order.")
            .field("awards", &QuotationRequest::awards, "Who got what; empty until it is awarded.");
    }
};
using QuotationRequests = PagedTable<QuotationRequestKey, QuotationRequest>;

struct SupplierQuotationKey {
    CompanyCode company;
    SupplierQuotationId quotation;

    auto operator<=>(const SupplierQuotationKey&) const = default;
    static void describe(auto& key) {
        key.record("SupplierQuotationKey", "A quotation of a supplier.")
            .field("company", &SupplierQuotationKey::company, "Whose.")
            .field("quotation", &SupplierQuotationKey::quotation, "Its id.");
    }
};

struct SupplierQuotation {
    QuotationRequestId request;
    parties::PartyCode supplier;
    std::optional<Date> valid_until;
    std::vector<QuotedLine> lines;
    std::optional<Money> freight;

    static void describe(auto& record) {
        record.record("SupplierQuotation", "A quotation as decisions know it.")
            .field("request", &SupplierQuotation::request, "The request that it answers.")
            .field("supplier", &SupplierQuotation::supplier, "Who quotes.")
            .field("valid_until", &SupplierQuotation::valid_until, "The last day that it holds.")
            .field("lines", &SupplierQuotation::lines, "The prices.")
            .field("freight", &SupplierQuotation::freight, "What carriage costs.");
    }
};
using SupplierQuotations = PagedTable<SupplierQuotationKey, SupplierQuotation>;

// What a line of a request costs by a quotation.
struct LandedOffer {
    Money amount;   // at the quoted price
    Money freight;  // its share, by value; evenly where nothing has any
    Money landed;   // both, in base currency
};

// So many of the base currency for one of another on the day in question; empty: not known.
using RateOfCurrency = std::function<std::optional<ExactRate>(Currency)>;

// What the lines that a quotation answers cost by it, in its order; empty where no rate is known or
// something is too large.
std::optional<std::vector<LandedOffer>> landed_offers(const std::vector<LineToQuote>& asked,
                                                      const std::vector<QuotedLine>& quoted,
                                                      const std::optional<Money>& freight,
                                                      Currency base, const RateOfCurrency&);
// Whether it can be had: the quotation holds on the day, and for so little.
bool is_on_offer(const LineToQuote& asked, const QuotedLine& quoted,
                 const std::optional<Date>& valid_until, Date day);

Decision<QuotationsRequested> decide(const World&, const RequestQuotations&, const Context&);
Decision<SupplierQuoted> decide(const World&, const RecordSupplierQuotation&, const Context&);
Decision<QuotationsAwarded> decide(const World&, const AwardQuotations&, const Context&);
void evolve(QuotationRequests&, const QuotationsRequested&);
void evolve(QuotationRequests&, const SupplierQuoted&);
void evolve(QuotationRequests&, const QuotationsAwarded&);
void evolve(SupplierQuotations&, const SupplierQuoted&);

Part supplier_quotations();

}  // namespace kontor::purchasing
