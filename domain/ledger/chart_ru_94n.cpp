// The Russian plan of accounts: order 94n of the Ministry of Finance of 31 October 2000, synthetic
// accounts by their sections. Accounts that are active and passive in turn have the kind that their
// balance mostly is of; the lines of the balance sheet (order 66n) name accounts.
#include "domain/ledger/charts.h"

namespace kontor::ledger {

namespace {

std::vector<ChartLine> all_accounts() {
    using enum AccountKind;
    return {
        {"I", "Non-current assets", asset, "", "k", "Внеоборотные активы"},
        {"01", "Fixed assets", asset, "I", "", "Основные средства"},
        {"02", "Depreciation of fixed assets", asset, "I", "c", "Амортизация основных средств"},
        {"03", "Income-bearing investments in tangible assets", asset, "I", "",
         "Доходные вложения в материальные ценности"},
        {"04", "Intangible assets", asset, "I", "", "Нематериальные активы"},
        {"05", "Amortisation of intangible assets", asset, "I", "c",
         "Амортизация нематериальных активов"},
        {"07", "Equipment to be installed", asset, "I", "", "Оборудование к установке"},
        {"08", "Investments in non-current assets", asset, "I", "",
         "Вложения во внеоборотные активы"},
        {"09", "Deferred tax assets", asset, "I", "", "Отложенные налоговые активы"},
        {"II", "Production inventories", asset, "", "k", "Производственные запасы"},
        {"10", "Materials", asset, "II", "", "Материалы"},
        {"11", "Animals being raised and fattened", asset, "II", "",
         "Животные на выращивании и откорме"},
        {"14", "Allowances for the decline in value of inventories", asset, "II", "c",
         "Резервы под снижение стоимости материальных ценностей"},
        {"15", "Procurement and acquisition of inventories", asset, "II", "",
         "Заготовление и приобретение материальных ценностей"},
        {"16", "Variances in the cost of inventories", asset, "II", "",
         "Отклонение в стоимости материальных ценностей"},
        {"19", "Value added tax on acquired assets", asset, "II", "m",
         "Налог на добавленную стоимость по приобретенным ценностям"},
        {"III", "Costs of production", asset, "", "k", "Затраты на производство"},
        {"20", "Main production", asset, "III", "", "Основное производство"},
        {"21", "Semi-finished goods of own make", asset, "III", "",
         "Полуфабрикаты собственного производства"},
        {"23", "Auxiliary production", asset, "III", "", "Вспомогательные производства"},
        {"25", "Production overheads", asset, "III", "", "Общепроизводственные расходы"},
        {"26", "General expenses", asset, "III", "", "Общехозяйственные расходы"},
        {"28", "Defects in production", asset, "III", "", "Брак в производстве"},
        {"29", "Service production and facilities", asset, "III", "",
         "Обслуживающие производства и хозяйства"},
        {"IV", "Finished products and goods", asset, "", "k", "Готовая продукция и товары"},
        {"40", "Output of products, works and services", asset, "IV", "",
         "Выпуск продукции (работ, услуг)"},
        {"41", "Goods", asset, "IV", "", "Товары"},
        {"42", "Trade margin", asset, "IV", "c", "Торговая наценка"},
        {"43", "Finished products", asset, "IV", "", "Готовая продукция"},
        {"44", "Selling expenses", asset, "IV", "", "Расходы на продажу"},
        {"45", "Goods shipped", asset, "IV", "", "Товары отгруженные"},
        {"46", "Completed stages of work in progress", asset, "IV", "",
         "Выполненные этапы по незавершенным работам"},
        {"V", "Money", asset, "", "k", "Денежные средства"},
        {"50", "Cash", asset, "V", "m", "Касса"},
        {"51", "Settlement accounts", asset, "V", "m", "Расчетные счета"},
        {"52", "Currency accounts", asset, "V", "m", "Валютные счета"},
        {"55", "Special accounts in banks", asset, "V", "m", "Специальные счета в банках"},
        {"57", "Transfers in transit", asset, "V", "m", "Переводы в пути"},
        {"58", "Financial investments", asset, "V", "m", "Финансовые вложения"},
        {"59", "Allowances for the impairment of financial investments", asset, "V", "cm",
         "Резервы под обесценение финансовых вложений"},
        {"VI", "Settlements", liability, "", "k", "Расчеты"},
        {"60", "Settlements with suppliers and contractors", liability, "VI", "m",
         "Расчеты с поставщиками и подрядчиками"},
        {"62", "Settlements with buyers and customers", asset, "VI", "m",
         "Расчеты с покупателями и заказчиками"},
        {"63", "Allowances for doubtful debts", asset, "VI", "cm",
         "Резервы по сомнительным долгам"},
        {"66", "Settlements on short-term credits and loans", liability, "VI", "m",
         "Расчеты по краткосрочным кредитам и займам"},
        {"67", "Settlements on long-term credits and loans", liability, "VI", "m",
         "Расчеты по долгосрочным кредитам и займам"},
        {"68", "Settlements on taxes and levies", liability, "VI", "m",
         "Расчеты по налогам и сборам"},
        {"69", "Settlements on social insurance", liability, "VI", "m",
         "Расчеты по социальному страхованию и обеспечению"},
        {"70", "Settlements with staff on wages", liability, "VI", "m",
         "Расчеты с персоналом по оплате труда"},
        {"71", "Settlements with accountable persons", asset, "VI", "m",
         "Расчеты с подотчетными лицами"},
        {"73", "Settlements with staff on other operations", asset, "VI", "m",
         "Расчеты с персоналом по прочим операциям"},
        {"75", "Settlements with founders", asset, "VI", "m", "Расчеты с учредителями"},
        {"76", "Settlements with sundry debtors and creditors", liability, "VI", "m",
         "Расчеты с разными дебиторами и кредиторами"},
        {"77", "Deferred tax liabilities", liability, "VI", "",
         "Отложенные налоговые обязательства"},
        {"79", "Intra-company settlements", asset, "VI", "m", "Внутрихозяйственные расчеты"},
        {"VII", "Capital", equity, "", "k", "Капитал"},
        {"80", "Authorised capital", equity, "VII", "", "Уставный капитал"},
        {"81", "Own shares", equity, "VII", "c", "Собственные акции (доли)"},
        {"82", "Reserve capital", equity, "VII", "", "Резервный капитал"},
        {"83", "Additional capital", equity, "VII", "h", "Добавочный капитал"},
        {"83.1", "Revaluation of non-current assets", equity, "83", "",
         "Прирост стоимости внеоборотных активов по переоценке"},
        {"83.2", "Share premium", equity, "83", "", "Эмиссионный доход"},
        {"84", "Retained earnings (uncovered loss)", equity, "VII", "",
         "Нераспределенная прибыль (непокрытый убыток)"},
        {"86", "Targeted financing", liability, "VII", "", "Целевое финансирование"},
        {"VIII", "Financial results", income, "", "k", "Финансовые результаты"},
        {"90", "Sales", income, "VIII", "k", "Продажи"},
        {"90.1", "Revenue", income, "90", "", "Выручка"},
        {"90.2", "Cost of sales", expense, "90", "", "Себестоимость продаж"},
        {"90.3", "Value added tax on sales", expense, "90", "", "Налог на добавленную стоимость"},
        {"90.4", "Excises", expense, "90", "", "Акцизы"},
        {"90.9", "Profit or loss on sales", expense, "90", "", "Прибыль/убыток от продаж"},
        {"91", "Other income and expenses", income, "VIII", "k", "Прочие доходы и расходы"},
        {"91.1", "Other income", income, "91", "", "Прочие доходы"},
        {"91.2", "Other expenses", expense, "91", "", "Прочие расходы"},
        {"91.9", "Balance of other income and expenses", expense, "91", "",
         "Сальдо прочих доходов и расходов"},
        {"94", "Shortages and losses from damage", asset, "VIII", "",
         "Недостачи и потери от порчи ценностей"},
        {"96", "Provisions for future expenses", liability, "VIII", "",
         "Резервы предстоящих расходов"},
        {"97", "Deferred expenses", asset, "VIII", "", "Расходы будущих периодов"},
        {"98", "Deferred income", liability, "VIII", "", "Доходы будущих периодов"},
        {"99", "Profits and losses", income, "VIII", "", "Прибыли и убытки"},
    };
}

// The lines of the balance sheet with their codes of order 66n, annex 4.
std::vector<LayoutLine> balance_sheet() {
    const Side d = Side::debit, c = Side::credit;
    return {
        {"1110", "Intangible assets", "04 05", "", d, 2, "Нематериальные активы"},
        {"1150", "Fixed assets", "01 02 07 08", "", d, 2, "Основные средства"},
        {"1160", "Income-bearing investments", "03", "", d, 2,
         "Доходные вложения в материальные ценности"},
        {"1180", "Deferred tax assets", "09", "", d, 2, "Отложенные налоговые активы"},
        {"1100", "Non-current assets", "", "1110 1150 1160 1180", d, 1,
         "Итого внеоборотные активы"},
        {"1210", "Inventories", "10 11 14 15 16 20 21 23 25 26 28 29 40 41 42 43 44 45 46 94 97",
         "", d, 2, "Запасы"},
        {"1220", "Value added tax on acquired assets", "19", "", d, 2,
         "Налог на добавленную стоимость по приобретенным ценностям"},
        {"1230", "Receivables", "62 63 71 73 75 79", "", d, 2, "Дебиторская задолженность"},
        {"1240", "Financial investments", "58 59", "", d, 2, "Финансовые вложения"},
        {"1250", "Money and its equivalents", "50 51 52 55 57", "", d, 2,
         "Денежные средства и денежные эквиваленты"},
        {"1200", "Current assets", "", "1210 1220 1230 1240 1250", d, 1, "Итого оборотные активы"},
        {"1600", "Balance of assets", "", "1100 1200", d, 1, "Баланс (актив)"},
        {"1310", "Authorised capital", "80", "", c, 2, "Уставный капитал"},
        {"1320", "Own shares bought back", "81", "", c, 2, "Собственные акции, выкупленные"},
        {"1340", "Revaluation of non-current assets", "83.1", "", c, 2,
         "Переоценка внеоборотных активов"},
        {"1350", "Additional capital (without revaluation)", "83", "", c, 2,
         "Добавочный капитал (без переоценки)"},
        {"1360", "Reserve capital", "82", "", c, 2, "Резервный капитал"},
        {"1370", "Retained earnings", "84 90 91 99", "", c, 2,
         "Нераспределенная прибыль (непокрытый убыток)"},
        {"1300", "Capital and reserves", "", "1310 1320 1340 1350 1360 1370", c, 1,
         "Итого капитал и резервы"},
        {"1410", "Borrowed funds, long-term", "67", "", c, 2, "Долгосрочные заемные средства"},
        {"1420", "Deferred tax liabilities", "77", "", c, 2, "Отложенные налоговые обязательства"},
        {"1400", "Long-term liabilities", "", "1410 1420", c, 1,
         "Итого долгосрочные обязательства"},
        {"1510", "Borrowed funds, short-term", "66", "", c, 2, "Краткосрочные заемные средства"},
        {"1520", "Payables", "60 68 69 70 76", "", c, 2, "Кредиторская задолженность"},
        {"1530", "Deferred income", "86 98", "", c, 2, "Доходы будущих периодов"},
        {"1540", "Provisions", "96", "", c, 2, "Оценочные обязательства"},
        {"1500", "Short-term liabilities", "", "1510 1520 1530 1540", c, 1,
         "Итого краткосрочные обязательства"},
        {"1700", "Balance of liabilities", "", "1300 1400 1500", c, 1, "Баланс (пассив)"},
    };
}

std::vector<LayoutLine> income_statement() {
    const Side c = Side::credit;
    return {
        {"2110", "Revenue", "90.1 90.3 90.4", "", c, 2, "Выручка"},
        {"2120", "Cost of sales", "90.2", "", c, 2, "Себестоимость продаж"},
        {"2200", "Profit or loss on sales", "", "2110 2120", c, 1, "Прибыль (убыток) от продаж"},
        {"2340", "Other income", "91.1", "", c, 2, "Прочие доходы"},
        {"2350", "Other expenses", "91.2", "", c, 2, "Прочие расходы"},
        {"2300", "Profit or loss before tax", "", "2200 2340 2350", c, 1,
         "Прибыль (убыток) до налогообложения"},
        {"2410", "Income tax", "90.9 91.9 99", "", c, 2, "Налог на прибыль"},
        {"2400", "Net profit or loss", "", "2300 2410", c, 1, "Чистая прибыль (убыток)"},
    };
}

// By the indirect method; totals and cash have the codes of order 66n, whose own form is direct.
// Depreciation goes through the costs of production, so it is seen on the accounts that it raises.
std::vector<LayoutLine> cash_flow() {
    const Side c = Side::credit;
    return {
        {"profit_on_sales", "Profit or loss on sales", "90.1 90.2 90.3 90.4", "", c, 2,
         "Прибыль (убыток) от продаж"},
        {"other_result", "Other income and expenses", "91.1 91.2", "", c, 2,
         "Прочие доходы и расходы"},
        {"depreciation", "Depreciation and amortisation", "02 05", "", c, 2, "Амортизация"},
        {"exchange_on_cash", "Exchange differences on cash", "", "", c, 2,
         "Курсовые разницы по денежным средствам"},
        {"inventories", "Change in inventories",
         "10 11 14 15 16 20 21 23 25 26 28 29 40 41 42 43 44 45 46 94 97", "", c, 2,
         "Изменение запасов"},
        {"input_tax", "Change in value added tax on acquired assets", "19", "", c, 2,
         "Изменение налога на добавленную стоимость по приобретенным ценностям"},
        {"receivables", "Change in receivables", "62 63 71 73 79", "", c, 2,
         "Изменение дебиторской задолженности"},
        {"payables", "Change in payables", "60 69 70 76", "", c, 2,
         "Изменение кредиторской задолженности"},
        {"deferred", "Change in deferred income and provisions", "86 96 98", "", c, 2,
         "Изменение доходов будущих периодов и оценочных обязательств"},
        {"taxes", "Taxes", "09 68 77 90.9 91.9 99", "", c, 2, "Налоги"},
        {"4100", "Net cash from current operations", "",
         "profit_on_sales other_result depreciation exchange_on_cash inventories input_tax "
         "receivables payables "
         "deferred taxes",
         c, 1, "Сальдо денежных потоков от текущих операций"},
        // A revaluation raises fixed assets and additional capital and moves no cash.
        {"non_current", "Purchase and sale of non-current assets", "01 03 04 07 08 83.1", "", c, 2,
         "Приобретение и продажа внеоборотных активов"},
        {"investments", "Purchase and sale of financial investments", "58 59", "", c, 2,
         "Приобретение и продажа финансовых вложений"},
        {"4200", "Net cash from investing operations", "", "non_current investments", c, 1,
         "Сальдо денежных потоков от инвестиционных операций"},
        {"loans", "Credits and loans raised and repaid", "66 67", "", c, 2,
         "Получение и возврат кредитов и займов"},
        {"owners", "Payments of and to owners", "75 80 81 82 83 84", "", c, 2,
         "Платежи собственников и собственникам"},
        {"4300", "Net cash from financing operations", "", "loans owners", c, 1,
         "Сальдо денежных потоков от финансовых операций"},
        {"4400", "Net cash of the period", "", "4100 4200 4300", c, 1,
         "Сальдо денежных потоков за отчетный период"},
        {.line = "4490",
         .name = "Effect of exchange rates on cash",
         .accounts = "50 51 52 55 57",
         .russian = "Величина влияния изменений курса иностранной валюты по отношению к рублю",
         .figure = LineFigure::exchange,
         .against = "exchange_on_cash"},
        {"4450", "Cash at the beginning", "50 51 52 55 57", "", c, 2,
         "Остаток денежных средств и денежных эквивалентов на начало отчетного периода",
         std::nullopt, LineFigure::opening},
        {"4500", "Cash at the end", "50 51 52 55 57", "", c, 1,
         "Остаток денежных средств и денежных эквивалентов на конец отчетного периода",
         std::nullopt, LineFigure::closing},
    };
}

std::vector<LayoutLine> changes_in_equity() {
    const Side c = Side::credit;
    return {
        {"1310", "Authorised capital", "80", "", c, 2, "Уставный капитал"},
        {"1320", "Own shares bought back", "81", "", c, 2, "Собственные акции, выкупленные"},
        // What a revaluation adds to fixed assets is earned and no income; what founders pay above
        // the nominal value of their shares is theirs.
        {.line = "1340",
         .name = "Revaluation of non-current assets",
         .accounts = "83.1",
         .russian = "Переоценка внеоборотных активов",
         .comprehensive = true},
        {"1350", "Additional capital (without revaluation)", "83", "", c, 2,
         "Добавочный капитал (без переоценки)"},
        {"1360", "Reserve capital", "82", "", c, 2, "Резервный капитал"},
        {"1370", "Retained earnings", "84 90 91 99", "", c, 2,
         "Нераспределенная прибыль (непокрытый убыток)"},
        {"1300", "Capital and reserves", "", "1310 1320 1340 1350 1360 1370", c, 1,
         "Итого капитал и резервы"},
    };
}

std::vector<OffBalanceLine> off_balance_accounts() {
    return {
        {"001", "Leased fixed assets", "Арендованные основные средства"},
        {"002", "Goods and materials held in safe custody",
         "Товарно-материальные ценности, принятые на ответственное хранение"},
        {"003", "Materials accepted for processing", "Материалы, принятые в переработку"},
        {"004", "Goods accepted on commission", "Товары, принятые на комиссию"},
        {"005", "Equipment accepted for installation", "Оборудование, принятое для монтажа"},
        {"006", "Forms of strict accountability", "Бланки строгой отчетности"},
        {"007", "Debts of insolvent debtors written off",
         "Списанная в убыток задолженность неплатежеспособных дебиторов"},
        {"008", "Security received for obligations and payments",
         "Обеспечения обязательств и платежей полученные"},
        {"009", "Security given for obligations and payments",
         "Обеспечения обязательств и платежей выданные"},
        {"010", "Wear of fixed assets", "Износ основных средств"},
        {"011", "Fixed assets leased out", "Основные средства, сданные в аренду"},
    };
}

}  // namespace

// Exchange differences are other income and expenses (PBU 3/2006, 13). Each debit has its credit.
// The year is reformed as the order says of 90, 91 and 99: sub-accounts against .9, these against
// 99, and 99 against 84.
ChartTemplate ru_94n_chart() {
    RuleAccounts rules{"84", "91.1", "91.2", {}, true};
    rules.closings = {{"90.1", "90.9"}, {"90.2", "90.9"}, {"90.3", "90.9"}, {"90.4", "90.9"},
                      {"91.1", "91.9"}, {"91.2", "91.9"}, {"90.9", "99"},   {"91.9", "99"}};
    return {all_accounts(),      balance_sheet(),  income_statement(),    cash_flow(),
            changes_in_equity(), std::move(rules), off_balance_accounts()};
}

}  // namespace kontor::ledger
