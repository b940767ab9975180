// Which probes show how a registry takes a contradiction between editions.
#include "reports/exploration/matrix.h"

namespace referee::reports {
namespace {

struct Shown {
  std::string_view contradiction;
  std::vector<std::string_view> probes;
};

const std::vector<Shown>& table() {
  static const std::vector<Shown> kTable = {
      {"X02", {"probe.subject.other-repo"}},
      {"X03", {"probe.subject.is-blob"}},
      {"X04", {"probe.list.unknown-digest", "probe.oras.unknown-digest-old"}},
      {"X05", {"probe.delete.subject-untagged"}},
      {"X07", {"probe.delete.subject-untagged", "probe.delete.nested-chain"}},
      {"X08", {"probe.delete.subject-tagged-referrer"}},
      {"X12", {"probe.order.default"}},
      {"X13", {"probe.page.n-honoured"}},
      {"X14", {"probe.page.link-form"}},
      {"X16", {"probe.filter.no-match"}},
      {"X18", {"probe.subject.on-unexpected-types", "probe.list.legacy-oras-and-oci-side-by-side"}},
      {"X22", {"probe.oras.both-keys"}},
      {"X24", {"probe.oras.list-annotations"}},
      {"X25", {"probe.list.unknown-repo"}},
      {"X26", {"probe.list.unknown-digest"}},
      {"X27", {"probe.discover.extensions"}},
      {"X29", {"probe.fallback.sha512-tag"}},
      {"X30", {"probe.push.missing-blob"}},
      {"X37", {"probe.list.artifacttype-illegal"}},
      {"X38", {"probe.page.n-zero"}},
      {"X41", {"probe.repo.cosign-style-separate", "probe.repo.permissions-split"}},
      {"X42", {"probe.repush.duplicates"}},
      {"X43", {"probe.gc.untagged-referrer-ttl"}},
      {"X45", {"probe.list.artifacttype-illegal"}},
  };
  return kTable;
}

}  // namespace

std::string without_emphasis(std::string text) {
  for (std::size_t at = 0; (at = text.find("**", at)) != std::string::npos;) text.erase(at, 2);
  return text;
}

std::vector<std::string_view> probes_for(std::string_view contradiction) {
  for (const auto& [id, probes] : table()) {
    if (id == contradiction) return probes;
  }
  return {};
}

}  // namespace referee::reports
