// Sales: orders by line with what became of them, at any corner of the two times.
#pragma once

#include "domain/companies/companies.h"
#include "domain/sales/deliveries.h"
#include "domain/sales/sales_invoices.h"
#include "domain/sales/sales_returns.h"
#include "domain/settlement/payments.h"
#include "domain/settlement/write_offs.h"
#include "projections/described_rows.h"
#include "projections/projection.h"
#include "projections/sales/sales_queries.h"
#include "projections/two_time_totals.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kontor::sales {

class SalesModel {
public:
    explicit SalesModel(const Place& place)
        : bases_(place.table(1)),
          orders_(place.table(2)),
          lines_(place.table(3)),
          deliveries_(place.table(4)),
          invoices_(place.table(5)),
          links_(place.table(6)),
          payments_(place.table(7)),
          done_(place.table(8), 3),
          booked_(place.table(9), 7),
          due_(place.table(10), 1),
          documents_(place.table(11)),
          uninvoiced_(place.table(12), 1) {}

    void on(const companies::CompanyCreated&, const Recorded&);
    void on(const SalesOrderPlaced&, const Recorded&);
    void on(const SalesOrderAmended&, const Recorded&);
    void on(const SalesLinesClosed&, const Recorded&);
    void on(const SalesLinesReopened&, const Recorded&);
    void on(const SalesOrderHeld&, const Recorded&);
    void on(const SalesOrderReleased&, const Recorded&);
    void on(const SaleDelivered&, const Recorded&);
    void on(const SaleDeliveryReversed&, const Recorded&);
    void on(const SaleReturned&, const Recorded&);
    void on(const SaleInvoiced&, const Recorded&);
    void on(const SaleCredited&, const Recorded&);
    void on(const settlement::ItemsAllocated&, const Recorded&);
    void on(const settlement::AllocationTakenBack&, const Recorded&);
    void on(const settlement::PaymentRecorded&, const Recorded&);
    void on(const settlement::ItemWrittenOff&, const Recorded&);

    void answer(const SalesOrderList&, const AsOf&, Page<ListedSalesOrder>&) const;
    void answer(const SalesOrderQuestion&, const AsOf&, Page<SalesOrderLine>&) const;
    void answer(const DeliveriesDue&, const AsOf&, Page<DueSalesLine>&) const;
    void answer(const UnbilledSales&, const AsOf&, Page<UnbilledSale>&) const;
    void answer(const SaleDeliveryList&, const AsOf&, Page<ListedSaleDelivery>&) const;
    void answer(const SalesInvoiceList&, const AsOf&, Page<ListedSalesInvoice>&) const;
    void answer(const SalesInvoiceQuestion&, const AsOf&, Page<InvoicedSaleLine>&) const;
    void answer(const CreditExposures&, const AsOf&, Page<ListedCreditExposure>&) const;
    void answer(const SalesThread&, const AsOf&, Page<ThreadStep>&) const;

private:
    struct CompanyRow {
        CompanyCode company;
        static void describe(auto& key) {
            key.record("SellingCompanyKey", "A company that sells.")
                .field("company", &CompanyRow::company, "Its code.");
        }
    };
    struct BaseRow {
        Currency base_currency;
        static void describe(auto& row) {
            row.record("SellingCompany", "What of a company its sales need.")
                .field("base_currency", &BaseRow::base_currency, "Currency of its books.");
        }
    };
    struct LineRow {
        CompanyCode company;
        SalesOrderId order;
        std::int64_t line = 1;
        static void describe(auto& key) {
            key.record("ListedSalesLineKey", "A line of a sales order.")
                .field("company", &LineRow::company, "Who sells.")
                .field("order", &LineRow::order, "The order.")
                .field("line", &LineRow::line, "Its number.");
        }
    };
    struct KeptLine {
        SoldLine sold;
        bool closed = false;
        static void describe(auto& row) {
            row.record("ListedSalesLine", "A line of a sales order.")
                .field("sold", &KeptLine::sold, "The line.")
                .field("closed", &KeptLine::closed, "Nothing more of it is delivered.");
        }
    };
    struct DeliveryRow {
        CompanyCode company;
        Date date;
        SaleDeliveryId delivery;
        static void describe(auto& key) {
            key.record("ListedSaleDeliveryKey", "A delivery.")
                .field("company", &DeliveryRow::company, "Who sells.")
                .field("date", &DeliveryRow::date, "Its day.")
                .field("delivery", &DeliveryRow::delivery, "Its id.");
        }
    };
    struct InvoiceRow {
        CompanyCode company;
        Date date;
        SalesInvoiceId invoice;
        static void describe(auto& key) {
            key.record("ListedSalesInvoiceKey", "A sales invoice or a credit note.")
                .field("company", &InvoiceRow::company, "Who sells.")
                .field("date", &InvoiceRow::date, "Its day.")
                .field("invoice", &InvoiceRow::invoice, "Its id.");
        }
    };
    // From a document to one that hangs together with it; each way is a row.
    struct LinkRow {
        CompanyCode company;
        std::string from;
        ThreadKind kind = ThreadKind::sales_order;
        Date date;
        std::string to;
        static void describe(auto& key) {
            key.record("SalesLinkKey", "That a document hangs together with another one.")
                .field("company", &LinkRow::company, "Who sells.")
                .field("from", &LinkRow::from, "The one.")
                .field("kind", &LinkRow::kind, "What the other is.")
                .field("date", &LinkRow::date, "Its day.")
                .field("to", &LinkRow::to, "The other.");
        }
    };
    struct Link {
        ThreadKind kind = ThreadKind::sales_order;
        Date date;
        std::string to;
        static void describe(auto& row) {
            row.record("SalesLink", "A document that hangs together with another one.")
                .field("kind", &Link::kind, "What it is.")
                .field("date", &Link::date, "Its day.")
                .field("to", &Link::to, "Which one.");
        }
    };
    struct PaymentRow {
        CompanyCode company;
        std::string item;
        Date date;
        std::string by;
        std::string allocation;
        std::int64_t line = 1;
        static void describe(auto& key) {
            key.record("SalesPaymentKey", "What settles an item.")
                .field("company", &PaymentRow::company, "Whose books.")
                .field("item", &PaymentRow::item, "The item.")
                .field("date", &PaymentRow::date, "The day.")
                .field("by", &PaymentRow::by, "The payment, or another item.")
                .field("allocation", &PaymentRow::allocation, "By which allocation.")
                .field("line", &PaymentRow::line, "Which part of it.");
        }
    };
    struct Payment {
        Date date;
        std::string by;
        Money amount;
        static void describe(auto& row) {
            row.record("SalesPayment", "What settles an item.")
                .field("date", &Payment::date, "The day.")
                .field("by", &Payment::by, "The payment, or another item.")
                .field("amount", &Payment::amount, "What of it is settled.");
        }
    };
    // What became of a line at a corner.
    struct LineSums {
        std::int64_t delivered = 0, returned = 0, invoiced = 0;
        std::int64_t earned = 0, earned_base = 0, invoiced_net = 0;
        std::int64_t unbilled = 0, unbilled_base = 0, liability = 0, liability_base = 0;
    };
    struct Booking {
        BookedAmount earned;
        std::int64_t invoiced_net = 0;
        PositionMove position;
    };
    class Thread;

