// Before an order: what is asked for, what suppliers quote, what was agreed for a time.
#pragma once

#include "domain/purchasing/purchase_orders.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::purchasing {

struct ListedRequisition {
    RequisitionId requisition;
    std::string requested_by;
    Date date;
    RequisitionState state = RequisitionState::requested;
    std::int64_t orders = 0;
    std::vector<RequisitionLine> lines;
    std::string text;
    std::string rejected_because;

    bool operator==(const ListedRequisition&) const = default;
    static void describe(auto& row) {
        row.record("ListedRequisition", "A requisition.")
            .field("requisition", &ListedRequisition::requisition, "Its id.")
            .field("requested_by", &ListedRequisition::requested_by, "Who asks.")
            .field("date", &ListedRequisition::date, "When it was asked for.")
            .field("state", &ListedRequisition::state, "What has become of it.")
            .field("orders", &ListedRequisition::orders, "How many lines of orders name it.")
            .field("lines", &ListedRequisition::lines, "What is needed.")
            .field("text", &ListedRequisition::text, "What for.")
            .field("rejected_because", &ListedRequisition::rejected_because, "Why not.");
    }
};

struct RequisitionList {
    CompanyCode company;
    std::optional<RequisitionState> state;

    static void describe(auto& query) {
        query.record("requisitions", "Requisitions, by id.")
            .company(&RequisitionList::company)
            .field("company", &RequisitionList::company, "Who is to buy.")
            .field("state", &RequisitionList::state, "Only those in this state.")
            .template answers<ListedRequisition>(Times::both);
    }
};

struct ComparedQuotation {
    SupplierQuotationId quotation;
    std::int64_t line = 1;
    parties::PartyCode supplier;
    items::ItemCode item;
    Quantity quantity;
    UnitPrice price;
    std::int64_t lead_time_days = 0;
    std::optional<Quantity> minimum;
    std::optional<Date> valid_until;
    Money amount;
    Money freight;
    std::optional<Money> landed;
    bool on_offer = false;
    bool best = false;
    bool awarded = false;

    bool operator==(const ComparedQuotation&) const = default;
    static void describe(auto& row) {
        row.record("ComparedQuotation", "What a line of a request costs by a quotation.")
            .field("quotation", &ComparedQuotation::quotation, "The quotation.")
            .field("line", &ComparedQuotation::line, "Number of the line of the request.")
            .field("supplier", &ComparedQuotation::supplier, "Who quotes.")
            .field("item", &ComparedQuotation::item, "The item.")
            .field("quantity", &ComparedQuotation::quantity, "What was requested.")
            .field("price", &ComparedQuotation::price, "Of one of that unit.")
            .field("lead_time_days", &ComparedQuotation::lead_time_days, "Days until it comes.")
            .field("minimum", &ComparedQuotation::minimum, "The smallest quantity.")
            .field("valid_until", &ComparedQuotation::valid_until, "The last day that it holds.")
            .field("amount", &ComparedQuotation::amount, "What the line costs.")
            .field("freight", &ComparedQuotation::freight, "Its share of the freight, by value.")
            .field("landed", &ComparedQuotation::landed,
                   "Both in base currency at the day's rate; absent: no rate is known.")
            .field("on_offer", &ComparedQuotation::on_offer,
                   "It holds on the day, and for so little.")
            .field("best", &ComparedQuotation::best,
                   "It costs least of those that are on offer, or as little as another.")
            .field("awarded", &ComparedQuotation::awarded, "It has the award.");
    }
};

struct QuotationsCompared {
    CompanyCode company;
    QuotationRequestId request;

    static void describe(auto& query) {
        query
            .record("quotations_compared",
                    "What each line of a request costs by each quotation, freight included, in "
                    "base currency at the rates of the day `valid_at` (absent: the newest), by "
                    "line.")
            .company(&QuotationsCompared::company)
            .field("company", &QuotationsCompared::company, "Who asked.")
            .field("request", &QuotationsCompared::request, "The request.")
            .template answers<ComparedQuotation>(Times::both);
    }
};

struct ListedFramework {
    FrameworkCode framework;
    parties::PartyCode supplier;
    Period valid;
    items::ItemCode item;
    Unit unit;
    UnitPrice price;
    std::optional<Quantity> ceiling;
    Quantity called;
    std::optional<Money> value_ceiling;

    bool operator==(const ListedFramework&) const = default;
    static void describe(auto& row) {
        row.record("ListedFramework", "A price of a framework agreement, with what is called off.")
            .field("framework", &ListedFramework::framework, "The agreement.")
            .field("supplier", &ListedFramework::supplier, "With whom.")
            .field("valid", &ListedFramework::valid, "The days on which orders may call off.")
            .field("item", &ListedFramework::item, "The item.")
            .field("unit", &ListedFramework::unit, "The unit that the price is for.")
            .field("price", &ListedFramework::price, "The price.")
            .field("ceiling", &ListedFramework::ceiling, "So much at most, in the base unit.")
            .field("called", &ListedFramework::called, "What orders have called off.")
            .field("value_ceiling", &ListedFramework::value_ceiling,
                   "What all orders by the agreement may come to.");
    }
};

