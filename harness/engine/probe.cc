#include "harness/engine/probe.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "harness/spec/literals/probes.h"
#include "harness/spec/requirement.h"

namespace referee::engine {
namespace {

using spec::literals::operator""_probe;

// What the project began with: signatures away from their images, and who may put them there.
constexpr std::array kFirst = {"probe.subject.other-repo"_probe,          "probe.repo.cosign-style-separate"_probe,
                               "probe.repo.cosign-tag-style"_probe,       "probe.repo.mounted-blob-signature"_probe,
                               "probe.subject.other-registry-urls"_probe, "probe.nondistributable.layer"_probe,
                               "probe.repo.permissions-split"_probe,      "probe.repo.artifacttype-policy"_probe,
                               "probe.repo.same-manifest-two-repos"_probe};

std::vector<Probe>& registered() {
  static std::vector<Probe> probes;
  return probes;
}

// Fills in what the body said or threw.
void ask(const Probe& probe, Session& session, ProbeResult& result) {
  const auto set = [&](Reply reply, std::string answer, std::string detail) {
    result.reply = reply;
    result.answer = std::move(answer);
    result.detail = std::move(detail);
  };
  try {
    if (probe.traits.collects && session.collector()) session.tag_repositories();
    auto [answer, detail] = probe.body(session);
    set(Reply::kAnswered, std::move(answer), std::move(detail));
  } catch (const Needs& option) {
    set(Reply::kNeeds, std::string("needs ") + option.what(), "");
  } catch (const NotApplicable& gate) {
    set(Reply::kNotOffered, "not offered", gate.what());
  } catch (const PremiseBroken& premise) {
    set(Reply::kUndecided, "no answer", premise.what());
  } catch (const http::TransportFault& fault) {
    set(Reply::kError, "connection failed", fault.what());
  } catch (const std::exception& error) {
    set(Reply::kError, "error", std::string("the probe itself failed: ") + error.what());
  }
}

}  // namespace

bool is_asked(Asked asked, spec::Edition edition) {
  const bool oci = spec::family(edition) == spec::Family::kOci;
  switch (asked) {
    case Asked::kEverywhere:
      return true;
    case Asked::kOci:
      return oci;
    case Asked::kOras:
      return !oci;
    case Asked::kOldOras:
      return !oci && edition < spec::Edition::kOrasRc1;
    case Asked::kNewOras:
      return !oci && edition >= spec::Edition::kOrasRc1;
  }
  return false;
}

int weight_of(spec::ProbeId id) {
  const auto first = std::ranges::find(kFirst, id);
  if (first != kFirst.end()) return static_cast<int>(first - kFirst.begin());
  const std::string_view group = spec::probe(id).group;  // "P-A What happens on deletion"
  const int letter = group.size() > 2 ? group[2] : 0;
  const auto place = &spec::probe(id) - spec::all_probes().data();
  return 1000 * letter + static_cast<int>(place);
}

bool add_probe(Probe probe) {
  registered().push_back(std::move(probe));
  return true;
}

const std::vector<Probe>& all_probes() {
  static const std::vector<Probe> kSorted = [] {
    auto probes = registered();
    std::ranges::sort(probes, {}, [](const Probe& probe) { return std::tuple(weight_of(probe.id), probe.name); });
    return probes;
  }();
  return kSorted;
}

ProbeResult run_probe(const Probe& probe, Session& session) {
  ProbeResult result{
      .probe = probe.id, .edition = session.edition(), .answer = {}, .detail = {}, .started = {}, .exchanges = {}};
  http::Clock& clock = session.client().clock();
  const auto begin = clock.now();
  result.started = clock.wall();
  ask(probe, session, result);
  result.answer = session.redacted(result.answer);
  result.detail = session.redacted(result.detail);
  result.exchanges = session.take_exchanges();
  result.seconds = std::chrono::duration<double>(clock.now() - begin).count();
  return result;
}

}  // namespace referee::engine
