// Finding out what a target offers, by a few pushes, lists and deletions, before anything is judged.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/engine/capabilities.h"
#include "harness/engine/conversation.h"
#include "harness/engine/detection/diagnosis.h"
#include "harness/engine/detection/small_content.h"
#include "harness/engine/waiting/lateness.h"
#include "harness/http/transport.h"
#include "harness/oci/json.h"

namespace referee::engine {

class Detection : Conversation {
 public:
  Detection(Session& session, Capabilities& found) : Conversation(session), found_(found) {}

  void run() {
    base_endpoint();
    if (session().settings().existing_subject) {
      only_reading(*session().settings().existing_subject);
      return card();
    }
    const auto subject = first_push();
    oci_list(subject);
    oras(subject);
    deletion(Gate::kManifestDeletion, "deletion of manifests", &Detection::manifest_control);
    deletion(Gate::kTagDeletion, "deletion of tags", &Detection::tag_control);
    deletion(Gate::kBlobDeletion, "deletion of blobs", &Detection::blob_control);
    card();
    lateness();
    empty_config();
    absent_manifests(subject);
    silent_filter(subject);
  }

  /// Whether a manifest of 4,000,000 bytes is accepted.
  GateState four_megabytes() {
    int status = status_of_four_megabytes(image());
    if (status == 400) status = status_of_four_megabytes(small_image(session()));
    return {status == 201, fmt::format("a manifest of {} bytes was answered {}", kFourMegabytes, status)};
  }

 private:
  static constexpr std::size_t kFourMegabytes = 4'000'000;

  int status_of_four_megabytes(const oci::Content& content) const {
    auto padded = nlohmann::ordered_json::parse(content.manifest.bytes);
    padded["annotations"]["org.example.padding"] = "";
    padded["annotations"]["org.example.padding"] = std::string(kFourMegabytes - padded.dump().size(), 'x');
    push_parts(content, repository());
    return push_quietly(oci::Manifest::of(std::string(oci::kImageManifest), padded.dump()));
  }

  http::Response ask(http::Request request) const { return send(std::move(request), Tolerating::everything()); }

  // As in earlier versions, whose evidence is judged again; where that is refused, one that is what it says.
  oci::Content image(const nlohmann::ordered_json& more = {}) const {
    return wants_sound_content_ ? small_image(session(), more) : loose_image(more);
  }

  oci::Content loose_image(const nlohmann::ordered_json& more) const {
    const auto config = oci::Blob::of(std::string(oci::kImageConfig), R"({"architecture":"amd64","os":"linux"})");
    auto layer = descriptor_of(config.descriptor());
    layer["mediaType"] = "application/vnd.example.data";
    nlohmann::ordered_json manifest = {{"schemaVersion", 2},
                                       {"mediaType", oci::kImageManifest},
                                       {"config", descriptor_of(config.descriptor())},
                                       {"layers", nlohmann::ordered_json::array({layer})},
                                       {"annotations", {{"org.example.nonce", session().fresh_nonce()}}}};
    if (more.is_object()) manifest.update(more);
    return {oci::Manifest::of(std::string(oci::kImageManifest), manifest.dump()), {config}, {}, {}};
  }

  void base_endpoint() {
    base_ = ask({.method = "GET", .url = url("/v2/"), .headers = {}, .body = {}});
    found_.card_["base endpoint"] = {std::to_string(base_.status)};
  }

  // Whatever /v2/ says, a target that takes content is a registry; one that takes none cannot be judged.
  oci::Content first_push() {
    auto content = image();
    http::Response put_answer;
    try {
      put_answer = put(content);
      if (put_answer.status == 400) {
        wants_sound_content_ = true;
        content = image();
        put_answer = put(content);
      }
    } catch (const PremiseBroken& broken) {
      throw NotJudgeable(fmt::format("{}; /v2/ was answered {}. Is this a registry, and may this user push to {}?",
                                     broken.what(), ::testing::PrintToString(base_), repository().name));
    }
    if (put_answer.status / 100 != 2) {
      throw NotJudgeable(fmt::format("a plain image manifest was not accepted in {}: PUT was answered {}",
                                     repository().name, ::testing::PrintToString(put_answer)));
    }
    return content;
  }

