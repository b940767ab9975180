# Paging, filtering, the fallback tag, extension discovery.
referee_suite(oci_page
  oci_filtering.cc)
