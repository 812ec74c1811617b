// How lines clear receipts, what of a price is a difference, and what a document posts.
#include "domain/purchasing/invoicing.h"

#include "domain/inventory/stock_accounts.h"
#include "domain/ledger/posting.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kontor::purchasing {

namespace {

using OrderLineKey = std::pair<PurchaseOrderId, std::int64_t>;

// The part of an amount that belongs to the first quantities of all.
std::int64_t share_of(std::int64_t amount, std::int64_t part, std::int64_t whole) {
    if (part == whole) return amount;
    return static_cast<std::int64_t>(divide(Wide{amount} * part, whole, Rounding::half_up));
}

// Sums of an entry's lines by account and currency; debits are above zero.
class Sums {
public:
    Sums(Currency currency, Currency base) : currency_(currency), base_(base) {}

    void add(const ledger::AccountCode& account, std::int64_t amount, std::int64_t base) {
        if (currency_ == base_ || amount == 0)
            by_account_[{account, false}].base += base;
        else
            by_account_[{account, true}] += Valued{0, amount, base};
    }
    void add_in_base(const ledger::AccountCode& account, std::int64_t base) {
        by_account_[{account, false}].base += base;
    }
    std::int64_t balance() const {
        std::int64_t sum = 0;
        for (const auto& [of, value] : by_account_) sum += value.base;
        return sum;
    }
    // All of them, the other way round for a credit note.
    std::vector<ledger::EntryLine> lines(int sign) const {
        std::vector<ledger::EntryLine> lines;
        for (const auto& [of, value] : by_account_) {
            const bool foreign = of.second && value.amount != 0;
            const std::int64_t amount = sign * (foreign ? value.amount : value.base);
            if (amount == 0) continue;
            const int side = amount < 0 ? -1 : +1;
            ledger::EntryLine line;
            line.account = of.first;
            line.side = side < 0 ? ledger::Side::credit : ledger::Side::debit;
            line.amount = {side * amount, foreign ? currency_ : base_};
            if (foreign) line.base = Money{side * sign * value.base, base_};
            lines.push_back(std::move(line));
        }
        return lines;
    }

private:
    const Currency currency_, base_;
    std::map<std::pair<ledger::AccountCode, bool>, Valued> by_account_;
};

class Invoicing {
public:
    Invoicing(const World& world, const AskedDocument& asked, const Context& context,
              SupplierInvoiced& invoiced)
        : world_(world),
          asked_(asked),
          context_(context),
          invoiced_(invoiced),
          base_(world.of<companies::Companies>().find(asked.company)->base_currency) {}

    Objection find() {
        if (Objection fault = find_head()) return fault;
        for (std::size_t at = 0; at < lines_.size(); ++at)
            if (Objection fault = find_amount(lines_[at])) return std::move(fault).at("lines", at);
        if (Objection fault = find_charges()) return fault;
        if (Objection fault = find_taxes()) return fault;
        for (std::size_t at = 0; at < lines_.size(); ++at) {
            Objection fault = asked_.credit ? credit(invoiced_.lines[at], only_price_[at])
                                            : clear(invoiced_.lines[at]);
            if (fault) return std::move(fault).at("lines", at);
        }
        return post();
    }

private:
    const CompanyCode& company() const { return asked_.company; }
    const PurchaseOrder* find_order(const PurchaseOrderId& id) const {
        return world_.of<PurchaseOrders>().find({company(), id});
    }

