#include "formats/receipt.h"

#include <gtest/gtest.h>

namespace vv::formats {
namespace {

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");

core::SignedReceipt receipt() {
    return {{"AAAAAAAAAAAAAAAAAAAAAA", kNow, kNow, "ann@example.org", "a", "ben@example.net", "b", "",
             "43.65,-79.35"},
            "x",
            "y"};
}

TEST(ReceiptFile, GoesOutAndComesBack) {
    const auto read = read_receipt(write_receipt(receipt()));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->receipt, receipt().receipt);
    EXPECT_EQ(read->a_signature, "x");
    EXPECT_EQ(read->b_signature, "y");
}

TEST(ReceiptFile, OfAnotherKindIsRefusedInWords) {
    EXPECT_EQ(read_receipt("").error().detail, "The file is not JSON.");
    EXPECT_EQ(read_receipt("[]").error().detail, "The file is not JSON.");
    EXPECT_EQ(read_receipt("{}").error().detail, "The file has no text 'type'.");
    EXPECT_EQ(read_receipt(R"({"type":"visavis-handshake","version":2})").error().detail,
              "The file is not a handshake's receipt of version 1.");
    EXPECT_EQ(read_receipt(R"({"type":"visavis-handshake","version":1,"receipt":"x"})").error().code,
              "handshake.receipt");
    EXPECT_EQ(read_receipt(std::string(70'000, ' ')).error().code, "handshake.file");
}

}  // namespace
}  // namespace vv::formats
