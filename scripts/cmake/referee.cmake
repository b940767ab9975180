# What every target of the project shares: include root, warnings, sanitizers, and how a test is declared.

add_library(referee_options INTERFACE)
target_include_directories(referee_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_options(referee_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  -Wno-missing-field-initializers)  # designated initialisers name what differs from the defaults
target_link_libraries(referee_options INTERFACE Threads::Threads)
# GCC 12 sees overflows where there are none, in the inlined code of its own std::string.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(referee_options INTERFACE -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict
    -Wno-array-bounds -Wno-maybe-uninitialized)
endif()
if(REFEREE_WARNINGS_AS_ERRORS)
  target_compile_options(referee_options INTERFACE -Werror)
endif()
if(REFEREE_SANITIZE)
  target_compile_options(referee_options INTERFACE -fsanitize=${REFEREE_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(referee_options INTERFACE -fsanitize=${REFEREE_SANITIZE})
endif()
if(REFEREE_COVERAGE)
  target_compile_options(referee_options INTERFACE --coverage)
  target_link_options(referee_options INTERFACE --coverage)
endif()

# One precompiled header of the libraries that cost seconds to parse; every target that needs them reuses it.
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/heavy.cc CONTENT "// Carries the precompiled header.\n")
add_library(referee_heavy STATIC ${PROJECT_BINARY_DIR}/generated/heavy.cc)
target_link_libraries(referee_heavy PUBLIC referee_options GTest::gmock GTest::gtest nlohmann_json::nlohmann_json fmt::fmt)
target_precompile_headers(referee_heavy PUBLIC
  <algorithm> <chrono> <functional> <map> <memory> <optional> <string> <string_view> <vector>
  <fmt/format.h> <nlohmann/json.hpp> <gmock/gmock.h> <gtest/gtest.h>)

# referee_library(NAME SOURCES... [LIBS libs...]): a static library of the project.
function(referee_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC referee_options ${ARG_LIBS})
  target_precompile_headers(${name} REUSE_FROM referee_heavy)
  target_link_libraries(${name} PUBLIC nlohmann_json::nlohmann_json fmt::fmt GTest::gmock GTest::gtest)
endfunction()

# referee_test(NAME SOURCES... [LIBS libs...] [LABELS labels...]): one test executable, known to ctest under its name.
function(referee_test name)
  if(NOT REFEREE_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBS} referee_options nlohmann_json::nlohmann_json fmt::fmt
                        GTest::gmock GTest::gtest GTest::gmock_main)
  target_precompile_headers(${name} REUSE_FROM referee_heavy)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()

# quick_to_build(TARGET): much template code and little work, for which a release build spends less.
function(quick_to_build name)
  target_compile_options(${name} PRIVATE "$<$<CONFIG:Release>:-Og>")
endfunction()