  // What answers at all, only by GET; whatever needs a push or deletion counts as not offered.
  void only_reading(const ExistingSubject& subject) {
    const std::string& name = subject.repository;
    const auto digest = oci::Digest::verbatim(subject.digest);
    const int there = pull(digest, Repository{name}).status;
    bool listed = false;
    for (const auto wire : {ListWire::kOci, ListWire::kOras2021, ListWire::kOrasExtension}) {
      const auto list = list_at(wire, name, digest);
      const auto page = read_page(list, {"manifests", "referrers", "references"});
      listed = listed || (page.readable && !page.entries.empty());
      // The OCI list has rows for answers that are not a list; a refusal says that there is none.
      const bool broken = wire == ListWire::kOci && (list.status / 100 == 2 || list.status == 500);
      found_.lists_[wire] = {page.readable || broken, fmt::format("the list path was answered {}", list.status)};
    }
    found_.card_["OCI referrers API"] = offer(found_.lists_[ListWire::kOci].met, "not offered");
    note_oras_api();
    found_.oras_manifests_ = {false, "nothing is pushed in a run that only reads"};
    for (const auto gate : {Gate::kManifestDeletion, Gate::kTagDeletion, Gate::kBlobDeletion}) {
      found_.gates_[gate] = {false, "nothing is deleted in a run that only reads", false};
    }
    if (there != 200 && !listed) {
      throw NotJudgeable(fmt::format(
          "there is nothing to judge: {}@{} was answered {}, and no list of it has entries. Does --subject name a "
          "manifest with referrers, and may this user pull from {}?",
          name, subject.digest, there, name));
    }
  }

  http::Response list_at(ListWire wire, const oci::Digest& subject) const {
    return list_at(wire, repository().name, subject);
  }

  http::Response list_at(ListWire wire, const std::string& name, const oci::Digest& subject) const {
    switch (wire) {
      case ListWire::kOci:
        return ask_get(fmt::format("/v2/{}/referrers/{}", name, subject.text()));
      case ListWire::kOras2021:
        return ask_get(fmt::format("/oras/artifacts/v1/{}/manifests/{}/referrers", name, subject.text()));
      case ListWire::kOrasExtension:
        return ask_get(fmt::format("/v2/{}/_oras/artifacts/referrers?digest={}", name, subject.text()));
    }
    return {};
  }

  http::Response ask_get(const std::string& path) const {
    return ask({.method = "GET", .url = url(path), .headers = {}, .body = {}});
  }

  // A router that answers anything with 200 offers nothing: a path that no specification defines shows the difference.
  bool answers_anything(const std::string& beside, const oci::Digest& subject) const {
    return ask_get(fmt::format("/v2/{}/{}/{}", repository().name, beside, subject.text())).status / 100 == 2;
  }

  void oci_list(const oci::Content& subject) {
    auto referrer = image({{"artifactType", "application/vnd.example.sbom.v1"},
                           {"subject", descriptor_of(subject.manifest.descriptor())}});
    std::string header;
    try {
      header = put(referrer).headers.get(oci::kSubjectHeader).value_or("");
    } catch (const PremiseBroken&) {
      // Judged by the rows on pushing; here it only means that no acknowledgement was seen.
    }
    const auto list = list_at(ListWire::kOci, subject.manifest.digest);
    const auto page = read_page(list, {"manifests"});
    const bool plausible = list.status / 100 == 2 && !answers_anything("not-an-endpoint", subject.manifest.digest);
    GateState state;
    state.met = page.readable || plausible || !header.empty();
    state.because = state.met ? fmt::format("the list was answered {}", list.status)
                              : fmt::format(
                                    "the referrers API is not offered: the list was answered {} and a push with "
                                    "a subject has no OCI-Subject",
                                    list.status);
    found_.lists_[ListWire::kOci] = state;
    found_.card_["OCI referrers API"] = offer(state.met, state.because);
  }

  static Capability offer(bool met, const std::string& otherwise) { return {met ? "offered" : otherwise, !met}; }

  void note_oras_api() {
    const auto newest = found_.newest_oras_edition();
    found_.card_["ORAS referrers API"] = {newest ? std::string(spec::name(*newest)) : "not offered", !newest};
  }

