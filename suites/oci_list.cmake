# Listing referrers.
referee_suite(oci_list
  oci_listing_annotations.cc
  oci_listing_artifact_type.cc
  oci_listing_body.cc
  oci_listing_descriptors.cc
  oci_listing_digests.cc
  oci_listing_entries.cc
  oci_listing_reads.cc
  oci_listing_scope.cc
  oci_listing_status.cc)
