// formats/template.h — texts with gaps: mustache templates, for pages without script and for mails.
//
// `{{name}}` is a value, `{{#list}}…{{/list}}` repeats or shows, `{{^list}}…{{/list}}` is for what is empty
// or false, `{{{name}}}` takes a value as it is. Templates are our own, never a stranger's.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats {

/// What fills the gaps. Cheap to move; a copy shares nothing.
class Fields {
public:
    Fields();
    Fields(const Fields& other);
    Fields(Fields&& other) noexcept;
    Fields& operator=(Fields other) noexcept;
    ~Fields();

    /// An empty text counts as false.
    Fields& set(std::string_view name, std::string_view value);
    Fields& set(std::string_view name, const char* value) { return set(name, std::string_view(value)); }
    Fields& set(std::string_view name, bool value);
    Fields& set(std::string_view name, const std::vector<Fields>& list);

private:
    friend std::string fill(std::string_view, const Fields&, bool);
    struct Data;
    std::unique_ptr<Data> data_;
};

/// Values are escaped for HTML. A template that can't be read is a bug of ours: it ends the program.
std::string fill_html(std::string_view tmpl, const Fields& fields);
/// Values stand as they are.
std::string fill_text(std::string_view tmpl, const Fields& fields);

}  // namespace vv::formats
