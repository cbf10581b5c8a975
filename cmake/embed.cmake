# visavis_embed(<target> <symbol> <file>): the file's bytes inside the program as `extern "C" const char <symbol>[]` and
# `<symbol>_end[]`, without a copy through the compiler and paged in only when read.
function(visavis_embed target symbol file)
  get_filename_component(path "${file}" ABSOLUTE BASE_DIR "${PROJECT_SOURCE_DIR}")
  set(assembly "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S")
  file(CONFIGURE OUTPUT "${assembly}" CONTENT ".section .rodata
.global @symbol@
.global @symbol@_end
@symbol@:
.incbin \"@path@\"
@symbol@_end:
.byte 0
.section .note.GNU-stack,\"\",%progbits
" @ONLY)
  set_property(SOURCE "${assembly}" APPEND PROPERTY OBJECT_DEPENDS "${path}")
  target_sources(${target} PRIVATE "${assembly}")
endfunction()
