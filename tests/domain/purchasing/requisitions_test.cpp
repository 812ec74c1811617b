// What is asked for, and who agrees to it.
#include "domain/purchasing/requisitions.h"

#include "tests/domain/purchasing/buying_company.h"

using namespace kontor;
using namespace kontor::purchasing;
using namespace kontor::purchasing::buying;

namespace {

RequestPurchase request(std::uint64_t number, std::string_view quantity = "10") {
    return {acme, nth<RequisitionId>(number), {{{"mug"}, pcs(quantity), {}, {}, ""}}, "For guests"};
}

}  // namespace

TEST_CASE("who asks for something does not approve it") {
    Buyer buyer;
    buyer.must_as("ann", request(1));
    const ApproveRequisition approve{acme, nth<RequisitionId>(1)};
    CHECK(buyer.tries(Message::of(approve), asked_by("ann")).refused.reason ==
          &requisition_by_approver);
    buyer.must_as("ben", approve);
    CHECK(buyer.tries(Message::of(approve), asked_by("ben")).refused.reason ==
          &requisition_approved);
}

TEST_CASE("a requisition is refused for the first of its faults") {
    Buyer buyer;
    buyer.must(request(1));
    RequestPurchase command = request(1);
    command.company = {"NONE"};
    command.lines = {{{"none"}, pcs("0"), {}, inventory::WarehouseCode{"NONE"}, ""}};
    buyer.refuses(command, companies::company_unknown);
    command.company = acme;
    buyer.refuses(command, requisition_exists);
    command.requisition = nth<RequisitionId>(2);
    buyer.refuses(command, items::item_unknown);
    const auto is = [&](auto change, const Reason& reason) {
        items::CreateItem item;
        item.company = acme;
        item.item = {std::string(reason.code)};
        item.name = "Other";
        item.base_unit = inventory::stocked::pieces();
        change(item);
        buyer.must(item);
        command.lines[0].item = item.item;
    };
    is([](items::CreateItem& item) { item.is_template = true; }, items::item_is_template);
    buyer.refuses(command, items::item_is_template);
    is([](items::CreateItem& item) { item.draft = true; }, items::item_is_draft);
    buyer.refuses(command, items::item_is_draft);
    is([](items::CreateItem&) {}, items::item_phased_out);
    buyer.must(
        items::SetItemLifecycle{acme, command.lines[0].item, items::ItemLifecycle::phase_out});
    buyer.refuses(command, items::item_phased_out);
    buyer.must(
        items::SetItemLifecycle{acme, command.lines[0].item, items::ItemLifecycle::discontinued});
    buyer.refuses(command, items::item_discontinued);
    is([](items::CreateItem&) {}, items::item_use_blocked);
    buyer.must(
        items::BlockItem{acme, command.lines[0].item, {items::ItemUse::purchase}, "Recalled"});
    buyer.refuses(command, items::item_use_blocked);
    is([](items::CreateItem& item) { item.kind = items::ItemKind::kit; }, item_not_bought);
    buyer.refuses(command, item_not_bought);
    command.lines[0].item = {"mug"};
    buyer.refuses(command, inventory::quantity_not_positive);
    command.lines[0].quantity = pcs("0.5");
    buyer.refuses(command, inventory::quantity_not_whole);
    command.lines[0].quantity = ctn("1");
    buyer.refuses(command, inventory::warehouse_unknown);
    command.lines[0].warehouse = inventory::WarehouseCode{"MAIN"};
    buyer.must(inventory::BlockWarehouse{acme, {"MAIN"}});
    buyer.refuses(command, inventory::warehouse_blocked);
    buyer.must(inventory::UnblockWarehouse{acme, {"MAIN"}});
    buyer.must(command);
}

TEST_CASE("a requisition is judged once, and not after it is ordered") {
    Buyer buyer;
    buyer.refuses(ApproveRequisition{acme, nth<RequisitionId>(1)}, requisition_unknown);
    buyer.refuses(RejectRequisition{acme, nth<RequisitionId>(1), "No"}, requisition_unknown);
    buyer.must_as("ann", request(1));
    buyer.must(RejectRequisition{acme, nth<RequisitionId>(1), "There are enough"});
    buyer.refuses(ApproveRequisition{acme, nth<RequisitionId>(1)}, requisition_rejected);
    buyer.refuses(RejectRequisition{acme, nth<RequisitionId>(1), "No"}, requisition_rejected);
    buyer.must_as("ann", request(2));
    buyer.must(ApproveRequisition{acme, nth<RequisitionId>(2)});
    buyer.refuses(ApproveRequisition{acme, nth<RequisitionId>(2)}, requisition_approved);
    buyer.must(request(3));
    buyer.refuses(ApproveRequisition{acme, nth<RequisitionId>(3)}, requisition_by_approver);
    PurchaseLine by_it;
    by_it.requisition = RequisitionLineRef{nth<RequisitionId>(2), 1};
    by_it.price = price("10");
    buyer.must(place(1, "WICK", {by_it}));
    CHECK(buyer.order(1).lines[0].ordered.base == pcs("10"));
    buyer.refuses(RejectRequisition{acme, nth<RequisitionId>(2), "No"}, requisition_ordered);
}
