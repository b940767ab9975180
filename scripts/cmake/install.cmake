# What is installed: the program, what it says of itself to man(1) and to shells, and the documents that are there.
include(GNUInstallDirs)
set(REFEREE_ZSH_COMPLETIONS "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" CACHE STRING "Where zsh looks for completions")

set(REFEREE_MAINTAINER "The Referee maintainers <maintainers@referee.example>" CACHE STRING "The maintainer in packages")

# The manual pages and completions are the program's own words, and as old as it is.
set(manual ${PROJECT_BINARY_DIR}/manual)
add_custom_command(OUTPUT ${manual}/stamp
  COMMAND ${PROJECT_SOURCE_DIR}/scripts/packaging/documents $<TARGET_FILE:referee> ${manual} ${REFEREE_MAINTAINER}
  COMMAND ${CMAKE_COMMAND} -E touch ${manual}/stamp
  DEPENDS referee ${PROJECT_SOURCE_DIR}/scripts/packaging/documents ${PROJECT_SOURCE_DIR}/CHANGELOG.md
  VERBATIM)
add_custom_target(manual ALL DEPENDS ${manual}/stamp)

install(TARGETS referee RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${manual}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR})
install(FILES ${manual}/referee.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME referee)
install(FILES ${manual}/_referee DESTINATION ${REFEREE_ZSH_COMPLETIONS})
install(FILES ${manual}/referee.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${manual}/CHANGELOG.md.gz ${manual}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${manual}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