    void add_done(const Recorded&, const LineRow&, Date, std::int64_t delivered,
                  std::int64_t invoiced, std::int64_t returned = 0) const;
    void book(const Recorded&, const LineRow&, Date, const Booking&) const;
    // More is to be delivered of a line, or less.
    void add_due(const Recorded&, const LineRow&, Date due, Date day, std::int64_t more) const;
    std::int64_t still_due(const Recorded&, const LineRow&, Date due) const;
    void expose(const Recorded&, const CompanyCode&, Date, const UninvoicedChange&) const;
    KeptLine line_as_known(const Recorded&, const LineRow&) const;
    void close(const Recorded&, const CompanyCode&, const SalesOrderId&,
               const std::vector<std::int64_t>& lines, bool closed) const;
    void link(const Recorded&, const CompanyCode&, ThreadKind, Date, const std::string& from,
              const std::string& to, ThreadKind kind_of_from, Date date_of_from) const;
    void put_invoice(const Recorded&, const CompanyCode&, const SalesInvoiceId&,
                     const SalesDocument&, std::optional<SalesInvoiceId> credits) const;
    void settle(const Recorded&, const CompanyCode&, const std::string& allocation, Date,
                const std::vector<settlement::AllocatedPart>&, bool taken_back) const;

    Currency base_of(const AsOf&, const CompanyCode&) const;
    LineSums sums_of(const AsOf&, const LineRow&) const;
    // As it is at the corner; of a fact that is older than its line, as the line became known.
    std::optional<KeptLine> line_at(const AsOf&, const LineRow&) const;
    void add_sums(const AsOf&, const CompanyCode&, ListedSalesOrder&) const;

    DescribedRows<CompanyRow, BaseRow> bases_;
    DescribedRows<SalesOrderKey, ListedSalesOrder> orders_;
    DescribedRows<LineRow, KeptLine> lines_;
    DescribedRows<DeliveryRow, ListedSaleDelivery> deliveries_;
    DescribedRows<InvoiceRow, ListedSalesInvoice> invoices_;
    DescribedRows<LinkRow, Link> links_;
    DescribedRows<PaymentRow, Payment> payments_;
    TwoTimeTotals done_;    // by line: delivered, returned, invoiced, in millionths
    TwoTimeTotals booked_;  // by line: earned, its base, invoiced net, unbilled and liability with
                            // what they are booked at
    TwoTimeTotals due_;     // by company, due day and line: still to be delivered, in millionths
    DescribedRows<SalesInvoiceKey, SalesDocument> documents_;
    TwoTimeTotals uninvoiced_;  // by company, counterparty, contract and currency, with taxes
};

ReadModelSpec sales_model();

}  // namespace kontor::sales