    Objection find_head() {
        if (world_.of<SupplierInvoices>().find({company(), asked_.invoice}))
            return supplier_invoice_exists.about(asked_.invoice);
        const PurchaseOrder* order = find_order(asked_.order);
        if (!order) return purchase_order_unknown.about(asked_.order);
        invoiced_.company = company();
        invoiced_.invoice = asked_.invoice;
        invoiced_.credit = asked_.credit;
        invoiced_.supplier = order->supplier;
        invoiced_.counterparty = order->counterparty;
        invoiced_.number = asked_.number;
        invoiced_.date = asked_.date.value_or(context_.today);
        invoiced_.due = asked_.due;
        invoiced_.terms = asked_.terms;
        invoiced_.contract = order->contract;
        if (!invoiced_.terms && !invoiced_.due && !asked_.credit)
            if (const auto* terms = contracts::contract_terms_on(world_, company(), order->contract,
                                                                 invoiced_.date))
                invoiced_.terms = terms->payment_terms;
        invoiced_.charges = asked_.charges;
        invoiced_.text = asked_.text;
        currency_ = order->currency;
        lines_ = asked_.lines;
        if (lines_.empty()) name_all(*order);
        for (std::size_t at = 0; at < lines_.size(); ++at)
            if (Objection fault = fault_of_order(lines_[at]))
                return std::move(fault).at("lines", at);
        if (lines_.empty() && invoiced_.charges.empty()) return invoice_without_lines;
        if (world_.of<SupplierNumbers>().find(
                {company(), invoiced_.counterparty, invoiced_.number}))
            return supplier_number_exists.about(invoiced_.counterparty, invoiced_.number);
        ledger::Placed placed;
        if (Objection fault = ledger::find_place(world_, company(), invoiced_.date, std::nullopt,
                                                 context_, placed))
            return fault;
        invoiced_.posted_on = placed.date;
        if (Objection fault =
                find_rate(world_, company(), currency_, asked_.rate, invoiced_.date, rate_))
            return fault;
        invoiced_.rate = rate_.shown();
        accounts_ = world_.of<PurchasePostings>().find(company());
        return accounts_ ? Objection() : Objection(purchase_accounts_missing);
    }
    // All that came and is not invoiced; of a credit note, all that went back and is not credited.
    void name_all(const PurchaseOrder& order) {
        for (const OrderLineState& line : order.lines) {
            std::int64_t open = 0;
            for (const PurchaseReceiptLineRef& ref : line.receipts) {
                const ReceiptLineState& state = state_of(ref);
                open += asked_.credit ? state.credit.quantity : state.open.quantity;
            }
            if (open == 0) continue;
            InvoiceLine all;
            all.order = asked_.order;
            all.line = line.ordered.line;
            all.quantity = Quantity{open, line.ordered.base.unit};
            lines_.push_back(std::move(all));
        }
    }
    Objection fault_of_order(const InvoiceLine& line) const {
        const PurchaseOrder* order = find_order(line.order);
        if (!order) return purchase_order_unknown.about(line.order);
        if (order->counterparty != invoiced_.counterparty)
            return invoice_of_other_supplier.about(line.order, order->counterparty);
        if (order->currency != currency_)
            return invoice_currency_differs.about(line.order, order->currency);
        return {};
    }

    // A receipt's line as it is after the lines of this document that came before.
    ReceiptLineState& state_of(const PurchaseReceiptLineRef& ref) {
        const auto found = receipts_.find(ref);
        if (found != receipts_.end()) return found->second;
        const PurchaseReceipt& receipt =
            *world_.of<PurchaseReceipts>().find({company(), ref.receipt});
        return receipts_.emplace(ref, *receipt.line(ref.line)).first->second;
    }
    OrderLineState& state_of(const InvoicedLine& line) {
        const OrderLineKey key{line.order, line.order_line};
        const auto found = orders_.find(key);
        if (found != orders_.end()) return found->second;
        return orders_.emplace(key, *find_order(line.order)->line(line.order_line)).first->second;
    }

    Objection find_amount(const InvoiceLine& asked) {
        const OrderLineState* state = find_order(asked.order)->line(asked.line);
        if (!state) return purchase_line_unknown.about(asked.line);
        const OrderedLine& ordered = state->ordered;
        InvoicedLine line;
        line.order = asked.order;
        line.order_line = asked.line;
        line.item = ordered.item;
        line.quantity = {0, ordered.base.unit};
        line.taxes = asked.taxes.empty() ? ordered.taxes : asked.taxes;
        const bool only_price = asked_.credit && !asked.quantity && asked.amount;
        std::optional<Quantity> quantity = asked.quantity;
        if (!quantity && !only_price) quantity = all_of(*state);
        if (quantity)
            if (Objection fault =
                    find_quantity(world_, company(), line.item, *quantity, line.quantity))
                return fault;
        const UnitPrice price = asked.price.value_or(ordered.price);
        if (price.currency != currency_ || price.units < 0)
            return invoice_amount_negative.about(price);
        const auto amount =
            asked.amount ? asked.amount
                         : amount_of(price, ordered.quantity, ordered.base, line.quantity.micro);
        const auto should =
            amount_of(ordered.price, ordered.quantity, ordered.base, line.quantity.micro);
        if (!amount || !should) return purchase_too_large.about(line.item);
        if (amount->currency != currency_ || amount->minor < 0)
            return invoice_amount_negative.about(*amount);
        line.amount = *amount;
        line.ordered = *should;
        if (ordered.stocked) {
            const auto* posting =
                inventory::stock_posting_of(world_, company(), ordered.item, invoiced_.date);
            if (!posting) return inventory::stock_accounts_missing.about(ordered.item);
            line.account = posting->accounts.received;
        } else {
            line.account = accounts_->received;
        }
        only_price_.push_back(only_price);
        invoiced_.lines.push_back(std::move(line));
        return {};
    }
    Quantity all_of(const OrderLineState& line) {
        Quantity all{0, line.ordered.base.unit};
        for (const PurchaseReceiptLineRef& ref : line.receipts)
            all.micro +=
                asked_.credit ? state_of(ref).credit.quantity : state_of(ref).open.quantity;
        return all;
    }

