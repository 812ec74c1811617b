// Requisitions: what somebody in the company needs, until somebody else agrees and it is ordered.
#pragma once

#include "domain/core/paged_table.h"
#include "domain/purchasing/purchased_items.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::purchasing {

struct RequisitionThing {
    static constexpr Thing thing{"requisition", "requisitions"};
};
using RequisitionId = Id<RequisitionThing>;

inline constexpr Reason requisition_exists{Refusal::conflict, "requisition_exists",
                                           "The company has a requisition with this id already."};
inline constexpr Reason requisition_unknown{Refusal::missing, "requisition_unknown",
                                            "The company has no requisition with this id."};
inline constexpr Reason requisition_approved{Refusal::conflict, "requisition_approved",
                                             "The requisition is approved already."};
inline constexpr Reason requisition_rejected{Refusal::conflict, "requisition_rejected",
                                             "The requisition is rejected; ask anew."};
inline constexpr Reason requisition_by_approver{
    Refusal::conflict, "requisition_by_approver",
    "Who asks for something does not approve it; somebody else does."};
inline constexpr Reason requisition_ordered{
    Refusal::conflict, "requisition_ordered",
    "Something of the requisition is ordered already; close the lines of that order."};
// What whoever orders by a requisition may meet.
inline constexpr Reason requisition_line_unknown{Refusal::missing, "requisition_line_unknown",
                                                 "The requisition has no line with this number."};
inline constexpr Reason requisition_not_approved{
    Refusal::conflict, "requisition_not_approved",
    "Nobody has approved the requisition; ApproveRequisition does."};
inline constexpr Reason requisition_item_differs{
    Refusal::invalid, "requisition_item_differs",
    "The line of the requisition is for another item."};

enum class RequisitionState : std::uint8_t { requested, approved, rejected };

void describe(auto& choice, RequisitionState) {
    choice.choice("RequisitionState", "What has become of a requisition.")
        .value("requested", "Nobody has judged it.")
        .value("approved", "It may be ordered.")
        .value("rejected", "It is not to be ordered.");
}

struct RequisitionLine {
    items::ItemCode item;
    Quantity quantity;
    std::optional<Date> needed_by;
    std::optional<inventory::WarehouseCode> warehouse;
    std::string text;

    bool operator==(const RequisitionLine&) const = default;
    static void describe(auto& line) {
        line.record("RequisitionLine", "Something that is needed.")
            .field("item", &RequisitionLine::item, "An item that can be bought.")
            .field("quantity", &RequisitionLine::quantity, "Above zero, in any unit of the item.")
            .field("needed_by", &RequisitionLine::needed_by, "When. Absent: no day is said.")
            .field("warehouse", &RequisitionLine::warehouse, "Where. Absent: nowhere is said.")
            .field("text", &RequisitionLine::text, "What more is to be said of it.")
            .otherwise_empty()
            .longest(500);
    }
};

// A line of a requisition that something is ordered by.
struct RequisitionLineRef {
    RequisitionId requisition;
    std::int64_t line = 1;

    auto operator<=>(const RequisitionLineRef&) const = default;
    static void describe(auto& record) {
        record.record("RequisitionLineRef", "A line of a requisition.")
            .field("requisition", &RequisitionLineRef::requisition, "The requisition.")
            .field("line", &RequisitionLineRef::line, "Number of the line, from 1.")
            .otherwise(std::int64_t{1})
            .least(1);
    }
};

struct PurchaseRequested {
    CompanyCode company;
    RequisitionId requisition;
    std::string requested_by;
    std::vector<RequisitionLine> lines;
    std::string text;

    bool operator==(const PurchaseRequested&) const = default;
    static void describe(auto& event) {
        event.record("PurchaseRequested", "Somebody needs something.")
            .company(&PurchaseRequested::company)
            .stream(&PurchaseRequested::requisition)
            .on_recorded_day()
            .field("company", &PurchaseRequested::company, "Who is to buy.")
            .field("requisition", &PurchaseRequested::requisition, "The requisition.")
            .field("requested_by", &PurchaseRequested::requested_by, "Who asks.")
            .field("lines", &PurchaseRequested::lines, "What is needed.")
            .field("text", &PurchaseRequested::text, "What for.");
    }
};

struct RequisitionApproved {
    CompanyCode company;
    RequisitionId requisition;

    bool operator==(const RequisitionApproved&) const = default;
    static void describe(auto& event) {
        event.record("RequisitionApproved", "A requisition may be ordered.")
            .company(&RequisitionApproved::company)
            .stream(&RequisitionApproved::requisition)
            .on_recorded_day()
            .field("company", &RequisitionApproved::company, "Who is to buy.")
            .field("requisition", &RequisitionApproved::requisition, "The requisition.");
    }
};

struct RequisitionRejected {
    CompanyCode company;
    RequisitionId requisition;
    std::string reason;

