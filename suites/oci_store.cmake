# Storing manifests and blobs, deleting them, and the image-spec rules that a registry can break.
referee_suite(oci_store
  oci_blobs.cc
  oci_deleting.cc
  oci_deleting_referrers.cc
  oci_manifests.cc
  img_accepted.cc
  img_content.cc
  img_descriptors.cc)
