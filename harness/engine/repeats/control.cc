#include "harness/engine/repeats/control.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "harness/engine/conversation.h"
#include "harness/engine/detection/small_content.h"
#include "harness/oci/digest.h"
#include "harness/oci/json.h"
#include "harness/oci/names.h"

namespace referee::engine {
namespace {

using nlohmann::json;

class Control : public Conversation {
 public:
  using Conversation::Conversation;

  bool is_refused(const http::Exchange& push) const {
    const auto& request = push.request;
    const auto body = session().bodies().find(request.body_digest);
    const auto document = body && !body->capped ? oci::read_json(body->bytes).value : nullptr;
    if (!document || !document->is_object()) return false;
    auto rest = *document;
    rest.erase("subject");
    rest.erase("subjectManifest");
    const auto type = http::Headers(request.headers).get("Content-Type").value_or("");
    const auto manifest = oci::Manifest::of(type, oci::dump_json(rest));
    constexpr std::string_view kManifests = "/manifests/";
    const auto begin = request.url.find("/v2/") + 4;
    const auto end = request.url.find(kManifests);
    const Repository where{request.url.substr(begin, end - begin)};
    const bool tagged = session().guise() == oci::Guise::kTagged;  // then it may be the tag that is refused
    const Reference reference =
        tagged ? Reference(request.url.substr(end + kManifests.size())) : Reference(manifest.digest);
    if (put_manifest(manifest, reference, where).status / 100 == 2) return false;
    const bool limit = push.response->status == 409 || push.response->status == 413;
    if (tagged || limit || takes_an_ordinary_one(type, *document, body->bytes.size(), where)) return tagged || limit;
    if (!takes_a_small_image(where)) return true;                    // no more is taken there, whatever it is
    const bool alone = session().settings().existing_repos.empty();  // others may not be named
    return !alone || !push_all(manifest, {where.name + "-fresh"});
  }

 private:
  /// Pushes an image or artifact that has nothing of its own but the document's annotations and subject, and is no
  /// smaller; whether it was taken.
  bool takes_an_ordinary_one(const std::string& type, const json& document, std::size_t size,
                             const Repository& where) const {
    auto content = type == oci::kOrasArtifact
                       ? small_artifact(session(), session().dialect(), "application/vnd.example.artifact.v1", {})
                       : small_image(session());
    if (type != content.manifest.media_type) return false;
    auto ordinary = json::parse(content.manifest.bytes);
    const auto annotations = document.find("annotations");
    if (annotations != document.end() && annotations->is_object()) ordinary["annotations"].update(*annotations);
    for (const char* key : {"subject", "subjectManifest"}) {
      ordinary.erase(key);
      if (document.contains(key)) ordinary[key] = document[key];
    }
    const auto short_of = oci::dump_json(ordinary).size();
    if (short_of < size) ordinary["annotations"]["org.example.padding"] = std::string(size - short_of, 'x');
    push_parts(content, where);
    const auto manifest = oci::Manifest::of(type, oci::dump_json(ordinary));
    return put_manifest(manifest, manifest.digest, where).status / 100 == 2;
  }

  bool takes_a_small_image(const Repository& where) const {
    const auto image = small_image(session());
    push_parts(image, where);
    return put_manifest(image.manifest, image.manifest.digest, where).status / 100 == 2;
  }

  /// Pushes it with what it names, as far as the session sent that before; whether it was taken.
  bool push_all(const oci::Manifest& manifest, const Repository& where) const {
    const auto document = oci::read_json(manifest.bytes).value;
    if (!document || !document->is_object()) return false;
    if (document->contains("config")) push_named(document->at("config"), where);
    for (const char* key : {"layers", "blobs", "manifests"}) {
      const auto list = document->find(key);
      if (list == document->end() || !list->is_array()) continue;
      for (const auto& descriptor : *list) push_named(descriptor, where);
    }
    return put_manifest(manifest, manifest.digest, where).status / 100 == 2;
  }

  void push_named(const json& descriptor, const Repository& where) const {
    if (!descriptor.is_object() || !descriptor.contains("digest") || !descriptor.contains("mediaType")) return;
    if (!descriptor["digest"].is_string() || !descriptor["mediaType"].is_string()) return;
    const auto body = session().bodies().find(descriptor["digest"].get<std::string>());
    if (!body || body->capped) return;
    const auto type = descriptor["mediaType"].get<std::string>();
    const auto read = oci::read_json(body->bytes).value;
    const bool manifest = read && read->is_object() && (read->contains("layers") || read->contains("manifests"));
    if (manifest) {
      push_all(oci::Manifest::of(type, body->bytes), where);
    } else {
      push_blob(oci::Blob::of(type, body->bytes), where);
    }
  }
};

}  // namespace

bool refuses_control(const http::Exchange& push, Session& session) {
  try {
    return Control(session).is_refused(push);
  } catch (const PremiseBroken&) {  // a blob, or a status about rights and load
    return true;
  }
}

}  // namespace referee::engine
