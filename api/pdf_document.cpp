// How a report is set, page by page. The only file that sees libharu.
#include "api/pdf_document.h"

#include "domain/core/ensure.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include <hpdf.h>

namespace kontor {
namespace {

// Points. The body may shrink as far as the smallest size where columns need it.
constexpr float short_side = 595.276F, long_side = 841.89F;
constexpr float margin = 48, gap = 12, indent = 11;
constexpr float title_size = 17, company_size = 10.5F, subtitle_size = 9, body_size = 8.5F;
constexpr float smallest_body = 5.5F, footer_size = 6;
constexpr float leading = 1.62F;  // of a row's height to the size of its letters
constexpr float widest_text = 210;

struct Closing {
    void operator()(HPDF_Doc document) const { HPDF_Free(document); }
};

// Text is cut between words; a word that is too long, between letters.
std::size_t next_letter(std::string_view text, std::size_t at) {
    do ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
    return at;
}

// A document with its two fonts: what is drawn, and how wide letters are.
class Paper {
public:
    explicit Paper(const ReportFonts& fonts) : document_(HPDF_New(nullptr, nullptr)) {
        ensure(document_ != nullptr, "there is memory for a document");
        HPDF_UseUTFEncodings(*this);
        HPDF_SetCompressionMode(*this, HPDF_COMP_ALL);
        regular_ = font(fonts.regular);
        bold_ = font(fonts.bold);
    }
    operator HPDF_Doc() const { return document_.get(); }

    float width(std::string_view text, float size, bool bold) const {
        const HPDF_TextWidth width = HPDF_Font_TextWidth(
            bold ? bold_ : regular_, reinterpret_cast<const HPDF_BYTE*>(text.data()),
            static_cast<HPDF_UINT>(text.size()));
        return static_cast<float>(width.width) * size / 1000;
    }
    std::vector<std::string> wrapped(std::string_view text, float room, float size,
                                     bool bold) const {
        std::vector<std::string> lines;
        while (!text.empty() && lines.size() < 20) {
            std::size_t end = 0, space = 0;
            while (end < text.size()) {
                const std::size_t next = next_letter(text, end);
                if (end > 0 && width(text.substr(0, next), size, bold) > room) break;
                if (text[end] == ' ' || text[end] == '\n') space = end;
                end = next;
                if (text[end - 1] == '\n') break;
            }
            if (end < text.size() && space > 0 && text[end] != ' ') end = space;
            lines.emplace_back(text.substr(0, end));
            text.remove_prefix(end);
            while (text.starts_with(' ') || text.starts_with('\n')) text.remove_prefix(1);
        }
        if (lines.empty()) lines.emplace_back();
        return lines;
    }