    bool operator==(const RequisitionRejected&) const = default;
    static void describe(auto& event) {
        event.record("RequisitionRejected", "A requisition is not to be ordered.")
            .company(&RequisitionRejected::company)
            .stream(&RequisitionRejected::requisition)
            .on_recorded_day()
            .field("company", &RequisitionRejected::company, "Who was to buy.")
            .field("requisition", &RequisitionRejected::requisition, "The requisition.")
            .field("reason", &RequisitionRejected::reason, "Why.");
    }
};

struct RequestPurchase {
    CompanyCode company;
    RequisitionId requisition;
    std::vector<RequisitionLine> lines;
    std::string text;

    static void describe(auto& command) {
        command
            .record("RequestPurchase",
                    "Says what is needed. Once somebody else approves it, it may be ordered.")
            .company(&RequestPurchase::company)
            .stream(&RequestPurchase::requisition)
            .example(R"({"company": "DEMO", "requisition":
                "01980000-0000-7000-8000-000000000601", "lines": [{"item": "CANDLE", "quantity":
                {"amount": "12", "unit": "ea"}}], "text": "For the window"})")
            .field("company", &RequestPurchase::company, "Who is to buy.")
            .field("requisition", &RequestPurchase::requisition, "A new id, chosen by the client.")
            .field("lines", &RequestPurchase::lines, "What is needed.")
            .shortest(1)
            .longest(1'000)
            .field("text", &RequestPurchase::text, "What for.")
            .otherwise_empty()
            .longest(500)
            .refuses(companies::company_unknown, requisition_exists, items::item_unknown,
                     items::item_is_template, items::item_is_draft, items::item_phased_out,
                     items::item_discontinued, items::item_use_blocked, item_not_bought,
                     inventory::quantity_not_positive, inventory::quantity_not_whole,
                     inventory::warehouse_unknown, inventory::warehouse_blocked);
    }
};

struct ApproveRequisition {
    CompanyCode company;
    RequisitionId requisition;

    static void describe(auto& command) {
        command.record("ApproveRequisition", "Agrees to what somebody else asks for.")
            .company(&ApproveRequisition::company)
            .stream(&ApproveRequisition::requisition)
            .example(R"({"company": "DEMO", "requisition":
                "01980000-0000-7000-8000-000000000602"})")
            .field("company", &ApproveRequisition::company, "Who is to buy.")
            .field("requisition", &ApproveRequisition::requisition, "Of somebody else.")
            .refuses(requisition_unknown, requisition_rejected, requisition_approved,
                     requisition_by_approver);
    }
};

struct RejectRequisition {
    CompanyCode company;
    RequisitionId requisition;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("RejectRequisition",
                    "Says that something is not to be ordered, approved or not, as long as nothing "
                    "of it is. Who asked for it may say so too.")
            .company(&RejectRequisition::company)
            .stream(&RejectRequisition::requisition)
            .example(R"({"company": "DEMO", "requisition":
                "01980000-0000-7000-8000-000000000601", "reason": "There are enough"})")
            .field("company", &RejectRequisition::company, "Who was to buy.")
            .field("requisition", &RejectRequisition::requisition, "A requisition.")
            .field("reason", &RejectRequisition::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(requisition_unknown, requisition_rejected, requisition_ordered);
    }
};

struct RequisitionKey {
    CompanyCode company;
    RequisitionId requisition;

    auto operator<=>(const RequisitionKey&) const = default;
    static void describe(auto& key) {
        key.record("RequisitionKey", "A requisition of a company.")
            .field("company", &RequisitionKey::company, "Of which company.")
            .field("requisition", &RequisitionKey::requisition, "Its id.");
    }
};

struct Requisition {
    std::string requested_by;
    RequisitionState state = RequisitionState::requested;
    std::vector<RequisitionLine> lines;
    std::int64_t orders = 0;

    static void describe(auto& record) {
        record.record("Requisition", "A requisition as decisions know it.")
            .field("requested_by", &Requisition::requested_by, "Who asks.")
            .field("state", &Requisition::state, "What has become of it.")
            .field("lines", &Requisition::lines, "What is needed.")
            .field("orders", &Requisition::orders, "How many lines of orders name it.");
    }
};
using Requisitions = PagedTable<RequisitionKey, Requisition>;

// Why an item cannot be ordered by a line of a requisition: requisition_unknown,
// requisition_line_unknown, requisition_rejected, requisition_not_approved or
// requisition_item_differs.
Objection fault_of_requisition(const World&, const CompanyCode&, const RequisitionLineRef&,
                               const items::ItemCode&);

Decision<PurchaseRequested> decide(const World&, const RequestPurchase&, const Context&);
Decision<RequisitionApproved> decide(const World&, const ApproveRequisition&, const Context&);
Decision<RequisitionRejected> decide(const World&, const RejectRequisition&, const Context&);
void evolve(Requisitions&, const PurchaseRequested&);
void evolve(Requisitions&, const RequisitionApproved&);
void evolve(Requisitions&, const RequisitionRejected&);

Part requisitions();

}  // namespace kontor::purchasing