struct FrameworkList {
    CompanyCode company;
    std::optional<parties::PartyCode> supplier;

    static void describe(auto& query) {
        query.record("framework_agreements", "Prices that suppliers hold for a time, by agreement.")
            .company(&FrameworkList::company)
            .field("company", &FrameworkList::company, "Who buys.")
            .field("supplier", &FrameworkList::supplier, "Only with this supplier.")
            .template answers<ListedFramework>(Times::both);
    }
};

class SourcingModel {
public:
    explicit SourcingModel(const Place& place)
        : requisitions_(place.table(1)),
          requests_(place.table(2)),
          quotations_(place.table(3)),
          frameworks_(place.table(4)),
          bases_(place.table(5)) {}

    void on(const companies::CompanyCreated&, const Recorded&);
    void on(const PurchaseRequested&, const Recorded&);
    void on(const RequisitionApproved&, const Recorded&);
    void on(const RequisitionRejected&, const Recorded&);
    void on(const QuotationsRequested&, const Recorded&);
    void on(const SupplierQuoted&, const Recorded&);
    void on(const QuotationsAwarded&, const Recorded&);
    void on(const FrameworkAgreed&, const Recorded&);
    void on(const FrameworkEnded&, const Recorded&);
    void on(const PurchaseOrderPlaced&, const Recorded&);
    void on(const PurchaseOrderAmended&, const Recorded&);
    void on(const PurchaseLinesClosed&, const Recorded&);
    void on(const PurchaseLinesReopened&, const Recorded&);
    void answer(const RequisitionList&, const AsOf&, Page<ListedRequisition>&) const;
    void answer(const QuotationsCompared&, const AsOf&, Page<ComparedQuotation>&) const;
    void answer(const FrameworkList&, const AsOf&, Page<ListedFramework>&) const;

private:
    struct ListedRequisitionKey {
        CompanyCode company;
        RequisitionId requisition;
        static void describe(auto& key) {
            key.record("ListedRequisitionKey", "A requisition.")
                .field("company", &ListedRequisitionKey::company, "Whose.")
                .field("requisition", &ListedRequisitionKey::requisition, "Its id.");
        }
    };
    struct AskedKey {
        CompanyCode company;
        QuotationRequestId request;
        static void describe(auto& key) {
            key.record("AskedQuotationKey", "A request for quotation.")
                .field("company", &AskedKey::company, "Whose.")
                .field("request", &AskedKey::request, "Its id.");
        }
    };
    struct AskedRow {
        std::vector<LineToQuote> lines;
        std::vector<Award> awards;
        static void describe(auto& row) {
            row.record("AskedQuotation", "A request for quotation.")
                .field("lines", &AskedRow::lines, "What is to be quoted.")
                .field("awards", &AskedRow::awards, "Who got what.");
        }
    };
    struct QuotedKey {
        CompanyCode company;
        QuotationRequestId request;
        SupplierQuotationId quotation;
        static void describe(auto& key) {
            key.record("QuotedRequestKey", "A quotation that answers a request.")
                .field("company", &QuotedKey::company, "Whose.")
                .field("request", &QuotedKey::request, "The request.")
                .field("quotation", &QuotedKey::quotation, "The quotation.");
        }
    };
    struct FrameworkItemKey {
        CompanyCode company;
        FrameworkCode framework;
        items::ItemCode item;
        static void describe(auto& key) {
            key.record("FrameworkItemKey", "An item of a framework agreement.")
                .field("company", &FrameworkItemKey::company, "Whose.")
                .field("framework", &FrameworkItemKey::framework, "The agreement.")
                .field("item", &FrameworkItemKey::item, "The item.");
        }
    };
    struct BuyerKey {
        CompanyCode company;
        static void describe(auto& key) {
            key.record("SourcingCompanyKey", "A company that buys.")
                .field("company", &BuyerKey::company, "Its code.");
        }
    };
    struct BuyerRow {
        Currency base;
        static void describe(auto& row) {
            row.record("SourcingCurrency", "What quotations are compared in.")
                .field("base", &BuyerRow::base, "The company's base currency.");
        }
    };

    void call_off(const Recorded&, const CompanyCode&, const std::optional<FrameworkCode>&,
                  const items::ItemCode&, std::int64_t base_micro) const;
    void call_off(const Recorded&, const CompanyCode&, const std::vector<OrderedLine>&,
                  int sign) const;
    void count_orders(const Recorded&, const CompanyCode&, const std::vector<OrderedLine>&,
                      int sign) const;

    DescribedRows<ListedRequisitionKey, ListedRequisition> requisitions_;
    DescribedRows<AskedKey, AskedRow> requests_;
    DescribedRows<QuotedKey, SupplierQuoted> quotations_;
    DescribedRows<FrameworkItemKey, ListedFramework> frameworks_;
    DescribedRows<BuyerKey, BuyerRow> bases_;
};

ReadModelSpec sourcing_model();

}  // namespace kontor::purchasing
