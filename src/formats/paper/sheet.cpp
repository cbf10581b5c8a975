#include "formats/paper/sheet.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cairo/cairo-pdf.h>
#include <cmath>
#include <fontconfig/fontconfig.h>
#include <mutex>
#include <numbers>
#include <pango/pangocairo.h>
#include <tuple>

namespace vv::formats::paper {
namespace {

constexpr std::array<std::pair<double, double>, 2> kSizes{{{595.276, 841.89}, {612, 792}}};

template <auto free>
struct Freed {
    template <class T>
    void operator()(T* held) const {
        free(held);
    }
};
using Surface = std::unique_ptr<cairo_surface_t, Freed<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Freed<cairo_destroy>>;
using Font = std::unique_ptr<PangoFontDescription, Freed<pango_font_description_free>>;
using Layout = std::unique_ptr<PangoLayout, Freed<g_object_unref>>;

cairo_status_t keep(void* into, const unsigned char* bytes, unsigned int count) {
    static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

std::vector<std::string>& own_fonts() {
    static std::vector<std::string> files;
    return files;
}

// Fontconfig looks for the system's fonts first, which takes a while: not before somebody wants a sheet.
void load_own_fonts() {
    static std::once_flag once;
    std::call_once(once, [] {
        for (const std::string& file : own_fonts())
            FcConfigAppFontAddFile(nullptr, reinterpret_cast<const FcChar8*>(file.c_str()));
    });
}

Font font_of(const Style& style) {
    Font font(pango_font_description_new());
    // Drawn for its size, finer the larger; a font without that axis is not told.
    const std::string drawn_for = "opsz=" + std::to_string(std::clamp(std::lround(style.points), 9L, 144L));
    pango_font_description_set_variations(font.get(), drawn_for.c_str());
    pango_font_description_set_family(font.get(), style.face == Style::Face::serif
                                                      ? "Fraunces, Noto Serif, serif"
                                                      : "Inter, Noto Sans, sans");
    pango_font_description_set_absolute_size(font.get(), style.points * PANGO_SCALE);
    if (style.is_bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_SEMIBOLD);
    if (style.is_italic) pango_font_description_set_style(font.get(), PANGO_STYLE_ITALIC);
    return font;
}

}  // namespace

void use_fonts(std::vector<std::string> files) {
    own_fonts() = std::move(files);
}

struct Sheet::Drawing {
    std::string pdf;
    Surface surface;
    Context cairo;

    void ink(Colour colour) const {
        cairo_set_source_rgb(cairo.get(), colour.red, colour.green, colour.blue);
    }

    [[nodiscard]] Layout lay_out(double width, const std::string& utf8, const Style& style) const {
        Layout layout(pango_cairo_create_layout(cairo.get()));
        const Font font = font_of(style);
        const std::string clean = scrub_utf8(utf8);
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_alignment(layout.get(), style.is_centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
        pango_layout_set_line_spacing(layout.get(), 1.25F);
        pango_layout_set_text(layout.get(), clean.data(), static_cast<int>(clean.size()));
        return layout;
    }
};

std::optional<Size> parse_size(std::string_view name) {
    if (name == "a4") return Size::a4;
    if (name == "letter") return Size::letter;
    return std::nullopt;
}

Sheet::Sheet(Size size, const std::string& title, Instant made_at) : drawing_(std::make_unique<Drawing>()) {
    load_own_fonts();
    std::tie(width_, height_) = kSizes.at(static_cast<std::size_t>(size));
    Drawing& d = *drawing_;
    d.surface.reset(cairo_pdf_surface_create_for_stream(&keep, &d.pdf, width_, height_));
    cairo_pdf_surface_set_metadata(d.surface.get(), CAIRO_PDF_METADATA_TITLE, scrub_utf8(title).c_str());
    cairo_pdf_surface_set_metadata(d.surface.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                   format_rfc3339(made_at).c_str());
    d.cairo.reset(cairo_create(d.surface.get()));
}

Sheet::~Sheet() = default;

double Sheet::text(double x, double y, double width, const std::string& utf8, const Style& style) {
    const Layout layout = drawing_->lay_out(width, utf8, style);
    drawing_->ink(style.colour);
    cairo_move_to(drawing_->cairo.get(), x, y);
    pango_cairo_show_layout(drawing_->cairo.get(), layout.get());
    return measure(width, utf8, style);
}

double Sheet::measure(double width, const std::string& utf8, const Style& style) {
    int high = 0;
    pango_layout_get_size(drawing_->lay_out(width, utf8, style).get(), nullptr, &high);
    return static_cast<double>(high) / PANGO_SCALE;
}

void Sheet::line(double x1, double y1, double x2, double y2, Colour colour, double weight) {
    drawing_->ink(colour);
    cairo_set_line_width(drawing_->cairo.get(), weight);
    cairo_move_to(drawing_->cairo.get(), x1, y1);
    cairo_line_to(drawing_->cairo.get(), x2, y2);
    cairo_stroke(drawing_->cairo.get());
}

void Sheet::dot(double x, double y, double radius, Colour colour, bool is_filled) {
    cairo_t* const cairo = drawing_->cairo.get();
    drawing_->ink(colour);
    cairo_new_path(cairo);
    cairo_arc(cairo, x, y, radius, 0, 2 * std::numbers::pi);
    if (is_filled) return cairo_fill(cairo);
    cairo_set_line_width(cairo, radius / 2.5);
    cairo_stroke(cairo);
}

void Sheet::mark(double x, double y, double radius, Colour lens) {
    cairo_t* const cairo = drawing_->cairo.get();
    const double apart = radius * 3 / 7;  // of each middle from the mark's
    const double half = std::acos(apart / radius);
    cairo_new_path(cairo);
    cairo_arc(cairo, x - apart, y, radius, -half, half);
    cairo_arc(cairo, x + apart, y, radius, std::numbers::pi - half, std::numbers::pi + half);
    drawing_->ink(lens);
    cairo_fill(cairo);
    drawing_->ink(kInk);
    cairo_set_line_width(cairo, radius / 5.5);
    for (const double middle : {x - apart, x + apart}) {
        cairo_new_path(cairo);
        cairo_arc(cairo, middle, y, radius, 0, 2 * std::numbers::pi);
        cairo_stroke(cairo);
    }
}

void Sheet::turn() {
    cairo_show_page(drawing_->cairo.get());
}

std::string Sheet::take() {
    turn();
    drawing_->cairo.reset();
    cairo_surface_finish(drawing_->surface.get());
    return std::move(drawing_->pdf);
}

}  // namespace vv::formats::paper