  // Asks for a path next to the list, which no specification defines.
  http::Response beside(ListWire wire, const oci::Digest& subject) const {
    const std::string& name = repository().name;
    if (wire == ListWire::kOrasExtension) {
      return ask_get(fmt::format("/v2/{}/_oras/artifacts/not-an-endpoint?digest={}", name, subject.text()));
    }
    return ask_get(fmt::format("/oras/artifacts/v1/{}/manifests/{}/not-an-endpoint", name, subject.text()));
  }

  void oras(const oci::Content& subject) {
    std::vector<ListWire> failing;
    for (const auto wire : {ListWire::kOras2021, ListWire::kOrasExtension}) {
      const auto list = list_at(wire, subject.manifest.digest);
      const auto page = read_page(list, {"referrers", "references"});
      const bool answered = list.status == 200 && page.body != nullptr;
      found_.lists_[wire] = {answered, fmt::format("the list path was answered {}", list.status)};
      if (list.status == 500 && beside(wire, subject.manifest.digest).status / 100 != 5) failing.push_back(wire);
    }
    const nlohmann::ordered_json artifact = {{"mediaType", oci::kOrasArtifact},
                                             {"artifactType", "sbom/example"},
                                             {"blobs", nlohmann::ordered_json::array()},
                                             {"subject", descriptor_of(subject.manifest.descriptor())},
                                             {"annotations", {{"org.example.nonce", session().fresh_nonce()}}}};
    const auto manifest = oci::Manifest::of(std::string(oci::kOrasArtifact), artifact.dump());
    const auto answer = push_quietly(manifest);
    found_.oras_manifests_ = {answer / 100 == 2, fmt::format("an ORAS artifact manifest was answered {}", answer)};
    // A list that fails where other paths do not is offered and broken, and its rows say so.
    for (const auto wire : failing) found_.lists_[wire].met = found_.oras_manifests_.met;
    const auto& manifests = found_.oras_manifests_;
    found_.card_["ORAS manifests"] = {manifests.met ? "accepted" : manifests.because, !manifests.met};
    note_oras_api();
  }

  int push_quietly(const oci::Manifest& manifest) const {
    http::Request request{.method = "PUT",
                          .url = url("/v2/" + repository().name + "/manifests/" + manifest.digest.text()),
                          .headers = {},
                          .body = manifest.bytes};
    request.headers.add("Content-Type", manifest.media_type);
    session().pushed_manifest(repository(), manifest.digest);
    return ask(std::move(request)).status;
  }

  // Controls that nothing depends on: a manifest without tag or referrers, a fresh tag, a blob that no manifest names.
  // Each gives the path at which it can be deleted.
  std::string manifest_control() const { return "manifests/" + push(image()).digest().text(); }
  std::string tag_control() const {
    const auto tag = own_tag(session(), "control");
    push(image(), {.tag = tag});
    return "manifests/" + tag;
  }
  std::string blob_control() const {
    const auto blob = oci::Blob::of("application/octet-stream", "control " + session().fresh_nonce());
    push_blob(blob);
    return "blobs/" + blob.digest.text();
  }

  void deletion(Gate gate, const std::string& title, std::string (Detection::*control)() const) {
    GateState& state = found_.gates_[gate];
    try {
      const std::string target = url("/v2/" + repository().name + "/" + (this->*control)());
      session().blobs_may_vanish(repository());
      const auto answer = ask({.method = "DELETE", .url = target, .headers = {}, .body = {}});
      state.met = answer.status / 100 == 2;
      state.because = fmt::format("{} is not offered: a control was answered {}", title, answer.status);
      found_.card_[title] = offer(state.met, fmt::format("not offered ({})", answer.status));
    } catch (const PremiseBroken& broken) {
      state.because = fmt::format("whether {} is offered could not be found out: {}", title, broken.what());
      found_.card_[title] = {"not found out", true};
    }
  }

  void card() {
    found_.named_ = session().settings().named_editions;
    const bool hook = static_cast<bool>(session().settings().restart);
    found_.gates_[Gate::kHook] = {hook, hook ? "--restart-hook is given" : "needs --restart-hook, which was not given",
                                  hook};
    const bool others = !session().settings().identities.empty();
    found_.gates_[Gate::kAuth] = {
        others, others ? "further identities are configured" : "no second identity is configured", others};
  }

  // The next four come last: evidence recorded before these questions existed ends there.
  void lateness() const {
    at_the_end([&] { measure_lateness(session(), found_); });
  }

