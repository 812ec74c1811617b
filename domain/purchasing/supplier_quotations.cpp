// How prices are asked for, told, compared and awarded.
#include "domain/purchasing/supplier_quotations.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"
#include "domain/ledger/rates.h"

#include <algorithm>
#include <set>

namespace kontor::purchasing {

namespace {

const LineToQuote* line_of(const std::vector<LineToQuote>& lines, std::int64_t number) {
    if (number < 1 || number > std::ssize(lines)) return nullptr;
    return &lines[static_cast<std::size_t>(number - 1)];
}

const QuotedLine* answer_to(const std::vector<QuotedLine>& lines, std::int64_t number) {
    const auto found = std::ranges::find(lines, number, &QuotedLine::line);
    return found == lines.end() ? nullptr : &*found;
}

Objection fault_of_line(const World& world, const CompanyCode& company, const LineToQuote& line) {
    if (Objection fault = fault_of_purchase(world, company, line.item)) return fault;
    Quantity base;
    if (Objection fault = find_quantity(world, company, line.item, line.quantity, base))
        return fault;
    if (line.requisition) return fault_of_requisition(world, company, *line.requisition, line.item);
    return {};
}

// Why a line cannot be quoted so; none when it can.
Objection fault_of_quoted(const QuotationRequest& request, const QuotedLine& quoted,
                          Currency currency) {
    const LineToQuote* asked = line_of(request.lines, quoted.line);
    if (!asked) return quotation_line_unknown.about(quoted.line);
    if (quoted.price.currency != currency || quoted.price.units < 0)
        return quoted_price_unfit.about(quoted.price);
    if (quoted.minimum && quoted.minimum->unit != asked->quantity.unit)
        return minimum_of_other_unit.about(asked->quantity.unit);
    if (!priced(asked->quantity, quoted.price, Rounding::half_up))
        return quoted_too_large.about(asked->item, quoted.price);
    return {};
}

// What a line costs by each quotation that it can be had by.
struct Offer {
    SupplierQuotationId quotation;
    Money landed;
};

class Comparing {
public:
    Comparing(const World& world, const CompanyCode& company, const QuotationRequest& request,
              Date day)
        : world_(world),
          company_(company),
          request_(request),
          day_(day),
          base_(world.of<companies::Companies>().find(company)->base_currency) {}

