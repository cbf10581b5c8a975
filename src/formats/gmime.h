// formats/gmime.h — internal: GMime's beginning, which comes once.
#pragma once

namespace vv::formats {

/// Before any call to GMime; from any thread.
void start_gmime();

}  // namespace vv::formats
