#include "formats/xml_stream.h"

#include "base/text.h"
#include "formats/xml_repair.h"

#include <gtest/gtest.h>

namespace vv::formats {
namespace {

std::string repaired(std::string_view xml, std::size_t piece, std::size_t longest = 1'000'000) {
    ViewStream bytes(xml, piece);
    XmlRepair repair(bytes, longest);
    std::string out;
    while (true) {
        const auto next = repair.next();
        EXPECT_TRUE(next.ok());
        if (!next || next->empty()) return out;
        out += *next;
    }
}

// Wherever the pieces are cut, the same comes out.
std::string repaired(std::string_view xml) {
    const auto whole = repaired(xml, xml.size() + 1);
    for (const std::size_t piece : {1, 2, 7, 41}) EXPECT_EQ(repaired(xml, piece), whole) << piece;
    return whole;
}

TEST(XmlRepair, LeavesWhatIsWellFormedAsItIs) {
    constexpr std::string_view kWhole =
        "<?xml version='1.0'?>\n<!DOCTYPE a [<!ELEMENT a ANY>]>\n<a b=\"1 &lt; 2 &#10; '\" c='\"'>x &amp; "
        "&#x1F600; <![CDATA[<&]]]]><![CDATA[>]]></a>\n";
    EXPECT_EQ(repaired(kWhole), kWhole);
}

TEST(XmlRepair, JoinsSurrogatesAndDropsControlCharacters) {
    EXPECT_EQ(repaired("<a b=\"&#55357;&#56832;\">&#xD83D;&#xDE00;</a>"),
              "<a b=\"\U0001f600\">\U0001f600</a>");
    EXPECT_EQ(repaired("<a b=\"&#55357;x&#56832;\"/>"), "<a b=\"\ufffdx\ufffd\"/>");
    EXPECT_EQ(repaired("<a\x01 b=\"\x02&#0;&#x1f;\">\x0b<![CDATA[\x1b]]></a>"), "<a b=\"\"><![CDATA[]]></a>");
}

TEST(XmlRepair, EscapesWhatStandsBare) {
    EXPECT_EQ(repaired("<a b=\"x<y & z\">1 < 2 && 3</a>"),
              "<a b=\"x&lt;y &amp; z\">1 &lt; 2 &amp;&amp; 3</a>");
    EXPECT_EQ(repaired("<a>&eacute;&bomb;&#xzz;&</a>"), "<a>&#233;&amp;bomb;&amp;#xzz;&amp;</a>");
}

TEST(XmlRepair, EndsALostQuoteBeforeTheNextLineOfTags) {
    EXPECT_EQ(repaired("<a b=\"x\n y <c/>\n  <d e=\"1\"/>"), "<a b=\"x\n y &lt;c/>\n  <d e=\"1\"/>");
}

TEST(XmlRepair, DropsCommentsButNotTheirLines) {
    EXPECT_EQ(repaired("<!-- a & b -- c\n\n--><a/>"), "\n\n<a/>");
}

TEST(XmlRepair, CutsValuesAtTheirLimitBetweenCharacters) {
    EXPECT_EQ(repaired("<a b=\"123456789\" c=\"x\"/>", 3, 4), "<a b=\"1234\" c=\"x\"/>");
    EXPECT_EQ(repaired("<a b=\"123é\"/>", 64, 4), "<a b=\"123\"/>");
    EXPECT_EQ(repaired("<a b=\"123&amp;4\"/>", 64, 4), "<a b=\"123\"/>");
    EXPECT_EQ(repaired("<a><![CDATA[123456]]></a>", 64, 4), "<a><![CDATA[1234]]></a>");
}

TEST(XmlRepair, LeavesATagNoMoreThan256Attributes) {
    std::string most = "<a", more, less;
    for (int i = 0; i < 256; ++i) most += " b" + std::to_string(i) + "='1'";
    for (int i = 0; i < 300; ++i) more += " c" + std::to_string(i) + (i % 2 == 0 ? "=\">'\"" : "='/>\"'");
    EXPECT_EQ(repaired(most + "/><d/>"), most + "/><d/>");
    EXPECT_EQ(repaired(most + more + "><d e='1'/></a>"), most + " c0=\"\"><d e='1'/></a>");
    EXPECT_EQ(repaired(most + more + " /><d e='1'/>"), most + " c0=\"\"/><d e='1'/>");
}

// Tags as words: "<a b" for a start with attribute b's value, ">" for an end, text as it is, "!3" for a
// fault.
class Told final : public XmlVisitor {
public:
    bool open(const XmlTag& tag) override {
        words += "<" + std::string(tag.name.local);
        if (const auto b = tag.attribute("b"); !b.empty()) words += "=" + std::string(b);
        words += ' ';
        space = tag.name.space;
        return tag.name.local != "stop";
    }
    bool close(const XmlName&) override {
        words += "> ";
        return true;
    }
    void text(std::string_view piece) override { words += piece; }
    void broken(std::int64_t line, std::string_view error) override {
        EXPECT_FALSE(error.empty());
        words += "!" + std::to_string(line) + " ";
    }

