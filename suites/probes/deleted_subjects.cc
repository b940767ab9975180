// Probes of group P-A: what becomes of referrers when their subject goes.
#include <fmt/format.h>

#include <algorithm>

#include "harness/spec/literals/probes.h"
#include "suites/probes/deletion_probe.h"

namespace referee::suites {

BEHAVIOUR_PROBE_F(DeletionProbe, SubjectOfUntagged, "probe.delete.subject-untagged"_probe, {.collects = true}) {
  needs_referrers();
  needs_deletion();
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto one = push_listed(sbom(), subject);
  const auto two = push_listed(signature(), subject);
  if (const auto refused = refusal_to_delete(subject)) return {"DELETE-REFUSED " + *refused, "DELETE of the subject"};
  const auto fates = fates_of({one, two}, subject);
  return parted({{"first", in_one_word(fates[0])}, {"second", in_one_word(fates[1])}});
}

BEHAVIOUR_PROBE_F(DeletionProbe, SubjectOfTagged, "probe.delete.subject-tagged-referrer"_probe, {.collects = true}) {
  needs_referrers();
  needs_deletion();
  const auto subject = push(image());
  const auto untagged = push_listed(signature(), subject);
  const auto tag = tag_named("sbom");
  const auto tagged = push_listed(sbom(), subject, {.tag = tag});
  if (const auto refused = refusal_to_delete(subject)) return {"DELETE-REFUSED " + *refused, "DELETE of the subject"};
  const auto fates = fates_of({untagged, tagged}, subject);
  const auto& [without, with] = std::pair(fates[0], fates[1]);
  const auto detail = fmt::format("untagged: {}\ntagged: {}", in_one_word(without), in_one_word(with));
  if (with.pullable) return {without.pullable ? "KEEP" : "TAG-PROTECTS", detail};
  const auto names = tag_names(repository());
  const bool dangles = std::ranges::find(names, tag) != names.end();
  return {dangles ? "TAG-DANGLES" : "TAG-IGNORED", detail};
}

BEHAVIOUR_PROBE_F(DeletionProbe, SubjectOfAChain, "probe.delete.nested-chain"_probe, {.collects = true}) {
  needs_deletion();
  const auto subject = push(image());
  const auto one = push(sbom().refers_to(subject));
  const auto two = push(signature().refers_to(one));
  const auto three = push(signature().refers_to(two));
  if (const auto refused = refusal_to_delete(subject)) return {"DELETE-REFUSED " + *refused, "DELETE of the subject"};
  const auto levels = [&] { return !is_there(one) + !is_there(two) + !is_there(three); };
  int gone = after_cascade(levels, Eq(3));
  int runs = 0;
  for (; gone < 3 && has_collector() && runs < 4; ++runs) {
    collect();
    const int now = levels();
    if (now == gone) break;
    gone = now;
  }
  const auto detail = fmt::format("{} of three levels are gone, after {} runs of the collector", gone, runs);
  if (gone == 3 && runs > 1) return {fmt::format("FULL-DEPTH-OVER-SEVERAL-GC-RUNS({})", runs), detail};
  static constexpr const char* kDepths[] = {"NONE", "ONE-LEVEL", "TWO-LEVELS", "FULL-DEPTH"};
  return {kDepths[gone], detail};
}

BEHAVIOUR_PROBE_F(DeletionProbe, MiddleOfAChain, "probe.delete.middle-of-chain"_probe, {.collects = true}) {
  needs_deletion();
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto middle = push(sbom().refers_to(subject));
  const auto last = push(signature().refers_to(middle));
  if (const auto refused = refusal_to_delete(middle)) return {"REFUSED " + *refused, "DELETE of the middle"};
  const Fate fate = fate_of(last, middle);
  const bool untouched = is_there(subject);
  std::string list;  // what the deletion did to the list of what is gone
  if (met(oci() ? Gate::kReferrers : Gate::kOras)) {
    const auto page = list_referrers(middle);
    if (!page.readable) list = fmt::format(", LIST-{}", page.response.status);
  }
  return {std::string(fate.pullable ? "KEEP" : "CASCADE-DOWN") + (untouched ? "" : ", SUBJECT-GONE") + list,
          fmt::format("what refers to the middle: {}", in_one_word(fate))};
}

BEHAVIOUR_PROBE_F(DeletionProbe, OnlyTheSubjectsTag, "probe.delete.subject-tag-only"_probe, {.collects = true}) {
  needs(Gate::kTagDeletion);
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto control = push(image(), {.tag = tag_named("control")});
  const auto referrer = push(sbom().refers_to(subject));
  const auto answer = remove(engine::Reference(tag_named("subject")), repository());
  if (answer.status / 100 != 2) return {"REFUSED " + in_words(answer), "DELETE of the tag"};
  remove(engine::Reference(tag_named("control")), repository());
  const Fate fate = fate_of(subject, subject);
  std::string text = fate.pullable ? "TAG-ONLY" : "MANIFEST-TOO" + when(fate);
  const bool referrer_left = is_there(referrer);
  if (fate.pullable && !is_there(control)) text += ", the referrer keeps it alive";
  return {text,
          fmt::format("subject {}, referrer {}", fate.pullable ? "there" : "gone", referrer_left ? "there" : "gone")};
}

BEHAVIOUR_PROBE_F(DeletionProbe, TagOfAReferrer, "probe.delete.tag-of-referrer"_probe, {.collects = true}) {
  needs(Gate::kTagDeletion);
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto referrer = push(sbom().refers_to(subject), {.tag = tag_named("sbom")});
  const auto answer = remove(engine::Reference(tag_named("sbom")), repository());
  if (answer.status / 100 != 2) return {"REFUSED " + in_words(answer), "DELETE of the tag"};
  const Fate fate = fate_of(referrer, subject);
  const bool hidden = fate.pullable && fate.listed == false && met(oci() ? Gate::kReferrers : Gate::kOras);
  return {hidden ? "SURVIVES, HIDDEN" : fate.pullable ? "SURVIVES" : "GONE" + when(fate), in_one_word(fate)};
}

BEHAVIOUR_PROBE_F(DeletionProbe, RetagsAReferrer, "probe.delete.retag-referrer"_probe, {.collects = true}) {
  needs_referrers();
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto first = push_listed(signature(), subject, {.tag = tag_named("sig")});
  const auto second = push_listed(signature(), subject, {.tag = tag_named("sig")});
  const auto shows = [&](const Pushed& referrer) {
    return has_list() ? is_listed(referrer, subject) : is_there(referrer);
  };
  if (!shows(first)) return {"ONLY-R2", "after the second push"};
  const Fate fate = fate_of(first, subject);
  if (!fate.pullable || !fate.listed.value_or(true)) {
    return {"R1-GONE" + when(fate), in_one_word(fate)};
  }
  if (!shows(second)) return {"ONLY-R1", "the tag names the second"};
  return {has_list() ? "BOTH-LISTED" : "BOTH-KEPT", "the tag names the second"};
}

BEHAVIOUR_PROBE_F(DeletionProbe, BlockedByReferrers, "probe.delete.subject-blocked"_probe) {
  const auto subject = push(image());
  const auto referrer = push(sbom().refers_to(subject));
  const auto of_subject = remove(subject);
  const auto other = push(image());
  const auto attached = push(sbom().refers_to(other));
  const auto of_referrer = remove(attached);
  return parted({{"subject", in_words(of_subject)}, {"referrer", in_words(of_referrer)}});
}

BEHAVIOUR_PROBE_F(DeletionProbe, IndexWithASubject, "probe.delete.index-with-subject-children"_probe,
                  {.asked = Asked::kOci, .collects = true}) {
  needs_deletion();
  Parts parts;
  for (const bool by_subject : {true, false}) {
    const auto subject = push(image());
    const auto list = push(index({image(), image()}, kSbom).refers_to(subject));
    const auto& children = list.content.children;
    const auto refused = refusal_to_delete(by_subject ? subject : list);
    std::string answer;
    if (refused) {
      answer = "REFUSED " + *refused;
    } else {
      const auto gone = [&] {
        return std::ranges::count_if(children,
                                     [&](const auto& c) { return !is_there(c.manifest.digest, repository()); });
      };
      const Fate fate = fate_of(list, subject);
      const auto lost = gone();
      answer = lost > 0 ? "CASCADE-CHILDREN" : by_subject && !fate.pullable ? "CASCADE-INDEX-ONLY" : "KEEP";
    }
    parts.emplace_back(by_subject ? "delete the subject" : "delete the index", answer);
  }
  return parted(parts);
}

BEHAVIOUR_PROBE_F(DeletionProbe, SubjectInAnIndex, "probe.delete.subject-is-child-of-index"_probe, {.collects = true}) {
  needs_deletion();
  const auto subject = push(image());
  const auto list = push(index({subject}));
  const auto referrer = push(sbom().refers_to(subject));
  if (const auto refused = refusal_to_delete(list)) return {"REFUSED " + *refused, "DELETE of the index"};
  const Fate fate = fate_of(subject, subject);
  const bool left = is_there(referrer);
  if (fate.pullable) return {left ? "S+R KEEP" : "R removed, S kept", "after the index was deleted"};
  return {left ? "S removed, R kept" : "both removed", "after the index was deleted"};
}

BEHAVIOUR_PROBE_F(DeletionProbe, SubjectPushedAgain, "probe.delete.repush-subject"_probe, {.collects = true}) {
  needs_referrers();
  needs_deletion();
  const auto subject = push(image());
  const auto referrer = push_listed(sbom(), subject);
  if (const auto refused = refusal_to_delete(subject)) return {"DELETE-REFUSED " + *refused, "DELETE of the subject"};
  const Fate fate = fate_of(referrer, subject);
  const auto again = put(subject.content);
  if (again.status != 201) return {"TOMBSTONED " + in_words(again), "PUT of the same bytes"};
  if (!has_list()) {
    if (fate.pullable) return {"NO-CASCADE", in_one_word(fate)};
    return {is_there(referrer) ? "RESURRECTED" : "EMPTY", in_one_word(fate)};
  }
  const auto list = eventually([&] { return list_all(subject); }, Lists(referrer));
  const bool back = ::testing::Matches(Lists(referrer))(list);
  if (fate.pullable) return {back ? "NO-CASCADE, LISTED" : "NO-CASCADE, HIDDEN", in_one_word(fate)};
  return {back ? "RESURRECTED" : "EMPTY", in_one_word(fate)};
}

BEHAVIOUR_PROBE_F(DeletionProbe, ReferrerPushedAgain, "probe.delete.repush-referrer-tombstone"_probe) {
  needs_referrers();
  needs_deletion();
  const auto subject = push(image());
  const auto referrer = push_listed(sbom(), subject);
  const auto deleted = remove(referrer);
  if (deleted.status / 100 != 2) return {"DELETE-REFUSED " + in_words(deleted), "DELETE of the referrer"};
  auto again = put_manifest(referrer.content.manifest, referrer.digest(), repository());  // at once
  if (again.status != 201) again = put(referrer.content);  // with its blobs, which may have gone along
  if (again.status != 201) return {in_words(again), "PUT of the bytes that were just deleted"};
  const auto left = eventually([&] { return pull(referrer); }, HasStatus(404));
  if (left.status == 404) return {"201+404", "the deletion won in the end"};
  if (!has_list()) return {"201+KEPT", "PUT of the bytes that were just deleted"};
  return {is_listed(referrer, subject) ? "201+LISTED" : "201+UNLISTED", "PUT of the bytes that were just deleted"};
}

}  // namespace referee::suites
