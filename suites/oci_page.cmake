# Paging, filtering, the fallback tag, extension discovery.
referee_suite(oci_page
  oci_extensions.cc
  oci_fallback.cc
  oci_filtering.cc
  oci_paging.cc)
