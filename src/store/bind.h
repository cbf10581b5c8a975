// store/bind.h — how our own types go into SQL and come out: ids, instants, and what may be null.
//
//     std::optional<Instant> verified;
//     run(tx, "SELECT email_verified_at FROM accounts WHERE id = :id", into(verified), use(id, "id"));
//
// A null that is read into anything but an optional is a bug in the schema or the query: it throws.
#pragma once

#include "base/ids.h"
#include "base/time.h"

#include <optional>
#include <soci/soci.h>

namespace soci {

template <class Tag>
struct type_conversion<vv::Id<Tag>> {
    using base_type = long long;
    static void from_base(long long value, indicator state, vv::Id<Tag>& out) {
        if (state == i_null) throw soci_error("Null value not allowed for an id");
        out.value = value;
    }
    static void to_base(const vv::Id<Tag>& in, long long& value, indicator& state) {
        value = in.value;
        state = i_ok;
    }
};

template <>
struct type_conversion<vv::Instant> {
    using base_type = long long;
    static void from_base(long long value, indicator state, vv::Instant& out) {
        if (state == i_null) throw soci_error("Null value not allowed for an instant");
        out = vv::from_millis(value);
    }
    static void to_base(const vv::Instant& in, long long& value, indicator& state) {
        value = vv::millis(in);
        state = i_ok;
    }
};

template <>
struct type_conversion<bool> {
    using base_type = int;  // an INTEGER column of 0 and 1
    static void from_base(int value, indicator state, bool& out) {
        if (state == i_null) throw soci_error("Null value not allowed for a truth");
        out = value != 0;
    }
    static void to_base(const bool& in, int& value, indicator& state) {
        value = in ? 1 : 0;
        state = i_ok;
    }
};

template <class T>
struct type_conversion<std::optional<T>> {
    using base_type = typename type_conversion<T>::base_type;
    static void from_base(const base_type& value, indicator state, std::optional<T>& out) {
        if (state == i_null) {
            out.reset();
            return;
        }
        T read{};
        type_conversion<T>::from_base(value, state, read);
        out = std::move(read);
    }
    static void to_base(const std::optional<T>& in, base_type& value, indicator& state) {
        if (in)
            type_conversion<T>::to_base(*in, value, state);
        else
            state = i_null;
    }
};

}  // namespace soci
