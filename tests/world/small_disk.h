// tests/world/small_disk.h — a disk that fills quickly.
#pragma once

#include "world/databases.h"

#include <string>
#include <sys/mount.h>

namespace vv::world {

/// A disk of some megabytes, where the system lets us have one: root may mount.
class SmallDisk {
public:
    explicit SmallDisk(int megabytes) {
        const std::string size = "size=" + std::to_string(megabytes) + "m";
        is_there_ = ::mount("none", folder_.path().c_str(), "tmpfs", 0, size.c_str()) == 0;
    }
    ~SmallDisk() {
        if (is_there_) ::umount2(folder_.path().c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool is_there() const { return is_there_; }
    [[nodiscard]] const std::string& path() const { return folder_.path(); }

private:
    TempFolder folder_;
    bool is_there_ = false;
};

}  // namespace vv::world
