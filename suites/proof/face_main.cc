// referee_gtest: the checks under GoogleTest, against the registry at REFEREE_URL, or the reference registry without
// it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <optional>

#include "fixtures/inproc/in_process_transport.h"
#include "fixtures/registry/registry.h"
#include "harness/http/wire/curl_transport.h"
#include "suites/proof/face.h"

int main(int argc, char** argv) {
  using namespace referee;  // NOLINT(google-build-using-namespace): the composition of a program
  const char* url = std::getenv("REFEREE_URL");
  engine::Settings settings;
  settings.run_id = engine::fresh_run_id();
  // One of each family: the editions of one wire contradict each other.
  settings.named_editions = {spec::Edition::kOrasRc2, spec::Edition::kOci111};

  http::ManualClock still;
  registry::Options everything;
  registry::Registry honest({}, everything, [&still] { return still.now(); });
  inproc::InProcessTransport in_process(honest);
  settings.client.base = inproc::kBaseUrl;
  const auto system = http::system_clock();
  http::CurlTransport network;
  if (url != nullptr && *url != '\0') settings.client.base = url;

  const bool remote = settings.client.base != inproc::kBaseUrl;
  proof::Face face(remote ? static_cast<http::Transport&>(network) : in_process,
                   remote ? *system : static_cast<http::Clock&>(still), settings);
  proof::register_tests(face, settings.named_editions);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
