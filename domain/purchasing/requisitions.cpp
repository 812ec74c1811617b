// How something is asked for and agreed to.
#include "domain/purchasing/requisitions.h"

#include "domain/core/catalog.h"

namespace kontor::purchasing {

namespace {

Objection fault_of_line(const World& world, const CompanyCode& company,
                        const RequisitionLine& line) {
    if (Objection fault = fault_of_purchase(world, company, line.item)) return fault;
    Quantity base;
    if (Objection fault = find_quantity(world, company, line.item, line.quantity, base))
        return fault;
    if (line.warehouse) return inventory::fault_of_warehouse(world, company, *line.warehouse);
    return {};
}

}  // namespace

Objection fault_of_requisition(const World& world, const CompanyCode& company,
                               const RequisitionLineRef& ref, const items::ItemCode& item) {
    const Requisition* requisition = world.of<Requisitions>().find({company, ref.requisition});
    if (!requisition) return requisition_unknown.about(ref.requisition);
    if (ref.line < 1 || ref.line > std::ssize(requisition->lines))
        return requisition_line_unknown.about(ref.requisition, ref.line);
    if (requisition->state == RequisitionState::rejected)
        return requisition_rejected.about(ref.requisition);
    if (requisition->state != RequisitionState::approved)
        return requisition_not_approved.about(ref.requisition);
    if (requisition->lines[static_cast<std::size_t>(ref.line - 1)].item != item)
        return requisition_item_differs.about(ref.requisition, ref.line, item);
    return {};
}

Decision<PurchaseRequested> decide(const World& world, const RequestPurchase& request,
                                   const Context& context) {
    if (!world.of<companies::Companies>().find(request.company))
        return companies::company_unknown.about(request.company);
    if (world.of<Requisitions>().find({request.company, request.requisition}))
        return requisition_exists.about(request.requisition);
    for (std::size_t at = 0; at < request.lines.size(); ++at)
        if (Objection fault = fault_of_line(world, request.company, request.lines[at]))
            return std::move(fault).at("lines", at);
    return PurchaseRequested{request.company, request.requisition, context.actor, request.lines,
                             request.text};
}

Decision<RequisitionApproved> decide(const World& world, const ApproveRequisition& approve,
                                     const Context& context) {
    const Requisition* requisition =
        world.of<Requisitions>().find({approve.company, approve.requisition});
    if (!requisition) return requisition_unknown.about(approve.requisition);
    if (requisition->state == RequisitionState::rejected)
        return requisition_rejected.about(approve.requisition);
    if (requisition->state == RequisitionState::approved)
        return requisition_approved.about(approve.requisition);
    if (requisition->requested_by == context.actor) return requisition_by_approver;
    return RequisitionApproved{approve.company, approve.requisition};
}

Decision<RequisitionRejected> decide(const World& world, const RejectRequisition& reject,
                                     const Context&) {
    const Requisition* requisition =
        world.of<Requisitions>().find({reject.company, reject.requisition});
    if (!requisition) return requisition_unknown.about(reject.requisition);
    if (requisition->state == RequisitionState::rejected)
        return requisition_rejected.about(reject.requisition);
    if (requisition->orders > 0) return requisition_ordered.about(reject.requisition);
    return RequisitionRejected{reject.company, reject.requisition, reject.reason};
}

void evolve(Requisitions& requisitions, const PurchaseRequested& requested) {
    requisitions.put({requested.company, requested.requisition},
                     {requested.requested_by, RequisitionState::requested, requested.lines, 0});
}

void evolve(Requisitions& requisitions, const RequisitionApproved& approved) {
    requisitions.change({approved.company, approved.requisition}, [](Requisition& requisition) {
        requisition.state = RequisitionState::approved;
    });
}

void evolve(Requisitions& requisitions, const RequisitionRejected& rejected) {
    requisitions.change({rejected.company, rejected.requisition}, [](Requisition& requisition) {
        requisition.state = RequisitionState::rejected;
    });
}

Part requisitions() {
    return Part()
        .table<Requisitions>("purchasing.requisitions")
        .commands<RequestPurchase, ApproveRequisition, RejectRequisition>()
        .event<PurchaseRequested, Requisitions>()
        .event<RequisitionApproved, Requisitions>()
        .event<RequisitionRejected, Requisitions>();
}

}  // namespace kontor::purchasing
