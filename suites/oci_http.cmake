# Rules on every exchange, HTTP behaviour, authorization, concurrency.
referee_suite(oci_http
  oci_concurrency.cc
  oci_errors.cc
  oci_http_behaviour.cc
  oci_authorization.cc)
