# The life of ORAS artifacts and their lists.
referee_suite(oras_list
  oras_lifecycle_cascade.cc
  oras_lifecycle_deletion.cc
  oras_lifecycle_spared.cc
  oras_referrers_deleted.cc
  oras_referrers_descriptors.cc
  oras_referrers_entries.cc
  oras_referrers_form.cc
  oras_referrers_scope.cc)
