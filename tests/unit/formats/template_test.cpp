#include "formats/template.h"

#include <gtest/gtest.h>

namespace vv::formats {
namespace {

TEST(Template, EscapesValuesInHtmlAndNotInText) {
    Fields fields;
    fields.set("name", "<b>Ann & \"Bob\"</b>");
    EXPECT_EQ(fill_html("Hello {{name}}", fields), "Hello &lt;b&gt;Ann &amp; &quot;Bob&quot;&lt;/b&gt;");
    EXPECT_EQ(fill_text("Hello {{name}}", fields), "Hello <b>Ann & \"Bob\"</b>");
}

TEST(Template, RepeatsListsAndShowsWhatIsTrue) {
    Fields one, two, fields;
    one.set("n", "1");
    two.set("n", "2").set("last", true);
    fields.set("items", {one, two}).set("none", std::vector<Fields>{}).set("no", false);
    EXPECT_EQ(
        fill_text("{{#items}}{{n}}{{^last}}, {{/last}}{{/items}}{{^none}}.{{/none}}{{#no}}!{{/no}}", fields),
        "1, 2.");
}

TEST(Template, NeverTakesAValueForATemplate) {
    Fields fields;
    fields.set("name", "{{secret}}").set("secret", "42");
    EXPECT_EQ(fill_html("{{name}}", fields), "{{secret}}");
}

TEST(Template, TakesAnEmptyTextForNothing) {
    Fields fields;
    fields.set("a", "").set("b", "x");
    EXPECT_EQ(fill_text("{{#a}}a{{/a}}{{a}}{{#b}}b{{/b}}", fields), "b");
}

TEST(Template, CopiesOfFieldsShareNothing) {
    Fields first;
    first.set("a", "1");
    Fields second = first;
    second.set("a", "2");
    EXPECT_EQ(fill_text("{{a}}", first), "1");
}

}  // namespace
}  // namespace vv::formats
