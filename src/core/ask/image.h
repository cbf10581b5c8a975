// core/ask/image.h — the graph as bytes, for a start that needn't ask the database for every tie.
//
// Numbers as the machine has them: a file for the same server's next start, not for others. In this order: a
// mark with the form's version, sizes, who agreed to broker, how many ties each has, blocks, rows, and the
// SHA-256 of all that.
#pragma once

#include "base/files.h"
#include "core/ask/graph.h"

namespace vv::core::ask {

/// Faults are the sink's.
Result<Done> write_image(const View& view, ByteSink& sink);

/// `invalid`, saying what is wrong, for anything but a whole image of this version: sizes, order of rows and
/// the sum are all looked at, and no more is taken than the source's size calls for.
Result<std::unique_ptr<Graph>> read_image(ByteSource& source);

}  // namespace vv::core::ask
