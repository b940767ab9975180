// Conversation: making content and pushing it.
#include <fmt/format.h>

#include <ostream>

#include "harness/engine/capabilities.h"
#include "harness/engine/conversation.h"
#include "harness/engine/detection/small_content.h"
#include "harness/http/syntax/url.h"

namespace referee::engine {
namespace {

constexpr std::size_t kAlwaysTaken = 4096;  // bytes of a manifest that no limit of size is about

}  // namespace

void PrintTo(const Pushed& pushed, std::ostream* out) {
  *out << pushed.repository.name << '@' << pushed.digest().text();
}

bool Conversation::met(Gate gate) const { return gate_state(session_, gate).met; }

void Conversation::needs(Gate gate) const { require(session_, gate); }

std::string Conversation::tag_named(std::string_view word) const { return session_.tag_named(word); }

oci::Content Conversation::make(const oci::Recipe& recipe) const {
  return recipe.make({session_.dialect(), session_.fresh_nonce(), session_.guise()});
}

Pushed Conversation::push(const oci::Recipe& recipe, const Placement& placement) const {
  return push(make(recipe), placement);
}

Pushed Conversation::push(const oci::Content& content, const Placement& placement) const {
  Pushed pushed{content, placement.in.value_or(repository()), placement.tag, put(content, placement)};
  if (pushed.response.status == 413 && content.manifest.bytes.size() > kAlwaysTaken) {
    throw NotApplicable(fmt::format("a manifest of {} bytes, which the check needs, is above the registry's limit",
                                    content.manifest.bytes.size()));
  }
  if (pushed.response.status != 201) {
    refused_after_many(pushed.repository.name, pushed.response);
    throw PremiseBroken(fmt::format("a manifest that the check needs was not accepted: PUT of {} in {} was answered {}",
                                    content.manifest.media_type, pushed.repository.name,
                                    ::testing::PrintToString(pushed.response)));
  }
  const auto kept = oci::Digest::parse(pushed.response.headers.get(oci::kContentDigestHeader).value_or(""));
  const bool elsewhere = kept && kept->algorithm() != pushed.digest().algorithm();
  if (elsewhere && placement.tag.empty() && !tag_in_guise(content.manifest).empty()) {
    throw NotApplicable("the registry keeps what is pushed by tag under a digest of another algorithm");
  }
  return pushed;
}

http::Response Conversation::put(const oci::Content& content, const Placement& placement,
                                 const Tolerating& tolerating) const {
  const Repository where = placement.in.value_or(repository());
  push_parts(content, where);
  const Reference reference = placement.tag.empty() ? Reference(content.manifest.digest) : Reference(placement.tag);
  return put_manifest(content.manifest, reference, where, {}, tolerating);
}

// What is pushed under another digest than the canonical one is pushed so on purpose.
std::string Conversation::tag_in_guise(const oci::Manifest& manifest) const {
  constexpr std::size_t kDigits = 12;
  const bool meant = session_.guise() == oci::Guise::kTagged && manifest.digest == oci::Digest::of(manifest.bytes);
  return meant ? tag_named(oci::sha256_hex(manifest.bytes).substr(0, kDigits)) : "";
}

Reference Conversation::reference_to(const Pushed& pushed) const {
  const auto tag = pushed.tag.empty() ? tag_in_guise(pushed.content.manifest) : "";
  return tag.empty() ? Reference(pushed.digest()) : Reference(tag);
}

void Conversation::tag_first(const Repository& where) const {
  if (!session_.takes_first_tag(where)) return;
  try {
    put(small_image(session_), {.in = where, .tag = "kept-" + session_.fresh_nonce()});
  } catch (const PremiseBroken&) {  // what the check needs itself shows what is wrong
  }
}

void Conversation::push_parts(const oci::Content& content, const Repository& where) const {
  for (const auto& blob : content.blobs) push_blob(blob, where);
  for (const auto& child : content.children) push(child, {.in = where, .tag = {}});
}

http::Response Conversation::put_manifest(const oci::Manifest& manifest, const Reference& reference,
                                          const Repository& where, const std::vector<http::HeaderLine>& headers,
                                          const Tolerating& tolerating) const {
  tag_first(where);
  const auto tag = reference.text == manifest.digest.text() ? tag_in_guise(manifest) : "";
  http::Request request{.method = "PUT",
                        .url = url("/v2/" + where.name + "/manifests/" + (tag.empty() ? reference.text : tag)),
                        .headers = {},
                        .body = manifest.bytes};
  request.headers.add("Content-Type", manifest.media_type);
  for (const auto& line : headers) request.headers.set(line.name, line.value);
  // Noted before it is sent: an answer that never comes does not prove that nothing was stored.
  const bool known = session_.has_manifest(where, manifest.digest);
  session_.pushed_manifest(where, manifest.digest);
  auto response = send(std::move(request), tolerating);
  if (response.status / 100 == 4 && !known) session_.refused_manifest(where, manifest.digest);
  return response;
}

namespace {

// Where an upload that was opened is closed with that blob.
std::string closing_url(const http::Response& opened, const oci::Blob& blob, const Repository& where) {
  const auto location = opened.headers.get("Location");
  if (opened.status != 202 || !location) {
    throw PremiseBroken(fmt::format("a blob upload could not be opened in {}: POST was answered {}", where.name,
                                    ::testing::PrintToString(opened)));
  }
  const auto base = http::Url::parse(opened.url);
  auto target = base ? http::resolve(*base, *location) : std::nullopt;
  if (!target) throw PremiseBroken("the Location of a blob upload cannot be resolved: " + *location);
  target->query += (target->query.empty() ? "digest=" : "&digest=") + http::percent_encode(blob.digest.text(), ":");
  target->has_query = true;
  return target->text();
}

}  // namespace

void Conversation::push_blob(const oci::Blob& blob, const Repository& where) const {
  tag_first(where);
  switch (session_.presence(where, blob.digest)) {
    case Session::Presence::kThere:
      return;
    case Session::Presence::kPerhaps:
      if (head_blob(blob.digest, where).status != 200) break;
      session_.found_blob(where, blob.digest);
      return;
    case Session::Presence::kUnknown:
      break;
  }
  const auto upload = [&] {
    const auto opened =
        send({.method = "POST", .url = url("/v2/" + where.name + "/blobs/uploads/"), .headers = {}, .body = {}});
    http::Request close{.method = "PUT", .url = closing_url(opened, blob, where), .headers = {}, .body = blob.bytes};
    close.headers.add("Content-Type", "application/octet-stream");
    session_.pushed_blob(where, blob.digest);
    const auto closed = send(std::move(close));
    if (closed.status != 201) {
      throw PremiseBroken(
          fmt::format("a blob that the check needs was not accepted: PUT of {} bytes in {} was answered {}",
                      blob.bytes.size(), where.name, ::testing::PrintToString(closed)));
    }
  };
  const auto is_there = [&] {
    try {
      const auto kept = pull_blob(blob.digest, where);
      return kept.status == 200 && kept.body == blob.bytes;
    } catch (const PremiseBroken&) {
      return false;
    }
  };
  try {
    upload();
  } catch (const PremiseBroken&) {
    if (!is_there()) throw;  // else only the answer was lost on its way
  }
}

}  // namespace referee::engine