    Objection find_charges() const {
        for (std::size_t at = 0; at < invoiced_.charges.size(); ++at) {
            const OtherCharge& charge = invoiced_.charges[at];
            Objection fault = inventory::fault_of_account(world_, company(), charge.account);
            if (!fault && charge.amount.currency != currency_)
                fault = invoice_currency_differs.about(charge.amount.currency);
            if (fault) return std::move(fault).at("charges", at);
        }
        return {};
    }

    Objection find_taxes() {
        taxes::DocumentTaxes document{taxes::TaxUse::purchase, currency_, {}};
        const auto book = taxes::tax_book_on(world_, company(), invoiced_.date);
        std::vector<taxes::TaxableLine> taxable;
        const auto add = [&](Money amount, std::int64_t quantity,
                             const std::vector<taxes::TaxCode>& named) {
            taxes::TaxableLine line{amount, quantity, {}};
            Objection fault = document.add(book, named, line.taxes);
            taxable.push_back(std::move(line));
            return fault;
        };
        for (std::size_t at = 0; at < invoiced_.lines.size(); ++at) {
            const InvoicedLine& line = invoiced_.lines[at];
            if (Objection fault = add(line.amount, line.quantity.micro, line.taxes))
                return std::move(fault).at("lines", at);
        }
        for (std::size_t at = 0; at < invoiced_.charges.size(); ++at) {
            const OtherCharge& charge = invoiced_.charges[at];
            if (Objection fault = add(charge.amount, 1'000'000, charge.taxes))
                return std::move(fault).at("charges", at);
        }
        const auto taxed =
            taxes::taxes_of(taxable, document.rules, taxes::tax_rounding_of(world_, company()));
        if (!taxed || taxed->payable.minor <= 0) return invoice_taxes_unfit;
        std::size_t at = 0;
        for (InvoicedLine& line : invoiced_.lines) line.amount = taxed->lines[at++].net;
        for (OtherCharge& charge : invoiced_.charges) charge.amount = taxed->lines[at++].net;
        for (const taxes::TaxShare& share : taxed->taxes)
            if (Objection fault = add_tax(document.rules[share.tax], share)) return fault;
        invoiced_.net = taxed->net;
        invoiced_.payable = taxed->payable;
        if (asked_.total && *asked_.total != taxed->gross)
            return invoice_total_differs.about(taxed->gross, *asked_.total);
        return {};
    }
    Objection add_tax(const taxes::TaxRule& rule, const taxes::TaxShare& share) {
        const taxes::Tax& tax = *world_.of<taxes::Taxes>().find({company(), rule.tax});
        InvoicedTax invoiced{rule.tax, rule.effect, {}, {}, share.base, share.amount};
        const bool withheld = rule.effect == taxes::TaxEffect::withheld;
        const bool waits = tax.terms.cash_basis && !withheld;
        const auto& account = withheld ? tax.payable : waits ? tax.in_transition : tax.recoverable;
        const bool owed = rule.effect == taxes::TaxEffect::reverse_charge;
        if (share.amount.minor != 0 && (!account || (owed && !tax.payable)))
            return purchase_tax_account_missing.about(rule.tax);
        if (account) invoiced.account = *account;
        if (owed) invoiced.owed_on = tax.payable;
        invoiced_.taxes.push_back(std::move(invoiced));
        return {};
    }

