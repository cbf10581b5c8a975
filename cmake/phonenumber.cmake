# libphonenumber's headers. Debian's libphonenumber-dev depends on Boost 1.74, which can't stand beside the 1.81 that
# everything else here uses; the headers themselves need no Boost. So the runtime is installed as usual and the -dev
# package of the very same version is unpacked into the build folder, seen by base/phone.cpp alone.
find_library(PHONENUMBER_LIBRARY NAMES libphonenumber.so.8 REQUIRED)
pkg_check_modules(PROTOBUF REQUIRED IMPORTED_TARGET protobuf)
find_path(ABSL_INCLUDE absl/container/node_hash_set.h REQUIRED)
set(VV_PHONENUMBER_DEB "" CACHE FILEPATH "libphonenumber-dev's .deb, for a build without a network")

set(phonenumber_root "${PROJECT_BINARY_DIR}/third_party/phonenumber")
if(NOT EXISTS "${phonenumber_root}/usr/include/phonenumbers/phonenumberutil.h")
  file(MAKE_DIRECTORY "${phonenumber_root}")
  set(deb "${VV_PHONENUMBER_DEB}")
  if(NOT deb)
    execute_process(COMMAND dpkg-query -W -f "\${Version}" libphonenumber8
                    OUTPUT_VARIABLE version COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND apt-get -q download "libphonenumber-dev=${version}"
                    WORKING_DIRECTORY "${phonenumber_root}" RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE why)
    if(failed)
      message(FATAL_ERROR "Could not download libphonenumber-dev ${version} for its headers: ${why}"
              "Run `apt-get update` with a network, or fetch the .deb elsewhere and configure with "
              "-DVV_PHONENUMBER_DEB=FILE.")
    endif()
    file(GLOB deb "${phonenumber_root}/libphonenumber-dev_*.deb")
  endif()
  execute_process(COMMAND dpkg -x "${deb}" "${phonenumber_root}" COMMAND_ERROR_IS_FATAL ANY)
endif()

add_library(phonenumber::phonenumber INTERFACE IMPORTED)
target_link_libraries(phonenumber::phonenumber INTERFACE "${PHONENUMBER_LIBRARY}" PkgConfig::PROTOBUF)
target_include_directories(phonenumber::phonenumber SYSTEM INTERFACE "${phonenumber_root}/usr/include" "${ABSL_INCLUDE}")