  void empty_config() const {
    at_the_end([&] {
      if (put(small_oci_artifact(session())).status / 100 != 4) return;
      const nlohmann::ordered_json typed = {{"artifactType", "application/vnd.example.artifact.v1"}};
      found_.takes_empty_configs_ = put(small_image(session(), typed)).status / 100 != 2;
      if (!found_.takes_empty_configs_) found_.card_["empty configs"] = {"refused", true};
    });
  }

  void absent_manifests(const oci::Content& present) const {
    at_the_end([&] {
      const auto status_of = [&](const std::string& reference) {
        http::Request request{.method = "GET",
                              .url = url("/v2/" + repository().name + "/manifests/" + reference),
                              .headers = {{"Accept", present.manifest.media_type}},
                              .body = {}};
        return ask(std::move(request)).status;
      };
      const auto hides = [&](const std::string& reference) -> std::optional<int> {
        const int status = status_of(reference);
        return status == 401 || status == 403 ? std::optional(status) : std::nullopt;
      };
      const auto digest = oci::Digest::of(session().fresh_nonce()).text();
      const Capabilities::Hidden hidden{.digests = hides(digest), .tags = hides(own_tag(session(), "absent"))};
      if (!hidden.digests && !hidden.tags) return;
      if (status_of(present.manifest.digest.text()) != 200) return;
      found_.hidden_ = hidden;
      found_.card_["absent manifests"] = {fmt::format("answered {}", hidden.digests.value_or(hidden.tags.value_or(0)))};
    });
  }

  // Of a list that shows what was pushed long ago a filter leaves nothing, and says nothing of that: no lateness
  // explains it, so that no check has to wait.
  void silent_filter(const oci::Content& subject) const {
    at_the_end([&] {
      if (!found_.lists_[ListWire::kOci].met) return;
      const auto path = fmt::format("/v2/{}/referrers/{}", repository().name, subject.manifest.digest.text());
      const auto whole = read_page(ask_get(path), {"manifests"});
      if (whole.entries.empty() || whole.response.headers.has("Link")) return;
      const auto none = read_page(ask_get(path + "?artifactType=application/vnd.example.none"), {"manifests"});
      const bool silent = !none.response.headers.has(oci::kFiltersHeader) && !none.response.headers.has("Link");
      if (!none.readable || !none.entries.empty() || !silent) return;
      found_.waiting().never_helps(sight_of_silent_filter(none.response.url));
      found_.waited_in_vain("oci.referrers.filter.header");
      found_.is_first_to_shorten("oci.referrers.filter.header");  // checks show it in fewer steps than any walk
    });
  }

  template <typename Question>
  void at_the_end(const Question& question) const {
    try {
      question();
    } catch (const PremiseBroken&) {
      // What cannot be pushed says nothing here; why it cannot, the checks say.
    } catch (const http::TransportFault& fault) {
      if (fault.kind() != http::FaultKind::kInterrupted || session().interrupted()) throw;
    }
  }

  Capabilities& found_;
  bool wants_sound_content_ = false;
  http::Response base_;
};

GateState gate_state(Session& session, Gate gate) {
  Capabilities* known = session.capabilities();
  if (known == nullptr) return {true, "not found out yet"};
  if (gate != Gate::kFourMegabytes) return known->of(gate, session.edition());
  const std::lock_guard lock(*known->measuring_);
  if (!known->four_megabytes_) known->four_megabytes_ = Detection(session, *known).four_megabytes();
  return *known->four_megabytes_;
}

void require(Session& session, Gate gate) {
  const auto state = gate_state(session, gate);
  if (state.met) return;
  if (!state.configured) throw NotConfigured(state.because);
  throw NotApplicable(state.because);
}

Capabilities detect(Session& session) {
  Capabilities found;
  Detection detection(session, found);
  try {
    detection.run();
  } catch (const PremiseBroken& broken) {
    throw NotJudgeable(broken.what());
  } catch (const http::TransportFault& fault) {
    if (fault.kind() == http::FaultKind::kInterrupted) throw;
    const auto diagnosis = diagnose(fault, session.client().base());
    throw NotJudgeable(diagnosis.cause, diagnosis.remedy);
  }
  return found;
}

}  // namespace referee::engine
