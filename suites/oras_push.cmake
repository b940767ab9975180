# Pushing ORAS artifacts and what is asked of their subject.
referee_suite(oras_push
  oras_subject.cc)
