# Pushing manifests with a subject, and what that says about the support of referrers.
referee_suite(oci_push
  oci_pushing_acknowledged.cc
  oci_pushing_documents.cc
  oci_pushing_graph.cc
  oci_pushing_missing.cc
  oci_pushing_refused.cc
  oci_pushing_sizes.cc
  oci_pushing_tags.cc
  oci_support.cc)
