#include "net/networks.h"

#include "net/forwarded.h"

#include <gtest/gtest.h>

namespace vv::net {
namespace {

TEST(Networks, HoldAddressesByPrefix) {
    const auto networks = Networks::parse({"10.0.0.0/8", "192.0.2.7", "fd00::/8", "203.0.113.128/25"});
    ASSERT_TRUE(networks.ok());
    for (const char* inside : {"10.255.0.1", "192.0.2.7", "fd12::1", "203.0.113.200", "::ffff:10.1.2.3"})
        EXPECT_TRUE(networks->contains(inside)) << inside;
    for (const char* outside : {"11.0.0.1", "192.0.2.8", "fe80::1", "203.0.113.1", "", "10.0.0", "localhost"})
        EXPECT_FALSE(networks->contains(outside)) << outside;
}

TEST(Networks, RefuseWhatIsNone) {
    for (const char* text :
         {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", "example.org", "10.0.0.0/8 "})
        EXPECT_EQ(Networks::parse({text}).error().code, "net.network") << text;
}

TEST(NotPublic, HoldsWhatARequestMustNotReach) {
    for (const char* address :
         {"127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
          "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1",
          "64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:0:7f00:1", "5f00::1", "3fff::1"})
        EXPECT_TRUE(Networks::not_public().contains(address)) << address;
    for (const char* address : {"8.8.8.8", "151.101.1.140", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"})
        EXPECT_FALSE(Networks::not_public().contains(address)) << address;
}

class Forwarded : public testing::Test {
protected:
    Request request_from(const std::string& peer, std::vector<std::string> forwarded,
                         std::string proto = {}) {
        Request request;
        for (std::string& line : forwarded) request.headers.emplace_back("x-forwarded-for", std::move(line));
        if (!proto.empty()) request.headers.emplace_back("x-forwarded-proto", std::move(proto));
        trace_client(trusted, peer, false, request);
        return request;
    }
    Networks trusted = *Networks::parse({"127.0.0.1", "10.0.0.0/8"});
};

TEST_F(Forwarded, AStrangersClaimIsNotBelieved) {
    const Request request = request_from("198.51.100.1", {"192.0.2.9"}, "https");
    EXPECT_EQ(request.remote, "198.51.100.1");
    EXPECT_FALSE(request.secure);
}

TEST_F(Forwarded, ATrustedProxyNamesTheClient) {
    const Request request = request_from("127.0.0.1", {"192.0.2.9"}, "https");
    EXPECT_EQ(request.remote, "192.0.2.9");
    EXPECT_TRUE(request.secure);
}

TEST_F(Forwarded, WhatTheClientPutThereItselfIsNotBelieved) {
    EXPECT_EQ(request_from("127.0.0.1", {"1.1.1.1, 192.0.2.9, 10.0.0.2"}).remote, "192.0.2.9");
    EXPECT_EQ(request_from("127.0.0.1", {"1.1.1.1", "192.0.2.9"}).remote, "192.0.2.9");
}

TEST_F(Forwarded, NonsenseEndsTheTrace) {
    EXPECT_EQ(request_from("127.0.0.1", {"192.0.2.9, unknown, 10.0.0.2"}).remote, "10.0.0.2");
    EXPECT_EQ(request_from("127.0.0.1", {}).remote, "127.0.0.1");
}

}  // namespace
}  // namespace vv::net
