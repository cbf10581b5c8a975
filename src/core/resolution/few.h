// core/resolution/few.h — a list of mostly none to two small things, in sixteen bytes: a profile has a dozen.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace vv::core::resolution {

template <class T>
class Few {
    static_assert(std::is_trivially_copyable_v<T>);
    static constexpr std::uint32_t kInPlace = sizeof(T*) / sizeof(T);
    static_assert(kInPlace > 0);

public:
    Few() : things_{} {}
    Few(const Few&) = delete;
    Few& operator=(const Few&) = delete;
    Few(Few&& other) noexcept : Few() { *this = std::move(other); }
    Few& operator=(Few&& other) noexcept {
        std::swap(size_, other.size_);
        std::swap(room_, other.room_);
        std::swap(things_, other.things_);
        return *this;
    }
    ~Few() {
        if (is_elsewhere()) delete[] things_.elsewhere;
    }

    [[nodiscard]] const T* begin() const { return is_elsewhere() ? things_.elsewhere : things_.in_place; }
    [[nodiscard]] const T* end() const { return begin() + size_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] const T& front() const { return *begin(); }

    void push_back(T value) {
        if (size_ == room_) grow();
        data()[size_++] = value;
    }
    /// `at` is in the list; what comes behind it moves up.
    void erase(const T* at) {
        auto* const gap = data() + (at - begin());
        std::copy(gap + 1, data() + size_, gap);
        --size_;
    }

private:
    union Things {
        Things() : elsewhere(nullptr) {}
        T* elsewhere;
        T in_place[kInPlace];
    };

    [[nodiscard]] bool is_elsewhere() const { return room_ > kInPlace; }
    [[nodiscard]] T* data() { return is_elsewhere() ? things_.elsewhere : things_.in_place; }
    void grow() {
        auto* const more = new T[std::size_t{2} * room_];
        std::copy(begin(), end(), more);
        if (is_elsewhere()) delete[] things_.elsewhere;
        things_.elsewhere = more;
        room_ *= 2;
    }

    std::uint32_t size_ = 0, room_ = kInPlace;
    Things things_;
};

}  // namespace vv::core::resolution
