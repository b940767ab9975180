// Probes of group P-A: blobs of deleted artifacts, and what the garbage collector takes.
#include <fmt/format.h>

#include "harness/spec/literals/probes.h"
#include "suites/probes/deletion_probe.h"

namespace referee::suites {
namespace {

class CollectionProbe : public DeletionProbe {
 public:
  using DeletionProbe::DeletionProbe;

 protected:
  oci::Blob fresh_blob() const {
    return oci::Blob::of("application/vnd.example.data", "data " + session().fresh_nonce());
  }
  bool has_blob(const oci::Blob& blob) const { return head_blob(blob.digest, repository()).status == 200; }

  /// Looks once a minute until it is gone or the span is over; whether it is there.
  bool stays_for(const Pushed& pushed, std::chrono::seconds span) const {
    auto& clock = session().client().clock();
    const auto end = clock.now() + span;
    while (is_there(pushed)) {
      if (clock.now() >= end) return true;
      clock.sleep(std::min<http::Duration>(std::chrono::minutes(1), end - clock.now()));
    }
    return false;
  }
};

}  // namespace

BEHAVIOUR_PROBE_F(CollectionProbe, BlobOfTwoArtifacts, "probe.blob.shared-between-artifacts"_probe,
                  {.collects = true}) {
  needs_deletion();
  const auto subject = push(image());
  const auto shared = fresh_blob();
  const auto one = push(sbom().with_blob(shared).refers_to(subject));
  const auto two =
      push(signature().with_blob(shared).refers_to(subject), {.tag = tag_named("two")});  // no garbage without a tag
  if (const auto refused = refusal_to_delete(one)) return {"DELETE-REFUSED " + *refused, "DELETE of the first"};
  collect();
  if (!has_blob(shared)) return {"LOST", "the second artifact still needs it"};
  if (const auto refused = refusal_to_delete(two)) return {"DELETE-REFUSED " + *refused, "DELETE of the second"};
  const bool gone = !after_cascade([&] { return has_blob(shared); }, Eq(false));
  if (gone) return {"STAYS-THEN-GONE", "gone by itself once nothing needed it"};
  collect();
  if (!has_blob(shared)) return {"STAYS-THEN-GC", "the collector took it once nothing needed it"};
  return {has_collector() ? "STAYS-FOREVER" : "STAYS", has_collector() ? "after the collector" : "no --gc-hook"};
}

BEHAVIOUR_PROBE_F(CollectionProbe, BlobInUse, "probe.blob.delete-referenced"_probe) {
  const auto subject = push(image());
  const auto used = fresh_blob();
  const auto referrer = push(sbom().with_blob(used).refers_to(subject));
  const auto answer = remove_blob(used.digest, repository());
  if (answer.status / 100 != 2) return {in_words(answer), "DELETE of a blob that a referrer uses"};
  const bool there = has_blob(used);
  return {fmt::format("{}+{}", answer.status, there ? "STILL-THERE" : "GONE"),
          fmt::format("the referrer is answered {}", pull(referrer).status)};
}

BEHAVIOUR_PROBE_F(CollectionProbe, ManifestAsABlob, "probe.blob.manifest-via-blob-endpoint"_probe) {
  const auto subject = push(image());
  const auto referrer = push(sbom().refers_to(subject));
  const auto head = head_blob(referrer.digest(), repository());
  const auto get = pull_blob(referrer.digest(), repository());
  std::string answer =
      head.status == get.status ? in_words(get) : fmt::format("HEAD {}, GET {}", head.status, get.status);
  const auto deleted = remove_blob(referrer.digest(), repository());
  if (deleted.status / 100 == 2) answer += is_there(referrer) ? ", DELETE answered only" : ", DELETE-WORKS";
  return {answer, fmt::format("HEAD {}, GET {}, DELETE {}", in_words(head), in_words(get), in_words(deleted))};
}

BEHAVIOUR_PROBE_F(CollectionProbe, LifeOfADanglingReferrer, "probe.gc.dangling-ttl"_probe, {.collects = true}) {
  const auto referrer = make(sbom().refers_to(absent_subject(session().fresh_nonce())));
  const auto answer = put(referrer);
  if (answer.status != 201) return {"PUSH-REFUSED " + in_words(answer), "a subject that was never pushed"};
  const auto warning = answer.headers.get("Warning");
  const std::string and_warning = warning ? ", WARNING-HEADER" : "";
  const Pushed pushed{referrer, repository(), "", answer};
  auto& clock = session().client().clock();
  const auto begin = clock.now();
  const auto first = std::chrono::duration_cast<std::chrono::seconds>(session().settings().cascade_wait);
  std::vector<std::chrono::seconds> spans = {first};
  if (long_running()) spans.insert(spans.end(), {std::chrono::hours(1), std::chrono::hours(24)});
  std::string kept;
  for (const auto span : spans) {
    const bool stays = stays_for(pushed, span);
    if (stays) collect();
    if (!stays || !is_there(pushed)) {
      const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(clock.now() - begin).count();
      return {(stays ? "REMOVED-AT(collector)" : "REMOVED-AT(" + std::to_string(seconds) + " s)") + and_warning,
              warning.value_or("")};
    }
    kept = fmt::format("KEPT(>= {} s)", span.count());
  }
  return {kept + and_warning, warning.value_or(has_collector() ? "the collector ran" : "no --gc-hook")};
}

BEHAVIOUR_PROBE_F(CollectionProbe, LifeOfAnUntaggedReferrer, "probe.gc.untagged-referrer-ttl"_probe,
                  {.collects = true}) {
  if (!has_collector() && !long_running()) throw Needs("--gc-hook or --long");
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto referrer = push(sbom().refers_to(subject));
  const auto control = push(image());
  if (has_collector()) collect();
  if (!has_collector()) stays_for(referrer, std::chrono::hours(24));
  const bool kept = is_there(referrer);
  const bool control_kept = is_there(control);
  const auto detail = fmt::format("referrer {}, untagged image without subject {}", kept ? "kept" : "collected",
                                  control_kept ? "kept" : "collected");
  if (kept) return {control_kept ? "BOTH-KEPT" : "CONTROL-ONLY-COLLECTED", detail};
  return {control_kept ? "REFERRER-ONLY-COLLECTED" : "BOTH-COLLECTED", detail};
}

}  // namespace referee::suites