    std::string words;
    std::string space;
};

std::string told(std::string_view xml) {
    ViewStream bytes(xml, 5);
    Told visitor;
    EXPECT_TRUE(read_xml(bytes, visitor).ok());
    return visitor.words;
}

TEST(XmlStream, TellsTagsAttributesAndText) {
    EXPECT_EQ(told("<?xml version='1.0'?><r><a b='1 &amp; 2'/>x<c>y<![CDATA[z]]></c></r>"),
              "<r <a=1 & 2 > x<c yz> > ");
}

TEST(XmlStream, StopsWhenAsked) {
    EXPECT_EQ(told("<r><stop/><a/></r>"), "<r <stop ");
}

TEST(XmlStream, KnowsNamespacesAlsoThoseThatNobodyDeclared) {
    ViewStream bytes("<r xmlns:wp='http://wordpress.org/export/1.0/'><wp:x/></r>");
    Told visitor;
    ASSERT_TRUE(read_xml(bytes, visitor).ok());
    EXPECT_EQ(visitor.space, "http://wordpress.org/export/1.0/");
    EXPECT_EQ(told("<r><wp:x/></r>"), "<r <x > > ");
}

TEST(XmlStream, GoesOnBehindAFault) {
    EXPECT_EQ(told("<r>\n<a b='1' b='2'/>\n<c/></r>").find("<r \n!2 "), 0U);
    EXPECT_NE(told("<r>\n<a b='1' b='2'/>\n<c/></r>").find("<c > "), std::string::npos);
    EXPECT_EQ(told("<r><a>").find("<r <a !1 "), 0U);
}

TEST(XmlStream, ExpandsNoEntityAndReadsNoFile) {
    const auto words =
        told("<!DOCTYPE r [<!ENTITY a 'boom'><!ENTITY b SYSTEM 'file:///etc/passwd'>]><r>&a;&b;</r>");
    EXPECT_EQ(words, "<r &a;&b;> ");
}

TEST(XmlStream, EndsAtAbsurdNesting) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    EXPECT_LT(told(deep).size(), 5'000U);
}

// The parser compares each attribute with all others, and looks for each prefix among all that are open.
TEST(XmlStream, IsNotHeldUpByAttributesOrNamespaces) {
    std::string many = "<r";
    for (int i = 0; i < 200'000; ++i) many += " a" + std::to_string(i) + "='x'";
    EXPECT_EQ(told(many + "/>"), "<r > ");
    std::string spaces;
    for (int depth = 0; depth < 100; ++depth) {
        spaces += "<r";
        for (int i = 0; i < 100; ++i) spaces += " xmlns:p" + std::to_string(depth * 100 + i) + "='u'";
        spaces += ">";
    }
    EXPECT_EQ(told(spaces), "<r <r <r <r <r !1 ");
    std::string again;
    for (int i = 0; i < 2'000; ++i) again += "<x:a xmlns:x='u'/>";
    EXPECT_EQ(told("<r>" + again + "</r>").find('!'), std::string::npos);
}

TEST(XmlStream, ReadsUtf16AndEightBits) {
    std::string wide = "\xff\xfe";
    for (const char c : std::string("<?xml version='1.0' encoding='UTF-16'?><r b='x'/>")) wide += {c, '\0'};
    EXPECT_EQ(told(wide), "<r=x > ");
    EXPECT_EQ(told("<?xml version='1.0' encoding='ISO-8859-1'?><r b='\xe9'/>"), "<r=é > ");
}

}  // namespace
}  // namespace vv::formats
