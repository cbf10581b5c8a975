# visavis_embed_page(<target>): ui/dist becomes part of the target. Looked at in every build (a fraction of a second), as
# the page is built by npm behind CMake's back; a program built before the page says so instead of serving it.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
function(visavis_embed_page target)
  set(out "${PROJECT_BINARY_DIR}/page")
  set(made "${out}/page_files.S" "${out}/page_files.cpp")
  add_custom_target(page_files COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/embed_page.py"
                                       "${PROJECT_SOURCE_DIR}/ui/dist" "${out}"
                    BYPRODUCTS ${made} COMMENT "")
  set_source_files_properties(${made} PROPERTIES GENERATED TRUE)
  target_sources(${target} PRIVATE ${made})
  add_dependencies(${target} page_files)
endfunction()
