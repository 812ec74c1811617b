// Which words stand for the names of fields and choices.
#include "api/report_words.h"

#include "api/http.h"
#include "domain/ledger/charts.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

namespace kontor {
namespace {

using Words = std::map<std::string_view, std::string_view>;

// Heads of columns, parameters and titles of reports, as Russian bookkeeping says them.
const Words& russian_heads() {
    static const Words words{
        {"account", "Счет"},
        {"account_analysis", "Анализ счета"},
        {"account_name", "Наименование счета"},
        {"adjustment", "Корректировка"},
        {"against_profit", "Через прибыль"},
        {"allocation", "Распределение"},
        {"amount", "Сумма"},
        {"approved_by", "Утвердил"},
        {"balance", "Сальдо"},
        {"balances", "Остатки и обороты"},
        {"base", "В валюте учета"},
        {"base_currency", "Валюта учета"},
        {"basis", "Основа"},
        {"belongs_to", "Относится к дате"},
        {"blocked", "Заблокирован"},
        {"book", "Учет"},
        {"books", "Виды учета"},
        {"by", "По"},
        {"cash_flow", "Движение денежных средств"},
        {"cash_movement", "Изменение денежных средств"},
        {"category", "Категория"},
        {"changes_in_equity", "Изменения капитала"},
        {"chart_of_accounts", "План счетов"},
        {"chessboard", "Шахматная ведомость"},
        {"closed", "Закрыт"},
        {"closing", "Сальдо на конец"},
        {"closing_checklist", "Контроль закрытия периода"},
        {"closing_credit", "Сальдо на конец, кредит"},
        {"closing_debit", "Сальдо на конец, дебет"},
        {"closing_entries", "Записи закрытия года"},
        {"combined_balances", "Сводные остатки и обороты"},
        {"combined_changes_in_equity", "Сводные изменения капитала"},
        {"combined_journal", "Сводный журнал проводок"},
        {"combined_statement", "Сводная отчетность"},
        {"combined_trial_balance", "Сводный пробный баланс"},
        {"combined_trial_balance_by_period", "Сводный пробный баланс по периодам"},
        {"companies", "Организации"},
        {"company", "Организация"},
        {"comparative", "Для сравнения"},
        {"compare_from", "Сравнение с"},
        {"compare_to", "Сравнение по"},
        {"contributions", "Взносы"},
        {"control", "Контрольный"},
        {"counterpart", "Контрагент группы"},
        {"credit", "Кредит"},
        {"currency", "Валюта"},
        {"date", "Дата"},
        {"debit", "Дебет"},
        {"deferral", "Расходы будущих периодов"},
        {"deferrals", "Доходы и расходы будущих периодов"},
        {"deferred_by", "Ввел"},
        {"difference", "Разница"},
        {"dimension", "Аналитика"},
        {"dimensions", "Аналитика"},
        {"distributions", "Выплаты"},
        {"document", "Документ"},
        {"draft", "Черновик"},
        {"drafts", "Черновики"},
        {"due", "Срок"},
        {"entries", "Количество записей"},
        {"entry", "Запись"},
        {"financial_statement", "Финансовая отчетность"},
        {"first_day", "Первый день"},
        {"fiscal_periods", "Учетные периоды"},
        {"fiscal_year", "Финансовый год"},
        {"foreign_balances", "Остатки в иностранной валюте"},
        {"from", "С"},
        {"general_journal", "Журнал проводок"},
        {"held_on", "Учтено на счете"},
        {"journal", "Журнал"},
        {"journals", "Журналы"},
        {"kind", "Вид"},
        {"last_day", "Последний день"},
        {"left", "Осталось"},
        {"level", "Уровень"},
        {"line", "Строка"},
        {"lines", "Строки"},
        {"lines_left_out", "Не показано строк"},
        {"monetary", "Денежная статья"},
        {"name", "Наименование"},
        {"normal_side", "Обычная сторона"},
        {"number", "Номер"},
        {"opening", "Сальдо на начало"},
        {"opening_credit", "Сальдо на начало, кредит"},
        {"opening_debit", "Сальдо на начало, дебет"},
        {"order", "Порядок"},
        {"origin", "Основание"},
        {"other_comprehensive_income", "Прочий совокупный доход"},
        {"pair", "Корреспонденция"},
        {"parent", "Вышестоящий счет"},
        {"period", "Период"},
        {"periods", "Периоды"},
        {"profit", "Прибыль"},
        {"rate", "Курс"},
        {"rate_type", "Вид курса"},
        {"rates", "Курсы валют"},
        {"recorded_at", "Введено"},
        {"recorded_by", "Ввел"},
        {"recurring_entries", "Регулярные записи"},
        {"released", "Списано"},
        {"released_to", "Списывается на счет"},
        {"replaces", "Взамен записи"},
        {"reserve", "Резерв"},
        {"reversed_by", "Сторнировано записью"},
        {"reverses", "Сторнирует запись"},
        {"rule", "Правило"},
        {"second_value", "Второе значение"},
        {"second_value_name", "Наименование второго значения"},
        {"settled", "Погашено"},
        {"span", "Срок"},
        {"stale", "Устарело"},
        {"state", "Состояние"},
        {"statement", "Отчет"},
        {"statement_of_account", "Карточка счета"},
        {"statements", "Отчеты"},
        {"still_posts", "Кто еще проводит"},
        {"summary", "Группа"},
        {"suspense", "Промежуточный"},
        {"text", "Содержание"},
        {"through", "По дату"},
        {"through_period", "По период"},
        {"to", "По"},
        {"total", "Итого"},
        {"transfers", "Переводы"},
        {"translated_trial_balance", "Оборотно-сальдовая ведомость в другой валюте"},
        {"translation", "Пересчет"},
        {"translation_reserve", "Резерв пересчета"},
        {"trial_balance", "Пробный баланс"},
        {"trial_balance_by_period", "Пробный баланс по периодам"},
        {"turnover_sheet", "Оборотно-сальдовая ведомость"},
        {"type", "Вид"},
        {"unassigned", "Вне строк отчета"},
        {"unassigned_accounts", "Счета вне строк отчета"},
        {"unpaired_credit", "Кредит без пары"},
        {"unpaired_debit", "Дебет без пары"},
        {"value", "Значение"},
        {"value_name", "Наименование значения"},
        {"worth", "Стоимость"},
    };
    return words;
}

const Words& russian_values() {
    static const Words words{
        {"asset", "активы"},
        {"liability", "обязательства"},
        {"equity", "капитал"},
        {"income", "доходы"},
        {"expense", "расходы"},
        {"debit", "дебет"},
        {"credit", "кредит"},
        {"included", "включены"},
        {"excluded", "исключены"},
        {"open", "открыт"},
        {"closed", "закрыт"},
        {"soft_closed", "закрыт частично"},
        {"spot", "на дату"},
        {"average", "средний"},
        {"closing", "на конец периода"},
        {"own", "собственный"},
        {"number", "по номерам"},
        {"date", "по датам"},
        {"days", "по дням"},
        {"months", "по месяцам"},
        {"periods", "по периодам"},
        {"combined, no elimination", "сложено, без элиминации"},
    };
    return words;
}

std::string found_in(const Words& words, std::string_view name) {
    const auto found = words.find(name);
    return found == words.end() ? std::string() : std::string(found->second);
}

// "through_period" as people write it: "Through period".
std::string in_words(std::string_view name) {
    std::string words(name);
    std::ranges::replace(words, '_', ' ');
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
        words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
}

// Names of templates, either way round.
struct TwoNames {
    std::map<std::string, std::string> english, russian;
};
const TwoNames& names_of_templates() {
    static const TwoNames names = [] {
        TwoNames made;
        for (const auto& [english, russian] : ledger::names_of_templates()) {
            made.english.emplace(russian, english);
            made.russian.emplace(english, russian);
        }
        return made;
    }();
    return names;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Thousandths of a weight such as 0.8; a malformed one counts as none.
int weight_in(std::string_view parameters) {
    const auto at = parameters.find("q=");
    if (at == parameters.npos) return 1000;
    const std::string_view digits = trimmed(parameters.substr(at + 2));
    if (digits.empty() || (digits[0] != '0' && digits[0] != '1')) return 0;
    int weight = digits[0] == '1' ? 1000 : 0;
    if (digits.size() < 2 || digits[1] != '.' || weight == 1000) return weight;
    int place = 100;
    for (const char digit : digits.substr(2, 3)) {
        if (digit < '0' || digit > '9') return 0;
        weight += (digit - '0') * place;
        place /= 10;
    }
    return weight;
}

}  // namespace

std::optional<ReportLanguage> language_of(std::string_view accept_language) {
    std::optional<ReportLanguage> best;
    int most = 0;
    std::size_t at = 0;
    while (at < accept_language.size()) {
        const auto end = std::min(accept_language.find(',', at), accept_language.size());
        const std::string_view range = accept_language.substr(at, end - at);
        at = end + 1;
        const auto semicolon = std::min(range.find(';'), range.size());
        const std::string_view tag = trimmed(range.substr(0, semicolon));
        const std::string_view primary = tag.substr(0, std::min(tag.find('-'), tag.size()));
        const int weight = weight_in(range.substr(semicolon));
        if (weight <= most) continue;
        if (same_name(primary, "en"))
            best = ReportLanguage::english;
        else if (same_name(primary, "ru"))
            best = ReportLanguage::russian;
        else
            continue;
        most = weight;
    }
    return best;
}

std::string ReportWords::head(std::string_view name) const {
    const std::string russian =
        asked_ == ReportLanguage::russian ? found_in(russian_heads(), name) : std::string();
    return russian.empty() ? in_words(name) : russian;
}

std::string ReportWords::value(std::string_view name) const {
    const std::string russian =
        asked_ == ReportLanguage::russian ? found_in(russian_values(), name) : std::string();
    return russian.empty() ? std::string(name) : russian;
}

std::string ReportWords::date(Date date) const {
    static constexpr std::array<std::string_view, 12> english = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    static constexpr std::array<std::string_view, 12> russian = {
        "января", "февраля", "марта",    "апреля",  "мая",    "июня",
        "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
    const std::string iso = to_text(date);
    if (iso.size() != 10) return iso;
    const auto month = static_cast<std::size_t>((iso[5] - '0') * 10 + (iso[6] - '0') - 1);
    return std::string(iso[8] == '0' ? "" : iso.substr(8, 1)) + iso[9] + " " +
           std::string(say(english[month], russian[month])) + " " + iso.substr(0, 4) +
           say("", " г.");
}

std::string ReportWords::figure(const std::string& decimal) const {
    std::string text = decimal;
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    const std::size_t point = text.find('.');
    if (point != text.npos) text.replace(point, 1, say(".", ","));
    std::size_t at = std::min(point, text.size());
    while (at > first + 3) text.insert(at -= 3, say(",", "\u00A0"));
    return text;
}

std::string ReportWords::name(const std::string& name) const {
    if (!asked_) return name;
    const auto& names = asked_ == ReportLanguage::russian ? names_of_templates().russian
                                                          : names_of_templates().english;
    const auto found = names.find(name);
    return found == names.end() ? name : found->second;
}

}  // namespace kontor