    void add_page(bool across) {
        page_ = HPDF_AddPage(*this);
        HPDF_Page_SetWidth(page_, across ? long_side : short_side);
        HPDF_Page_SetHeight(page_, across ? short_side : long_side);
    }
    void turn_to(std::size_t page) {
        page_ = HPDF_GetPageByIndex(*this, static_cast<HPDF_UINT>(page));
    }
    void write(float x, float y, const std::string& text, float size, bool bold,
               float grey = 0) const {
        if (text.empty()) return;
        HPDF_Page_SetGrayFill(page_, grey);
        HPDF_Page_BeginText(page_);
        HPDF_Page_SetFontAndSize(page_, bold ? bold_ : regular_, size);
        HPDF_Page_TextOut(page_, x, y, text.c_str());
        HPDF_Page_EndText(page_);
    }
    void write_right(float right, float y, const std::string& text, float size, bool bold,
                     float grey = 0) const {
        write(right - width(text, size, bold), y, text, size, bold, grey);
    }
    void rule(float from, float to, float y, float thick, float grey = 0) const {
        HPDF_Page_SetGrayStroke(page_, grey);
        HPDF_Page_SetLineWidth(page_, thick);
        HPDF_Page_MoveTo(page_, from, y);
        HPDF_Page_LineTo(page_, to, y);
        HPDF_Page_Stroke(page_);
    }
    void sign(const Report& report) const {
        HPDF_SetCurrentEncoder(*this, "UTF-8");
        HPDF_SetInfoAttr(*this, HPDF_INFO_CREATOR, "Kontor");
        const std::string title = report.title + ", " + report.company;
        HPDF_SetInfoAttr(*this, HPDF_INFO_TITLE, title.c_str());
        const std::string time = to_text(report.made);  // 2026-03-31T23:59:59...
        const auto number = [&](std::size_t at, std::size_t length) {
            return std::stoi(time.substr(at, length));
        };
        const HPDF_Date made{number(0, 4),
                             number(5, 2),
                             number(8, 2),
                             number(11, 2),
                             number(14, 2),
                             number(17, 2),
                             'Z',
                             0,
                             0};
        HPDF_SetInfoDateAttr(*this, HPDF_INFO_CREATION_DATE, made);
        HPDF_SetInfoDateAttr(*this, HPDF_INFO_MOD_DATE, made);
    }
    std::string octets() const {
        HPDF_SaveToStream(*this);
        std::string octets;
        HPDF_ResetStream(*this);
        std::array<HPDF_BYTE, 16384> piece{};
        for (;;) {
            auto length = static_cast<HPDF_UINT32>(piece.size());
            HPDF_ReadFromStream(*this, piece.data(), &length);
            octets.append(reinterpret_cast<const char*>(piece.data()), length);
            if (length < piece.size()) break;
        }
        ensure(octets.starts_with("%PDF"), "a document was written");
        return octets;
    }

private:
    HPDF_Font font(const std::string& file) {
        const char* name = HPDF_LoadTTFontFromFile(*this, file.c_str(), HPDF_TRUE);
        HPDF_Font font = name ? HPDF_GetFont(*this, name, "UTF-8") : nullptr;
        if (!font) throw FontsMissing("The font " + file + " cannot be read.");
        return font;
    }

    std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, Closing> document_;
    HPDF_Font regular_ = nullptr, bold_ = nullptr;
    HPDF_Page page_ = nullptr;
};

class Setting {
public:
    Setting(const Report& report, const ReportFonts& fonts) : report_(report), paper_(fonts) {
        measure();
        // The first line leaves room for the number of the page.
        float room = right() - margin - 40;
        for (const std::string& text : report_.footer)
            for (std::string& line : paper_.wrapped(text, room, footer_size, false)) {
                footer_.push_back(std::move(line));
                room = right() - margin;
            }
    }

    std::string octets() {
        begin_page(true);
        for (std::size_t at = 0; at < report_.rows.size(); ++at) set(at);
        for (const std::string& remark : report_.remarks) set_remark(remark);
        for (std::size_t page = 0; page < pages_; ++page) set_footer(page);
        paper_.sign(report_);
        return paper_.octets();
    }

private:
    float page_width() const { return across_ ? long_side : short_side; }
    float page_height() const { return across_ ? short_side : long_side; }
    float right() const { return page_width() - margin; }
    float floor() const {
        return margin + static_cast<float>(footer_.size() + 2) * footer_size * 1.5F;
    }
    float row_height() const { return size_ * leading; }

    static bool is_bold(const ReportRow& row) { return row.style != ReportStyle::plain; }

