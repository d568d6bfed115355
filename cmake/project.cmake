# Flags and the helpers every directory uses. Flags live on INTERFACE targets, never in global variables.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(JICAI_FUZZ "Build the libFuzzer targets (needs clang)" OFF)
set(JICAI_SANITIZE "" CACHE STRING "Comma separated list for -fsanitize=, empty for none")

option(JICAI_TESTS "Build the tests and the measuring programs" ON)
if(JICAI_TESTS)
    find_package(GTest REQUIRED)
endif()

add_library(jicai_flags INTERFACE)
target_compile_options(jicai_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
    -Woverloaded-virtual -Wnull-dereference -Werror)
# The 128-bit integer of gcc and clang is what sums and cross products are made of.
target_compile_options(jicai_flags INTERFACE -Wno-pedantic)
# g++ 12 reports false positives of the first three inside libstdc++ at -O2; the last it also says of members that
# designated initializers leave to their defaults on purpose.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(jicai_flags INTERFACE -Wno-null-dereference -Wno-restrict -Wno-maybe-uninitialized
        -Wno-missing-field-initializers)
endif()
target_include_directories(jicai_flags INTERFACE ${PROJECT_SOURCE_DIR})
if(JICAI_SANITIZE)
    target_compile_options(jicai_flags INTERFACE -fsanitize=${JICAI_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    target_link_options(jicai_flags INTERFACE -fsanitize=${JICAI_SANITIZE})
endif()

# jicai_library(name SOURCES a.cpp ... [DEPS jicai_money ...] [PRIVATE_DEPS ...])
function(jicai_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC jicai_flags ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS})
endfunction()

# jicai_test(name SOURCES a_test.cpp ... LIBS jicai_money ...): one GoogleTest program, run as one test.
function(jicai_test name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LIBS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE jicai_flags ${ARG_LIBS} GTest::gtest GTest::gmock GTest::gtest_main)
    target_compile_definitions(${name} PRIVATE JICAI_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name})
endfunction()

# jicai_fuzzer(name SOURCE a_fuzz.cpp LIBS ...): a libFuzzer program and its short smoke run over the seeds
# in tests/fuzz/seeds/<name>.
function(jicai_fuzzer name)
    if(NOT JICAI_FUZZ)
        return()
    endif()
    cmake_parse_arguments(ARG "" "SOURCE" "LIBS" ${ARGN})
    add_executable(${name} ${ARG_SOURCE})
    target_link_libraries(${name} PRIVATE jicai_flags ${ARG_LIBS})
    # Without any counters libFuzzer gives up at once; the fuzz preset counts in the libraries too.
    target_compile_options(${name} PRIVATE -fsanitize=fuzzer-no-link)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_property(GLOBAL APPEND PROPERTY JICAI_FUZZERS "$<TARGET_FILE:${name}>")
    set(seeds ${PROJECT_SOURCE_DIR}/tests/fuzz/seeds/${name})
    set(corpus ${CMAKE_CURRENT_BINARY_DIR}/${name}_corpus)
    file(MAKE_DIRECTORY ${corpus})
    add_test(NAME ${name}_smoke COMMAND ${name} -max_total_time=10 -rss_limit_mb=2048 -timeout=20
        ${corpus} ${seeds})
endfunction()