    // Why what a line costs cannot be compared; none when it can.
    Objection find_offers(std::int64_t line, std::vector<Offer>& offers) const {
        const LineToQuote& asked = *line_of(request_.lines, line);
        for (const SupplierQuotationId& id : request_.quotations) {
            const SupplierQuotation& quotation =
                *world_.of<SupplierQuotations>().find({company_, id});
            const QuotedLine* quoted = answer_to(quotation.lines, line);
            if (!quoted || !is_on_offer(asked, *quoted, quotation.valid_until, day_)) continue;
            const auto landed = landed_offers(
                request_.lines, quotation.lines, quotation.freight, base_, [&](Currency currency) {
                    const auto found = ledger::rate_on(world_, company_, ledger::RateType::spot,
                                                       currency, base_, day_);
                    return found ? std::optional(found->rate) : std::nullopt;
                });
            if (!landed) return quotation_rate_unknown.about(id, quoted->price.currency, day_);
            const auto at = static_cast<std::size_t>(quoted - quotation.lines.data());
            offers.push_back({id, (*landed)[at].landed});
        }
        return {};
    }

private:
    const World& world_;
    const CompanyCode& company_;
    const QuotationRequest& request_;
    const Date day_;
    const Currency base_;
};

// Why a line cannot be awarded so, but for being dearer; none when it can.
Objection fault_of_award(const World& world, const AwardQuotations& command, const Award& award,
                         const QuotationRequest& request, Date day) {
    const SupplierQuotation* quotation =
        world.of<SupplierQuotations>().find({command.company, award.quotation});
    if (!quotation) return supplier_quotation_unknown.about(award.quotation);
    if (quotation->request != command.request)
        return quotation_of_other_request.about(award.quotation);
    const LineToQuote* asked = line_of(request.lines, award.line);
    const QuotedLine* quoted = answer_to(quotation->lines, award.line);
    if (!asked || !quoted) return quotation_line_unknown.about(award.line);
    if (std::ranges::count(command.awards, award.line, &Award::line) > 1)
        return quotation_line_twice.about(award.line);
    if (quotation->valid_until && *quotation->valid_until < day)
        return quotation_expired.about(award.quotation, *quotation->valid_until);
    if (!is_on_offer(*asked, *quoted, quotation->valid_until, day))
        return quotation_minimum_missed.about(asked->item, *quoted->minimum);
    return {};
}

}  // namespace

std::optional<std::vector<LandedOffer>> landed_offers(const std::vector<LineToQuote>& asked,
                                                      const std::vector<QuotedLine>& quoted,
                                                      const std::optional<Money>& freight,
                                                      Currency base,
                                                      const RateOfCurrency& rate_of) {
    const Currency currency = quoted.front().price.currency;
    const auto rate = currency == base ? std::optional(ExactRate{}) : rate_of(currency);
    if (!rate) return std::nullopt;
    std::vector<LandedOffer> offers;
    std::vector<std::int64_t> values;
    for (const QuotedLine& line : quoted) {
        const auto amount =
            priced(line_of(asked, line.line)->quantity, line.price, Rounding::half_up);
        if (!amount) return std::nullopt;
        offers.push_back({*amount, {0, currency}, {0, base}});
        values.push_back(amount->minor);
    }
    const auto shares = allocate(freight.value_or(Money{0, currency}), values);
    for (std::size_t at = 0; at < offers.size(); ++at) {
        offers[at].freight = shares[at];
        const auto landed = converted(offers[at].amount + shares[at], *rate, base);
        if (!landed) return std::nullopt;
        offers[at].landed = *landed;
    }
    return offers;
}

bool is_on_offer(const LineToQuote& asked, const QuotedLine& quoted,
                 const std::optional<Date>& valid_until, Date day) {
    if (valid_until && *valid_until < day) return false;
    return !quoted.minimum || quoted.minimum->micro <= asked.quantity.micro;
}

Decision<QuotationsRequested> decide(const World& world, const RequestQuotations& request,
                                     const Context& context) {
    if (!world.of<companies::Companies>().find(request.company))
        return companies::company_unknown.about(request.company);
    if (world.of<QuotationRequests>().find({request.company, request.request}))
        return quotation_request_exists.about(request.request);
    for (std::size_t at = 0; at < request.lines.size(); ++at)
        if (Objection fault = fault_of_line(world, request.company, request.lines[at]))
            return std::move(fault).at("lines", at);
    for (std::size_t at = 0; at < request.suppliers.size(); ++at)
        if (Objection fault = parties::fault_of_buying_from(world, request.company,
                                                            request.suppliers[at], context.today))
            return std::move(fault).at("suppliers", at);
    return QuotationsRequested{request.company,   request.request,
                               request.lines,     sorted_once(request.suppliers),
                               request.answer_by, request.text};
}

Decision<SupplierQuoted> decide(const World& world, const RecordSupplierQuotation& quote,
                                const Context& context) {
    const QuotationRequest* request =
        world.of<QuotationRequests>().find({quote.company, quote.request});
    if (!request) return quotation_request_unknown.about(quote.request);
    if (!request->awards.empty()) return quotation_request_awarded.about(quote.request);
    if (world.of<SupplierQuotations>().find({quote.company, quote.quotation}))
        return supplier_quotation_exists.about(quote.quotation);
    const Date day = quote.date.value_or(context.today);
    if (Objection fault = parties::fault_of_buying_from(world, quote.company, quote.supplier, day))
        return fault;
    if (quote.valid_until && *quote.valid_until < day)
        return quotation_ends_before.about(*quote.valid_until, day);
    const Currency currency = quote.lines.front().price.currency;
    if (quote.freight && quote.freight->currency != currency)
        return quoted_price_unfit.about(*quote.freight);
    std::set<std::int64_t> named;
    for (std::size_t at = 0; at < quote.lines.size(); ++at) {
        Objection fault = fault_of_quoted(*request, quote.lines[at], currency);
        if (!fault && !named.insert(quote.lines[at].line).second)
            fault = quotation_line_twice.about(quote.lines[at].line);
        if (fault) return std::move(fault).at("lines", at);
    }
    return SupplierQuoted{quote.company,     quote.quotation, quote.request, quote.supplier, day,
                          quote.valid_until, quote.lines,     quote.freight, quote.reference};
}

Decision<QuotationsAwarded> decide(const World& world, const AwardQuotations& award,
                                   const Context& context) {
    const QuotationRequest* request =
        world.of<QuotationRequests>().find({award.company, award.request});
    if (!request) return quotation_request_unknown.about(award.request);
    if (!request->awards.empty()) return quotation_request_awarded.about(award.request);
    QuotationsAwarded awarded{award.company, award.request, {}, award.reason};
    const Comparing comparing(world, award.company, *request, context.today);
    for (std::size_t at = 0; at < award.awards.size(); ++at) {
        const Award& one = award.awards[at];
        if (Objection fault = fault_of_award(world, award, one, *request, context.today))
            return std::move(fault).at("awards", at);
        std::vector<Offer> offers;
        if (Objection fault = comparing.find_offers(one.line, offers))
            return std::move(fault).at("awards", at);
        const Offer& its = *std::ranges::find(offers, one.quotation, &Offer::quotation);
        const Offer& best = *std::ranges::min_element(
            offers, {}, [](const Offer& offer) { return offer.landed.minor; });
        if (best.landed.minor < its.landed.minor && award.reason.empty())
            return award_not_best.about(best.quotation, best.landed, its.landed).at("awards", at);
        awarded.awards.push_back(
            {one.line, one.quotation, its.landed, best.quotation, best.landed});
    }
    return awarded;
}

void evolve(QuotationRequests& requests, const QuotationsRequested& requested) {
    requests.put({requested.company, requested.request}, {requested.lines, {}, {}});
}

void evolve(QuotationRequests& requests, const SupplierQuoted& quoted) {
    requests.change({quoted.company, quoted.request}, [&](QuotationRequest& request) {
        request.quotations.push_back(quoted.quotation);
    });
}

void evolve(QuotationRequests& requests, const QuotationsAwarded& awarded) {
    requests.change({awarded.company, awarded.request}, [&](QuotationRequest& request) {
        for (const ComparedAward& award : awarded.awards)
            request.awards.push_back({award.line, award.quotation});
    });
}

void evolve(SupplierQuotations& quotations, const SupplierQuoted& quoted) {
    quotations.put(
        {quoted.company, quoted.quotation},
        {quoted.request, quoted.supplier, quoted.valid_until, quoted.lines, quoted.freight});
}

Part supplier_quotations() {
    return Part()
        .table<QuotationRequests>("purchasing.quotation_requests")
        .table<SupplierQuotations>("purchasing.supplier_quotations")
        .commands<RequestQuotations, RecordSupplierQuotation, AwardQuotations>()
        .event<QuotationsRequested, QuotationRequests>()
        .event<SupplierQuoted, QuotationRequests, SupplierQuotations>()
        .event<QuotationsAwarded, QuotationRequests>();
}

}  // namespace kontor::purchasing