    // At the rate of the receipt; halves away from zero.
    std::optional<Money> at_rate_of(const PurchaseReceiptLineRef& ref, std::int64_t amount) const {
        const auto& rate = world_.of<PurchaseReceipts>().find({company(), ref.receipt})->rate;
        if (!rate) return Money{amount, base_};
        return converted({amount, currency_}, *rate, base_, Rounding::half_up);
    }
    Objection add_cleared(InvoicedLine& line, const PurchaseReceiptLineRef& ref,
                          const Valued& cleared, const Valued& prepaid, std::int64_t difference) {
        const ReceivedLine& received = state_of(ref).received;
        const auto in_base = at_rate_of(ref, difference);
        if (!in_base) return purchase_too_large.about(line.item);
        line.cleared.push_back({ref, received.account, received.stock_line, received.expense,
                                cleared, prepaid, *in_base});
        return {};
    }

    // An invoice's line is for what came first, and what has not come waits for it.
    Objection clear(InvoicedLine& line) {
        OrderLineState& order = state_of(line);
        std::int64_t left = line.quantity.micro, shared = 0;
        const auto next_share = [&](std::int64_t quantity) {
            left -= quantity;
            const std::int64_t until =
                share_of(line.amount.minor, line.quantity.micro - left, line.quantity.micro);
            return until - std::exchange(shared, until);
        };
        for (const PurchaseReceiptLineRef& ref : order.receipts) {
            ReceiptLineState& receipt = state_of(ref);
            const std::int64_t taken = std::min(left, receipt.open.quantity);
            if (taken == 0) continue;
            const Valued cleared = receipt.open.part(taken);
            const Valued prepaid = receipt.open_prepaid.part(taken);
            receipt.open -= cleared;
            receipt.open_prepaid -= prepaid;
            if (Objection fault =
                    add_cleared(line, ref, cleared, prepaid, next_share(taken) - cleared.amount))
                return fault;
        }
        if (left > 0) {
            line.ahead = {left, 0, 0};
            line.ahead.amount = next_share(left);
            const auto in_base = rate_.in_base({line.ahead.amount, currency_}, base_);
            if (!in_base) return purchase_too_large.about(line.item);
            line.ahead.base = in_base->minor;
            order.ahead += line.ahead;
        }
        order.progress.invoiced += line.quantity.micro;
        order.progress.invoiced_minor += line.amount.minor;
        order.progress.ordered_minor += line.ordered.minor;
        return {};
    }

    // A credit note's line is for what went back, then for what never came.
    Objection credit(InvoicedLine& line, bool only_price) {
        OrderLineState& order = state_of(line);
        if (line.amount.minor > order.progress.invoiced_minor)
            return credited_beyond_invoiced.about(line.item, line.amount);
        order.progress.invoiced_minor -= line.amount.minor;
        if (only_price) return credit_price(line, order);
        std::int64_t left = line.quantity.micro, shared = 0;
        const auto next_share = [&](std::int64_t quantity) {
            left -= quantity;
            const std::int64_t until =
                share_of(line.amount.minor, line.quantity.micro - left, line.quantity.micro);
            return until - std::exchange(shared, until);
        };
        for (const PurchaseReceiptLineRef& ref : order.receipts) {
            ReceiptLineState& receipt = state_of(ref);
            const std::int64_t taken = std::min(left, receipt.credit.quantity);
            if (taken == 0) continue;
            const Valued cleared = receipt.credit.part(taken);
            receipt.credit -= cleared;
            if (Objection fault =
                    add_cleared(line, ref, cleared, {}, cleared.amount - next_share(taken)))
                return fault;
        }
        const std::int64_t of_ahead = std::min(left, order.ahead.quantity);
        if (left > of_ahead)
            return credited_beyond_returned.about(line.item,
                                                  Quantity{left - of_ahead, line.quantity.unit});
        if (of_ahead > 0) {
            line.ahead = order.ahead.part(of_ahead);
            order.ahead -= line.ahead;
            difference_ahead_ += line.ahead.amount - next_share(of_ahead);
        }
        order.progress.invoiced -= line.quantity.micro;
        order.progress.ordered_minor -= line.ordered.minor;
        return {};
    }
    // A price that came down belongs to what was invoiced and kept, whichever receipt brought it.
    Objection credit_price(InvoicedLine& line, OrderLineState& order) {
        std::vector<std::int64_t> kept;
        Wide sum = 0;
        for (const PurchaseReceiptLineRef& ref : order.receipts) {
            const ReceiptLineState& state = state_of(ref);
            kept.push_back(state.received.accepted().micro - state.open.quantity -
                           state.returned.quantity);
            sum += kept.back();
        }
        if (sum == 0) return credited_beyond_invoiced.about(line.item, line.amount);
        const auto shares = allocate(line.amount, kept);
        for (std::size_t at = 0; at < kept.size(); ++at)
            if (shares[at].minor != 0)
                if (Objection fault =
                        add_cleared(line, order.receipts[at], {}, {}, -shares[at].minor))
                    return fault;
        return {};
    }

