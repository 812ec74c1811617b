// A small plain chart, so that a company can start at once. Codes leave room between them.
#include "domain/ledger/charts.h"

namespace kontor::ledger {

ChartTemplate standard_chart() {
    using enum AccountKind;
    ChartTemplate chart;
    chart.accounts = {
        {"1", "Assets", asset, "", "h"},
        {"1000", "Cash", asset, "1", "m"},
        {"1010", "Bank", asset, "1", "m"},
        {"1100", "Trade receivables", asset, "1", "m"},
        {"1109", "Revaluation of trade receivables", asset, "1"},
        {"1200", "Inventories", asset, "1"},
        {"1300", "Input tax recoverable", asset, "1", "m"},
        {"1400", "Prepaid expenses", asset, "1"},
        {"1500", "Property, plant and equipment", asset, "1"},
        {"1590", "Accumulated depreciation", asset, "1", "c"},
        {"2", "Liabilities", liability, "", "h"},
        {"2000", "Trade payables", liability, "2", "m"},
        {"2009", "Revaluation of trade payables", liability, "2"},
        {"2100", "Output tax payable", liability, "2", "m"},
        {"2200", "Accrued expenses", liability, "2", "m"},
        {"2300", "Wages payable", liability, "2", "m"},
        {"2400", "Loans", liability, "2", "m"},
        {"3", "Equity", equity, "", "h"},
        {"3000", "Share capital", equity, "3"},
        {"3100", "Retained earnings", equity, "3"},
        {"3200", "Translation reserve", equity, "3"},
        {"4", "Income", income, "", "h"},
        {"4000", "Sales", income, "4"},
        {"4090", "Sales returns and discounts", income, "4", "c"},
        {"4900", "Other income", income, "4"},
        {"4910", "Exchange gains", income, "4"},
        {"5", "Expenses", expense, "", "h"},
        {"5000", "Cost of sales", expense, "5"},
        {"5100", "Wages and salaries", expense, "5"},
        {"5200", "Rent", expense, "5"},
        {"5300", "Office and utilities", expense, "5"},
        {"5400", "Marketing", expense, "5"},
        {"5500", "Travel", expense, "5"},
        {"5600", "Depreciation", expense, "5"},
        {"5700", "Bad debts", expense, "5"},
        {"5800", "Exchange losses", expense, "5"},
        {"5900", "Interest and bank charges", expense, "5"},
    };
    chart.balance_sheet = {
        {"property", "Property, plant and equipment", "1500 1590", "", Side::debit},
        {"inventories", "Inventories", "1200", "", Side::debit},
        {"receivables", "Trade receivables", "1100 1109", "", Side::debit},
        {"other_assets", "Other assets", "1", "", Side::debit},
        {"cash", "Cash and cash equivalents", "1000 1010", "", Side::debit},
        {"assets", "Total assets", "", "property inventories receivables other_assets cash",
         Side::debit, 1},
        {"capital", "Share capital", "3"},
        {"retained", "Retained earnings", "3100"},
        {"result", "Profit not yet carried to retained earnings", "4 5"},
        {"translation", "Translation reserve", "3200"},
        {"equity", "Total equity", "", "capital retained result translation", Side::credit, 1},
        {"loans", "Loans", "2400"},
        {"payables", "Trade payables", "2000 2009"},
        {"other_liabilities", "Other liabilities", "2"},
        {"liabilities", "Total liabilities", "", "loans payables other_liabilities", Side::credit,
         1},
        {"equity_and_liabilities", "Total equity and liabilities", "", "equity liabilities",
         Side::credit, 1},
    };
    chart.income_statement = {
        {"revenue", "Revenue", "4000 4090"},
        {"cost_of_sales", "Cost of sales", "5000"},
        {"gross_profit", "Gross profit", "", "revenue cost_of_sales", Side::credit, 1},
        {"other_income", "Other income", "4"},
        {"expenses", "Other operating expenses", "5"},
        {"operating_profit", "Operating profit", "", "gross_profit other_income expenses",
         Side::credit, 1},
        {"interest", "Interest and bank charges", "5900"},
        {"profit", "Profit", "", "operating_profit interest", Side::credit, 1},
    };
    chart.rules = {"3100", "4910", "5800", {{"1100", "1109"}, {"2000", "2009"}}, false, "3200"};
    chart.cash_flow = {
        {"operating_profit", "Operating profit", "4 5"},
        {.line = "depreciation",
         .name = "Depreciation",
         .adds_back = "5600",
         .against = "property"},
        {"inventories", "Change in inventories", "1200"},
        {"receivables", "Change in trade receivables", "1100 1109"},
        {"other_assets", "Change in other assets", "1"},
        {"payables", "Change in trade payables", "2000 2009"},
        {"other_liabilities", "Change in other liabilities", "2"},
        {"operating", "Cash from operating activities", "",
         "operating_profit depreciation inventories receivables other_assets payables "
         "other_liabilities",
         Side::credit, 1},
        {"property", "Purchase and sale of property, plant and equipment", "1500 1590"},
        {"investing", "Cash from investing activities", "", "property", Side::credit, 1},
        {"loans", "Loans raised and repaid", "2400"},
        {"interest", "Interest and bank charges", "5900"},
        {"capital", "Capital paid in", "3"},
        {"dividends", "Dividends paid", "3100"},
        {"financing", "Cash from financing activities", "", "loans interest capital dividends",
         Side::credit, 1},
        {"change", "Net change in cash", "", "operating investing financing", Side::credit, 1},
        {.line = "cash_opening",
         .name = "Cash at the beginning",
         .accounts = "1000 1010",
         .figure = LineFigure::opening},
        {.line = "cash_closing",
         .name = "Cash at the end",
         .accounts = "1000 1010",
         .level = 1,
         .figure = LineFigure::closing},
    };
    chart.changes_in_equity = {
        {"capital", "Share capital", "3"},
        {"retained", "Retained earnings", "3100 4 5"},
        {"equity", "Total equity", "", "capital retained", Side::credit, 1},
    };
    return chart;
}

}  // namespace kontor::ledger
