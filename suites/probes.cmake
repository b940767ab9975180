# Open questions, by theme: they answer and never judge, so that no defect has to break them.
set(probes
  probes/across_repositories.cc
  probes/asking.cc
  probes/asking_answers.cc
  probes/asking_places.cc
  probes/deleting_content.cc
  probes/deleting_subjects.cc
  probes/fallback.cc
  probes/filtering.cc
  probes/oras_only.cc
  probes/ordering.cc
  probes/paging.cc
  probes/permissions.cc
  probes/probing.cc
  probes/pushing_again.cc
  probes/subject_descriptors.cc)
add_library(suites_probes OBJECT ${probes})
quick_to_build(${probes})
target_link_libraries(suites_probes PUBLIC referee_options referee_engine referee_match referee_content)
target_precompile_headers(suites_probes REUSE_FROM referee_heavy)

# The probes alone, for whoever puts no checks.
add_library(referee_probes INTERFACE)
target_sources(referee_probes INTERFACE $<TARGET_OBJECTS:suites_probes>)
target_link_libraries(referee_probes INTERFACE referee_engine referee_match referee_content)