    Objection post() {
        Sums sums(currency_, base_);
        const int sign = asked_.credit ? -1 : +1;
        for (const InvoicedLine& line : invoiced_.lines) {
            for (const ClearedReceipt& cleared : line.cleared) {
                sums.add(cleared.account, cleared.cleared.amount - cleared.prepaid.amount,
                         cleared.cleared.base - cleared.prepaid.base);
                sums.add_in_base(cleared.account, cleared.prepaid.base);
                // What goes to stock comes back from there on the same account.
                sums.add_in_base(cleared.stock_line > 0 ? cleared.account : *cleared.expense,
                                 sign * cleared.price_difference.minor);
            }
            sums.add(line.account, line.ahead.amount, line.ahead.base);
        }
        Objection too_large;
        const auto in_base = [&](Money amount) {
            const auto found = rate_.in_base(amount, base_);
            if (!found) too_large = purchase_too_large.about(amount);
            return found.value_or(Money{most_money, base_});
        };
        // What was invoiced too dear, never came, and is not given back whole.
        if (difference_ahead_ != 0) {
            const bool more = difference_ahead_ > 0;
            const Money size{more ? difference_ahead_ : -difference_ahead_, currency_};
            sums.add_in_base(accounts_->expense, (more ? -1 : +1) * in_base(size).minor);
        }
        for (const OtherCharge& charge : invoiced_.charges)
            sums.add(charge.account, charge.amount.minor, in_base(charge.amount).minor);
        for (const InvoicedTax& tax : invoiced_.taxes) {
            const std::int64_t amount = tax.amount.minor, base = in_base(tax.amount).minor;
            if (amount == 0) continue;
            const int side = tax.effect == taxes::TaxEffect::withheld ? -1 : +1;
            sums.add(tax.account, side * amount, side * base);
            if (tax.owed_on) sums.add(*tax.owed_on, -amount, -base);
        }
        invoiced_.payable_base = in_base(invoiced_.payable);
        if (too_large) return too_large;
        const std::int64_t loss = sign * (invoiced_.payable_base.minor - sums.balance());
        if (loss != 0)
            sums.add_in_base(loss > 0 ? accounts_->exchange_losses : accounts_->exchange_gains,
                             sign * loss);
        invoiced_.postings = sums.lines(sign);
        if (!asked_.credit) find_faults(in_base);
        return too_large;
    }
    void find_faults(const auto& in_base) {
        const PurchasePolicy& policy = purchase_policy_of(world_, company());
        for (const auto& [key, state] : orders_) {
            const auto faults =
                faults_of_match(policy, key.first, state.ordered, state.progress, in_base);
            invoiced_.faults.insert(invoiced_.faults.end(), faults.begin(), faults.end());
        }
    }

    const World& world_;
    const AskedDocument& asked_;
    const Context& context_;
    SupplierInvoiced& invoiced_;
    const Currency base_;
    Currency currency_;
    RateOfDocument rate_;
    const PurchaseAccounts* accounts_ = nullptr;
    std::vector<InvoiceLine> lines_;
    std::vector<bool> only_price_;
    std::map<PurchaseReceiptLineRef, ReceiptLineState> receipts_;
    std::map<OrderLineKey, OrderLineState> orders_;
    std::int64_t difference_ahead_ = 0;
};

}  // namespace

Objection find_document(const World& world, const AskedDocument& asked, const Context& context,
                        SupplierInvoiced& invoiced) {
    return Invoicing(world, asked, context, invoiced).find();
}

}  // namespace kontor::purchasing