    // Columns get what they need; where that is too much the page is laid across, then letters
    // shrink and texts are broken.
    void measure() {
        const std::size_t count = report_.columns.size();
        if (fits(count, body_size, false)) return;
        across_ = true;
        for (float size = body_size; size >= smallest_body; size -= 0.5F)
            if (fits(count, size, true)) return;
        throw ReportTooWide("The answer has more columns than a page has room for.");
    }
    bool fits(std::size_t count, float size, bool across) {
        size_ = size;
        widths_.assign(count, 0);
        std::vector<float> words(count, 0);
        for (std::size_t at = 0; at < count; ++at) {
            const ReportColumn& column = report_.columns[at];
            float& width = widths_[at];
            for (const std::string& line : head_lines(column.head))
                width = std::max(width, paper_.width(line, size, true));
            for (const ReportRow& row : report_.rows)
                width = std::max(width, paper_.width(row.cells[at], size, is_bold(row)) +
                                            (at == first_text() ? set_in(row) : 0));
            if (!column.figure) words[at] = std::min(width, widest_text * size / body_size);
        }
        const float room = (across ? long_side : short_side) - 2 * margin -
                           gap * static_cast<float>(count > 0 ? count - 1 : 0);
        const float needed = std::accumulate(widths_.begin(), widths_.end(), 0.0F);
        if (needed <= room) {
            // What is left goes to the first text, so that figures stand at the right edge.
            if (first_text() < count) widths_[first_text()] += room - needed;
            return true;
        }
        float least = needed;
        for (std::size_t at = 0; at < count; ++at)
            if (!report_.columns[at].figure) least -= widths_[at] - words[at];
        if (least > room) return false;
        for (std::size_t at = 0; at < count; ++at)
            if (!report_.columns[at].figure && needed > least)
                widths_[at] =
                    words[at] + (widths_[at] - words[at]) * (room - least) / (needed - least);
        return true;
    }
    std::size_t first_text() const {
        // Of several texts the widest is the last: a code, then its name.
        std::size_t found = report_.columns.size();
        for (std::size_t at = 0; at < report_.columns.size() && !report_.columns[at].figure; ++at)
            found = at;
        return found;
    }
    float set_in(const ReportRow& row) const {
        return static_cast<float>(row.level - 1) * indent * size_ / body_size;
    }
    // A period stands in two lines.
    static std::vector<std::string> head_lines(const std::string& head) {
        const std::size_t dash = head.find(" – ");
        if (dash == head.npos) return {head};
        return {head.substr(0, dash) + " –", head.substr(dash + std::string_view(" – ").size())};
    }

    void begin_page(bool first) {
        paper_.add_page(across_);
        ++pages_;
        y_ = page_height() - margin;
        if (first) {
            set_title();
        } else {
            paper_.write(margin, y_ - 8, report_.company + " · " + report_.title, 8, false, 0.35F);
            y_ -= 22;
        }
        set_head();
    }
    void set_title() {
        const float room = right() - margin;
        y_ -= company_size;
        for (const std::string& line : paper_.wrapped(report_.company, room, company_size, true)) {
            paper_.write(margin, y_, line, company_size, true, 0.25F);
            y_ -= company_size * 1.4F;
        }
        y_ -= 8;
        for (const std::string& line : paper_.wrapped(report_.title, room, title_size, true)) {
            paper_.write(margin, y_, line, title_size, true);
            y_ -= title_size * 1.25F;
        }
        y_ += 2;
        for (const std::string& subtitle : report_.subtitles)
            for (const std::string& line : paper_.wrapped(subtitle, room, subtitle_size, false)) {
                paper_.write(margin, y_, line, subtitle_size, false, 0.25F);
                y_ -= subtitle_size * 1.45F;
            }
        y_ -= 14;
    }
    void set_head() {
        std::size_t lines = 1;
        for (const ReportColumn& column : report_.columns)
            lines = std::max(lines, head_lines(column.head).size());
        const float line = size_ * 1.3F;
        float x = margin;
        for (std::size_t at = 0; at < report_.columns.size(); ++at) {
            const ReportColumn& column = report_.columns[at];
            auto head = head_lines(column.head);
            // The unit of all figures stands where the first text has no head of its own.
            if (at == first_text() && head.front().empty() && !report_.unit.empty())
                head.front() = report_.unit;
            const bool quiet = at == first_text() && column.head.empty();
            float y = y_ - line * static_cast<float>(lines - head.size() + 1);
            for (const std::string& text : head) {
                if (column.figure)
                    paper_.write_right(x + widths_[at], y, text, size_, true);
                else
                    paper_.write(x, y, text, size_, !quiet, quiet ? 0.35F : 0);
                y -= line;
            }
            x += widths_[at] + gap;
        }
        y_ -= line * static_cast<float>(lines) + size_ * 0.5F;
        paper_.rule(margin, right(), y_, 0.9F);
    }

