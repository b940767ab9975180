# Pushing ORAS artifacts and what is asked of their subject.
referee_suite(oras_push
  oras_contrast.cc
  oras_crosscutting.cc
  oras_crosscutting_graph.cc
  oras_manifest_blobs.cc
  oras_manifest_documents.cc
  oras_manifest_push.cc
  oras_manifest_types.cc
  oras_subject.cc
  oras_subject_errors.cc
  oras_subject_form.cc
  oras_subject_kinds.cc)
