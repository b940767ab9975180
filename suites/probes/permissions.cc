// Probes across identities: who may push a referrer where, and what a list shows to those who may not read.
#include <fmt/format.h>

#include "harness/spec/literals/probes.h"
#include "suites/probes/probing.h"

namespace referee::suites {

using engine::Identity;

namespace {

/// Two repositories, an image in the first, and everybody's tries to do something with them.
class PermissionProbe : public Probing {
 public:
  using Probing::Probing;

 protected:
  const std::vector<Identity>& others() const { return session().settings().identities; }

  void needs_identities() const {
    if (others().empty()) throw Needs("--signer-username");
  }

  /// A push as that user; what was accepted is cleaned up.
  Response put_as(const Identity& who, const oci::Content& content, const Repository& where) const {
    http::Request request{.method = "PUT",
                          .url = url("/v2/" + where.name + "/manifests/" + content.manifest.digest.text()),
                          .body = content.manifest.bytes};
    request.headers.add("Content-Type", content.manifest.media_type);
    auto answer = send_as(who, std::move(request));
    if (answer.status / 100 == 2) session().pushed_manifest(where, content.manifest.digest);
    return answer;
  }

  Response get_as(const Identity& who, const std::string& url) const {
    return send_as(who, {.method = "GET", .url = url});
  }

  /// Short enough for several to fit into one cell.
  static std::string outcome(const Response& answer) {
    if (answer.status == 201) return "ACCEPT";
    return std::to_string(answer.status);
  }

  /// A line for each identity, repository and action.
  Parts matrix_of(const Identity& who, const Pushed& subject) const {
    Parts parts;
    for (const auto& [title, where] : {std::pair{"image repository", repository()}, {"signatures", signatures()}}) {
      const auto add = [&](const std::string& action, const std::string& answer) {
        parts.emplace_back(fmt::format("{} | {} | {}", who.name, title, action), answer);
      };
      const auto plain = make(image());
      push_parts(plain, where);
      add("push image", outcome(put_as(who, plain, where)));
      const auto referrer = make(signature().refers_to(subject));
      push_parts(referrer, where);
      add("push referrer", outcome(put_as(who, referrer, where)));
      add("pull", outcome(get_as(who, url("/v2/" + where.name + "/manifests/" + subject.digest().text()))));
      add("list", outcome(get_as(who, list_url(subject.digest().text(), where))));
    }
    return parts;
  }
};

}  // namespace

BEHAVIOUR_PROBE_F(PermissionProbe, WhoMaySignWhere, "probe.repo.permissions-split"_probe) {
  needs_identities();
  const auto subject = push(image());
  push(image(), {.in = signatures()});
  Parts matrix = {{"the run's user | image repository | push image", "ACCEPT"}};
  const auto own = make(signature().refers_to(subject));
  matrix.emplace_back("the run's user | signatures | push referrer", acceptance(own, {.in = signatures()}));
  std::string answer;
  for (const auto& who : others()) {
    const auto parts = matrix_of(who, subject);
    // Of the eight: the referrer next to the image, the referrer among the signatures, the list of the image's.
    answer += fmt::format("{}{}: image {}, signatures {}, list {}", answer.empty() ? "" : "; ", who.name,
                          parts[1].second, parts[5].second, parts[3].second);
    matrix.insert(matrix.end(), parts.begin(), parts.end());
  }
  return {answer, in_lines(matrix)};
}

BEHAVIOUR_PROBE_F(PermissionProbe, RightsByArtifactType, "probe.repo.artifacttype-policy"_probe) {
  needs_identities();
  const auto subject = push(image(), {.in = signatures()});
  std::string seen;
  for (const auto& who : others()) {
    const auto one = make(signature().refers_to(subject));
    const auto two = make(sbom().refers_to(subject));
    push_parts(one, signatures());
    push_parts(two, signatures());
    const auto first = put_as(who, one, signatures());
    const auto second = put_as(who, two, signatures());
    seen += fmt::format("{}{}: signature {}, sbom {}", seen.empty() ? "" : "\n", who.name, in_words(first),
                        in_words(second));
    const bool split = (first.status == 201) != (second.status == 201);
    if (split) return {"SUPPORTED " + in_words(first.status == 201 ? second : first), seen};
  }
  return {"NOT-SUPPORTED", seen};
}

}  // namespace referee::suites
