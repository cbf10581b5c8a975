# visavis_module(<name> DEPS <modules…> LIBS <targets…>): one directory = one library = one include root.
# Headers are reached through a per-module link, so an undeclared dependency is a compile error, not a review note.
# LIBS stay private: a third-party header never reaches another module through ours.
function(visavis_module name)
  cmake_parse_arguments(M "" "" "DEPS;LIBS" ${ARGN})
  string(REPLACE "/" "_" id "${name}")
  set(dir "${PROJECT_SOURCE_DIR}/src/${name}")
  set(root "${PROJECT_BINARY_DIR}/include/${id}")
  get_filename_component(parent "${root}/${name}" DIRECTORY)
  file(MAKE_DIRECTORY "${parent}")
  file(CREATE_LINK "${dir}" "${root}/${name}" SYMBOLIC)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${dir}/*.cpp")
  if(NOT sources)
    file(WRITE "${PROJECT_BINARY_DIR}/empty_${id}.cpp" "")
    set(sources "${PROJECT_BINARY_DIR}/empty_${id}.cpp")
  endif()
  add_library(vv_${id} STATIC ${sources})
  target_include_directories(vv_${id} PUBLIC "${root}")
  list(TRANSFORM M_DEPS REPLACE "/" "_")
  list(TRANSFORM M_DEPS PREPEND vv_)
  target_link_libraries(vv_${id} PUBLIC vv_flags ${M_DEPS} PRIVATE ${M_LIBS})
  set_property(TARGET vv_${id} PROPERTY LINK_LIBRARIES_ONLY_TARGETS ON) # a typo is an error, not -lvv_cor
endfunction()

# visavis_tests(<module> SHARDS <n> DEPS <modules…> LIBS <targets…>): tests/unit/<module>/*.cpp as one binary that
# links that module and what it may itself include, so that a core test cannot reach a database. ctest runs it in that
# many processes (one by default) rather than in one a case, whose start would cost more than most cases. An odd number,
# as the cases for the two databases alternate.
function(visavis_tests name)
  cmake_parse_arguments(T "" "SHARDS" "DEPS;LIBS" ${ARGN})
  string(REPLACE "/" "_" id "${name}")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/unit/${name}/*.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(${id}_tests ${sources})
  list(TRANSFORM T_DEPS REPLACE "/" "_")
  list(TRANSFORM T_DEPS PREPEND vv_)
  target_link_libraries(${id}_tests PRIVATE vv_${id} ${T_DEPS} ${T_LIBS} vv_test_main)
  target_include_directories(${id}_tests PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_compile_definitions(${id}_tests PRIVATE VV_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
                                                 VV_SAMPLES="${PROJECT_SOURCE_DIR}/samples"
                                                 VV_PICTURE="${PROJECT_BINARY_DIR}/visavis-picture")
  if(NOT T_SHARDS)
    set(T_SHARDS 1)
  endif()
  math(EXPR last "${T_SHARDS} - 1")
  foreach(shard RANGE ${last})
    math(EXPR number "${shard} + 1")
    add_test(NAME ${id}.${number} COMMAND ${id}_tests)
    set_tests_properties(${id}.${number} PROPERTIES TIMEOUT 300
                         ENVIRONMENT "GTEST_BRIEF=1;GTEST_TOTAL_SHARDS=${T_SHARDS};GTEST_SHARD_INDEX=${shard}")
  endforeach()
endfunction()
