# Makes C++ of a page: in a template, {{NAME}} stands for the file of that name next to it, and {{data}}, once, for the
# JSON that the program puts in.
#
#   include(${PROJECT_SOURCE_DIR}/reports/html/embed.cmake)
#   referee_html_page(referee_reports ${CMAKE_CURRENT_SOURCE_DIR}/html/report.html referee::reports kReportPage)
#
# The target gets a definition of `const referee::reports::HtmlTemplate kReportPage` (reports/formats/html_page.h) in that
# namespace. As a script (cmake -D TEMPLATE= -D PARTS= -D NAMESPACE= -D SYMBOL= -D OUTPUT= -P) it writes the source.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(REFEREE_HTML_PARTS ${CMAKE_CURRENT_LIST_DIR} CACHE INTERNAL "where the parts of pages are that all may use")

  function(referee_html_page target template namespace symbol)
    get_filename_component(stem ${template} NAME_WE)
    get_filename_component(folder ${template} DIRECTORY)
    set(output ${PROJECT_BINARY_DIR}/generated/reports/html/${stem}_page.cc)
    # A part that comes or goes must be seen; which page has which is not worth knowing.
    file(GLOB parts CONFIGURE_DEPENDS ${folder}/*.css ${folder}/*.js ${REFEREE_HTML_PARTS}/*.css
         ${REFEREE_HTML_PARTS}/*.js)
    add_custom_command(
      OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -D TEMPLATE=${template} -D PARTS=${REFEREE_HTML_PARTS} -D NAMESPACE=${namespace}
              -D SYMBOL=${symbol} -D OUTPUT=${output} -P ${REFEREE_HTML_PARTS}/embed.cmake
      DEPENDS ${template} ${parts} ${REFEREE_HTML_PARTS}/embed.cmake
      COMMENT "Embedding ${stem}.html"
      VERBATIM)
    target_sources(${target} PRIVATE ${output})
  endfunction()
  return()
endif()

# As a literal: a compiler may refuse one of more than 64 KiB, so that long texts become several in a row.
function(as_literal text result)
  string(FIND "${text}" ")html\"" clash)
  if(NOT clash EQUAL -1)
    message(FATAL_ERROR "${TEMPLATE}: a part holds the end of a C++ raw string, )html\"")
  endif()
  string(LENGTH "${text}" length)
  set(literal "")
  set(begin 0)
  while(begin LESS length)
    string(SUBSTRING "${text}" ${begin} 16000 piece)
    string(APPEND literal "\n    R\"html(${piece})html\"")
    math(EXPR begin "${begin} + 16000")
  endwhile()
  set(${result} "${literal}" PARENT_SCOPE)
endfunction()

file(READ ${TEMPLATE} page)
get_filename_component(folder ${TEMPLATE} DIRECTORY)
string(REGEX MATCHALL "{{[a-z_]+[.](css|js)}}" marks "${page}")
list(REMOVE_DUPLICATES marks)
foreach(mark IN LISTS marks)
  string(REGEX REPLACE "[{}]" "" name ${mark})
  if(EXISTS ${folder}/${name})
    file(READ ${folder}/${name} part)
  else()
    file(READ ${PARTS}/${name} part)
  endif()
  if(part MATCHES "</(script|style)")
    message(FATAL_ERROR "${name}: would end its own element")
  endif()
  string(REPLACE "${mark}" "${part}" page "${page}")
endforeach()

string(FIND "${page}" "{{data}}" at)
if(at EQUAL -1)
  message(FATAL_ERROR "${TEMPLATE}: has no place for the data, {{data}}")
endif()
string(SUBSTRING "${page}" 0 ${at} before)
math(EXPR at "${at} + 8")
string(SUBSTRING "${page}" ${at} -1 after)
as_literal("${before}" before)
as_literal("${after}" after)
file(WRITE ${OUTPUT} "// Written by reports/html/embed.cmake from ${SYMBOL}'s template.
#include \"reports/formats/html_page.h\"

namespace ${NAMESPACE} {
extern const referee::reports::HtmlTemplate ${SYMBOL};
const referee::reports::HtmlTemplate ${SYMBOL} = {${before},${after}};
}  // namespace ${NAMESPACE}
")
