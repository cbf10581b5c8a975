# visavis_embed_migrations(<target>): the numbered files of src/store/migrations become one C++ source of that target, so
# that the program carries its schema. Run as a script it writes that source.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB files "${FOLDER}/*.sql")
  list(SORT files)
  set(rows "")
  set(expected 1)
  foreach(path IN LISTS files)
    get_filename_component(name "${path}" NAME_WE)
    if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
      message(FATAL_ERROR "${path}: a migration is named NNNN_words.sql")
    endif()
    string(REGEX REPLACE "^0+" "" version "${CMAKE_MATCH_1}")
    if(NOT version EQUAL expected)
      message(FATAL_ERROR "${path}: migration ${expected} is missing; numbers have no gaps")
    endif()
    math(EXPR expected "${expected} + 1")
    file(READ "${path}" text)
    string(APPEND rows "    {${version}, \"${name}\", R\"migration(${text})migration\"},\n")
  endforeach()
  file(WRITE "${OUTPUT}" "// Written by cmake/migrations.cmake from src/store/migrations.
#include \"store/migrations.h\"

namespace vv::store {
namespace {

constexpr Migration kMigrations[] = {
${rows}};

}  // namespace

std::span<const Migration> embedded_migrations() {
    return kMigrations;
}

}  // namespace vv::store
")
  return()
endif()

set(visavis_migrations_script "${CMAKE_CURRENT_LIST_FILE}")
function(visavis_embed_migrations target)
  set(folder "${PROJECT_SOURCE_DIR}/src/store/migrations")
  set(output "${PROJECT_BINARY_DIR}/embedded_migrations.cpp")
  file(GLOB files CONFIGURE_DEPENDS "${folder}/*.sql")
  add_custom_command(OUTPUT "${output}"
                     COMMAND ${CMAKE_COMMAND} "-DFOLDER=${folder}" "-DOUTPUT=${output}" -P "${visavis_migrations_script}"
                     DEPENDS ${files} "${visavis_migrations_script}" VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
