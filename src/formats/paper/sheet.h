// formats/paper/sheet.h — sheets of paper as a PDF. cairo and pango stop here.
//
// Lengths are points (1/72 inch) from the upper left corner. Text is set in the program's own fonts where it
// was told of them, else in the system's; in any script, with whatever font has it.
#pragma once

#include "base/time.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats::paper {

/// Font files for this process alone, beside the system's. Before the first sheet; they stay where they are.
void use_fonts(std::vector<std::string> files);

enum class Size { a4, letter };
/// "a4" or "letter".
std::optional<Size> parse_size(std::string_view name);

struct Colour {
    double red = 0, green = 0, blue = 0;
};
/// As on the page, in light.
inline constexpr Colour kInk{0.137, 0.110, 0.086};
inline constexpr Colour kMuted{0.318, 0.278, 0.239};
inline constexpr Colour kLine{0.871, 0.827, 0.757};
inline constexpr Colour kMet{0.110, 0.341, 0.235};
inline constexpr Colour kAccent{0.933, 0.373, 0.255};

struct Style {
    enum class Face { serif, sans };
    Face face = Face::sans;
    double points = 10.5;
    Colour colour = kInk;
    bool is_bold = false;
    bool is_italic = false;
    bool is_centred = false;
};

class Sheet {
public:
    /// `made_at` stands in the file: the same sheets at the same time are the same bytes.
    Sheet(Size size, const std::string& title, Instant made_at);
    ~Sheet();
    Sheet(const Sheet&) = delete;
    Sheet& operator=(const Sheet&) = delete;

    [[nodiscard]] double width() const { return width_; }
    [[nodiscard]] double height() const { return height_; }

    /// Sets the text in lines of at most `width` and returns how high they are. Words that are too long are
    /// broken.
    double text(double x, double y, double width, const std::string& utf8, const Style& style);
    /// How high text() would be.
    double measure(double width, const std::string& utf8, const Style& style);
    void line(double x1, double y1, double x2, double y2, Colour colour, double weight = 0.6);
    void dot(double x, double y, double radius, Colour colour, bool is_filled = true);
    /// Two circles, their overlap filled.
    void mark(double x, double y, double radius, Colour lens);
    /// The next of the sheets.
    void turn();
    /// The PDF; nothing is drawn afterwards.
    std::string take();

private:
    struct Drawing;
    std::unique_ptr<Drawing> drawing_;
    double width_ = 0, height_ = 0;
};

}  // namespace vv::formats::paper
