#include "harness/http/client/redirect.h"

#include "harness/http/syntax/url.h"

namespace referee::http {
namespace {

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

std::optional<Request> redirected(const Request& request, const Response& response) {
  const auto location = response.headers.get("Location");
  const auto from = Url::parse(request.url);
  if (!is_redirect(response.status) || !location || location->empty() || !from) return std::nullopt;
  const auto to = resolve(*from, *location);
  if (!to) return std::nullopt;

  Request next = request;
  next.url = to->text();
  if (response.status == 303 && request.method != "HEAD") {
    next.method = "GET";
    next.body.clear();
    for (const char* name : {"Content-Type", "Content-Length", "Content-Range", "Expect"}) next.headers.remove(name);
  }
  if (!same_origin(*from, *to)) {
    next.headers.remove("Authorization");
    next.headers.remove("Cookie");
  }
  return next;
}

}  // namespace referee::http
