#include "base/large_pages.h"

#include <cstring>
#include <gtest/gtest.h>
#include <random>
#include <thread>
#include <vector>

namespace vv {
namespace {

TEST(LargePages, GiveEveryPieceItsOwnPlace) {
    LargePages memory;
    std::mt19937 random(3);
    struct Piece {
        unsigned char* at;
        std::size_t bytes;
        unsigned char mark;
    };
    std::vector<Piece> pieces;
    for (int i = 0; i < 6'000; ++i) {
        const std::size_t bytes = random() % 100 == 0 ? random() % 1'500'000 : 8 * (random() % 200);
        Piece piece{static_cast<unsigned char*>(memory.take(bytes)), bytes,
                    static_cast<unsigned char>(random())};
        ASSERT_EQ(reinterpret_cast<std::uintptr_t>(piece.at) % 8, 0U);
        if (bytes > 0) std::memset(piece.at, piece.mark, bytes);
        pieces.push_back(piece);
        if (pieces.size() < 300) continue;
        std::swap(pieces[random() % pieces.size()], pieces.back());
        const Piece& gone = pieces.back();
        for (std::size_t b = 0; b < gone.bytes; ++b) ASSERT_EQ(gone.at[b], gone.mark);
        memory.give_back(gone.at, gone.bytes);
        pieces.pop_back();
    }
    for (const Piece& piece : pieces) memory.give_back(piece.at, piece.bytes);
}

// However sizes change, no more is taken than at the time of the most, but for what is not full yet.
TEST(LargePages, UseAReturnedPlaceForAnySize) {
    LargePages memory;
    std::vector<void*> pieces(1'000);
    for (std::size_t bytes = 8; bytes < 60'000; bytes += 8 + bytes / 5) {
        for (void*& piece : pieces) piece = memory.take(bytes);
        EXPECT_GE(memory.bytes(), 1'000 * bytes);
        EXPECT_LE(memory.bytes(), 1'000 * bytes * 9 / 8 + (bytes > 1'024 ? 512'000 : 75'000)) << bytes;
        for (void* piece : pieces) memory.give_back(piece, bytes);
        EXPECT_EQ(memory.bytes(), 0U);
    }
}

TEST(LargePages, ServeSeveralThreads) {
    LargePages memory;
    std::vector<std::jthread> threads;
    for (unsigned seed = 0; seed < 4; ++seed)
        threads.emplace_back([&memory, seed] {
            std::mt19937 random(seed);
            for (int i = 0; i < 5'000; ++i) {
                const std::size_t bytes = 8 + 8 * (random() % 64);
                auto* piece = static_cast<unsigned char*>(memory.take(bytes));
                std::memset(piece, static_cast<int>(seed), bytes);
                std::this_thread::yield();
                for (std::size_t b = 0; b < bytes; ++b) ASSERT_EQ(piece[b], seed);
                memory.give_back(piece, bytes);
            }
        });
}

}  // namespace
}  // namespace vv
