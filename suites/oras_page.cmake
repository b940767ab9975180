# Long, sorted and filtered ORAS lists, and how they are announced.
referee_suite(oras_page
  oras_discovery.cc
  oras_filtering.cc
  oras_paging.cc
  oras_paging_links.cc
  oras_sorting.cc)
