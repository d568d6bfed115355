# Writes OUT, a C++ file that holds every file below DIST, and as gzip where that is smaller.
file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE ${DIST} ${DIST}/*)
list(SORT files)
get_filename_component(folder ${OUT} DIRECTORY)
file(REMOVE_RECURSE ${folder}/gzip)
file(MAKE_DIRECTORY ${folder}/gzip)

# A semicolon would end an element of the list; it is written as @.
set(types
    "html=text/html@ charset=utf-8" "js=text/javascript@ charset=utf-8" "css=text/css@ charset=utf-8"
    "json=application/json" "svg=image/svg+xml" "png=image/png" "ico=image/x-icon" "woff2=font/woff2"
    "woff=font/woff" "ttf=font/ttf" "txt=text/plain@ charset=utf-8" "wasm=application/wasm"
    "webmanifest=application/manifest+json")

set(blobs "")
set(rows "")
set(number 0)

# Two symbols around the bytes of a file.
function(add_blob name path)
    file(SIZE ${path} size)
    set(blobs "${blobs}__asm__(\".section .rodata\\n.global ${name}\\n${name}:\\n.incbin \\\"${path}\\\"\\n.byte 0\\n.previous\\n\");\nextern \"C\" const char ${name}[];\n" PARENT_SCOPE)
    set(size_of ${size} PARENT_SCOPE)
endfunction()

foreach(file IN LISTS files)
    get_filename_component(extension "${file}" LAST_EXT)
    string(REGEX REPLACE "^\\." "" extension "${extension}")
    set(type "application/octet-stream")
    foreach(pair IN LISTS types)
        if(pair MATCHES "^${extension}=(.*)$")
            string(REPLACE "@" ";" type "${CMAKE_MATCH_1}")
        endif()
    endforeach()
    if(extension STREQUAL "map")
        continue()
    endif()
    file(SHA256 ${DIST}/${file} digest)
    string(SUBSTRING ${digest} 0 20 digest)
    add_blob(jicai_page_${number} ${DIST}/${file})
    set(plain_size ${size_of})
    set(gzip "{}")
    if(plain_size GREATER 512 AND type MATCHES "text|json|svg|javascript|wasm|ttf")
        set(packed ${folder}/gzip/${number}.gz)
        execute_process(COMMAND gzip -9 -n -c ${DIST}/${file} OUTPUT_FILE ${packed} RESULT_VARIABLE failed)
        if(failed)
            message(FATAL_ERROR "gzip failed on ${file}")
        endif()
        add_blob(jicai_page_${number}_gzip ${packed})
        set(gzip "{jicai_page_${number}_gzip, ${size_of}}")
    endif()
    set(rows "${rows}        {\"/${file}\", \"${type}\", \"\\\"${digest}\\\"\", {jicai_page_${number}, ${plain_size}}, ${gzip}},\n")
    math(EXPR number "${number} + 1")
endforeach()

file(WRITE ${OUT} "#include <web/server/pages.h>

${blobs}
namespace jicai::web {

const std::vector<EmbeddedPage>& embedded_pages() {
    static const std::vector<EmbeddedPage> all = {
${rows}    };
    return all;
}

}  // namespace jicai::web
")
