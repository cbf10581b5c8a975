#include "formats/html_text.h"

#include <gtest/gtest.h>

namespace vv::formats {
namespace {

TEST(HtmlText, ReadsReferencesAndLeavesWhatIsNone) {
    EXPECT_EQ(unescape_html("a &amp; b &lt;c&gt; &#39;d&#39; &#x1F600; &eacute; & &amp"),
              "a & b <c> 'd' 😀 &eacute; & &amp");
    EXPECT_EQ(unescape_html("&amp;lt;"), "&lt;");
    EXPECT_EQ(unescape_html("&#xD83D;&#0;&#1114112;&#;&;"), "&#xD83D;&#0;&#1114112;&#;&;");
    EXPECT_EQ(unescape_html(""), "");
}

TEST(HtmlText, DropsTagsAndKeepsLines) {
    EXPECT_EQ(html_to_text("<p>Hi <a href=\"https://h/@x\">@<span>x</span></a>,<br />see you</p><p>Bye</p>"),
              "Hi @x,\nsee you\n\nBye");
    EXPECT_EQ(html_to_text("<p></p><p></p><p></p>a<p></p><p></p><p></p>b"), "a\n\nb");
    EXPECT_EQ(html_to_text("1 &lt; 2 <b>and"), "1 < 2 and");
    EXPECT_EQ(html_to_text("cut <a href="), "cut");
}

}  // namespace
}  // namespace vv::formats
