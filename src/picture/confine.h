// picture/confine.h — what this process may still do, before it sees a stranger's picture.
#pragma once

namespace vv::picture {

/// Bounds on memory, time, files and core dumps, for as long as it lives. Before libraries are set up.
bool limit_resources();
/// From here on: memory, threads, and reading and writing what is open. No files, no network, no other
/// program; everything else is refused. After libraries are set up.
bool give_up_the_rest();

}  // namespace vv::picture
