#include "picture/shrink.h"

#include "picture/look.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vips/vips.h>

namespace vv::picture {
namespace {

struct Unref {
    void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

struct Free {
    void operator()(void* bytes) const { g_free(bytes); }
};

/// Reads the header alone; null for what is no picture.
Image open(const std::string& picture) {
    return Image(vips_image_new_from_buffer(picture.data(), picture.size(), "", "access",
                                            VIPS_ACCESS_SEQUENTIAL, nullptr));
}

Image square(const std::string& picture, int side) {
    VipsImage* made = nullptr;
    // What vips_thumbnail_buffer takes as writable it only reads.
    const int failed = vips_thumbnail_buffer(
        const_cast<char*>(picture.data()), picture.size(), &made, side, "height", side, "crop",
        VIPS_INTERESTING_CENTRE, "export_profile", "srgb", "fail_on", VIPS_FAIL_ON_TRUNCATED, nullptr);
    return Image(failed == 0 ? made : nullptr);
}

/// What is see-through becomes white.
Image on_white(Image image) {
    if (!vips_image_hasalpha(image.get())) return image;
    VipsImage* made = nullptr;
    VipsArrayDouble* white = vips_array_double_newv(1, 255.0);
    const int failed = vips_flatten(image.get(), &made, "background", white, nullptr);
    vips_area_unref(VIPS_AREA(white));
    return Image(failed == 0 ? made : nullptr);
}

/// Nothing but pixels: what a camera or an editor noted goes, and so does the profile, which by now is
/// sRGB's.
Image pixels_of(Image image) {
    VipsImage* made = nullptr;
    if (vips_copy(image.get(), &made, nullptr) != 0) return nullptr;
    gchar** names = vips_image_get_fields(made);
    for (gchar** name = names; *name; ++name) vips_image_remove(made, *name);
    g_strfreev(names);
    return Image(made);
}

/// What it shows, told from the square in memory.
bool look_at(const Image& image, Look& look) {
    VipsImage* made = nullptr;
    if (vips_thumbnail_image(image.get(), &made, kLookSide, "height", kLookSide, "size", VIPS_SIZE_FORCE,
                             nullptr) != 0)
        return false;
    const Image tiny(made);
    if (vips_colourspace(tiny.get(), &made, VIPS_INTERPRETATION_B_W, nullptr) != 0) return false;
    const Image grey(made);
    std::size_t size = 0;
    const std::unique_ptr<void, Free> bytes(vips_image_write_to_memory(grey.get(), &size));
    Greys greys{};
    if (!bytes || size != greys.size()) return false;
    std::memcpy(greys.data(), bytes.get(), size);
    look = look_of(greys);
    return true;
}

/// Its pixels, so that they can be read twice.
Image in_memory(Image image) {
    return Image(vips_image_copy_memory(image.get()));
}

bool save(const Image& image, std::string& small) {
    void* bytes = nullptr;
    std::size_t size = 0;
    if (vips_jpegsave_buffer(image.get(), &bytes, &size, "Q", 82, "strip", TRUE, "optimize_coding", TRUE,
                             nullptr) != 0)
        return false;
    const std::unique_ptr<void, Free> owned(bytes);
    small.assign(static_cast<const char*>(bytes), size);
    return size <= kMostSmall;
}

}  // namespace

bool prepare(const char* program) {
    setenv("VIPS_NOVECTOR", "1", 1);  // makes machine code as it runs, which a strict service may not
    if (VIPS_INIT(program) != 0) return false;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (const char* const loader :
         {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif"})
        vips_operation_block_set(loader, FALSE);
    VipsImage* black = nullptr;
    if (vips_black(&black, 64, 64, "bands", 3, nullptr) != 0) return false;
    const Image image(black);
    std::string first;
    Small small;
    return save(image, first) && shrink(first, small) == Verdict::done;
}

Verdict shrink(const std::string& picture, Small& small) {
    vips_error_clear();
    int side = 0;
    {
        const Image header = open(picture);
        if (!header) return Verdict::unreadable;
        const int width = vips_image_get_width(header.get());
        const int height = vips_image_get_page_height(header.get());
        if (width <= 0 || height <= 0) return Verdict::unreadable;
        if (width > kMostSide || height > kMostSide ||
            static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height) > kMostPixels)
            return Verdict::too_many_pixels;
        side = std::min({kSide, width, height});
    }
    Image image = square(picture, side);
    if (image) image = on_white(std::move(image));
    if (image) image = pixels_of(std::move(image));
    if (image) image = in_memory(std::move(image));
    if (!image || !look_at(image, small.look) || !save(image, small.jpeg)) return Verdict::unreadable;
    // What is missing of a picture that was cut short is painted over and told here alone.
    return *vips_error_buffer() == '\0' ? Verdict::done : Verdict::unreadable;
}

}  // namespace vv::picture
