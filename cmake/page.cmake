# visavis_embed_dist(<target> <name> <tool>): what tools/<tool> makes of ui/dist becomes part of the target as <name>.S
# and <name>.cpp. Looked at in every build (a fraction of a second), as the page is built by npm behind CMake's back; a
# program built before the page says so instead of serving it, and sets paper in the system's fonts.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
function(visavis_embed_dist target name tool)
  set(out "${PROJECT_BINARY_DIR}/${name}")
  set(made "${out}/${name}.S" "${out}/${name}.cpp")
  add_custom_target(${name} COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/${tool}"
                                    "${PROJECT_SOURCE_DIR}/ui/dist" "${out}"
                    BYPRODUCTS ${made} COMMENT "")
  set_source_files_properties(${made} PROPERTIES GENERATED TRUE)
  target_sources(${target} PRIVATE ${made})
  add_dependencies(${target} ${name})
endfunction()