    void set(std::size_t at) {
        const ReportRow& row = report_.rows[at];
        std::vector<std::vector<std::string>> cells;
        std::size_t lines = 1;
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            const float room = widths_[column] + 0.5F - (column == first_text() ? set_in(row) : 0);
            cells.push_back(report_.columns[column].figure
                                ? std::vector{row.cells[column]}
                                : paper_.wrapped(row.cells[column], room, size_, is_bold(row)));
            lines = std::max(lines, cells.back().size());
        }
        const float height = row_height() + static_cast<float>(lines - 1) * size_ * 1.25F;
        // A caption stays with what it is of, and a total is not alone on its page.
        const bool last = at + 2 == report_.rows.size();
        const float wanted = row.style == ReportStyle::caption || last ? height * 2 : height;
        if (y_ - wanted - 4 < floor()) begin_page(false);
        if (row.style == ReportStyle::caption) y_ -= size_ * 0.35F;
        float x = margin;
        const float base = y_ - size_ * 1.2F;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            float y = base;
            for (const std::string& text : cells[column]) {
                if (report_.columns[column].figure)
                    paper_.write_right(x + widths_[column], y, text, size_, is_bold(row));
                else
                    paper_.write(x + (column == first_text() ? set_in(row) : 0), y, text, size_,
                                 is_bold(row));
                y -= size_ * 1.25F;
            }
            if (report_.columns[column].figure && !row.cells[column].empty())
                rule_figure(row, x, x + widths_[column], y_ - height);
            x += widths_[column] + gap;
        }
        y_ -= height + (row.style == ReportStyle::total ? size_ * 0.55F : 0);
    }
    // A line above what is added, two below what is the end of it.
    void rule_figure(const ReportRow& row, float from, float to, float bottom) const {
        if (row.style != ReportStyle::subtotal && row.style != ReportStyle::total) return;
        paper_.rule(from, to, y_ - size_ * 0.15F, 0.5F);
        if (row.style != ReportStyle::total) return;
        paper_.rule(from, to, bottom - 0.2F, 0.5F);
        paper_.rule(from, to, bottom - 2.0F, 0.5F);
    }
    void set_remark(const std::string& remark) {
        for (const std::string& line : paper_.wrapped(remark, right() - margin, size_, false)) {
            if (y_ - row_height() * 2 < floor()) begin_page(false);
            y_ -= row_height();
            paper_.write(margin, y_ - size_ * 0.6F, line, size_, false);
        }
    }
    void set_footer(std::size_t page) {
        paper_.turn_to(page);
        const float line = footer_size * 1.5F;
        float y = margin + line * static_cast<float>(footer_.size());
        paper_.rule(margin, right(), y + 2, 0.4F, 0.6F);
        paper_.write_right(right(), y - footer_size - 2,
                           std::to_string(page + 1) + " / " + std::to_string(pages_), 7.5F, false,
                           0.25F);
        for (const std::string& text : footer_) {
            y -= line;
            paper_.write(margin, y, text, footer_size, false, 0.35F);
        }
    }

    const Report& report_;
    Paper paper_;
    std::vector<float> widths_;
    std::vector<std::string> footer_;  // in lines
    float size_ = body_size, y_ = 0;
    bool across_ = false;
    std::size_t pages_ = 0;
};

}  // namespace

ReportFonts report_fonts(const std::string& directory) {
    // Debian, Fedora, Arch, and what an administrator put there.
    std::vector<std::string> directories = {
        "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-fonts",
        "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF", "/usr/local/share/fonts"};
    if (!directory.empty()) directories = {directory};
    for (const std::string& place : directories) {
        ReportFonts fonts{place + "/DejaVuSans.ttf", place + "/DejaVuSans-Bold.ttf"};
        std::error_code error;
        if (std::filesystem::is_regular_file(fonts.regular, error) &&
            std::filesystem::is_regular_file(fonts.bold, error))
            return fonts;
    }
    throw FontsMissing("The fonts DejaVuSans.ttf and DejaVuSans-Bold.ttf are not in " +
                       (directory.empty() ? "any font directory of the system" : directory) +
                       "; on Debian they are in the package fonts-dejavu-core.");
}

std::string pdf_of(const Report& report, const ReportFonts& fonts) {
    return Setting(report, fonts).octets();
}

}  // namespace kontor
