// Lists of referrers: the body of an answer, in each dialect.
#include <cstdint>
#include <sstream>
#include <string>

#include "harness/engine/listing.h"
#include "harness/fuzz/property.h"

using namespace referee;  // NOLINT(google-build-using-namespace): a target is one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  http::Response response;
  response.status = 200;
  response.body.assign(reinterpret_cast<const char*>(data), size);
  for (const auto& keys : {std::vector<std::string>{"manifests"}, {"references", "referrers"}}) {
    const auto page = engine::read_page(response, keys);
    HOLDS(page.readable || !page.problem.empty());
    HOLDS(engine::digests_of(page.entries).size() == page.entries.size());
    engine::Listing listing;
    listing.pages = {page, page};
    std::ostringstream text;
    PrintTo(page, &text);
    PrintTo(listing, &text);
  }
  return 0;
}
